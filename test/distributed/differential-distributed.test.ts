/**
 * The service in the form for a distributed pool, and the reference executor: the same answers. On the cluster of CITUS_URL where that is set,
 * else on a server that stands in for one (`stand-in-cluster.ts`). CITYGRAPH_OPERATIONS and CITYGRAPH_OPERATIONS_SEED widen and replay.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { askGenerated } from '../reference/ask-generated.js';
import { fullPortrait, fullPortraits } from '../reference/full-portrait.js';
import { createReferenceWorld, type ReferenceWorld } from '../reference/reference-world.js';
import { readGeneratedOperations } from '../support/generated-operations.js';
import { distributedEnvironment } from './stand-in-cluster.js';

const given = readGeneratedOperations();
/** Fewer than of one database, where nothing else was asked for. */
const count = process.env['CITYGRAPH_OPERATIONS'] ? given.count : 300;

let world: ReferenceWorld;

beforeAll(async () => {
  world = await createReferenceWorld({ environment: distributedEnvironment });
}, 120_000);

afterAll(() => world?.close());

/** Where it stands, the pool's own database notes it; a cluster's database does. */
const notes =
  'select count(*) filter (where spread_by is not null)::int as spread, count(*) filter (where spread_by is null)::int as whole from citygraph.distributed_table';

test('the tables were spread', async () => {
  const owner = process.env['CITUS_URL']
    ? new Pool({ connectionString: process.env['CITUS_URL'], max: 1 })
    : world.owner;
  const { rows } = await owner.query<{ spread: number; whole: number }>(notes);
  if (owner !== world.owner) await owner.end();
  expect(rows[0]!.spread).toBeGreaterThan(30);
  expect(rows[0]!.whole).toBeGreaterThan(5);
});

test(`a distributed pool answers as the reference executor does, ${count} times`, async () => {
  const { differences, withValues } = await askGenerated(world, { count, seed: given.seed });
  expect(differences.join('\n\n')).toBe('');
  if (count >= 250) expect(withValues / count).toBeGreaterThan(0.4);
}, 600_000);

test.each(fullPortraits)(
  'the full $root is the reference executor’s',
  async (portrait) => {
    const caller = world.callers.find(({ name }) => name === 'portrait-app')!;
    const operation = await fullPortrait(world, caller, portrait);
    const { difference, came } = await world.compare(operation, caller);
    expect([difference, came.errors]).toEqual([null, undefined]);
    expect(Object.keys((came.data as Record<string, object>)[portrait.root]!).length).toBeGreaterThan(20);
  },
  60_000,
);

/** From a subject's other side to rows that lie by another subject, and on to what lies beside those. */
test('what is found over all shards is read on from where it lies', async () => {
  const caller = world.callers.find(({ name }) => name === 'portrait-app')!;
  const on = 'person { registration { name } employments(first: 3) { nodes { post } } }';
  const query = `{ enterprises(first: 50) { nodes { staff(first: 5) { nodes { ${on} } } insuredStaff(first: 5) { nodes { ${on} } } } }
    persons(first: 50) { nodes { colleagues(first: 5) { nodes { ${on} } } parents(first: 5) { nodes { parent { registration { name } } } } } } }`;
  const { difference, came } = await world.compare({ query, variables: {}, operationName: null }, caller);
  expect([difference, came.errors]).toEqual([null, undefined]);
  expect(JSON.stringify((came.data as Record<string, object>)['enterprises'])).toMatch(
    /"person":\{"registration":\{"name":"/,
  );
}, 60_000);
