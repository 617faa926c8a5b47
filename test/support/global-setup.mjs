/**
 * One PostgreSQL for the whole run: the server of DATABASE_URL, or an embedded one in the run's folder. Durability stays on, for the service
 * refuses a database without it. Jest loads this file with neither its resolver nor its compiler, hence the built launcher.
 */
import pg from 'pg';
import { openDataDirectory } from '../../dist/src/database/data-directory.js';
import { startEmbeddedPostgres } from '../../dist/src/database/embedded-postgres.js';
import { makeRunFolder, removeRunFolder, removeStaleFolders } from './run-folder.mjs';
import { beginRunOn } from './run-on-server.mjs';

export default async function startTestServer() {
  removeStaleFolders();
  const folder = makeRunFolder();
  /* The workers that jest starts inherit it: what a test leaves lying there goes with the run. */
  process.env.TMPDIR = folder.temporary;
  const end = process.env.DATABASE_URL ? await useServer(folder, process.env.DATABASE_URL) : await startServer(folder);
  let ended;
  const stop = () => (ended ??= end().finally(() => removeRunFolder(folder)));
  globalThis.stopTestServer = stop;
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().finally(() => process.exit(1)));
}

async function useServer(folder, url) {
  const held = openDataDirectory(folder.path);
  const run = await announce(url);
  return async () => {
    await run.dropDatabases();
    await run.end();
    held.release();
  };
}

/** For what lives for minutes: no flush of data files between its start and its end. What is committed is flushed all the same. */
const settings = { checkpoint_timeout: '1d', max_wal_size: '16GB' };

async function startServer(folder) {
  const server = await startEmbeddedPostgres({ dataDir: folder.path, ...(!folder.inMemory && { settings }) });
  const run = await announce(server.url('postgres'));
  return async () => {
    await run.end();
    await abandonDurability(server.url('postgres'));
    await server.stop();
  };
}

/** Nobody will read it again, so its last checkpoint need not wait for the disk. */
async function abandonDurability(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('alter system set fsync = off');
  await client.query('select pg_reload_conf()');
  await client.end();
}

/** The workers that jest starts inherit it. */
async function announce(url) {
  const run = await beginRunOn(url);
  process.env.CITYGRAPH_TEST_SERVER = url;
  process.env.CITYGRAPH_TEST_RUN = run.run;
  return run;
}
