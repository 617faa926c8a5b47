/**
 * Compiles a plan to one statement that returns finished JSON, built in PostgreSQL: what an object leads to is a subquery in its place.
 *
 * What the answer releases stands in its text: an object that is about subjects begins with a member whose key holds a mark and the number of
 * the plan's node, and whose value is the subjects. Nothing has to be brought up beside the JSON through every list; execution takes these
 * members out. A portrait's objects are built by a function, those of a root list are rows (`fragments.ts`).
 *
 * Identifiers come from the plan, and so from the registry and from response keys, which are names and quoted; values are parameters. This
 * folder must not know policy: a denied column no longer exists in what it is given.
 */
import { type Compilable, sql } from 'kysely';
import type { Parameter, Plan, RootPlan } from '../planning/plan.js';
import { compileConnection } from './compile-connection.js';
import { compileEntities } from './compile-entities.js';
import { compileRow } from './compile-object.js';
import { compilePortraitBy } from './compile-portrait.js';
import {
  asValue,
  compiler,
  type Fragment,
  type JsonQuery,
  parameter,
  SelectList,
  SqlScope,
  type TraceKey,
} from './fragments.js';

export interface Statement {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  /** Of the result, in their order. */
  readonly columns: readonly string[];
  /** Result columns: the data of each library root, in order. */
  readonly roots: readonly { readonly key: string; readonly column: string }[];
  /** Result columns: the code of what is to be said of the identifier that a root was asked by, or null. Of entities: `PLACE:CODE`, by comma. */
  readonly notices: readonly { readonly key: string; readonly column: string }[];
  /** Result columns: places of representations by an identifier that nobody has, by comma. */
  readonly missed: readonly { readonly key: string; readonly column: string }[];
}

type LibraryRootPlan = Extract<RootPlan, { kind: 'lookup' | 'refetch' | 'keyed' | 'list' | 'entities' }>;

/** Beside the JSON there may be what `Statement` calls notices and missed. */
interface RootQuery extends JsonQuery {
  readonly notice?: Fragment;
  readonly missed?: Fragment;
}

/** @returns null when no root is left to be read from the libraries */
export function compilePlan(plan: Plan, traceKey: TraceKey): Statement | null {
  const scope = new SqlScope({ rowScope: plan.scope, traceKey, compileList: compileConnection });
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
    notices: [] as { key: string; column: string }[],
    missed: [] as { key: string; column: string }[],
  };
  for (const { key, query } of roots.map((root) => ({ key: root.key, query: compileRoot(scope, root) }))) {
    const { json, notice, missed } = roots.length === 1 ? query : joinRoot(scope, query, joins);
    const add = (to: keyof typeof statement, prefix: string, value: Fragment): void => {
      const column = `${prefix}${statement[to].length}`;
      list.add(value, column);
      statement[to].push({ key, column });
    };
    // As JSON, which comes over the wire as text: made a text before, it would be copied twice.
    add('roots', 'd', json);
    if (notice) add('notices', 'n', notice);
    if (missed) add('missed', 'm', missed);
    if (roots.length === 1) joins.push(query.rows);
  }
  return { ...compileSelect(list, sql.join(joins, sql` `)), ...statement };
}

/** One of several roots. What yields more than its JSON is joined, so that its row is found once. */
function joinRoot(scope: SqlScope, query: RootQuery, joins: Fragment[]): Omit<RootQuery, 'rows'> {
  const { json, notice, missed, rows } = query;
  if (!notice) return { json: asValue(query) };
  const alias = scope.alias('l');
  if (joins.length === 0) joins.push(sql`from (select) as ${sql.id('one')}`);
  const also = missed ? sql`, ${missed} as m` : sql``;
  joins.push(sql`left join lateral (select ${json} as j, ${notice} as n${also} ${rows}) as ${sql.id(alias)} on true`);
  const of = (column: string): Fragment => sql.ref(`${alias}.${column}`);
  return { json: of('j'), notice: of('n'), ...(missed && { missed: of('m') }) };
}

/** @param rows `from …`, or nothing */
export function compileSelect(list: SelectList, rows: Fragment): Pick<Statement, 'text' | 'parameters' | 'columns'> {
  const query = sql`select ${sql.join(list.fragments)} ${rows}`;
  const compiled = (query as unknown as { compile(executor: unknown): ReturnType<Compilable['compile']> }).compile(
    compiler,
  );
  return { text: compiled.sql, parameters: compiled.parameters as readonly Parameter[], columns: list.names };
}

function compileRoot(scope: SqlScope, root: LibraryRootPlan): RootQuery {
  if (root.kind === 'list') return compileConnection(scope.forMany(), root.connection, null);
  if (root.kind === 'keyed') {
    const { column, value } = root;
    const isAsked = (row: string): Fragment => sql`${sql.ref(`${row}.${column}`)} = ${parameter(value)}`;
    return compileRow(scope, root.table, root.object, isAsked);
  }
  if (root.kind === 'entities') return compileEntities(scope, root);
  const key = parameter(root.kind === 'lookup' ? root.digest : root.id);
  return compilePortraitBy(scope, root.object, root, key);
}
