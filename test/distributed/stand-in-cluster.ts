/**
 * The server of CITUS_URL, or one that stands in for it: the run's own PostgreSQL with functions by the names of the extension that only put
 * down what they were asked. On either the tables get the keys that a spread table can have, and the service asks in the distributed form;
 * that a real cluster takes the statements is known of the former alone.
 */
import { Client } from 'pg';

import { libraries } from '../../src/libraries/index.js';

const clusterUrl = process.env['CITUS_URL'];

/** Settings under which the service asks in the distributed form: all libraries in the cluster, or the pool itself taken for one. */
export async function distributedEnvironment(poolUrl: string): Promise<Readonly<Record<string, string>>> {
  if (clusterUrl === undefined) {
    await makeStandIn(poolUrl);
    return { DATABASES_DISTRIBUTED: 'pool' };
  }
  await emptyCluster(clusterUrl);
  const addresses = libraries.map(
    ({ code }) => [`LIBRARY_${code.toUpperCase().replaceAll('-', '_')}_URL`, clusterUrl] as const,
  );
  return { ...Object.fromEntries(addresses), DATABASES_DISTRIBUTED: 'population' };
}

/** INVARIANT: the database of CITUS_URL is the tests' own; what of ours is in it goes. */
async function emptyCluster(url: string): Promise<void> {
  const schemas = ['citygraph', ...libraries.map(({ code }) => code.replaceAll('-', '_'))];
  await inSession(url, async (client) => {
    await client.query('create extension if not exists citus');
    for (const schema of schemas) await client.query(`drop schema if exists "${schema}" cascade`);
  });
}

async function makeStandIn(url: string): Promise<void> {
  await inSession(url, (client) =>
    client.query(`
      create table public.spread (name text, by text, colocate_with text);
      create function public.create_distributed_table(name text, by text, colocate_with text) returns void language sql
        begin atomic; insert into public.spread values (name, by, colocate_with); end;
      create function public.create_reference_table(name text) returns void language sql
        begin atomic; insert into public.spread values (name, null, null); end`),
  );
}

async function inSession(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
