/**
 * The connection over which batches of the usage log go, one after another: kept while they follow one another, so that the next is on its
 * way before anybody is told of the last, and given back to the pool when none follows or somebody else waits for one.
 *
 * INVARIANT: between two batches it is never left idle for a turn of the event loop: an error of an idle connection would have no one to be
 * told to but the pool.
 */
import type { Pool, PoolClient } from 'pg';
import type { CitygraphError } from '../errors.js';

export interface LogConnectionOptions {
  readonly pool: Pool;
  /** Milliseconds for one piece of work: a connection that has fallen silent must not hold those who come after. */
  readonly deadline: number;
  /** What is thrown then. */
  readonly silent: () => CitygraphError;
}

export class LogConnection {
  private held: PoolClient | null = null;

  constructor(private readonly options: LogConnectionOptions) {}

  /** Where the connection is held, the work has begun when this returns. One at a time. */
  async use<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const { deadline, silent } = this.options;
    let expired: CitygraphError | undefined;
    let timer: NodeJS.Timeout | undefined;
    const run = async (): Promise<Result> => {
      const client = this.held ?? (await this.options.pool.connect());
      if (expired) {
        client.release();
        throw expired;
      }
      this.held = client;
      try {
        return await work(client);
      } catch (error) {
        // A connection on which something failed is not used again.
        if (this.held === client) this.giveBack(true);
        throw error;
      }
    };
    const expiry = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        expired = silent();
        this.giveBack(expired);
        reject(expired);
      }, deadline);
    });
    try {
      return await Promise.race([run(), expiry]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param next whether more work follows at once */
  rest(next: boolean): void {
    if (!next || this.options.pool.waitingCount > 0) this.giveBack();
  }

  private giveBack(fault?: Error | true): void {
    this.held?.release(fault);
    this.held = null;
  }
}
