/** A permutation of 0 … size-1 that is computed both ways and stored nowhere: x -> (factor * x + shift) mod size. */
export interface Permutation {
  readonly size: number;
  to(x: number): number;
  from(y: number): number;
}

/**
 * The factor lies near the golden section of the size, so that neighbours land far apart.
 * @throws RangeError for a size below 1 or above 2^26, where the product would leave the integers that a number holds exactly.
 */
export function createPermutation(size: number, shift: number): Permutation {
  if (!Number.isInteger(size) || size < 1 || size > 2 ** 26)
    throw new RangeError('size of a permutation: expected 1 to 2^26');
  let factor = Math.max(1, Math.floor(size * 0.6180339887));
  while (gcd(factor, size) !== 1) factor++;
  factor %= size;
  const inverse = invert(factor, size);
  const offset = shift % size;
  return {
    size,
    to: (x) => (factor * x + offset) % size,
    from: (y) => (inverse * ((y - offset + size) % size)) % size,
  };
}

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function invert(factor: number, size: number): number {
  let [r, nextR, t, nextT] = [size, factor, 0, 1];
  while (nextR !== 0) {
    const quotient = Math.floor(r / nextR);
    [r, nextR] = [nextR, r - quotient * nextR];
    [t, nextT] = [nextT, t - quotient * nextT];
  }
  return ((t % size) + size) % size;
}
