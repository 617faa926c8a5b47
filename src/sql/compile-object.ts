/** An object of the answer as JSON: its columns, what it leads to as subqueries in their places, and the traces of what it releases. */
import { sql } from 'kysely';
import type { JoinPlan, ObjectPlan, Output, PeersPlan, TableRef } from '../planning/plan.js';
import { compileColumn } from './compile-column.js';
import { compileCut } from './compile-cut.js';
import { compileGraph } from './compile-graph.js';
import { compileOwners } from './compile-owners.js';
import { compileProvenance } from './compile-provenance.js';
import {
  asValue,
  type Fragment,
  type JsonQuery,
  jsonObject,
  type Member,
  rowOf,
  sealMark,
  type Source,
  type SqlScope,
  type Trace,
  tracedMembers,
} from './fragments.js';
import { primaryPredicates, rowPredicates } from './scope-predicates.js';

export function compileObject(scope: SqlScope, object: ObjectPlan, source: Source): Fragment {
  const members = compileMembers(scope, object, source);
  const row = scope.settings.forMany ? rowOf(members) : null;
  return row ? sql`row_to_json(${row})` : jsonObject(members);
}

/** As one of many that are gathered into a list: what gathers them makes JSON of a row by itself. */
export function compileItem(scope: SqlScope, object: ObjectPlan, source: Source): Fragment {
  const members = compileMembers(scope, object, source);
  return (scope.settings.forMany ? rowOf(members) : null) ?? jsonObject(members);
}

function compileMembers(scope: SqlScope, object: ObjectPlan, source: Source): Member[] {
  const members = object.outputs.map((output) => ({
    key: output.key,
    value: compileOutput(scope, object, source, output),
  }));
  return tracedMembers(scope, members, tracesOf(object, source));
}

/** Its own, and those of what has no object to itself. */
function tracesOf(object: ObjectPlan, source: Source): Trace[] {
  const own = {
    node: object.node,
    subjects: object.of === 'portrait' ? (source.subject as Fragment) : compileSubjects(object.subjectColumns, source),
  };
  const provenances = object.outputs.flatMap((output) =>
    output.kind === 'provenance' ? [{ node: output.provenance.node, subjects: source.subject as Fragment }] : [],
  );
  return [own, ...provenances];
}

/** The subjects that a row releases. One with no subject leaves a 0, so that it is counted all the same. */
export function compileSubjects(columns: readonly string[], source: Source): Fragment {
  if (columns.length === 0) return sql`0`;
  const ids = columns.map((column) => columnOf(source, column));
  return ids.length === 1 ? ids[0]! : sql`concat_ws('+', ${sql.join(ids)})`;
}

function columnOf(source: Source, column: string): Fragment {
  source.columns.add(column);
  return sql.ref(`${source.alias}.${column}`);
}

export function compileOutput(scope: SqlScope, object: ObjectPlan, source: Source, output: Output): Fragment {
  switch (output.kind) {
    case 'null':
      return sql`null::text`;
    case 'typename':
      return sql.lit(output.value);
    case 'id': {
      const id = object.of === 'portrait' ? source.subject : columnOf(source, 'id');
      return sql`${sealMark()} || ${sql.lit(`i:${output.type}:`)} || ${id} || ';'`;
    }
    case 'column':
      return compileColumn(columnOf(source, output.column), output.json);
    case 'identifier': {
      const own = object.primarySubject ? columnOf(source, object.primarySubject) : sql`null::bigint`;
      return compileIdentifier(scope, output, object.of === 'portrait' ? (source.subject as Fragment) : own);
    }
    case 'portrait':
      return compilePortrait(scope, output, source);
    case 'one':
    case 'many':
      return asValue(compileRelation(scope, output, source));
    case 'graph':
      return compileGraph(scope, output.graph, source.subject as Fragment, compilePart);
    case 'owners':
      return compileOwners(scope, output.owners, source.subject as Fragment, compilePart);
    case 'provenance':
      return compileProvenance(scope, output.provenance, source.subject as Fragment);
    case 'cut':
      return compileCut(
        output.slot,
        output.by === 'subject' ? (source.subject as Fragment) : columnOf(source, output.by.column),
        output.by !== 'subject' && output.by.text,
      );
  }
}

