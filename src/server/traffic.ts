/**
 * How much one principal may ask of this node over time: a bucket of cost units that refills, and a number of requests under way.
 *
 * A request takes one unit to be looked at, and the rest of its cost before it is run. Consumers and officials are known by name, the public
 * by address (a network of 64 bits in IPv6) and all together. Each node counts for itself: what is remembered is bounded, in memory alone,
 * and N nodes let N times as much through. It must not know what is asked, only what it costs.
 */
import { LRUCache } from 'lru-cache';
import type { Allowance, TrafficSettings } from '../settings/limits.js';
import { CitygraphError } from '../errors.js';
import { networkOf } from './network-of.js';
import type { Asker } from './asker.js';

export interface Ticket {
  /** Why the request is not looked at any further; the principal is known, so this is on record. */
  readonly refusal: CitygraphError | null;
  /** Takes what is not taken yet of the cost. @throws RATE_LIMITED */
  charge(cost: number): void;
  /** The request is done. */
  release(): void;
}

export interface Traffic {
  /** @throws RATE_LIMITED for the public: load that is shed, to be counted and not recorded */
  admit(principal: Asker, address: string): Ticket;
}

type Pace = TrafficSettings['publicTogether'];

interface Account {
  pace: Pace;
  units: number;
  /** When they were counted, in milliseconds. */
  at: number;
  underWay: number;
}

/** Who is forgotten was not here for longest, and begins anew. */
const accountsKept = 50_000;

export function createTraffic(settings: TrafficSettings, now: () => number = () => performance.now()): Traffic {
  const accounts = new LRUCache<string, Account>({ max: accountsKept });
  const together = openAccount(settings.publicTogether, now());
  const accountOf = (key: string, pace: Pace): Account => {
    let account = accounts.get(key);
    if (!account) accounts.set(key, (account = openAccount(pace, now())));
    account.pace = pace;
    return account;
  };
  return {
    admit(principal, address) {
      if (principal.kind !== 'public') {
        const account = accountOf(`${principal.kind} ${principal.name}`, allowanceOf(settings, principal));
        return admitTo([account], now);
      }
      const ticket = admitTo([accountOf(`public ${networkOf(address)}`, settings.public), together], now);
      if (ticket.refusal) throw ticket.refusal;
      return ticket;
    },
  };
}

/** The defaults of its kind, and what the operator has set for this consumer. */
export function allowanceOf(settings: TrafficSettings, principal: Asker): Allowance {
  // A gateway is known by itself only where what it forwards is refused.
  const defaults = settings[principal.kind === 'gateway' ? 'consumer' : principal.kind];
  const own = principal.kind === 'consumer' ? principal.limits : undefined;
  if (!own) return defaults;
  return {
    rate: own.rate ?? defaults.rate,
    burst: own.burst ?? defaults.burst,
    concurrency: own.concurrency ?? defaults.concurrency,
    lookups: own.lookups ?? defaults.lookups,
    misses: own.misses ?? defaults.misses,
  };
}

function openAccount(pace: Pace, at: number): Account {
  return { pace, units: pace.burst, at, underWay: 0 };
}

function admitTo(accounts: readonly Account[], now: () => number): Ticket {
  const refusal = findFullAccount(accounts) ?? takeUnits(accounts, 1, 1, now());
  if (refusal) return { refusal, charge: () => undefined, release: () => undefined };
  for (const account of accounts) account.underWay += 1;
  let taken = 1;
  return {
    refusal: null,
    charge(cost) {
      if (cost <= taken) return;
      const refused = takeUnits(accounts, cost - taken, cost, now());
      if (refused) throw refused;
      taken = cost;
    },
    release() {
      for (const account of accounts) account.underWay -= 1;
    },
  };
}

function findFullAccount(accounts: readonly Account[]): CitygraphError | null {
  for (const { underWay, pace } of accounts) {
    if (underWay >= pace.concurrency) return rateLimited('concurrency', pace.concurrency, underWay + 1, 1);
  }
  return null;
}

/**
 * From all of them, or from none.
 *
 * @param cost of the request in all, of which the units are what is not taken yet
 */
function takeUnits(accounts: readonly Account[], units: number, cost: number, time: number): CitygraphError | null {
  for (const account of accounts) {
    const { rate, burst } = account.pace;
    account.units = Math.min(burst, account.units + ((time - account.at) * rate) / 1000);
    account.at = time;
    if (account.units >= units) continue;
    // What is more than the whole bucket is refused for good: to wait would not help.
    if (cost > burst) return rateLimited('burst', burst, cost, null);
    return rateLimited('rate', rate, cost, Math.ceil((units - account.units) / rate));
  }
  for (const account of accounts) account.units -= units;
  return null;
}

const words: Readonly<Record<string, string>> = {
  rate: 'cost units a second',
  burst: 'cost units at once',
  concurrency: 'requests under way',
  lookups: 'distinct identifiers looked up in a window',
  misses: 'identifiers looked up in a window and not found',
};

/** @param seconds after which it may be tried again; null where that would not help */
export function rateLimited(limit: string, maximum: number, came: number, seconds: number | null): CitygraphError {
  const again = seconds === null ? 'ask for less at once' : `try again in ${seconds} s`;
  return new CitygraphError('RATE_LIMITED', `expected at most ${maximum} ${words[limit]}, got ${came}; ${again}`, {
    limit,
    maximum,
    came,
    ...(seconds !== null && { retryAfter: seconds }),
  });
}
