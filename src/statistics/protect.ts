/**
 * Disclosure control: which figures are published, decided once for an edition and the same for everyone.
 *
 * Places are rows, the steps of a breakdown are columns. From the top down, a figure is broken up only into groups that are each empty or
 * safe. Where a row has an unsafe column, it and at least one more row keep its unsafe columns together in one group, `rest`, chosen so that
 * for these rows together each column of the rest is safe, and for each of these rows the rest is. Then people of two such rows may trade
 * places without any published figure changing, as many as the smallest of those safe groups holds; docs/statistics.md has the proof.
 * It knows amounts and rules, no data and no SQL.
 */
import { type Amount, joinApart, nothing, type Rule } from './amounts.js';
import type { Step } from './breakdown.js';

export interface Place {
  readonly code: string;
  readonly children: readonly Place[];
}

/** Figures of one place, or of several together. */
export interface Row {
  readonly place: Place | null;
  readonly at: (step: Step) => Amount;
}

/** A figure that is published and not broken up further; its leaves may each be empty or not, as far as anyone can tell. */
export interface Block {
  readonly leaves: ReadonlySet<Step>;
}

export interface Part {
  readonly steps: readonly Step[];
  /** Null where the group is a rest, or broken up by nobody. */
  readonly known: Known | null;
  readonly block: Block | null;
}

/** How far a figure of a row is broken up. */
export interface Known {
  readonly step: Step;
  readonly parts: readonly Part[] | null;
  readonly block: Block | null;
}

export interface ControlOptions {
  readonly rule: Rule;
  /** How amounts of several steps of one row are added: whether they may have contributors in common. */
  readonly join: (a: Amount, b: Amount) => Amount;
}

/** By code of the place; what is not in it is withheld as a whole. */
export type Publication = ReadonlyMap<string, Known>;

export function protect(city: Place, rowOf: (place: Place) => Row, root: Step, options: ControlOptions): Publication {
  const publication = new Map<string, Known>();
  const total = rowOf(city).at(root);
  if (options.rule.isEmpty(total) || !options.rule.isSafe(total)) return publication;
  const descend = (place: Place, known: Known): void => {
    publication.set(place.code, known);
    const rows = place.children.map(rowOf).filter((row) => !options.rule.isEmpty(row.at(root)));
    const { visible, hidden } = splitRows(rows, root, options.rule);
    const below = refine([...visible, ...hidden], known, options);
    for (const row of visible) descend(row.place!, below.get(row)!);
  };
  descend(city, breakUpAlone(rowOf(city), root, options));
  return publication;
}

/** Rows whose total is unsafe stay together with the smallest others until they are safe together: one row, of no place in particular. */
function splitRows(rows: readonly Row[], root: Step, rule: Rule): { visible: Row[]; hidden: Row[] } {
  const bySize = [...rows].sort((a, b) => a.at(root).units - b.at(root).units);
  const withheld = bySize.filter((row) => !rule.isSafe(row.at(root)));
  if (withheld.length === 0) return { visible: bySize, hidden: [] };
  const visible = bySize.filter((row) => !withheld.includes(row));
  while (visible.length > 0 && (withheld.length < 2 || !rule.isSafe(together(withheld).at(root))))
    withheld.push(visible.shift()!);
  return { visible, hidden: [together(withheld)] };
}

function together(rows: readonly Row[]): Row {
  const memory = new Map<Step, Amount>();
  return {
    place: null,
    at: (step) => {
      let amount = memory.get(step);
      if (!amount) memory.set(step, (amount = rows.map((row) => row.at(step)).reduce(joinApart, nothing)));
      return amount;
    },
  };
}

/** The city: nothing is known of it from above, so a rest of it needs no second row. Empty columns may stand in it, seen by nobody. */
function breakUpAlone(row: Row, step: Step, options: ControlOptions): Known {
  const { rule } = options;
  if (step.children.length === 0) return { step, parts: null, block: { leaves: new Set([step]) } };
  const full = step.children.filter((child) => !rule.isEmpty(row.at(child)));
  const unsafe = full.filter((child) => !rule.isSafe(row.at(child)));
  const known = (child: Step): Part => ({ steps: [child], known: breakUpAlone(row, child, options), block: null });
  if (unsafe.length === 0) return { step, parts: full.map(known), block: null };
  const rest = growRest(full, unsafe, [row], (it, child) => it.at(child), options);
  if (rest.size === full.length) return { step, parts: null, block: { leaves: leavesOf([step]) } };
  const empty = step.children.filter((child) => rule.isEmpty(row.at(child)));
  const steps = [...rest, ...empty];
  return {
    step,
    parts: [
      ...full.filter((child) => !rest.has(child)).map(known),
      { steps, known: null, block: { leaves: leavesOf(steps) } },
    ],
    block: null,
  };
}

interface Column {
  readonly above: Part;
  readonly of: (row: Row) => Amount;
}

