/** How many operations are generated, and from which seed: more of them, or those of a failure once more, by setting the environment. */
export interface GeneratedOperations {
  /** Pairs of an operation and a caller. */
  readonly count: number;
  /** The same seed and count give the same operations. */
  readonly seed: number;
}

export function readGeneratedOperations(usually = 1000): GeneratedOperations {
  return { count: readWhole('CITYGRAPH_OPERATIONS', usually), seed: readWhole('CITYGRAPH_OPERATIONS_SEED', 1) };
}

function readWhole(name: string, fallback: number): number {
  const given = process.env[name];
  if (given === undefined || given === '') return fallback;
  if (!/^\d{1,9}$/.test(given)) throw new Error(`${name}: expected a whole number, got '${given}'`);
  return Number(given);
}
