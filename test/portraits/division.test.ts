/** The division portrait: what lies in a banner or in the whole city; current readings; and who may see what of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { refreshStatistics } from '../../src/command-line/refresh-statistics.js';
import { type Answer, type DemoService, type Json, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
beforeAll(async () => {
  demo = await startDemoService({ scale: { persons: 60, legalPersons: 60 } });
});
afterAll(() => demo.stop());

const portraitOf = (code: string, selection: string, principal = 'public', headers = {}): Promise<Answer> =>
  demo.ask(principal, `query ($code: DivisionCode!) { divisionPortrait(code: $code) ${selection} }`, { code }, headers);

const numberOf = async (sql: string): Promise<number> =>
  Number((await demo.owner.query<{ n: string }>(sql)).rows[0]!.n);

describe('a division', () => {
  test('is open to the public, with what the place is', async () => {
    const { data, errors } = await portraitOf(
      '150622',
      '{ code name englishName kind parentCode seat area townCount provider }',
    );
    expect(errors).toEqual([]);
    expect(data.divisionPortrait).toEqual({
      code: '150622',
      name: '准格尔旗',
      englishName: 'Jungar Banner',
      kind: 'BANNER',
      parentCode: '150600',
      seat: expect.any(String),
      area: '7560.00',
      townCount: expect.any(Number),
      provider: '150600-civil-affairs',
    });
  });

  test('has what lies there and nothing else, page by page', async () => {
    const { data } = await portraitOf(
      '150622',
      '{ roads(first: 100) { nodes { division } pageInfo { hasNextPage } } }',
    );
    const { nodes, pageInfo } = data.divisionPortrait.roads;
    expect(new Set(nodes.map((node: Json) => node.division))).toEqual(new Set(['150622']));
    expect([nodes.length, pageInfo.hasNextPage]).toEqual([
      await numberOf(`select count(*) as n from natural_resources.road where division = '150622'`),
      false,
    ]);
  });

  test('is the whole city by its code: all of the nine, and what lies in no one of them', async () => {
    const all: string[] = [];
    let after: string | null = null;
    do {
      const page: Answer = await demo.ask(
        'public',
        'query ($after: String) { divisionPortrait(code: "150600") { roads(first: 100, after: $after) { nodes { sectionCode } pageInfo { hasNextPage endCursor } } } }',
        { after },
      );
      const { nodes, pageInfo } = page.data.divisionPortrait.roads;
      all.push(...nodes.map((node: Json) => node.sectionCode));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(all).size).toBe(await numberOf('select count(*) as n from natural_resources.road'));
  });

  test('has indicators as series, with the change on the year before', async () => {
    const { data, errors } = await portraitOf(
      '150600',
      `{ indicators(first: 1) { nodes { name unit } }
         annual: indicatorValues(first: 3, filter: { periodKind: { eq: YEAR } }, orderBy: [PERIOD_ENDS_ON_DESC]) { nodes { period value yearOnYear indicator { name } } }
         monthly: indicatorValues(first: 3, filter: { periodKind: { eq: MONTH } }) { nodes { period value } } }`,
    );
    expect(errors).toEqual([]);
    const { annual, monthly } = data.divisionPortrait;
    for (const { period } of annual.nodes) expect(period).toMatch(/^\d{4}$/);
    for (const { period } of monthly.nodes) expect(period).toMatch(/^\d{4}-\d{2}$/);
    expect(annual.nodes.length * monthly.nodes.length).toBeGreaterThan(0);
  });

  test('has stations with their current readings: the latest by date', async () => {
    const { data, errors } = await portraitOf(
      '150602',
      `{ monitoringStations(first: 100) { nodes { stationCode currentAir { observedOn airQualityLevel } currentWater { sampledOn waterClass } } }
         weatherStations { nodes { stationNumber currentWeather { observedOn meanTemperature } } } }`,
    );
    expect(errors).toEqual([]);
    const { rows } = await demo.owner.query<{ code: string; day: string }>(
      'select station_code as code, max(observed_on)::text as day from ecology.air_reading group by 1',
    );
    const latest = new Map(rows.map(({ code, day }) => [code, day]));
    const { nodes } = data.divisionPortrait.monitoringStations;
    for (const station of nodes) expect(station.currentAir?.observedOn).toBe(latest.get(station.stationCode));
    expect(nodes.some((station: Json) => station.currentAir !== null)).toBe(true);
  });

  test('has figures about itself, and not those of the places within it beside them', async () => {
    await refreshStatistics({ url: demo.url, asOf: undefined, again: true });
    const { data, errors } = await portraitOf(
      '150600',
      `{ population: populationStatistics(first: 100, filter: { town: { eq: "all" } }) { nodes { division sex age persons suppressed } }
         industries: enterpriseStatistics(first: 100, filter: { period: { eq: "all" } }) { nodes { division industry enterprises edition computedAt } } }`,
    );
    expect(errors).toEqual([]);
    const { population, industries } = data.divisionPortrait;
    for (const { division } of [...population.nodes, ...industries.nodes]) expect(division).toBe('150600');
    expect(population.nodes).toContainEqual({
      ...{ division: '150600', sex: 'all', age: 'all', suppressed: false },
      persons: await numberOf(
        `select count(*) as n from population.resident where status = 'NORMAL' and person_division like '1506%'`,
      ),
    });
    const counted = industries.nodes.filter(({ industry }: Json) => industry !== 'all');
    expect(counted.length).toBeGreaterThan(3);
    for (const { computedAt } of counted) expect(new Date(computedAt).toISOString()).toBe(computedAt);
  });

  test('refuses a code that is none of the city, saying what it takes', async () => {
    const answer = await portraitOf('110000', '{ name }');
    expect(answer.codes).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors[0]!.message).toContain('150600');
  });

  test('is one library statement, whatever is asked of it', async () => {
    const { libraryStatements } = await demo.capture(() =>
      portraitOf(
        '150600',
        '{ name roads { nodes { name } } emergencyEvents { nodes { title } } enterprises { nodes { name } } }',
      ),
    );
    expect(libraryStatements).toHaveLength(1);
  });

  test('hides what its caller may not see: a dataset that is not open, and other divisions from a grant of one', async () => {
    const { data, codes } = await portraitOf('150622', '{ hazardSites { nodes { name } } }');
    expect([data.divisionPortrait.hazardSites, codes]).toEqual([null, ['FIELD_DENIED']]);
    const clinic = await portraitOf('150600', '{ name }', 'clinic-app');
    expect(clinic.data.divisionPortrait).toBe(null);
  });
});