/** The identifier that a subject has now. */
export function compileIdentifier(
  scope: SqlScope,
  output: Extract<Output, { kind: 'identifier' }>,
  subject: Fragment,
): Fragment {
  const alias = scope.alias('i');
  return sql`(select ${sql.ref(`${alias}.${output.column}`)} from citygraph.subject_identifier as ${sql.id(alias)}
        where ${sql.ref(`${alias}.subject_id`)} = ${subject} and ${sql.ref(`${alias}.kind`)} = ${sql.lit(output.identifier)} and ${sql.ref(`${alias}.is_current`)} limit 1)`;
}

export function compileRelation(
  scope: SqlScope,
  output: Extract<Output, { kind: 'one' | 'many' }>,
  source: Source,
): JsonQuery {
  const holds = joinPredicate(scope, source, output.join);
  if (output.kind === 'many') {
    const { join, connection } = output;
    const bySubject = connection.table.subjects.some((subject) => subject.id === join.column);
    return scope.settings.compileList(scope, connection, { holds, own: bySubject && !join.peers });
  }
  const { latestBy } = output.join;
  const latest = (row: string): Fragment =>
    latestBy
      ? sql` order by ${sql.ref(`${row}.${latestBy}`)} desc nulls last, ${sql.ref(`${row}.id`)} desc limit 1`
      : sql``;
  return compileRow(scope, output.table, output.object, holds, latest);
}

/** Whether a row, by its alias, belongs to the object that a relation starts from. */
function joinPredicate(scope: SqlScope, source: Source, join: JoinPlan): (row: string) => Fragment {
  const value = join.equals === 'subject' ? (source.subject as Fragment) : columnOf(source, join.equals.column);
  const { peers } = join;
  if (peers) return (row) => peersPredicate(scope, row, { column: join.column, value, peers });
  if (join.within) return (row) => sql`${sql.ref(`${row}.${join.column}`)} = any(citygraph.divisions_within(${value}))`;
  const { key } = scope.settings;
  if (join.repeatsKey && key)
    return (row) =>
      sql`${sql.ref(`${row}.${join.column}`)} = ${value} and ${sql.ref(`${row}.${join.column}`)} = ${key}`;
  return (row) => sql`${sql.ref(`${row}.${join.column}`)} = ${value}`;
}

/** As an array, and so found by index: a semi-join might begin with every row of the table. */
function peersPredicate(
  scope: SqlScope,
  row: string,
  { column, value, peers }: { column: string; value: Fragment; peers: PeersPlan },
): Fragment {
  const own = scope.alias('o');
  const lasts = (alias: string): Fragment =>
    peers.until === null
      ? sql``
      : sql` and (${sql.ref(`${alias}.${peers.until}`)} is null or ${sql.ref(`${alias}.${peers.until}`)} > current_date)`;
  return sql`${sql.ref(`${row}.${peers.through}`)} = any(array(
      select ${sql.ref(`${own}.${peers.through}`)} from ${sql.table(`${peers.table.schema}.${peers.table.table}`)} as ${sql.id(own)}
      where ${sql.ref(`${own}.${column}`)} = ${value}${lasts(own)} ${rowPredicates(scope, own, peers.table)}))
    and ${sql.ref(`${row}.${column}`)} is distinct from ${value}${lasts(row)}`;
}

/** The portrait of a subject that is given by its id, as a part of a graph has it. */
function compilePart(scope: SqlScope, object: ObjectPlan, part: Source, is: Fragment): Fragment {
  return sql`case when ${is} then ${compileObject(scope, object, part)} end`;
}

/** From a row to the portrait of one of its subjects, if that subject is in scope. */
function compilePortrait(scope: SqlScope, output: Extract<Output, { kind: 'portrait' }>, source: Source): Fragment {
  const { subject } = output;
  for (const column of [subject.division, subject.protectedUntil]) source.columns.add(column);
  const id = columnOf(source, subject.id);
  const inScope = sql`${id} is not null ${primaryPredicates(scope, source.alias, subject)}`;
  return compilePart(scope, output.object, { ...source, subject: id }, inScope);
}

/** The one row of a table that a predicate leaves, or the first of an order. */
export function compileRow(
  scope: SqlScope,
  table: TableRef,
  plan: ObjectPlan,
  belongs: (row: string) => Fragment,
  first: (row: string) => Fragment = () => sql``,
): JsonQuery {
  const row = scope.alias('r');
  const primary = plan.primarySubject;
  return {
    json: compileObject(scope, plan, {
      alias: row,
      subject: primary ? sql.ref(`${row}.${primary}`) : null,
      columns: new Set(),
    }),
    rows: sql`from ${sql.table(`${table.schema}.${table.table}`)} as ${sql.id(row)}
      where ${belongs(row)} ${rowPredicates(scope, row, table)}${first(row)}`,
  };
}
