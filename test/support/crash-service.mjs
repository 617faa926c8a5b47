/** The service on its embedded database with a small demo city, to be killed: DATA_DIR PORT; prints its address as soon as it answers. */
import 'reflect-metadata';
import { prepareDemo } from '../../dist/seeds/demo-start.js';
import { createService, registry } from '../../dist/src/app.js';
import { readConfig } from '../../dist/src/config.js';
import { startEmbeddedPostgres } from '../../dist/src/database/embedded-postgres.js';
import { openKeyring } from '../../dist/src/keyring.js';
import { createServiceLog } from '../../dist/src/server/service-log.js';

const [, , dataDir, port] = process.argv;
const environment = {
  DATA_DIR: dataDir,
  PORT: port,
  LOG_LEVEL: 'fatal',
  LOG_WITNESSES: `file:${dataDir}/checkpoints`,
  LOG_WITNESS_INTERVAL_SECONDS: '1',
};
const config = readConfig(environment, 'crash-node');
const server = await startEmbeddedPostgres({ dataDir });
const url = server.url('postgres');
const service = await createService(config, url, createServiceLog(config.logLevel, config.node));
await prepareDemo({
  url,
  dataDir,
  keyring: openKeyring(config.keyringFile),
  coordinates: registry.coordinates,
  scale: { persons: 240, legalPersons: 40 },
});
await service.policy.refresh();
const { address } = await service.listen();
process.stdout.write(`${address}\n`);
process.on('SIGTERM', () => void service.stop().then(() => server.stop()));
