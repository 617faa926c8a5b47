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
const tilesKept = 1_000;
const entryBytes = 2 + leafDataBytes;

/** As wide as the tree had it when it was read; what is narrower is its beginning. */
interface KeptTile {
  readonly width: number;
  readonly content: Promise<Buffer | null>;
}

export function createPublishedLog(options: PublishedLogOptions): PublishedLog {
  return new DatabaseLog(options);
}

/** The note with the lines of its witnesses below it. */
export function withCosignatures({ note, cosignatures }: StoredNote): string {
  return `${note}${cosignatures.map((line) => `${line}\n`).join('')}`;
}

class DatabaseLog implements PublishedLog {
  /** The database is asked for a tile when it has grown beyond what is kept of it, however many ask. */
  private readonly tiles = new LRUCache<string, KeptTile>({ max: tilesKept });
  private last: { readonly at: number; readonly checkpoint: Promise<StoredNote | null> } | null = null;

  constructor(private readonly options: PublishedLogOptions) {}

  async checkpoint(): Promise<string | null> {
    const last = await this.lastCheckpoint();
    return last && withCosignatures(last);
  }

  tile(position: TilePosition, width: number): Promise<Buffer | null> {
    return this.read(`${position.level}/${position.index}`, position, width, hashBytes, async (available) => {
      const [hashes] = await tileReader(this.options.pool)([position]);
      return hashes && hashes.length >= available * hashBytes ? hashes : null;
    });
  }

  entries(index: number, width: number): Promise<Buffer | null> {
    return this.read(`entries/${index}`, { level: 0, index }, width, entryBytes, async (available) => {
      const start = index * tileWidth;
      const commitments = await readCommitments(this.options.pool, start, start + available);
      if (commitments.length < available) return null;
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

  /** @param load given how many items the signed tree has of it, gives so many or more */
  private async read(
    key: string,
    position: TilePosition,
    width: number,
    itemBytes: number,
    load: (available: number) => Promise<Buffer | null>,
  ): Promise<Buffer | null> {
    let kept = this.tiles.get(key);
    if (!kept || kept.width < width) {
      const available = widthOfTile(position, (await this.lastCheckpoint())?.size ?? 0);
      // INVARIANT: nothing that is not signed.
      if (width > available) return null;
      kept = this.tiles.get(key);
      if (!kept || kept.width < width) {
        kept = { width: available, content: load(available) };
        this.tiles.set(key, kept);
      }
    }
    const content = await this.settle(key, kept);
    return content && content.subarray(0, width * itemBytes);
  }

  /** What could not be read is not kept. */
  private async settle(key: string, kept: KeptTile): Promise<Buffer | null> {
    const forget = (): void => void (this.tiles.peek(key) === kept && this.tiles.delete(key));
    try {
      const content = await kept.content;
      if (content === null) forget();
      return content;
    } catch (error) {
      forget();
      throw error;
    }
  }

  private lastCheckpoint(): Promise<StoredNote | null> {
    const now = performance.now();
    if (!this.last || now - this.last.at > checkpointAge)
      this.last = { at: now, checkpoint: readLastCheckpoint(this.options.pool) };
    return this.last.checkpoint;
  }
}
