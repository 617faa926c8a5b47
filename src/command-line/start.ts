/** `citygraph start`: the service, on its own embedded database or on the one that DATABASE_URL names. */
import { Command } from 'commander';
import { prepareDemo } from '../../seeds/demo-start.js';
import { createService, registry } from '../app.js';
import { readProcessConfig } from '../config.js';
import { createServiceLog } from '../server/service-log.js';
import { openDatabase } from './open-database.js';
import { openKeyring } from '../keyring.js';

export function startCommand(): Command {
  return new Command('start').description('启动服务 start the service').action(start);
}

async function start(): Promise<void> {
  const config = readProcessConfig();
  const log = createServiceLog(config.logLevel, config.node);
  const database = await openDatabase(config, log);
  const service = await createService(config, database.url, log);
  const credentials = database.embedded
    ? await prepareDemo({
        url: database.url,
        dataDir: config.dataDir,
        keyring: openKeyring(config.keyringFile),
        coordinates: registry.coordinates,
        onProgress: showProgress,
      })
    : null;
  await service.policy.refresh();
  const http = await service.listen();
  console.log(`Citygraph listens on ${http.address}/graphql (health: ${http.address}/healthz)`);
  if (credentials) console.log(`Demo credentials: ${credentials}`);

  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await service.stop();
    await database.stop();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stopping ??= stop().catch((error: unknown) => {
        log.fatal({ err: error }, 'the service could not be stopped cleanly');
        process.exitCode = 1;
      });
    });
  }
}

function showProgress(message: string): void {
  console.error(message);
}
