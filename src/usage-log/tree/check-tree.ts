/**
 * Leaves against stored tiles and signed checkpoints: the tree is grown again from the leaves, and must come to the same hashes.
 *
 * A leaf that differs from its tile is named itself. Where somebody has made the tiles fit as well, the roots that were signed do not come
 * out; then what was altered lies between the last root that does and the first that does not.
 */
import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { type RecordKey, recordIdOf } from './commit-row.js';
import type { Finding, Findings } from './finding.js';
import { GrowingTree } from './growing-tree.js';
import { hashBytes } from './hashing.js';
import { leafHashOf } from './leaf.js';
import { type NoteVerifier, verifyNote } from './signed-note.js';
import { type Tile, tileWidth } from './tile.js';

export interface GivenCheckpoint {
  /** Where it was kept: the database, a file. */
  readonly source: string;
  readonly note: string;
}

export interface TreeCheckOptions {
  readonly origin: string;
  readonly verifiers: readonly NoteVerifier[];
  readonly findings: Findings;
  /** Tiles as they are stored; asked in the order in which they become full, and in the end for partial ones. */
  readonly storedTile: (level: number, index: number) => Promise<Buffer | null>;
  /** In the order of their sizes. */
  readonly checkpoints: AsyncIterator<GivenCheckpoint>;
}

export class TreeChecker {
  private readonly tree = GrowingTree.empty();
  private pending: Buffer[] = [];
  private next: { readonly given: GivenCheckpoint; readonly checkpoint: Checkpoint } | null = null;
  private lastGoodSize = 0;
  private forked = false;
  private lastCheckpointSize = 0;
  /** The record behind the last root that came out. */
  private firstAfterGood: RecordKey | null = null;
  private readonly keysOfTile: RecordKey[] = [];
  checkpointCount = 0;
  /** The first place without a leaf, though others follow. */
  gapAt: number | null = null;

  constructor(private readonly options: TreeCheckOptions) {}

  get size(): number {
    return this.tree.size + this.pending.length;
  }

  async begin(): Promise<void> {
    await this.advance();
  }

  /** True where the caller must await `flush` before the next leaf. After a gap no hash can come out: what follows is passed over. */
  leaf(leafIndex: number, key: RecordKey, commitment: Buffer): boolean {
    if (this.gapAt !== null) return false;
    if (leafIndex !== this.size) {
      this.gapAt = this.size;
      return false;
    }
    if (this.size === this.lastGoodSize) this.firstAfterGood = key;
    if (this.size % tileWidth === 0) this.keysOfTile.length = 0;
    this.keysOfTile.push(key);
    this.pending.push(leafHashOf(commitment));
    return this.size % tileWidth === 0 || this.size === this.next?.checkpoint.size;
  }

  async flush(): Promise<void> {
    const changed = this.tree.append(this.pending);
    this.pending = [];
    for (const tile of changed) if (tile.hashes.length === tileWidth * hashBytes) await this.compareTile(tile);
    while (this.next && this.next.checkpoint.size === this.tree.size) {
      this.compareRoot(this.next.checkpoint, this.next.given);
      await this.advance();
    }
  }

  /** @param size of the tree as the database has it */
  async finish(size: number): Promise<void> {
    await this.flush();
    if (this.gapAt !== null) return;
    if (size > this.tree.size) this.gapAt = this.tree.size;
    for (let level = 0; this.gapAt === null && level < this.tree.levels; level += 1) {
      const tile = this.tree.partialTile(level);
      if (tile) await this.compareTile(tile);
    }
    if (size < this.tree.size)
      this.leafWrong(
        'leaf-removed',
        size,
        null,
        `the tree says it has ${size} leaves, but there are ${this.tree.size}`,
      );
    for (; this.next; await this.advance()) {
      const { checkpoint, given } = this.next;
      this.leafWrong(
        'rolled-back',
        this.tree.size,
        null,
        `the checkpoint of ${given.source} is of a tree of ${checkpoint.size}, but this one has only ${this.tree.size} leaves: the log has been set back`,
      );
    }
  }

