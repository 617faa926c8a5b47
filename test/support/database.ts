import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

export interface TestDatabase {
  /** As the superuser of the embedded server, or the user of DATABASE_URL. */
  readonly url: string;
  /** Ends what is still connected. */
  drop(): Promise<void>;
}

/** A database of its own for a test file, empty or a copy of `template` (which nobody may be connected to). */
export async function createTestDatabase({ template }: { template?: string } = {}): Promise<TestDatabase> {
  const name = databaseNameInRun(randomBytes(6).toString('hex'));
  await onServer((client) => client.query(`create database "${name}" template "${template ?? 'template0'}"`));
  return {
    url: databaseUrl(name),
    drop: async () => {
      await onServer(async (client) => {
        await untilLeft(client, name);
        await client.query(`drop database if exists "${name}" with (force)`);
      });
    },
  };
}

/** A session that is just ending, and is ended once more, says so on a socket to which nobody listens any longer. */
async function untilLeft(client: Client, name: string): Promise<void> {
  for (let patience = 50; patience > 0; patience -= 1) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rowCount === 0) return;
    await delay(10);
  }
}

/** By the run's mark the end of the run, or the next one, finds what a test left behind (run-on-server.mjs). */
export function databaseNameInRun(name: string): string {
  return `citygraph_test_${setByRun('CITYGRAPH_TEST_RUN')}_${name}`;
}

export function databaseUrl(name: string): string {
  const url = new URL(setByRun('CITYGRAPH_TEST_SERVER'));
  url.pathname = `/${name}`;
  return url.href;
}

/** In a session of its own, outside of any test's database. */
export async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: setByRun('CITYGRAPH_TEST_SERVER') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function setByRun(name: 'CITYGRAPH_TEST_SERVER' | 'CITYGRAPH_TEST_RUN'): string {
  const value = process.env[name];
  if (value !== undefined) return value;
  throw new Error(`Expected ${name}, which test/support/global-setup.mjs sets; run \`npm test\`.`);
}
