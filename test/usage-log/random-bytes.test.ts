import { describe, expect, test } from '@jest/globals';
import { putRandomBytes } from '../../src/usage-log/random-bytes.js';

function take(count: number): Buffer {
  const bytes = Buffer.alloc(count);
  putRandomBytes(bytes, 0, count);
  return bytes;
}

describe('random bytes out of the pool', () => {
  test('are never given out twice, over as many fillings as it takes', () => {
    const seen = new Set<string>();
    for (let taken = 0; taken < 2_000; taken += 1) seen.add(take(taken % 2 === 0 ? 16 : 32).toString('hex'));
    expect(seen.size).toBe(2_000);
  });

  test('stand where they were asked for, and nowhere else', () => {
    const target = Buffer.alloc(40);
    putRandomBytes(target, 4, 32);
    expect([target.subarray(0, 4), target.subarray(36)].every((part) => part.equals(Buffer.alloc(4)))).toBe(true);
    expect(new Set([target.toString('hex', 4, 36), take(32).toString('hex'), '00'.repeat(32)]).size).toBe(3);
  });

  test('are the taker’s own: what it does with them changes none that follow', () => {
    const first = take(16);
    const kept = first.toString('hex');
    const second = take(16).fill(0);
    expect(first.toString('hex')).toBe(kept);
    expect(second.equals(take(16))).toBe(false);
  });
});
