/**
 * One run of the PostgreSQL server: spawned, waited for until it accepts connections, stopped.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { holdLifeline } from './lifeline.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { readPostmasterFile } from './postmaster-file.js';
import { type ServerAccount, handOver } from './server-account.js';

export interface PostmasterExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Postmaster {
  readonly exited: Promise<PostmasterExit>;
  /** Fast shutdown; an immediate one, from which the next start recovers, when that takes too long. */
  stop(): Promise<void>;
}

export interface PostmasterStart {
  binaries: PostgresBinaries;
  cluster: string;
  account: ServerAccount;
  settings: Readonly<Record<string, string>>;
  onLogLine: (line: string) => void;
}

/** It ended before it accepted connections. */
export class PostmasterFailure extends Error {
  constructor(
    message: string,
    readonly portTaken: boolean,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'PostmasterFailure';
  }
}

/**
 * For glibc's malloc: what a statement frees stays with its session, up to 8 MB. Given back to the system it is taken, and cleared, again by the
 * next statement, which is a tenth of what a long answer costs.
 */
const keptMemory = { MALLOC_TRIM_THRESHOLD_: '8388608', MALLOC_MMAP_THRESHOLD_: '4194304', MALLOC_TOP_PAD_: '1048576' };

const POLL_MS = 5;
const FAST_SHUTDOWN_MS = 30_000;
const KEPT_LOG_LINES = 20;

export async function startPostmaster(start: PostmasterStart): Promise<Postmaster> {
  const handed = handOver(start.account, start.cluster);
  const settings = Object.entries(start.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(start.binaries.postgres, ['-D', handed.path, ...settings], {
    ...start.account.ids,
    cwd: '/',
    env: { TZ: 'UTC', ...keptMemory },
    stdio: ['ignore', 'ignore', 'pipe', handed.descriptor ?? 'ignore'],
    /* A session of its own: Ctrl-C in a terminal must reach the service alone, which still writes its last usage records. */
    detached: true,
  });
  handed.close();

  const recent = keepRecentLines(child, start.onLogLine);
  const exited = exitOf(child);
  if (child.pid !== undefined) {
    const cut = holdLifeline(child.pid, start.account, (error) => start.onLogLine(`no lifeline: ${error.message}`));
    void exited.then(cut);
  }

  await untilReady(child, exited, start.cluster, recent);
  return { exited: exited.then(({ code, signal }) => ({ code, signal })), stop: () => stop(child, exited) };
}

interface ChildEnd extends PostmasterExit {
  readonly error?: Error;
}

function exitOf(child: ChildProcess): Promise<ChildEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      /* 'error' is also raised when a signal cannot be delivered; only a failed spawn means that there is no process. */
      if (child.pid === undefined) resolve({ code: null, signal: null, error });
    });
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function keepRecentLines(child: ChildProcess, onLogLine: (line: string) => void): string[] {
  const recent: string[] = [];
  if (!child.stderr) return recent;
  createInterface({ input: child.stderr }).on('line', (line) => {
    recent.push(line);
    if (recent.length > KEPT_LOG_LINES) recent.shift();
    onLogLine(line);
  });
  return recent;
}

/** Crash recovery may take minutes; so there is no time limit as long as the process lives. */
async function untilReady(
  child: ChildProcess,
  exited: Promise<ChildEnd>,
  cluster: string,
  recent: string[],
): Promise<void> {
  for (;;) {
    const end = await Promise.race([exited, delay(POLL_MS, undefined)]);
    if (end) throw await failure(child, end, recent);
    if (isReady(cluster, child.pid)) return;
  }
}

/** The server tells its status there for pg_ctl. */
function isReady(cluster: string, pid: number | undefined): boolean {
  const file = readPostmasterFile(cluster);
  return file?.pid === pid && file?.status === 'ready';
}

async function failure(child: ChildProcess, end: ChildEnd, recent: string[]): Promise<PostmasterFailure> {
  if (end.error) return new PostmasterFailure('the server could not be run', false, { cause: end.error });
  /* The pipe may still hold the lines that say why. */
  if (child.stderr && !child.stderr.readableEnded) await new Promise((resolve) => child.once('close', resolve));
  const log = recent.join('\n');
  return new PostmasterFailure(
    `exit ${end.code ?? end.signal}: ${log}`,
    /could not bind|Address already in use/.test(log),
  );
}

async function stop(child: ChildProcess, exited: Promise<ChildEnd>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  const patience = new AbortController();
  const slow = delay(FAST_SHUTDOWN_MS, 'slow' as const, { signal: patience.signal });
  const first = await Promise.race([exited, slow]);
  if (first === 'slow') child.kill('SIGQUIT');
  else patience.abort();
  await exited;
}
