/** Small parts that the compilers share: aliases, parameters, JSON objects. All through Kysely's `sql`, which quotes and numbers; nothing is glued. */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import type { ConnectionPlan, Parameter, ParameterSource, ScopePlan } from '../planning/plan.js';

export type Fragment = RawBuilder<unknown>;

/** What a list hangs on; null for a root list. */
export interface Parent {
  /** The predicate on a row, by its alias, that makes it one of the list. */
  readonly holds: (row: string) => Fragment;
  /** The list is of rows that one subject has itself: few, and found by an index of their own. */
  readonly own: boolean;
}

/** A column of a result that tells what a node of the plan releases. */
export interface Trace {
  readonly node: number;
  readonly column: string;
}

/** A query that yields `j` and traces, joined laterally under an alias. */
export interface JoinedObject {
  readonly alias: string;
  readonly query: Fragment;
  readonly traces: readonly Trace[];
}

/** Compiles, and can't run. */
export const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** What is shared by all parts of one statement: names, the row scope, and the way from an object to the lists within it. */
export class SqlScope {
  private next = 0;

  /** @param compileList objects hold lists and lists hold objects; this is handed in so that neither file needs the other's */
  constructor(
    readonly rows: ScopePlan,
    readonly compileList: (scope: SqlScope, plan: ConnectionPlan, parent: Parent | null) => JoinedObject,
    /** What a statement on a distributed database asks by. */
    readonly key: Fragment | null = null,
  ) {}

  alias(prefix: string): string {
    this.next += 1;
    return `${prefix}${this.next}`;
  }
}

export function parameter(it: Parameter): Fragment {
  return sql`${sql.val(it)}::${sql.raw(assertSqlType(it.sql))}`;
}

export function sourceParameter(
  source: ParameterSource,
  form: Parameter['form'],
  type: string,
  label: string,
): Fragment {
  return parameter({ source, form, sql: type, label });
}

/** The mark that tells, on the way out, a value that is to be sealed: random in each run, so that no stored text can imitate it. */
export function sealMark(): Fragment {
  return sourceParameter({ from: 'seal-mark' }, { as: 'value' }, 'text', 'seal mark');
}

export function nullOf(type: string): Fragment {
  return sql`null::${sql.raw(assertSqlType(type))}`;
}

/** Types come from the value types of the model; this is the belt to that brace. */
function assertSqlType(type: string): string {
  if (!/^[a-z ]+(\(\d+(,\d+)?\))?(\[\])?$/.test(type)) throw new Error(`not an SQL type: ${type}`);
  return type;
}

const mostArguments = 100;
const longestName = 63;

/**
 * A JSON object with keys in this order. `json_build_object` is the fastest form, but a function takes no more than a hundred arguments;
 * `row_to_json` takes keys for column names, which PostgreSQL cuts at 63 bytes. A large object with a longer key is put together as text.
 */
export function jsonObject(members: readonly { readonly key: string; readonly value: Fragment }[]): Fragment {
  if (members.length === 0) return sql`'{}'::json`;
  if (members.length * 2 <= mostArguments)
    return sql`json_build_object(${sql.join(members.map(({ key, value }) => sql`${sql.lit(key)}, ${value}`))})`;
  if (members.every(({ key }) => key.length <= longestName)) {
    const columns = members.map(({ key, value }) => sql`${value} as ${sql.id(key)}`);
    return sql`(select row_to_json(o) from (select ${sql.join(columns)}) as o)`;
  }
  const parts = members.map(({ key, value }, index) => {
    const opening = `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    // As a column of a subquery: there a bare literal has the type text, and to_json needs one.
    return sql`${sql.lit(opening)} || coalesce((select to_json(o.v) from (select ${value} as v) as o)::text, 'null')`;
  });
  return sql`(${sql.join(parts, sql` || `)} || '}')::json`;
}

/** The columns of a statement, and their names in the order in which they come back. */
export class SelectList {
  readonly fragments: Fragment[] = [];
  readonly names: string[] = [];

  add(value: Fragment, name: string): void {
    this.fragments.push(sql`${value} as ${sql.id(name)}`);
    this.names.push(name);
  }
}
