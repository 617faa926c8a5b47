/** The right edge of the tree in memory: enough to append, to give the root and to say which tiles have changed. */
import { foldPeaks, hashBytes, perfectRoot } from './hashing.js';
import { type ReadTiles, splitHashes, type Tile, tileWidth, widthOfTile } from './tile.js';

export class GrowingTree {
  /** @param edge of each level, the hashes of its last tile while that is partial */
  private constructor(
    private leaves: number,
    private readonly edge: Buffer[][],
  ) {}

  static empty(): GrowingTree {
    return new GrowingTree(0, []);
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
    return new GrowingTree(size, edge);
  }

  get size(): number {
    return this.leaves;
  }

  /** One to append to, while this one stays for when that fails. */
  copy(): GrowingTree {
    return new GrowingTree(
      this.leaves,
      this.edge.map((hashes) => [...hashes]),
    );
  }

  /** @returns the tiles that are new or hold more than before */
  append(leafHashes: readonly Buffer[]): Tile[] {
    const changed: Tile[] = [];
    const touched = new Set<number>();
    for (const hash of leafHashes) {
      this.leaves += 1;
      this.push(0, hash, changed, touched);
    }
    for (const level of touched) {
      const hashes = this.edge[level]!;
      if (hashes.length === 0) continue;
      changed.push({
        level,
        index: Math.floor(this.leaves / tileWidth ** (level + 1)),
        hashes: Buffer.concat(hashes),
      });
    }
    return changed;
  }

  root(): Buffer {
    // From the highest level down, which is from left to right.
    return foldPeaks(this.edge.toReversed().flatMap(peaksOf));
  }

  private push(level: number, hash: Buffer, changed: Tile[], touched: Set<number>): void {
    const hashes = (this.edge[level] ??= []);
    hashes.push(hash);
    touched.add(level);
    if (hashes.length < tileWidth) return;
    changed.push({
      level,
      index: this.leaves / tileWidth ** (level + 1) - 1,
      hashes: Buffer.concat(hashes),
    });
    this.edge[level] = [];
    this.push(level + 1, perfectRoot(hashes), changed, touched);
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
