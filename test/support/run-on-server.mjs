/**
 * The databases of a run on its server. They go at the run's end, or, where the server outlives it, at the start of a later run when it was
 * killed: a run that lives holds an advisory lock, and what is named after one that nobody holds is dropped.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Any number will do that nothing else on the server locks; the other half of the key is the run. */
const RUN_LOCK = 1_667_852_402;
const DATABASE_NAME = /^citygraph_test_([0-9a-f]{8})_/;

/**
 * @param {string} url of a user that may create databases
 * @returns {Promise<{ run: string, dropDatabases(): Promise<void>, end(): Promise<void> }>} `run` stands in the name of each database
 */
export async function beginRunOn(url) {
  const client = new pg.Client({ connectionString: url, application_name: 'citygraph test run' });
  client.on('error', (error) => process.stderr.write(`The run's mark on the server was lost: ${error.message}\n`));
  await client.connect();
  const run = randomBytes(4).toString('hex');
  await client.query('select pg_advisory_lock($1::int, $2::int)', [RUN_LOCK, Number.parseInt(run, 16) | 0]);
  const living = await livingRuns(client);
  await dropDatabases(client, (owner) => !living.has(owner));
  return {
    run,
    dropDatabases: () => dropDatabases(client, (owner) => owner === run),
    end: () => client.end(),
  };
}

/** Whichever database of the server they hold their lock in. */
async function livingRuns(client) {
  const { rows } = await client.query(
    `select lpad(to_hex(objid::bigint), 8, '0') as run from pg_locks
      where locktype = 'advisory' and classid::bigint = $1 and objsubid = 2 and granted`,
    [RUN_LOCK],
  );
  return new Set(rows.map(({ run }) => run));
}

async function dropDatabases(client, ofRun) {
  const { rows } = await client.query('select datname as name from pg_database');
  for (const { name } of rows) {
    const [, run] = DATABASE_NAME.exec(name) ?? [];
    if (run !== undefined && ofRun(run)) await client.query(`drop database if exists "${name}" with (force)`);
  }
}
