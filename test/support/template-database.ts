/**
 * Databases that a run makes once and its test files copy: a copy takes a fraction of what migrating and seeding take.
 *
 * Whoever first needs one makes it, and whoever else needs it meanwhile waits. It bears its name only when it is complete, so that what
 * was interrupted is never copied. It must not know what is in one: that is its recipe's (migrated-database.ts, demo-service.ts …).
 */
import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { createTestDatabase, databaseNameInRun, databaseUrl, onServer, type TestDatabase } from './database.js';

export interface Recipe<T> {
  /** All that tells one database from another; not the code, for a run has but one. */
  readonly ingredients: unknown;
  /** What it starts from; an empty database where there is none. */
  readonly base?: Recipe<unknown>;
  /** Closes its connections. What it returns, every copy is told: JSON. */
  make(url: string): Promise<T>;
}

export interface Copy<T> {
  readonly database: TestDatabase;
  readonly made: T;
}

export async function copyTemplate<T>(recipe: Recipe<T>): Promise<Copy<T>> {
  const template = await findOrMake(recipe);
  const database = await createTestDatabase({ template: template.name });
  return { database, made: template.made };
}

interface Template<T> {
  readonly name: string;
  readonly made: T;
}

async function findOrMake<T>(recipe: Recipe<T>): Promise<Template<T>> {
  const base = recipe.base && (await findOrMake(recipe.base)).name;
  const digest = createHash('sha256')
    .update(JSON.stringify([base, recipe.ingredients]))
    .digest('hex')
    .slice(0, 16);
  const name = databaseNameInRun(`template_${digest}`);
  return onServer(async (client) => {
    /* Held until the session ends, however it ends. */
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    const found = await findTemplate<T>(client, name);
    if (found) return found;
    await makeTemplate(client, name, base ?? 'template0', recipe);
    return (await findTemplate<T>(client, name))!;
  });
}

/** What the recipe returned is kept as the database's comment. */
async function findTemplate<T>(client: Client, name: string): Promise<Template<T> | undefined> {
  const { rows } = await client.query<{ made: string }>(
    `select shobj_description(oid, 'pg_database') as made from pg_database where datname = $1`,
    [name],
  );
  return rows[0] && { name, made: JSON.parse(rows[0].made) as T };
}

async function makeTemplate(client: Client, name: string, base: string, recipe: Recipe<unknown>): Promise<void> {
  const unfinished = name.replace('_template_', '_unfinished_');
  await client.query(`drop database if exists "${unfinished}" with (force)`);
  await client.query(`create database "${unfinished}" template "${base}"`);
  const made = client.escapeLiteral(JSON.stringify(await recipe.make(databaseUrl(unfinished))));
  await client.query(`comment on database "${unfinished}" is ${made}`);
  /* A connection to it would stand in the way of the next copy. */
  await client.query(`alter database "${unfinished}" allow_connections false`);
  await client.query(`alter database "${unfinished}" rename to "${name}"`);
}
