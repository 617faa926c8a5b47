import { describe, expect, test } from '@jest/globals';
import { createHmac, randomBytes } from 'node:crypto';
import { keyedDigest } from '../../src/model/keyed-digest.js';

describe('a keyed digest', () => {
  test('is HMAC-SHA-256, in bytes or in text, under each of several keys in turn', () => {
    const keys = [randomBytes(32), randomBytes(32)];
    for (const key of [...keys, ...keys]) {
      const expected = createHmac('sha256', key).update('东胜区 a').digest();
      expect(keyedDigest(key, '东胜区 a')).toEqual(expected);
      expect(keyedDigest(key, '东胜区 a', 'hex')).toBe(expected.toString('hex'));
    }
  });
});
