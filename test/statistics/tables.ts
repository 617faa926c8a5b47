/** Small tables by lot, and what is published of them, as the attacker sees it. */
import {
  type Cell,
  type CellOptions,
  computeCells,
  type Control,
  type LeafAmount,
} from '../../src/statistics/cells.js';
import { type Amount, countRule, nothing } from '../../src/statistics/amounts.js';
import type { Dimension } from '../../src/statistics/cube.js';
import type { Place } from '../../src/statistics/protect.js';
import type { PublishedSum } from './attacker.js';

export interface Table {
  readonly city: Place;
  readonly dimensions: readonly Dimension[];
  readonly leaves: readonly LeafAmount[];
}

export const k = 10;

export function dimensionOf(field: string, total: string, paths: readonly (readonly string[])[]): Dimension {
  const byRaw = new Map(paths.map((path) => [path.at(-1)!, path]));
  return {
    field,
    total,
    levelField: null,
    levels: paths[0]!.map((_, index) => ({ name: `${field}${index}` })),
    pathOf: (raw) => byRaw.get(raw)!,
    members: [...byRaw.keys()],
  };
}

export function persons(units: number): Amount {
  return { ...nothing, units, contributors: units };
}

export function publish(
  { city, dimensions, leaves }: Table,
  control: Control,
  changes: Partial<CellOptions> = {},
): Cell[] {
  return computeCells(leaves, {
    dimensions,
    city,
    contributes: 'once',
    counts: countRule(k),
    sums: null,
    control,
    controlOfSums: control,
    contributorsOf: () => undefined,
    ...changes,
  });
}

export interface AttackerView {
  readonly places: ReadonlyMap<string, readonly string[]>;
  readonly chains: readonly ReadonlyMap<string, readonly string[]>[];
}

/** The hierarchies are public: of each place and code, the finest below it. */
export function hierarchiesOf({ city, dimensions }: Pick<Table, 'city' | 'dimensions'>): AttackerView {
  const places = new Map<string, readonly string[]>();
  const walk = (place: Place): readonly string[] => {
    const below = place.children.length === 0 ? [place.code] : place.children.flatMap(walk);
    places.set(place.code, below);
    return below;
  };
  walk(city);
  const chains = dimensions.map(({ total, members, pathOf }) => {
    const below = new Map<string, string[]>();
    for (const raw of members!) {
      const path = pathOf(raw);
      const leaf = path.join('/');
      for (const code of new Set([total, ...path])) below.set(code, [...(below.get(code) ?? []), leaf]);
    }
    return below;
  });
  return { places, chains };
}

/**
 * Every cell as a sum of unknowns. A combination that has no cell counts nobody, unless a wider one is withheld.
 */
export function sumsOf(
  cells: readonly Pick<Cell, 'place' | 'codes' | 'count'>[],
  view: AttackerView,
  unknowns = new Map<string, number>(),
  prefix = '',
): PublishedSum[] {
  const numberOf = (name: string): number => {
    let found = unknowns.get(name);
    if (found === undefined) unknowns.set(name, (found = unknowns.size));
    return found;
  };
  const leavesOf = ({ place, codes }: Pick<Cell, 'place' | 'codes'>): number[] =>
    codes
      .reduce<string[]>(
        (found, code, index) => found.flatMap((it) => view.chains[index]!.get(code)!.map((leaf) => `${it}|${leaf}`)),
        view.places.get(place)!.map((it) => `${prefix}${it}`),
      )
      .map(numberOf);
  const sums = cells.map((cell) => ({
    name: `${prefix}${cell.place} ${cell.codes.join()}`,
    of: leavesOf(cell),
    value: cell.count,
  }));
  const given = new Set(sums.map(({ name }) => name));
  const withheld = new Set(sums.filter(({ value }) => value === null).flatMap(({ of }) => of));
  const combinations = view.chains.reduce<string[][]>(
    (found, chain) => found.flatMap((codes) => [...chain.keys()].map((code) => [...codes, code])),
    [[]],
  );
  for (const place of view.places.keys()) {
    for (const codes of combinations) {
      const name = `${prefix}${place} ${codes.join()}`;
      if (given.has(name)) continue;
      const of = leavesOf({ place, codes });
      if (!of.some((it) => withheld.has(it))) sums.push({ name, of, value: 0 });
    }
  }
  return sums;
}
