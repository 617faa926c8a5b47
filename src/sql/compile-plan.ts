/**
 * Compiles a plan to one statement that returns finished JSON: a lateral join for each relation, JSON built in PostgreSQL.
 *
 * Beside the text of every root's data the statement yields, for each node of the plan, the subjects and rows it releases: a text
 * with a comma between rows and a plus between the subjects of a row. Such texts concatenate upwards through any nesting.
 * Identifiers come from the plan, and so from the registry alone; values are parameters. This folder must not know policy: a denied
 * column no longer exists in what it is given.
 */
import { type Compilable, sql } from 'kysely';
import type { NoticeCode } from '../model/notice.js';
import type { Parameter, Plan, RootPlan } from '../planning/plan.js';
import { compileConnection } from './compile-connection.js';
import { compileObject, compileRow } from './compile-object.js';
import { compiler, type Fragment, type JoinedObject, parameter, SqlScope } from './fragments.js';
import { subjectIndexPredicates } from './scope-predicates.js';

export interface Statement {
  readonly text: string;
  readonly parameters: readonly Parameter[];
  /** Of the result, in their order. */
  readonly columns: readonly string[];
  /** Result columns: the data of each library root, in order. */
  readonly roots: readonly { readonly key: string; readonly column: string }[];
  /** Result columns: what each node of the plan releases. */
  readonly traces: readonly { readonly node: number; readonly column: string }[];
  /** Result columns: the code of what is to be said of the identifier that a root was asked by, or null. */
  readonly notices: readonly { readonly key: string; readonly column: string }[];
}

type LibraryRootPlan = Extract<RootPlan, { kind: 'lookup' | 'refetch' | 'keyed' | 'list' }>;

/** @returns null when no root is left to be read from the libraries */
export function compilePlan(plan: Plan): Statement | null {
  const scope = new SqlScope(plan.scope, compileConnection);
  const roots = plan.roots.filter(
    (root): root is LibraryRootPlan =>
      root.kind === 'lookup' || root.kind === 'refetch' || root.kind === 'keyed' || root.kind === 'list',
  );
  if (roots.length === 0) return null;
  const joins: Fragment[] = [];
  const selected: Fragment[] = [];
  const columns: string[] = [];
  const select = (value: Fragment, column: string): void => {
    selected.push(sql`${value} as ${sql.id(column)}`);
    columns.push(column);
  };
  const statement = {
    roots: [] as { key: string; column: string }[],
    traces: [] as { node: number; column: string }[],
    notices: [] as { key: string; column: string }[],
  };
  for (const root of roots) {
    const joined = compileRoot(scope, root);
    const column = `d${statement.roots.length}`;
    joins.push(sql`left join lateral (${joined.query}) as ${sql.id(joined.alias)} on true`);
    select(sql`${sql.ref(`${joined.alias}.j`)}::text`, column);
    statement.roots.push({ key: root.key, column });
    if (root.kind === 'lookup' || root.kind === 'refetch') {
      const notice = `n${statement.notices.length}`;
      select(sql.ref(`${joined.alias}.n`), notice);
      statement.notices.push({ key: root.key, column: notice });
    }
    for (const trace of joined.traces) {
      select(sql.ref(`${joined.alias}.${trace.column}`), trace.column);
      statement.traces.push(trace);
    }
  }
  const query = sql`select ${sql.join(selected)} from (select) as ${sql.id('one')} ${sql.join(joins, sql` `)}`;
  const compiled = (query as unknown as { compile(executor: unknown): ReturnType<Compilable['compile']> }).compile(
    compiler,
  );
  return { text: compiled.sql, parameters: compiled.parameters as readonly Parameter[], columns, ...statement };
}

function compileRoot(scope: SqlScope, root: LibraryRootPlan): JoinedObject {
  if (root.kind === 'list') return compileConnection(scope, root.connection, null);
  if (root.kind === 'keyed') {
    const { column, value } = root;
    const isAsked = (row: string): Fragment => sql`${sql.ref(`${row}.${column}`)} = ${parameter(value)}`;
    return compileRow(scope, root.table, root.object, isAsked);
  }
  return compilePortraitRoot(scope, root);
}

/**
 * The subject is found in the master index, in scope or not at all. A merged one stands for the subject that it was merged into: its
 * identifiers name that one already, and a sealed id given before leads there. `n` says so.
 */
function compilePortraitRoot(scope: SqlScope, root: Extract<RootPlan, { kind: 'lookup' | 'refetch' }>): JoinedObject {
  const index = scope.alias('s');
  const alias = scope.alias('r');
  if (root.kind === 'lookup') {
    const object = compileObject(scope, root.object, {
      alias: index,
      subject: sql.ref(`${index}.subject_id`),
      columns: new Set(),
    });
    const notice = sql`case when ${sql.ref(`${index}.is_current`)} then null when ${sql.ref(`${index}.ended_as`)} = 'merged' then ${code('SUBJECT_MERGED')} else ${code('IDENTIFIER_SUPERSEDED')} end`;
    return {
      alias,
      traces: object.traces,
      query: sql`select ${object.projection}, ${notice} as n from citygraph.subject_identifier as ${sql.id(index)} ${object.joins}
        where ${sql.ref(`${index}.kind`)} = ${sql.lit(root.identifier)} and ${sql.ref(`${index}.digest`)} = ${parameter(root.digest)}
        ${subjectIndexPredicates(scope, index, 'subject_')}`,
    };
  }
  const object = compileObject(scope, root.object, {
    alias: index,
    subject: sql.ref(`${index}.id`),
    columns: new Set(),
  });
  const asked = scope.alias('a');
  const survivor = sql.ref(`${asked}.merged_into`);
  return {
    alias,
    traces: object.traces,
    query: sql`select ${object.projection}, case when ${survivor} is not null then ${code('SUBJECT_MERGED')} end as n
      from citygraph.subject as ${sql.id(asked)}
      join citygraph.subject as ${sql.id(index)} on ${sql.ref(`${index}.id`)} = coalesce(${survivor}, ${sql.ref(`${asked}.id`)}) ${object.joins}
      where ${sql.ref(`${asked}.id`)} = ${parameter(root.id)} and ${sql.ref(`${index}.kind`)} = ${sql.lit(root.subjectKind)}
      ${subjectIndexPredicates(scope, index, '')}`,
  };
}

function code(notice: NoticeCode): Fragment {
  return sql.lit(notice);
}
