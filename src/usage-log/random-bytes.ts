/** Random bytes, of which the system is asked for many at once: a call for each few costs more than what is done with them. */
import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;

/** @param count at most 4096 */
export function putRandomBytes(target: Uint8Array, at: number, count: number): void {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  // By hand: so few bytes are copied sooner than somebody else is asked to.
  for (let n = 0; n < count; n += 1) target[at + n] = pool[used + n]!;
  // INVARIANT: no byte is given out twice.
  used += count;
}
