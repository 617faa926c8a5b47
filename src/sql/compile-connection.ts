/**
 * A page of rows: the rows are found, ordered and cut first, and only of those that are left, an object is made with what it leads to; made
 * first, a sort would compute every relation of every row of the table.
 */
import { sql } from 'kysely';
import type { ConnectionOutput, ConnectionPlan, EdgeOutput, ObjectPlan, PageInfoOutput } from '../planning/plan.js';
import { compileFilter } from './compile-filter.js';
import { compileItem, compileObject, compileSubjects } from './compile-object.js';
import {
  type Fragment,
  type JsonQuery,
  jsonObject,
  type Parent,
  sealMark,
  sourceParameter,
  type Source,
  type SqlScope,
  type Trace,
  tracedMembers,
} from './fragments.js';
import { followsCursor, orderBy } from './keyset.js';
import { rowPredicates } from './scope-predicates.js';

/** The rows that were found, as what is made of them sees them. */
interface Page {
  readonly row: Source;
  /** Their order again, for aggregates. */
  readonly again: Fragment;
  /** Leaves out, of an aggregate, the row that was found only to know whether there are more. */
  readonly within: Fragment;
}

export function compileConnection(scope: SqlScope, plan: ConnectionPlan, parent: Parent | null): JsonQuery {
  const alias = scope.alias('w');
  const columns = new Set<string>(['id', ...plan.order.map((term) => term.column.column)]);
  const needsMore = plan.outputs.some((output) => output.kind === 'pageInfo');
  // Without a number the order that the rows were cut by is kept, and nothing is sorted twice. But a list that is not a subject's own is
  // numbered: else PostgreSQL, which does not know how short the page is, may walk a whole table in that order for the few rows of a filter.
  const numbered = needsMore || !parent?.own;
  const page: Page = {
    row: { alias, subject: null, columns },
    again: numbered ? sql`order by ${sql.ref(`${alias}.rn`)}` : orderBy(plan.order, alias),
    within: needsMore ? sql` filter (where ${sql.ref(`${alias}.rn`)} <= ${pageSize(plan, 0)})` : sql``,
  };
  const members = plan.outputs.map((output) => ({
    key: output.key,
    value: compileOutput(scope, plan, output, page),
  }));
  const json = jsonObject(tracedMembers(scope, members, tracesOf(plan, page)));
  const number = numbered ? sql`, row_number() over (${orderBy(plan.order, alias)}) as rn` : sql``;
  return {
    json,
    rows: sql`from (select ${sql.join([...columns].map((column) => sql.ref(`${alias}.${column}`)))}${number}
      from ${sql.table(`${plan.table.schema}.${plan.table.table}`)} as ${sql.id(alias)}
      where ${conditions(scope, plan, alias, parent)} ${orderBy(plan.order, alias)} limit ${pageSize(plan, needsMore ? 1 : 0)}) as ${sql.id(alias)}`,
  };
}

/** A page without a node (its length, its cursors) releases that these rows exist. */
function tracesOf(plan: ConnectionPlan, { row, again, within }: Page): Trace[] {
  const hasNodes = plan.outputs.some(
    (output) =>
      output.kind === 'nodes' || (output.kind === 'edges' && output.outputs.some(({ kind }) => kind === 'node')),
  );
  if (hasNodes) return [];
  const own = compileSubjects(
    plan.table.subjects.map(({ id }) => id),
    row,
  );
  return [{ node: plan.node, subjects: sql`string_agg(${own}::text, ',' ${again})${within}` }];
}

function compileOutput(scope: SqlScope, plan: ConnectionPlan, output: ConnectionOutput, page: Page): Fragment {
  switch (output.kind) {
    case 'typename':
      return sql.lit(output.value);
    case 'pageInfo':
      return jsonObject(output.outputs.map((it) => ({ key: it.key, value: compilePageInfo(plan, it, page) })));
    case 'nodes':
      return collect(compileNode(scope, plan, output.object, page, compileItem), page);
    case 'edges':
      return collect(
        jsonObject(output.outputs.map((it) => ({ key: it.key, value: compileEdge(scope, plan, it, page) }))),
        page,
      );
  }
}

function collect(json: Fragment, { again, within }: Page): Fragment {
  return sql`coalesce(json_agg(${json} ${again})${within}, '[]'::json)`;
}

function compileNode(
  scope: SqlScope,
  plan: ConnectionPlan,
  object: ObjectPlan,
  { row }: Page,
  compile = compileObject,
): Fragment {
  const primary =
    object.of === 'row' ? object.primarySubject : plan.table.subjects.find((subject) => subject.primary)!.id;
  if (primary) row.columns.add(primary);
  return compile(scope, object, { ...row, subject: primary ? sql.ref(`${row.alias}.${primary}`) : null });
}

function compileEdge(scope: SqlScope, plan: ConnectionPlan, output: EdgeOutput, page: Page): Fragment {
  if (output.kind === 'node') return compileNode(scope, plan, output.object, page);
  return output.kind === 'cursor' ? compileCursor(plan, page.row.alias) : sql.lit(output.value);
}

/** The order's values and the row id, in hex behind the seal mark; it is sealed on its way out. */
function compileCursor(plan: ConnectionPlan, row: string): Fragment {
  const values = [...plan.order.map((term) => sql.ref(`${row}.${term.column.column}`)), sql.ref(`${row}.id`)];
  const json = sql`json_build_array(${sql.join(values.map((value) => sql`${value}::text`))})`;
  return sql`${sealMark()} || ${sql.lit(`c:${plan.cursorScope}:`)} || encode(convert_to(${json}::text, 'UTF8'), 'hex') || ';'`;
}

function compilePageInfo(plan: ConnectionPlan, output: PageInfoOutput, { row, within }: Page): Fragment {
  const number = sql.ref(`${row.alias}.rn`);
  switch (output.kind) {
    case 'typename':
      return sql.lit(output.value);
    case 'hasNextPage':
      return sql`coalesce(bool_or(${number} > ${pageSize(plan, 0)}), false)`;
    case 'hasPreviousPage':
      return sql.lit(plan.after !== null);
    case 'startCursor':
      return sql`min(${compileCursor(plan, row.alias)}) filter (where ${number} = 1)`;
    case 'endCursor':
      return sql`(array_agg(${compileCursor(plan, row.alias)} order by ${number} desc)${within})[1]`;
  }
}

function conditions(scope: SqlScope, plan: ConnectionPlan, row: string, parent: Parent | null): Fragment {
  const parts: Fragment[] = [parent ? parent.holds(row) : sql`true`];
  if (plan.filter) parts.push(compileFilter(plan.filter, row));
  if (plan.after) parts.push(followsCursor(plan.order, plan.after, row));
  return sql`${sql.join(parts, sql` and `)} ${rowPredicates(scope, row, plan.table)}`;
}

function pageSize(plan: ConnectionPlan, plus: 0 | 1): Fragment {
  return sourceParameter(plan.pageSize, { as: 'page-size', plus }, 'int', 'first');
}
