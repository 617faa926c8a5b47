/**
 * An attacker: takes cells as they were published, and solves for those that are not.
 *
 * The unknowns are the finest parts that he can tell apart; each published cell is one equation over them, each is at least 0. By Gaussian
 * elimination, exact modulo a prime, he finds which withheld cells the equations determine; by the simplex method he bounds the others.
 */

/** A cell as a sum of unknowns; null: withheld. */
export interface PublishedSum {
  readonly name: string;
  readonly of: readonly number[];
  readonly value: number | null;
}

export interface Interval {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** Products of two below it are exact in a double. */
const prime = 67_108_859;

/**
 * Which withheld sums are linear combinations of published ones. Modulo a prime: what is dependent over the rationals is so here too, so that
 * nothing is missed.
 */
export function findDetermined(sums: readonly PublishedSum[]): string[] {
  const { figures, left } = readFigures(sums);
  const withheld = sums.filter(({ value }) => value === null);
  const alike = mergeAlike([...figures.map(({ of }) => of), ...withheld.map(({ of }) => left(of))]);
  const pivots: { readonly column: number; readonly row: Float64Array }[] = [];
  const reduce = (of: readonly number[]): Float64Array => {
    const row = new Float64Array(alike.count);
    for (const it of alike.of(of)) row[it] = 1;
    for (const pivot of pivots) {
      const factor = row[pivot.column]!;
      if (factor === 0) continue;
      for (let it = 0; it < row.length; it += 1)
        if (pivot.row[it] !== 0) row[it] = (row[it]! + (prime - factor) * pivot.row[it]!) % prime;
    }
    return row;
  };
  for (const { of } of figures) {
    const row = reduce(of);
    const column = row.findIndex((value) => value !== 0);
    if (column < 0) continue;
    const inverse = power(row[column]!, prime - 2);
    pivots.push({ column, row: row.map((value) => (value * inverse) % prime) });
  }
  return withheld.filter(({ of }) => reduce(left(of)).every((value) => value === 0)).map(({ name }) => name);
}

function power(base: number, exponent: number): number {
  let [result, square] = [1, base];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

interface Figures {
  readonly figures: readonly { readonly of: readonly number[]; readonly value: number }[];
  /** What a published nought covers is nought; the others are left. */
  readonly left: (of: readonly number[]) => number[];
}

function readFigures(sums: readonly PublishedSum[]): Figures {
  const known = sums.filter(({ value }) => value !== null);
  const zero = new Set(known.filter(({ value }) => value === 0).flatMap(({ of }) => [...of]));
  const left = (of: readonly number[]): number[] => of.filter((it) => !zero.has(it));
  return {
    left,
    figures: known.filter(({ value }) => value !== 0).map(({ of, value }) => ({ of: left(of), value: value! })),
  };
}

/**
 * The least and the most that each of these sums may be.
 * @param equal pairs of sums of unknowns that are the same
 */
export function boundWithheld(
  sums: readonly PublishedSum[],
  which: readonly PublishedSum[],
  equal: readonly (readonly [readonly number[], readonly number[]])[] = [],
): Interval[] {
  const { figures, left } = readFigures(sums);
  const links = equal.map(([one, other]) => [left(one), left(other)] as const);
  const objectives = which.map(({ of }) => left(of));
  const alike = mergeAlike([...figures.map(({ of }) => of), ...links.flat(), ...objectives]);
  const tableau = createTableau(
    [
      ...figures.map(({ of, value }) => ({ of: alike.of(of), less: [], value })),
      ...links.map(([one, other]) => ({ of: alike.of(one), less: alike.of(other), value: 0 })),
    ],
    alike.count,
  );
  return which.map(({ name }, index) => {
    const objective = alike.of(objectives[index]!);
    return { name, least: -tableau.maximise(objective, -1), most: tableau.maximise(objective, 1) };
  });
}

/** Unknowns that no sum tells apart are one. */
function mergeAlike(sums: readonly (readonly number[])[]): { of: (sum: readonly number[]) => number[]; count: number } {
  const signatures = new Map<number, string[]>();
  for (const [index, sum] of sums.entries())
    for (const it of sum) signatures.set(it, [...(signatures.get(it) ?? []), String(index)]);
  const classes = new Map<string, number>();
  const classOf = new Map<number, number>();
  for (const [it, signature] of signatures) {
    const key = signature.join();
    if (!classes.has(key)) classes.set(key, classes.size);
    classOf.set(it, classes.get(key)!);
  }
  return { of: (sum) => [...new Set(sum.map((it) => classOf.get(it)!))], count: classes.size };
}

interface Equation {
  readonly of: readonly number[];
  /** To be taken away. */
  readonly less: readonly number[];
  readonly value: number;
}

interface Tableau {
  /** Of sign times the sum of these unknowns; Infinity where there is no limit. */
  maximise(of: readonly number[], sign: 1 | -1): number;
}

const tiny = 1e-7;

/** The simplex method in two phases, on a dense tableau: a row for each equation, the right side last. */
function createTableau(equations: readonly Equation[], count: number): Tableau {
  const rows = equations.map(({ of, less, value }) => {
    const row = new Float64Array(count + 1);
    for (const it of of) row[it] = 1;
    for (const it of less) row[it] = -1;
    row[count] = value;
    return row;
  });
  // An artificial unknown for each equation, whose column nobody needs once it has left.
  const basis = rows.map((_, index) => count + 1 + index);
  const infeasibility = new Float64Array(count + 1);
  for (const row of rows) addTimes(infeasibility, row, 1);
  maximiseFrom(rows, basis, infeasibility);
  if (infeasibility[count]! > 1e-4) throw new Error('what was published contradicts itself');
  for (const [index, row] of rows.entries()) {
    if (basis[index]! < count) continue;
    const column = row.subarray(0, count).findIndex((value) => Math.abs(value) > tiny);
    if (column >= 0) pivot(rows, basis, infeasibility, index, column);
  }
  const kept = rows.map((_, index) => index).filter((index) => basis[index]! < count);
  return {
    maximise: (of, sign) => {
      const own = kept.map((index) => rows[index]!.slice());
      const base = kept.map((index) => basis[index]!);
      const target = new Float64Array(count + 1);
      for (const it of of) target[it] = sign;
      for (const [index, row] of own.entries()) addTimes(target, row, -target[base[index]!]!);
      return maximiseFrom(own, base, target) ? Math.round(-target[count]! * 1e4) / 1e4 : Infinity;
    },
  };
}

/** The largest gain first; the first of all where it stops gaining, so that it ends. */
function maximiseFrom(rows: readonly Float64Array[], basis: number[], target: Float64Array): boolean {
  const count = target.length - 1;
  for (let step = 0; ; step += 1) {
    let column = -1;
    for (let it = 0; it < count; it += 1) {
      if (target[it]! <= tiny || (column >= 0 && (step > 2_000 || target[it]! <= target[column]!))) continue;
      column = it;
    }
    if (column < 0) return true;
    let at = -1;
    let least = Infinity;
    for (const [index, row] of rows.entries()) {
      if (row[column]! <= tiny) continue;
      const ratio = row[count]! / row[column]!;
      if (ratio < least - tiny || (ratio < least + tiny && basis[index]! < basis[at]!)) [at, least] = [index, ratio];
    }
    if (at < 0) return false;
    pivot(rows, basis, target, at, column);
  }
}

function pivot(rows: readonly Float64Array[], basis: number[], target: Float64Array, at: number, column: number): void {
  const row = rows[at]!;
  const head = row[column]!;
  for (let it = 0; it < row.length; it += 1) row[it] = row[it]! / head;
  for (const other of rows) if (other !== row && other[column] !== 0) addTimes(other, row, -other[column]!);
  addTimes(target, row, -target[column]!);
  basis[at] = column;
}

function addTimes(to: Float64Array, row: Float64Array, factor: number): void {
  if (factor === 0) return;
  for (let it = 0; it < row.length; it += 1) {
    const value = to[it]! + factor * row[it]!;
    to[it] = Math.abs(value) < 1e-9 ? 0 : value;
  }
}
