/**
 * Which records a filter finds, newest first: by the index what is in it, and record by record what is not in it yet. One statement, so
 * that a record is found once, wherever it stands at that moment.
 *
 * A filter on what records have in common goes by shapes: of all that fit, only those with the latest records can hold the next page.
 * A filter on what is a record's own (subject, human, case, operation) is led by that one of them which has the fewest records.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import {
  all,
  boundsOf,
  type Condition,
  entryConditions,
  recordConditions,
  shapeConditions,
  type UsageFilter,
  type UsagePosition,
} from './usage-filter.js';

/** Rows of (occurred_at, id). */
export type FoundRecords = RawBuilder<unknown>;

export interface Search {
  readonly filter: UsageFilter;
  readonly after?: UsagePosition | null;
  /** Null: all of them, for a cursor. */
  readonly limit: number | null;
}

/** Records by id, or all of a time: the records themselves are in that order. */
export function needsNoIndex({ from: _from, until: _until, ids, ...rest }: UsageFilter): boolean {
  return ids !== undefined || Object.values(rest).every((value) => value === undefined);
}

export function findDirectly({ filter, after, limit }: Search): FoundRecords {
  const conditions = [...recordConditions(filter), ...boundsOf('r', {}, after)];
  return sql`select r.occurred_at, r.id from citygraph.usage_record as r left join citygraph.usage_plan as p on p.hash = r.plan_id
    where ${all(conditions)} ${newest('r', limit)}`;
}

export async function findByIndex(db: Kysely<unknown>, search: Search): Promise<FoundRecords> {
  const lead = await chooseLead(db, search.filter);
  const indexed = lead ? findByEntries(lead, search) : findByShapes(search);
  return sql`
    with matched as materialized (${matchingShapes(search.filter)}),
    indexed as materialized (${indexed}),
    waiting as materialized (${findWaiting(search)})
    select occurred_at, id from (select * from indexed union all select * from waiting) as found ${newest('found', search.limit)}`;
}

/** Ids of the shapes that fit. */
export function matchingShapes(filter: UsageFilter): RawBuilder<unknown> {
  return sql`select s.id from citygraph.usage_shape as s
    where ${all([
      ...shapeConditions(filter),
      ...(filter.from ? [sql<boolean>`s.last_at >= ${filter.from}`] : []),
      ...(filter.until ? [sql<boolean>`s.first_at < ${filter.until}`] : []),
    ])}`;
}

/** Records that are durable and not in the index yet: those of the last second, or of however long it has stood still. */
export const waitingRecords = sql`
  select occurred_at, record_id as id from citygraph.usage_waiting
   union all
  select l.occurred_at, l.record_id from citygraph.usage_leaf as l where l.leaf_index >= (select leaves from citygraph.usage_index)`;

function findWaiting({ filter, after, limit }: Search): RawBuilder<unknown> {
  const conditions = [...recordConditions(filter), ...boundsOf('r', {}, after)];
  return sql`
    select r.occurred_at, r.id from (${waitingRecords}) as w
      cross join lateral ${recordOf('w')} as r
      left join citygraph.usage_plan as p on p.hash = r.plan_id
     where ${all(conditions)} ${newest('r', limit)}`;
}

/** One look-up for each row: joined freely, a few rows may become a scan of all records. */
export function recordOf(row: string): RawBuilder<unknown> {
  return sql`(select * from citygraph.usage_record as r
    where r.occurred_at = ${sql.ref(`${row}.occurred_at`)} and r.id = ${sql.ref(`${row}.id`)} limit 1)`;
}

/** Entries before a cursor that are looked through first. */
const near = 2_000;

/**
 * Each shape that fits has a latest record. Where a page takes n records, shapes whose latest is older than the n-th of these can't be on
 * it, so that at most n shapes are read (and such as tie), n records of each, whatever the log has grown to.
 *
 * Before a cursor a shape's latest record has to be looked for, unless its last of all is before it. So the entries next to the cursor are
 * looked through first: what fits many records has its page among them, and no shape is looked at.
 */
