/**
 * HMAC-SHA-256 (RFC 2104) under a key that is used again and again: by two calls of a hash, for to make a hash object takes several times as
 * long as to hash a short text.
 */
import { type BinaryToTextEncoding, hash } from 'node:crypto';
import type { ByteString } from './byte-string.js';

const blockBytes = 64;
const hashBytes = 32;

/** The key within the pads of RFC 2104, before what is hashed. */
interface Pads {
  readonly inner: Buffer;
  readonly outer: Buffer;
}
const padsOf = new WeakMap<Buffer, Pads>();

export function keyedDigest(key: Buffer, text: string): Buffer;
export function keyedDigest(key: Buffer, text: string, encoding: BinaryToTextEncoding): string;
export function keyedDigest(key: Buffer, text: string, encoding?: BinaryToTextEncoding): Buffer | string {
  const length = encode(text);
  if (encoding) return digestInput(key, length, encoding);
  // By way of characters: to be given a buffer takes several times as long.
  return Buffer.from(digestInput(key, length, 'binary'), 'latin1');
}

/** Of a text that is given by its bytes. */
export function keyedDigestOfBytes(key: Buffer, text: ByteString, encoding: BinaryToTextEncoding): string {
  makeRoom(text.length);
  return digestInput(key, blockBytes + input.write(text, blockBytes, 'latin1'), encoding);
}

/** What is hashed: room for the inner pad, and the text. */
let input = Buffer.allocUnsafeSlow(blockBytes + 16_384);
/** What is longer has room of its own, which is not kept. */
const longestKept = 1_048_576;

function makeRoom(bytes: number): void {
  const most = blockBytes + bytes;
  if (most > input.length) input = Buffer.allocUnsafeSlow(most);
  else if (input.length > longestKept && most <= longestKept) input = Buffer.allocUnsafeSlow(longestKept);
}

/** @returns how far the input is filled */
function encode(text: string): number {
  // No character of a string takes more than three bytes.
  makeRoom(text.length * 3);
  return blockBytes + input.write(text, blockBytes);
}

function digestInput(key: Buffer, length: number, encoding: BinaryToTextEncoding): string {
  const { inner, outer } = padsOf.get(key) ?? padKey(key);
  inner.copy(input);
  outer.write(hash('sha256', input.subarray(0, length), 'binary'), blockBytes, 'latin1');
  return hash('sha256', outer, encoding);
}

function padKey(key: Buffer): Pads {
  const short = key.length > blockBytes ? hash('sha256', key, 'buffer') : key;
  const inner = Buffer.alloc(blockBytes, 0x36);
  const outer = Buffer.alloc(blockBytes + hashBytes, 0x5c);
  for (const [at, byte] of short.entries()) {
    inner[at]! ^= byte;
    outer[at]! ^= byte;
  }
  const pads = { inner, outer };
  padsOf.set(key, pads);
  return pads;
}
