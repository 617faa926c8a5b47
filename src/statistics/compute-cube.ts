/** One cube of an edition: from its queries to the rows of its dataset. Amounts of the finest level and cells are all that comes to node. */
import type { ClientBase } from 'pg';
import { cityCode, divisions, isBanner } from '../model/code-lists/divisions.js';
import { towns } from '../model/code-lists/towns.js';
import { type Amount, bothRules, countRule, joinApart, joinTogether, sumRule } from './amounts.js';
import { type Cell, type CellOptions, computeCells, type Control, type LeafAmount } from './cells.js';
import {
  type CompileOptions,
  contributorsStatement,
  type DimensionCodes,
  leafStatement,
  levelsOf,
  quantilesStatement,
} from './compile-cube.js';
import type { Cube, Money } from './cube.js';
import type { Place } from './protect.js';

/** A row of the dataset by names of fields, without what all rows of an edition have in common. */
export type StatisticFields = Readonly<Record<string, unknown>>;

export interface ComputedCube {
  readonly rows: readonly StatisticFields[];
  readonly suppressed: number;
}

interface FoundLeaf extends Record<string, unknown> {
  readonly place: string;
  readonly units: number;
  readonly contributors: number;
  readonly payers?: number;
  readonly sum?: string;
  readonly mass?: string;
  readonly first?: string;
  readonly second?: string;
}

type CodedRow = { readonly place: string | null } & Record<string, unknown>;

/** @param control what tests weaken to show that it is needed */
export async function computeCube(
  client: ClientBase,
  cube: Cube,
  options: CompileOptions,
  control: Control = 'full',
): Promise<ComputedCube> {
  const { dimensions } = cube;
  const found = await query<FoundLeaf>(client, leafStatement(cube, options));
  const leaves = found.map((row): LeafAmount => ({
    place: row.place,
    paths: dimensions.map(({ pathOf }, index) => pathOf(row[`d${index}`] as string)),
    amount: amountOf(row),
  }));
  const codes = dimensions.map((dimension, index): DimensionCodes => {
    const raw = [...new Set(found.map((row) => row[`d${index}`] as string))];
    return { raw, levels: dimension.levels.map((_, level) => raw.map((it) => dimension.pathOf(it)[level]!)) };
  });
  const contributors = await contributorsOf(client, cube, codes, options);
  const cells = computeCells(merge(leaves, cube), cellOptions(cube, contributors, control));
  const quantiles = await quantilesOf(client, cube, codes, options);
  return {
    rows: cells.map((cell) => fieldsOf(cube, cell, quantiles)),
    suppressed: cells.filter(({ count }) => count === null).length,
  };
}

async function query<Row extends Record<string, unknown>>(
  client: ClientBase,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): Promise<Row[]> {
  return (await client.query<Row>(text, [...values])).rows;
}

function amountOf({
  units,
  contributors,
  payers = 0,
  sum = '0',
  mass = '0',
  first = '0',
  second = '0',
}: FoundLeaf): Amount {
  const figures = [sum, mass, first, second].map(BigInt) as [bigint, bigint, bigint, bigint];
  return { units, contributors, payers, sum: figures[0], mass: figures[1], first: figures[2], second: figures[3] };
}

/** Several values of a source may be one code. */
function merge(leaves: readonly LeafAmount[], { contributes }: Cube): LeafAmount[] {
  const join = contributes === 'once' ? joinApart : joinTogether;
  const byKey = new Map<string, LeafAmount[]>();
  for (const leaf of leaves) {
    const key = `${leaf.place}/${leaf.paths.flat().join('/')}`;
    byKey.set(key, [...(byKey.get(key) ?? []), leaf]);
  }
  return [...byKey.values()].map((same) => same.reduce((a, b) => ({ ...a, amount: join(a.amount, b.amount) })));
}

function cellOptions(cube: Cube, contributorsAt: CellOptions['contributorsOf'], control: Control): CellOptions {
  const { dimensions, contributes, money, k } = cube;
  const sums = money && sumRule(money.dominance);
  const counts = countRule(k);
  const isJoint = money !== null && money.suppressed === null;
  return {
    dimensions,
    contributes,
    city: placesDownTo(cube.place),
    counts: isJoint ? bothRules(counts, sums!) : counts,
    sums: isJoint ? null : sums,
    control: cube.control === 'open-rows' ? 'none' : control,
    controlOfSums: control,
    contributorsOf: contributorsAt,
  };
}

const banners = divisions.entries.map(({ code }) => code).filter(isBanner);

export function placesDownTo(lowest: Cube['place']): Place {
  const townsOf = (division: string): Place[] =>
    [...towns.entries.map(({ code }) => code).filter((code) => code.startsWith(division)), `${division}000`].map(
      (code) => ({
        code,
        children: [],
      }),
    );
  const children =
    lowest === 'city' ? [] : banners.map((code) => ({ code, children: lowest === 'town' ? townsOf(code) : [] }));
  return { code: cityCode, children };
}

