/**
 * The data of a leaf: a commitment and nothing else. A tree cannot forget, so nothing may stand in it that somebody may one day have a
 * right to see gone; without its salt, which goes with the record, a commitment says nothing.
 */
import { leafHash } from './hashing.js';

const prefix = 'citygraph-usage/v1 ';
export const leafDataBytes = prefix.length + 64 + 1;

/** ASCII: the prefix, the commitment in lower-case hexadecimal, a newline. */
export function leafData(commitment: Buffer): Buffer {
  return Buffer.from(`${prefix}${commitment.toString('hex')}\n`, 'latin1');
}

export function leafHashOf(commitment: Buffer): Buffer {
  return leafHash(leafData(commitment));
}
