/**
 * Connections to the databases of libraries that live apart, two roles each as in the pool itself, and whether each can be reached. One that
 * can not is asked no more, so that no request waits for it, until it answers again; then it is brought to this version first, for it may
 * have been down when that was due.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { CitygraphError } from '../errors.js';
import type { Distributions } from '../model/distribution.js';
import { connectionSettings } from './connection-settings.js';
import type { LibraryDatabase } from './library-databases.js';
import { migrateLibraryDatabase } from './migrate.js';
import { createReadPools, type Pools, type PoolSettings } from './pools.js';

export interface LibraryPoolSettings extends Omit<PoolSettings, 'url' | 'urls' | 'onConnectionLost'> {
  readonly distributions: Distributions;
  readonly onReport: (report: { event: 'down' | 'up' | 'unfit'; database: string; error?: unknown }) => void;
}

export interface LibraryPools {
  /** @throws POOL_UNAVAILABLE at once where it is known to be down */
  poolsOf(database: string): Pick<Pools, 'reader' | 'readerL4'>;
  /** What a request failed with there. */
  failed(database: string): void;
  /** Each of them, and whether it is asked. */
  status(): readonly { readonly database: string; readonly up: boolean }[];
  close(): Promise<void>;
}

const retryMs = 500;
const probeTimeoutMs = 2_000;

/** @returns once each has been tried */
export async function openLibraryPools(
  databases: readonly LibraryDatabase[],
  settings: LibraryPoolSettings,
): Promise<LibraryPools> {
  const opened = new Map(databases.map((database) => [database.name, new OpenDatabase(database, settings)]));
  await Promise.all([...opened.values()].map((it) => it.try()));
  return {
    poolsOf(name) {
      const found = opened.get(name)!;
      if (!found.up)
        throw new CitygraphError('POOL_UNAVAILABLE', 'the resource pool can not be reached now; try again later');
      return found.pools;
    },
    failed: (name) => opened.get(name)?.suspect(),
    status: () => [...opened].map(([database, { up }]) => ({ database, up })),
    async close() {
      await Promise.all([...opened.values()].map((it) => it.close()));
    },
  };
}

class OpenDatabase {
  readonly pools: ReturnType<typeof createReadPools>;
  up = false;
  private prepared = false;
  private reported: 'up' | 'down' | 'unfit' | null = null;
  private readonly closing = new AbortController();
  private watching: Promise<void> | null = null;

  constructor(
    private readonly database: LibraryDatabase,
    private readonly settings: LibraryPoolSettings,
  ) {
    // What an idle connection was lost by, the next query or the probe finds.
    this.pools = createReadPools({ ...settings, url: database.url, onConnectionLost: () => this.suspect() });
  }

  /** Goes on trying behind the back of who waits for the first try. */
  async try(): Promise<void> {
    if (!(await this.probe())) this.suspect();
  }

  /** A failure may be the request's own bad luck, so the database is asked before it is given up. */
  suspect(): void {
    if (this.closing.signal.aborted) return;
    this.watching ??= this.watch().finally(() => (this.watching = null));
  }

  private async watch(): Promise<void> {
    while (!this.closing.signal.aborted && !(await this.probe())) {
      try {
        await delay(retryMs, undefined, { signal: this.closing.signal });
      } catch {
        return; // closed meanwhile
      }
    }
  }

  private async probe(): Promise<boolean> {
    try {
      if (!this.prepared) await migrateLibraryDatabase(this.database, this.settings.distributions);
      else await this.ask();
      this.prepared = true;
      this.up = true;
      this.report('up');
      return true;
    } catch (error) {
      this.up = false;
      this.report(error instanceof CitygraphError ? 'unfit' : 'down', error);
      return false;
    }
  }

  /** What is as it was is not said again. */
  private report(event: NonNullable<OpenDatabase['reported']>, error?: unknown): void {
    if (event === this.reported) return;
    this.reported = event;
    this.settings.onReport({ event, database: this.database.name, error });
  }

  /** Past the pool, whose connections may all be busy. */
  private async ask(): Promise<void> {
    const client = new Client({
      ...connectionSettings(this.database.url, { purpose: 'probe' }),
      connectionTimeoutMillis: probeTimeoutMs,
      query_timeout: probeTimeoutMs,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.watching;
    await this.pools.close();
  }
}
