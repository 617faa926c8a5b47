/**
 * The way into the usage log. What `append` has accepted is durable and was decided under the policy that holds: only then may a
 * response be released.
 *
 * Group commit: one batch in flight; the next is whatever has come in while it was and comes in the turns of the event loop right after, so
 * that under load a commit serves hundreds of records. What happens to a batch happens to each of its waiters: nothing is retried that may
 * have been written, and no error is kept here.
 *
 * It must not know what a record means, and decides nothing but 'written' or LOG_UNAVAILABLE.
 */
import { LRUCache } from 'lru-cache';
import type { Pool, PoolClient } from 'pg';
import { CitygraphError } from '../errors.js';
import { LogConnection } from './log-connection.js';
import { RecordBatch } from './record-batch.js';
import type { SignReceipts, UsageReceipt } from './tree/receipt.js';
import type { UsagePlan, UsageRecord } from './usage-record.js';
import { type Appended, type Batch, type Waiter, WaitingBatches } from './waiting-batches.js';
import { type WrittenBatch, writeBatch } from './write-batch.js';

export interface UsageLogOptions {
  /** Of the role that logs; one connection is used at a time. */
  readonly pool: Pool;
  readonly batchSize?: number;
  /** Records that may wait; more are refused at once. */
  readonly queueSize?: number;
  /** Milliseconds from `append` to LOG_UNAVAILABLE. */
  readonly deadline?: number;
  /** For callers that take a receipt of their record with them. */
  readonly signReceipts?: SignReceipts;
}

export interface UsageLog {
  /**
   * @param plan must be given where the record names one
   * @throws LOG_UNAVAILABLE: release nothing. The record may be in the log all the same: never append the same id again.
   */
  append(record: UsageRecord, plan?: UsagePlan): Promise<Appended>;
  /**
   * That a record could be written now: one has just been, or one is, and is rolled back.
   *
   * @param record to be written and taken back, where none has been written in the last moments
   * @throws LOG_UNAVAILABLE
   */
  probe(record: () => UsageRecord): Promise<void>;
  readonly figures: UsageLogFigures;
  /** Takes no more, and waits until what was taken is down or has failed. */
  stop(): Promise<void>;
}

/** Since the service was started. */
export interface UsageLogFigures {
  /** Records that wait for the next batch. */
  readonly waiting: number;
  readonly batches: number;
  /** Records in them, and in the last. */
  readonly records: number;
  readonly lastBatch: number;
  /** Batches, or halves of one, that the database did not take. */
  readonly failures: number;
}

export type { Appended } from './waiting-batches.js';

/** Milliseconds: what was written so lately shows that it can be, and what waits for longer that it can't. */
const freshness = 2_000;
const plansRemembered = 50_000;

/** A batch costs node and database as much as twenty records: while more come it waits, for so many turns of the event loop and so many milliseconds. */
const gatherTurns = 8;
const gatherMs = 2;

export function createUsageLog(options: UsageLogOptions): UsageLog {
  return new GroupCommitLog(options);
}

class GroupCommitLog implements UsageLog {
  private readonly waiting: WaitingBatches;
  private readonly connection: LogConnection;
  private readonly knownPlans = new LRUCache<string, true>({ max: plansRemembered });
  private readonly queueSize: number;
  private writing: Promise<void> | null = null;
  private stopped = false;
  private writtenAt = -Infinity;
  private readonly counts = { batches: 0, records: 0, lastBatch: 0, failures: 0 };

  constructor(private readonly options: UsageLogOptions) {
    this.queueSize = options.queueSize ?? 10_000;
    const deadline = options.deadline ?? 5_000;
    this.connection = new LogConnection({
      ...{ pool: options.pool, deadline },
      silent: () => unavailable(`the database did not answer within ${deadline} ms`),
    });
    this.waiting = new WaitingBatches({
      batchSize: options.batchSize ?? 500,
      patience: deadline,
      tooLate: () => unavailable(`it took longer than ${deadline} ms`),
    });
  }

