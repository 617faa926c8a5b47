/**
 * Puts down that somebody tried identifiers one after another: one row each time look-ups are closed to a principal. What waits for the
 * database is bounded: there is at most one of a principal in each pause.
 */
import type { Pool } from 'pg';

export interface EnumerationEvent {
  readonly occurredAt: Date;
  readonly principalKind: 'public' | 'consumer' | 'official';
  readonly principal: string;
  /** Of the public, who is known by nothing else. */
  readonly clientAddress: string | null;
  readonly windowStart: Date;
  readonly trippedBy: 'lookups' | 'misses';
  /** Distinct identifiers in the window, and those of them that were not found. */
  readonly lookups: number;
  readonly misses: number;
  readonly maximum: number;
  readonly refusedUntil: Date;
}

export interface EnumerationLogOptions {
  /** Of the role that logs. */
  readonly pool: Pool;
  readonly node: string;
  /** Milliseconds until a failed write is tried again. */
  readonly pause?: number;
  /** A write failed; what it held is kept for the next. */
  readonly onFailure: (error: unknown) => void;
}

export interface EnumerationLog {
  note(event: EnumerationEvent): void;
  /** @throws what the database threw; nothing is lost then */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const mostWaiting = 10_000;

export function createEnumerationLog(options: EnumerationLogOptions): EnumerationLog {
  let waiting: EnumerationEvent[] = [];
  let flushing: Promise<unknown> = Promise.resolve();
  const write = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const taken = waiting;
    waiting = [];
    try {
      await options.pool.query('select citygraph.usage_note_enumeration($1)', [
        JSON.stringify(taken.map((event) => ({ ...event, node: options.node }))),
      ]);
    } catch (error) {
      waiting = [...taken, ...waiting].slice(0, mostWaiting);
      throw error;
    }
  };
  const flush = (): Promise<void> => {
    const written = flushing.then(write);
    flushing = Promise.allSettled([written]);
    return written;
  };
  const timer = setInterval(() => void flush().catch(options.onFailure), options.pause ?? 5_000).unref();
  return {
    note(event) {
      if (waiting.length < mostWaiting) waiting.push(event);
      void flush().catch(options.onFailure);
    },
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
