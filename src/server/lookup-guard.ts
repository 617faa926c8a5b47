/**
 * Notices who tries identifiers one after another, and closes look-ups to them for a while: too many distinct ones in a window, or too many
 * that were not found. All else that they ask goes on, and each closing is put down for the auditor.
 *
 * An answer tells a hit from a miss by its data alone: what is counted here changes the answers that follow, never the one it was counted of.
 * What is remembered of an identifier is 48 bits of its keyed digest, for the length of a window. Each node counts for itself.
 */
import { LRUCache } from 'lru-cache';
import type { TrafficSettings } from '../settings/limits.js';
import type { LookupWatch } from '../execution/run-plan.js';
import type { Principal } from '../policy/access.js';
import type { EnumerationEvent } from '../usage-log/enumeration-log.js';
import { networkOf } from './network-of.js';
import { allowanceOf, rateLimited } from './traffic.js';

export interface LookupGuard {
  /** What a run tells of the look-ups of one request. */
  watch(principal: Principal, address: string): LookupWatch;
}

export interface LookupGuardOptions {
  readonly settings: TrafficSettings;
  readonly note: (event: EnumerationEvent) => void;
  readonly now?: () => number;
}

interface Window {
  /** Milliseconds since 1970. */
  startedAt: number;
  closedUntil: number;
  /** By which limit it was closed. */
  closedBy: { readonly limit: 'lookups' | 'misses'; readonly maximum: number; readonly came: number } | null;
  readonly seen: Set<number>;
  readonly missed: Set<number>;
}

/** Identifiers of all windows together; who is forgotten did not look anything up for longest. */
const identifiersKept = 1_000_000;
/** What one window counts for at most, so that a wide one is not left out. */
const widestWindow = 50_000;

export function createLookupGuard({ settings, note, now = Date.now }: LookupGuardOptions): LookupGuard {
  // A window counts as one with all that it may hold, for it grows where it stands.
  const windows = new LRUCache<string, Window>({ maxSize: identifiersKept, max: 50_000 });
  const length = settings.lookupWindowSeconds * 1000;

  const open = (key: string, size: number): Window => {
    const time = now();
    const known = windows.get(key);
    if (known && (time < known.closedUntil || (known.closedBy === null && time < known.startedAt + length)))
      return known;
    const fresh = {
      startedAt: time,
      closedUntil: 0,
      closedBy: null,
      seen: new Set<number>(),
      missed: new Set<number>(),
    };
    windows.set(key, fresh, { size: Math.min(size, widestWindow) });
    return fresh;
  };

  return {
    watch(principal, address) {
      const allowance = allowanceOf(settings, principal);
      const isPublic = principal.kind === 'public';
      const key = isPublic ? `public ${networkOf(address)}` : `${principal.kind} ${principal.name}`;
      const window = (): Window => open(key, allowance.lookups + allowance.misses);

      const close = (it: Window, limit: 'lookups' | 'misses', came: number): void => {
        const time = now();
        const maximum = allowance[limit];
        const [lookups, misses] = [it.seen.size, it.missed.size];
        it.closedUntil = time + settings.lookupPauseSeconds * 1000;
        it.closedBy = { limit, maximum, came };
        it.seen.clear();
        it.missed.clear();
        note({
          occurredAt: new Date(time),
          principalKind: principal.kind,
          principal: principal.name,
          clientAddress: isPublic ? networkOf(address) : null,
          windowStart: new Date(it.startedAt),
          trippedBy: limit,
          ...{ lookups, misses, maximum },
          refusedUntil: new Date(it.closedUntil),
        });
      };

      return {
        before(digests) {
          const it = window();
          if (!it.closedBy) {
            for (const digest of digests) it.seen.add(markOf(digest));
            if (it.seen.size > allowance.lookups) close(it, 'lookups', it.seen.size);
          }
          if (!it.closedBy) return;
          const { limit, maximum, came } = it.closedBy;
          throw rateLimited(limit, maximum, came, Math.max(1, Math.ceil((it.closedUntil - now()) / 1000)));
        },
        after(missed) {
          const it = window();
          if (it.closedBy) return;
          for (const digest of missed) it.missed.add(markOf(digest));
          if (it.missed.size > allowance.misses) close(it, 'misses', it.missed.size);
        },
      };
    },
  };
}

function markOf(digest: Buffer): number {
  return digest.readUIntBE(0, 6);
}
