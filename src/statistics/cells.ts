/**
 * From the amounts of the finest level to the cells of a cube: every combination of codes at any depth, with what is published of it.
 *
 * A cell is published where it is made of whole published figures (blocks). One that is not stands there as withheld where all cells around
 * it are published; what lies within a withheld cell has no cell of its own, nor has what counts nobody.
 */
import { type Amount, joinApart, joinTogether, nothing, type Rule } from './amounts.js';
import { type Combination, createBreakdown, type Step } from './breakdown.js';
import type { Dimension } from './cube.js';
import { blocksOf, type ControlOptions, type Place, protect, type Publication } from './protect.js';

/** Amounts of one combination at one place of the lowest level. */
export interface LeafAmount {
  readonly place: string;
  readonly paths: Combination;
  readonly amount: Amount;
}

export interface CellCodes {
  readonly place: string;
  /** A code a dimension, and at which depth it stands: 0 for the total. */
  readonly codes: readonly string[];
  readonly depths: readonly number[];
}

export interface Cell extends CellCodes {
  readonly amount: Amount;
  /** Null: withheld. */
  readonly count: number | null;
  /** Whether sums may be published. */
  readonly hasSum: boolean;
}

/** None: every row that is counted is open by itself. Primary: unsafe cells alone, by which nobody is protected; for tests. */
export type Control = 'full' | 'primary' | 'none';

export interface CellOptions {
  readonly dimensions: readonly Dimension[];
  readonly city: Place;
  readonly contributes: 'once' | 'repeatedly';
  readonly counts: Rule;
  readonly sums: Rule | null;
  readonly control: Control;
  readonly controlOfSums: Control;
  /** Different contributors of a step at a place of the lowest level, where the amounts of its leaves do not say. */
  readonly contributorsOf: (place: string, step: Step) => number | undefined;
}

interface Combined {
  readonly key: string;
  readonly codes: readonly string[];
  readonly depths: readonly number[];
  /** Of what it is a part, one dimension taken up by a level. */
  readonly above: readonly string[];
}

export function computeCells(leaves: readonly LeafAmount[], options: CellOptions): Cell[] {
  const { dimensions, city } = options;
  // Empty combinations matter where it is withheld which are.
  const isControlled = options.control === 'full' || (options.sums !== null && options.controlOfSums === 'full');
  const seen = leaves.map(({ paths }) => paths);
  const breakdown = createBreakdown(isControlled ? dimensions : null, seen);
  const join = options.contributes === 'once' ? joinApart : joinTogether;
  const lineOf = placesAbove(city);
  const combined = combinations(dimensions, [...breakdown.leaves.values()]);
  const steps = new Map<string, Map<Step, Amount>>();
  const cells = new Map<string, Map<string, Amount>>();
  const leafSteps = leaves.map(({ paths }) => breakdown.leafOf(paths));
  for (const [index, { place, paths, amount }] of leaves.entries()) {
    for (const step of breakdown.lines.get(leafSteps[index]!)!) add(steps, place, step, amount, join);
    for (const { key } of combined.of(paths)) add(cells, place, key, amount, join);
  }
  for (const [place, amounts] of steps)
    for (const [step, amount] of amounts)
      amounts.set(step, { ...amount, contributors: options.contributorsOf(place, step) ?? amount.contributors });
  // What lies in several places has no contributor in common: everyone has one home.
  for (const place of [...steps.keys()]) {
    for (const above of lineOf.get(place)!.slice(0, -1)) {
      for (const [step, amount] of steps.get(place)!) add(steps, above.code, step, amount, joinApart);
      for (const [key, amount] of cells.get(place)!) add(cells, above.code, key, amount, joinApart);
    }
  }
  const status = (rule: Rule, control: Control): Status =>
    control === 'full'
      ? statusAfter(protectRows(rule), breakdown.leaves, combined)
      : (place, key) => {
          const amount = cells.get(place)?.get(key) ?? nothing;
          return rule.isEmpty(amount) ? 'none' : control === 'none' || rule.isSafe(amount) ? 'published' : 'withheld';
        };
  const protectRows = (rule: Rule): Publication => {
    const control: ControlOptions = { rule, join };
    const at = (place: Place) => (step: Step) => steps.get(place.code)?.get(step) ?? nothing;
    return protect(city, (place) => ({ place, at: at(place) }), breakdown.root, control);
  };
  return list(city, combined, cells, status(options.counts, options.control), sumStatus(options, status));
}

type Status = (place: string, key: string) => 'published' | 'withheld' | 'none';

function sumStatus(
  { sums, controlOfSums }: CellOptions,
  status: (rule: Rule, control: Control) => Status,
): Status | null {
  return sums && status(sums, controlOfSums);
}

