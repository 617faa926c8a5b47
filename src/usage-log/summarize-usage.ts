/**
 * How often, by what and when: counts of records in groups, from the counts that are kept by hour and shape, or, where groups or filter are
 * of what is a record's own (subject, human, case, operation), from the index's entries; by subject alone from counts by period.
 *
 * A record stands in each group that it belongs to: with two grants in two groups by grant. Where the filter names one of what a record
 * has several of, groups are of that one alone. What is not in the index yet is not counted here; its number is given beside.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Pool } from 'pg';
import { countsByHour, countWaiting } from './count-usage.js';
import { isMatched, matchingShapes } from './find-usage.js';
import { auditDatabase } from './read-usage.js';
import { countsByPeriod, isOfPeriods } from './subject-periods.js';
import { all, boundsOf, type Condition, entryConditions, type UsageFilter } from './usage-filter.js';

/** Days and months are those of the city; its hours begin with those of UTC. */
const cityTime = 'Asia/Shanghai';

/** Of the shape `s` and its parts. */
const ofShape = {
  PRINCIPAL_KIND: sql`s.principal_kind`,
  CONSUMER: sql`case when s.principal_kind = 'consumer' then s.principal end`,
  DEPARTMENT: sql`s.department`,
  PURPOSE: sql`s.purpose`,
  OUTCOME: sql`s.outcome`,
  GRANT: sql`grants.code`,
  ERROR_CODE: sql`errors.code`,
} as const;
/** Of the items of its footprint. */
const ofItem = { COORDINATE: 'coordinate', LEVEL: 'level', VERDICT: 'verdict' } as const;
/** Of the time `at`: what it is cut to, and how that is written. */
const ofTime = {
  HOUR: { unit: 'hour', form: 'YYYY-MM-DD"T"HH24:MI"+08:00"' },
  DAY: { unit: 'day', form: 'YYYY-MM-DD' },
  MONTH: { unit: 'month', form: 'YYYY-MM' },
} as const;
/** Of the entry `e`, or of the subject's entry `x`. */
const ofEntry = {
  OPERATION: 'e.operation_name',
  USER: 'e.user_name',
  CASE: 'e.case_number',
  SUBJECT: 'x.subject_id',
} as const;

type ShapeDimension = keyof typeof ofShape;
type TimeDimension = keyof typeof ofTime;
type EntryDimension = keyof typeof ofEntry;
type ItemDimension = keyof typeof ofItem;
export type UsageDimension = ShapeDimension | ItemDimension | TimeDimension | EntryDimension;
export const usageDimensions = [ofShape, ofItem, ofTime, ofEntry].flatMap((them) =>
  Object.keys(them),
) as UsageDimension[];

export interface UsageGroup {
  /** In the order of the dimensions; null where records have none of it. Days and months as the city counts them. */
  readonly keys: readonly (string | null)[];
  readonly records: number;
  /** Released; a subject counts once a record. Null where groups or filter are by subject. */
  readonly rows: number | null;
  readonly subjects: number | null;
}

export type SummaryPosition = Pick<UsageGroup, 'keys' | 'records'>;

export interface SummaryPage {
  readonly by: readonly UsageDimension[];
  readonly first: number;
  readonly after?: SummaryPosition | null;
}

export interface UsageSummary {
  /** Most records first. */
  readonly groups: readonly UsageGroup[];
  readonly hasMore: boolean;
  /** Records, whatever they are, that are not in the index yet. */
  readonly waiting: number;
}

interface GroupRow {
  readonly keys: string | null;
  readonly records: string;
  readonly rows: string | null;
  readonly subjects: string | null;
  readonly waiting: string;
}

/** @param pool of the auditor's role */
export async function summarizeUsage(
  pool: Pool,
  filter: UsageFilter,
  { by, first, after }: SummaryPage,
): Promise<UsageSummary> {
  const notBefore = after ? sql`where records <= ${after.records}` : sql``;
  const beyond = after
    ? sql`and (records < ${after.records} or keys > ${JSON.stringify(after.keys)}::jsonb::text collate "C")`
    : sql``;
  // Most groups are small and on no page: only such as may be are written out and put in order.
  const { rows } = await sql<GroupRow>`
    with matched as materialized (${matchingShapes(filter)}),
    counted as (${countShapes(filter, by)}),
    told as (${groupByShape(filter, by)}),
    grouped as materialized (${groupByItem(filter, by)}),
    least as materialized (
      select records from grouped ${after ? sql`where records < ${after.records}` : sql``} order by records desc offset ${first} limit 1
    ), written as (
      select jsonb_build_array(${sql.join(by.map(textOf))})::text collate "C" as keys, records, row_count, subject_count
        from (select * from grouped ${notBefore}) as g
    ), page as (
      select * from written where records >= coalesce((select records from least), 0) ${beyond} order by records desc, keys limit ${first + 1}
    )
    select page.keys, page.records::text, page.row_count::text as rows, page.subject_count::text as subjects, w.waiting::text
      from (select (${countWaiting(filter)}) as waiting) as w left join page on true
     order by page.records desc, page.keys`.execute(auditDatabase(pool));
  const found = rows.flatMap((row) => (row.keys === null ? [] : [toGroup(row, row.keys)]));
  return { groups: found.slice(0, first), hasMore: found.length > first, waiting: Number(rows[0]!.waiting) };
}

