/**
 * The data of a leaf: a commitment and nothing else. A tree cannot forget, so nothing may stand in it that somebody may one day have a
 * right to see gone; without its salt, which goes with the record, a commitment says nothing.
 */
import { hash } from 'node:crypto';
import { hashBytes, leafHash, sha256 } from './hashing.js';

const prefix = 'citygraph-usage/v1 ';
export const leafDataBytes = prefix.length + 64 + 1;

/** ASCII: the prefix, the commitment in lower-case hexadecimal, a newline. */
export function leafData(commitment: Buffer): Buffer {
  return Buffer.from(`${prefix}${commitment.toString('hex')}\n`, 'latin1');
}

/** What `leafHash` hashes, with room for one commitment after another. */
const input = Buffer.concat([Buffer.of(0), leafData(Buffer.alloc(hashBytes))]);

/** @param hex commitments in lower-case hexadecimal, in ASCII: as they stand in a leaf @param at where one begins */
export function leafHashAt(hex: Buffer, at: number): Buffer {
  hex.copy(input, 1 + prefix.length, at, at + 2 * hashBytes);
  return sha256(input);
}

export function leafHashOf(commitment: Buffer): Buffer {
  // In a table that somebody has altered it may be anything.
  if (commitment.length !== hashBytes) return leafHash(leafData(commitment));
  return Buffer.from(leafHashOfHex(commitment.toString('hex')), 'latin1');
}

/**
 * @param commitment 64 digits in lower case
 * @returns a string of bytes
 */
export function leafHashOfHex(commitment: string): string {
  input.write(commitment, 1 + prefix.length, 'latin1');
  return hash('sha256', input, 'binary');
}