  append(record: UsageRecord, plan?: UsagePlan): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.stopped) throw unavailable('it has been closed');
      if (this.waiting.size >= this.queueSize) throw unavailable('too many records wait for it');
      if (record.planId !== (plan?.hash ?? null))
        throw new CitygraphError('INTERNAL', 'a usage record names a plan that was not given with it');
      // Put into bytes here, so that a record that cannot be fails alone.
      this.waiting.add(record, { plan, resolve, reject });
      this.writing ??= this.writeAll();
    });
  }

  get figures(): UsageLogFigures {
    return { waiting: this.waiting.size, ...this.counts };
  }

  async probe(record: () => UsageRecord): Promise<void> {
    if (this.stopped) throw unavailable('it has been closed');
    const now = performance.now();
    const { oldest } = this.waiting;
    if (oldest && now - oldest.since > freshness) throw unavailable('records wait for too long');
    if (now - this.writtenAt < freshness) return;
    let client: PoolClient | undefined;
    let done = false;
    try {
      client = await this.options.pool.connect();
      await client.query(`begin; set local statement_timeout = ${freshness}`);
      const records = new RecordBatch();
      await writeBatch(client, records, [records.add(record())], []);
      // INVARIANT: what was written to see whether it can be is not in the log; a connection that fails before this takes it with it.
      await client.query('rollback');
      done = true;
    } catch (cause) {
      throw unavailable('the database did not take it', cause);
    } finally {
      client?.release(!done);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    for (;;) {
      await this.gather();
      const batch = this.waiting.next();
      if (!batch) break;
      await this.writeWhole(batch);
      this.connection.rest(this.waiting.size > 0);
    }
    this.writing = null;
  }

  /** As long as each turn of the event loop brings another record: a loop with nothing to do turns at once, and a record alone waits for nobody. */
  private async gather(): Promise<void> {
    const until = performance.now() + gatherMs;
    for (let turns = 0; turns < gatherTurns; turns += 1) {
      const { size } = this.waiting;
      if (size === 0) return;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.waiting.size === size || performance.now() >= until) return;
    }
  }

  private async writeWhole({ records, waiters }: Batch): Promise<void> {
    try {
      await this.connection.use((client) => this.write(client, records, waiters));
      this.waiting.giveBack(records);
    } catch (cause) {
      this.knownPlans.clear();
      this.counts.failures += 1;
      rejectAll(waiters, unavailable('the database did not take it', cause));
    }
  }

  /**
   * A record that PostgreSQL refuses for what is in it takes its batch down with it: the transaction is rolled back, so its halves can be
   * written again without doubt, until the one is alone.
   */
  private async write(client: PoolClient, records: RecordBatch, waiters: readonly Waiter[]): Promise<void> {
    const plans = this.unknownPlans(waiters);
    const places = placesOf(waiters);
    try {
      const writing = writeBatch(client, records, places, plans);
      // Signed while PostgreSQL writes; handed out only with what it says.
      const [written, receipts] = await Promise.all([writing, this.sign(records, places)]);
      for (const { hash } of plans) this.knownPlans.set(hash, true);
      this.writtenAt = performance.now();
      this.counts.batches += 1;
      this.counts.records += waiters.length;
      this.counts.lastBatch = waiters.length;
      resolveAll(waiters, written, receipts);
    } catch (cause) {
      if (!isDataError(cause)) throw cause;
      this.counts.failures += 1;
      if (waiters.length === 1) return rejectAll(waiters, unavailable('the database refused this record', cause));
      const half = Math.ceil(waiters.length / 2);
      await this.write(client, records, waiters.slice(0, half));
      await this.write(client, records, waiters.slice(half));
    }
  }

  private unknownPlans(waiters: readonly Waiter[]): UsagePlan[] {
    const plans = new Map<string, UsagePlan>();
    for (const { plan } of waiters) if (plan && !this.knownPlans.has(plan.hash)) plans.set(plan.hash, plan);
    return [...plans.values()];
  }

  private async sign(records: RecordBatch, places: readonly number[]): Promise<UsageReceipt[] | undefined> {
    const { signReceipts } = this.options;
    if (!signReceipts) return undefined;
    const commitments: string[] = [];
    for (const place of places) commitments.push(records.commitment(place));
    return signReceipts(commitments);
  }
}

function placesOf(waiters: readonly Waiter[]): number[] {
  const places: number[] = [];
  for (const { place } of waiters) places.push(place);
  return places;
}

function resolveAll(
  waiters: readonly Waiter[],
  { policyVersion, databaseTime, superseded }: WrittenBatch,
  receipts: readonly UsageReceipt[] | undefined,
): void {
  for (let at = 0; at < waiters.length; at += 1) {
    const { id, resolve } = waiters[at]!;
    const accepted = !superseded.has(id);
    resolve({ accepted, policyVersion, databaseTime, receipt: (accepted && receipts?.[at]) || null });
  }
}

function rejectAll(waiters: readonly Waiter[], error: CitygraphError): void {
  for (const { reject } of waiters) reject(error);
}

/** SQLSTATE 22 data exception, 23 integrity constraint violation, 54 program limit exceeded: said by the server, of the record. */
function isDataError(error: unknown): boolean {
  const state = (error as { code?: unknown }).code;
  return typeof state === 'string' && state.length === 5 && /^(22|23|54)/.test(state);
}

function unavailable(why: string, cause?: unknown): CitygraphError {
  return new CitygraphError(
    'LOG_UNAVAILABLE',
    `The usage log could not be written, so nothing is released: ${why}`,
    {},
    { cause },
  );
}
