/** The job: editions, what they count, and who sees which rows of them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refreshStatistics } from '../../src/command-line/refresh-statistics.js';
import { checkFamilies, defineCube } from '../../src/statistics/cube.js';
import { cubes } from '../../src/statistics/cubes/index.js';
import { population } from '../../src/statistics/cubes/population.js';
import { serviceCases } from '../../src/statistics/cubes/service-cases.js';
import { roundToTwoDigits } from '../../src/statistics/compute-cube.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let url: string;
beforeAll(async () => {
  demo = await startDemoService({ scale: { persons: 300, legalPersons: 60 } });
  url = demo.owner.options.connectionString!;
}, 120_000);
afterAll(() => demo?.stop());

const city =
  '{ populationStatistics(filter: { division: { eq: "150600" }, sex: { eq: "all" }, age: { eq: "all" } }) { nodes { persons suppressed edition } } }';
const places = '{ educationStatistics(first: 100) { nodes { division } } }';

async function later(months: number): Promise<string> {
  const { rows } = await demo.owner.query<{ day: string }>(
    `select (current_date + make_interval(months => $1))::date::text as day`,
    [months],
  );
  return rows[0]!.day;
}

describe('the edition of the demo', () => {
  test('answers the figure for the whole city in one row, to anyone: living residents of its divisions', async () => {
    const { rows } = await demo.owner.query<{ count: number }>(
      `select count(*)::int as count from population.resident where status = 'NORMAL' and person_division between '150602' and '150627'`,
    );
    const { data } = await demo.ask('public', city);
    expect(data.populationStatistics.nodes).toEqual([{ persons: rows[0]!.count, suppressed: false, edition: 1 }]);
  });

  test('is described: a row for each dataset, with its cells and the time it took', async () => {
    const { data } = await demo.ask(
      'public',
      '{ statisticsEditions(first: 100) { nodes { dataset edition cells suppressedCells k milliseconds } } }',
    );
    const nodes = data.statisticsEditions.nodes as { dataset: string; milliseconds: number }[];
    expect(nodes.map(({ dataset }) => dataset).sort()).toEqual(cubes.map(({ dataset }) => dataset.name).sort());
    for (const { milliseconds } of nodes) expect(milliseconds).toBeGreaterThanOrEqual(0);
  });

  test('shows a grant that is limited to a division the rows of that division alone', async () => {
    const seenBy = async (principal: string): Promise<string[]> => {
      const { data } = await demo.ask(principal, places);
      return [
        ...new Set((data.educationStatistics.nodes as { division: string }[]).map(({ division }) => division)),
      ].sort();
    };
    expect(await seenBy('clinic-app')).toEqual(['150602']);
    expect(await seenBy('public')).toContain('150600');
  });
});

test('an edition is due once a month; the next counts what came meanwhile, use of the service included, and cells keep their ids', async () => {
  await expect(refreshStatistics({ url })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  const idsOf = async (): Promise<unknown[]> =>
    (await demo.owner.query(`select id from statistics.education_statistic order by division, education_level`)).rows;
  const before = await idsOf();
  for (let n = 0; n < 12; n += 1)
    await demo.ask('dashboard', '{ enterprises(first: 1) { nodes { id registration { name } } } }');
  const report = await refreshStatistics({ url, asOf: await later(1) });
  expect(report.edition).toBe(2);
  expect(await idsOf()).toEqual(before);
  const { data } = await demo.ask(
    'public',
    '{ libraryUseStatistics(first: 100) { nodes { period department library uses } } }',
  );
  const uses = data.libraryUseStatistics.nodes as Record<string, string | number | null>[];
  expect(uses.every((it) => it.uses === null || Number(it.uses) >= 10)).toBe(true);
  const total = uses.find((it) => it.period === 'all' && it.department === 'all' && it.library === 'all');
  expect(total?.uses).toBeGreaterThanOrEqual(12);
  await expect(refreshStatistics({ url, asOf: await later(0), again: true })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});

describe('a declaration is refused', () => {
  test('that counts persons with a k below ten, or without suppression', () => {
    expect(() => defineCube({ ...population, k: 9 })).toThrow(/k of 10 or more/);
    expect(() => defineCube({ ...population, control: 'open-rows' })).toThrow(/under suppression/);
  });

  test('that shares a dimension with another of its family behind one that it does not', () => {
    const [period, itemType] = serviceCases.dimensions;
    expect(() => checkFamilies([serviceCases, { ...serviceCases, dimensions: [itemType!, period!] }])).toThrow(/share/);
    expect(() => checkFamilies(cubes)).not.toThrow();
  });
});

test('a quantile is published to two significant digits', () => {
  expect(['1234567.89', '0.04', '-995000.00', '7.00'].map(roundToTwoDigits)).toEqual([
    '1200000.00',
    '0.04',
    '-1000000.00',
    '7.00',
  ]);
});
