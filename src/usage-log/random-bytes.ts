/** Random bytes, of which the system is asked for many at once: a call for each few costs more than what is done with them. */
import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;

/** @param count at most 4096 */
export function takeRandomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = Buffer.from(pool.subarray(used, used + count));
  // INVARIANT: no byte is given out twice.
  used += count;
  return bytes;
}
