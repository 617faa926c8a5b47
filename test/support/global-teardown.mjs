import { Client } from 'pg';

export default async function stopTestServer() {
  await dropDatabasesOfRun();
  await globalThis.stopTestServer?.();
}

/** On a server that outlives the run. */
async function dropDatabasesOfRun() {
  if (!process.env.DATABASE_URL) return;
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [
      `citygraph_run_${process.env.CITYGRAPH_TEST_RUN}_`,
    ]);
    for (const { datname } of rows) await client.query(`drop database "${datname}" with (force)`);
  } finally {
    await client.end();
  }
}
