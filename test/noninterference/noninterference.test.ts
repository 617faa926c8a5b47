/**
 * Change every denied value: the bytes stay. For each way of knowing the city, another city that differs in nothing but what may not be known so;
 * both are asked the same. `npm run test:noninterference` asks more, in everyone's name; CITYGRAPH_OPERATIONS and CITYGRAPH_OPERATIONS_SEED
 * widen and replay, CITYGRAPH_CALLERS narrows.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { filterSchema } from '@graphql-tools/utils';
import { createService, registry } from '../../src/app.js';
import { createSchemaViews } from '../../src/server/schema-views.js';
import { allCoordinates } from '../reference/schema-coordinates.js';
import { type Caller, inSightApp, maskedApp } from '../reference/sample-city.js';
import { readGeneratedOperations } from '../support/generated-operations.js';
import { newTally, Questioner } from './compare-cities.js';
import { countedLater } from './management-operations.js';
import { type CallerGroup, createTwinCity, type TwinCity } from './twin-city.js';

const { count, seed } = readGeneratedOperations(120);
/** From here on everyone asks, and everything. */
const isWhole = count >= 5000;
/** Callers that are named, one and all who may know the same; for a failure to be looked at. */
const only = process.env['CITYGRAPH_CALLERS']?.split(',');
/** Who sees the least, a part of the rows, the masks, everything of some rows. */
const few = ['public', 'clinic-app', 'steward', maskedApp, `${inSightApp} ALL-NORTH`, 'patchwork-app-1 P-1-60'];

let city: TwinCity;

beforeAll(async () => {
  city = await createTwinCity({ createService, registry });
}, 120_000);

afterAll(() => city?.close());

test('what a principal may not know changes no byte of any answer, and no statement names it', async () => {
  const started = performance.now();
  const tally = newTally();
  const unchanged: string[] = [];
  const groups = city.groups.filter((group) =>
    only ? only.some((name) => isNamed(group, name)) : isWhole || few.some((name) => isNamed(group, name)),
  );
  expect(groups.length).toBeGreaterThanOrEqual((only ?? few).length);
  for (const [n, group] of groups.entries()) {
    if (tally.faults.length > 0) break;
    const pair = await city.openPair(group.knowledge);
    try {
      unchanged.push(...[...pair.changes.values].flatMap(([coordinate, rows]) => (rows === 0 ? [coordinate] : [])));
      const before = tally.asked;
      const questioner = new Questioner(city, registry, pair, group, tally, true, isWhole ? Infinity : 1);
      const every = isWhole ? 5 : 12;
      const part = <T>(list: readonly T[]): T[] => list.filter((_, index) => index % every === n % every);
      for (const all of [city.generator.everyField(), city.generator.everyLookup()])
        await questioner.askAll(isWhole ? all : part(all));
      await questioner.askAll(city.generator.everyEntity());
      await questioner.askRefetches();
      if (isWhole) {
        await questioner.walk(part(city.generator.everyWalk()));
        const { everyArgument, everyEnumValue, everyChoice } = city.generator;
        // By lot a part of them is asked by each; one who may do most asks them all, so that none is left out.
        const mine = isNamed(group, 'portrait-app') ? <T>(list: readonly T[]): readonly T[] => list : part;
        await questioner.askAll([everyArgument, everyEnumValue, everyChoice].flatMap((every) => [...mine(every())]));
      }
      await questioner.askManagement(part([...registry.coordinates.keys()]).slice(0, isWhole ? 20 : 3));
      const share = Math.ceil(count / (isWhole ? city.groups : groups).length);
      await questioner.askByLot(Math.max(10, share - (isWhole ? tally.asked - before : 0)), seed * 1000 + n);
      if (isWhole) process.stdout.write(`${nameOf(group)}: ${tally.asked - before} operations\n`);
    } finally {
      await pair.close();
    }
  }
  expect(tally.faults.join('\n\n')).toBe('');
  report(tally, groups, unchanged, (performance.now() - started) / 1000);
  expect(tally.answered / tally.asked).toBeGreaterThan(0.7);
  if (!isWhole || only) return;
  // What a consumer may use, and reads: mutations, what is for officials alone, and what is counted later have tests of their own.
  const asked = createSchemaViews(
    filterSchema({ schema: city.schema, rootFieldFilter: (kind, name) => kind === 'Query' && !countedLater.has(name) }),
    registry,
  ).of('consumer');
  const never = [...allCoordinates(asked)].filter((coordinate) => !tally.coverage.has(coordinate));
  expect(never).toEqual([]);
}, 1_800_000);

function nameOf({ callers }: CallerGroup): string {
  const [{ name, grants }, ...others] = callers as [Caller, ...Caller[]];
  return `${[name, ...(grants ?? [])].join(' ')}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

function isNamed({ callers }: CallerGroup, wanted: string): boolean {
  return callers.some(({ name, grants }) => name === wanted || `${name} ${(grants ?? []).join()}` === wanted);
}

function report(
  { asked, answered, statements, coverage }: ReturnType<typeof newTally>,
  groups: readonly CallerGroup[],
  unchanged: readonly string[],
  seconds: number,
): void {
  const all = allCoordinates(city.schema);
  const reached = [...all].filter((coordinate) => coverage.has(coordinate)).length;
  process.stdout.write(
    `${asked} operations twice (${answered} answered, ${statements} statements) by ${groups.length} ways of knowing, ${seconds.toFixed(0)} s; ` +
      `schema coordinates reached: ${reached} of ${all.size}; values of denied columns that no row in sight has: ${unchanged.length}\n`,
  );
}
