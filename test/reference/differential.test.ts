/**
 * The service and the reference executor, asked the same: generated operations, by every kind of caller. CITYGRAPH_OPERATIONS and
 * CITYGRAPH_OPERATIONS_SEED (test/support/generated-operations.ts) widen and replay.
 *
 * @long
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readGeneratedOperations } from '../support/generated-operations.js';
import { askGenerated } from './ask-generated.js';
import { createReferenceWorld, type ReferenceWorld } from './reference-world.js';

const { count, seed } = readGeneratedOperations();

let world: ReferenceWorld;

beforeAll(async () => {
  world = await createReferenceWorld();
}, 120_000);

afterAll(() => world?.close());

test(`the service answers as the reference executor does, ${count} times, whatever is asked and whoever asks`, async () => {
  const { differences, withValues } = await askGenerated(world, { count, seed });
  expect(differences.join('\n\n')).toBe('');
  // What is refused or empty compares too easily.
  if (count >= 500) expect(withValues / count).toBeGreaterThan(0.4);
}, 600_000);
