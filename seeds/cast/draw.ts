/**
 * Random numbers without a state: a number is a hash of seed, stream and index, so that anything about entity i can be drawn at any
 * time, in any order, in any process, and comes out the same. Streams keep unrelated draws about one index apart.
 */
export interface Draw {
  /** A number from 0 up to, not including, 1. */
  unit(stream: number, index: number): number;
  /** An integer from 0 up to, not including, `bound`. */
  below(stream: number, index: number, bound: number): number;
  /** An integer of the range, both ends included. */
  between(stream: number, index: number, from: number, to: number): number;
  chance(stream: number, index: number, probability: number): boolean;
  pick<T>(stream: number, index: number, list: readonly T[]): T;
}

/** Taken out of Math once: a global is dear to look up in a sandbox, where tests run, and these are called a hundred times a person. */
const { floor, imul } = Math;

/** The number of a stream by its name (FNV-1a): name it once, at the top of a module. */
export function streamOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export function createDraw(seed: number): Draw {
  const unit = (stream: number, index: number): number => hash(seed, stream, index) / 0x1_0000_0000;
  const below = (stream: number, index: number, bound: number): number => floor(unit(stream, index) * bound);
  return {
    unit,
    below,
    between: (stream, index, from, to) => from + below(stream, index, to - from + 1),
    chance: (stream, index, probability) => unit(stream, index) < probability,
    pick: (stream, index, list) => list[below(stream, index, list.length)]!,
  };
}

/** Two rounds, since seed, stream and index merely XORed together would let one stream repeat another. */
function hash(seed: number, stream: number, index: number): number {
  const key = scramble(seed ^ imul(stream, 0x9e3779b1));
  return scramble(scramble(index ^ key) + imul(key, 0x9e3779b1)) >>> 0;
}

/** The finaliser of MurmurHash3: every bit of the input moves about half of those of the output. */
function scramble(value: number): number {
  let mixed = value | 0;
  mixed = imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
