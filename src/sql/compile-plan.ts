/**
 * Compiles a plan to one statement that returns finished JSON: a lateral join for each relation, JSON built in PostgreSQL.
 *
 * Beside the text of every root's data the statement yields, for each node of the plan, the subjects and rows it releases: a text
 * with a comma between rows and a plus between the subjects of a row. Such texts concatenate upwards through any nesting.
 * Identifiers come from the plan, and so from the registry alone; values are parameters. This folder must not know policy: a denied
 * column no longer exists in what it is given.
 */
import { type Compilable, sql } from 'kysely';
import type { Parameter, Plan, RootPlan } from '../planning/plan.js';
import { compileConnection } from './compile-connection.js';
import { compileEntities } from './compile-entities.js';
import { compileRow } from './compile-object.js';
import { compilePortraitBy } from './compile-portrait.js';
import { compiler, type Fragment, type JoinedObject, parameter, SelectList, SqlScope } from './fragments.js';

export interface Statement {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  /** Of the result, in their order. */
  readonly columns: readonly string[];
  /** Result columns: the data of each library root, in order. */
  readonly roots: readonly { readonly key: string; readonly column: string }[];
  /** Result columns: what each node of the plan releases. */
  readonly traces: readonly { readonly node: number; readonly column: string }[];
  /** Result columns: the code of what is to be said of the identifier that a root was asked by, or null. Of entities: `PLACE:CODE`, by comma. */
  readonly notices: readonly { readonly key: string; readonly column: string }[];
  /** Result columns: places of representations by an identifier that nobody has, by comma. */
  readonly missed: readonly { readonly key: string; readonly column: string }[];
}

type LibraryRootPlan = Extract<RootPlan, { kind: 'lookup' | 'refetch' | 'keyed' | 'list' | 'entities' }>;

/**
 * @param alone the plan has one root, and its query stands by itself: a distributed database joins nothing laterally to what is no table
 * @returns null when no root is left to be read from the libraries
 */
export function compilePlan(plan: Plan, alone = false): Statement | null {
  const scope = new SqlScope(plan.scope, compileConnection);
  const roots = plan.roots.filter(
    (root): root is LibraryRootPlan =>
      ['lookup', 'refetch', 'keyed', 'list'].includes(root.kind) ||
      (root.kind === 'entities' && root.groups.length > 0),
  );
  if (roots.length === 0) return null;
  const joins: Fragment[] = [];
  const list = new SelectList();
  const statement = {
    roots: [] as { key: string; column: string }[],
    traces: [] as { node: number; column: string }[],
    notices: [] as { key: string; column: string }[],
    missed: [] as { key: string; column: string }[],
  };
  for (const root of roots) {
    const joined = compileRoot(scope, root);
    const column = `d${statement.roots.length}`;
    joins.push(
      alone
        ? sql`(${joined.query}) as ${sql.id(joined.alias)}`
        : sql`left join lateral (${joined.query}) as ${sql.id(joined.alias)} on true`,
    );
    list.add(sql`${sql.ref(`${joined.alias}.j`)}::text`, column);
    statement.roots.push({ key: root.key, column });
    if (root.kind === 'lookup' || root.kind === 'refetch' || root.kind === 'entities') {
      const notice = `n${statement.notices.length}`;
      list.add(sql.ref(`${joined.alias}.n`), notice);
      statement.notices.push({ key: root.key, column: notice });
    }
    if (root.kind === 'entities') {
      const missed = `m${statement.missed.length}`;
      list.add(sql.ref(`${joined.alias}.m`), missed);
      statement.missed.push({ key: root.key, column: missed });
    }
    for (const trace of joined.traces) {
      list.add(sql.ref(`${joined.alias}.${trace.column}`), trace.column);
      statement.traces.push(trace);
    }
  }
  const from = alone ? joins[0]! : sql`(select) as ${sql.id('one')} ${sql.join(joins, sql` `)}`;
  const query = sql`select ${sql.join(list.fragments)} from ${from}`;
  const compiled = (query as unknown as { compile(executor: unknown): ReturnType<Compilable['compile']> }).compile(
    compiler,
  );
  return {
    text: compiled.sql,
    parameters: compiled.parameters as readonly Parameter[],
    columns: list.names,
    ...statement,
  };
}

function compileRoot(scope: SqlScope, root: LibraryRootPlan): JoinedObject {
  if (root.kind === 'list') return compileConnection(scope, root.connection, null);
  if (root.kind === 'keyed') {
    const { column, value } = root;
    const isAsked = (row: string): Fragment => sql`${sql.ref(`${row}.${column}`)} = ${parameter(value)}`;
    return compileRow(scope, root.table, root.object, isAsked);
  }
  if (root.kind === 'entities') return compileEntities(scope, root);
  const key = parameter(root.kind === 'lookup' ? root.digest : root.id);
  return compilePortraitBy(scope, root.object, root, key);
}
