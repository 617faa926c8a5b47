/**
 * The service and the reference executor, asked the same: generated operations, by every kind of caller. CITYGRAPH_OPERATIONS and
 * CITYGRAPH_OPERATIONS_SEED (test/support/generated-operations.ts) widen and replay.
 *
 * @long
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registry } from '../../src/app.js';
import { readGeneratedOperations } from '../support/generated-operations.js';
import { createRandom, type Random } from './random.js';
import { createReferenceWorld, type ReferenceWorld } from './reference-world.js';
import type { Caller } from './sample-city.js';
import { SouvenirBook } from './souvenirs.js';

const { count, seed } = readGeneratedOperations();
/** Each operation is asked by so many. */
const callersOfOne = 4;
/** The first few tell enough. */
const mostDifferences = 5;

let world: ReferenceWorld;

beforeAll(async () => {
  world = await createReferenceWorld();
}, 120_000);

afterAll(() => world?.close());

test(`the service answers as the reference executor does, ${count} times, whatever is asked and whoever asks`, async () => {
  const random = createRandom(seed);
  const souvenirs = new SouvenirBook(registry);
  const differences: string[] = [];
  const tally = { answered: 0, withDenials: 0, withValues: 0, refused: 0, tooCostly: 0 };
  const started = performance.now();
  for (let index = 0; index < count && differences.length < mostDifferences;) {
    const owner = pickCaller(random);
    // An earlier operation with other values: what a plan remembers of the first must not show.
    const structure = index > 40 && random.chance(0.3) ? random.below(index) : index;
    const { isPersonal, ...operation } = world.generator.generate(
      seed * 1_000_000 + structure,
      seed * 1_000_000 + index,
      souvenirs.of(owner),
    );
    const others = Array.from({ length: isPersonal ? Number(random.chance(0.2)) : callersOfOne - 1 }, () =>
      pickCaller(random),
    );
    for (const caller of [owner, ...others]) {
      const { difference, came, expected } = await world.compare(operation, caller);
      index += 1;
      // How much is too much is the service's own affair.
      if (came.errors?.[0]?.extensions['code'] === 'COST_EXCEEDED') {
        tally.tooCostly += 1;
      } else if (difference) {
        const where = `operation ${index} of seed ${seed} (CITYGRAPH_OPERATIONS_SEED=${seed} CITYGRAPH_OPERATIONS=${index})`;
        differences.push(await world.describeDifference(where, operation, caller));
      } else if (expected.refused) {
        tally.refused += 1;
      } else {
        tally.answered += 1;
        if (expected.errors.length > 0) tally.withDenials += 1;
        if (souvenirs.keep(caller, came.data, expected.data) > 0) tally.withValues += 1;
      }
    }
  }
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`${count} operations, ${(count / seconds).toFixed(0)} a second: ${JSON.stringify(tally)}\n`);
  expect(differences.join('\n\n')).toBe('');
  // What is refused or empty compares too easily.
  if (count >= 500) expect(tally.withValues / count).toBeGreaterThan(0.4);
}, 600_000);

function pickCaller(random: Random): Caller {
  const caller = random.pick(world.callers);
  return caller.isTurnedAway && random.chance(0.9) ? pickCaller(random) : caller;
}
