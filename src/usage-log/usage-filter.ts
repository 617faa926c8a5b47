/**
 * What records are asked for, as conditions: on a record with its plan, and on the shape that the index keeps of it. The two say the same
 * of every record; a test holds them against each other.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type StoredOutcome, timeOfRecordId, type UsageRecord } from './usage-record.js';

export interface UsageFilter {
  readonly ids?: readonly string[];
  readonly principalKind?: UsageRecord['principalKind'];
  readonly consumer?: string;
  readonly department?: string;
  readonly grant?: string;
  /** Resting on any of these. */
  readonly anyOfGrants?: readonly string[];
  /** Resting on none of these. */
  readonly withoutGrants?: readonly string[];
  readonly purpose?: string;
  readonly operationName?: string;
  readonly errorCode?: string;
  readonly outcome?: StoredOutcome;
  /** X-User and X-Case, as the log keeps them. */
  readonly user?: string;
  readonly caseNumber?: string;
  /** A field that was selected with this level and verdict; without either, one used in arguments as well. */
  readonly coordinate?: string;
  readonly level?: string;
  readonly verdict?: string;
  /** Included. */
  readonly from?: Date;
  /** Not included. */
  readonly until?: Date;
  /** Ids of one subject, such as were merged into it among them: some node of the answer released any of them. */
  readonly subjects?: readonly string[];
}

export interface UsagePosition {
  readonly occurredAt: Date;
  readonly id: string;
}

export type Condition = RawBuilder<SqlBool>;

/** What the verdict of a coordinate is called that was used in an argument. */
export const usedInArgument = 'argument';

export function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

/** On `r`, a record, and `p`, its plan. */
export function recordConditions(filter: UsageFilter): Condition[] {
  return [
    ...sharedConditions(filter, 'r'),
    ...entryConditions(filter, 'r'),
    ...boundsOf('r', filter),
    ...idConditions(filter),
    ...footprintConditions(
      filter,
      (item) => sql<SqlBool>`exists (
      select from (select (planned ->> 'type') || '.' || (field ->> 'name') as coordinate, coalesce(field ->> 'level', '') as level, field ->> 'verdict' as verdict
                     from json_array_elements(p.description -> 'nodes') as planned, json_array_elements(planned -> 'fields') as field
                    union all
                   select used, '', ${sql.lit(usedInArgument)} from json_array_elements_text(p.description -> 'usedInArguments') as used) as i
       where ${item})`,
    ),
    ...(filter.subjects ? [subjectCondition(filter.subjects)] : []),
  ];
}

/** On `s`, a shape: all that does not depend on the single record. */
export function shapeConditions(filter: UsageFilter): Condition[] {
  return [
    ...sharedConditions(filter, 's'),
    ...footprintConditions(
      filter,
      (item) => sql<SqlBool>`s.footprint_id in (
      select i.footprint_id from citygraph.usage_footprint_item as i where ${item})`,
    ),
  ];
}

/** On `r`, a record, or `e`, its entry in the index: what is each record's own, subjects apart. */
export function entryConditions({ operationName, user, caseNumber }: UsageFilter, row: 'r' | 'e'): Condition[] {
  return [
    ...equal(row, 'operation_name', operationName),
    ...equal(row, 'user_name', user),
    ...equal(row, 'case_number', caseNumber),
  ];
}

export function boundsOf(
  row: string,
  { from, until }: Pick<UsageFilter, 'from' | 'until'>,
  after?: UsagePosition | null,
): Condition[] {
  const time = sql.ref(`${row}.occurred_at`);
  return [
    ...(from ? [sql<SqlBool>`${time} >= ${from}`] : []),
    ...(until ? [sql<SqlBool>`${time} < ${until}`] : []),
    ...(after
      ? [sql<SqlBool>`(${time}, ${sql.ref(`${row}.id`)}) < (${after.occurredAt}::timestamptz, ${after.id}::uuid)`]
      : []),
  ];
}

function sharedConditions(filter: UsageFilter, row: 'r' | 's'): Condition[] {
  const { principalKind, consumer, department, purpose, outcome, grant, errorCode, anyOfGrants, withoutGrants } =
    filter;
  const grants = sql.ref(`${row}.grants`);
  return [
    ...equal(row, 'principal_kind', principalKind),
    ...(consumer === undefined
      ? []
      : [...equal(row, 'principal_kind', 'consumer'), ...equal(row, 'principal', consumer)]),
    ...equal(row, 'department', department),
    ...equal(row, 'purpose', purpose),
    ...equal(row, 'outcome', outcome),
    ...(grant === undefined ? [] : [sql<SqlBool>`${grant} = any(${grants})`]),
    ...(anyOfGrants === undefined ? [] : [sql<SqlBool>`${grants} && ${anyOfGrants}::text[]`]),
    ...(withoutGrants === undefined ? [] : [sql<SqlBool>`not ${grants} && ${withoutGrants}::text[]`]),
    ...(errorCode === undefined ? [] : [sql<SqlBool>`${errorCode} = any(${sql.ref(`${row}.error_codes`)})`]),
  ];
}

function equal(row: string, column: string, value: string | undefined): Condition[] {
  return value === undefined ? [] : [sql<SqlBool>`${sql.ref(`${row}.${column}`)} = ${value}`];
}

function footprintConditions(
  { coordinate, level, verdict }: UsageFilter,
  holding: (item: Condition) => Condition,
): Condition[] {
  const item = [
    ...equal('i', 'coordinate', coordinate),
    ...equal('i', 'level', level),
    ...equal('i', 'verdict', verdict),
  ];
  return item.length === 0 ? [] : [holding(all(item))];
}

/** An id holds its time, and the table is ordered by time first. */
function idConditions({ ids }: UsageFilter): Condition[] {
  if (!ids) return [];
  const times = ids.map((id) => new Date(timeOfRecordId(id)));
  return [sql<SqlBool>`r.id = any(${ids}::uuid[]) and r.occurred_at = any(${times}::timestamptz[])`];
}

function subjectCondition(subjects: readonly string[]): Condition {
  if (subjects.some((id) => !/^\d+$/.test(id))) throw new RangeError('expected subject ids of digits');
  return sql<SqlBool>`r.subjects ~ ${`(^|[;,+])(${subjects.join('|')})([;,+]|$)`}`;
}
