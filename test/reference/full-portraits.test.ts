/** A portrait asked for in full - every relation of it, every field of theirs that holds a value - is one statement, and exact. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { captureDuring } from '../support/capture-statements.js';
import { fullPortrait, fullPortraits } from './full-portrait.js';
import { createReferenceWorld, type ReferenceWorld } from './reference-world.js';
import type { Operation } from './reference-executor.js';
import type { Caller } from './sample-city.js';

let world: ReferenceWorld;
let caller: Caller;

beforeAll(async () => {
  world = await createReferenceWorld();
  caller = world.callers.find(({ name }) => name === 'portrait-app')!;
}, 120_000);

afterAll(() => world?.close());

describe.each(fullPortraits)('the full $root', (portrait) => {
  let operation: Operation;

  beforeAll(async () => {
    operation = await fullPortrait(world, caller, portrait);
  }, 60_000);

  test('is answered by one statement, without a denial, just as the reference executor answers it', async () => {
    const { result, libraryStatements } = await captureDuring(() => world.compare(operation, caller));
    const { difference, came } = result;
    expect([difference, came.errors]).toEqual([null, undefined]);
    expect(Object.keys((came.data as Record<string, object>)[portrait.root]!).length).toBeGreaterThan(20);
    expect(libraryStatements).toHaveLength(1);
  }, 60_000);
});
