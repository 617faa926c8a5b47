/** `citygraph start`: the service, on its own embedded database or on the one that DATABASE_URL names. */
import { Command } from 'commander';
import { prepareDemo } from '../../seeds/demo-start.js';
import { createService, registry } from '../app.js';
import { type Config, readProcessConfig } from '../config.js';
import { createServiceLog, type ServiceLog } from '../server/service-log.js';
import { openDatabase } from './open-database.js';
import { openKeyring } from '../keyring.js';

export function startCommand(): Command {
  return new Command('start').description('启动服务 start the service').action(start);
}

async function start(): Promise<void> {
  const config = readProcessConfig();
  for (const line of config.unused) console.error(line);
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
  const http = await service.listen({ graphiql: credentials !== null });
  console.log(`Citygraph listens on ${http.address}/graphql (health: ${http.address}/healthz)`);
  if (config.operations.graphiql ?? credentials !== null) console.log(`GraphiQL: ${http.address}/graphiql`);
  if (credentials) console.log(`Demo credentials: ${credentials}`);
  console.log(describeWitnesses(config));

  stopOnSignals(config, log, async () => {
    await service.stop();
    await database.stop();
  });
}

/** A terminal gives Ctrl-C to npm and to us, and npm hands it on: the same one twice. */
const sameSignalMs = 1_000;
/** For all that comes after requests: the log's last batches, the sequencer, the database. */
const lastStepsMs = 60_000;

/** The first signal ends the service in order, the second at once. Ends with 0 where all that was under way is finished and on record. */
function stopOnSignals({ operations: { shutdown } }: Config, log: ServiceLog, stop: () => Promise<void>): void {
  let since: number | null = null;
  const onSignal = (signal: 'SIGTERM' | 'SIGINT'): void => {
    const now = performance.now();
    if (since !== null) {
      if (now - since < sameSignalMs) return;
      log.fatal({ signal }, 'stopped at once by a second signal; what was under way is not finished');
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }
    since = now;
    log.info({ signal }, 'the service ends: what is under way is finished');
    const limit = setTimeout(
      () => {
        log.fatal('the service could not be stopped in time');
        process.exit(1);
      },
      shutdown.notice + shutdown.patience + lastStepsMs,
    );
    void stop()
      .catch((error: unknown) => {
        log.fatal({ err: error }, 'the service could not be stopped cleanly');
        process.exitCode = 1;
      })
      .finally(() => clearTimeout(limit));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => onSignal(signal));
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
