/**
 * The service with its libraries in three databases, and the reference executor: the same answers as from one. CITYGRAPH_OPERATIONS and
 * CITYGRAPH_OPERATIONS_SEED widen and replay this form as they do the other.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readGeneratedOperations } from '../support/generated-operations.js';
import { createLibraryDatabases, type LibraryDatabases } from '../support/library-databases.js';
import { askGenerated } from './ask-generated.js';
import { createReferenceWorld, type ReferenceWorld } from './reference-world.js';

const given = readGeneratedOperations();
/** Fewer than of one database, where nothing else was asked for. */
const count = process.env['CITYGRAPH_OPERATIONS'] ? given.count : 250;

let world: ReferenceWorld;
let apart: LibraryDatabases;

beforeAll(async () => {
  apart = await createLibraryDatabases();
  world = await createReferenceWorld({ environment: () => Promise.resolve(apart.environment) });
}, 120_000);

afterAll(async () => {
  await world?.close();
  await apart?.drop();
});

test(`libraries in three databases answer as the reference executor does, ${count} times`, async () => {
  const { differences, withValues } = await askGenerated(world, { count, seed: given.seed });
  expect(differences.join('\n\n')).toBe('');
  if (count >= 250) expect(withValues / count).toBeGreaterThan(0.4);
}, 600_000);
