/**
 * The service's own log, for its operators, one JSON object a line: never a value of the pool, an identifier, a name or a token.
 *
 * INVARIANT: this holds by construction and not by care. Only fields of the list below are written, whatever a caller of the log hands over;
 * an error's words are written only where they were written for the reader (`errors.ts`), of others their kind, code and place; and what
 * looks like an identifier is struck out of what is left. The same line over and over is written a few times and then counted.
 */
import { type DestinationStream, type LogFn, type Logger, pino } from 'pino';
import type { Config } from '../config.js';
import { CitygraphError } from '../errors.js';
import { redactIdentifiers } from '../model/redact-identifiers.js';

export type ServiceLog = Logger;

/** What may be logged: hashes, codes, counts, times, and names of our own parts. */
const loggedFields: ReadonlySet<string> = new Set([
  ...['err', 'code', 'reason', 'what', 'event', 'report'],
  ...['recordId', 'planHash', 'documentHash', 'outcome', 'status', 'milliseconds', 'bytes', 'principalKind'],
  ...['pool', 'witness', 'count', 'signal', 'address', 'line'],
]);

const linesKept = 20;
const windowMs = 10_000;

/** @param destination standard output where it is left out */
export function createServiceLog(level: Config['logLevel'], node: string, destination?: DestinationStream): ServiceLog {
  const settings = {
    level,
    base: { node },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    formatters: { log: keepListed, level: (label: string) => ({ level: label }) },
    hooks: { logMethod: createThrottle() },
  };
  return destination ? pino(settings, destination) : pino(settings);
}

function keepListed(given: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]: [string, unknown]) => {
      if (!loggedFields.has(name)) return [];
      if (name === 'err') return [[name, value]];
      if (typeof value === 'string') return [[name, clean(value)]];
      return typeof value === 'number' || typeof value === 'boolean' || value === null ? [[name, value]] : [];
    }),
  );
}

/** A record's id holds digits that may look like a number of a person's; it is none. */
const recordId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$|^[0-9a-f]{64}$/;

function clean(text: string): string {
  return recordId.test(text) ? text : redactIdentifiers(text).slice(0, 500);
}

interface LoggedError {
  readonly type: string;
  readonly code: string | undefined;
  readonly message?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

function describeError(error: unknown, depth = 0): LoggedError | undefined {
  if (!(error instanceof Error)) return error === undefined ? undefined : { type: typeof error, code: undefined };
  const { code } = error as { code?: unknown };
  const own = error instanceof CitygraphError;
  const cause = depth < 3 && error.cause !== undefined ? describeError(error.cause, depth + 1) : undefined;
  return {
    type: error.name,
    code: typeof code === 'string' && /^[A-Za-z0-9_]{1,64}$/.test(code) ? code : undefined,
    // PostgreSQL, the parser of JSON and others repeat values in their words. Code and place are enough to find it.
    ...(own ? { message: clean(error.message) } : { stack: placeOf(error) }),
    ...(cause && { cause }),
  };
}

/** Where, without what: the lines of a stack that name a place in a file. */
function placeOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at [^\n]*:\d+:\d+\)?$/.test(line))
    .slice(0, 6)
    .map((line) => line.trim())
    .join('\n');
}

/** A database that is away makes every request say so: the first say what there is to say. */
function createThrottle(): (this: Logger, args: readonly unknown[], method: LogFn) => void {
  const seen = new Map<string, { since: number; count: number }>();
  return function (args, method) {
    const at = typeof args[0] === 'string' ? 0 : 1;
    const message = typeof args[at] === 'string' ? args[at] : '';
    const fields = at === 1 ? (args[0] as { err?: { code?: unknown } } | null) : null;
    const key = typeof fields?.err?.code === 'string' ? fields.err.code : message;
    const now = performance.now();
    let line = seen.get(key);
    if (!line || now - line.since > windowMs) {
      const left = line ? line.count - linesKept : 0;
      if (seen.size > 1_000) seen.clear();
      seen.set(key, (line = { since: now, count: 0 }));
      if (left > 0) Reflect.apply(method, this, [{ count: left }, `and as many more of: ${clean(message)}`]);
    }
    line.count += 1;
    // What was asked for line by line is written line by line.
    if (line.count > linesKept && this.level !== 'debug') return;
    Reflect.apply(method, this, at === 1 ? [args[0], clean(message)] : [clean(message)]);
  };
}
