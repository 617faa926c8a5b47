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
  await onServer(`create database "${name}" template "${source.replaceAll('"', '""')}"`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database if exists "${name}" with (force)`) };
}

function serverUrl(): string {
  const url = process.env.CITYGRAPH_TEST_SERVER;
  if (url === undefined)
    throw new Error('Expected CITYGRAPH_TEST_SERVER, which test/support/global-setup.mjs sets; run `npm test`.');
  return url;
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
