/**
 * What a service that was killed leaves behind: a server still running on the cluster, or a postmaster.pid that names nobody.
 *
 * The caller holds the data directory's lock, so no living service owns whatever is found. A process is touched only when it is a
 * PostgreSQL whose working directory is the cluster: process numbers are used again, by the next container above all.
 */
import { readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type PostmasterFile, postmasterFilePath, readPostmasterFile } from './postmaster-file.js';
import { systemErrorCode } from './system-error.js';
import { CitygraphError } from '../errors.js';

/** What the system answers of a process that has ended, or that belongs to another account. */
const ELSEWHERE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM']);

const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;
const POLL_MS = 10;

/** Whether a server runs on the cluster, whoever started it. */
export function hasLivingServer(cluster: string): boolean {
  const found = readPostmasterFile(cluster);
  return found !== undefined && isOurs(found, cluster);
}

/** Returns the process number of the server it stopped, if there was one. */
export async function stopAbandonedPostmaster(cluster: string): Promise<number | undefined> {
  const found = readPostmasterFile(cluster);
  if (!found) return undefined;
  if (!isOurs(found, cluster)) {
    await removeStaleFile(cluster);
    return undefined;
  }
  const { pid } = found;
  process.kill(pid, 'SIGINT');
  if (await becomesTrue(() => !isOurs(found, cluster), FAST_SHUTDOWN_MS)) return pid;
  process.kill(pid, 'SIGQUIT');
  if (await becomesTrue(() => !isOurs(found, cluster), IMMEDIATE_SHUTDOWN_MS)) return pid;
  throw new CitygraphError(
    'POSTGRES_FAILED',
    `A PostgreSQL server left behind (process ${pid}) does not stop. Stop it, then start again.`,
  );
}

/**
 * A stale file whose process number belongs to somebody else by now would make the new server refuse.
 * INVARIANT: it goes only when no process of the cluster is left. A killed server's backends live a moment longer, and without the file
 * nothing keeps a new server from writing beside them.
 */
async function removeStaleFile(cluster: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const gone = await becomesTrue(
    () => !processNumbers().some((pid) => isPostgresIn(pid, cluster)),
    IMMEDIATE_SHUTDOWN_MS,
  );
  if (gone) rmSync(postmasterFilePath(cluster), { force: true });
}

function isOurs(found: PostmasterFile, cluster: string): boolean {
  if (process.platform === 'linux') return isPostgresIn(found.pid, cluster);
  return found.directory === cluster && isAlive(found.pid);
}

function isPostgresIn(pid: number, cluster: string): boolean {
  return (
    ofProcess(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()) === 'postgres' &&
    ofProcess(() => readlinkSync(`/proc/${pid}/cwd`)) === realpathSync(cluster)
  );
}

function processNumbers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Undefined for a process that is none of ours. */
function ofProcess(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (ELSEWHERE.has(systemErrorCode(error))) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  return ofProcess(() => String(process.kill(pid, 0))) !== undefined;
}

async function becomesTrue(condition: () => boolean, withinMilliseconds: number): Promise<boolean> {
  const until = performance.now() + withinMilliseconds;
  while (!condition()) {
    if (performance.now() > until) return false;
    await delay(POLL_MS);
  }
  return true;
}
