/**
 * How many records a filter finds: exactly from counts that are kept by hour and shape, wherever shapes decide; where a subject, a human, a
 * case or an operation does, they are counted one by one up to a bound.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Pool } from 'pg';
import {
  chooseLead,
  findByIndex,
  findDirectly,
  isMatched,
  matchingShapes,
  recordOf,
  waitingRecords,
} from './find-usage.js';
import { auditDatabase } from './read-usage.js';
import { all, boundsOf, recordConditions, type UsageFilter } from './usage-filter.js';

export interface UsageCount {
  readonly records: number;
  /** False: there are at least so many. */
  readonly exact: boolean;
}

/** Records that are counted one by one. */
const mostCounted = 10_000;

/** @param pool of the auditor's role */
export async function countUsageRecords(pool: Pool, filter: UsageFilter): Promise<UsageCount> {
  const db = auditDatabase(pool);
  if (filter.ids) return countOneByOne(db, findDirectly({ filter, limit: mostCounted + 1 }));
  if ((await chooseLead(db, filter)) !== null)
    return countOneByOne(db, await findByIndex(db, { filter, limit: mostCounted + 1 }));
  const { rows } = await sql<{ records: string }>`
    with matched as materialized (${matchingShapes(filter)})
    select (${countIndexed(filter)}) + (${countWaiting(filter)}) as records`.execute(db);
  return { records: Number(rows[0]!.records), exact: true };
}

async function countOneByOne(db: Kysely<unknown>, found: RawBuilder<unknown>): Promise<UsageCount> {
  const { rows } = await sql<{ records: string }>`select count(*) as records from (${found}) as found`.execute(db);
  const records = Number(rows[0]!.records);
  return { records: Math.min(records, mostCounted), exact: records <= mostCounted };
}

function countIndexed(filter: UsageFilter): RawBuilder<unknown> {
  if (!filter.from && !filter.until)
    return sql`select coalesce(sum(s.records), 0) from citygraph.usage_shape as s where s.id in (select id from matched)`;
  return sql`select coalesce(sum(records), 0) from (${countsByHour(filter)}) as counts`;
}

/** Of what is not indexed yet; not more than the filter finds, for others' records are not to be counted by who may not see them. */
export function countWaiting(filter: UsageFilter): RawBuilder<unknown> {
  return sql`select count(*) from (${waitingRecords}) as w cross join lateral ${recordOf('w')} as r
    left join citygraph.usage_plan as p on p.hash = r.plan_id where ${all(recordConditions(filter))}`;
}

const hour = 3_600_000;

/**
 * Of the shapes that are `matched`, (at, shape_id, records, row_count, subject_count) of the time asked for: whole hours as they are kept,
 * the begun ones at its ends record by record.
 */
export function countsByHour(filter: UsageFilter): RawBuilder<unknown> {
  const { from, until } = filter;
  const whole = {
    ...(from && { from: new Date(Math.ceil(from.getTime() / hour) * hour) }),
    ...(until && { until: new Date(Math.floor(until.getTime() / hour) * hour) }),
  };
  const entries = (bounds: Pick<UsageFilter, 'from' | 'until'>): RawBuilder<unknown> => sql`
    select e.occurred_at as at, e.shape_id, 1 as records, e.row_count, e.subject_count
      from citygraph.usage_entry as e where ${all([...isMatched('e', filter), ...boundsOf('e', bounds)])}`;
  // No whole hour lies between the ends.
  if (whole.from && whole.until && whole.from >= whole.until) return entries({ from: from!, until: until! });
  const hours = [
    ...(whole.from ? [sql<boolean>`h.hour >= ${whole.from}`] : []),
    ...(whole.until ? [sql<boolean>`h.hour < ${whole.until}`] : []),
  ];
  return sql.join(
    [
      sql`select h.hour as at, h.shape_id, h.records, h.row_count, h.subject_count
            from citygraph.usage_hour as h where ${all([...isMatched('h', filter), ...hours])}`,
      ...(from && whole.from && from < whole.from ? [entries({ from, until: whole.from })] : []),
      ...(until && whole.until && whole.until < until ? [entries({ from: whole.until, until })] : []),
    ],
    sql` union all `,
  );
}
