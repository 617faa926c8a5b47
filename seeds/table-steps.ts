/**
 * The steps of filling one table: its rows, each of its indexes, and what is done when it has all of them. Each is a transaction of its own
 * together with its entry in the state; what fails is as if it had not been begun. It must not know which step is next, nor who takes it.
 */
import { type Client, escapeLiteral } from 'pg';
import { copyRows } from './copy-rows.js';
import type { IndexStep } from './index-queue.js';
import type { TableClock } from './seed-progress.js';
import type { SeedTable } from './seed-table.js';
import { recordIndex, recordIndexes, recordRows } from './seeding-state.js';

export interface WrittenRows {
  readonly rows: number;
  /** The statements that make the indexes it was written without. */
  readonly indexes: readonly string[];
}

export async function writeRows(client: Client, table: SeedTable, clock: TableClock): Promise<WrittenRows> {
  const { name, columns, constants } = table;
  const result = await inTransaction(client, async () => {
    const freeze = await emptyAnew(client, name);
    // Until `finishTable`: nobody need look after a table that is being filled.
    await client.query(`alter table ${name} set (autovacuum_enabled = false)`);
    const indexes = await setIndexesAside(client, name);
    await setDefaults(client, name, constants);
    const rows = await copyRows(client, { table: name, columns, freeze }, clock.rows());
    await dropDefaults(client, name, constants);
    await client.query(`select setval(pg_get_serial_sequence($1, 'id'), greatest((select max(id) from ${name}), 1))`, [
      name,
    ]);
    await recordRows(client, name, rows, indexes);
    return { rows, indexes };
  });
  clock.complete(result.rows);
  return result;
}

export async function makeIndex(client: Client, { table, statement }: IndexStep): Promise<void> {
  if (statement === null) return;
  await inTransaction(client, async () => {
    await client.query(statement);
    await recordIndex(client, table, statement);
  });
}

/** After the last index, since what is known of an expression is gathered by its index. */
export async function finishTable(client: Client, table: string): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(`analyze ${table}`);
    await client.query(`alter table ${table} reset (autovacuum_enabled)`);
    await recordIndexes(client, table);
  });
}

async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/**
 * What is written to a table that this transaction has emptied is not written to the log as well, where the server keeps a minimal one, and
 * its rows may stand from the start as those that every transaction sees. False for a table that has rows: they stay.
 */
async function emptyAnew(client: Client, table: string): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>(`select exists (select from ${table}) as any`);
  if (rows[0]!.any) return false;
  await client.query(`truncate ${table}`);
  return true;
}

/** What is alike in every row need not be sent and read with each. */
async function setDefaults(client: Client, table: string, constants: SeedTable['constants']): Promise<void> {
  for (const [column, value] of Object.entries(constants))
    await client.query(`alter table ${table} alter "${column}" set default ${escapeLiteral(value)}`);
}

async function dropDefaults(client: Client, table: string, constants: SeedTable['constants']): Promise<void> {
  for (const column of Object.keys(constants))
    await client.query(`alter table ${table} alter "${column}" drop default`);
}

/** An index is built in a fraction of the time that keeping it up takes; those of constraints stay, so that a wrong row is refused. */
async function setIndexesAside(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid) order by 1`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}
