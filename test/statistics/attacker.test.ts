/**
 * The public, who reads every page of every list of statistics of persons over GraphQL, knows the hierarchies and how the suppression works,
 * and solves for what is withheld. What was counted is known here alone, from the pool.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { registry } from '../../src/app.js';
import { databaseRoles } from '../../src/database/role-names.js';
import { placesDownTo } from '../../src/statistics/compute-cube.js';
import type { Cube } from '../../src/statistics/cube.js';
import { cubes } from '../../src/statistics/cubes/index.js';
import { recomputeStatistics } from '../../src/statistics/refresh-statistics.js';
import { datasetOf } from '../../src/model/dataset.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import { boundWithheld, findDetermined, type PublishedSum } from './attacker.js';
import { type AttackerView, sumsOf } from './tables.js';

let demo: DemoService;
beforeAll(async () => {
  demo = await startDemoService({ scale: { persons: 500, legalPersons: 40 } });
}, 120_000);
afterAll(() => demo?.stop());

type Published = Readonly<Record<string, string | number | boolean | null>>;
interface Seen {
  readonly place: string;
  readonly codes: readonly string[];
  readonly count: number | null;
}

const ofPersons = cubes.filter(({ unit }) => unit === 'persons');

/** All pages of a list, as anyone may read them. */
async function readAll(cube: Cube): Promise<Published[]> {
  const { list } = datasetOf(cube.dataset);
  const fields = [...cube.dimensions.map(({ field }) => field), cube.count, 'division', 'suppressed'];
  if (cube.place === 'town') fields.push('town');
  const found: Published[] = [];
  for (let after: string | null = null; ;) {
    const query = `query ($after: String) { ${list}(first: 100, after: $after) { nodes { ${fields.join(' ')} } pageInfo { hasNextPage endCursor } } }`;
    const { data, codes } = await demo.ask('public', query, { after });
    expect(codes).toEqual([]);
    found.push(...(data[list].nodes as Published[]));
    if (!data[list].pageInfo.hasNextPage) return found;
    after = data[list].pageInfo.endCursor;
  }
}

function seenOf(cube: Cube, rows: readonly Published[]): Seen[] {
  return rows.map((row) => ({
    place: String(row.town && row.town !== 'all' ? row.town : row.division),
    codes: cube.dimensions.map(({ field }) => String(row[field])),
    count: row[cube.count] as number | null,
  }));
}

/** The one division whose towns are solved for where bounds are asked; all towns at once would take minutes. */
const looked = '150622';

/** Hierarchies are public. Of a dimension without a list of members, the finest codes that were seen are those that there are. */
function viewOf(cube: Cube, seen: readonly Seen[], isBroad: boolean): AttackerView {
  const places = new Map<string, readonly string[]>();
  const city = placesDownTo(cube.place);
  const walk = ({ code, children }: typeof city): readonly string[] => {
    const isLowest = children.length === 0 || (isBroad && code.length === 6 && code !== city.code && code !== looked);
    const below = isLowest ? [code] : children.flatMap(walk);
    places.set(code, below);
    return below;
  };
  walk(city);
  const chains = cube.dimensions.map((dimension, index) => {
    const below = new Map<string, string[]>();
    for (const raw of dimension.members ??
      finestOf(
        seen.map(({ codes }) => codes[index]!),
        dimension.total,
      )) {
      const path = dimension.pathOf(raw);
      for (const code of new Set([dimension.total, ...path]))
        below.set(code, [...new Set([...(below.get(code) ?? []), path.join('/')])]);
    }
    return below;
  });
  return { places, chains };
}

/** Periods: those that are the beginning of no other; of those alone that were broken up, and of the others a part that nobody sees. */
function finestOf(codes: readonly string[], total: string): string[] {
  const found = [...new Set(codes)].filter((code) => code !== total);
  return found.filter((code) => !found.some((other) => other !== code && other.startsWith(`${code}-`)));
}

async function sumsOfAll(isBroad = false): Promise<Map<Cube, PublishedSum[]>> {
  const found = new Map<Cube, PublishedSum[]>();
  for (const cube of ofPersons) {
    const seen = seenOf(cube, await readAll(cube));
    const view = viewOf(cube, seen, isBroad);
    const inView = seen.filter(({ place }) => view.places.has(place));
    found.set(cube, sumsOf(inView, view, new Map(), `${cube.dataset.name} `));
  }
  return found;
}

const withheldOf = (sums: readonly PublishedSum[]): PublishedSum[] => sums.filter(({ value }) => value === null);

/** Each bound is solved for by itself. */
function sample<T>(list: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(list.length / most));
  return list.filter((_, index) => index % step === 0);
}

describe('the public, who reads all there is', () => {
  test('finds figures, and some that are withheld, in every dataset of persons', async () => {
    for (const [cube, sums] of await sumsOfAll()) {
      expect([cube.dataset.name, sums.some(({ value }) => value !== null && value > 0)]).toEqual([
        cube.dataset.name,
        true,
      ]);
      for (const { value } of sums) if (value !== null && value > 0) expect(value).toBeGreaterThanOrEqual(cube.k);
    }
  });

  test('determines none of those that are withheld', async () => {
    let withheld = 0;
    for (const sums of (await sumsOfAll()).values()) {
      withheld += withheldOf(sums).length;
      expect(findDetermined(sums)).toEqual([]);
    }
    expect(withheld).toBeGreaterThan(100);
  });

  test('bounds none of them more closely than k', async () => {
    const narrow: unknown[] = [];
    for (const [{ k }, sums] of await sumsOfAll(true))
      narrow.push(...boundWithheld(sums, sample(withheldOf(sums), 15)).filter(({ least, most }) => most - least < k));
    expect(narrow).toEqual([]);
  }, 120_000);

  test('sees the same figure wherever tables share it', async () => {
    const cubesOf = (family: string): Cube[] => ofPersons.filter((cube) => cube.family === family);
    for (const family of new Set(ofPersons.map((cube) => cube.family))) {
      const totals = await Promise.all(
        cubesOf(family).map(async (cube) =>
          seenOf(cube, await readAll(cube))
            .filter(
              ({ place, codes }) =>
                place.length === 6 && codes.every((code, index) => code === cube.dimensions[index]!.total),
            )
            .map(({ place, count }) => [place, count])
            .sort(),
        ),
      );
      for (const other of totals) expect(other).toEqual(totals[0]);
    }
  });

  test('would determine many, were small figures alone withheld', async () => {
    const client = new Client({ connectionString: demo.owner.options.connectionString });
    await client.connect();
    try {
      const run = { referenceDate: '2030-01-01', libraryOfType: new Map<string, string>(), roles: databaseRoles };
      await recomputeStatistics(client, run, { cubes: ofPersons, control: 'primary' });
    } finally {
      await client.end();
    }
    const determined = [...(await sumsOfAll()).values()].flatMap(findDetermined);
    expect(determined.length).toBeGreaterThan(10);
  });
});

test('every dataset that is lowered by suppression is the one of a cube', () => {
  const lowered = [...registry.datasets.values()].filter(({ loweredBy }) => loweredBy === 'suppression');
  expect(lowered.map(({ name }) => name).sort()).toEqual(
    cubes
      .filter(({ control, family }) => control === 'suppression' && family !== 'uses')
      .map(({ dataset }) => dataset.name)
      .sort(),
  );
});