function findByShapes({ filter, after, limit }: Search): RawBuilder<unknown> {
  const bounds = boundsOf('e', filter, after);
  if (limit === null)
    return sql`select e.occurred_at, e.id from citygraph.usage_entry as e where ${all([...isMatched('e', filter), ...bounds])} ${newest('e', null)}`;
  // Where as many shapes fit as a page takes records, it reaches back no further than the latest of the last of them: of many months' entries
  // only those since then are opened.
  const ofShapes = (latest: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    with nearest as materialized (
      select id, at from (${latest}) as latest order by at desc fetch first ${limit} rows with ties)
    select e.occurred_at, e.id
      from nearest as l
     cross join lateral (
       select e.occurred_at, e.id from citygraph.usage_entry as e
        where ${all([sql`e.shape_id = l.id`, ...bounds])}
          and e.occurred_at >= (select case when count(*) >= ${limit} then min(at) else '-infinity' end from nearest)
        ${newest('e', limit)}) as e
     ${newest('e', limit)}`;
  const end = after?.occurredAt ?? filter.until;
  if (!end)
    return ofShapes(sql`select s.id, s.last_at as at from matched as m join citygraph.usage_shape as s on s.id = m.id`);
  const latest = sql`
    select s.id, case when s.last_at < ${end} then s.last_at else (
             select e.occurred_at from citygraph.usage_entry as e where ${all([sql`e.shape_id = s.id`, ...bounds])} ${newest('e', 1)}) end as at
      from matched as m join citygraph.usage_shape as s on s.id = m.id where (select count(*) from near) < ${limit}`;
  return sql`
    with near as materialized (
      select e.occurred_at, e.id
        from (select e.occurred_at, e.id, e.shape_id from citygraph.usage_entry as e where ${all(bounds)} ${newest('e', near)}) as e
       where ${all(isMatched('e', filter))} ${newest('e', limit)})
    select * from near union (${ofShapes(sql`select * from (${latest}) as latest where at is not null`)})`;
}

const leads = ['subjects', 'caseNumber', 'user', 'operationName'] as const;
export type Lead = (typeof leads)[number];
/** Records up to which it is worth knowing which of two leads has fewer. */
const counted = 10_000;

/**
 * What stands beside a subject is read from the table for each of the subject's entries; what stands beside another lead is looked up in the
 * index by subject, where it lies next to one another.
 */
const costOfSubjects = 4;

/** @returns null where shapes alone decide */
export async function chooseLead(db: Kysely<unknown>, filter: UsageFilter): Promise<Lead | null> {
  const given = leads.filter((lead) => filter[lead] !== undefined);
  if (given.length <= 1) return given[0] ?? null;
  const counts = await sql<{ lead: Lead }>`
    ${sql.join(
      given.map(
        (lead) =>
          sql`select ${lead}::text as lead, ${lead === 'subjects' ? costOfSubjects : 1} * (select count(*) from (${entriesOf(lead, filter)} limit ${counted}) as few) as cost`,
      ),
      sql` union all `,
    )} order by cost limit 1`.execute(db);
  return counts.rows[0]!.lead;
}

function entriesOf(lead: Lead, filter: UsageFilter): RawBuilder<unknown> {
  const bounds = boundsOf('e', filter);
  return lead === 'subjects'
    ? sql`select from citygraph.usage_subject_entry as e where ${all([sql`e.subject_id = any(${filter.subjects}::bigint[])`, ...bounds])}`
    : sql`select from citygraph.usage_entry as e where ${all([...ownCondition(lead, filter), ...bounds])}`;
}

function ownCondition(lead: Exclude<Lead, 'subjects'>, filter: UsageFilter): Condition[] {
  return entryConditions({ [lead]: filter[lead] }, 'e');
}

function findByEntries(lead: Lead, { filter, after, limit }: Search): RawBuilder<unknown> {
  const bounds = boundsOf('e', filter, after);
  const matched = isMatched('e', filter);
  // Where no shape fits, no entry is looked at.
  const shape = matched.length === 0 ? [] : [sql<boolean>`exists (select from matched)`, ...matched];
  if (lead !== 'subjects') {
    const conditions = [...ownCondition(lead, filter), ...shape, ...bounds, ...othersOf(lead, filter)];
    return sql`select e.occurred_at, e.id from citygraph.usage_entry as e where ${all(conditions)} ${newest('e', limit)}`;
  }
  const conditions = [sql<boolean>`e.subject_id = given.id`, ...shape, ...bounds, ...othersOf(lead, filter)];
  // In the order of the index for each id; a record that names two of them is one.
  return sql`
    select distinct e.occurred_at, e.id from unnest(${filter.subjects}::bigint[]) as given (id)
     cross join lateral (
       select e.occurred_at, e.id from citygraph.usage_subject_entry as e where ${all(conditions)} ${newest('e', limit)}) as e
     ${newest('e', limit)}`;
}

/** What is asked for beside the lead, looked up for each of its entries. */
function othersOf(lead: Lead, filter: UsageFilter): Condition[] {
  const subjects =
    lead === 'subjects' || !filter.subjects
      ? []
      : [
          sql<boolean>`coalesce((select true from citygraph.usage_subject_entry as x
            where x.subject_id = any(${filter.subjects}::bigint[]) and x.occurred_at = e.occurred_at and x.id = e.id limit 1), false)`,
        ];
  const own = entryConditions(filter, lead === 'subjects' ? 'r' : 'e');
  if (lead !== 'subjects') return [...own, ...subjects];
  return own.length === 0
    ? []
    : [
        sql<boolean>`coalesce((select ${all(own)} from citygraph.usage_entry as r
          where r.occurred_at = e.occurred_at and r.id = e.id limit 1), false)`,
      ];
}

/** As a look-up in a table made once; as a join it would be put before the order of the index. */
export function isMatched(row: string, filter: UsageFilter): Condition[] {
  if (shapeConditions(filter).length === 0) return [];
  return [sql<boolean>`coalesce(${sql.ref(`${row}.shape_id`)} in (select id from matched), false)`];
}

function newest(row: string, limit: number | null): RawBuilder<unknown> {
  const order = sql`order by ${sql.ref(`${row}.occurred_at`)} desc, ${sql.ref(`${row}.id`)} desc`;
  return limit === null ? order : sql`${order} limit ${limit}`;
}
