/**
 * Who asks, and with what: from a token and named grants to an access profile, by the policy held in memory.
 *
 * The snapshot held may be older than the database's policy: that is found out when the request is logged, for the log compares
 * versions (`usage-log/append-usage.ts`), and then the caller refreshes and decides again. So nothing here needs to be prompt;
 * notification and the look-ups below only save that second round.
 *
 * Neither time nor divisions of a grant are remembered with a decision: which grants hold is asked for each request.
 */
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { CitygraphError } from '../errors.js';
import type { CoordinateEntry } from '../model/registry.js';
import type { Grant, Principal } from './access.js';
import { type AccessProfile, createAccessProfile } from './access-profile.js';
import { type PolicySnapshot, loadPolicySnapshot } from './policy-snapshot.js';
import { selectGrants } from './select-grants.js';
import { hashToken } from './token.js';

export interface PolicyStoreOptions {
  /** Must see commits at once: the primary, not a replica. */
  readonly pool: Pool;
  readonly coordinates: ReadonlyMap<string, CoordinateEntry>;
  /** Least time between two loads caused by unknown tokens and grants. */
  readonly pauseOfUnknown?: number;
}

/** The human and the case behind the application: X-User and X-Case. */
export interface Behind {
  readonly user: string | null;
  readonly case: string | null;
}

export interface PolicyStore {
  current(): PolicySnapshot;
  /** Loads what is committed at the time of the call, or later. */
  refresh(): Promise<PolicySnapshot>;
  /** To be called with a version that the database named, by notification or by the log. One that is held already costs nothing. */
  refreshIfOlderThan(version: number): Promise<PolicySnapshot>;
  /**
   * @param token null: the public
   * @param named codes of X-Grant; null where it was not sent
   * @param now by which grants hold; after the log superseded a record, the database's time that it gave back
   * @throws UNAUTHENTICATED for an unknown token and for a suspended consumer alike; GRANT_INVALID
   */
  authenticate(
    token: string | null,
    named: readonly string[] | null,
    now: Date,
    behind: Behind,
  ): Promise<AccessProfile>;
  /** Who holds the token, whatever became of its grants. @throws UNAUTHENTICATED */
  principalOf(token: string | null): Principal;
}

const publicPrincipal: Principal = Object.freeze({ kind: 'public', name: 'public' });
const profilesKept = 10_000;

export async function createPolicyStore(options: PolicyStoreOptions): Promise<PolicyStore> {
  const store = new LoadedPolicyStore(options);
  await store.refresh();
  return store;
}

class LoadedPolicyStore implements PolicyStore {
  private snapshot: PolicySnapshot | null = null;
  private profiles = new LRUCache<string, AccessProfile>({ max: profilesKept });
  private loading: Promise<unknown> = Promise.resolve();
  private waiting: Promise<PolicySnapshot> | null = null;
  private askedForUnknownAt = -Infinity;

  constructor(private readonly options: PolicyStoreOptions) {}

  current(): PolicySnapshot {
    if (!this.snapshot) throw new CitygraphError('INTERNAL', 'the policy has not been loaded');
    return this.snapshot;
  }

  /** One load at a time. Whoever comes during one shares the next, for the one under way may have begun before what they know of. */
  refresh(): Promise<PolicySnapshot> {
    this.waiting ??= this.loading.then(() => {
      this.waiting = null;
      const load = this.load();
      this.loading = Promise.allSettled([load]);
      return load;
    });
    return this.waiting;
  }

  /** Not 'newer than': a database restored from a backup counts from an older version again. */
  async refreshIfOlderThan(version: number): Promise<PolicySnapshot> {
    return this.current().version === version ? this.current() : this.refresh();
  }

  async authenticate(
    token: string | null,
    named: readonly string[] | null,
    now: Date,
    behind: Behind,
  ): Promise<AccessProfile> {
    const hash = token === null ? null : hashToken(token).toString('hex');
    const snapshot = this.current();
    try {
      return this.findProfile(hash, named, now, behind);
    } catch (error) {
      // The consumer, or the grant, may have been made a moment ago on another node.
      await this.refreshForUnknown();
      if (this.current() === snapshot) throw error;
      return this.findProfile(hash, named, now, behind);
    }
  }

  principalOf(token: string | null): Principal {
    return this.identify(token === null ? null : hashToken(token).toString('hex')).principal;
  }

  private async load(): Promise<PolicySnapshot> {
    try {
      const loaded = await loadPolicySnapshot(this.options.pool, this.snapshot);
      if (loaded !== this.snapshot) this.profiles = new LRUCache({ max: profilesKept });
      this.snapshot = loaded;
      return loaded;
    } catch (cause) {
      throw new CitygraphError('POOL_UNAVAILABLE', 'The policy could not be read from the database', {}, { cause });
    }
  }

  /** A flood of bad tokens causes one load a second. */
  private async refreshForUnknown(): Promise<void> {
    const time = performance.now();
    if (time - this.askedForUnknownAt < (this.options.pauseOfUnknown ?? 1_000)) return;
    this.askedForUnknownAt = time;
    await this.refresh();
  }

  private findProfile(hash: string | null, named: readonly string[] | null, now: Date, behind: Behind): AccessProfile {
    const { principal, held } = this.identify(hash);
    const grants = [...selectGrants(held, named, now)].sort((a, b) => (a.code < b.code ? -1 : 1));
    for (const grant of grants) checkBehind(grant, behind);
    // No code holds a comma, no two principals of a kind share a name.
    const key = `${principal.kind} ${principal.name} ${grants.map((grant) => grant.code).join(',')}`;
    let profile = this.profiles.get(key);
    if (!profile) {
      profile = createAccessProfile({ principal, grants }, this.current().version, this.options.coordinates);
      this.profiles.set(key, profile);
    }
    return profile;
  }

  /**
   * The look-up goes by the hash of the whole token, so the time it takes says nothing about how much of a guess was right. A suspended
   * consumer takes the way of an unknown token.
   */
  private identify(hash: string | null): { principal: Principal; held: readonly Grant[] } {
    if (hash === null) return { principal: publicPrincipal, held: [] };
    const { consumers, officials } = this.current();
    const official = officials.get(hash);
    if (official) return { principal: official, held: [] };
    const consumer = consumers.get(hash);
    if (!consumer || consumer.suspended) {
      throw new CitygraphError('UNAUTHENTICATED', 'Expected a valid token in the header Authorization: Bearer TOKEN');
    }
    return { principal: consumer.principal, held: consumer.grants };
  }
}

function checkBehind(grant: Grant, behind: Behind): void {
  if (grant.requiresUser && !behind.user)
    throw new CitygraphError('GRANT_INVALID', missing('X-User', 'the person who asks'));
  if (grant.requiresCase && !behind.case)
    throw new CitygraphError('GRANT_INVALID', missing('X-Case', 'the case it is for'));
}

function missing(header: string, what: string): string {
  return `${header}: expected ${what}, which a grant of this request requires, got none`;
}
