/**
 * `citygraph load`: a file into a dataset, by a mapping. Progress goes to standard error, the report to standard output; a signal ends it
 * behind the batch that is being written.
 */
import { createHash } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import { Command, InvalidArgumentError } from 'commander';
import { registry } from '../app.js';
import { createDatabaseWriter } from '../collection/database-writer.js';
import { loadDataset } from '../collection/load-dataset.js';
import { type LoadReport, renderLoadReport } from '../collection/load-report.js';
import { isSensitiveIn, surroundingsOf } from '../collection/mapping-target.js';
import { type Mapping, parseMapping } from '../collection/mapping.js';
import type { Config } from '../config.js';
import { createOrm } from '../database/orm.js';
import { CitygraphError } from '../errors.js';
import { digestIdentifier } from '../execution/bind-parameters.js';
import { openKeyring } from '../keyring.js';
import { watchForInterruption } from './interruption.js';
import { runRecordedCommand } from './recorded-command.js';

export interface LoadCommandOptions {
  readonly map: string;
  readonly as: string;
  readonly rejects?: string;
  readonly batch?: number;
  readonly json?: boolean;
  readonly language: 'zh' | 'en';
}

export function loadCommand(): Command {
  return new Command('load')
    .description('归集数据文件入库 load a file into a dataset of the pool')
    .argument('<dataset>', '数据集 name of the dataset, such as Enterprise')
    .argument('<file>', '数据文件 CSV or JSON lines')
    .requiredOption('--map <mapping>', '映射文件 the mapping file (YAML): how its columns become those of the dataset')
    .option('--as <name>', '操作人 who answers for it in the usage log', userInfo().username)
    .option('--rejects <file>', '退回记录 where rejected rows go, with line and reasons, as JSON lines')
    .option('--batch <rows>', '每批行数 rows in one transaction, 1 to 10000', readBatchSize)
    .option('--json', '以 JSON 输出报告 the report as JSON')
    .option('--language <language>', 'zh | en', readLanguage, 'zh')
    .action(async (dataset: string, file: string, options: LoadCommandOptions) => {
      const report = await load(dataset, file, options);
      console.log(options.json ? JSON.stringify(report) : renderLoadReport(report, options.language));
    });
}

function readBatchSize(text: string): number {
  const rows = Number(text);
  if (!/^\d+$/.test(text) || rows < 1 || rows > 10_000)
    throw new InvalidArgumentError('expected a whole number from 1 to 10000');
  return rows;
}

function readLanguage(text: string): 'zh' | 'en' {
  if (text !== 'zh' && text !== 'en') throw new InvalidArgumentError('expected zh or en');
  return text;
}

async function load(datasetName: string, file: string, options: LoadCommandOptions): Promise<LoadReport> {
  const mappingText = await openFile(options.map, (path) => readFile(path, 'utf8'));
  const mapping = readMapping(mappingText, options.map, datasetName);
  const source = await openFile(file, (path) => open(path, 'r'));
  const command = {
    operation: `load ${mapping.dataset}`,
    principal: options.as,
    documentHash: createHash('sha256').update(mappingText).digest('hex'),
    arguments: { file: basename(file), mapping: mapping.file },
  };
  try {
    return await runRecordedCommand(command, async (url, config) => {
      const report = await loadInto(config, url, { mapping, file, source: source.createReadStream(), options });
      return { result: report, told: { arguments: countsOf(report), rows: report.inserted + report.updated } };
    });
  } finally {
    await source.close();
  }
}

/** @throws BAD_USER_INPUT naming the file: the system's own message would not say whose fault it is. */
async function openFile<T>(path: string, access: (path: string) => Promise<T>): Promise<T> {
  try {
    return await access(path);
  } catch (cause) {
    const code = (cause as { code?: unknown }).code;
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `expected a file that can be opened, got ${path} (${String(code)})`,
      {},
      { cause },
    );
  }
}

function readMapping(text: string, file: string, datasetName: string): Mapping {
  if (!registry.datasets.has(datasetName)) {
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `expected one of the datasets ${[...registry.datasets.keys()].join(', ')}, got '${datasetName}'`,
    );
  }
  const named = registry.datasets.get(datasetName);
  if (named && (named.derivedFrom.length > 0 || named.loweredBy !== null)) {
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `expected a dataset that a department supplies, got '${datasetName}', which is computed`,
    );
  }
  const mapping = parseMapping(text, basename(file), surroundingsOf([...registry.datasets.values()]));
  if (mapping.dataset === datasetName) return mapping;
  throw new CitygraphError(
    'BAD_USER_INPUT',
    `expected a mapping for ${datasetName}, got ${basename(file)}, which is for ${mapping.dataset}`,
  );
}

interface LoadTask {
  readonly mapping: Mapping;
  readonly file: string;
  readonly source: AsyncIterable<Uint8Array>;
  readonly options: LoadCommandOptions;
}

/** Counts alone. */
function countsOf({
  outcome,
  read,
  taken,
  inserted,
  updated,
  unchanged,
  rejected,
}: LoadReport): Record<string, string | number> {
  return { outcome, read, taken, inserted, updated, unchanged, rejected };
}

async function loadInto(
  config: Config,
  url: string,
  { mapping, file, source, options }: LoadTask,
): Promise<LoadReport> {
  const dataset = registry.datasets.get(mapping.dataset);
  if (!dataset) throw new CitygraphError('INTERNAL', `the registry lost ${mapping.dataset}`);
  const keyring = openKeyring(config.keyringFile);
  const orm = await createOrm(url, { entities: [], purpose: 'load', poolSize: 1 });
  const interruption = watchForInterruption(
    '已收到停止信号，当前批次写完后停止。 It stops behind the batch that is being written.',
  );
  // What could not be written there is told when it is closed.
  const rejects =
    options.rejects === undefined ? undefined : await createRejectsFile(options.rejects, () => interruption.abort());
  try {
    const writer = createDatabaseWriter({
      db: orm.em.getKysely(),
      dataset,
      datasets: registry.datasets.values(),
      mapping,
      digest: (kind, value) => digestIdentifier(keyring.identifiers, kind, value),
    });
    return await loadDataset({
      mapping,
      source,
      sourceName: basename(file),
      writer,
      isSensitive: isSensitiveIn(dataset),
      rejects,
      batchRows: options.batch,
      signal: interruption.signal,
      onProgress: showProgress(),
    });
  } finally {
    interruption.stop();
    if (rejects) await finished(rejects.end());
    await orm.close();
  }
}

/** Its rows may show values of the source. */
async function createRejectsFile(path: string, onError: (error: Error) => void): Promise<WriteStream> {
  const handle = await openFile(path, (name) => open(name, 'w', 0o600));
  return createWriteStream(path, { fd: handle }).on('error', onError);
}

const progressEveryMs = 1_000;

function showProgress(): (report: LoadReport) => void {
  const startedAt = performance.now();
  let shownAt = startedAt;
  return ({ read, taken, rejected }) => {
    const now = performance.now();
    if (now - shownAt < progressEveryMs) return;
    shownAt = now;
    const rate = Math.round((read * 1000) / (now - startedAt));
    console.error(`${read} rows read, ${taken} taken, ${rejected} rejected, ${rate} rows/s`);
  };
}
