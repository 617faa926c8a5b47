/**
 * Counts what is refused before anyone is known (bad token, body too large, media type) and what is shed under load: numbers for each
 * minute and code, written every few seconds. A flood costs no disk, and no wait: counting touches memory alone.
 */
import type { Pool } from 'pg';

export interface RefusalCounterOptions {
  /** Of the role that logs. */
  readonly pool: Pool;
  readonly node: string;
  /** Milliseconds between two flushes. */
  readonly interval?: number;
  /** A flush failed; its counts are kept for the next. */
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => Date;
}

export interface RefusalCounter {
  /** @param code one of few: an error's code, never what a caller sent */
  count(code: string): void;
  /** Writes what has been counted. @throws what the database threw; nothing is lost then */
  flush(): Promise<void>;
  /** The last flush. @throws as `flush` */
  stop(): Promise<void>;
}

const MINUTE = 60_000;
/** While the database is away for longer, what comes is added to the last of these. */
const minutesKept = 60;

export function createRefusalCounter(options: RefusalCounterOptions): RefusalCounter {
  return new MinuteCounter(options);
}

class MinuteCounter implements RefusalCounter {
  /** minute -> code -> count; as many entries as there are codes, times the minutes since the last flush. */
  private minutes = new Map<number, Map<string, number>>();
  private flushing: Promise<unknown> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: RefusalCounterOptions) {
    this.timer = setInterval(
      () => void this.flush().catch((error: unknown) => options.onFailure(error)),
      options.interval ?? 5_000,
    );
    this.timer.unref();
  }

  count(code: string): void {
    const now = this.options.now?.() ?? new Date();
    this.add(Math.floor(now.getTime() / MINUTE) * MINUTE, code, 1);
  }

  /** One after another: counts of a flush under way that fails must be back before the next takes them. */
  flush(): Promise<void> {
    const flush = this.flushing.then(() => this.write());
    this.flushing = Promise.allSettled([flush]);
    return flush;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private add(minute: number, code: string, count: number): void {
    let codes = this.minutes.get(minute);
    if (!codes) {
      const newest = this.minutes.size >= minutesKept ? Math.max(...this.minutes.keys()) : minute;
      codes = this.minutes.get(newest) ?? new Map<string, number>();
      this.minutes.set(newest, codes);
    }
    codes.set(code, (codes.get(code) ?? 0) + count);
  }

  private async write(): Promise<void> {
    if (this.minutes.size === 0) return;
    const taken = this.minutes;
    this.minutes = new Map();
    const counts = [...taken].flatMap(([minute, codes]) =>
      [...codes].map(([code, count]) => ({ minute: new Date(minute), node: this.options.node, code, count })),
    );
    try {
      await this.options.pool.query('select citygraph.usage_count_refusals($1)', [JSON.stringify(counts)]);
    } catch (error) {
      for (const [minute, codes] of taken) for (const [code, count] of codes) this.add(minute, code, count);
      throw error;
    }
  }
}
