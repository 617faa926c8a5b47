import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { migrate } from '../../src/database/migrate.js';
import { generateTablesFile } from '../../src/database/schema-files.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

test('schema/tables.sql is what the entities declare; if not: node scripts/run.mjs schema', async () => {
  const kept = readFileSync(new URL('../../schema/tables.sql', import.meta.url), 'utf8');
  expect(kept).toBe(await generateTablesFile());
});

/**
 * Two databases are compared as PostgreSQL understood them, one made by the migrations, one straight from the entities: so spelling does
 * not matter, and generated columns, collations, defaults, checks and expression indexes do.
 */
describe('a migrated database has just what the entities declare', () => {
  let migrated: TestDatabase;
  let declared: TestDatabase;
  const catalogs: { migrated: Catalog; declared: Catalog } = { migrated: {}, declared: {} };

  beforeAll(async () => {
    migrated = await createTestDatabase();
    await migrate(migrated.url);
    declared = await createTestDatabase();
    await execute(declared.url, `${await functionsOf(migrated.url)}; ${await generateTablesFile()}`);
    catalogs.migrated = await describeTables(migrated.url);
    catalogs.declared = await describeTables(declared.url);
  });
  afterAll(async () => {
    await migrated.drop();
    await declared.drop();
  });

  test('something is compared', () => expect(Object.keys(catalogs.declared).length).toBeGreaterThan(10));

  test('the same tables', () => {
    expect(Object.keys(catalogs.migrated)).toEqual(Object.keys(catalogs.declared));
  });

  test('with the same columns, constraints and indexes', () => {
    expect(catalogs.migrated).toEqual(catalogs.declared);
  });
});

type Catalog = Record<string, string[]>;

const ourSchemas = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')`;

/** By table: each column, constraint and index in PostgreSQL's own words, sorted. */
async function describeTables(url: string): Promise<Catalog> {
  const rows = await execute(
    url,
    `with ours as (
       select c.oid, n.nspname || '.' || c.relname as name
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and ${ourSchemas} and c.oid::regclass <> coalesce(to_regclass('citygraph.migrations'), 0))
     select name, array_agg(part order by part collate "C") as parts
       from ours cross join lateral (
         select format('column %s %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                       case when a.attcollation <> t.typcollation then ' collate ' || a.attcollation::regcollation end,
                       case when a.attnotnull then ' not null' end,
                       case a.attgenerated when '' then ' default ' else ' generated ' end || pg_get_expr(d.adbin, d.adrelid))
           from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = ours.oid and a.attnum > 0 and not a.attisdropped
         union all
         select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where conrelid = ours.oid
         union all
         select pg_get_indexdef(indexrelid) from pg_index where indrelid = ours.oid
         union all
         select 'partitioned ' || pg_get_partkeydef(ours.oid) from pg_partitioned_table where partrelid = ours.oid
       ) as described (part)
      group by name order by name collate "C"`,
  );
  return Object.fromEntries(rows.map((row) => [row.name as string, row.parts as string[]]));
}

/** Those that columns and indexes call, with their schemas. */
async function functionsOf(url: string): Promise<string> {
  const rows = await execute(
    url,
    `select pg_get_functiondef(p.oid) as definition from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${ourSchemas} and p.provolatile = 'i'`,
  );
  return ['create schema citygraph', ...rows.map((row) => row.definition as string)].join(';\n');
}

async function execute(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
