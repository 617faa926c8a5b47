/**
 * C2SP tlog-tiles: the tree cut into tiles of 256 hashes, each level of tiles eight levels of the tree above the one before.
 *
 * Any node of the tree lies in one tile or is computed from the hashes of one; which tiles a proof needs is known before any is read.
 */
import { foldPeaks, hashBytes, perfectRoot } from './hashing.js';

export const tileHeight = 8;
export const tileWidth = 256;

export interface TilePosition {
  readonly level: number;
  /** Within its level, from 0. */
  readonly index: number;
}

export interface Tile extends TilePosition {
  /** 1 to 256 hashes, one after another. */
  readonly hashes: Buffer;
}

/** Gives the tiles asked for, in their order; one may hold more hashes than a tree of an older size has in it. */
export type ReadTiles = (positions: readonly TilePosition[]) => Promise<readonly (Buffer | null)[]>;

/** Leaves `start` to `end` (not included), the range of one node of a proof. */
export type LeafRange = readonly [start: number, end: number];

/** Hashes in a tile of a tree of `size`; 0 where there is no such tile, 256 where it is full. */
export function widthOfTile({ level, index }: TilePosition, size: number): number {
  const hashes = Math.floor(size / tileWidth ** level) - index * tileWidth;
  return Math.max(0, Math.min(tileWidth, hashes));
}

/** `x001/x234/067`, with `.p/W` for a partial tile. */
export function tileIndexPath(index: number, width: number = tileWidth): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === tileWidth ? path : `${path}.p/${width}`;
}

/** Null for what is no index as the specification writes it. */
export function parseTileIndexPath(path: string): { index: number; width: number } | null {
  const match = /^((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (!match) return null;
  const index = Number(match[1]!.replaceAll(/[x/]/g, ''));
  const width = match[2] === undefined ? tileWidth : Number(match[2]);
  const fits = Number.isSafeInteger(index) && (match[2] === undefined || width < tileWidth);
  // One spelling for each tile, for caches keep what they are given by its address.
  return fits && tileIndexPath(index, width) === path ? { index, width } : null;
}

/**
 * Root hashes of ranges of leaves, each starting where a complete subtree may.
 * @throws RangeError where the tree has no such tile or leaf
 */
export async function hashRanges(ranges: readonly LeafRange[], readTiles: ReadTiles): Promise<Buffer[]> {
  const parts = ranges.map(([start, end]) => subtreesOf(start, end));
  const positions = new Map<string, TilePosition>();
  for (const { tile } of parts.flat()) positions.set(`${tile.level}/${tile.index}`, tile);
  const found = await readTiles([...positions.values()]);
  const tiles = new Map([...positions.keys()].map((key, at) => [key, found[at]]));
  return parts.map((subtrees) =>
    foldPeaks(
      subtrees.map(({ tile, offset, count }) => {
        const hashes = tiles.get(`${tile.level}/${tile.index}`);
        if (!hashes || hashes.length < (offset + count) * hashBytes)
          throw new RangeError(`expected tile ${tile.level}/${tile.index} to hold ${offset + count} hashes`);
        return perfectRoot(splitHashes(hashes.subarray(offset * hashBytes, (offset + count) * hashBytes)));
      }),
    ),
  );
}

export function splitHashes(hashes: Buffer): Buffer[] {
  return Array.from({ length: hashes.length / hashBytes }, (_, at) =>
    hashes.subarray(at * hashBytes, (at + 1) * hashBytes),
  );
}

interface Subtree {
  readonly tile: TilePosition;
  readonly offset: number;
  readonly count: number;
}

/** The range as complete subtrees, left to right; each is `count` hashes (a power of two) of one tile. */
function subtreesOf(start: number, end: number): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = start; at < end;) {
    let [height, leaves] = [0, 1];
    while (at % (leaves * 2) === 0 && at + leaves * 2 <= end) [height, leaves] = [height + 1, leaves * 2];
    const level = Math.floor(height / tileHeight);
    const count = 2 ** (height % tileHeight);
    const first = at / tileWidth ** level;
    subtrees.push({
      tile: { level, index: Math.floor(first / tileWidth) },
      offset: first % tileWidth,
      count,
    });
    at += leaves;
  }
  return subtrees;
}
