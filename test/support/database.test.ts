import { describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { createTestDatabase } from './database.js';

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

describe('a test database', () => {
  test('is its own, can be a copy of another, and is dropped with whoever is connected', async () => {
    const template = await createTestDatabase();
    const author = await connect(template.url);
    await author.query('create table kept as select 7 as n');
    await author.end();

    const copy = await createTestDatabase({ template: new URL(template.url).pathname.slice(1) });
    const reader = await connect(copy.url);
    expect((await reader.query('select n from kept')).rows).toEqual([{ n: 7 }]);
    await reader.query('insert into kept values (8)');

    const ended = new Promise((resolve) => reader.on('error', resolve));
    await copy.drop();
    await expect(ended).resolves.toMatchObject({ code: '57P01' });
    await expect(connect(copy.url)).rejects.toMatchObject({ code: '3D000' });
    const again = await connect(template.url);
    expect((await again.query('select n from kept')).rows).toEqual([{ n: 7 }]);
    await again.end();
    await template.drop();
  });
});
