/** An object of the answer: its JSON, the lateral joins it needs, and the traces of all nodes in and below it. */
import { sql } from 'kysely';
import type { JoinPlan, ObjectPlan, Output } from '../planning/plan.js';
import { type Fragment, type JoinedObject, jsonObject, sealMark, type SqlScope, type Trace } from './fragments.js';
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

function compileOutput(
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
    case 'identifier': {
      const subject = object.primarySubject ? columnOf(source, object.primarySubject) : sql`null::bigint`;
      const alias = scope.alias('i');
      return sql`(select ${sql.ref(`${alias}.${output.column}`)} from citygraph.subject_identifier as ${sql.id(alias)}
        where ${sql.ref(`${alias}.subject_id`)} = ${subject} and ${sql.ref(`${alias}.kind`)} = ${sql.lit(output.identifier)} and ${sql.ref(`${alias}.is_current`)} limit 1)`;
    }
    case 'portrait':
      return join(compilePortrait(scope, output, source));
    case 'one':
      return join(compileOne(scope, output, source));
    case 'many':
      return join(
        scope.compileList(scope, output.connection, {
          column: output.join.column,
          equals: joinValue(source, output.join),
        }),
      );
  }
}

function joinValue(source: Source, join: JoinPlan): Fragment {
  return join.equals === 'subject' ? (source.subject as Fragment) : columnOf(source, join.equals.column);
}

function compileColumn(column: Fragment, json: 'plain' | 'text' | 'moment'): Fragment {
  if (json === 'text') return sql`${column}::text`;
  if (json === 'moment') return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return column;
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
  const row = scope.alias('r');
  const { table } = output;
  const primary = output.object.primarySubject;
  const object = compileObject(scope, output.object, {
    alias: row,
    subject: primary ? sql.ref(`${row}.${primary}`) : null,
    columns: new Set(),
  });
  return {
    alias: scope.alias('l'),
    traces: object.traces,
    query: sql`select ${object.projection} from ${sql.table(`${table.schema}.${table.table}`)} as ${sql.id(row)} ${object.joins}
      where ${sql.ref(`${row}.${output.join.column}`)} = ${joinValue(source, output.join)} ${rowPredicates(scope, row, table)}`,
  };
}
