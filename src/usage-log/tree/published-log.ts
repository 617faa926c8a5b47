/**
 * The log as the public sees it: checkpoint, tiles and entries, C2SP tlog-tiles. Read under a role that sees the tree and nothing else.
 *
 * Nothing is given beyond the last checkpoint: what is not signed may yet be lost with a machine, and must not have been seen.
 */
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { hashBytes } from './hashing.js';
import { leafData, leafDataBytes } from './leaf.js';
import { type TilePosition, tileWidth, widthOfTile } from './tile.js';
import { readCommitments, readLastCheckpoint, type StoredNote, tileReader } from './tree-store.js';

export interface PublishedLog {
  /** The last checkpoint with its cosignatures; null before the first leaf. */
  checkpoint(): Promise<string | null>;
  /** Null where the tree has no such tile, or not so wide a one. */
  tile(position: TilePosition, width: number): Promise<Buffer | null>;
  /** A bundle of leaves' data, each after its length in two bytes. */
  entries(index: number, width: number): Promise<Buffer | null>;
  /** Verifier keys, one a line. */
  keys(): string;
}

export interface PublishedLogOptions {
  /** Of the publisher's role. */
  readonly pool: Pool;
  readonly verifierKeys: () => readonly string[];
}

/** Many who ask at once are answered with one look. */
const checkpointAge = 200;
const fullTilesKept = 1_000;

export function createPublishedLog(options: PublishedLogOptions): PublishedLog {
  return new DatabaseLog(options);
}

/** The note with the lines of its witnesses below it. */
export function withCosignatures({ note, cosignatures }: StoredNote): string {
  return `${note}${cosignatures.map((line) => `${line}\n`).join('')}`;
}

class DatabaseLog implements PublishedLog {
  /** Full ones alone: they never change. */
  private readonly tiles = new LRUCache<string, Buffer>({ max: fullTilesKept });
  private last: { readonly at: number; readonly checkpoint: Promise<StoredNote | null> } | null = null;

  constructor(private readonly options: PublishedLogOptions) {}

  async checkpoint(): Promise<string | null> {
    const last = await this.lastCheckpoint();
    return last && withCosignatures(last);
  }

  tile(position: TilePosition, width: number): Promise<Buffer | null> {
    return this.read(`${position.level}/${position.index}`, position, width, async () => {
      const [hashes] = await tileReader(this.options.pool)([position]);
      return hashes && hashes.length >= width * hashBytes ? hashes.subarray(0, width * hashBytes) : null;
    });
  }

  entries(index: number, width: number): Promise<Buffer | null> {
    return this.read(`entries/${index}`, { level: 0, index }, width, async () => {
      const start = index * tileWidth;
      const commitments = await readCommitments(this.options.pool, start, start + width);
      if (commitments.length < width) return null;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(leafDataBytes);
      return Buffer.concat(commitments.flatMap((commitment) => [length, leafData(commitment)]));
    });
  }

  keys(): string {
    return this.options
      .verifierKeys()
      .map((key) => `${key}\n`)
      .join('');
  }

  private async read(
    key: string,
    position: TilePosition,
    width: number,
    load: () => Promise<Buffer | null>,
  ): Promise<Buffer | null> {
    const full = width === tileWidth;
    const kept = full && this.tiles.get(key);
    if (kept) return kept;
    const size = (await this.lastCheckpoint())?.size ?? 0;
    if (width > widthOfTile(position, size)) return null;
    const content = await load();
    if (full && content) this.tiles.set(key, content);
    return content;
  }

  private lastCheckpoint(): Promise<StoredNote | null> {
    const now = performance.now();
    if (!this.last || now - this.last.at > checkpointAge)
      this.last = { at: now, checkpoint: readLastCheckpoint(this.options.pool) };
    return this.last.checkpoint;
  }
}