/** Of a key at a place: whether the blocks that it touches lie in it as a whole. */
function statusAfter(publication: Publication, leaves: ReadonlyMap<Step, Combination>, combined: Combinations): Status {
  const found = new Map<string, Map<string, 'published' | 'withheld'>>();
  for (const [place, known] of publication) {
    const ofPlace = new Map<string, 'published' | 'withheld'>();
    for (const block of blocksOf(known)) {
      const inside = new Map<string, number>();
      for (const leaf of block.leaves)
        for (const { key } of combined.of(leaves.get(leaf)!)) inside.set(key, (inside.get(key) ?? 0) + 1);
      for (const [key, count] of inside)
        if (count < block.leaves.size) ofPlace.set(key, 'withheld');
        else if (!ofPlace.has(key)) ofPlace.set(key, 'published');
    }
    found.set(place, ofPlace);
  }
  return (place, key) => {
    const ofPlace = found.get(place);
    return ofPlace ? (ofPlace.get(key) ?? 'none') : 'withheld';
  };
}

function list(
  city: Place,
  combined: Combinations,
  cells: ReadonlyMap<string, ReadonlyMap<string, Amount>>,
  status: Status,
  sums: Status | null,
): Cell[] {
  const found: Cell[] = [];
  const walk = (place: Place, above: Place | null, hasWithheldSibling: boolean): void => {
    for (const { key, codes, depths, above: wider } of combined.all) {
      const own = status(place.code, key);
      if (own === 'none') continue;
      const isPlaceEmpty = above !== null && !cells.has(place.code) && !hasWithheldSibling;
      const isAround =
        wider.every((it) => status(place.code, it) === 'published') &&
        (above === null || status(above.code, key) === 'published');
      if (own === 'withheld' && (!isAround || isPlaceEmpty)) continue;
      const amount = cells.get(place.code)?.get(key) ?? nothing;
      const isPublished = own === 'published';
      const hasSum = isPublished && sums !== null && sums(place.code, key) !== 'withheld';
      found.push({ place: place.code, codes, depths, amount, count: isPublished ? amount.units : null, hasSum });
    }
    const withheld = place.children.some(
      (child) => cells.has(child.code) && status(child.code, combined.total) === 'withheld',
    );
    for (const child of place.children) walk(child, place, withheld);
  };
  walk(city, null, false);
  return found;
}

function add<K>(
  into: Map<string, Map<K, Amount>>,
  place: string,
  key: K,
  amount: Amount,
  join: (a: Amount, b: Amount) => Amount,
): void {
  let amounts = into.get(place);
  if (!amounts) into.set(place, (amounts = new Map<K, Amount>()));
  const before = amounts.get(key);
  amounts.set(key, before ? join(before, amount) : amount);
}

function placesAbove(city: Place): Map<string, readonly Place[]> {
  const lines = new Map<string, readonly Place[]>();
  const walk = (place: Place, above: readonly Place[]): void => {
    const line = [...above, place];
    lines.set(place.code, line);
    for (const child of place.children) walk(child, line);
  };
  walk(city, []);
  return lines;
}

interface Combinations {
  readonly all: Iterable<Combined>;
  readonly total: string;
  of(paths: Combination): readonly Combined[];
}

/** Every choice of a depth in each dimension, of every leaf. */
function combinations(dimensions: readonly Dimension[], leaves: readonly Combination[]): Combinations {
  const known = new Map<string, Combined>();
  const byLeaf = new Map<string, readonly Combined[]>();
  const keyOf = (codes: readonly string[]): string => codes.join('\u0000');
  const make = (codes: readonly string[], chains: readonly (readonly string[])[]): Combined => {
    const key = keyOf(codes);
    let it = known.get(key);
    if (it) return it;
    const depths = codes.map((code, index) => chains[index]!.indexOf(code));
    const above = depths.flatMap((depth, index) =>
      depth === 0 ? [] : [keyOf(codes.map((code, other) => (other === index ? chains[index]![depth - 1]! : code)))],
    );
    known.set(key, (it = { key, codes, depths, above }));
    return it;
  };
  for (const paths of leaves) {
    // A code that repeats the one above it is no further depth.
    const chains = paths.map((path, index) => [...new Set([dimensions[index]!.total, ...path])]);
    const choices = chains.reduce<string[][]>(
      (found, chain, index) =>
        found.flatMap((codes) =>
          chain.slice(dimensions[index]!.hasTotal === false ? 1 : 0).map((code) => [...codes, code]),
        ),
      [[]],
    );
    byLeaf.set(
      paths.flat().join('/'),
      choices.map((codes) => make(codes, chains)),
    );
  }
  return {
    all: [...known.values()],
    total: keyOf(dimensions.map(({ total }) => total)),
    of: (paths) => byLeaf.get(paths.flat().join('/'))!,
  };
}
