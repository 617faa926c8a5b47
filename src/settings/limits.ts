/** Limits: of one request, and of a principal over time; docs/limits.md has each with its default. */
import { type Environment, readInteger } from './read-setting.js';

/** What one request may ask for; `docs/limits.md` has them all with their errors. */
export interface Limits {
  readonly bodyBytes: number;
  readonly tokens: number;
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly repeats: number;
  readonly directives: number;
  readonly introspectionDepth: number;
  readonly values: number;
  readonly listLength: number;
  readonly pageSize: number;
  readonly planNodes: number;
  readonly cost: number;
  /** Bad credentials a minute, of one network or with one beginning. */
  readonly failures: number;
}

/** What one principal may ask for over time, on one node; of the public, one address. */
export interface Allowance {
  /** Cost units that come back each second, and as many as there may be. */
  readonly rate: number;
  readonly burst: number;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Distinct identifiers looked up in a window, and those of them that were not found. */
  readonly lookups: number;
  readonly misses: number;
}

export interface TrafficSettings {
  /** Requests under way on this node, whoever makes them. */
  readonly inFlight: number;
  /** Exports of the usage log under way on this node. */
  readonly exports: number;
  /** Seconds for which the client of an export may leave what was sent unread. */
  readonly exportStallSeconds: number;
  readonly lookupWindowSeconds: number;
  readonly lookupPauseSeconds: number;
  readonly public: Allowance;
  readonly consumer: Allowance;
  readonly official: Allowance;
  /** The public as a whole, from however many addresses. */
  readonly publicTogether: Pick<Allowance, 'rate' | 'burst' | 'concurrency'>;
}

type Defaults = readonly [rate: number, burst: number, concurrency: number, lookups: number, misses: number];

export function readLimits(env: Environment): Limits {
  return Object.freeze({
    bodyBytes: readInteger(env, 'LIMIT_BODY_BYTES', 262_144, 1024, 16_777_216),
    tokens: readInteger(env, 'LIMIT_TOKENS', 4000, 100, 100_000),
    depth: readInteger(env, 'LIMIT_DEPTH', 16, 2, 100),
    fields: readInteger(env, 'LIMIT_FIELDS', 1000, 10, 100_000),
    aliases: readInteger(env, 'LIMIT_ALIASES', 100, 0, 100_000),
    repeats: readInteger(env, 'LIMIT_REPEATS', 20, 1, 100_000),
    directives: readInteger(env, 'LIMIT_DIRECTIVES', 50, 0, 100_000),
    introspectionDepth: readInteger(env, 'LIMIT_INTROSPECTION_DEPTH', 2, 0, 2),
    values: readInteger(env, 'LIMIT_VALUES', 5000, 10, 1_000_000),
    listLength: readInteger(env, 'LIMIT_LIST_LENGTH', 100, 1, 10_000),
    pageSize: readInteger(env, 'LIMIT_PAGE_SIZE', 100, 1, 1000),
    planNodes: readInteger(env, 'LIMIT_PLAN_NODES', 100, 1, 1000),
    cost: readInteger(env, 'LIMIT_COST', 20_000, 10, 1_000_000_000),
    failures: readInteger(env, 'LIMIT_FAILURES', 60, 1, 100_000),
  });
}

export function readTraffic(env: Environment): TrafficSettings {
  return Object.freeze({
    inFlight: readInteger(env, 'LIMIT_IN_FLIGHT', 1000, 1, 1_000_000),
    exports: readInteger(env, 'LIMIT_EXPORTS', 2, 1, 20),
    exportStallSeconds: readInteger(env, 'LIMIT_EXPORT_STALL_SECONDS', 60, 1, 3_600),
    lookupWindowSeconds: readInteger(env, 'LOOKUP_WINDOW_SECONDS', 600, 1, 86_400),
    lookupPauseSeconds: readInteger(env, 'LOOKUP_PAUSE_SECONDS', 600, 1, 86_400),
    public: readAllowance(env, 'PUBLIC', [5_000, 50_000, 10, 100, 30]),
    consumer: readAllowance(env, 'CONSUMER', [50_000, 500_000, 200, 2_000, 200]),
    official: readAllowance(env, 'OFFICIAL', [5_000, 50_000, 20, 100, 30]),
    publicTogether: readPace(env, 'PUBLIC_TOGETHER', [50_000, 500_000, 200]),
  });
}

function readAllowance(
  env: Environment,
  kind: string,
  [rate, burst, concurrency, lookups, misses]: Defaults,
): Allowance {
  return Object.freeze({
    ...readPace(env, kind, [rate, burst, concurrency]),
    lookups: readInteger(env, `LOOKUPS_${kind}`, lookups, 1, 1_000_000),
    misses: readInteger(env, `MISSES_${kind}`, misses, 1, 1_000_000),
  });
}

function readPace(
  env: Environment,
  kind: string,
  [rate, burst, concurrency]: readonly [number, number, number],
): TrafficSettings['publicTogether'] {
  return Object.freeze({
    rate: readInteger(env, `RATE_${kind}`, rate, 1, 1_000_000_000),
    burst: readInteger(env, `BURST_${kind}`, burst, 1, 1_000_000_000),
    concurrency: readInteger(env, `CONCURRENCY_${kind}`, concurrency, 1, 1_000_000),
  });
}
