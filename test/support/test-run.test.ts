/** What a run makes for its tests, and that nothing of a killed run stays: neither its databases nor its folder. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { openDataDirectory } from '../../src/database/data-directory.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { createTestDatabase, databaseNameInRun, onServer } from './database.js';
import { copyTemplate, type Recipe } from './template-database.js';

interface RunOnServer {
  readonly run: string;
  dropDatabases(): Promise<void>;
  end(): Promise<void>;
}
const load = async <T>(file: string): Promise<T> => (await import(new URL(file, import.meta.url).href)) as T;
const { beginRunOn } = await load<{ beginRunOn(url: string): Promise<RunOnServer> }>('./run-on-server.mjs');
const { removeStaleFolders } = await load<{ removeStaleFolders(parents: string[]): void }>('./run-folder.mjs');

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

describe('a template', () => {
  /** @returns a recipe that nobody has made, and how often it was made */
  function recipeOf(ingredients: string, base?: Recipe<unknown>): Recipe<{ numbers: number[] }> & { times: number } {
    return {
      times: 0,
      ingredients: [ingredients, Math.random()],
      base,
      async make(url) {
        this.times += 1;
        await query(url, `create table ${ingredients} as select 7 as n`);
        return { numbers: [7] };
      },
    };
  }

  test('is made once for all who want it at the same time, and each copy is told what it made', async () => {
    const recipe = recipeOf('kept');
    const copies = await Promise.all([copyTemplate(recipe), copyTemplate(recipe), copyTemplate(recipe)]);
    expect(recipe.times).toBe(1);
    expect(copies.map(({ made }) => made)).toEqual(Array(3).fill({ numbers: [7] }));
    await query(copies[0].database.url, 'delete from kept');
    expect(await query(copies[1].database.url, 'select n from kept')).toEqual([{ n: 7 }]);
    for (const { database } of copies) await database.drop();
  });

  test('starts from another, and other ingredients make another', async () => {
    const base = recipeOf('below');
    const [one, two] = [recipeOf('one', base), recipeOf('two', base)];
    const copies = [await copyTemplate(one), await copyTemplate(two)];
    expect([base.times, one.times, two.times]).toEqual([1, 1, 1]);
    const tables = `select tablename from pg_tables where schemaname = 'public' order by 1`;
    expect(await query(copies[0]!.database.url, tables)).toEqual([{ tablename: 'below' }, { tablename: 'one' }]);
    expect(await query(copies[1]!.database.url, tables)).toEqual([{ tablename: 'below' }, { tablename: 'two' }]);
    for (const { database } of copies) await database.drop();
  });

  test('that failed half-way is never copied, but made anew', async () => {
    const recipe = recipeOf('kept');
    const failing = {
      ...recipe,
      make: async (url: string) => {
        await recipe.make(url);
        throw new Error('interrupted');
      },
    };
    await expect(copyTemplate(failing)).rejects.toThrow('interrupted');
    const { database } = await copyTemplate(recipe);
    expect(recipe.times).toBe(2);
    await database.drop();
  });
});

describe('databases of a run', () => {
  test('that was killed are dropped by the next, and those of runs that live stay', async () => {
    const url = process.env['CITYGRAPH_TEST_SERVER']!;
    const own = await createTestDatabase();
    const killed = await beginRunOn(url);
    const left = `citygraph_test_${killed.run}_left`;
    await onServer((client) => client.query(`create database ${left}`));
    await killed.end();
    expect(await databases()).toContain(left);

    const next = await beginRunOn(url);
    expect(await databases()).not.toContain(left);
    expect(await databases()).toContain(new URL(own.url).pathname.slice(1));
    const made = `citygraph_test_${next.run}_made`;
    await onServer((client) => client.query(`create database ${made}`));
    await next.dropDatabases();
    await next.end();
    expect(await databases()).not.toContain(made);
    await own.drop();
  });

  async function databases(): Promise<string[]> {
    const { rows } = await onServer((client) => client.query<{ datname: string }>('select datname from pg_database'));
    expect(databaseNameInRun('x')).toMatch(/^citygraph_test_[0-9a-f]{8}_x$/);
    return rows.map(({ datname }) => datname);
  }
});

describe('the folder of a run', () => {
  const parent = mkdtempSync(join(tmpdir(), 'citygraph-folders-'));
  let server: EmbeddedPostgres | undefined;
  afterAll(async () => {
    await server?.stop();
    rmSync(parent, { recursive: true });
  });
  const folder = (name: string): string => {
    mkdirSync(join(parent, name));
    return join(parent, name);
  };

  test('that was killed is removed; one in use, one just begun, one with a server in it and others’ folders stay', async () => {
    const killed = folder('citygraph-test-killed');
    openDataDirectory(killed).release();
    mkdirSync(join(killed, 'tmp', 'of-a-test'), { recursive: true });
    const begun = folder('citygraph-test-begun');
    const foreign = folder('other-test-killed');
    openDataDirectory(foreign).release();
    const inUse = folder('citygraph-test-in-use');
    const held = openDataDirectory(inUse);
    const serving = folder('citygraph-test-serving');
    openDataDirectory(serving).release();
    server = await startEmbeddedPostgres({ dataDir: join(serving, 'tmp', 'data') });

    removeStaleFolders([parent]);
    expect([killed, begun, foreign, inUse, serving].map(existsSync)).toEqual([false, true, true, true, true]);

    held.release();
    await server.stop();
    removeStaleFolders([parent]);
    expect([begun, foreign, inUse, serving].map(existsSync)).toEqual([true, true, false, false]);
  });
});
