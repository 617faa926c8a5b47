/** An object of the answer: its JSON, the lateral joins it needs, and the traces of all nodes in and below it. */
import { sql } from 'kysely';
import type { JoinPlan, ObjectPlan, Output, PeersPlan, TableRef } from '../planning/plan.js';
import { compileColumn } from './compile-column.js';
import { compileCut } from './compile-cut.js';
import { compileGraph } from './compile-graph.js';
import { compileOwners } from './compile-owners.js';
import { compileProvenance } from './compile-provenance.js';
import {
  type Fragment,
  type JoinedObject,
  jsonObject,
  type Parent,
  sealMark,
  type SqlScope,
  type Trace,
} from './fragments.js';
import { primaryPredicates, rowPredicates } from './scope-predicates.js';

/** Where an object's values come from. */
export interface Source {
  readonly alias: string;
  /** The portrait's subject id, or the row's primary one. */
  readonly subject: Fragment | null;
  /** Columns that are used of the alias are added here, so that what is selected of a table is what is used and nothing else. */
  readonly columns: Set<string>;
}

export interface CompiledObject {
  readonly json: Fragment;
  readonly joins: Fragment;
  readonly traces: readonly Trace[];
  /** Traces as they read in the select list of whoever holds the joins. */
  readonly traceColumns: readonly Fragment[];
  /** `json as j, traces…` */
  readonly projection: Fragment;
}

export function traceColumn(node: number): string {
  return `t${node}`;
}

export function compileObject(scope: SqlScope, object: ObjectPlan, source: Source): CompiledObject {
  const joins: Fragment[] = [];
  const traces: Trace[] = [{ node: object.node, column: traceColumn(object.node) }];
  const traceColumns: Fragment[] = [sql`${ownTrace(object, source)} as ${sql.id(traceColumn(object.node))}`];
  const join = (joined: JoinedObject): Fragment => {
    joins.push(sql`left join lateral (${joined.query}) as ${sql.id(joined.alias)} on true`);
    for (const trace of joined.traces) {
      traces.push(trace);
      traceColumns.push(sql.ref(`${joined.alias}.${trace.column}`));
    }
    return sql.ref(`${joined.alias}.j`);
  };
  const members = object.outputs.map((output) => ({
    key: output.key,
    value: compileOutput(scope, object, source, output, join),
  }));
  const json = jsonObject(members);
  return {
    json,
    joins: joins.length > 0 ? sql.join(joins, sql` `) : sql``,
    traces,
    traceColumns,
    projection: sql.join([sql`${json} as j`, ...traceColumns]),
  };
}

/** A row with no subject leaves a 0, so that it is counted all the same. */
function ownTrace(object: ObjectPlan, source: Source): Fragment {
  if (object.of === 'portrait') return sql`${source.subject}::text`;
  if (object.subjectColumns.length === 0) return sql`'0'`;
  const ids = object.subjectColumns.map((column) => columnOf(source, column));
  return ids.length === 1 ? sql`${ids[0]}::text` : sql`concat_ws('+', ${sql.join(ids)})`;
}

function columnOf(source: Source, column: string): Fragment {
  source.columns.add(column);
  return sql.ref(`${source.alias}.${column}`);
}

