/** A command on the pool: joins its database, brings it to this version, and does its work on record. */
import { registry } from '../app.js';
import { type Config, readProcessConfig } from '../config.js';
import { layoutOf } from '../database/library-databases.js';
import { migrate } from '../database/migrate.js';
import { createPools } from '../database/pools.js';
import { distributionsOf } from '../model/distribution.js';
import { createServiceLog } from '../server/service-log.js';
import { createUsageLog } from '../usage-log/append-usage.js';
import { makeUsagePartitions } from '../usage-log/usage-partitions.js';
import { type CommandRecord, runOnRecord } from './command-record.js';
import { joinDatabase } from './open-database.js';

export interface CommandWork<T> {
  readonly result: T;
  /** What of it goes on record: counts and codes, never a value of the pool. */
  readonly told: { readonly arguments?: Readonly<Record<string, unknown>>; readonly rows?: number };
}

export async function runRecordedCommand<T>(
  command: Omit<CommandRecord, 'node'>,
  work: (url: string, config: Config) => Promise<CommandWork<T>>,
): Promise<T> {
  const config = readProcessConfig();
  // A command's own words go to the terminal; of the database's, only what went wrong.
  const database = await joinDatabase(
    config,
    createServiceLog(config.logLevel === 'info' ? 'error' : config.logLevel, config.node),
  );
  try {
    await migrate(database.url, layoutOf(config.databases, distributionsOf(registry), database.url));
    return await recordWork(config, database.url, command, work);
  } finally {
    await database.stop();
  }
}

async function recordWork<T>(
  config: Config,
  url: string,
  command: Omit<CommandRecord, 'node'>,
  work: (url: string, config: Config) => Promise<CommandWork<T>>,
): Promise<T> {
  const pools = createPools({ url, sizes: { logger: 1 } });
  const usageLog = createUsageLog({ pool: pools.logger });
  try {
    await makeUsagePartitions(pools.logger);
    return await runOnRecord(usageLog, { ...command, node: config.node }, () => work(url, config));
  } finally {
    await usageLog.stop();
    await pools.close();
  }
}
