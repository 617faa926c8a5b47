/** `citygraph log archive` and `log restore`: months past retention to files and back. As the owner of the tables, and on record. */
import { Client } from 'pg';
import type { Command } from 'commander';
import { runDetectors } from '../anomalies/run-detectors.js';
import { type Config, readProcessConfig } from '../config.js';
import { connectionSettings } from '../database/connection-settings.js';
import { createPools } from '../database/pools.js';
import { CitygraphError } from '../errors.js';
import { archiveMonth, findMonths } from '../usage-log/archive/archive-month.js';
import type { Manifest } from '../usage-log/archive/manifest.js';
import { restoreMonth } from '../usage-log/archive/restore-month.js';
import type { SigningKeys } from '../usage-log/tree/signing-keys.js';
import { type Answerable, answerable } from './policy-command.js';
import { runRecordedCommand } from './recorded-command.js';

export function addArchiveCommands(log: Command, keysOf: (config: Config) => SigningKeys): void {
  answerable(
    log.command('archive'),
    '将过期月份归档为文件，核验后移出 move months past retention to files, once these are verified',
  )
    .option('--before <month>', '此月之前的（UTC），如 2026-01；缺省按保留期 months before this one; else by retention')
    .option('--to <folder>', '归档目录 folder of the files (LOG_ARCHIVE_DIR)')
    .action(async ({ as, before, to }: Answerable & { before?: string; to?: string }) => {
      const config = readProcessConfig();
      const end = before ?? monthsAgo(config.logRetentionMonths);
      refuseMonth(end);
      const folder = to ?? config.logArchiveDir;
      const keys = keysOf(config);
      const command = {
        operation: 'log archive',
        principal: as,
        documentHash: null,
        arguments: { before: end, folder },
      };
      const done = await runRecordedCommand(command, async (url) => {
        const manifests = await archiveBefore(url, config, keys, end, folder, as);
        const months = manifests.map(({ month, file, sha256 }) => ({ month, file, sha256 }));
        return { result: manifests, told: { arguments: { months }, rows: sum(manifests) } };
      });
      for (const { month, records, file } of done) console.log(`${month}: ${records} records in ${file}`);
      if (done.length === 0) console.log(`nothing before ${end}`);
    });
  answerable(
    log.command('restore <file>'),
    '将归档月份读回 read an archived month back into the table, once it is verified',
  ).action(async (file: string, { as }: Answerable) => {
    const keys = keysOf(readProcessConfig());
    const command = { operation: 'log restore', principal: as, documentHash: null, arguments: { file } };
    const { month, records } = await runRecordedCommand(command, async (url) => {
      const restored = await asOwner(url, (client) =>
        restoreMonth({ client, origin: keys.origin, verifiers: keys.verifiers() }, file),
      );
      return { result: restored, told: { arguments: { month: restored.month }, rows: restored.records } };
    });
    console.log(`${month}: ${records} records`);
  });
}

async function archiveBefore(
  url: string,
  config: Config,
  keys: SigningKeys,
  before: string,
  folder: string,
  archivedBy: string,
): Promise<Manifest[]> {
  await countFirst(url, config);
  return asOwner(url, async (client) => {
    const done: Manifest[] = [];
    for (const month of await findMonths(client, before))
      done.push(await archiveMonth({ client, keys, folder, archivedBy }, month));
    return done;
  });
}

/** A principal's past is counted from its records: while they are there. */
async function countFirst(url: string, { anomalies }: Config): Promise<void> {
  const pools = createPools({ url, sizes: { watcher: 1 }, statementTimeoutMilliseconds: 600_000 });
  try {
    await runDetectors({ pool: pools.watcher, settings: anomalies, byHand: true });
  } finally {
    await pools.close();
  }
}

async function asOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connectionSettings(url, { purpose: 'archive' }));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function monthsAgo(count: number): string {
  const date = new Date();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - count);
  return date.toISOString().slice(0, 7);
}

/** The month that is not over yet is still written to. */
function refuseMonth(before: string): void {
  const current = new Date().toISOString().slice(0, 7);
  if (/^20\d{2}-(0[1-9]|1[0-2])$/.test(before) && before <= current) return;
  throw new CitygraphError(
    'BAD_USER_INPUT',
    `--before: expected a month such as 2026-01, at most ${current}, got another`,
  );
}

function sum(manifests: readonly Manifest[]): number {
  return manifests.reduce((total, { records }) => total + records, 0);
}
