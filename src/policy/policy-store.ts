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
import { type Credential, findGateway, findHolder, type TokenCredential } from './credential.js';
import { closesLibrary, requireNotSwitchedOff } from './emergency-switches.js';
import { applyRegradings } from './effective-classification.js';
import { type KnownGateway, type PolicySnapshot, loadPolicySnapshot } from './policy-snapshot.js';
import { selectGrants } from './select-grants.js';

export interface PolicyStoreOptions {
  /** Must see commits at once: the primary, not a replica. */
  readonly pool: Pool;
  /** As declared. */
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
  /** As the policy that is held has classified them. */
  coordinates(): ReadonlyMap<string, CoordinateEntry>;
  /**
   * @param token of this service; null: the public
   * @param address of the caller; null where it is not known, which no list of addresses includes
   */
  authenticate(
    token: string | null,
    named: readonly string[] | null,
    now: Date,
    behind: Behind,
    address?: string | null,
  ): Promise<AccessProfile>;
  /**
   * At once, but where the policy held does not know of it.
   *
   * @param named codes of X-Grant; null where it was not sent
   * @param now by which credentials and grants hold; after the log superseded a record, the database's time that it gave back
   * @throws UNAUTHENTICATED, for an unknown token and for a suspended consumer alike; GATEWAY_REFUSED; GRANT_INVALID; SWITCHED_OFF
   */
  openAccess(
    credential: Credential,
    named: readonly string[] | null,
    now: Date,
    behind: Behind,
  ): AccessProfile | Promise<AccessProfile>;
  /** Who holds the credential, whatever became of its grants. @throws UNAUTHENTICATED, GATEWAY_REFUSED */
  principalOf(credential: Credential, now: Date): Principal;
  /** The gateway whose token it is; null where it is nobody's or another's. */
  findGateway(credential: TokenCredential, now: Date): KnownGateway | null;
}

const profilesKept = 10_000;

export async function createPolicyStore(options: PolicyStoreOptions): Promise<PolicyStore> {
  const store = new LoadedPolicyStore(options);
  await store.refresh();
  return store;
}

class LoadedPolicyStore implements PolicyStore {
  private snapshot: PolicySnapshot | null = null;
  private effective: ReadonlyMap<string, CoordinateEntry>;
  private profiles = new LRUCache<string, AccessProfile>({ max: profilesKept });
  /** The last of each principal: most ask with the same grants again. */
  private lastProfiles = new WeakMap<Principal, Remembered>();
  private loading: Promise<unknown> = Promise.resolve();
  private waiting: Promise<PolicySnapshot> | null = null;
  private askedForUnknownAt = -Infinity;

  constructor(private readonly options: PolicyStoreOptions) {
    this.effective = options.coordinates;
  }

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

  coordinates(): ReadonlyMap<string, CoordinateEntry> {
    return this.effective;
  }

  authenticate(
    token: string | null,
    named: readonly string[] | null,
    now: Date,
    behind: Behind,
    address: string | null = null,
  ): Promise<AccessProfile> {
    const credential: Credential = token === null ? { kind: 'public' } : { kind: 'token', token, address };
    return Promise.resolve(this.openAccess(credential, named, now, behind));
  }

  openAccess(
    credential: Credential,
    named: readonly string[] | null,
    now: Date,
    behind: Behind,
  ): AccessProfile | Promise<AccessProfile> {
    const snapshot = this.current();
    const find = (): AccessProfile => this.findProfile(credential, named, now, behind);
    try {
      return find();
    } catch (error) {
      return this.findAfterRefresh(snapshot, find, error);
    }
  }

  /** The consumer, or the grant, may have been made a moment ago on another node. */
  private async findAfterRefresh(
    before: PolicySnapshot,
    find: () => AccessProfile,
    error: unknown,
  ): Promise<AccessProfile> {
    await this.refreshForUnknown();
    if (this.current() === before) throw error;
    return find();
  }

  principalOf(credential: Credential, now: Date): Principal {
    return findHolder(this.current(), credential, now).principal;
  }

  findGateway(credential: TokenCredential, now: Date): KnownGateway | null {
    return findGateway(this.current(), credential, now);
  }

  private async load(): Promise<PolicySnapshot> {
    try {
      const loaded = await loadPolicySnapshot(this.options.pool, this.snapshot);
      if (loaded !== this.snapshot) {
        this.profiles = new LRUCache({ max: profilesKept });
        this.lastProfiles = new WeakMap();
        this.effective = applyRegradings(this.options.coordinates, loaded.regradings);
      }
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

  /** INVARIANT: nothing is awaited here, so that credential, grants and classification are of one version of the policy. */
  private findProfile(
    credential: Credential,
    named: readonly string[] | null,
    now: Date,
    behind: Behind,
  ): AccessProfile {
    const { principal, held, until } = findHolder(this.current(), credential, now);
    const selected = selectGrants(held, named, now);
    const grants = selected.length > 1 ? [...selected].sort((a, b) => (a.code < b.code ? -1 : 1)) : selected;
    const { switches } = this.current();
    requireNotSwitchedOff(switches, principal, grants);
    for (const grant of grants) checkBehind(grant, behind);
    const last = this.lastProfiles.get(principal);
    if (last && last.until?.getTime() === until?.getTime() && isSameList(last.grants, grants)) return last.profile;
    const profile = this.profileOf(principal, grants, until);
    this.lastProfiles.set(principal, { grants, until, profile });
    return profile;
  }

  private profileOf(principal: Principal, grants: readonly Grant[], until: Date | null): AccessProfile {
    const key = keyOf(principal, grants, until);
    let profile = this.profiles.get(key);
    if (!profile) {
      const { version, switches } = this.current();
      const isOff = closesLibrary(switches, this.effective);
      profile = createAccessProfile({ principal, grants }, version, this.effective, until, isOff);
      this.profiles.set(key, profile);
    }
    return profile;
  }
}

interface Remembered {
  readonly grants: readonly Grant[];
  readonly until: Date | null;
  readonly profile: AccessProfile;
}

function isSameList(one: readonly Grant[], other: readonly Grant[]): boolean {
  return one.length === other.length && one.every((grant, at) => grant === other[at]);
}

/** INVARIANT: all that a profile is made of, here and where the last one is compared. An issuer may say another role of the same name with every token. */
function keyOf(principal: Principal, grants: readonly Grant[], until: Date | null): string {
  return JSON.stringify([principal, grants.map((grant) => grant.code), until]);
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
