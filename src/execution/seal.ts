/**
 * Ids and cursors, sealed for each principal: they reveal nothing, can't be joined between two consumers, and can't be forged.
 *
 * Deterministic, for the same answer must have the same bytes. An id is one block of AES-256 over type and number with a fixed part that
 * must come out again; a cursor is AES-256-CTR under the MAC of its content (SIV). `marked-text.ts` puts them where the database left a mark.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { CitygraphError } from '../errors.js';

export interface Sealer {
  sealId(type: string, id: string): string;
  /** @throws INVALID_IDENTIFIER */
  openId(type: string, sealed: string): string;
  sealCursor(scope: string, hex: string): string;
  /** @throws INVALID_CURSOR: foreign, forged, or of another list or order */
  openCursor(scope: string, sealed: string): readonly (string | null)[];
}

const guard = Buffer.from('ctgr', 'latin1');

export function createSealer(master: Buffer, principal: string): Sealer {
  // Given the bytes of a key, Node takes several times as long to make a cipher of it as the cipher takes.
  const derive = (use: string): KeyObject =>
    createSecretKey(createHmac('sha256', master).update(`${use}/${principal}`).digest());
  const idKey = derive('id');
  const cursorKey = derive('cursor');
  const cursorMacKey = derive('cursor-mac');

  return {
    sealId(type, id) {
      const block = Buffer.alloc(16);
      guard.copy(block, 0);
      typeTag(type).copy(block, 4);
      block.writeBigInt64BE(BigInt(id), 8);
      const cipher = createCipheriv('aes-256-ecb', idKey, null).setAutoPadding(false);
      return cipher.update(block).toString('base64url');
    },
    openId(type, sealed) {
      const block = Buffer.from(sealed, 'base64url');
      if (block.length === 16) {
        const plain = createDecipheriv('aes-256-ecb', idKey, null).setAutoPadding(false).update(block);
        if (timingSafeEqual(plain.subarray(0, 8), Buffer.concat([guard, typeTag(type)])))
          return plain.readBigInt64BE(8).toString();
      }
      throw new CitygraphError(
        'INVALID_IDENTIFIER',
        `expected an id of ${type} as this service gave it to this caller, got another`,
      );
    },
    sealCursor(scope, hex) {
      const content = Buffer.from(hex, 'hex');
      const mac = macOf(cursorMacKey, scope, content);
      const cipher = createCipheriv('aes-256-ctr', cursorKey, mac);
      return Buffer.concat([mac, cipher.update(content)]).toString('base64url');
    },
    openCursor(scope, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length > 16 && bytes.length < 4096) {
        const mac = bytes.subarray(0, 16);
        const content = createDecipheriv('aes-256-ctr', cursorKey, mac).update(bytes.subarray(16));
        if (timingSafeEqual(mac, macOf(cursorMacKey, scope, content)))
          return JSON.parse(content.toString('utf8')) as (string | null)[];
      }
      throw new CitygraphError(
        'INVALID_CURSOR',
        'expected a cursor that this list, in this order, gave to this caller, got another',
      );
    },
  };
}

function typeTag(type: string): Buffer {
  return createHash('sha256').update(type).digest().subarray(0, 4);
}

function macOf(key: KeyObject, scope: string, content: Buffer): Buffer {
  return createHmac('sha256', key).update(scope).update('\0').update(content).digest().subarray(0, 16);
}
