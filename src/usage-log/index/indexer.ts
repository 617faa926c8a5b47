/**
 * Keeps the index of the usage log: what is in the tree goes into it about a second later, on one node at a time, never in a request and
 * never in the transaction that writes a record.
 *
 * `usage_index_next` does the work and moves the mark of how far it has come in the same transaction, so this may stop anywhere and begin
 * anew. It must not know what is indexed; readers add what is not indexed yet (`read-usage.ts`).
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';

export interface IndexerOptions {
  /** Of the role that indexes. */
  readonly pool: Pool;
  /** It is tried again after the interval. */
  readonly onFailure: (error: unknown) => void;
  /** Milliseconds between looks when all is indexed. */
  readonly interval?: number;
  /** Records in one transaction. */
  readonly batchSize?: number;
}

export interface Indexer {
  /** Waits for the batch under way. */
  stop(): Promise<void>;
}

const defaultBatch = 2_000;

export function startIndexer({ pool, onFailure, interval = 1_000, batchSize = defaultBatch }: IndexerOptions): Indexer {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      let taken = 0;
      try {
        taken = await indexNext(pool, batchSize);
      } catch (error) {
        onFailure(error);
      }
      if (taken < batchSize) await pause(interval, stopping.signal);
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** @returns how many leaves were taken into the index; none where another session is at it */
export async function indexNext(pool: Pool, batchSize = defaultBatch): Promise<number> {
  const { rows } = await pool.query<{ taken: number }>('select citygraph.usage_index_next($1) as taken', [batchSize]);
  return rows[0]!.taken;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
