/** Disclosure control on small tables by lot: whatever is published, an attacker who solves for the rest learns no more than is promised. */
import { describe, expect, test } from '@jest/globals';
import { type Amount, bothRules, countRule, joinApart, nothing, sumRule } from '../../src/statistics/amounts.js';
import type { Cell, LeafAmount } from '../../src/statistics/cells.js';
import type { Place } from '../../src/statistics/protect.js';
import { createRandom, type Random } from '../reference/random.js';
import { boundWithheld, findDetermined, type PublishedSum } from './attacker.js';
import { dimensionOf, hierarchiesOf, k, persons, publish, sumsOf, type Table } from './tables.js';

const sex = dimensionOf('sex', 'all', [['m'], ['f']]);
const age = dimensionOf('age', 'all', [
  ['young', '0-9'],
  ['young', '10-19'],
  ['old', '60-69'],
  ['old', '70+'],
]);
const trade = dimensionOf('trade', 'all', [['farm'], ['mine'], ['shop'], ['inn'], ['bank']]);

const place = (code: string, children: readonly Place[] = []): Place => ({ code, children });

function between(random: Random, least: number, most: number): number {
  return least + random.below(most - least + 1);
}

function cityByLot(random: Random): Place {
  const banners = Array.from({ length: between(random, 1, 4) }, (_, n) => {
    const towns = random.chance(0.6) ? between(random, 1, 3) : 0;
    return place(
      `b${n}`,
      Array.from({ length: towns }, (__, t) => place(`b${n}t${t}`)),
    );
  });
  return place('city', banners);
}

function lowestOf(it: Place): readonly string[] {
  return it.children.length === 0 ? [it.code] : it.children.flatMap(lowestOf);
}

/** Many small numbers, some noughts and some large ones. */
function sizeByLot(random: Random): number {
  if (random.chance(0.3)) return 0;
  return random.chance(0.6) ? between(random, 1, 9) : between(random, 10, 60);
}

function tableByLot(random: Random, city: Place, dimensions: Table['dimensions'], sizes = sizeByLot): Table {
  const combinations = dimensions.reduce<string[][][]>(
    (found, { members, pathOf }) => found.flatMap((it) => members!.map((raw) => [...it, [...pathOf(raw)]])),
    [[]],
  );
  const leaves = lowestOf(city).flatMap((code) =>
    combinations.map((paths): LeafAmount => ({ place: code, paths, amount: persons(sizes(random)) })),
  );
  return { city, dimensions, leaves: leaves.filter(({ amount }) => amount.units > 0) };
}

function withheldOf(sums: readonly PublishedSum[]): readonly PublishedSum[] {
  return sums.filter(({ value }) => value === null);
}

/** What he finds that he should not. */
function attack(sums: readonly PublishedSum[]): string[] {
  const narrow = boundWithheld(sums, withheldOf(sums)).filter(({ least, most }) => most - least < k);
  return [...findDetermined(sums), ...narrow.map(({ name, least, most }) => `${name} from ${least} to ${most}`)];
}

const viewed = (table: Table, cells: readonly Cell[]): PublishedSum[] => sumsOf(cells, hierarchiesOf(table));

describe('of tables by lot, an attacker', () => {
  const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

  test('determines no withheld cell, and bounds none more closely than k', () => {
    let withheld = 0;
    for (const seed of seeds) {
      const random = createRandom(seed);
      const dimensions = random.pick([[sex, age], [trade], [age], [age, trade]]);
      const table = tableByLot(random, cityByLot(random), dimensions);
      const sums = viewed(table, publish(table, 'full'));
      withheld += withheldOf(sums).length;
      expect([seed, attack(sums)]).toEqual([seed, []]);
    }
    expect(withheld).toBeGreaterThan(500);
  });

  test('finds many where nothing but the small cells is withheld', () => {
    const found = seeds.slice(0, 20).flatMap((seed) => {
      const random = createRandom(seed);
      const table = tableByLot(random, cityByLot(random), [trade]);
      return findDetermined(viewed(table, publish(table, 'primary')));
    });
    expect(found.length).toBeGreaterThan(20);
  });

  test('reads no figure of fewer than k, nor one that is wrong', () => {
    for (const seed of seeds) {
      const random = createRandom(seed);
      const table = tableByLot(random, cityByLot(random), [sex, age]);
      for (const { count, amount } of publish(table, 'full')) {
        if (count === null) continue;
        expect(count).toBe(amount.units);
        expect(count).toBeGreaterThanOrEqual(k);
      }
    }
  });
});

