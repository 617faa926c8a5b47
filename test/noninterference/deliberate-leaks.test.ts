/**
 * That noninterference.test.ts can fail: three leaks, each let in at a seam of the service as it is put together here, are seen by the same
 * comparison. Nothing in the service knows of them.
 *
 * @own-modules
 * @long
 */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Registry } from '../../src/model/registry.js';
import type { SqlScope } from '../../src/sql/fragments.js';
import type { Operation } from '../reference/reference-executor.js';
import { derivedAloneApp, existenceApp, inSightApp } from '../reference/sample-city.js';
import type { Tally } from './compare-cities.js';
import type { TwinCity } from './twin-city.js';

let leak: 'none' | 'filter' | 'count' | 'derived' = 'none';

const planArguments = await import('../../src/planning/plan-arguments.js');
jest.unstable_mockModule('../../src/planning/plan-arguments.js', () => ({
  ...planArguments,
  /** What is filtered and ordered by is not asked about. */
  planConnectionArguments: (...given: Parameters<typeof planArguments.planConnectionArguments>) => {
    const planned = planArguments.planConnectionArguments(...given);
    return leak === 'filter' ? { ...planned, used: [] } : planned;
  },
}));

const connections = await import('../../src/sql/compile-connection.js');
jest.unstable_mockModule('../../src/sql/compile-connection.js', () => ({
  ...connections,
  /** Whether more follow is found without the row scope; no row that is out of it is ever shown. */
  compileConnection: (...given: Parameters<typeof connections.compileConnection>) => {
    const [scope, plan] = given;
    if (leak !== 'count' || plan.outputs.some(({ kind }) => kind === 'nodes' || kind === 'edges'))
      return connections.compileConnection(...given);
    const own = scope.settings.rowScope;
    const open = scope.settings as { rowScope: SqlScope['settings']['rowScope'] };
    open.rowScope = { byDivision: false, hideProtected: false };
    try {
      return connections.compileConnection(...given);
    } finally {
      open.rowScope = own;
    }
  },
}));

const registries = await import('../../src/model/registry.js');
jest.unstable_mockModule('../../src/model/registry.js', () => ({
  ...registries,
  /** What is derived is served by its own level, whatever it was computed from. */
  createRegistry: (...given: Parameters<typeof registries.createRegistry>): Registry => {
    const registry = registries.createRegistry(...given);
    const coordinates = [...registry.coordinates].map(([name, entry]) => [
      name,
      {
        ...entry,
        get derivedFrom() {
          return leak === 'derived' ? [] : entry.derivedFrom;
        },
      },
    ]);
    return { ...registry, coordinates: new Map(coordinates as never) };
  },
}));

const { createService } = await import('../../src/app.js');
const { libraries } = await import('../../src/libraries/index.js');
const { portraits } = await import('../../src/portraits/index.js');
const { createTwinCity } = await import('./twin-city.js');
const { newTally, Questioner } = await import('./compare-cities.js');

/** What a principal may know is read off the true one. */
const registry = registries.createRegistry(libraries, portraits);
let city: TwinCity;

beforeAll(async () => {
  city = await createTwinCity({ createService, registry });
}, 120_000);

afterEach(() => {
  leak = 'none';
});

afterAll(() => city?.close());

async function ask(caller: string, grant: string | null, operations: readonly Operation[]): Promise<Tally> {
  const group = city.groups.find(({ callers }) =>
    callers.some((it) => it.name === caller && (it.grants?.join() ?? null) === grant),
  )!;
  const pair = await city.openPair(group.knowledge);
  const tally = newTally();
  try {
    await new Questioner(city, registry, pair, group, tally, false).askAll(operations);
  } finally {
    await pair.close();
  }
  return tally;
}

const bare = (query: string): Operation => ({ query, variables: {}, operationName: null });
/** @param name of the operation: a plan made before must not serve */
const lengths = (name: string): Operation[] =>
  ['residents', 'enterpriseRegistrations', 'employments'].map((list) =>
    bare(
      `query ${name} { ${[1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((first) => `up_to_${first}: ${list}(first: ${first}) { pageInfo { hasNextPage } }`).join(' ')} }`,
    ),
  );

const filtersOnDenied = (): Operation[] => city.generator.everyArgument().slice(0, 4);

test('a filter on a denied column that is let through', async () => {
  leak = 'filter';
  const { faults } = await ask(existenceApp, null, filtersOnDenied());
  expect(faults.join('\n')).toMatch(/can tell two cities apart[^]*(filter|orderBy): /);
  // The statements give it away, too.
  expect(faults.join('\n')).toMatch(/a statement names \w+\.\w+\.\w+/);
}, 60_000);

test('a page that counts rows out of sight', async () => {
  expect((await ask(inSightApp, 'ALL-NORTH', lengths('Sound'))).faults).toEqual([]);
  leak = 'count';
  const { faults } = await ask(inSightApp, 'ALL-NORTH', lengths('Leaking'));
  expect(faults.join('\n')).toMatch(/can tell two cities apart[^]*hasNextPage/);
}, 60_000);

test('a derived tag that is served by its own level to who may not read what it was computed from', async () => {
  leak = 'derived';
  const { faults } = await ask(derivedAloneApp, null, [
    bare('{ healthTags(first: 100) { nodes { id tag person { id } } } }'),
    bare('{ riskScores(first: 100) { nodes { id score legalPerson { id } } } }'),
  ]);
  expect(faults.join('\n')).toMatch(/can tell two cities apart[^]*healthTags/);
}, 60_000);
