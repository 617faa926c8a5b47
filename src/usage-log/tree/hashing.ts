/** RFC 6962, section 2.1: how leaves and nodes are hashed. A leaf can never be taken for a node, for their first bytes differ. */
import { hash } from 'node:crypto';

export const hashBytes = 32;

/** MTH({}). */
export const emptyRoot: Buffer = sha256(Buffer.alloc(0));

const nodeInput = Buffer.alloc(1 + 2 * hashBytes, 1);
const leafPrefix = Buffer.from([0]);

export function leafHash(data: Buffer): Buffer {
  return sha256(Buffer.concat([leafPrefix, data]));
}

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(nodeInput, 1);
  right.copy(nodeInput, 1 + hashBytes);
  return sha256(nodeInput);
}

/** Root over hashes whose number is a power of two. */
export function perfectRoot(hashes: readonly Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    const above: Buffer[] = [];
    for (let at = 0; at < row.length; at += 2) above.push(nodeHash(row[at]!, row[at + 1]!));
    row = above;
  }
  return row[0]!;
}

/** Complete subtrees from left to right, the highest first, as the root over all of them. */
export function foldPeaks(peaks: readonly Buffer[]): Buffer {
  return peaks.length === 0 ? emptyRoot : peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** By way of characters: a buffer of the hash's own costs four times as much as the hash. */
export function sha256(data: Buffer): Buffer {
  return Buffer.from(hash('sha256', data, 'binary'), 'latin1');
}
