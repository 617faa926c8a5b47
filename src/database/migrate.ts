/**
 * Brings a database to what this code expects: its migrations in order, then the roles and what each may touch. Nothing is done twice.
 *
 * Services that start at once wait for one another. It must not know what a migration contains.
 */
import { Client } from 'pg';
import { CitygraphError } from '../errors.js';
import type { Dataset } from '../model/declaration.js';
import type { Distributions } from '../model/distribution.js';
import { connectionSettings } from './connection-settings.js';
import { distributeTables } from './distribute-tables.js';
import { datasets } from './entities.js';
import { createOrm, MIGRATIONS_TABLE } from './orm.js';
import { readMigrationFiles } from './migration-files.js';
import { type DatabaseLayout, type LibraryDatabase, libraryVariableOf } from './library-databases.js';
import { bringTablesHome, foreignTables, placeLibraries, requireAddresses } from './place-libraries.js';
import { createRoles, grantLibraryRoles, grantRoles } from './roles.js';
import { requireSuitableDatabase } from './suitability.js';

export interface MigrationReport {
  /** Names of the migrations that were missing, in the order in which they were run. */
  readonly applied: readonly string[];
}

const oneDatabase: DatabaseLayout = { apart: [], poolIsDistributed: false, distributions: new Map() };
/** Any number will do that nothing else in this database locks. */
const MIGRATION_LOCK = '4793318862090175641';

/**
 * @param layout databases of libraries that live elsewhere are brought to the same version
 * @throws CitygraphError DATABASE_UNSUITABLE when the server could lose or alter what it is given; DATABASE_NEWER when the database has
 *   migrations that this code does not know
 */
export async function migrate(url: string, layout: DatabaseLayout = oneDatabase): Promise<MigrationReport> {
  const { apart, poolIsDistributed, distributions } = layout;
  await inSession({ connectionString: url, application_name: 'citygraph check' }, requireSuitableDatabase);
  return inSession(connectionSettings(url, { purpose: 'migration' }), async (client) => {
    /* Held until the session ends, however it ends. */
    await client.query('select pg_advisory_lock($1::bigint)', [MIGRATION_LOCK]);
    await refuseNewerDatabase(client);
    await createRoles(client);
    await requireAddresses(client, apart);
    if (await lacksMigrations(client)) await bringTablesHome(client);
    const applied = await runMissingMigrations(url);
    for (const database of apart)
      await placeLibraries(client, database, () => migrateLibraryDatabase(database, distributions));
    if (poolIsDistributed) await distributeTables(client, await tablesAtHome(client), distributions);
    await grantRoles(client);
    return { applied };
  });
}

/**
 * A database that holds libraries alone: every migration, as the pool has them, and rights on the tables of its libraries.
 *
 * @throws CitygraphError DATABASE_UNSUITABLE besides, when it is a pool of its own
 */
export async function migrateLibraryDatabase(
  { url, libraries, distributed }: LibraryDatabase,
  distributions: Distributions,
): Promise<void> {
  await inSession({ connectionString: url, application_name: 'citygraph check' }, requireSuitableDatabase);
  await inSession(connectionSettings(url, { purpose: 'migration' }), async (client) => {
    await client.query('select pg_advisory_lock($1::bigint)', [MIGRATION_LOCK]);
    await refuseNewerDatabase(client);
    await refusePool(client, libraries);
    await createRoles(client);
    await runMissingMigrations(url);
    const own = datasets.filter(({ library }) => libraries.includes(library));
    if (distributed) await distributeTables(client, own, distributions);
    await grantLibraryRoles(client, libraries);
  });
}

/** Who names the wrong address must not take the rights of a city's own database away. */
async function refusePool(client: Client, libraries: readonly string[]): Promise<void> {
  const { rows: tables } = await client.query<{ there: boolean }>(
    `select to_regclass('citygraph.subject') is not null as there`,
  );
  if (!tables[0]?.there) return;
  const { rows } = await client.query<{ any: boolean }>(
    `select exists (select from citygraph.subject) or exists (select from citygraph.usage_record) as any`,
  );
  if (!rows[0]?.any) return;
  throw new CitygraphError(
    'DATABASE_UNSUITABLE',
    `${libraries.map(libraryVariableOf).join(', ')}: expected a database for libraries alone, got one that has subjects or a usage log of its own. Name another.`,
  );
}

async function tablesAtHome(client: Client): Promise<Dataset[]> {
  const foreign = await foreignTables(client);
  return datasets.filter(({ schema, table }) => !foreign.has(`${schema}.${table}`));
}

async function lacksMigrations(client: Client): Promise<boolean> {
  const { rows: tables } = await client.query<{ missing: boolean }>('select to_regclass($1) is null as missing', [
    MIGRATIONS_TABLE,
  ]);
  if (tables[0]?.missing) return false;
  const { rows } = await client.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE}`);
  const done = new Set(rows.map(({ name }) => name));
  return readMigrationFiles().some(({ name }) => !done.has(name));
}

async function inSession<T>(
  settings: ConstructorParameters<typeof Client>[0],
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client(settings);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function refuseNewerDatabase(client: Client): Promise<void> {
  const { rows: tables } = await client.query<{ missing: boolean }>('select to_regclass($1) is null as missing', [
    MIGRATIONS_TABLE,
  ]);
  if (tables[0]?.missing) return;
  const { rows } = await client.query<{ name: string }>(`select name from ${MIGRATIONS_TABLE} order by id`);
  const known = new Set(readMigrationFiles().map(({ name }) => name));
  const unknown = rows.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new CitygraphError(
    'DATABASE_NEWER',
    `Expected a database of this version or an older one, but it has migrations that are unknown here: ${unknown.join(', ')}. Start the newer version.`,
    { unknown },
  );
}

async function runMissingMigrations(url: string): Promise<string[]> {
  const orm = await createOrm(url, { entities: [], purpose: 'migration', poolSize: 1 });
  try {
    const done = await orm.migrator.up();
    return done.map(({ name }) => name);
  } finally {
    await orm.close();
  }
}
