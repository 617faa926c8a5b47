/**
 * Replicas of the pool's own database, and which of them an answer may be read from. A replica is behind: what it shows was so a moment ago.
 * It is read from while
 *   it follows this very database and has not been promoted,
 *   it is known to have all that was committed up to some moment within the bound,
 *   it has the version of the policy that the answer was decided under, and so all that was suppressed before that version, for a replica
 *   replays what was committed in its order,
 *   and it has every change of a subject's protection or division that was announced: from an announcement on it is left out until it has
 *   replayed up to where the primary stood then.
 * One that is left out comes back by itself. What goes wrong there is read from the primary. It decides nothing else, and writes nothing.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, Pool } from 'pg';
import { openDirectConnection } from './direct-connection.js';
import { type Listener, listen } from './listener.js';
import { createReadPools, type Pools, type PoolSettings } from './pools.js';
import { databaseRoles } from './role-names.js';

export type ReadPools = Pick<Pools, 'reader' | 'readerL4'>;

export interface ReplicaSettings extends Pick<PoolSettings, 'sizes' | 'statementTimeoutMilliseconds'> {
  readonly primaryUrl: string;
  readonly urls: readonly string[];
  readonly maximumLagMs: number;
  readonly onReport: (report: ReplicaReport) => void;
}

/** Its number in the order of the settings, for its address may hold a password. */
export interface ReplicaReport {
  readonly replica: number;
  readonly event: 'in' | 'out';
  readonly reason?: string;
  readonly error?: unknown;
}

export interface Replicas {
  /** A replica that may be read from for an answer decided under this version of the policy; null: none may. */
  poolsFor(policyVersion: number): ReadPools | null;
  /** Which pool of a replica it is, so that what fails there can be read from the primary's; null where it is of none. */
  roleOf(pool: Pool): keyof ReadPools | null;
  /** A statement failed there; it is left out until it has been looked at. */
  failed(pool: Pool): void;
  /** Looks at all of them now. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** On which a change of a subject's division or protection is announced (`subjects/propagate-subject-scope.ts`). */
export const scopeChannel = 'citygraph_scope';
const lookTimeoutMs = 1_000;

interface Sample {
  readonly at: number;
  readonly lsn: number;
}

/** Bytes of the log since its beginning: an LSN as a number. */
const replayed = `(pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::float8`;
const written = `(pg_current_wal_lsn() - '0/0'::pg_lsn)::float8`;
const system = '(select system_identifier::text from pg_control_system())';

export async function openReplicas(settings: ReplicaSettings): Promise<Replicas> {
  const set = new ReplicaSet(settings);
  await set.open();
  return set;
}

class ReplicaSet implements Replicas {
  private readonly replicas: Replica[];
  private readonly primary: Probe;
  private readonly closing = new AbortController();
  private samples: Sample[] = [];
  private system = '';
  /** Where the primary stood when a scope had changed; infinite while that is not known, or announcements are not heard. */
  private fence = Infinity;
  private announcements = 0;
  private hearing = false;
  private listener: Listener | undefined;
  private watching: Promise<void> = Promise.resolve();
  private looking: Promise<void> | null = null;
  private turn = 0;

  constructor(private readonly settings: ReplicaSettings) {
    this.primary = new Probe(settings.primaryUrl);
    this.replicas = settings.urls.map((url, at) => new Replica(at + 1, url, settings));
  }

  async open(): Promise<void> {
    const heardAgain = (): void => {
      this.hearing = true;
      this.announced();
    };
    const onLost = (): void => {
      this.hearing = false;
      this.raiseFence();
    };
    this.listener = await listen(this.settings.primaryUrl, scopeChannel, this.announced, heardAgain, { onLost });
    this.hearing = true;
    await this.look();
    this.watching = this.watch();
  }

  poolsFor(policyVersion: number): ReadPools | null {
    const now = performance.now();
    for (let step = 0; step < this.replicas.length; step += 1) {
      const replica = this.replicas[(this.turn + step) % this.replicas.length]!;
      if (!replica.mayServe(now, policyVersion, this.fence)) continue;
      this.turn = (this.turn + step + 1) % this.replicas.length;
      return replica.pools;
    }
    return null;
  }

  roleOf(pool: Pool): keyof ReadPools | null {
    const found = this.replicas.find((it) => it.has(pool));
    if (!found) return null;
    return pool === found.pools.reader ? 'reader' : 'readerL4';
  }

  failed(pool: Pool): void {
    this.replicas.find((it) => it.has(pool))?.leaveOut('a statement failed');
  }

