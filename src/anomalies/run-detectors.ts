/**
 * One run of the detectors, from where the last one ended to the end of the log: canaries are looked for in records, all else is judged by what
 * the index has counted. Any node may run them: whoever holds the lease does a step, each step a transaction that moves the figures, the
 * alerts and the place in the log together. So a run that was cut short leaves nothing half done, and the next goes on.
 *
 * It must not hold up a request: it reads under a role of its own, and shares no lock with one.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { CitygraphError } from '../errors.js';
import { applyRules } from './apply-rules.js';
import { countUsage, forgetSeen } from './count-usage.js';
import { searchCanaries } from './search-canaries.js';
import type { AnomalySettings } from './settings.js';

export interface DetectorRun {
  /** Another session holds the lease or the index: it does the work. */
  readonly busy: boolean;
  /** Of which the figures are new; none where the rules were not due. */
  readonly records: number;
  /** New alerts. */
  readonly raised: number;
}

export interface DetectorOptions {
  /** Of the watcher's role. */
  readonly pool: Pool;
  readonly settings: AnomalySettings;
  /** Waits for the lease, and applies the rules whenever they were last applied. */
  readonly byHand?: boolean;
  /** Leaves of one step, of either kind. */
  readonly batchSize?: number;
  /** Asked between steps. */
  readonly stopping?: () => boolean;
}

/** 'cityanom': in this database nobody else locks it. */
const lease = '7163384747067780973';

const searchedTogether = 2_000;
const indexedTogether = 2_000;
/** By hand: milliseconds between two looks while another session indexes, and without any progress. */
const pause = 100;
const patience = 60_000;

export async function runDetectors(options: DetectorOptions): Promise<DetectorRun> {
  let raised = 0;
  let known = { leaves: -1, at: performance.now() };
  for (;;) {
    // INVARIANT: canaries first, and again after each step of indexing: an alarm never waits for a backlog.
    const searched = await underLease(options, (client, now) => searchStep(client, now, options));
    if (!searched) return { busy: true, records: 0, raised };
    raised += searched.raised;
    if (searched.more) continue;
    if (searched.idle) return { busy: false, records: 0, raised };
    const indexed = await underLease(options, (client, now) => indexStep(client, now, options));
    if (!indexed) return { busy: true, records: 0, raised };
    if (indexed.leaves >= indexed.size || options.stopping?.()) break;
    if (indexed.leaves > known.leaves) known = { leaves: indexed.leaves, at: performance.now() };
    if (indexed.taken > 0) continue;
    // Another session is at it. What it has not come to is for the next run, unless all of it is asked for.
    if (!options.byHand) break;
    if (performance.now() - known.at > patience) throw standstill();
    await delay(pause);
  }
  // In a transaction of its own, for the index waits for it. What is indexed after it may be in the figures, and is looked at again.
  const counted = await underLease(options, countSubjects);
  if (counted?.leaves === null && options.byHand) throw standstill();
  // The rules stay due.
  if (!counted || counted.leaves === null) return { busy: true, records: 0, raised };
  const upto = counted.leaves;
  const judged = await underLease(options, (client, now) => ruleStep(client, now, upto, options));
  return judged
    ? { busy: false, records: judged.records, raised: raised + judged.raised }
    : { busy: true, records: 0, raised };
}

function standstill(): CitygraphError {
  return new CitygraphError('LOG_INCONSISTENT', 'the index of the usage log stands still: another session holds it');
}

interface Progress {
  readonly counted: number;
  readonly searched: number;
  readonly size: number;
  readonly due: boolean;
}

async function searchStep(
  client: PoolClient,
  { searched, size, due }: Progress,
  { batchSize = searchedTogether, byHand = false }: DetectorOptions,
): Promise<{ raised: number; more: boolean; idle: boolean }> {
  const until = Math.min(size, searched + batchSize);
  const raised = await searchCanaries(client, searched, until);
  if (until > searched) await client.query('update citygraph.anomaly_progress set searched = $1', [until]);
  return { raised, more: until < size, idle: !due && !byHand };
}

/** As a rule the index has come to the end of the log a second ago. */
async function indexStep(
  client: PoolClient,
  { size }: Progress,
  { batchSize = indexedTogether }: DetectorOptions,
): Promise<{ taken: number; leaves: number; size: number }> {
  const { rows: steps } = await client.query<{ taken: number }>('select citygraph.usage_index_next($1) as taken', [
    batchSize,
  ]);
  return { taken: steps[0]!.taken, leaves: await readIndexed(client), size };
}

async function readIndexed(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ leaves: number }>('select leaves::float8 as leaves from citygraph.usage_index');
  return rows[0]!.leaves;
}

async function ruleStep(
  client: PoolClient,
  { due, counted: known, size }: Progress,
  indexed: number,
  { settings, byHand }: DetectorOptions,
): Promise<{ records: number; raised: number }> {
  if (!due && !byHand) return { records: 0, raised: 0 };
  const counted = Math.max(known, indexed);
  await countUsage(client, known, settings);
  const raised = await applyRules(client, settings);
  if (counted >= size) await forgetSeen(client, counted);
  await client.query('update citygraph.anomaly_progress set counted = $1, applied_at = clock_timestamp()', [counted]);
  return { records: counted - known, raised };
}

/** Leaves up to which all subjects have been counted; null where another session holds the index. */
async function countSubjects(client: PoolClient): Promise<{ leaves: number | null }> {
  const { rows } = await client.query<{ leaves: number | null }>(
    'select citygraph.usage_count_days()::float8 as leaves',
  );
  return rows[0]!;
}

/** @returns null where another holds the lease */
async function underLease<Step>(
  { pool, settings, byHand }: DetectorOptions,
  work: (client: PoolClient, progress: Progress) => Promise<Step>,
): Promise<Step | null> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const { rows } = await client.query<{ taken: boolean }>(
      byHand
        ? 'select true as taken from pg_advisory_xact_lock($1::bigint)'
        : 'select pg_try_advisory_xact_lock($1::bigint) as taken',
      [lease],
    );
    // In a statement of its own, whose snapshot is from after the lock.
    const step = rows[0]!.taken ? await work(client, await readProgress(client, settings)) : null;
    await client.query('commit');
    return step;
  } catch (error) {
    // Closed with its transaction.
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function readProgress(client: PoolClient, { rulesInterval }: AnomalySettings): Promise<Progress> {
  const { rows } = await client.query<Progress>(
    `select counted::float8, searched::float8, (select size::float8 from citygraph.usage_tree) as size,
            applied_at is null or applied_at <= clock_timestamp() - make_interval(secs => $1) as due
       from citygraph.anomaly_progress`,
    [rulesInterval / 1000],
  );
  return rows[0]!;
}
