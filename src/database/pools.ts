/**
 * The service's connections, a pool for each database role. The roles are the second wall: what a plan must not read, the session that
 * runs it cannot read either.
 *
 * Made from one URL, whose user may take on every role, or from a URL of its own for each: then even a session that shed its role could
 * do no more than its own user.
 */
import { type ClientBase, Pool, type PoolConfig } from 'pg';
import { CitygraphError } from '../errors.js';
import { connectionSettings } from './connection-settings.js';
import { openMessageSocket } from './message-socket.js';
import { databaseRoles } from './role-names.js';

export const poolNames = [
  'reader',
  'readerL4',
  'logger',
  'policy',
  'indexer',
  'publisher',
  'auditor',
  'watcher',
] as const;
export type PoolName = (typeof poolNames)[number];

export interface PoolSettings {
  readonly url: string;
  /** In place of `url`; their users must be members of the pool's role. */
  readonly urls?: Partial<Readonly<Record<PoolName, string>>>;
  /** Connections per node. */
  readonly sizes?: Partial<Readonly<Record<PoolName, number>>>;
  readonly statementTimeoutMilliseconds?: number;
  /** How long a request may wait for a connection, be it that all are busy or that the database is down. */
  readonly connectionTimeoutMilliseconds?: number;
  /** A connection was lost while idle. The next query opens another. */
  readonly onConnectionLost?: (pool: PoolName, error: Error) => void;
}

export interface Pools extends Readonly<Record<PoolName, Pool>> {
  /** Waits for queries under way. */
  close(): Promise<void>;
}

/* Measured: about 4 readers a node beat 16, and one batch of the log in flight beats several. */
const DEFAULT_SIZES: Readonly<Record<PoolName, number>> = {
  reader: 4,
  readerL4: 2,
  logger: 2,
  policy: 1,
  indexer: 1,
  publisher: 2,
  auditor: 2,
  watcher: 1,
};
/* Asked for every request, and never by COPY. */
const everyRequest: ReadonlySet<PoolName> = new Set(['reader', 'readerL4', 'logger']);
/* The others could write nothing anyway; so their sessions say so first. */
const writing: ReadonlySet<PoolName> = new Set(['logger', 'indexer', 'watcher']);
const STATEMENT_TIMEOUT_MS = 15_000;
const CONNECTION_TIMEOUT_MS = 5_000;

/** Connects with the first query of each pool. */
export function createPools(settings: PoolSettings): Pools {
  const pools = Object.fromEntries(poolNames.map((name) => [name, createPool(name, settings)])) as Record<
    PoolName,
    Pool
  >;
  const close = async (): Promise<void> => {
    await Promise.all(poolNames.map((name) => pools[name].end()));
  };
  return Object.freeze({ ...pools, close });
}

export function poolsByName(pools: Pools): Readonly<Record<PoolName, Pool>> {
  return Object.fromEntries(poolNames.map((name) => [name, pools[name]])) as Record<PoolName, Pool>;
}

/** The pools for reading alone, as a database of a library or a replica has them. */
export function createReadPools(settings: PoolSettings): Pick<Pools, 'reader' | 'readerL4' | 'close'> {
  const [reader, readerL4] = [createPool('reader', settings), createPool('readerL4', settings)];
  return {
    reader,
    readerL4,
    close: async () => {
      await Promise.all([reader.end(), readerL4.end()]);
    },
  };
}

function createPool(name: PoolName, settings: PoolSettings): Pool {
  const role = databaseRoles[name];
  const configuration: PoolConfig = {
    ...connectionSettings(settings.urls?.[name] ?? settings.url, {
      purpose: name,
      settings: {
        role,
        statement_timeout: String(settings.statementTimeoutMilliseconds ?? STATEMENT_TIMEOUT_MS),
        ...(!writing.has(name) && { default_transaction_read_only: 'on' }),
        // Counts of a month have many groups; what does not fit goes to disk.
        ...(name === 'auditor' && { work_mem: '64MB' }),
        // Our statements join in the order that they are written in; to look for another takes the planner longer than they run.
        ...(name.startsWith('reader') && { join_collapse_limit: '1', from_collapse_limit: '1' }),
      },
    }),
    // What reads libraries is sent one statement behind the other (`execution/reading-lanes.ts`).
    pipeline: name.startsWith('reader'),
    ...(everyRequest.has(name) && { stream: openMessageSocket }),
    max: settings.sizes?.[name] ?? DEFAULT_SIZES[name],
    connectionTimeoutMillis: settings.connectionTimeoutMilliseconds ?? CONNECTION_TIMEOUT_MS,
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- the pool awaits it, though its types do not say so
    onConnect: (client) => requireRole(client, role),
  };
  const pool = new Pool(configuration);
  const lost = (error: Error): void => settings.onConnectionLost?.(name, error);
  pool.on('error', lost);
  /* While a client is checked out the pool does not listen to it, and an error that nobody listens to ends the process. Its query fails. */
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

/** INVARIANT: a pooler between us and the server may drop the option that sets the role, and every query would run as the owner. */
export async function requireRole(client: ClientBase, role: string): Promise<void> {
  const { rows } = await client.query<{ current_user: string }>('select current_user');
  const current = rows[0]?.current_user;
  if (current === role) return;
  throw new CitygraphError(
    'POOL_UNAVAILABLE',
    `Expected a session with the database role ${role}, but it has ${current}. A connection pooler in between must pass on the startup option "role".`,
  );
}
