import { describe, expect, test } from '@jest/globals';
import { putRandomBytes, takeRandomBytes } from '../../src/usage-log/random-bytes.js';

describe('random bytes out of the pool', () => {
  test('are never given out twice, over as many fillings as it takes', () => {
    const seen = new Set<string>();
    for (let taken = 0; taken < 2_000; taken += 1) seen.add(takeRandomBytes(taken % 2 === 0 ? 16 : 32).toString('hex'));
    expect(seen.size).toBe(2_000);
  });

  test('stand where they were asked for, and nowhere else', () => {
    const target = Buffer.alloc(40);
    putRandomBytes(target, 4, 32);
    expect([target.subarray(0, 4), target.subarray(36)].every((part) => part.equals(Buffer.alloc(4)))).toBe(true);
    const other = Buffer.alloc(32);
    putRandomBytes(other, 0, 32);
    expect(new Set([target.toString('hex', 4, 36), other.toString('hex'), '00'.repeat(32)]).size).toBe(3);
  });

  test('are the taker’s own: what it does with them changes none that follow', () => {
    const first = takeRandomBytes(16);
    const kept = first.toString('hex');
    const second = takeRandomBytes(16).fill(0);
    expect(first.toString('hex')).toBe(kept);
    expect(second.equals(takeRandomBytes(16))).toBe(false);
  });
});
