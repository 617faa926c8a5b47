/**
 * One run of the detectors, from where the last one ended to the end of the log. Any node may run them: whoever holds the lease does a
 * step, each step a transaction that moves the figures, the alerts and the place in the log together. So a run that was cut short leaves
 * nothing half done, and the next goes on.
 *
 * It must not hold up a request: it reads under a role of its own, and shares no lock with one.
 */
import type { Pool, PoolClient } from 'pg';
import { applyRules } from './apply-rules.js';
import { countUsage, forgetSeen } from './count-usage.js';
import { searchCanaries } from './search-canaries.js';
import type { AnomalySettings } from './settings.js';

export interface DetectorRun {
  /** Another node holds the lease: it does the work. */
  readonly busy: boolean;
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
const countedTogether = 4_000;

export async function runDetectors(options: DetectorOptions): Promise<DetectorRun> {
  let [records, raised] = [0, 0];
  const take = (step: Step): void => {
    records += step.records;
    raised += step.raised;
  };
  for (;;) {
    // INVARIANT: canaries first, and again after each step of counting: an alarm never waits for a backlog.
    const searched = await underLease(options, (client, now) => searchStep(client, now, options));
    if (!searched) return { busy: true, records, raised };
    take(searched);
    if (searched.more) continue;
    if (searched.idle) return { busy: false, records, raised };
    const counted = await underLease(options, (client, now) => countStep(client, now, options));
    if (!counted) return { busy: true, records, raised };
    take(counted);
    if (!counted.more || options.stopping?.()) break;
  }
  const judged = await underLease(options, (client, now) => ruleStep(client, now, options));
  if (judged) take(judged);
  return { busy: judged === null, records, raised };
}

interface Step {
  readonly records: number;
  readonly raised: number;
  readonly more: boolean;
  /** Too little waits to be counted, and no rule is due. */
  readonly idle?: boolean;
}

interface Progress {
  readonly counted: number;
  readonly searched: number;
  readonly size: number;
  readonly due: boolean;
}

async function searchStep(
  client: PoolClient,
  { searched, counted, size, due }: Progress,
  { batchSize = searchedTogether, byHand = false }: DetectorOptions,
): Promise<Step> {
  const until = Math.min(size, searched + batchSize);
  const raised = await searchCanaries(client, searched, until);
  if (until > searched) await client.query('update citygraph.anomaly_progress set searched = $1', [until]);
  // The rules alone ask for counts: until then records gather, for what many of them share is counted once.
  return { records: 0, raised, more: until < size, idle: !due && !byHand && size - counted < countedTogether };
}

async function countStep(
  client: PoolClient,
  { counted, size }: Progress,
  { settings, batchSize = countedTogether }: DetectorOptions,
): Promise<Step> {
  const until = Math.min(size, counted + batchSize);
  if (until > counted) {
    await countUsage(client, counted, until, settings);
    await client.query('update citygraph.anomaly_progress set counted = $1', [until]);
  }
  return { records: until - counted, raised: 0, more: until < size };
}

async function ruleStep(
  client: PoolClient,
  { due, counted, size }: Progress,
  { settings, byHand }: DetectorOptions,
): Promise<Step> {
  if (!due && !byHand) return { records: 0, raised: 0, more: false };
  const raised = await applyRules(client, settings);
  if (counted >= size) await forgetSeen(client);
  await client.query('update citygraph.anomaly_progress set applied_at = clock_timestamp()');
  return { records: 0, raised, more: false };
}

/** @returns null where another holds the lease */
async function underLease(
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
