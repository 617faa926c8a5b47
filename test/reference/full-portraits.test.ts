/** A portrait asked for in full - every relation of it, every field of theirs that holds a value - is one statement, and exact. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getNamedType, type GraphQLField, type GraphQLObjectType, isLeafType, isObjectType } from 'graphql';
import { captureDuring } from '../support/capture-statements.js';
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

describe.each([
  ['personPortrait', 'idNumber', 'resident-id-number', 'population.resident', 'person_id'],
  ['enterprisePortrait', 'creditCode', 'unified-social-credit-code', 'legal_person.shareholder', 'legal_person_id'],
])('the full %s', (root, argument, kind, table, key) => {
  let operation: Operation;

  beforeAll(async () => {
    const { rows } = await world.owner.query<{ value: string }>(
      `select i.value from citygraph.subject_identifier i join ${table} t on t.${key} = i.subject_id
        where i.kind = $1 and i.is_current and i.subject_protected_until = '-infinity' order by t.id limit 1`,
      [kind],
    );
    const ask = (denied: ReadonlySet<string>): Operation => ({
      query: `{ ${root}(${argument}: "${rows[0]!.value}") ${inFull(getNamedType(world.schema.getQueryType()!.getFields()[root]!.type), denied)} }`,
      variables: {},
      operationName: null,
    });
    const { came } = await world.compare(ask(new Set()), caller);
    operation = ask(new Set((came.errors ?? []).map(({ extensions }) => String(extensions['coordinate']))));
  }, 60_000);

  test('is answered by one statement, without a denial, just as the reference executor answers it', async () => {
    const { result, libraryStatements } = await captureDuring(() => world.compare(operation, caller));
    const { difference, came } = result;
    expect([difference, came.errors]).toEqual([null, undefined]);
    expect(Object.keys((came.data as Record<string, object>)[root]!).length).toBeGreaterThan(20);
    expect(libraryStatements).toHaveLength(1);
  }, 60_000);
});

/** All that holds a value, here and in what is one level below. */
function inFull(type: unknown, denied: ReadonlySet<string>, depth = 0): string {
  if (!isObjectType(type)) return '';
  const parts = Object.values(type.getFields())
    .filter(({ name }) => !denied.has(`${type.name}.${name}`))
    .flatMap((field) => fieldInFull(field, denied, depth));
  return parts.length > 0 ? `{ ${parts.join(' ')} }` : '{ __typename }';
}

function fieldInFull(field: GraphQLField<unknown, unknown>, denied: ReadonlySet<string>, depth: number): string[] {
  const inner = getNamedType(field.type);
  if (isLeafType(inner)) return [field.name];
  const isPart = ['RelationGraphNode', 'RelationGraphEdge'].includes(inner.name);
  if (!isObjectType(inner) || (depth > 0 && !isPart)) return [];
  if (!inner.name.endsWith('Connection')) return [`${field.name} ${inFull(inner, denied, 1)}`];
  return [`${field.name}(first: 100) { nodes ${inFull(nodeOf(inner), denied, 1)} }`];
}

function nodeOf(connection: GraphQLObjectType): unknown {
  return getNamedType(connection.getFields()['nodes']!.type);
}
