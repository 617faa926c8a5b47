/**
 * An attacker: takes cells as they were published, and solves for those that are not.
 *
 * The unknowns are the finest parts that he can tell apart; each published cell is one equation over them, each is at least 0. Exactly, by
 * Gaussian elimination over the field of a large prime, he finds which withheld cells the equations determine. And by a simplex over
 * fractions of bigints he bounds those that they do not.
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

const prime = 2_147_483_647n;

/**
 * Which withheld sums are linear combinations of published ones. Modulo a prime: what is dependent over the rationals is so here too, so that
 * nothing is missed; the other way round it errs once in two thousand million.
 */
export function findDetermined(sums: readonly PublishedSum[]): string[] {
  const rows: Map<number, bigint>[] = [];
  const pivots = new Map<number, Map<number, bigint>>();
  const reduce = (row: Map<number, bigint>): Map<number, bigint> => {
    for (;;) {
      let column: number | undefined;
      for (const [it] of row) if (pivots.has(it)) column = it;
      if (column === undefined) return row;
      const factor = row.get(column)!;
      for (const [it, value] of pivots.get(column)!) {
        const left = ((row.get(it) ?? 0n) - factor * value) % prime;
        if (left === 0n) row.delete(it);
        else row.set(it, (left + prime) % prime);
      }
    }
  };
  for (const { of, value } of sums) {
    if (value === null) continue;
    const row = reduce(new Map(of.map((it) => [it, 1n])));
    const first = [...row.keys()][0];
    if (first === undefined) continue;
    const inverse = power(row.get(first)!, prime - 2n);
    for (const [it, own] of row) row.set(it, (own * inverse) % prime);
    pivots.set(first, row);
    rows.push(row);
  }
  return sums
    .filter(({ of, value }) => value === null && reduce(new Map(of.map((it) => [it, 1n]))).size === 0)
    .map(({ name }) => name);
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
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
  const known = sums.filter(({ value }) => value !== null);
  // What a published nought covers is nought.
  const zero = new Set(known.filter(({ value }) => value === 0).flatMap(({ of }) => [...of]));
  const left = (of: readonly number[]): number[] => of.filter((it) => !zero.has(it));
  const figures = known.filter(({ value }) => value !== 0).map(({ of, value }) => ({ of: left(of), value: value! }));
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

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const naught: Fraction = { over: 0n, under: 1n };
const fraction = (over: bigint, under = 1n): Fraction => {
  const [o, u] = under < 0n ? [-over, -under] : [over, under];
  const divisor = common(o < 0n ? -o : o, u);
  return { over: o / divisor, under: u / divisor };
};
const common = (a: bigint, b: bigint): bigint => (b === 0n ? a || 1n : common(b, a % b));
const times = (a: Fraction, b: Fraction): Fraction =>
  a.over === 0n || b.over === 0n ? naught : fraction(a.over * b.over, a.under * b.under);
const minus = (a: Fraction, b: Fraction): Fraction =>
  b.over === 0n ? a : fraction(a.over * b.under - b.over * a.under, a.under * b.under);
const by = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under, a.under * b.over);
const isLess = (a: Fraction, b: Fraction): boolean => a.over * b.under < b.over * a.under;

interface Tableau {
  /** Of sign times the sum of these unknowns. */
  maximise(of: readonly number[], sign: 1 | -1): number;
}

interface Equation {
  readonly of: readonly number[];
  /** To be taken away. */
  readonly less: readonly number[];
  readonly value: number;
}

type SparseRow = Map<number, Fraction>;
const right = -1;

/** Two phases, Bland's rule: it ends, and is exact. Unknowns 0 to count - 1; the artificial ones follow. */
function createTableau(equations: readonly Equation[], count: number): Tableau {
  let rows: SparseRow[] = equations.map(({ of, less, value }, index) => {
    const row: SparseRow = new Map(of.map((it) => [it, fraction(1n)]));
    for (const it of less) row.set(it, fraction(-1n));
    row.set(count + index, fraction(1n));
    row.set(right, fraction(BigInt(value)));
    return row;
  });
  let basis = equations.map((_, index) => count + index);

  const pivot = (own: SparseRow[], base: number[], target: SparseRow, at: number, column: number): void => {
    const row = own[at]!;
    const head = row.get(column)!;
    for (const [it, value] of row) row.set(it, by(value, head));
    for (const other of [...own, target]) {
      const factor = other === row ? undefined : other.get(column);
      if (!factor || factor.over === 0n) continue;
      for (const [it, value] of row) {
        const left = minus(other.get(it) ?? naught, times(factor, value));
        if (left.over === 0n) other.delete(it);
        else other.set(it, left);
      }
    }
    base[at] = column;
  };
  /** False where there is no limit. */
  const solve = (own: SparseRow[], base: number[], target: SparseRow, most: number): boolean => {
    for (;;) {
      let column = Infinity;
      for (const [it, value] of target) if (it >= 0 && it < most && it < column && value.over > 0n) column = it;
      if (column === Infinity) return true;
      let at = -1;
      let ratio = naught;
      for (const [index, row] of own.entries()) {
        const head = row.get(column);
        if (!head || head.over <= 0n) continue;
        const its = by(row.get(right) ?? naught, head);
        if (at < 0 || isLess(its, ratio) || (!isLess(ratio, its) && base[index]! < base[at]!))
          [at, ratio] = [index, its];
      }
      if (at < 0) return false;
      pivot(own, base, target, at, column);
    }
  };

  const infeasibility: SparseRow = new Map();
  for (const row of rows)
    for (const [it, value] of row) {
      if (it < count) infeasibility.set(it, minus(infeasibility.get(it) ?? naught, times(value, fraction(-1n))));
    }
  solve(rows, basis, infeasibility, count);
  if ((infeasibility.get(right) ?? naught).over !== 0n) throw new Error('what was published contradicts itself');
  for (const [index, row] of rows.entries()) {
    if (basis[index]! < count) continue;
    const column = [...row.keys()].find((it) => it >= 0 && it < count);
    if (column !== undefined) pivot(rows, basis, new Map(), index, column);
  }
  const kept = rows.map((_, index) => index).filter((index) => basis[index]! < count);
  rows = kept.map((index) => new Map([...rows[index]!].filter(([it]) => it < count)));
  basis = kept.map((index) => basis[index]!);

  return {
    maximise: (of, sign) => {
      const own = rows.map((row) => new Map(row));
      const base = [...basis];
      const target: SparseRow = new Map(of.map((it) => [it, fraction(BigInt(sign))]));
      for (const [index, row] of own.entries()) {
        const factor = target.get(base[index]!);
        if (!factor || factor.over === 0n) continue;
        for (const [it, value] of row) {
          const left = minus(target.get(it) ?? naught, times(factor, value));
          if (left.over === 0n) target.delete(it);
          else target.set(it, left);
        }
      }
      if (!solve(own, base, target, count)) return Infinity;
      const { over, under } = target.get(right) ?? naught;
      return Number(-over) / Number(under);
    },
  };
}
