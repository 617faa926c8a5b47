/**
 * Records against leaves. Both come in nearly the same order, by time and by place in the tree, so each waits for the other only for as long
 * as requests overtake one another; what waits in the end was removed, or put in.
 */
import { commitRecord } from '../canonical-record.js';
import { readColumns } from '../record-columns.js';
import type { TextRow } from './copy-rows.js';
import type { Findings } from './finding.js';
import { leafHashOf } from './leaf.js';

interface WaitingLeaf {
  readonly leafIndex: number;
  readonly commitment: string;
}

interface WaitingRecord {
  readonly commitment: string;
}

export class RecordMatcher {
  private readonly leaves = new Map<string, WaitingLeaf>();
  private readonly records = new Map<string, WaitingRecord>();
  /** Records read. */
  count = 0;

  /** @param plans by hash, whether their text has that hash */
  constructor(
    private readonly findings: Findings,
    private readonly plans: ReadonlyMap<string, boolean>,
  ) {}

  leaf(recordId: string, leafIndex: number, commitment: string): void {
    const record = this.records.get(recordId);
    if (!record) return void this.leaves.set(recordId, { leafIndex, commitment });
    this.records.delete(recordId);
    this.compare(recordId, leafIndex, commitment, record.commitment);
  }

  record(row: TextRow): void {
    this.count += 1;
    const { columns, salt } = readColumns(row);
    const commitment = commitRecord(columns, salt).toString('hex');
    const leaf = this.leaves.get(columns.id);
    const planId = columns.plan_id;
    if (planId !== null && this.plans.get(planId) !== true) {
      const what = this.plans.has(planId) ? 'is not what its hash was made of' : 'is not there';
      this.findings.add({
        kind: 'plan-altered',
        leafIndex: leaf?.leafIndex ?? null,
        recordId: columns.id,
        what: `the plan description that the record names ${what}`,
      });
    }
    if (leaf) {
      this.leaves.delete(columns.id);
      this.compare(columns.id, leaf.leafIndex, leaf.commitment, commitment);
    } else if (this.records.has(columns.id)) this.inserted(columns.id);
    else this.records.set(columns.id, { commitment });
  }

  /**
   * @param queue records that wait for their leaf, with their commitments where they have one
   * @returns how many records wait
   */
  finish(queue: ReadonlyMap<string, string | null>): number {
    for (const [recordId, { leafIndex }] of this.leaves)
      this.findings.add({
        kind: 'record-removed',
        leafIndex,
        recordId,
        what: 'its leaf is in the tree, the record is gone',
      });
    let waiting = 0;
    for (const [recordId, { commitment }] of this.records) {
      const queued = queue.get(recordId);
      if (queued === undefined) this.inserted(recordId);
      else if (queued !== null && queued !== commitment) this.altered(recordId, null);
      else waiting += 1;
    }
    for (const recordId of queue.keys()) {
      if (!this.records.has(recordId))
        this.findings.add({
          kind: 'record-removed',
          leafIndex: null,
          recordId,
          what: 'it waits for its leaf, the record is gone',
        });
    }
    return waiting;
  }

  /** A record without a leaf whose leaf would have this hash. */
  findByLeafHash(hash: Buffer): string | null {
    for (const [recordId, { commitment }] of this.records)
      if (leafHashOf(Buffer.from(commitment, 'hex')).equals(hash)) return recordId;
    return null;
  }

  private compare(recordId: string, leafIndex: number, ofLeaf: string, ofRecord: string): void {
    if (ofLeaf !== ofRecord) this.altered(recordId, leafIndex);
  }

  private altered(recordId: string, leafIndex: number | null): void {
    this.findings.add({
      kind: 'record-altered',
      leafIndex,
      recordId,
      what: 'the record is not the one that was committed to',
    });
  }

  private inserted(recordId: string): void {
    this.findings.add({
      kind: 'record-inserted',
      leafIndex: null,
      recordId,
      what: 'it has no leaf in the tree and waits for none',
    });
  }
}