  look(): Promise<void> {
    this.looking ??= this.lookAtAll().finally(() => (this.looking = null));
    return this.looking;
  }

  private async lookAtAll(): Promise<void> {
    const announcements = this.announcements;
    try {
      // The moment before: what was committed by then is in what the primary has written when it answers.
      const at = performance.now();
      const row = await this.primary.ask<{ lsn: number; system: string }>(
        `select ${written} as lsn, ${system} as system`,
      );
      this.system = row.system;
      this.samples = [...this.samples, { at, lsn: row.lsn }].slice(-64);
      if (this.fence === Infinity && announcements === this.announcements && this.hearing) this.fence = row.lsn;
    } catch {
      // Without the primary nothing is answered; the replicas grow too old by themselves.
      return;
    }
    await Promise.all(this.replicas.map((replica) => replica.look(this.samples, this.system)));
  }

  private readonly announced = (): void => {
    this.raiseFence();
    void this.look().then(() => this.look());
  };

  private raiseFence(): void {
    this.announcements += 1;
    this.fence = Infinity;
  }

  private async watch(): Promise<void> {
    const pause = Math.min(500, Math.max(50, this.settings.maximumLagMs / 8));
    while (!this.closing.signal.aborted) {
      try {
        await delay(pause, undefined, { signal: this.closing.signal });
      } catch {
        return; // closed meanwhile
      }
      await this.look();
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.watching;
    await this.looking;
    await this.listener?.close();
    await this.primary.close();
    await Promise.all(this.replicas.map((it) => it.close()));
  }
}

class Replica {
  readonly pools: ReturnType<typeof createReadPools>;
  private readonly probe: Probe;
  /** It has all that was committed by then; null while it may not be read from. */
  private completeUpTo: number | null = null;
  private lsn = 0;
  private policyVersion = 0;
  private reported: string | null = '';

  constructor(
    private readonly number: number,
    url: string,
    private readonly settings: ReplicaSettings,
  ) {
    this.probe = new Probe(url);
    const { sizes, statementTimeoutMilliseconds } = settings;
    const onConnectionLost = (): void => this.leaveOut('a connection was lost');
    this.pools = createReadPools({ url, sizes, statementTimeoutMilliseconds, onConnectionLost });
  }

  mayServe(now: number, policyVersion: number, fence: number): boolean {
    if (this.completeUpTo === null || now - this.completeUpTo > this.settings.maximumLagMs) return false;
    return this.policyVersion >= policyVersion && this.lsn >= fence;
  }

  has(pool: Pool): boolean {
    return pool === this.pools.reader || pool === this.pools.readerL4;
  }

  async look(samples: readonly Sample[], ofPrimary: string): Promise<void> {
    try {
      const found = await this.probe.ask<{ standby: boolean; lsn: number | null; system: string; version: string }>(
        `select pg_is_in_recovery() as standby, ${replayed} as lsn, ${system} as system,
                (select version::text from citygraph.policy_version) as version`,
      );
      if (found.system !== ofPrimary) return this.leaveOut('it is a replica of another database');
      if (!found.standby || found.lsn === null) return this.leaveOut('it is no replica any more');
      const { lsn } = found;
      this.lsn = lsn;
      this.policyVersion = Number(found.version);
      const reached = samples.filter((sample) => sample.lsn <= lsn).at(-1);
      if (!reached || performance.now() - reached.at > this.settings.maximumLagMs)
        return this.leaveOut('it lags behind');
      this.completeUpTo = reached.at;
      this.report(null);
    } catch (error) {
      this.leaveOut('it can not be reached', error);
    }
  }

  leaveOut(reason: string, error?: unknown): void {
    this.completeUpTo = null;
    this.report(reason, error);
  }

  /** What is as it was is not said again. */
  private report(reason: string | null, error?: unknown): void {
    if (reason === this.reported) return;
    this.reported = reason;
    const { number: replica } = this;
    this.settings.onReport(reason === null ? { replica, event: 'in' } : { replica, event: 'out', reason, error });
  }

  async close(): Promise<void> {
    await this.probe.close();
    await this.pools.close();
  }
}

/** One connection for looking, made again after a failure. */
class Probe {
  private client: Client | undefined;

  constructor(private readonly url: string) {}

  async ask<Row extends object>(text: string): Promise<Row> {
    try {
      this.client ??= await openDirectConnection(this.url, {
        purpose: 'replica watch',
        role: databaseRoles.policy,
        statementTimeoutMilliseconds: lookTimeoutMs,
      });
      return (await this.client.query<Row>(text)).rows[0]!;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }
}
