/** A pool that had grants before approvals were recorded keeps them, and says that nobody is known for them. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Client } from 'pg';
import { createRoles } from '../../src/database/roles.js';
import { createTestDatabase } from '../support/database.js';

const sqlOf = (name: string): string =>
  readFileSync(new URL(`../../src/database/migrations/${name}.sql`, import.meta.url), 'utf8');

test('grants from before keep their second approval, which says that it was not recorded', async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    await createRoles(client);
    await client.query('create schema if not exists citygraph');
    for (const name of ['0001-first-slice', '0002-twelve-libraries']) await client.query(sqlOf(name));
    await client.query(`
      insert into citygraph.consumer (name, department, description, clearance, token_hash, token_hint)
      values ('old-app', '150600-data', 'old', 'L1', 'x', 'x');
      insert into citygraph.access_grant (code, consumer_id, purpose, legal_basis, valid_from, valid_until, approved_twice)
      select 'OLD-' || twice, id, 'p', 'l', now(), now() + interval '1 day', twice from citygraph.consumer, unnest('{true,false}'::bool[]) as twice`);
    await client.query(sqlOf('0006-policy'));
    const { rows } = await client.query(
      'select code, approved_twice, issued_by, approved_by from citygraph.access_grant order by code',
    );
    expect(rows).toEqual([
      { code: 'OLD-false', approved_twice: false, issued_by: 'not recorded', approved_by: null },
      { code: 'OLD-true', approved_twice: true, issued_by: 'not recorded', approved_by: 'not recorded either' },
    ]);
  } finally {
    await client.end();
    await database.drop();
  }
});
