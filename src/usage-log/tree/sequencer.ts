/**
 * Gives each durable record its leaf, and signs what the tree has become. Of all nodes one does this at a time: who holds an advisory lock,
 * on one direct connection over which everything is written, so that with the connection lock and work are lost together. A node that dies
 * is followed within a second or two.
 *
 * It decides the order of leaves (any order of what is committed will do, and none is waited for) and what may be signed. It must not know
 * what a record means, and can neither alter nor remove one: its database role can't.
 */
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { CitygraphError } from '../../errors.js';
import { commitRecord } from '../canonical-record.js';
import { checkpointToSign } from './check-checkpoint.js';
import { signCheckpoint } from './checkpoint.js';
import { GrowingTree } from './growing-tree.js';
import { hashBytes } from './hashing.js';
import { leafHashAt, leafHashOf } from './leaf.js';
import type { SigningKeys } from './signing-keys.js';
import type { Tile } from './tile.js';
import {
  type CommittedBatch,
  type MadeCommitment,
  readLastCheckpoint,
  readQueue,
  readTreeSize,
  readUncommitted,
  tileReader,
  type UncommittedRecord,
  writeCheckpoint,
  writeCosignature,
  writeLeaves,
} from './tree-store.js';

export interface Cosignature {
  readonly size: number;
  /** Its verifier key. */
  readonly witness: string;
  readonly line: string;
}

export interface SequencerOptions {
  /** A direct connection of the sequencer's role, not through a pooler; the sequencer ends it. */
  readonly connect: () => Promise<Client>;
  readonly keys: SigningKeys;
  readonly onReport: (report: SequencerReport) => void;
  /** Told of each checkpoint that was signed, and of the last when this node begins to lead. */
  readonly onCheckpoint?: (note: string) => void;
  readonly batchSize?: number;
  /** Milliseconds between looks at the queue, unless more waits in it than a batch takes. */
  readonly interval?: number;
  /** Milliseconds between checkpoints. */
  readonly checkpointInterval?: number;
}

export type SequencerReport =
  | { readonly event: 'leading' }
  /** The connection or a statement failed; it begins anew by itself. */
  | { readonly event: 'failed'; readonly error: unknown }
  /** INVARIANT broken: the tree does not extend what was signed. Nothing more is signed until somebody has looked. */
  | { readonly event: 'not-signed'; readonly error: CitygraphError };

export interface Sequencer {
  /** Kept with the checkpoint of this size, if this node still leads. */
  addCosignature(cosignature: Cosignature): void;
  /** Sequences and signs what is durable, if this node leads and the database is there, and ends. */
  stop(): Promise<void>;
}

/** 'cityseqr': in this database nobody else locks it. */
const leaderLock = '7163384747285377394';
const followerPause = 500;
const failurePause = 1_000;

export function startSequencer(options: SequencerOptions): Sequencer {
  const sequencer = new LeadingSequencer(options);
  const running = sequencer.run();
  return {
    addCosignature: (cosignature) => void sequencer.cosignatures.push(cosignature),
    async stop() {
      sequencer.stopping.abort();
      await running;
    },
  };
}

class LeadingSequencer {
  readonly stopping = new AbortController();
  readonly cosignatures: Cosignature[] = [];
  private lastSignedAt = -Infinity;
  /** Of the tree when it was last found to be signed; unknown when the lead begins. */
  private signedSize = -1;
  private notSigned: string | null = null;
  private readonly batchSize: number;
  private readonly interval: number;
  private readonly checkpointInterval: number;

  constructor(private readonly options: SequencerOptions) {
    this.batchSize = options.batchSize ?? 5_000;
    this.interval = options.interval ?? 200;
    this.checkpointInterval = options.checkpointInterval ?? 500;
  }

