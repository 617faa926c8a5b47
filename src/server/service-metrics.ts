/** What `/metrics` says of a service, name by name; docs/operations.md has them in a table. It must not know who asks. */
import type { Pool } from 'pg';
import type { PlanCache } from '../planning/plan-cache.js';
import { type Figures, type StageName, stageNames, verdictKinds } from '../telemetry/figures.js';
import { createMetrics, type HistogramMetric, type Metric, type Metrics, type Sample } from '../telemetry/metrics.js';
import type { UsageLogFigures } from '../usage-log/append-usage.js';
import type { WitnessFigures } from '../usage-log/tree/witness.js';
import type { Admission } from './admission.js';
import type { Buffers } from './buffers.js';

export interface MetricSources {
  readonly figures: Figures;
  readonly plans: Pick<PlanCache<object>, 'size' | 'hits' | 'misses'>;
  readonly admission: Admission;
  readonly buffers: Buffers;
  readonly connections: () => number;
  readonly usageLog: { readonly figures: UsageLogFigures };
  readonly witnesses: () => readonly WitnessFigures[];
  readonly pools: Readonly<Record<string, Pool>>;
  /** Asked once a scrape. */
  readonly watcher: Pool;
  readonly process: readonly Metric[];
  /** The database did not tell how far the log has come. */
  readonly onFailure: (error: unknown) => void;
}

/** How far the log has come, as the database has it. */
interface LogState {
  readonly waiting: number;
  readonly lag: number;
  readonly size: number;
  readonly signed: number;
  readonly age: number | null;
  readonly alerts: Readonly<Record<string, number>>;
}

export function createServiceMetrics(sources: MetricSources): Metrics {
  let state: LogState | null = null;
  const prepare = async (): Promise<void> => {
    try {
      state = await readLogState(sources.watcher);
    } catch (error) {
      // What is not known is left out, and the rest is told: that is when it is needed most.
      state = null;
      sources.onFailure(error);
    }
  };
  return createMetrics(
    [
      ...requestMetrics(sources),
      ...loadMetrics(sources),
      ...logMetrics(sources, () => state),
      ...poolMetrics(sources.pools),
      ...sources.process,
    ],
    prepare,
  );
}

function counter(name: string, help: string, read: Metric['read']): Metric {
  return { name, help, type: 'counter', read };
}

function gauge(name: string, help: string, read: Metric['read']): Metric {
  return { name, help, type: 'gauge', read };
}

function requestMetrics({ figures, plans }: MetricSources): (Metric | HistogramMetric)[] {
  const durations = (stage: StageName) => ({ labels: { stage }, durations: figures.stages[stage] });
  return [
    counter('citygraph_requests_total', 'Requests on record, by kind of principal, outcome and code', () =>
      [...figures.requests].map(([key, value]): Sample => {
        const [principal, outcome, code] = key.split(' ') as [string, string, string];
        return { labels: { principal, outcome, code }, value };
      }),
    ),
    counter('citygraph_refusals_total', 'Refused before anyone was known, and shed load, by code', () =>
      [...figures.refusals].map(([code, value]) => ({ labels: { code }, value })),
    ),
    {
      name: 'citygraph_stage_seconds',
      help: 'How long the stages of a request took',
      type: 'histogram',
      read: () => stageNames.map(durations),
    },
    counter('citygraph_verdicts_total', 'Verdicts on the fields of the plans of requests', () =>
      verdictKinds.map((verdict, at) => ({ labels: { verdict }, value: figures.verdicts[at]! })),
    ),
    counter('citygraph_plan_cache_hits_total', 'Plans that were there', () => plans.hits),
    counter('citygraph_plan_cache_misses_total', 'Plans that had to be made', () => plans.misses),
    gauge('citygraph_plan_cache_keys', 'Keys in the plan cache', () => plans.size),
    counter(
      'citygraph_slow_statements_total',
      'Statements slower than SLOW_STATEMENT_MS',
      () => figures.slowStatements,
    ),
    counter(
      'citygraph_cancelled_statements_total',
      'Statements stopped because nobody waited for them',
      () => figures.cancelledStatements,
    ),
  ];
}

function loadMetrics({ admission, buffers, connections }: MetricSources): Metric[] {
  return [
    gauge('citygraph_requests_working', 'Requests being answered', () => admission.working),
    gauge('citygraph_requests_waiting', 'Requests that wait their turn', () => admission.waiting),
    gauge('citygraph_requests_width', 'As many requests are answered at once, for now', () => admission.width),
    gauge('citygraph_connections', 'Open connections of callers', connections),
    gauge('citygraph_buffered_bytes', 'Held for callers that write or read slowly', () => buffers.bytes),
    counter('citygraph_responses_broken_off_total', 'Responses that nobody took', () => buffers.brokenOff),
  ];
}

