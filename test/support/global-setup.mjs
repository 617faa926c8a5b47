/**
 * One PostgreSQL for the whole run: the server of DATABASE_URL, or an embedded one in a temporary folder. Durability stays on, for the
 * service refuses a database without it. Jest loads this file with neither its resolver nor its compiler, hence the built launcher.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../dist/src/database/embedded-postgres.js';

export default async function startTestServer() {
  process.env.CITYGRAPH_TEST_RUN = randomBytes(4).toString('hex');
  if (process.env.DATABASE_URL) {
    process.env.CITYGRAPH_TEST_SERVER = process.env.DATABASE_URL;
    return;
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'citygraph-test-'));
  const server = await startEmbeddedPostgres({ dataDir });
  /* The workers that jest starts inherit it. */
  process.env.CITYGRAPH_TEST_SERVER = server.url('postgres');

  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  globalThis.stopTestServer = stop;
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().finally(() => process.exit(1)));
}
