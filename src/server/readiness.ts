/**
 * Whether this node can do its work, found out by doing it: its migrations are there, its pools answer, a record can be written, what is
 * written gets into the tree, and there is room on the disk.
 *
 * Asked by strangers, so it is looked for once in a while and the answer kept for a moment. It says which part fails; why, it says to those
 * alone who run the service.
 */
import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Pool } from 'pg';
import { CitygraphError } from '../errors.js';
import type { ReadinessSettings } from '../settings/operations.js';

export interface Part {
  readonly ok: boolean;
  /** For those who run the service. */
  readonly why?: string;
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, Part>>;
}

export interface Readiness {
  check(): Promise<ReadinessReport>;
  /** It is not ready from now on, and will not be. */
  shutDown(): void;
}

export interface ReadinessOptions {
  readonly settings: ReadinessSettings;
  readonly pools: Readonly<Record<'reader' | 'readerL4' | 'logger' | 'policy' | 'watcher', Pool>>;
  /** Names of the migrations that this service was made for. */
  readonly migrations: readonly string[];
  /** @throws where no record could be written now */
  readonly probeLog: () => Promise<void>;
  /** Where files of the service lie. */
  readonly dataDir: string;
}

/** A database that needs longer does not answer, as far as a balancer is concerned. */
const patienceMs = 3_000;
const keptMs = 500;

type Check = () => Promise<string | null>;

export function createReadiness(options: ReadinessOptions): Readiness {
  const { pools } = options;
  const checks: Readonly<Record<string, Check>> = {
    migrations: () => findMissingMigrations(options),
    pool: () => answersAll([pools.reader, pools.readerL4, pools.policy]),
    log: () => options.probeLog().then(() => null),
    sequencer: () => findOldestWaiting(options),
    disk: () => findFullDisk(options),
  };
  let last: { at: number; report: Promise<ReadinessReport> } | null = null;
  let ending = false;
  return {
    async check() {
      if (ending) return { ready: false, parts: { shutdown: { ok: false, why: 'the service ends' } } };
      if (!last || performance.now() - last.at > keptMs) {
        const report = checkAll(checks);
        last = { at: Infinity, report };
        void report.then(() => (last = { at: performance.now(), report }));
      }
      return last.report;
    },
    shutDown: () => void (ending = true),
  };
}

async function checkAll(checks: Readonly<Record<string, Check>>): Promise<ReadinessReport> {
  const parts = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, Part]> => {
      const why = await inTime(check).catch(wordsOf);
      return [name, why === null ? { ok: true } : { ok: false, why }];
    }),
  );
  return { ready: parts.every(([, { ok }]) => ok), parts: Object.fromEntries(parts) };
}

async function inTime(check: Check): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${patienceMs} ms`), patienceMs);
  });
  try {
    return await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A database error's own words may quote values; its code tells enough. */
function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (error instanceof CitygraphError) return `${error.code}: ${String(message)}`;
  return typeof code === 'string' ? `error ${code}` : 'the connection failed';
}

async function answersAll(pools: readonly Pool[]): Promise<null> {
  await Promise.all(pools.map((pool) => pool.query('select 1')));
  return null;
}

/** What a newer version has added beside is no fault: it was deployed on another node, and this one still works. */
async function findMissingMigrations({ pools, migrations }: ReadinessOptions): Promise<string | null> {
  const { rows } = await pools.watcher.query<{ name: string }>('select name from citygraph.migrations');
  const there = new Set(rows.map(({ name }) => name));
  const missing = migrations.filter((name) => !there.has(name));
  return missing.length === 0 ? null : `migrations are missing: ${missing.join(', ')}`;
}

async function findOldestWaiting({ pools, settings }: ReadinessOptions): Promise<string | null> {
  const seconds = await oldestWaiting(pools.watcher);
  if (seconds * 1000 <= settings.sequencing) return null;
  return `records wait for ${Math.round(seconds)} s to be sequenced`;
}

/** Seconds that the oldest record has waited for its leaf; 0 where none does. */
export async function oldestWaiting(watcher: Pool): Promise<number> {
  const { rows } = await watcher.query<{ seconds: number }>(
    `select coalesce(extract(epoch from clock_timestamp() - min(occurred_at)), 0)::float8 as seconds
       from (select occurred_at from citygraph.usage_waiting order by queue_id limit 1000) first`,
  );
  return Math.max(0, rows[0]!.seconds);
}

async function findFullDisk({ dataDir, settings }: ReadinessOptions): Promise<string | null> {
  const { bavail, bsize } = await statfsOf(dataDir);
  const free = bavail * bsize;
  return free >= settings.leastDiskBytes ? null : `${Math.round(free / 1024 / 1024)} MB are left on the disk`;
}

/** Of the folder, or where there is none yet of the one that it would be in. */
async function statfsOf(folder: string): Promise<StatsFs> {
  try {
    return await statfs(folder);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return statfsOf(dirname(folder));
  }
}
