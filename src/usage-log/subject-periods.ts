/**
 * Counts by subject as they are kept by period (`usage_period`): a month, of UTC or of the city, is made of whole periods, and is counted from
 * one row for each subject, and from the subjects of the last batches, which wait to be counted together. What is asked for beside whole
 * periods is counted entry by entry.
 */
import { type RawBuilder, sql } from 'kysely';
import { all, boundsOf, type Condition, shapeConditions, type UsageFilter } from './usage-filter.js';

/** Of the city's time, which has had no other since there are records. */
const cityOffset = 8 * 3_600_000;

/** Whether counts by subject and period are all that the filter needs. */
export function isOfPeriods({ operationName, user, caseNumber, ...filter }: UsageFilter): boolean {
  return shapeConditions(filter).length === 0 && [operationName, user, caseNumber].every((it) => it === undefined);
}

/** Rows of (at, records, by_subject) of the time asked for. */
export function countsByPeriod({ from, until, subjects }: UsageFilter): RawBuilder<unknown> {
  const named = (row: string): Condition[] =>
    subjects ? [sql<boolean>`${sql.ref(`${row}.subject_id`)} = any(${subjects}::bigint[])`] : [];
  const entries = (bounds: Pick<UsageFilter, 'from' | 'until'>): RawBuilder<unknown> => sql`
    select x.occurred_at as at, 1 as records, x.subject_id as by_subject
      from citygraph.usage_subject_entry as x where ${all([...named('x'), ...boundsOf('x', bounds)])}`;
  const whole = { from: from && firstPeriodFrom(from), until: until && lastPeriodUntil(until) };
  if (whole.from && whole.until && whole.from >= whole.until) return entries({ from: from!, until: until! });
  const within = (time: string): Condition[] => [
    ...(whole.from ? [sql<boolean>`${sql.ref(time)} >= ${whole.from}`] : []),
    ...(whole.until ? [sql<boolean>`${sql.ref(time)} < ${whole.until}`] : []),
  ];
  return sql.join(
    [
      sql`select t.period as at, t.records, t.subject_id as by_subject
            from citygraph.usage_subject_period as t where ${all([...named('t'), ...within('t.period')])}`,
      // A period begins with an hour, and so does a month.
      sql`select b.hour as at, 1 as records, x.subject_id as by_subject
            from citygraph.usage_subject_batch as b cross join unnest(b.subject_ids) as x (subject_id)
           where ${all([...named('x'), ...within('b.hour')])}`,
      ...(from && whole.from && from < whole.from ? [entries({ from, until: whole.from })] : []),
      ...(until && whole.until && whole.until < until ? [entries({ from: whole.until, until })] : []),
    ],
    sql` union all `,
  );
}

/** The begin of a period at that time or after it. */
function firstPeriodFrom(time: Date): Date {
  return new Date(Math.min(...beginnings(time).filter((at) => at >= time.getTime())));
}

/** The begin of a period at that time or before it. */
function lastPeriodUntil(time: Date): Date {
  return new Date(Math.max(...beginnings(time).filter((at) => at <= time.getTime())));
}

/** Of the months around a time, those of UTC and those of the city. */
function beginnings(time: Date): number[] {
  const [year, month] = [time.getUTCFullYear(), time.getUTCMonth()];
  return [-1, 0, 1, 2].flatMap((n) => {
    const ofUtc = Date.UTC(year, month + n, 1);
    return [ofUtc, ofUtc - cityOffset];
  });
}