/** How far figures that are broken up for all rows together are broken up for each. */
function refine(rows: readonly Row[], above: Known, options: ControlOptions): Map<Row, Known> {
  const { rule } = options;
  const { step } = above;
  if (above.parts === null) {
    return new Map(rows.map((row) => [row, { step, parts: null, block: { leaves: above.block!.leaves } }]));
  }
  const columns: readonly Column[] = above.parts.map((part) => ({ above: part, of: amountOver(part.steps, options) }));
  const { withheld, pool, rest } = chooseRest(rows, columns, options);
  const parts = new Map<Row, Part[]>(rows.map((row) => [row, []]));
  const hiddenLeaves = new Set<Step>();
  for (const column of columns) {
    const others = rows.filter((row) => !rule.isEmpty(column.of(row)) && !(rest.has(column) && withheld.includes(row)));
    const asked = rest.has(column) ? [...others, pool] : others;
    const { known, steps, block } = column.above;
    const below = known && refine(asked, known, options);
    for (const row of others)
      parts.get(row)!.push({ steps, known: below?.get(row) ?? null, block: block && { leaves: block.leaves } });
    if (!rest.has(column)) continue;
    for (const leaf of below ? supportOf(below.get(pool)!) : block!.leaves) hiddenLeaves.add(leaf);
  }
  const restSteps = [...rest].flatMap((column) => column.above.steps);
  const found = new Map<Row, Known>();
  for (const row of rows) {
    const own = parts.get(row)!;
    const isEmptyRest = !withheld.includes(row) || [...rest].every((column) => rule.isEmpty(column.of(row)));
    if (isEmptyRest) found.set(row, { step, parts: own, block: null });
    else if (own.length === 0) found.set(row, { step, parts: null, block: { leaves: hiddenLeaves } });
    else {
      const part: Part = { steps: restSteps, known: null, block: { leaves: hiddenLeaves } };
      found.set(row, { step, parts: [...own, part], block: null });
    }
  }
  return found;
}

interface Rest {
  /** Rows that keep the rest together; none where every row can show every column. */
  readonly withheld: readonly Row[];
  readonly pool: Row;
  readonly rest: ReadonlySet<Column>;
}

/**
 * Rows that cannot show every column, and the columns that they do not; more rows join until for all of them together each column of the
 * rest is safe.
 * INVARIANT: never one alone, for what one row withholds is the total less all other rows.
 */
function chooseRest(rows: readonly Row[], columns: readonly Column[], options: ControlOptions): Rest {
  const { rule } = options;
  const withheld = rows.filter((row) => columns.some((column) => !isPublishable(column.of(row), rule)));
  const others = rows.filter((row) => !withheld.includes(row));
  const unsafe = columns.filter((column) => withheld.some((row) => !isPublishable(column.of(row), rule)));
  for (;;) {
    const pool = together(withheld);
    // What is empty for all of them is known to be empty of each.
    const open = columns.filter((column) => !rule.isEmpty(column.of(pool)));
    const rest = growRest(open, unsafe, withheld, (row, column) => column.of(row), options);
    const short = [...rest].find((column) => !rule.isSafe(column.of(pool)));
    if (others.length === 0 || (!short && withheld.length !== 1)) return { withheld, pool, rest };
    withheld.push(...others.splice(nextRow(others, short ?? [...rest][0]!, rule), 1));
  }
}

/** The smallest in the column that has any of it. */
function nextRow(rows: readonly Row[], column: Column, rule: Rule): number {
  let found = 0;
  for (const [index, row] of rows.entries()) {
    const [own, best] = [column.of(row), column.of(rows[found]!)];
    if (!rule.isEmpty(own) && (rule.isEmpty(best) || own.units < best.units)) found = index;
  }
  return found;
}

/** The unsafe ones, with the smallest others, until for each row the rest is empty or safe. Where all are in it, nothing is broken up. */
function growRest<C>(
  all: readonly C[],
  unsafe: readonly C[],
  rows: readonly Row[],
  of: (row: Row, column: C) => Amount,
  { rule, join }: ControlOptions,
): Set<C> {
  const rest = new Set(unsafe);
  const size = (column: C): number => rows.reduce((sum, row) => sum + of(row, column).units, 0);
  const others = all.filter((column) => !rest.has(column)).sort((a, b) => size(a) - size(b));
  const isEnough = (): boolean =>
    rows.every((row) => isPublishable([...rest].map((column) => of(row, column)).reduce(join, nothing), rule));
  while (others.length > 0 && !isEnough()) rest.add(others.shift()!);
  return rest;
}

function isPublishable(amount: Amount, rule: Rule): boolean {
  return rule.isEmpty(amount) || rule.isSafe(amount);
}

function amountOver(steps: readonly Step[], { join }: ControlOptions): (row: Row) => Amount {
  if (steps.length === 1) return (row) => row.at(steps[0]!);
  return (row) => steps.map((step) => row.at(step)).reduce(join, nothing);
}

/** Leaves that may hold someone, as far as anyone can tell. */
function supportOf(known: Known): Set<Step> {
  if (known.block) return new Set(known.block.leaves);
  return new Set(known.parts!.flatMap((part) => [...(part.known ? supportOf(part.known) : part.block!.leaves)]));
}

/** The published figures of a place that are broken up no further. */
export function blocksOf(known: Known): Block[] {
  if (known.block) return [known.block];
  return known.parts!.flatMap((part) => (part.known ? blocksOf(part.known) : [part.block!]));
}

function leavesOf(steps: readonly Step[]): Set<Step> {
  return new Set(steps.flatMap((step) => (step.children.length === 0 ? [step] : [...leavesOf(step.children)])));
}
