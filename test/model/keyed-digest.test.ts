import { describe, expect, test } from '@jest/globals';
import { createHmac, randomBytes } from 'node:crypto';
import { toByteString } from '../../src/model/byte-string.js';
import { keyedDigest, keyedDigestOfBytes } from '../../src/model/keyed-digest.js';

describe('a keyed digest', () => {
  test('is HMAC-SHA-256, in bytes or in text, under each of several keys in turn', () => {
    const keys = [randomBytes(32), randomBytes(32)];
    for (const key of [...keys, ...keys]) {
      const expected = createHmac('sha256', key).update('东胜区 a').digest();
      expect(keyedDigest(key, '东胜区 a')).toEqual(expected);
      expect(keyedDigest(key, '东胜区 a', 'hex')).toBe(expected.toString('hex'));
    }
  });

  test('is the same under keys of any length, and of texts of any, whatever was digested before', () => {
    const lengths = [0, 1, 16_384, 3, 2_000_000, 100, 400_000, 0];
    for (const key of [0, 1, 63, 64, 65, 200].map((bytes) => randomBytes(bytes))) {
      for (const length of lengths) {
        const text = '东a'.repeat(length / 2);
        expect(keyedDigest(key, text, 'hex')).toBe(createHmac('sha256', key).update(text).digest('hex'));
      }
    }
  });

  test('is the same of the bytes of a text, in which half a surrogate pair is what it is in any UTF-8', () => {
    const key = randomBytes(32);
    for (const text of ['', 'ascii', '东胜区', '\ud83d\ude00 \ud83d', '东a'.repeat(100_000)]) {
      const bytes = toByteString(text);
      expect(Buffer.from(bytes, 'latin1')).toEqual(Buffer.from(text));
      const digest = createHmac('sha256', key).update(text).digest('hex');
      expect([keyedDigest(key, text, 'hex'), keyedDigestOfBytes(key, bytes, 'hex')]).toEqual([digest, digest]);
    }
  });
});
