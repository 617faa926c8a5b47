/** RFC 6962, section 2.1: inclusion and consistency proofs, made from tiles, and the check that a tree extends an older one. */
import { nodeHash } from './hashing.js';
import { hashRanges, type LeafRange, type ReadTiles } from './tile.js';

/** PATH(index, D[size]): the siblings from the leaf up. */
export async function inclusionProof(index: number, size: number, readTiles: ReadTiles): Promise<Buffer[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`expected a leaf of a tree of ${size}, got ${index}`);
  return hashRanges(inclusionRanges(index, 0, size), readTiles);
}

/** PROOF(oldSize, D[size]); empty where the sizes are equal or the older tree is empty. */
export async function consistencyProof(oldSize: number, size: number, readTiles: ReadTiles): Promise<Buffer[]> {
  if (!(oldSize >= 0 && oldSize <= size)) throw new RangeError(`expected a tree of at most ${size}, got ${oldSize}`);
  if (oldSize === 0 || oldSize === size) return [];
  return hashRanges(consistencyRanges(oldSize, 0, size, true), readTiles);
}

/** The root of the tree at a size it has had. */
export async function rootAt(size: number, readTiles: ReadTiles): Promise<Buffer> {
  return (await hashRanges([[0, size]], readTiles))[0]!;
}

/** Root of the tree of `size` that this leaf and its proof come to; null where the proof has not the length it must have. */
export function rootOfInclusion(leaf: Buffer, index: number, size: number, proof: readonly Buffer[]): Buffer | null {
  const ranges = inclusionRanges(index, 0, size);
  if (ranges.length !== proof.length) return null;
  return proof.reduce(
    (hash, sibling, at) => (ranges[at]![0] > index ? nodeHash(hash, sibling) : nodeHash(sibling, hash)),
    leaf,
  );
}

/** Does the tree of `size` and `root` begin with the one of `oldSize` and `oldRoot`? */
export function extendsTree(
  older: { readonly size: number; readonly root: Buffer },
  newer: { readonly size: number; readonly root: Buffer },
  proof: readonly Buffer[],
): boolean {
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  if (older.size > newer.size) return false;
  if (older.size === 0) return proof.length === 0;
  const ranges = consistencyRanges(older.size, 0, newer.size, true);
  if (ranges.length !== proof.length) return false;
  // A complete older tree is a node of the newer one, and its root is not repeated in the proof.
  const whole = ranges[0]![0] === older.size;
  const [first, rest] = whole ? [older.root, proof] : [proof[0]!, proof.slice(1)];
  let [oldHash, newHash] = [first, first];
  rest.forEach((sibling, at) => {
    const isLeft = ranges[whole ? at : at + 1]![1] <= older.size;
    if (isLeft) oldHash = nodeHash(sibling, oldHash);
    newHash = isLeft ? nodeHash(sibling, newHash) : nodeHash(newHash, sibling);
  });
  return oldHash.equals(older.root) && newHash.equals(newer.root);
}

function inclusionRanges(index: number, start: number, end: number): LeafRange[] {
  if (end - start === 1) return [];
  const middle = start + splitPoint(end - start);
  return index < middle
    ? [...inclusionRanges(index, start, middle), [middle, end]]
    : [...inclusionRanges(index, middle, end), [start, middle]];
}

/** SUBPROOF: `whole` while the older tree is a node of its own, whose root the reader already has. */
function consistencyRanges(oldSize: number, start: number, end: number, whole: boolean): LeafRange[] {
  if (oldSize === end) return whole ? [] : [[start, end]];
  const middle = start + splitPoint(end - start);
  return oldSize <= middle
    ? [...consistencyRanges(oldSize, start, middle, whole), [middle, end]]
    : [...consistencyRanges(oldSize, middle, end, false), [start, middle]];
}

/** The largest power of two below n. */
function splitPoint(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
