import { describe, expect, test } from '@jest/globals';
import { takeRandomBytes } from '../../src/usage-log/random-bytes.js';

describe('random bytes out of the pool', () => {
  test('are never given out twice, over as many fillings as it takes', () => {
    const seen = new Set<string>();
    for (let taken = 0; taken < 2_000; taken += 1) seen.add(takeRandomBytes(taken % 2 === 0 ? 16 : 32).toString('hex'));
    expect(seen.size).toBe(2_000);
  });

  test('are the taker’s own: what it does with them changes none that follow', () => {
    const first = takeRandomBytes(16);
    const kept = first.toString('hex');
    const second = takeRandomBytes(16).fill(0);
    expect(first.toString('hex')).toBe(kept);
    expect(second.equals(takeRandomBytes(16))).toBe(false);
  });
});
