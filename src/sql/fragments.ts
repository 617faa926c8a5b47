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

/** Where an object's values come from. */
export interface Source {
  readonly alias: string;
  /** The portrait's subject id, or the row's primary one. */
  readonly subject: Fragment | null;
  /** Columns that are used of the alias are added here, so that what is selected of a table is what is used and nothing else. */
  readonly columns: Set<string>;
}

/** What a list hangs on; null for a root list. */
export interface Parent {
  /** The predicate on a row, by its alias, that makes it one of the list. */
  readonly holds: (row: string) => Fragment;
  /** The list is of rows that one subject has itself: few, and found by an index of their own. */
  readonly own: boolean;
}

/** Which subjects an object of the answer releases for a node of the plan: one id, or a text with a plus between those of a row and a comma between rows. */
export interface Trace {
  readonly node: number;
  readonly subjects: Fragment;
}

/** A query that yields the JSON of one object, or of a list. */
export interface JsonQuery {
  readonly json: Fragment;
  /** `from …`, and what follows it. */
  readonly rows: Fragment;
}

/** Null where the query finds no row. */
export function asValue({ json, rows }: JsonQuery): Fragment {
  return sql`(select ${json} ${rows})`;
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

/**
 * The key, of a member of an object, that tells what a node of the plan releases: with a mark that is random in each process, so that no stored
 * text can imitate it. The member is taken out on the way.
 */
export type TraceKey = (node: number) => string;

export interface ScopeSettings {
  readonly rowScope: ScopePlan;
  readonly traceKey: TraceKey;
  /** Objects hold lists and lists hold objects; this is handed in so that neither file needs the other's. */
  readonly compileList: (scope: SqlScope, plan: ConnectionPlan, parent: Parent | null) => JsonQuery;
  /** What a statement on a distributed database asks by. */
  readonly key?: Fragment | null;
  /** Objects are made by the dozen: as rows, which takes longer to begin with and less for each. */
  readonly forMany?: boolean;
}

/** What is shared by all parts of one statement: names, the row scope, and the way from an object to the lists within it. */
export class SqlScope {
  constructor(
    readonly settings: ScopeSettings,
    private readonly names = { taken: 0 },
  ) {}

  /** For what is within a root list. */
  forMany(): SqlScope {
    return new SqlScope({ ...this.settings, forMany: true }, this.names);
  }

  alias(prefix: string): string {
    this.names.taken += 1;
    return `${prefix}${this.names.taken}`;
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

export interface Member {
  readonly key: string;
  readonly value: Fragment;
}

/** Members with the traces before them, so that whoever takes these out need not look what stands before them. */
export function tracedMembers(scope: SqlScope, members: readonly Member[], traces: readonly Trace[]): Member[] {
  const { traceKey } = scope.settings;
  return [...traces.map(({ node, subjects }) => ({ key: traceKey(node), value: subjects })), ...members];
}

/** Bytes of a name in PostgreSQL; what is longer is cut off. */
const longestName = 63;
/** A row has no more columns than some 1,600. */
const mostColumns = 1_000;

/** A row with a column for each member, which JSON is made of at once; null where there cannot be one. */
export function rowOf(members: readonly Member[]): Fragment | null {
  if (members.length === 0 || members.length > mostColumns) return null;
  if (members.some(({ key }) => Buffer.byteLength(key) > longestName)) return null;
  const columns = members.map(({ key, value }) => sql`${value} as ${sql.id(key)}`);
  return sql`(select x from (select ${sql.join(columns)}) as x)`;
}

/** A function takes no more than a hundred arguments. */
const mostMembers = 50;

/** A JSON object with keys in this order. One of more members than a function can take is put together of the texts of several. */
export function jsonObject(members: readonly Member[]): Fragment {
  if (members.length === 0) return sql`'{}'::json`;
  const all = members.map(({ key, value }) => sql`${sql.lit(key)}, ${value}`);
  const built = Array.from(
    { length: Math.ceil(all.length / mostMembers) },
    (_, at) => sql`json_build_object(${sql.join(all.slice(at * mostMembers, (at + 1) * mostMembers))})`,
  );
  if (built.length === 1) return built[0]!;
  const inside = built.map((part) => sql`substr(left(${part}::text, -1), 2)`);
  return sql`('{' || ${sql.join(inside, sql` || ', ' || `)} || '}')::json`;
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
