import type { ByteString } from '../../src/model/byte-string.js';

/** What a reader sees in it. */
export function textOf(bytes: ByteString): string {
  return Buffer.from(bytes, 'latin1').toString();
}
