/**
 * Reads a plan of PostgreSQL for what grows with the table: a table read whole, or an index gone through without, or past, the column that
 * it begins with. Such a statement is quick in a demo and takes seconds in a city.
 */
import type { ClientBase } from 'pg';

export interface PlannedStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Once for all values, as a prepared statement is after a few uses; or for those given. */
export type Planning = 'generic' | 'values';

/** Ways of PostgreSQL to run a statement, by the names of its settings `enable_…`. */
export type Way = 'seqscan' | 'indexscan' | 'indexonlyscan' | 'hashjoin' | 'mergejoin' | 'material';

/** What reads a table whole, whether or not an index would do. */
export const seqScans: readonly Way[] = ['seqscan'];
/** All but looking up, one by one, what an index is asked for: it is gone through in its order only where it can't be asked. */
export const allButLookUps: readonly Way[] = [
  'seqscan',
  'indexscan',
  'indexonlyscan',
  'hashjoin',
  'mergejoin',
  'material',
];

export interface PlanReading {
  /** `schema.table`, each once. */
  readonly tables: ReadonlySet<string>;
  /** Tables that are read whole. */
  readonly seqScans: readonly string[];
  /** Of which rows are not found by the key that they are asked by; `schema.table: why`. */
  readonly unkeyed: readonly string[];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly Schema?: string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Filter?: string;
  readonly Plans?: readonly PlanNode[];
}

/** In a transaction, of a session with the settings under which the statement is run. */
export async function readPlan(
  client: ClientBase,
  statement: PlannedStatement,
  planning: Planning,
  discouraged: readonly Way[],
): Promise<PlanReading> {
  const firstColumns = await firstColumnsOfIndexes(client);
  await client.query('savepoint reading');
  try {
    for (const way of discouraged) await client.query(`set local enable_${way} = off`);
    const plan = await (planning === 'generic' ? explainForAll : explainFor)(client, statement);
    return walk(plan, firstColumns);
  } finally {
    await client.query('rollback to savepoint reading');
  }
}

async function explainFor(client: ClientBase, { text, values }: PlannedStatement): Promise<PlanNode> {
  return planIn(await client.query<Explained>(`explain (verbose, format json) ${text}`, [...values]));
}

/** As `explain (generic_plan)`, which PostgreSQL 15 has not. */
async function explainForAll(client: ClientBase, { text, values }: PlannedStatement): Promise<PlanNode> {
  await client.query(`set local plan_cache_mode = force_generic_plan`);
  await client.query(`prepare read_plan as ${text}`);
  const given = values.length > 0 ? `(${values.map(() => 'null').join()})` : '';
  const plan = planIn(await client.query<Explained>(`explain (verbose, format json) execute read_plan${given}`));
  await client.query('deallocate read_plan');
  return plan;
}

interface Explained {
  readonly 'QUERY PLAN': readonly { readonly Plan: PlanNode }[];
}

function planIn({ rows }: { rows: Explained[] }): PlanNode {
  return rows[0]!['QUERY PLAN'][0]!.Plan;
}

function walk(plan: PlanNode, firstColumns: ReadonlyMap<string, string>): PlanReading {
  const tables = new Set<string>();
  const [wholly, unkeyed]: [string[], string[]] = [[], []];
  const visit = (node: PlanNode, heap: string): void => {
    const { 'Node Type': how, 'Relation Name': relation, 'Index Name': index } = node;
    const table = relation === undefined ? heap : `${node.Schema}.${relation}`;
    if (table !== '') tables.add(table);
    if (how === 'Seq Scan') {
      wholly.push(table);
      unkeyed.push(`${table}: read whole`);
    }
    if (index !== undefined && !isEntered(node['Index Cond'] ?? '', firstColumns.get(index)))
      unkeyed.push(`${table}: ${index} gone through`);
    if (isJoinLeftToFilter(node.Filter ?? '')) unkeyed.push(`${table}: ${index ?? how} and filtered by the key`);
    // What is below a heap scan reads an index of its table; else whose it is stands in the node itself.
    for (const child of node.Plans ?? []) visit(child, how.startsWith('Bitmap') ? table : '');
  };
  visit(plan, '');
  return { tables, seqScans: wholly, unkeyed };
}

/** PostgreSQL 18 also goes through an index whose first column nothing is known of, and skips. */
function isEntered(condition: string, firstColumn: string | undefined): boolean {
  return firstColumn !== undefined && new RegExp(`\\b${firstColumn}\\b`).test(condition);
}

/** An index on something else was used, and the key of the row it belongs to only compared. */
function isJoinLeftToFilter(filter: string): boolean {
  return [...filter.matchAll(/\b(\w+)\.\w+ = (\w+)\.\w+/g)].some(([, left, right]) => left !== right);
}

async function firstColumnsOfIndexes(client: ClientBase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ index: string; column: string }>(
    `select c.relname as index, pg_get_indexdef(i.indexrelid, 1, true) as column
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^pg_'`,
  );
  return new Map(rows.map(({ index, column }) => [index, column]));
}
