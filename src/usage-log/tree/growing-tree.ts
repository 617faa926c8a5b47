/** The right edge of the tree in memory: enough to append, to give the root and to say which tiles have changed. Each node is hashed once. */
import { foldPeaks, hashBytes, nodeHash, perfectRoot } from './hashing.js';
import { type ReadTiles, splitHashes, type Tile, tileHeight, tileWidth, widthOfTile } from './tile.js';

export class GrowingTree {
  /**
   * @param peaks complete subtrees, the highest first
   * @param edge of each level, the hashes of its last tile while that is partial
   */
  private constructor(
    private leaves: number,
    private readonly peaks: Buffer[],
    private readonly edge: Buffer[][],
  ) {}

  static empty(): GrowingTree {
    return new GrowingTree(0, [], []);
  }

  /** @throws RangeError where the stored tiles hold less than a tree of this size has */
  static async load(size: number, readTiles: ReadTiles): Promise<GrowingTree> {
    const positions: { level: number; index: number; width: number }[] = [];
    for (let level = 0; size >= tileWidth ** level; level += 1) {
      const index = Math.floor(size / tileWidth ** (level + 1));
      positions.push({ level, index, width: widthOfTile({ level, index }, size) });
    }
    const partial = positions.filter(({ width }) => width > 0);
    const tiles = await readTiles(partial);
    const edge = positions.map((): Buffer[] => []);
    partial.forEach(({ level, index, width }, at) => {
      const hashes = tiles[at];
      if (!hashes || hashes.length < width * hashBytes)
        throw new RangeError(`expected tile ${level}/${index} to hold ${width} hashes`);
      edge[level] = splitHashes(Buffer.from(hashes.subarray(0, width * hashBytes)));
    });
    return new GrowingTree(size, edge.toReversed().flatMap(peaksOf), edge);
  }

  get size(): number {
    return this.leaves;
  }

  /** One to append to, while this one stays for when that fails. */
  copy(): GrowingTree {
    return new GrowingTree(
      this.leaves,
      [...this.peaks],
      this.edge.map((hashes) => [...hashes]),
    );
  }

  /** @returns the tiles that are new or hold more than before */
  append(leafHashes: readonly Buffer[]): Tile[] {
    const changed: Tile[] = [];
    const touched = new Set<number>();
    for (const hash of leafHashes) {
      this.push(hash, (level, node) => {
        touched.add(level);
        const full = this.extendTile(level, node);
        if (full) changed.push(full);
      });
    }
    for (const level of touched) {
      const partial = this.partialTile(level);
      if (partial) changed.push(partial);
    }
    return changed;
  }

  /** The last tile of a level, while it is partial. */
  partialTile(level: number): Tile | null {
    const hashes = this.edge[level] ?? [];
    if (hashes.length === 0) return null;
    const index = Math.floor(this.leaves / tileWidth ** (level + 1));
    return { level, index, hashes: Buffer.concat(hashes) };
  }

  get levels(): number {
    return this.edge.length;
  }

  root(): Buffer {
    return foldPeaks(this.peaks);
  }

  private push(leaf: Buffer, onTileHash: (level: number, node: Buffer) => void): void {
    let node = leaf;
    let before = this.leaves;
    this.leaves += 1;
    onTileHash(0, node);
    for (let height = 1; before % 2 === 1; height += 1) {
      node = nodeHash(this.peaks.pop()!, node);
      before = (before - 1) / 2;
      if (height % tileHeight === 0) onTileHash(height / tileHeight, node);
    }
    this.peaks.push(node);
  }

  /** @returns the tile where this hash makes it full */
  private extendTile(level: number, node: Buffer): Tile | null {
    const hashes = (this.edge[level] ??= []);
    hashes.push(node);
    if (hashes.length < tileWidth) return null;
    this.edge[level] = [];
    return { level, index: this.leaves / tileWidth ** (level + 1) - 1, hashes: Buffer.concat(hashes) };
  }
}

/** Complete subtrees over a tile's hashes, the highest first. */
function peaksOf(hashes: readonly Buffer[]): Buffer[] {
  const peaks: Buffer[] = [];
  for (let at = 0; at < hashes.length;) {
    let count = 1;
    while (at + count * 2 <= hashes.length) count *= 2;
    peaks.push(perfectRoot(hashes.slice(at, at + count)));
    at += count;
  }
  return peaks;
}