  /** @param recordId of the leaf that is gone, where it could be found */
  leafGone(leafIndex: number, recordId: string | null): void {
    this.leafWrong('leaf-removed', leafIndex, recordId, 'the leaf is gone');
  }

  private leafWrong(kind: Finding['kind'], leafIndex: number, recordId: string | null, what: string): void {
    this.options.findings.add({ kind, leafIndex, recordId, what });
  }

  private async compareTile({ level, index, hashes }: Tile): Promise<void> {
    const stored = await this.options.storedTile(level, index);
    if (stored && stored.length === hashes.length && stored.equals(hashes)) return;
    const at = stored ? firstDifference(stored, hashes) : 0;
    const leafIndex = (index * tileWidth + at) * tileWidth ** level;
    const span = tileWidth ** level;
    this.options.findings.add({
      ...(level > 0 && { lastLeaf: leafIndex + span - 1 }),
      kind: level === 0 && stored ? 'leaf-altered' : 'tile-altered',
      leafIndex,
      recordId: level === 0 ? orNull(this.keysOfTile[at]) : null,
      what: stored
        ? `the hash of the leaf is not the one in tile ${level}/${index}: altered, or moved from another place`
        : `tile ${level}/${index} is gone`,
    });
  }

  private compareRoot(checkpoint: Checkpoint, { source }: GivenCheckpoint): void {
    // After the first that does not come out none does.
    if (this.forked) return;
    if (this.tree.root().equals(checkpoint.root)) {
      this.lastGoodSize = checkpoint.size;
      this.firstAfterGood = null;
      return;
    }
    this.forked = true;
    const { findings } = this.options;
    const last = checkpoint.size - 1;
    findings.add({
      kind: 'fork',
      leafIndex: this.lastGoodSize,
      lastLeaf: last,
      recordId: orNull(this.firstAfterGood),
      what: `the leaves do not come to the root of the checkpoint of ${source} for ${checkpoint.size}; what differs is one of leaves ${this.lastGoodSize} to ${last}`,
    });
  }

  /** To the next checkpoint that may be believed. */
  private async advance(): Promise<void> {
    for (;;) {
      const step: IteratorResult<GivenCheckpoint, unknown> = await this.options.checkpoints.next();
      if (step.done === true) return void (this.next = null);
      const given = step.value;
      const checkpoint = this.read(given);
      if (!checkpoint) continue;
      this.checkpointCount += 1;
      return void (this.next = { given, checkpoint });
    }
  }

  private read(given: GivenCheckpoint): Checkpoint | null {
    const { origin, verifiers, findings } = this.options;
    const invalid = (what: string): null => {
      findings.add({
        kind: 'checkpoint-invalid',
        leafIndex: null,
        recordId: null,
        what: `a checkpoint of ${given.source} ${what}`,
      });
      return null;
    };
    try {
      const checkpoint = parseCheckpoint(given.note);
      if (checkpoint.origin !== origin) return invalid('is of a log of another origin');
      if (checkpoint.size === 0) return invalid('is of an empty tree');
      if (checkpoint.size < this.lastCheckpointSize) return invalid('is not of the size that it is stored under');
      if (verifyNote(checkpoint.note, verifiers).length === 0) return invalid('is not signed by a key of this log');
      this.lastCheckpointSize = checkpoint.size;
      return checkpoint;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return invalid(`cannot be read: ${error.message}`);
    }
  }
}

function orNull(key: RecordKey | null | undefined): string | null {
  return key ? recordIdOf(key) : null;
}

function firstDifference(a: Buffer, b: Buffer): number {
  let at = 0;
  while (at < b.length && a.subarray(at, at + hashBytes).equals(b.subarray(at, at + hashBytes))) at += hashBytes;
  return at / hashBytes;
}
