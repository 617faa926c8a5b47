/**
 * Spreads the tables of libraries over the machines of a Citus cluster, each once: keys that a spread table can have, then the table itself,
 * all that is about subjects in one group. The tables of the pool itself (subjects, policy, usage log) stay on the coordinator.
 */
import type { ClientBase } from 'pg';
import { CitygraphError } from '../errors.js';
import type { Dataset, SubjectField } from '../model/declaration.js';
import type { Distribution, Distributions } from '../model/distribution.js';

/** Of these datasets, what has not been done; in one transaction each. */
export async function distributeTables(
  client: ClientBase,
  datasets: readonly Dataset[],
  distributions: Distributions,
): Promise<void> {
  await requireCitus(client);
  const { rows } = await client.query<{ name: string }>('select name from citygraph.distributed_table');
  const done = new Set(rows.map(({ name }) => name));
  for (const dataset of datasets) {
    const name = nameOf(dataset);
    if (done.has(name)) continue;
    const statements = distributeStatements(dataset, distributions);
    await client.query(`begin; ${statements.join('; ')}; commit`);
  }
}

/** @param distributions what `model/distribution.ts` says of all datasets */
export function distributeStatements(dataset: Dataset, distributions: Distributions): string[] {
  const name = nameOf(dataset);
  const found = distributions.get(name)!;
  const table = `${quote(dataset.schema)}.${quote(dataset.table)}`;
  const note = `insert into citygraph.distributed_table (name, spread_by) values ('${name}', ${found.column === null ? 'null' : `'${found.column}'`})`;
  if (found.column === null) return [`select create_reference_table('${name}')`, note];
  const group = firstOfGroup(name, found, distributions);
  return [
    ...keyStatements(dataset, table, found.column),
    `select create_distributed_table('${name}', '${found.column}', colocate_with => '${group ?? 'none'}')`,
    note,
  ];
}

/** What is about subjects lies together; what lies by a key of its own, alone. */
function firstOfGroup(name: string, { of }: Distribution, distributions: Distributions): string | null {
  if (of !== 'subject') return null;
  const [first] = [...distributions].find(([, other]) => other.of === 'subject')!;
  return first === name ? null : first;
}

/** Uniqueness holds within a shard, so a key must have the column in it; one that has not becomes an index, and its loads take turns. */
function keyStatements({ table: bare, fields, key }: Dataset, table: string, column: string): string[] {
  const columns = key.map((part) => {
    const field = fields.get(part)!;
    return field.kind === 'subject' ? field.idColumn : (field as { column: string }).column;
  });
  const statements = [
    `alter table ${table} drop constraint ${quote(`${bare}_pkey`)}`,
    `alter table ${table} add constraint ${quote(`${bare}_pkey`)} primary key (${quote(column)}, "id")`,
  ];
  const replace = (constraint: string, of: readonly string[]): void => {
    if (of.includes(column)) return;
    statements.push(
      `alter table ${table} drop constraint ${quote(constraint)}`,
      `create index ${quote(constraint)} on ${table} (${of.map(quote).join(', ')})`,
    );
  };
  replace(`${bare}_key`, columns);
  for (const field of fields.values())
    if (field.kind === 'subject' && isUniqueApart(field, key))
      replace(`${bare}_${field.idColumn}_unique`, [field.idColumn]);
  return statements;
}

function isUniqueApart({ unique, name }: SubjectField, key: readonly string[]): boolean {
  return unique && !(key.length === 1 && key[0] === name);
}

async function requireCitus(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regproc('create_distributed_table') is not null and to_regproc('create_reference_table') is not null as there`,
  );
  if (rows[0]!.there) return;
  throw new CitygraphError(
    'DATABASE_UNSUITABLE',
    'DATABASES_DISTRIBUTED: expected a database with the extension citus, got one without. Create the extension there, or take the database off the list.',
    { setting: 'citus' },
  );
}

function nameOf({ schema, table }: Dataset): string {
  return `${schema}.${table}`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
