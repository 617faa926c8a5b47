/** Which tables of the pool stand in another database and are foreign here. */
import { type Kysely, sql } from 'kysely';

/** `schema.table` of each. */
export async function findForeignTables(db: Kysely<unknown>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name
      from pg_foreign_table f join pg_class c on c.oid = f.ftrelid join pg_namespace n on n.oid = c.relnamespace`.execute(
    db,
  );
  return new Set(rows.map(({ name }) => name));
}