function logMetrics({ usageLog, witnesses }: MetricSources, state: () => LogState | null): Metric[] {
  const known = (read: (it: LogState) => number | null) => (): number | null => {
    const it = state();
    return it && read(it);
  };
  const ofWitnesses = (read: (it: WitnessFigures) => number | null) => (): Sample[] =>
    witnesses().flatMap((it, at) => {
      const value = read(it);
      return value === null ? [] : [{ labels: { witness: String(at + 1) }, value }];
    });
  return [
    gauge('citygraph_log_waiting_records', 'Records that wait for the next batch', () => usageLog.figures.waiting),
    counter('citygraph_log_batches_total', 'Batches written', () => usageLog.figures.batches),
    counter('citygraph_log_records_total', 'Records written', () => usageLog.figures.records),
    gauge('citygraph_log_last_batch_records', 'Records in the last batch', () => usageLog.figures.lastBatch),
    counter('citygraph_log_failures_total', 'Batches that were not taken', () => usageLog.figures.failures),
    gauge(
      'citygraph_log_sequencing_lag_records',
      'Records without a leaf yet, at most 100000',
      known((it) => it.waiting),
    ),
    gauge(
      'citygraph_log_sequencing_lag_seconds',
      'Age of the oldest record without a leaf',
      known((it) => it.lag),
    ),
    gauge(
      'citygraph_log_tree_size',
      'Leaves of the tree',
      known((it) => it.size),
    ),
    gauge(
      'citygraph_log_unsigned_records',
      'Leaves beyond the last checkpoint',
      known((it) => it.size - it.signed),
    ),
    gauge(
      'citygraph_log_checkpoint_age_seconds',
      'Since the last checkpoint was signed',
      known((it) => it.age),
    ),
    gauge(
      'citygraph_witness_lag_records',
      'Of the newest checkpoint, beyond what a witness has',
      ofWitnesses((it) => it.lag),
    ),
    gauge(
      'citygraph_witness_age_seconds',
      'Since a witness last took a checkpoint',
      ofWitnesses((it) => it.deliveredAt && (performance.now() - it.deliveredAt) / 1000),
    ),
    counter(
      'citygraph_witness_failures_total',
      'A witness could not be reached',
      ofWitnesses((it) => it.failures),
    ),
    counter(
      'citygraph_witness_refusals_total',
      'A witness refused a checkpoint',
      ofWitnesses((it) => it.refusals),
    ),
    gauge('citygraph_alerts_open', 'Alerts that nobody has closed, by severity', () =>
      Object.entries({ ...noAlerts, ...state()?.alerts }).map(([severity, value]) => ({ labels: { severity }, value })),
    ),
  ];
}

function poolMetrics(pools: Readonly<Record<string, Pool>>): Metric[] {
  const ofPools = (read: (pool: Pool) => number) => (): Sample[] =>
    Object.entries(pools).map(([pool, it]) => ({ labels: { pool }, value: read(it) }));
  return [
    gauge(
      'citygraph_pool_connections',
      'Connections of a pool',
      ofPools((pool) => pool.totalCount),
    ),
    gauge(
      'citygraph_pool_idle',
      'Of these, idle',
      ofPools((pool) => pool.idleCount),
    ),
    gauge(
      'citygraph_pool_waiting',
      'Who waits for one',
      ofPools((pool) => pool.waitingCount),
    ),
    gauge(
      'citygraph_pool_maximum',
      'As many as there may be',
      ofPools((pool) => pool.options.max),
    ),
  ];
}

const noAlerts = { critical: 0, high: 0, medium: 0, low: 0 };

const stateQuery = `
  select (select count(*) from (select from citygraph.usage_waiting limit 100000) waiting)::int as waiting,
         (select coalesce(greatest(0, extract(epoch from clock_timestamp() - min(occurred_at))), 0)
            from (select occurred_at from citygraph.usage_waiting order by queue_id limit 1000) first)::float8 as lag,
         (select size from citygraph.usage_tree)::float8 as size,
         coalesce((select max(size) from citygraph.usage_checkpoint), 0)::float8 as signed,
         (select extract(epoch from clock_timestamp() - signed_at) from citygraph.usage_checkpoint
           order by size desc limit 1)::float8 as age,
         (select coalesce(json_object_agg(severity, open), '{}')
            from (select severity, count(*) filter (where status <> 'closed') as open
                    from citygraph.alert group by severity) alerts) as alerts`;

async function readLogState(watcher: Pool): Promise<LogState> {
  const { rows } = await watcher.query<LogState>(stateQuery);
  return rows[0]!;
}
