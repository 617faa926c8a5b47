/** `citygraph start`: the service, on its own embedded database or on the one that DATABASE_URL names. */
import { Command } from 'commander';
import { prepareDemo } from '../../seeds/demo-start.js';
import { createService, registry } from '../app.js';
import { type Config, readProcessConfig } from '../config.js';
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
  console.log(describeWitnesses(config));

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

/** Who relies on the log must know what it rests on. */
function describeWitnesses({ logWitnesses }: Config): string {
  if (logWitnesses.length === 0)
    return 'Checkpoints of the usage log are kept nowhere else: whoever holds this machine can rewrite the log. Set LOG_WITNESSES.';
  const files = logWitnesses.flatMap((address) => (address.kind === 'file' ? [address.path] : []));
  if (files.length < logWitnesses.length) return `Checkpoints of the usage log go to ${logWitnesses.length} witnesses`;
  return `Checkpoints of the usage log go to ${files.join(', ')}: on this machine that proves little, for whoever can rewrite the log can rewrite the file. Set LOG_WITNESSES to a place that others keep.`;
}