export function compileOutput(
  scope: SqlScope,
  object: ObjectPlan,
  source: Source,
  output: Output,
  join: (joined: JoinedObject) => Fragment,
): Fragment {
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
    case 'identifier':
      return compileIdentifier(
        scope,
        output,
        object.primarySubject ? columnOf(source, object.primarySubject) : sql`null::bigint`,
      );
    case 'portrait':
      return join(compilePortrait(scope, output, source));
    case 'one':
      return join(compileOne(scope, output, source));
    case 'many':
      return join(scope.compileList(scope, output.connection, parentOf(scope, source, output)));
    case 'graph':
      return join(compileGraph(scope, output.graph, source.subject as Fragment, compilePart));
    case 'owners':
      return join(compileOwners(scope, output.owners, source.subject as Fragment, compilePart));
    case 'provenance':
      return join(compileProvenance(scope, output.provenance, source.subject as Fragment));
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

function parentOf(scope: SqlScope, source: Source, output: Extract<Output, { kind: 'many' }>): Parent {
  const { join, connection } = output;
  const bySubject = connection.table.subjects.some((subject) => subject.id === join.column);
  return { holds: joinPredicate(scope, source, join), own: bySubject && !join.peers };
}

/** Whether a row, by its alias, belongs to the object that a relation starts from. */
function joinPredicate(scope: SqlScope, source: Source, join: JoinPlan): (row: string) => Fragment {
  const value = join.equals === 'subject' ? (source.subject as Fragment) : columnOf(source, join.equals.column);
  const { peers } = join;
  if (peers) return (row) => peersPredicate(scope, row, { column: join.column, value, peers });
  if (join.within) return (row) => sql`${sql.ref(`${row}.${join.column}`)} = any(citygraph.divisions_within(${value}))`;
  const { key } = scope;
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
function compilePart(scope: SqlScope, object: ObjectPlan, subject: Fragment, is: Fragment): JoinedObject {
  const inner = scope.alias('p');
  const compiled = compileObject(scope, object, { alias: inner, subject: sql.ref(`${inner}.id`), columns: new Set() });
  return {
    alias: scope.alias('l'),
    traces: compiled.traces,
    query: sql`select ${compiled.projection} from (select ${subject} as id) as ${sql.id(inner)} ${compiled.joins} where ${is}`,
  };
}

/** From a row to the portrait of one of its subjects, if that subject is in scope. */
function compilePortrait(scope: SqlScope, output: Extract<Output, { kind: 'portrait' }>, source: Source): JoinedObject {
  const { subject } = output;
  for (const column of [subject.id, subject.division, subject.protectedUntil]) source.columns.add(column);
  const inner = scope.alias('p');
  const object = compileObject(scope, output.object, {
    alias: inner,
    subject: sql.ref(`${inner}.id`),
    columns: new Set(),
  });
  return {
    alias: scope.alias('l'),
    traces: object.traces,
    query: sql`select ${object.projection} from (select ${sql.ref(`${source.alias}.${subject.id}`)} as id) as ${sql.id(inner)} ${object.joins}
      where ${sql.ref(`${inner}.id`)} is not null ${primaryPredicates(scope, source.alias, subject)}`,
  };
}

function compileOne(scope: SqlScope, output: Extract<Output, { kind: 'one' }>, source: Source): JoinedObject {
  const { latestBy } = output.join;
  const belongs = joinPredicate(scope, source, output.join);
  const latest = (row: string): Fragment =>
    latestBy
      ? sql` order by ${sql.ref(`${row}.${latestBy}`)} desc nulls last, ${sql.ref(`${row}.id`)} desc limit 1`
      : sql``;
  return compileRow(scope, output.table, output.object, belongs, latest);
}

/** The one row of a table that a predicate leaves, or the first of an order. */
export function compileRow(
  scope: SqlScope,
  table: TableRef,
  plan: ObjectPlan,
  belongs: (row: string) => Fragment,
  first: (row: string) => Fragment = () => sql``,
): JoinedObject {
  const row = scope.alias('r');
  const primary = plan.primarySubject;
  const object = compileObject(scope, plan, {
    alias: row,
    subject: primary ? sql.ref(`${row}.${primary}`) : null,
    columns: new Set(),
  });
  return {
    alias: scope.alias('l'),
    traces: object.traces,
    query: sql`select ${object.projection} from ${sql.table(`${table.schema}.${table.table}`)} as ${sql.id(row)} ${object.joins}
      where ${belongs(row)} ${rowPredicates(scope, row, table)}${first(row)}`,
  };
}