test('linked tables of one family together tell no more than each', () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const random = createRandom(seed);
    const city = cityByLot(random);
    // Each unit has a sex, an age and a trade; one cube shows sex by age, the other trade.
    const units = lowestOf(city).flatMap((code) =>
      Array.from({ length: between(random, 0, 80) }, () => ({
        place: code,
        sex: random.pick(sex.members!),
        age: random.pick(['0-9', '0-9', '10-19', '60-69', '70+']),
        trade: random.pick(['farm', 'farm', 'farm', 'mine', 'shop', 'inn', 'bank']),
      })),
    );
    const count = (fields: readonly ('sex' | 'age' | 'trade')[], dimensions: Table['dimensions']): Table => {
      const amounts = new Map<string, LeafAmount>();
      for (const unit of units) {
        const paths = fields.map((field, index) => dimensions[index]!.pathOf(unit[field]));
        const key = [unit.place, ...paths.flat()].join('/');
        const before = amounts.get(key)?.amount ?? nothing;
        amounts.set(key, { place: unit.place, paths, amount: joinApart(before, persons(1)) });
      }
      return { city, dimensions, leaves: [...amounts.values()] };
    };
    const tables = [count(['sex', 'age'], [sex, age]), count(['trade'], [trade])] as const;
    const unknowns = new Map<string, number>();
    const [ages, trades] = tables.map((table, index) =>
      sumsOf(publish(table, 'full'), hierarchiesOf(table), unknowns, `${index} `),
    );
    // Who lives somewhere stands in both cubes: that links them.
    const equal = linkPlaces(city, unknowns);
    const sums = [...ages!, ...trades!];
    const narrow = boundWithheld(sums, withheldOf(sums), equal).filter(({ least, most }) => most - least < k);
    expect([seed, narrow]).toEqual([seed, []]);
  }
});

/** Pairs of sums that are the same: of each lowest place, all that lives there in one cube and in the other. */
function linkPlaces(city: Place, unknowns: ReadonlyMap<string, number>): [number[], number[]][] {
  const living = (start: string): number[] =>
    [...unknowns].filter(([name]) => name.startsWith(start)).map(([, number]) => number);
  return lowestOf(city).map((code) => [living(`0 ${code}|`), living(`1 ${code}|`)]);
}

describe('a sum of money', () => {
  const rule = sumRule({ percent: 10, minimumContributors: 3 });
  const of = (...sizes: number[]): Amount =>
    sizes
      .map((it): Amount => ({
        ...persons(1),
        sum: BigInt(it),
        mass: BigInt(it),
        payers: 1,
        first: BigInt(it),
        second: 0n,
      }))
      .reduce(joinApart, nothing);

  test('is withheld where two stand behind it, or where the second could estimate the first within ten per cent', () => {
    expect(rule.isSafe(of(50, 50))).toBe(false);
    expect(rule.isSafe(of(1000, 500, 99))).toBe(false);
    expect(rule.isSafe(of(1000, 500, 100))).toBe(true);
  });

  test('of which the second largest contributor cannot read the largest, whatever he takes away from it', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = createRandom(seed);
      const city = cityByLot(random);
      const table = tableByLot(random, city, [trade]);
      const leaves = table.leaves.map((leaf) => {
        const sizes = Array.from(
          { length: between(random, 1, 6) },
          () => (random.chance(0.2) ? 1000 : 1) * between(random, 1, 90),
        );
        return { ...leaf, sizes, amount: of(...sizes) };
      });
      const counts = bothRules(countRule(3), rule);
      const cells = publish({ ...table, leaves }, 'full', { counts });
      const sums = viewed(
        table,
        cells.map((cell) => ({ ...cell, count: cell.count === null ? null : Number(cell.amount.sum) })),
      );
      const unsafe = cells.filter(({ amount }) => amount.payers > 0 && !counts.isSafe(amount));
      const asked = sums.filter(({ name }) =>
        unsafe.some(({ place: own, codes }) => name === `${own} ${codes.join()}`),
      );
      for (const { name, most } of boundWithheld(sums, asked)) {
        const { amount } = unsafe.find(({ place: own, codes }) => name === `${own} ${codes.join()}`)!;
        const [first, second] = [Number(amount.first), Number(amount.second)];
        expect([seed, name, most - second - first >= first / 10]).toEqual([seed, name, true]);
      }
    }
  });
});
