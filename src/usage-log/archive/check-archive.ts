/**
 * An archive read back and checked as whoever finds it in ten years would: from the file and the keys alone. Every record opens its
 * commitment, every leaf is under the signed checkpoint, every plan description is what its hash was made of.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { CitygraphError } from '../../errors.js';
import { commitRecord, type RecordColumns } from '../canonical-record.js';
import { type Checkpoint, parseCheckpoint } from '../tree/checkpoint.js';
import { hashBytes } from '../tree/hashing.js';
import { leafHashOf } from '../tree/leaf.js';
import { inclusionProof, rootOfInclusion } from '../tree/proofs.js';
import { type NoteVerifier, verifyNote } from '../tree/signed-note.js';
import { type ReadTiles, tileWidth } from '../tree/tile.js';
import { LeavesDigest } from './leaves-digest.js';
import { archiveFormat, boundsOf, type Manifest } from './manifest.js';
import { type ArchiveLine, keyOf } from './write-archive.js';

export interface ArchivedRecord {
  readonly columns: RecordColumns;
  readonly salt: string;
  readonly commitment: string;
}

export interface ArchiveReader {
  readonly onPlan?: (hash: string, description: string) => Promise<void>;
  /** Of records whose leaf is known to be under the checkpoint. */
  readonly onRecord?: (record: ArchivedRecord) => Promise<void>;
}

/** @returns what its manifest must say @throws LOG_INCONSISTENT at the first thing that is wrong */
export async function checkArchive(
  path: string,
  origin: string,
  verifiers: readonly NoteVerifier[],
  reader: ArchiveReader = {},
): Promise<Manifest> {
  const check = new ArchiveCheck(basename(path), origin, verifiers, reader);
  const sha256 = createHash('sha256');
  let bytes = 0;
  const compressed = createReadStream(path);
  compressed.on('data', (chunk) => {
    sha256.update(chunk);
    bytes += chunk.length;
  });
  const plain = createGunzip();
  compressed.on('error', (error) => plain.destroy(error));
  try {
    for await (const line of linesOf(compressed.pipe(plain))) await check.take(JSON.parse(line) as ArchiveLine);
  } catch (cause) {
    if (cause instanceof CitygraphError) throw cause;
    throw check.wrong('it can’t be read to its end', cause);
  }
  return { ...(await check.finish()), bytes, sha256: sha256.digest('hex') };
}

/** What fails in the stream is thrown here; a line reader would lose it. */
async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

class ArchiveCheck {
  private month: string | null = null;
  private checkpoint: Checkpoint | null = null;
  private readonly tiles = new Map<string, Buffer>();
  private readonly provenTiles = new Set<number>();
  private readonly plans = new Set<string>();
  private readonly leaves = new LeavesDigest();

  constructor(
    private readonly file: string,
    private readonly origin: string,
    private readonly verifiers: readonly NoteVerifier[],
    private readonly reader: ArchiveReader,
  ) {}

  async take(line: ArchiveLine): Promise<void> {
    switch (line.type) {
      case 'header':
        if (line.format !== archiveFormat || line.origin !== this.origin) throw this.wrong('it is none of this log');
        this.month = line.month;
        return;
      case 'checkpoint':
        this.checkpoint = this.readCheckpoint(line.note);
        return;
      case 'tile':
        this.tiles.set(keyOf(line), Buffer.from(line.hashes, 'base64'));
        return;
      case 'plan':
        if (createHash('sha256').update(line.description).digest('hex') !== line.hash)
          throw this.wrong('a plan description is not what its hash was made of');
        this.plans.add(line.hash);
        return this.reader.onPlan?.(line.hash, line.description);
      case 'record':
        return this.takeRecord(line);
    }
  }

  async finish(): Promise<Omit<Manifest, 'bytes' | 'sha256'>> {
    if (this.month === null || this.checkpoint === null || this.leaves.count === 0)
      throw this.wrong('it ends before its first record');
    return Promise.resolve({
      ...{ month: this.month, file: this.file, records: this.leaves.count },
      ...{ firstLeaf: this.leaves.first, lastLeaf: this.leaves.last, leavesDigest: this.leaves.hex() },
      ...{ checkpointSize: this.checkpoint.size, checkpointRoot: this.checkpoint.root.toString('base64') },
    });
  }

  wrong(why: string, cause?: unknown): CitygraphError {
    return new CitygraphError('LOG_INCONSISTENT', `the archive ${this.file} is not good: ${why}`, {}, { cause });
  }

  private readCheckpoint(note: string): Checkpoint {
    try {
      const checkpoint = parseCheckpoint(note);
      if (checkpoint.origin === this.origin && verifyNote(checkpoint.note, this.verifiers).length > 0)
        return checkpoint;
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
    }
    throw this.wrong('its checkpoint is not signed by a key of this log');
  }

  private async takeRecord({
    leafIndex,
    recordId,
    commitment,
    record,
    salt,
  }: ArchiveLine & { type: 'record' }): Promise<void> {
    const name = `record ${recordId}, leaf ${leafIndex}`;
    if (this.month === null || this.checkpoint === null) throw this.wrong('its records come before its checkpoint');
    const { from, until } = boundsOf(this.month);
    const occurredAt = new Date(record.occurred_at);
    if (record.id !== recordId || !(occurredAt >= from && occurredAt < until) || leafIndex <= this.leaves.last)
      throw this.wrong(`${name} does not belong where it stands`);
    const found = commitRecord(record, Buffer.from(salt, 'hex'));
    if (found.toString('hex') !== commitment) throw this.wrong(`${name} is not the one that was committed to`);
    if (record.plan_id !== null && !this.plans.has(record.plan_id))
      throw this.wrong(`the plan description of ${name} is missing`);
    await this.requireIncluded(leafIndex, leafHashOf(found), this.checkpoint, name);
    this.leaves.add(leafIndex, recordId, commitment);
    await this.reader.onRecord?.({ columns: record, salt, commitment });
  }

  /**
   * INVARIANT: one proof for each tile of leaves is enough: the siblings on the way from a leaf to the root are computed from all other
   * hashes of its tile, so that none of them could be another.
   */
  private async requireIncluded(
    leafIndex: number,
    hash: Buffer,
    { size, root }: Checkpoint,
    name: string,
  ): Promise<void> {
    const index = Math.floor(leafIndex / tileWidth);
    const at = (leafIndex % tileWidth) * hashBytes;
    const tile = this.tiles.get(keyOf({ level: 0, index }));
    if (leafIndex >= size || !tile?.subarray(at, at + hashBytes).equals(hash))
      throw this.wrong(`${name} is not in the tree that was signed`);
    if (this.provenTiles.has(index)) return;
    const read: ReadTiles = (positions) => Promise.resolve(positions.map((it) => this.tiles.get(keyOf(it)) ?? null));
    let proof: Buffer[];
    try {
      proof = await inclusionProof(leafIndex, size, read);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw this.wrong(`the proof of ${name} is not complete`, cause);
    }
    if (!rootOfInclusion(hash, leafIndex, size, proof)?.equals(root))
      throw this.wrong(`the proof of ${name} does not come to the root that was signed`);
    this.provenTiles.add(index);
  }
}
