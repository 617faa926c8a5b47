/** Records that wait for their leaf while the queue’s form changes wait on, each with its commitment. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Client } from 'pg';
import { readMigrationFiles } from '../../src/database/migration-files.js';
import { createRoles } from '../../src/database/roles.js';
import { createTestDatabase } from '../support/database.js';

const sqlOf = (name: string): string =>
  readFileSync(new URL(`../../src/database/migrations/${name}.sql`, import.meta.url), 'utf8');
const form = '0025-usage-queue';

test('what waits row by row waits in batches, and alone where its commitment is to be made', async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await createRoles(client);
    await client.query('create schema if not exists citygraph');
    for (const { name } of readMigrationFiles()) if (name < form) await client.query(sqlOf(name));
    await client.query(`
      insert into citygraph.usage_queue (record_id, occurred_at, commitment)
      select gen_random_uuid(), now() - n * interval '1 ms',
             case n when 50 then null when 150 then 'short' else sha256(n::text::bytea) end
        from generate_series(1, 250) n`);
    const waiting = async (table: string): Promise<unknown[]> => {
      const { rows } = await client.query(
        `select record_id, occurred_at, nullif(commitment, 'short') as commitment from citygraph.${table} order by occurred_at`,
      );
      return rows;
    };
    const before = await waiting('usage_queue');
    expect(before).toHaveLength(250);
    await client.query(`begin; ${sqlOf(form)}; commit`);
    expect(await waiting('usage_waiting')).toEqual(before);
    const { rows } = await client.query<{ records: number; is_made: boolean }>(
      'select cardinality(record_ids) as records, commitments is null as is_made from citygraph.usage_queue order by id',
    );
    expect(rows.filter(({ is_made }) => is_made)).toEqual(Array(2).fill({ records: 1, is_made: true }));
    expect(rows.filter(({ is_made }) => !is_made).map(({ records }) => records)).toEqual([98, 99, 51]);
  } finally {
    await client.end();
    await database.drop();
  }
});
