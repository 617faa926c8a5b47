/**
 * The connection over which batches of the usage log go: kept while they follow one another, and given back to the pool when none follows or
 * somebody else waits for one. What befalls it between two batches is not the next one's: that goes over another.
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

  /** One at a time. */
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
      if (!this.held) this.hold(client);
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

  private hold(client: PoolClient): void {
    this.held = client;
    client.once('error', this.lose);
  }

  private readonly lose = (error: Error): void => this.giveBack(error);

  private giveBack(fault?: Error | true): void {
    this.held?.removeListener('error', this.lose);
    this.held?.release(fault);
    this.held = null;
  }
}
