/**
 * A page of rows: the rows are found, ordered and cut first, and only then are relations joined to those that are left;
 * joined first, a sort would compute every relation of every row of the table.
 */
import { sql } from 'kysely';
import type { ConnectionOutput, ConnectionPlan, EdgeOutput, ObjectPlan, PageInfoOutput } from '../planning/plan.js';
import { compileFilter } from './compile-filter.js';
import { type CompiledObject, compileObject, type Source, traceColumn } from './compile-object.js';
import {
  type Fragment,
  type JoinedObject,
  jsonObject,
  type Parent,
  sealMark,
  sourceParameter,
  type SqlScope,
  type Trace,
} from './fragments.js';
import { followsCursor, orderBy, orderByKeys, orderKeys } from './keyset.js';
import { rowPredicates } from './scope-predicates.js';

export function compileConnection(scope: SqlScope, plan: ConnectionPlan, parent: Parent | null): JoinedObject {
  const row = scope.alias('w');
  const columns = new Set<string>(['id', ...plan.order.map((term) => term.column.column)]);
  const needsMore = plan.outputs.some((output) => output.kind === 'pageInfo');
  const rows = compileRows(scope, plan, row, columns);
  const page = scope.alias('g');
  const value = (name: string): Fragment => sql.ref(`${page}.${name}`);
  // Without a number the order that the rows were cut by is kept, and nothing is sorted twice. But a list that is not a subject's own is
  // numbered: else PostgreSQL, which does not know how short the page is, may walk a whole table in that order for the few rows of a filter.
  const numbered = needsMore || !parent?.own;
  const again = numbered ? sql`order by ${sql.ref('x.rn')}` : orderByKeys(plan.order, 'x');
  const withinPage = needsMore ? sql` filter (where ${sql.ref(`x.rn`)} <= ${pageSize(plan, 0)})` : sql``;
  const collected = rows.projections.map(
    ({ name }) => sql`coalesce(json_agg(${sql.ref(`x.${name}`)} ${again})${withinPage}, '[]'::json) as ${sql.id(name)}`,
  );
  const traced = rows.traces.map(
    (trace) => sql`string_agg(${sql.ref(`x.${trace.column}`)}, ',' ${again})${withinPage} as ${sql.id(trace.column)}`,
  );
  const about = needsMore
    ? [
        sql`coalesce(bool_or(${sql.ref('x.rn')} > ${pageSize(plan, 0)}), false) as more`,
        sql`min(${sql.ref('x.c')}) filter (where ${sql.ref('x.rn')} = 1) as first_cursor`,
        sql`(array_agg(${sql.ref('x.c')} order by ${sql.ref('x.rn')} desc)${withinPage})[1] as last_cursor`,
      ]
    : [];
  const members = plan.outputs.map((output) => ({ key: output.key, value: compileOutput(plan, output, value) }));
  const number = numbered ? sql`, row_number() over (${orderBy(plan.order, row)}) as rn` : sql``;
  const keys = numbered ? [sql.ref(`${row}.rn`)] : orderKeys(plan.order, row);
  const inner = sql`select ${sql.join(cutColumns(columns, row))}${number}
    from ${sql.table(`${plan.table.schema}.${plan.table.table}`)} as ${sql.id(row)}
    where ${conditions(scope, plan, row, parent)} ${orderBy(plan.order, row)} limit ${pageSize(plan, needsMore ? 1 : 0)}`;
  return {
    alias: scope.alias('l'),
    traces: rows.traces,
    query: sql`select ${sql.join([sql`${jsonObject(members)} as j`, ...rows.traces.map((trace) => value(trace.column))])}
      from (select ${sql.join([...collected, ...traced, ...about])}
        from (select ${sql.join([...keys, ...rows.selected])} from (${inner}) as ${sql.id(row)} ${rows.joins}) as x) as ${sql.id(page)}`,
  };
}

interface CompiledRows {
  /** JSON values of each row that the page collects. */
  readonly projections: readonly { readonly name: string }[];
  readonly selected: readonly Fragment[];
  readonly joins: Fragment;
  readonly traces: CompiledObject['traces'];
}