async function contributorsOf(
  client: ClientBase,
  cube: Cube,
  codes: readonly DimensionCodes[],
  options: CompileOptions,
): Promise<CellOptions['contributorsOf']> {
  if (cube.contributes === 'once' || codes.every(({ raw }) => raw.length === 0)) return () => undefined;
  const rows = await query<CodedRow>(client, contributorsStatement(cube, codes, options));
  const names = levelsOf(cube);
  const found = new Map(
    rows.map((row) => {
      const steps = names.map((name) => row[name] as string | null).filter((code) => code !== null);
      return [`${row.place}${steps.map((code) => `/${code}`).join('')}`, row.contributors as number];
    }),
  );
  return (place, step) => found.get(`${place}${step.id}`);
}

type Quantiles = (cell: Cell) => { readonly payers: number; readonly values: readonly string[] } | undefined;

async function quantilesOf(
  client: ClientBase,
  cube: Cube,
  codes: readonly DimensionCodes[],
  options: CompileOptions,
): Promise<Quantiles> {
  if (!cube.money || Object.keys(cube.money.quantiles).length === 0 || codes.every(({ raw }) => raw.length === 0))
    return () => undefined;
  const rows = await query<CodedRow>(client, quantilesStatement(cube, codes, options));
  const names = levelsOf(cube);
  const found = new Map(
    rows.map((row) => [
      [row.place ?? cityCode, ...names.map((name) => (row[name] as string | null) ?? '')].join('/'),
      { payers: row.payers as number, values: row.quantiles as string[] },
    ]),
  );
  return ({ place, codes: own, depths }) => {
    const steps = cube.dimensions.flatMap(({ levels }, index) =>
      levels.map((_, level) => (level < depths[index]! ? cubeCode(cube, index, own[index]!, level) : '')),
    );
    return found.get([place, ...steps].join('/'));
  };
}

/** The code at a level above a code, or itself. */
function cubeCode({ dimensions }: Cube, index: number, code: string, level: number): string {
  return dimensions[index]!.pathOf(code)[level]!;
}

function fieldsOf(cube: Cube, cell: Cell, quantiles: Quantiles): StatisticFields {
  const { place, codes, depths, count } = cell;
  const isTown = place.length > 6;
  const dimensions = cube.dimensions.map(({ field, levelField, levels, total, more }, index): StatisticFields => ({
    [field]: codes[index],
    ...(levelField && { [levelField]: depths[index] === 0 ? total.toUpperCase() : levels[depths[index]! - 1]!.name }),
    ...more?.(codes[index]!),
  }));
  const own: Record<string, unknown> = {
    division: place.slice(0, 6),
    ...(cube.place === 'town' && { town: isTown ? place : 'all' }),
    suppressed: count === null,
    [cube.count]: count,
    ...(cube.money && moneyFields(cube.money, cell, quantiles)),
  };
  for (const dimension of dimensions) Object.assign(own, dimension);
  return own;
}

function moneyFields(money: Money, cell: Cell, quantiles: Quantiles): StatisticFields {
  const { amount, count } = cell;
  const isShown = count !== null && (money.suppressed === null || cell.hasSum);
  const of = isShown ? quantiles(cell) : undefined;
  const least = money.dominance.minimumContributors;
  const values = Object.entries(money.quantiles).map(([field, fraction], index): [string, unknown] => {
    const isAllowed = of !== undefined && of.payers * Math.min(fraction, 1 - fraction) >= least;
    return [field, isAllowed ? roundToTwoDigits(of.values[index]!) : null];
  });
  const over = money.suppressed === null ? amount.units : amount.payers;
  return {
    [money.sum]: isShown ? decimalOf(amount.sum) : null,
    ...(money.average !== null && {
      [money.average]: isShown && over > 0 ? decimalOf(divide(amount.sum, over)) : null,
    }),
    ...(money.suppressed !== null && { [money.suppressed]: !isShown }),
    ...Object.fromEntries<unknown>(values),
  };
}

function divide(sum: bigint, by: number): bigint {
  const [size, sign] = sum < 0n ? [-sum, -1n] : [sum, 1n];
  return (sign * (2n * size + BigInt(by))) / (2n * BigInt(by));
}

function decimalOf(hundredths: bigint): string {
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A quantile is what someone has: two significant digits of it are published. */
export function roundToTwoDigits(decimal: string): string {
  const hundredths = BigInt(decimal.replace('.', ''));
  const [size, sign] = hundredths < 0n ? [-hundredths, -1n] : [hundredths, 1n];
  const unit = 10n ** BigInt(Math.max(0, size.toString().length - 2));
  return decimalOf(sign * ((size + unit / 2n) / unit) * unit);
}
