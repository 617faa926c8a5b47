/**
 * Records against leaves. Both come in nearly the same order, by time and by place in the tree, so each waits for the other only for as long
 * as requests overtake one another; what waits in the end was removed, or put in.
 */
import { type RecordKey, recordIdOf } from './commit-row.js';
import type { Findings } from './finding.js';
import { leafHashOf } from './leaf.js';

/** The 32 bytes of a commitment or of a hash as so many characters: a string is cheaper to make, to keep and to compare than a buffer. */
export type HashCharacters = string;

interface WaitingLeaf {
  readonly leafIndex: number;
  readonly commitment: HashCharacters;
}

export class RecordMatcher {
  private readonly leaves = new Map<RecordKey, WaitingLeaf>();
  private readonly records = new Map<RecordKey, HashCharacters>();
  /** Records read. */
  count = 0;

  /** @param plans by hash, whether their text has that hash */
  constructor(
    private readonly findings: Findings,
    private readonly plans: ReadonlyMap<HashCharacters, boolean>,
  ) {}

  leaf(key: RecordKey, leafIndex: number, commitment: HashCharacters): void {
    const record = this.records.get(key);
    if (record === undefined) return void this.leaves.set(key, { leafIndex, commitment });
    this.records.delete(key);
    this.compare(key, leafIndex, commitment, record);
  }

  /** @param commitment made of the record as it is @param planId null: the record names none */
  record(key: RecordKey, commitment: HashCharacters, planId: HashCharacters | null): void {
    this.count += 1;
    const leaf = this.leaves.get(key);
    if (planId !== null && this.plans.get(planId) !== true) {
      const what = this.plans.has(planId) ? 'is not what its hash was made of' : 'is not there';
      this.findings.add({
        kind: 'plan-altered',
        leafIndex: leaf?.leafIndex ?? null,
        recordId: recordIdOf(key),
        what: `the plan description that the record names ${what}`,
      });
    }
    if (leaf) {
      this.leaves.delete(key);
      this.compare(key, leaf.leafIndex, leaf.commitment, commitment);
    } else if (this.records.has(key)) this.inserted(key);
    else this.records.set(key, commitment);
  }

  /**
   * @param queue records that wait for their leaf, with their commitments where they have one
   * @returns how many records wait
   */
  finish(queue: ReadonlyMap<RecordKey, HashCharacters | null>): number {
    for (const [key, { leafIndex }] of this.leaves)
      this.findings.add({
        kind: 'record-removed',
        leafIndex,
        recordId: recordIdOf(key),
        what: 'its leaf is in the tree, the record is gone',
      });
    let waiting = 0;
    for (const [key, commitment] of this.records) {
      const queued = queue.get(key);
      if (queued === undefined) this.inserted(key);
      else if (queued !== null && queued !== commitment) this.altered(key, null);
      else waiting += 1;
    }
    for (const key of queue.keys()) {
      if (!this.records.has(key))
        this.findings.add({
          kind: 'record-removed',
          leafIndex: null,
          recordId: recordIdOf(key),
          what: 'it waits for its leaf, the record is gone',
        });
    }
    return waiting;
  }

  /** A record without a leaf whose leaf would have this hash. */
  findByLeafHash(hash: Buffer): string | null {
    for (const [key, commitment] of this.records)
      if (leafHashOf(Buffer.from(commitment, 'latin1')).equals(hash)) return recordIdOf(key);
    return null;
  }

  private compare(key: RecordKey, leafIndex: number, ofLeaf: HashCharacters, ofRecord: HashCharacters): void {
    if (ofLeaf !== ofRecord) this.altered(key, leafIndex);
  }

  private altered(key: RecordKey, leafIndex: number | null): void {
    this.findings.add({
      kind: 'record-altered',
      leafIndex,
      recordId: recordIdOf(key),
      what: 'the record is not the one that was committed to',
    });
  }

  private inserted(key: RecordKey): void {
    this.findings.add({
      kind: 'record-inserted',
      leafIndex: null,
      recordId: recordIdOf(key),
      what: 'it has no leaf in the tree and waits for none',
    });
  }
}
