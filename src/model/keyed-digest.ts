/** HMAC-SHA-256 under a key that is used again and again. */
import { type BinaryToTextEncoding, createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** Given the bytes of a key, Node makes a key object of them each time, which takes several times as long as the digest. */
const keyObjects = new WeakMap<Buffer, KeyObject>();

export function keyedDigest(key: Buffer, text: string): Buffer;
export function keyedDigest(key: Buffer, text: string, encoding: BinaryToTextEncoding): string;
export function keyedDigest(key: Buffer, text: string, encoding?: BinaryToTextEncoding): Buffer | string {
  let object = keyObjects.get(key);
  if (!object) keyObjects.set(key, (object = createSecretKey(key)));
  const hmac = createHmac('sha256', object).update(text);
  return encoding ? hmac.digest(encoding) : hmac.digest();
}
