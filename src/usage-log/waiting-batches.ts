/**
 * Who waits for the usage log, in the order in which they came, and what is to be written for them: in batches, whose records are put into
 * bytes as they come. Nobody waits for longer than it may, whether its batch is on its way or not; what has not been sent by then is not.
 *
 * It must not know how a batch is written.
 */
import type { CitygraphError } from '../errors.js';
import { RecordBatch } from './record-batch.js';
import type { UsageReceipt } from './tree/receipt.js';
import type { UsagePlan, UsageRecord } from './usage-record.js';

/** What one waits for. */
export interface Appended {
  /** False: it was decided under a policy or a grant that no longer holds. Release nothing, decide again. */
  readonly accepted: boolean;
  /** The version that holds. */
  readonly policyVersion: number;
  /** By which grants end. */
  readonly databaseTime: Date;
  /** Of an accepted record, where receipts are signed. */
  readonly receipt: UsageReceipt | null;
}

export interface Waiter {
  readonly id: string;
  /** In its batch. */
  readonly place: number;
  readonly plan: UsagePlan | undefined;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: CitygraphError) => void;
  /** By `performance.now()`. */
  readonly since: number;
  /** It has been told that it took too long. */
  gaveUp: boolean;
}

/** Records, and who waits for them, in their order. */
export interface Batch {
  readonly records: RecordBatch;
  readonly waiters: Waiter[];
}

export interface WaitingOptions {
  readonly batchSize: number;
  /** Milliseconds for which one waits. */
  readonly patience: number;
  /** What one is told then. */
  readonly tooLate: () => CitygraphError;
}

export class WaitingBatches {
  /** The last of them takes what comes. */
  private readonly queue: Batch[] = [];
  private inFlight: Batch | null = null;
  /** For all who wait: who came first runs out of time first. */
  private timer: NodeJS.Timeout | null = null;
  /** Bytes of a batch that is down, for the next. */
  private spare: RecordBatch | null = null;
  private waiting = 0;

  constructor(private readonly options: WaitingOptions) {}

  /** How many are in no batch that is on its way, but for those who gave up. */
  get size(): number {
    return this.waiting;
  }

  /** Of these the one who came first. */
  get oldest(): Waiter | undefined {
    return this.queue[0]?.waiters.find(stillWaits);
  }

  /** @throws where the record cannot be written; then nobody waits */
  add(record: UsageRecord, { plan, resolve, reject }: Pick<Waiter, 'plan' | 'resolve' | 'reject'>): void {
    const { records, waiters } = this.openBatch();
    const place = records.add(record);
    waiters.push({ id: record.id, place, plan, resolve, reject, since: performance.now(), gaveUp: false });
    this.waiting += 1;
    this.timer ??= setTimeout(this.expire, this.options.patience);
  }

  /** The batch that is on its way from now on, and the one before it no more; null where nobody waits. */
  next(): Batch | null {
    this.inFlight = null;
    for (let batch; (batch = this.queue.shift());) {
      const waiters = batch.waiters.filter(stillWaits);
      this.waiting -= waiters.length;
      if (waiters.length > 0) return (this.inFlight = { records: batch.records, waiters });
    }
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    return null;
  }

  /** Bytes of a batch that the database has answered; of one that failed they are not used again, for its connection may hold them still. */
  giveBack(records: RecordBatch): void {
    if (!records.isUsual) return;
    records.clear();
    this.spare = records;
  }

  private openBatch(): Batch {
    const last = this.queue.at(-1);
    if (last && last.waiters.length < this.options.batchSize) return last;
    const batch: Batch = { records: this.spare ?? new RecordBatch(), waiters: [] };
    this.spare = null;
    this.queue.push(batch);
    return batch;
  }

  /** Those who have waited for as long as they may are told so; the rest is looked after when the next of them has. */
  private readonly expire = (): void => {
    const { patience, tooLate } = this.options;
    const longest = performance.now() - patience;
    this.timer = null;
    for (const batch of this.inFlight ? [this.inFlight, ...this.queue] : this.queue) {
      for (const waiter of batch.waiters) {
        if (waiter.gaveUp) continue;
        if (waiter.since > longest) {
          this.timer = setTimeout(this.expire, waiter.since - longest);
          return;
        }
        waiter.gaveUp = true;
        if (batch !== this.inFlight) this.waiting -= 1;
        waiter.reject(tooLate());
      }
    }
  };
}

function stillWaits({ gaveUp }: Waiter): boolean {
  return !gaveUp;
}
