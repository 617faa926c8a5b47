import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface TestDatabase {
  /** As the superuser of the embedded server, or the user of DATABASE_URL. */
  readonly url: string;
  /** Ends what is still connected. */
  drop(): Promise<void>;
}

/** A database of its own for a test file, empty or a copy of `template` (which nobody may be connected to). */
export async function createTestDatabase({ template }: { template?: string } = {}): Promise<TestDatabase> {
  const name = `citygraph_test_${randomBytes(6).toString('hex')}`;
  const source = template === undefined ? 'template0' : template;
  await onServer((client) => client.query(`create database "${name}" template "${source.replaceAll('"', '""')}"`));
  return {
    url: urlOf(name),
    drop: async () => void (await onServer((client) => client.query(`drop database if exists "${name}" with (force)`))),
  };
}

/** One that the files of a run share; test/support/global-teardown.mjs drops it. */
export function databaseOfRun(purpose: string): { readonly name: string; readonly url: string } {
  const run = process.env.CITYGRAPH_TEST_RUN;
  if (run === undefined) throw new Error('Expected CITYGRAPH_TEST_RUN, which test/support/global-setup.mjs sets.');
  const name = `citygraph_run_${run}_${purpose}`;
  return { name, url: urlOf(name) };
}

function urlOf(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

function serverUrl(): string {
  const url = process.env.CITYGRAPH_TEST_SERVER;
  if (url === undefined)
    throw new Error('Expected CITYGRAPH_TEST_SERVER, which test/support/global-setup.mjs sets; run `npm test`.');
  return url;
}

/** In a session of the server's own database. */
export async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
