/** A service reduced to its embedded database, to be killed: prints its connection string as soon as the server accepts, then waits. */
import { startEmbeddedPostgres } from '../../dist/src/database/embedded-postgres.js';

const server = await startEmbeddedPostgres({ dataDir: process.argv[2] });
process.stdout.write(`${server.url('postgres')}\n`);
process.on('SIGTERM', () => void server.stop());
await server.exited;
