/** `citygraph log …`: the usage log checked, proved and exported, and the keys that sign it. Checking only reads, and shows nothing of a record but its id. */
import { createWriteStream, existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { type Config, readProcessConfig } from '../config.js';
import { createPools, type Pools } from '../database/pools.js';
import { CitygraphError } from '../errors.js';
import { createServiceLog } from '../server/service-log.js';
import type { GivenCheckpoint } from '../usage-log/tree/check-tree.js';
import { readKeptCheckpoints } from '../usage-log/tree/checkpoint-file.js';
import { exportLog } from '../usage-log/tree/export-log.js';
import { openRecord, proveRecord } from '../usage-log/tree/prove.js';
import { type NoteVerifier, parseVerifier } from '../usage-log/tree/signed-note.js';
import {
  addSigningKey,
  type KeyDescription,
  openSigningKeys,
  retireSigningKey,
  type SigningKeys,
} from '../usage-log/tree/signing-keys.js';
import { type Verification, verifyLog } from '../usage-log/tree/verify-log.js';
import { isRecordId } from '../usage-log/usage-record.js';
import { addArchiveCommands } from './log-archive.js';
import { addUsageExportOptions, exportUsageTo, type UsageExportOptions } from './export-usage.js';
import { joinDatabase } from './open-database.js';
import { showProgressBar } from './progress-bar.js';
import { runRecordedCommand } from './recorded-command.js';

export function logCommand(): Command {
  const log = new Command('log').description(
    '使用日志的核验、证明与导出 the usage log: verify, prove, export; its keys',
  );
  log
    .command('verify')
    .description(
      '核验全部记录、日志树与检查点 check all records, the tree and every checkpoint; names the first bad record',
    )
    .option('--checkpoint <file...>', '自存的检查点 checkpoints that you or a witness kept')
    .option('--key <verifier...>', '所信任的验证公钥 verifier keys that you trust, in place of those on this machine')
    .action(verify);
  log
    .command('prove <record>')
    .description('某记录的入树证明 the C2SP tlog-proof of a record, for offline checking')
    .option(
      '--open',
      '附上规范记录与盐，此举留痕 with the canonical record and the salt that open it; this is on record',
    )
    .option('--as <name>', '以谁的名义 who answers for it', userInfo().username)
    .action(prove);
  addUsageExportOptions(
    log
      .command('export <file>')
      .description(
        '导出全部日志为 JSON 行，可用 bin/verify-usage-log.mjs 独立核验；指定 --format 则导出供阅读的记录 export the log as JSON lines, which bin/verify-usage-log.mjs checks; with --format, records for reading',
      ),
  ).action((file: string, options: UsageExportOptions) =>
    options.format === undefined ? exportTo(file, options) : exportUsageTo(file, options),
  );
  addArchiveCommands(log, existingKeys);
  log.command('keys').description('签名公钥 verifier keys of the log').action(listKeys);
  log
    .command('rotate-key')
    .description('新增签名密钥，新旧并用 add a key; from now on it signs beside the old one')
    .action(() => showKey(addSigningKey(readyKeyFile())));
  log
    .command('retire-key <id>')
    .description('停用旧密钥，其私钥即删 retire a key: its secret is erased, its verifier key stays')
    .action((id: string) => showKey(retireSigningKey(readyKeyFile(), id)));
  return log;
}

async function verify(options: { checkpoint?: string[]; key?: string[] }): Promise<void> {
  const config = readProcessConfig();
  const { origin, verifiers } = trustedKeys(config, options.key);
  const checkpoints = [...witnessFiles(config), ...(options.checkpoint ?? [])].flatMap((file) =>
    readCheckpoints(file, options),
  );
  const result = await onDatabase(config, async (pools) => {
    const bar = showProgressBar('records');
    try {
      return await verifyLog({
        connect: () => pools.auditor.connect(),
        origin,
        verifiers,
        checkpoints,
        onProgress: bar.update,
      });
    } finally {
      bar.stop();
    }
  });
  report(result, origin, checkpoints.length);
}

function report(
  { size, records, waiting, checkpoints, archived, findings, findingCount }: Verification,
  origin: string,
  kept: number,
): void {
  const counted = `${records} records (${waiting} wait for their leaf), ${size} leaves, ${checkpoints} checkpoints of ${origin}, ${kept} of them kept outside the database${archived.map((it) => `; archived: ${it.month}, ${it.records} records in ${it.file}`).join('')}`;
  const [first] = findings;
  if (!first) return console.log(`whole: ${counted}`);
  for (const { kind, leafIndex, recordId, what } of findings.slice(0, shown))
    console.error(`${kind}: record ${recordId ?? 'unknown'}, leaf ${leafIndex ?? 'none'}: ${what}`);
  if (findingCount > shown) console.error(`and ${findingCount - shown} more`);
  const place = first.leafIndex === null ? '' : ` (leaf ${first.leafIndex})`;
  throw new CitygraphError(
    'LOG_INCONSISTENT',
    `the usage log is not whole; the first bad record is ${first.recordId ?? 'one that is gone'}${place}. Checked: ${counted}`,
  );
}

const shown = 20;

async function prove(recordId: string, { open, as }: { open?: boolean; as: string }): Promise<void> {
  if (!isRecordId(recordId))
    throw new CitygraphError('BAD_USER_INPUT', 'expected the id of a record, got something else');
  const config = readProcessConfig();
  if (open) {
    const command = {
      operation: 'log prove --open',
      principal: as,
      documentHash: null,
      arguments: { record: recordId },
    };
    const opening = await runRecordedCommand(command, async (url) => {
      const found = await withPools(url, (pools) => openRecord(pools.auditor, recordId));
      return { result: found, told: { rows: found ? 1 : 0 } };
    });
    if (!opening) throw notInLog;
    console.log(JSON.stringify({ salt: opening.salt.toString('hex'), canonicalRecord: opening.canonicalRecord }));
  }
  const proof = await onDatabase(config, (pools) => proveRecord(pools.publisher, recordId));
  if (!proof) throw notInLog;
  process.stdout.write(proof.proof);
}

const notInLog = new CitygraphError(
  'BAD_USER_INPUT',
  'expected a record that is in the tree; a new one comes into it within about a second while a service runs',
);

async function exportTo(file: string, { as, ...filters }: UsageExportOptions): Promise<void> {
  if (Object.values(filters).some((value) => value !== undefined))
    throw new CitygraphError(
      'BAD_USER_INPUT',
      'expected --format with filters: what is to be checked is exported whole',
    );
  const keys = existingKeys(readProcessConfig());
  const command = { operation: 'log export', principal: as, documentHash: null, arguments: {} };
  const count = await runRecordedCommand(command, async (url) => {
    const records = await withPools(url, (pools) => writeExport(pools, keys, file));
    return { result: records, told: { rows: records } };
  });
  console.log(
    `${count} records; check with: node bin/verify-usage-log.mjs ${file} --key '${keys.describe().at(-1)!.verifier}'`,
  );
}

async function writeExport(pools: Pools, keys: SigningKeys, file: string): Promise<number> {
  const client = await pools.auditor.connect();
  const bar = showProgressBar('records');
  let records = 0;
  try {
    const lines = exportLog(client, {
      origin: keys.origin,
      keys: keys.describe().map(({ verifier }) => verifier),
      onProgress: bar.update,
    });
    const texts = async function* (): AsyncGenerator<string> {
      for await (const line of lines) {
        if (line.type === 'record') records += 1;
        yield `${JSON.stringify(line)}\n`;
      }
    };
    await pipeline(Readable.from(texts()), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    return records;
  } finally {
    bar.stop();
    client.release(true);
  }
}

function listKeys(): void {
  const keys = openKeys(readProcessConfig());
  console.log(keys.origin);
  keys.describe().forEach(showKey);
}

function showKey({ verifier, since, retired }: KeyDescription): void {
  console.log(`${verifier}  since ${since}${retired === null ? '' : `, retired ${retired}`}`);
}

/** Made where it is missing, so that keys can be given out before the first start. */
function readyKeyFile(): string {
  const config = readProcessConfig();
  openKeys(config);
  return config.logKeysFile;
}

/** Those that were given, by somebody who need not have the log's own file; else those of this machine. */
function trustedKeys(
  config: Config,
  given: string[] | undefined,
): { origin: string; verifiers: readonly NoteVerifier[] } {
  if (given === undefined) {
    const keys = existingKeys(config);
    return { origin: keys.origin, verifiers: keys.verifiers() };
  }
  try {
    const verifiers = given.map(parseVerifier);
    return { origin: verifiers[0]!.name, verifiers };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new CitygraphError('BAD_USER_INPUT', cause.message, {}, { cause });
  }
}

/** A key that was made only now has signed nothing. */
function existingKeys(config: Config): SigningKeys {
  if (existsSync(config.logKeysFile)) return openKeys(config);
  throw new CitygraphError(
    'CONFIG_INVALID',
    'expected the file of the log’s keys (LOG_KEYS_FILE), found none; give the verifier keys that you trust with --key',
  );
}

function openKeys({ logKeysFile, logOrigin }: Config): SigningKeys {
  return openSigningKeys(logKeysFile, logOrigin);
}

function witnessFiles({ logWitnesses }: Config): string[] {
  return logWitnesses.flatMap((address) => (address.kind === 'file' ? [address.path] : []));
}

/** A witness file may not be there yet; a file that was named must hold something. */
function readCheckpoints(file: string, { checkpoint = [] }: { checkpoint?: string[] }): GivenCheckpoint[] {
  const notes = readKeptCheckpoints(file);
  if (notes.length === 0 && checkpoint.includes(file))
    throw new CitygraphError('BAD_USER_INPUT', `expected checkpoints in ${file}, found none`);
  return notes.map((note) => ({ source: file, note }));
}

async function onDatabase<T>(config: Config, work: (pools: Pools) => Promise<T>): Promise<T> {
  const database = await joinDatabase(config, createServiceLog('error', config.node));
  try {
    return await withPools(database.url, work);
  } finally {
    await database.stop();
  }
}

async function withPools<T>(url: string, work: (pools: Pools) => Promise<T>): Promise<T> {
  const pools = createPools({ url, sizes: { auditor: 4 } });
  try {
    return await work(pools);
  } finally {
    await pools.close();
  }
}
