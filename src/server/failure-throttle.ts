/**
 * Bad credentials, counted for each network and each beginning of a token: beyond a few, the rest are turned away unexamined.
 *
 * Who holds a good token of this service is never turned away for what others sent from the same address or with the same beginning: a token
 * of 256 bits can't be guessed, and a lock-out would be a weapon. Memory is bounded: what was counted longest ago is forgotten first.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

export interface FailureThrottle {
  /** Whether one more bad credential of these would be turned away. */
  isOver(sender: FailureSender): boolean;
  note(sender: FailureSender): void;
  /** Seconds after which to try again. */
  readonly retryAfter: number;
}

export interface FailureSender {
  readonly network: string;
  /** The first characters of what was sent, which its owner may show to others; null where they are the same for everyone. */
  readonly prefix: string | null;
}

export interface FailureThrottleOptions {
  /** Failures at once; then as many in a minute. */
  readonly burst: number;
  /** Networks, and beginnings, that are remembered. */
  readonly remembered?: number;
  /** Milliseconds, of a clock that is not set back. */
  readonly now?: () => number;
}

const minute = 60_000;

export function createFailureThrottle({
  burst,
  remembered = 10_000,
  now = () => performance.now(),
}: FailureThrottleOptions): FailureThrottle {
  const counters = { network: createCounter(), prefix: createCounter() };
  function createCounter(): LRUCache<string, { level: number; at: number }> {
    return new LRUCache({ max: remembered });
  }
  /** A bucket that leaks `burst` a minute. */
  const levelOf = (counter: ReturnType<typeof createCounter>, key: string): number => {
    const known = counter.get(key);
    return known ? Math.max(0, known.level - ((now() - known.at) / minute) * burst) : 0;
  };
  const keysOf = ({ network, prefix }: FailureSender) => [
    [counters.network, network] as const,
    ...(prefix === null ? [] : [[counters.prefix, digest(prefix)] as const]),
  ];
  return {
    retryAfter: Math.ceil(minute / burst / 1000),
    isOver: (sender) => keysOf(sender).some(([counter, key]) => levelOf(counter, key) > burst - 1),
    note(sender) {
      for (const [counter, key] of keysOf(sender)) counter.set(key, { level: levelOf(counter, key) + 1, at: now() });
    },
  };
}

/** What was sent is not kept, not even in memory and in part. */
function digest(prefix: string): string {
  return createHash('sha256').update(prefix).digest('base64url').slice(0, 16);
}
