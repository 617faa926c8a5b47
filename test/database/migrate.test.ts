import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { migrate } from '../../src/database/migrate.js';
import { readMigrationFiles } from '../../src/database/migration-files.js';
import { findUnsuitability } from '../../src/database/suitability.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const everyMigration = readMigrationFiles().map(({ name }) => name);

async function query(url: string, sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

async function withDatabase(work: (database: TestDatabase, name: string) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  try {
    await work(database, new URL(database.url).pathname.slice(1));
  } finally {
    await database.drop();
  }
}

describe('migrating', () => {
  test('an empty database gets every migration, and a second run finds nothing to do', async () => {
    await withDatabase(async ({ url }) => {
      expect((await migrate(url)).applied).toEqual(everyMigration);
      const before = await query(url, 'select * from citygraph.migrations');
      expect((await migrate(url)).applied).toEqual([]);
      expect(await query(url, 'select * from citygraph.migrations')).toEqual(before);
    });
  });

  test('services that start at once wait for one another, and one of them migrates', async () => {
    await withDatabase(async ({ url }) => {
      const reports = await Promise.all([migrate(url), migrate(url), migrate(url)]);
      expect(reports.flatMap(({ applied }) => applied)).toEqual(everyMigration);
    });
  });

  test('databases of one server can be migrated at once, although they share the roles', async () => {
    const databases = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
    try {
      const reports = await Promise.all(databases.map(({ url }) => migrate(url)));
      for (const { applied } of reports) expect(applied).toEqual(everyMigration);
    } finally {
      await Promise.all(databases.map((database) => database.drop()));
    }
  });

  test('a migration that fails leaves nothing of itself', async () => {
    await withDatabase(async ({ url }) => {
      await query(url, 'create schema population; create table population.resident (id int)');
      await expect(migrate(url)).rejects.toThrow(/already exists/);
      const tables = `select table_name from information_schema.tables where table_schema = 'citygraph'`;
      expect(await query(url, tables)).toEqual([{ table_name: 'migrations' }]);
      await query(url, 'drop table population.resident');
      expect((await migrate(url)).applied).toEqual(everyMigration);
    });
  });

  test('a database with a migration that this version does not know is refused', async () => {
    await withDatabase(async ({ url }) => {
      await migrate(url);
      await query(url, `insert into citygraph.migrations (name) values ('9999-of-the-future')`);
      await expect(migrate(url)).rejects.toMatchObject({
        code: 'DATABASE_NEWER',
        message: expect.stringContaining('9999-of-the-future') as unknown,
      });
    });
  });
});

describe('a database that could lose a record is refused', () => {
  test('synchronous_commit off for the database', async () => {
    await withDatabase(async ({ url }, name) => {
      await query(url, `alter database "${name}" set synchronous_commit = off`);
      await expect(migrate(url)).rejects.toMatchObject({
        code: 'DATABASE_UNSUITABLE',
        details: { setting: 'synchronous_commit' },
      });
      expect(await query(url, `select from pg_namespace where nspname = 'citygraph'`)).toEqual([]);
    });
  });

  test('synchronous_commit off for the role, in this database alone', async () => {
    await withDatabase(async ({ url }, name) => {
      await query(url, `alter role current_user in database "${name}" set synchronous_commit = off`);
      await expect(migrate(url)).rejects.toMatchObject({
        code: 'DATABASE_UNSUITABLE',
        details: { setting: 'synchronous_commit' },
      });
    });
  });

  test('synchronous_commit off by the connection string', async () => {
    await withDatabase(async ({ url }) => {
      await expect(migrate(`${url}?options=-c%20synchronous_commit%3Doff`)).rejects.toMatchObject({
        code: 'DATABASE_UNSUITABLE',
        details: { setting: 'synchronous_commit' },
      });
    });
  });

  const suitable = {
    versionNumber: 150_000,
    encoding: 'UTF8',
    settings: { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' },
  };

  test('the oldest version that will do, with everything on, is taken', () => {
    expect(findUnsuitability(suitable)).toBeNull();
  });

  test.each(['fsync', 'full_page_writes', 'synchronous_commit'])('%s off', (setting) => {
    const found = findUnsuitability({ ...suitable, settings: { ...suitable.settings, [setting]: 'off' } });
    expect(found?.setting).toBe(setting);
    expect(found?.message).toContain(setting);
  });

  test('a version before 15', () => {
    expect(findUnsuitability({ ...suitable, versionNumber: 140_012 })?.setting).toBe('server_version');
  });

  test('another encoding', async () => {
    expect(findUnsuitability({ ...suitable, encoding: 'LATIN1' })?.setting).toBe('server_encoding');
    await withDatabase(async ({ url }, name) => {
      const ascii = new URL(url);
      ascii.pathname = `/${name}_ascii`;
      await query(url, `create database "${name}_ascii" template template0 encoding 'SQL_ASCII' locale 'C'`);
      try {
        await expect(migrate(ascii.href)).rejects.toMatchObject({
          code: 'DATABASE_UNSUITABLE',
          details: { setting: 'server_encoding' },
        });
      } finally {
        await query(url, `drop database "${name}_ascii"`);
      }
    });
  });
});

describe('bigrams', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(database.url);
  });
  afterAll(() => database.drop());

  test.each([
    ['鄂尔多斯', ['鄂尔', '尔多', '多斯']],
    ['哈哈哈', ['哈哈', '哈哈']],
    ['𠮷野家', ['𠮷野', '野家']],
    ['东', []],
    ['', []],
    [null, null],
  ])('of %j', async (text, expected) => {
    expect((await query(database.url, 'select citygraph.bigrams($1) as found', [text]))[0]?.found).toEqual(expected);
  });

  test('an index over them answers a word of two characters', async () => {
    const sql = 'select id from legal_person.enterprise where citygraph.bigrams(name) @> citygraph.bigrams($1)';
    const plan = await explain(database.url, sql, '煤炭');
    expect(plan).toContain('enterprise_name_bigrams');
  });

  test('a prefix is a range of the plain index, for names are ordered by code point', async () => {
    const plan = await explain(database.url, 'select id from legal_person.enterprise where name like $1', '鄂尔多斯%');
    expect(plan).toMatch(/enterprise_name_index[^]*Index Cond: .*>= '鄂尔多斯'/);
  });
});

async function explain(url: string, sql: string, parameter: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [parameter]);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.end();
  }
}
