/**
 * The embedded server that another process of this machine runs on a data directory: how a command reaches the pool while the service is up.
 *
 * Port and password stand in the data directory, which only the service's own account can read; who may read it may as well start the
 * server. It must not start or stop one.
 */
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clusterIn, readPassword } from './data-directory.js';
import { readPostmasterFile } from './postmaster-file.js';

export interface RunningPostgres {
  readonly port: number;
  /** The superuser's connection string: keep it out of logs and answers. */
  url(database: string): string;
}

const POLL_MS = 50;

/** Waits for one that is starting, as it is when the service has just been started. Undefined when none is up by then. */
export async function findRunningPostgres(
  dataDir: string,
  patienceMilliseconds: number,
): Promise<RunningPostgres | undefined> {
  const path = resolve(dataDir);
  const until = performance.now() + patienceMilliseconds;
  for (;;) {
    const file = readPostmasterFile(clusterIn(path));
    if (file?.status === 'ready' && file.port > 0) {
      const { port } = file;
      return { port, url: (database) => superuserUrl(readPassword(path), port, database) };
    }
    if (performance.now() > until) return undefined;
    await delay(POLL_MS);
  }
}

export function superuserUrl(password: string, port: number, database: string): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}
