/**
 * Brings a database to what this code expects: its migrations in order, then the roles and what each may touch. Nothing is done twice.
 *
 * Services that start at once wait for one another. It must not know what a migration contains.
 */
import { Client } from 'pg';
import { CitygraphError } from '../errors.js';
import { connectionSettings } from './connection-settings.js';
import { createOrm, MIGRATIONS_TABLE } from './orm.js';
import { readMigrationFiles } from './migration-files.js';
import { createRoles, grantRoles } from './roles.js';
import { requireSuitableDatabase } from './suitability.js';

export interface MigrationReport {
  /** Names of the migrations that were missing, in the order in which they were run. */
  readonly applied: readonly string[];
}

/** Any number will do that nothing else in this database locks. */
const MIGRATION_LOCK = '4793318862090175641';

/**
 * @throws CitygraphError DATABASE_UNSUITABLE when the server could lose or alter what it is given; DATABASE_NEWER when the database has
 *   migrations that this code does not know
 */
export async function migrate(url: string): Promise<MigrationReport> {
  await inSession({ connectionString: url, application_name: 'citygraph check' }, requireSuitableDatabase);
  return inSession(connectionSettings(url, { purpose: 'migration' }), async (client) => {
    /* Held until the session ends, however it ends. */
    await client.query('select pg_advisory_lock($1::bigint)', [MIGRATION_LOCK]);
    await refuseNewerDatabase(client);
    await createRoles(client);
    const applied = await runMissingMigrations(url);
    await grantRoles(client);
    return { applied };
  });
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