  async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      let client: Client | undefined;
      try {
        client = await this.options.connect();
        await this.lead(client);
      } catch (error) {
        if (isInconsistent(error)) this.reportNotSigned(error);
        else this.options.onReport({ event: 'failed', error });
        await this.pause(failurePause);
      } finally {
        await client?.end().catch((error: unknown) => this.options.onReport({ event: 'failed', error }));
      }
    }
  }

  private async lead(client: Client): Promise<void> {
    while (!(await this.lock(client))) {
      await this.pause(followerPause);
      if (this.stopping.signal.aborted) return;
    }
    this.options.onReport({ event: 'leading' });
    this.signedSize = -1;
    let tree = await loadTree(client);
    for (;;) {
      // Looked at before the work: what was durable when we were asked to stop is still sequenced.
      const last = this.stopping.signal.aborted;
      const next = await this.extend(client, tree);
      const idle = next === tree;
      const full = next.size - tree.size >= this.batchSize;
      tree = next;
      if (last ? idle : performance.now() - this.lastSignedAt >= this.checkpointInterval) await this.sign(client, tree);
      for (const { size, witness, line } of this.cosignatures.splice(0))
        await writeCosignature(client, size, witness, line);
      if (last && idle) return;
      // A transaction costs the same for one leaf as for thousands: what is still coming in is left to gather.
      if (!full) await this.pause(this.interval);
    }
  }

  private async lock(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1::bigint) as taken', [
      leaderLock,
    ]);
    return rows[0]!.taken;
  }

  /** @returns the tree with what was in the queue; the same one where nothing was */
  private async extend(client: Client, tree: GrowingTree): Promise<GrowingTree> {
    const queued = await readQueue(client, this.batchSize);
    const batches = queued.filter((it) => it.commitments !== null);
    const made = await this.makeMissing(
      client,
      queued.filter((it) => it.commitments === null),
    );
    if (batches.length === 0 && made.length === 0) return tree;
    const next = tree.copy();
    const tiles = new Map<string, Tile>();
    for (const hashes of sliceHashes(batches, made)) {
      for (const tile of next.append(hashes)) tiles.set(`${tile.level}/${tile.index}`, tile);
      // Requests are answered on the same loop.
      if (hashes.length === slice) await setImmediate();
    }
    await writeLeaves(client, tree.size, batches, made, [...tiles.values()]);
    return next;
  }

  /** A record that is gone before its leaf was made stays in the queue, where the verification finds it. */
  private async makeMissing(client: Client, missing: readonly UncommittedRecord[]): Promise<MadeCommitment[]> {
    if (missing.length === 0) return [];
    const records = await readUncommitted(
      client,
      missing.map(({ queueId }) => queueId),
    );
    return missing.flatMap(({ queueId, recordId }) => {
      const record = records.get(recordId);
      return record ? [{ queueId, commitment: commitRecord(record.columns, record.salt) }] : [];
    });
  }

  private async sign(client: Client, tree: GrowingTree): Promise<void> {
    const { keys, onCheckpoint } = this.options;
    if (tree.size === 0 || tree.size === this.signedSize) return;
    const stored = await readLastCheckpoint(client);
    const kept = keys.lastSigned();
    try {
      const head = await checkpointToSign(tree, [stored?.note ?? null, kept], keys, tileReader(client));
      const note = stored?.size === tree.size ? stored.note : signCheckpoint(keys.origin, head, keys.signers());
      // INVARIANT: kept outside the database before anyone can see it: what was signed once is never contradicted.
      await keys.rememberSigned(note);
      await writeCheckpoint(client, head, note);
      this.lastSignedAt = performance.now();
      this.signedSize = tree.size;
      this.notSigned = null;
      onCheckpoint?.(note);
    } catch (error) {
      if (!isInconsistent(error)) throw error;
      this.lastSignedAt = performance.now();
      this.reportNotSigned(error);
    }
  }

  /** Once, not with every look. */
  private reportNotSigned(error: CitygraphError): void {
    if (this.notSigned !== error.message) this.options.onReport({ event: 'not-signed', error });
    this.notSigned = error.message;
  }

  private async pause(milliseconds: number): Promise<void> {
    try {
      await delay(milliseconds, undefined, { signal: this.stopping.signal });
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }
}

/** Leaves that are hashed without a pause: about as many take half a millisecond. */
const slice = 500;

/** Leaf hashes in the order of the leaves, so many at once. */
function* sliceHashes(batches: readonly CommittedBatch[], made: readonly MadeCommitment[]): Generator<Buffer[]> {
  let hashes: Buffer[] = [];
  for (const hash of hashLeaves(batches, made)) {
    if (hashes.push(hash) < slice) continue;
    yield hashes;
    hashes = [];
  }
  if (hashes.length > 0) yield hashes;
}

function* hashLeaves(batches: readonly CommittedBatch[], made: readonly MadeCommitment[]): Generator<Buffer> {
  for (const { records, commitments } of batches)
    for (let at = 0; at < records; at += 1) yield leafHashAt(commitments, at * 2 * hashBytes);
  for (const { commitment } of made) yield leafHashOf(commitment);
}

async function loadTree(client: Client): Promise<GrowingTree> {
  const size = await readTreeSize(client);
  try {
    return await GrowingTree.load(size, tileReader(client));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new CitygraphError(
      'LOG_INCONSISTENT',
      `The usage log’s tree is not extended: a tile is missing`,
      {},
      { cause },
    );
  }
}

function isInconsistent(error: unknown): error is CitygraphError {
  return error instanceof CitygraphError && error.code === 'LOG_INCONSISTENT';
}