function toGroup({ records, rows, subjects }: GroupRow, keys: string): UsageGroup {
  const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    keys: JSON.parse(keys) as (string | null)[],
    records: Number(records),
    rows: numberOf(rows),
    subjects: numberOf(subjects),
  };
}

function isTime(dimension: UsageDimension): dimension is TimeDimension {
  return dimension in ofTime;
}
function isEntry(dimension: UsageDimension): dimension is EntryDimension {
  return dimension in ofEntry;
}
function isItem(dimension: UsageDimension): dimension is ItemDimension {
  return dimension in ofItem;
}
/** Its column in `counted`. */
const columnOf = (dimension: TimeDimension | EntryDimension): string => `by_${dimension.toLowerCase()}`;

/** Its column from `told` on. */
const keyOf = (dimension: UsageDimension): RawBuilder<unknown> => sql.ref(`key_${dimension.toLowerCase()}`);

function textOf(dimension: UsageDimension): RawBuilder<unknown> {
  if (!isTime(dimension)) return sql`${keyOf(dimension)}::text`;
  return sql`to_char(${keyOf(dimension)} at time zone ${sql.lit(cityTime)}, ${sql.lit(ofTime[dimension].form)})`;
}

const sums = (row: string): RawBuilder<unknown> =>
  sql.join(
    ['records', 'row_count', 'subject_count'].map((it) => sql`sum(${sql.ref(`${row}.${it}`)}) as ${sql.ref(it)}`),
  );

/** By all but fields; where groups are by fields, apart by footprint, of which there are far fewer than shapes. */
function groupByShape({ grant, errorCode }: UsageFilter, by: readonly UsageDimension[]): RawBuilder<unknown> {
  if (!isOfShapes(by)) {
    const counted = by.flatMap((it) =>
      isTime(it) || isEntry(it) ? [sql`${sql.ref(columnOf(it))} as ${keyOf(it)}`] : [],
    );
    return sql`select ${sql.join(counted)}, records, row_count, subject_count from counted`;
  }
  const valueOf = (dimension: Exclude<UsageDimension, ItemDimension>): RawBuilder<unknown> =>
    isTime(dimension) || isEntry(dimension) ? sql.ref(`c.${columnOf(dimension)}`) : ofShape[dimension];
  const keys = by.flatMap((it) => (isItem(it) ? [] : [sql`${valueOf(it)} as ${keyOf(it)}`]));
  const columns = by.some(isItem) ? [...keys, sql`s.footprint_id`] : keys;
  const one = (value: string | undefined): RawBuilder<unknown> =>
    value === undefined ? sql`on true` : sql`on code = ${value}`;
  const grants = by.includes('GRANT') ? sql`left join lateral unnest(s.grants) as grants (code) ${one(grant)}` : sql``;
  const errors = by.includes('ERROR_CODE')
    ? sql`left join lateral unnest(s.error_codes) as errors (code) ${one(errorCode)}`
    : sql``;
  return sql`
    select ${sql.join([...columns, sums('c')])}
      from counted as c join citygraph.usage_shape as s on s.id = c.shape_id ${grants} ${errors}
     group by ${places(columns.length)}`;
}