function compileRows(scope: SqlScope, plan: ConnectionPlan, row: string, columns: Set<string>): CompiledRows {
  const projections: { name: string }[] = [];
  const selected: Fragment[] = [];
  const joins: Fragment[] = [];
  const traces: Trace[] = [];
  const compileNode = (object: ObjectPlan): Fragment => {
    const primary =
      object.of === 'row' ? object.primarySubject : plan.table.subjects.find((subject) => subject.primary)!.id;
    if (primary) columns.add(primary);
    const source: Source = { alias: row, subject: primary ? sql.ref(`${row}.${primary}`) : null, columns };
    const compiled = compileObject(scope, object, source);
    joins.push(compiled.joins);
    traces.push(...compiled.traces);
    selected.push(...compiled.traceColumns);
    return compiled.json;
  };
  const cursor = compileCursor(plan, row);
  for (const [index, output] of plan.outputs.entries()) {
    const name = projectionName(index);
    if (output.kind === 'nodes') selected.push(sql`${compileNode(output.object)} as ${sql.id(name)}`);
    else if (output.kind === 'edges')
      selected.push(sql`${compileEdge(output.outputs, cursor, compileNode)} as ${sql.id(name)}`);
    else continue;
    projections.push({ name });
  }
  if (plan.outputs.some((output) => output.kind === 'pageInfo')) selected.push(sql`${cursor} as c`);
  if (traces.length === 0) {
    // A page without a node (its length, its cursors) releases that these rows exist.
    selected.push(sql`${compileOwnTrace(plan, row, columns)} as ${sql.id(traceColumn(plan.node))}`);
    traces.push({ node: plan.node, column: traceColumn(plan.node) });
  }
  return { projections, selected, joins: sql.join(joins, sql` `), traces };
}

function compileOwnTrace(plan: ConnectionPlan, row: string, columns: Set<string>): Fragment {
  const { subjects } = plan.table;
  if (subjects.length === 0) return sql`'0'`;
  for (const subject of subjects) columns.add(subject.id);
  return sql`concat_ws('+', ${sql.join(subjects.map((subject) => sql.ref(`${row}.${subject.id}`)))})`;
}

function compileEdge(
  outputs: readonly EdgeOutput[],
  cursor: Fragment,
  compileNode: (object: ObjectPlan) => Fragment,
): Fragment {
  return jsonObject(
    outputs.map((output) => {
      if (output.kind === 'node') return { key: output.key, value: compileNode(output.object) };
      return { key: output.key, value: output.kind === 'cursor' ? cursor : sql.lit(output.value) };
    }),
  );
}

/** The order's values and the row id, in hex behind the seal mark; it is sealed on its way out. */
function compileCursor(plan: ConnectionPlan, row: string): Fragment {
  const values = [...plan.order.map((term) => sql.ref(`${row}.${term.column.column}`)), sql.ref(`${row}.id`)];
  const json = sql`json_build_array(${sql.join(values.map((value) => sql`${value}::text`))})`;
  return sql`${sealMark()} || ${sql.lit(`c:${plan.cursorScope}:`)} || encode(convert_to(${json}::text, 'UTF8'), 'hex') || ';'`;
}

function compileOutput(plan: ConnectionPlan, output: ConnectionOutput, value: (name: string) => Fragment): Fragment {
  if (output.kind === 'typename') return sql.lit(output.value);
  if (output.kind === 'pageInfo')
    return jsonObject(output.outputs.map((it) => ({ key: it.key, value: compilePageInfo(plan, it, value) })));
  return value(projectionName(plan.outputs.indexOf(output)));
}

function compilePageInfo(plan: ConnectionPlan, output: PageInfoOutput, value: (name: string) => Fragment): Fragment {
  switch (output.kind) {
    case 'typename':
      return sql.lit(output.value);
    case 'hasNextPage':
      return value('more');
    case 'hasPreviousPage':
      return sql.lit(plan.after !== null);
    case 'startCursor':
      return value('first_cursor');
    case 'endCursor':
      return value('last_cursor');
  }
}

function conditions(scope: SqlScope, plan: ConnectionPlan, row: string, parent: Parent | null): Fragment {
  const parts: Fragment[] = [parent ? parent.holds(row) : sql`true`];
  if (plan.filter) parts.push(compileFilter(plan.filter, row));
  if (plan.after) parts.push(followsCursor(plan.order, plan.after, row));
  return sql`${sql.join(parts, sql` and `)} ${rowPredicates(scope, row, plan.table)}`;
}

function cutColumns(columns: ReadonlySet<string>, row: string): Fragment[] {
  return [...columns].map((column) => sql.ref(`${row}.${column}`));
}

function projectionName(index: number): string {
  return `j${index}`;
}

function pageSize(plan: ConnectionPlan, plus: 0 | 1): Fragment {
  return sourceParameter(plan.pageSize, { as: 'page-size', plus }, 'int', 'first');
}
