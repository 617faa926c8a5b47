/**
 * The service and the reference executor, asked for everything once: every field, filter, operator and order of every list, and every list
 * from its first page to its last. Whatever the lot of differential.test.ts leaves out has been tried here.
 *
 * @long
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { registry } from '../../src/app.js';
import type { CoordinateEntry } from '../../src/model/registry.js';
import { createReferenceWorld, type ReferenceWorld } from './reference-world.js';
import { type Caller, existenceApp, isDerived, maskedApp, maskedDerivedApp } from './sample-city.js';
import { findCommonColumns } from './samples.js';

const mostDifferences = 5;
let world: ReferenceWorld;

beforeAll(async () => {
  world = await createReferenceWorld();
}, 120_000);

afterAll(() => world?.close());

function callerNamed(name: string): Caller {
  return world.callers.find((caller) => caller.name === name)!;
}

describe('the service answers as the reference executor does', () => {
  test('for every field of every list, to who may see all, the masks, the existence alone, and what is open', async () => {
    const differences: string[] = [];
    for (const operation of world.generator.everyField()) {
      for (const caller of ['portrait-app', maskedApp, maskedDerivedApp, existenceApp, 'public'].map(callerNamed)) {
        if (differences.length >= mostDifferences || (await world.compare(operation, caller)).difference === null)
          continue;
        differences.push(await world.describeDifference('every field', operation, caller));
      }
    }
    expect(differences.join('\n\n')).toBe('');
  }, 120_000);

  test('for whoever is looked up, and for what one comes back to', async () => {
    const differences: string[] = [];
    for (const caller of ['portrait-app', 'clinic-app', existenceApp, 'public'].map(callerNamed)) {
      const ids = new Map<string, string>();
      for (const portrait of registry.portraits.values()) {
        const { came } = await world.compare(
          { query: `{ ${portrait.list}(first: 1) { nodes { id } } }`, variables: {}, operationName: null },
          caller,
        );
        const list = (came.data as Record<string, { nodes: { id: string }[] } | null>)[portrait.list];
        if (list?.nodes[0]) ids.set(portrait.name, list.nodes[0].id);
      }
      for (const operation of [
        ...world.generator.everyLookup(),
        ...world.generator.everyRefetch((type) => ids.get(type) ?? 'none'),
      ]) {
        if (differences.length >= mostDifferences || (await world.compare(operation, caller)).difference === null)
          continue;
        differences.push(await world.describeDifference('every look-up', operation, caller));
      }
    }
    expect(differences.join('\n\n')).toBe('');
  }, 120_000);

  test('for every filter, operator and order', async () => {
    const differences: string[] = [];
    for (const [index, operation] of world.generator.everyArgument().entries()) {
      const caller = callerNamed(['portrait-app', 'portrait-app', 'patchwork-app-1', 'public'][index % 4]!);
      if (differences.length >= mostDifferences || (await world.compare(operation, caller)).difference === null)
        continue;
      differences.push(await world.describeDifference('every argument', operation, caller));
    }
    expect(differences.join('\n\n')).toBe('');
  }, 120_000);

  test('for every choice of steps, kinds and thresholds, to who may see all, a part, and what is open', async () => {
    const differences: string[] = [];
    for (const [index, operation] of world.generator.everyChoice().entries()) {
      for (const caller of ['portrait-app', ['patchwork-app-0', 'patchwork-app-1', 'public'][index % 3]!].map(
        callerNamed,
      )) {
        if (differences.length >= mostDifferences || (await world.compare(operation, caller)).difference === null)
          continue;
        differences.push(await world.describeDifference('every choice', operation, caller));
      }
    }
    expect(differences.join('\n\n')).toBe('');
  }, 120_000);

  test('from page to page', async () => {
    const caller = callerNamed('portrait-app');
    const differences: string[] = [];
    for (const walk of world.generator.everyWalk()) {
      for (let after: string | null = null, pages = 0; pages < 8 && differences.length < mostDifferences; pages += 1) {
        const operation = { ...walk, variables: { after } };
        const { difference, came } = await world.compare(operation, caller);
        if (difference) differences.push(await world.describeDifference('page to page', operation, caller));
        const { hasNextPage, endCursor } = (
          came.data as { list: { pageInfo: { hasNextPage: boolean; endCursor: string } } }
        ).list.pageInfo;
        if (!hasNextPage) break;
        after = endCursor;
      }
    }
    expect(differences.join('\n\n')).toBe('');
  }, 120_000);
});

describe('what was asked', () => {
  test('reached every coordinate of the libraries: fields, arguments, filters, operators, orders', () => {
    expect(libraryCoordinates().filter((coordinate) => !world.generator.coverage.has(coordinate))).toEqual([]);
  });

  test('got every common column in plain, every mask, and a denial of whatever may be denied', async () => {
    const isServed = (coordinate: string): boolean => world.reference.fates.has(`${coordinate} served`);
    const common = await findCommonColumns(world.owner, registry);
    const entries = [...registry.coordinates].filter(
      ([coordinate, entry]) => entry.coordinate === coordinate && coordinate.includes('.'),
    );
    const named = (holds: (entry: CoordinateEntry) => boolean): string[] =>
      entries.filter(([, entry]) => holds(entry)).map(([coordinate]) => coordinate);
    const neverServed = new Set(
      named(({ classification: { category, sharing } }) => category === 'core' || sharing === 'not-shared'),
    );
    expect(common.filter((coordinate) => !neverServed.has(coordinate) && !isServed(coordinate))).toEqual([]);
    const masked = named(({ maskable, classification }) => maskable && classification.level !== 'L1').filter(
      (coordinate) => common.includes(coordinate) && !neverServed.has(coordinate),
    );
    expect(masked.filter((coordinate) => !world.reference.fates.has(`${coordinate} masked`))).toEqual([]);
    const deniable = named(
      ({ coordinate, maskable, classification: { level, sharing } }) =>
        (level !== 'L1' || sharing !== 'unconditional') && !(maskable && isDerived(registry, coordinate)),
    );
    expect(deniable.filter((coordinate) => !world.reference.fates.has(`${coordinate} denied`))).toEqual([]);
  });
});

/** Of every type that leads to rows, and of the input types that their lists take. */
function libraryCoordinates(): string[] {
  const roots = Object.values(world.schema.getQueryType()!.getFields()).filter(
    (field) => isObjectType(getNamedType(field.type)) && leadsToRows(getNamedType(field.type).name),
  );
  const found = new Set<string>();
  const walk = (type: GraphQLNamedType): void => {
    if (isEnumType(type) && (type.name.endsWith('Order') || type.name === 'RelationKind'))
      for (const { name } of type.getValues()) found.add(`${type.name}.${name}`);
    if (!isObjectType(type) && !isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) reach(type.name, field);
  };
  const add = (coordinate: string): boolean => !found.has(coordinate) && found.add(coordinate) !== undefined;
  const reach = (
    owner: string,
    field: { name: string; type: GraphQLInputType | GraphQLOutputType; args?: readonly GraphQLArgument[] },
  ): void => {
    if (!add(`${owner}.${field.name}`)) return;
    walk(getNamedType(field.type));
    for (const argument of field.args ?? []) {
      add(`${owner}.${field.name}(${argument.name}:)`);
      walk(getNamedType(argument.type));
    }
  };
  for (const root of roots) reach('Query', root);
  return [...found];
}

function leadsToRows(type: string): boolean {
  const bare = type.replace(/Connection$/, '');
  return registry.datasets.has(bare) || registry.portraits.has(bare);
}