function groupByItem({ coordinate, level, verdict }: UsageFilter, by: readonly UsageDimension[]): RawBuilder<unknown> {
  const items = by.filter(isItem);
  if (items.length === 0) return sql`select * from told`;
  const asked = [
    sql<boolean>`i.footprint_id = f.footprint_id`,
    ...(coordinate === undefined ? [] : [sql<boolean>`i.coordinate = ${coordinate}`]),
    ...(level === undefined ? [] : [sql<boolean>`i.level = ${level}`]),
    ...(verdict === undefined ? [] : [sql<boolean>`i.verdict = ${verdict}`]),
    // Of what is used in an argument no level is kept.
    ...(items.includes('LEVEL') ? [sql<boolean>`i.level <> ''`] : []),
  ];
  const columns = by.map((it) => (isItem(it) ? sql`${sql.ref(`item.${ofItem[it]}`)} as ${keyOf(it)}` : keyOf(it)));
  const told = sql`
    select f.footprint_id, i.* from (select distinct footprint_id from told) as f
     cross join lateral (
       select distinct ${sql.join(items.map((it) => sql.ref(`i.${ofItem[it]}`)))} from citygraph.usage_footprint_item as i where ${all(asked)}) as i`;
  return sql`
    select ${sql.join([...columns, sums('told')])}
      from told left join (${told}) as item on item.footprint_id = told.footprint_id
     group by ${places(columns.length)}`;
}

function places(count: number): RawBuilder<unknown> {
  return sql.join(Array.from({ length: count }, (_, at) => sql.lit(at + 1)));
}

function isOfShapes(by: readonly UsageDimension[]): boolean {
  return by.some((it) => isItem(it) || it in ofShape);
}

/** Counts of what fits, apart by time, by what is a record's own and by shape where the groups are. */
function countShapes(filter: UsageFilter, by: readonly UsageDimension[]): RawBuilder<unknown> {
  const times = by.filter(isTime);
  const own = by.filter(isEntry);
  const apart = [
    ...(isOfShapes(by) ? [sql`n.shape_id`] : []),
    ...times.map(
      (it) => sql`date_trunc(${sql.lit(ofTime[it].unit)}, n.at, ${sql.lit(cityTime)}) as ${sql.ref(columnOf(it))}`,
    ),
    ...own.map((it) => sql.ref(`n.${columnOf(it)}`)),
  ];
  // Monthly counts of subjects are kept as such, with the most rows of all.
  if (by.includes('SUBJECT') && by.every((it) => it === 'SUBJECT' || it === 'MONTH') && isOfPeriods(filter))
    return sql`
      select ${sql.join(apart)}, sum(n.records) as records, null::bigint as row_count, null::bigint as subject_count
        from (${countsByPeriod(filter)}) as n
       group by ${places(apart.length)}`;
  const source = sourceOf(filter, own);
  // What is a record's own is seldom alike where the shape is: to sum it up here as well as by shapes would be to sum it up twice.
  if (own.length > 0 && isOfShapes(by))
    return sql`select ${sql.join(apart)}, n.records, n.row_count, n.subject_count from (${source}) as n`;
  return sql`
    select ${sql.join(apart)}, sum(n.records) as records, sum(n.row_count) as row_count, sum(n.subject_count) as subject_count
      from (${source}) as n
     group by ${places(apart.length)}`;
}

function sourceOf(filter: UsageFilter, own: readonly EntryDimension[]): RawBuilder<unknown> {
  const columns = own.map((it) => sql`, ${sql.ref(ofEntry[it])} as ${sql.ref(columnOf(it))}`);
  const more = sql.join([sql``, ...columns], sql``);
  const ofRecord = entryConditions(filter, 'e');
  if (!filter.subjects && !own.includes('SUBJECT')) {
    if (own.length === 0 && ofRecord.length === 0) return countsByHour(filter);
    const conditions = [...isMatched('e', filter), ...ofRecord, ...boundsOf('e', filter)];
    return sql`select e.occurred_at as at, e.shape_id, 1 as records, e.row_count, e.subject_count ${more}
      from citygraph.usage_entry as e where ${all(conditions)}`;
  }
  const needsEntry = ofRecord.length > 0 || own.some((it) => it !== 'SUBJECT');
  const entry = needsEntry
    ? sql`join citygraph.usage_entry as e on e.occurred_at = x.occurred_at and e.id = x.id`
    : sql``;
  const conditions: Condition[] = [...isMatched('x', filter), ...ofRecord, ...boundsOf('x', filter)];
  if (filter.subjects) conditions.push(sql`x.subject_id = any(${filter.subjects}::bigint[])`);
  // A record that names two ids of one subject is one record of it.
  const once =
    (filter.subjects?.length ?? 0) > 1 && !own.includes('SUBJECT') ? sql`distinct on (x.occurred_at, x.id)` : sql``;
  return sql`select ${once} x.occurred_at as at, x.shape_id, 1 as records, null::int as row_count, null::int as subject_count ${more}
    from citygraph.usage_subject_entry as x ${entry} where ${all(conditions)}`;
}
