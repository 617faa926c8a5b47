/** The sample city, built once in a run and copied for whoever asks: test files that run beside one another wait for the first. */
import { Client, Pool } from 'pg';
import { createOrm } from '../../src/database/orm.js';
import { entities } from '../../src/database/entities.js';
import { migrate } from '../../src/database/migrate.js';
import type { Keyring } from '../../src/keyring.js';
import type { Registry } from '../../src/model/registry.js';
import { createTestDatabase, databaseOfRun, onServer, type TestDatabase } from '../support/database.js';
import { buildSampleCity, type Caller } from './sample-city.js';

export interface SampleCity extends TestDatabase {
  readonly callers: readonly Caller[];
}

/** Of any run: one at a time builds. */
const lock = '7716203948551029387';

/** @param keyring the same for all, for it is in the city's digests */
export async function openSampleCity(keyring: Keyring, registry: Registry): Promise<SampleCity> {
  const { name, url } = databaseOfRun('sample_city');
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock($1::bigint)', [lock]);
    const { rows } = await client.query('select from pg_database where datname = $1', [name]);
    if (rows.length > 0) return;
    await client.query(`create database "${name}" template template0`);
    try {
      await build(url, keyring, registry);
    } catch (error) {
      await client.query(`drop database "${name}" with (force)`);
      throw error;
    }
  });
  const copy = await createTestDatabase({ template: name });
  return { ...copy, callers: await readCallers(copy.url) };
}

async function build(url: string, keyring: Keyring, registry: Registry): Promise<void> {
  await migrate(url);
  const owner = new Pool({ connectionString: url, max: 2 });
  const orm = await createOrm(url, { entities });
  try {
    const callers = await buildSampleCity({ url, owner, orm, keyring, registry });
    await owner.query('create schema sample_city');
    await owner.query('create table sample_city.caller as select $1::json as all', [JSON.stringify(callers)]);
  } finally {
    await Promise.all([orm.close(), owner.end()]);
  }
}

async function readCallers(url: string): Promise<readonly Caller[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ all: readonly Caller[] }>('select "all" from sample_city.caller')).rows[0]!.all;
  } finally {
    await client.end();
  }
}
