/** The database that a command works on: the one of DATABASE_URL, or the embedded one of the data directory. */
import type { Config } from '../config.js';
import { startEmbeddedPostgres } from '../database/embedded-postgres.js';
import { findRunningPostgres } from '../database/running-postgres.js';
import { CitygraphError } from '../errors.js';
import type { ServiceLog } from '../server/service-log.js';

export interface OpenDatabase {
  readonly url: string;
  readonly embedded: boolean;
  stop(): Promise<void>;
}

/** Every cluster has this one from the start. */
const embeddedDatabase = 'postgres';

/** A service that has just been started may still be recovering its database. */
const patienceMs = 10_000;

/** For a command beside the service: its running database, or the same database started for the time of the command. */
export async function joinDatabase(config: Config, log: ServiceLog): Promise<OpenDatabase> {
  try {
    return await openDatabase(config, log);
  } catch (error) {
    if (!(error instanceof CitygraphError) || error.code !== 'DATA_DIR_LOCKED') throw error;
    const running = await findRunningPostgres(config.dataDir, patienceMs);
    if (!running) throw error;
    return { url: running.url(embeddedDatabase), embedded: true, stop: () => Promise.resolve() };
  }
}

export async function openDatabase(config: Config, log: ServiceLog): Promise<OpenDatabase> {
  if (config.databaseUrl) return { url: config.databaseUrl, embedded: false, stop: () => Promise.resolve() };
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    onReport: (report) => {
      if (report.event === 'log') log.debug({ line: report.line }, 'postgres');
      else log.warn({ report: report.event }, 'the embedded database');
    },
  });
  return { url: postgres.url(embeddedDatabase), embedded: true, stop: () => postgres.stop() };
}
