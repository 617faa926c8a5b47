/** The part of the schema that each kind of principal is shown, held against the classification and against the schema as a whole. */
import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import {
  getIntrospectionQuery,
  graphqlSync,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  validateSchema,
} from 'graphql';
import { registry } from '../../src/app.js';
import { decideField } from '../../src/policy/decide.js';
import { fieldsWithoutAudience } from '../../src/policy/management-shields.js';
import { buildApiSchema } from '../../src/server/api-schema.js';
import { createSchemaViews } from '../../src/server/schema-views.js';

const schema = buildApiSchema(registry);
const views = createSchemaViews(schema, registry);
const kinds = ['public', 'consumer', 'official'] as const;

/** Every coordinate of the schema: types, fields, arguments, values. */
function coordinatesOf(it: GraphQLSchema): Set<string> {
  const found = new Set<string>();
  for (const type of Object.values(it.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    found.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) found.add(`${type.name}.${name}`);
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      found.add(`${type.name}.${field.name}`);
      for (const { name } of 'args' in field ? field.args : []) found.add(`${type.name}.${field.name}(${name}:)`);
    }
  }
  return found;
}

const isOpen = (coordinate: string): boolean =>
  decideField(registry.coordinates.get(coordinate), { principal: { kind: 'public', name: 'public' }, grants: [] })
    .kind === 'allow';

describe.each(kinds)('the schema as it is shown to a %s principal', (kind) => {
  test('is a schema, a part of the whole, and answers introspection', () => {
    const view = views.of(kind);
    expect(validateSchema(view)).toEqual([]);
    const whole = coordinatesOf(schema);
    const shown = coordinatesOf(view);
    expect([...shown].filter((coordinate) => !whole.has(coordinate))).toEqual([]);
    expect(shown.size).toBeGreaterThan(20);
    expect(graphqlSync({ schema: view, source: getIntrospectionQuery() }).errors).toBeUndefined();
  });

  test('is made once', () => expect(views.of(kind)).toBe(views.of(kind)));
});

test('the public is shown just what is open of every dataset, and nothing that leads nowhere', () => {
  const shown = coordinatesOf(views.of('public'));
  for (const [coordinate, { classification }] of registry.coordinates) {
    if (!coordinate.includes('.') || !shown.has(coordinate)) continue;
    expect([coordinate, isOpen(coordinate)]).toEqual([coordinate, true]);
    expect([coordinate, classification.level]).toEqual([coordinate, 'L1']);
  }
  const columns = [...registry.datasets.values()].flatMap((dataset) =>
    [...dataset.fields.values()].flatMap((field) =>
      field.kind === 'column' && isOpen(dataset.name) ? [`${dataset.name}.${field.name}`] : [],
    ),
  );
  expect(columns.length).toBeGreaterThan(50);
  expect(columns.filter((coordinate) => isOpen(coordinate) !== shown.has(coordinate))).toEqual([]);
});

test('the public is shown no person, no look-up of one, no filter or order by what is closed, and no mutation', () => {
  const shown = coordinatesOf(views.of('public'));
  for (const closed of ['Person', 'Resident', 'Query.persons', 'Query.personPortrait', 'ResidentIdNumber', 'Mutation'])
    expect([closed, shown.has(closed)]).toEqual([closed, false]);
  expect(shown.has('Query.enterprisePortrait(creditCode:)')).toBe(true);
  expect(shown.has('Query.enterprises(filter:)')).toBe(true);
  for (const dataset of registry.datasets.values()) {
    for (const field of dataset.fields.values()) {
      if (field.kind !== 'column' || isOpen(`${dataset.name}.${field.name}`)) continue;
      for (const name of [
        `${dataset.name}Filter.${field.name}`,
        `${dataset.name}Order.${field.column.toUpperCase()}_ASC`,
        `${dataset.name}Order.${field.column.toUpperCase()}_DESC`,
      ])
        expect([name, shown.has(name)]).toEqual([name, false]);
    }
  }
});

test('consumers are shown all of the libraries, and no management field that no consumer may use', () => {
  const shown = coordinatesOf(views.of('consumer'));
  for (const coordinate of registry.coordinates.keys())
    expect([coordinate, shown.has(coordinate)]).toEqual([coordinate, true]);
  for (const field of ['Query.explainAccess', 'Query.explainOperation', 'Query.usageRecords'])
    expect([field, shown.has(field)]).toEqual([field, true]);
  expect([...shown].filter((coordinate) => /^Mutation\.\w+$/.test(coordinate))).toEqual(['Mutation.rotateMyToken']);
  for (const field of ['PolicyChange', 'Query.enumerationEvents'])
    expect([field, shown.has(field)]).toEqual([field, false]);
});

test('officials are shown their management fields, and nothing of the libraries', () => {
  const shown = coordinatesOf(views.of('official'));
  for (const field of [
    'Mutation.revokeGrant',
    'Mutation.limitConsumer',
    'Query.enumerationEvents',
    'Query.usageRecords',
  ])
    expect([field, shown.has(field)]).toEqual([field, true]);
  expect([...registry.datasets.keys(), ...registry.portraits.keys()].filter((type) => shown.has(type))).toEqual([]);
});

test('every management field says to which kinds it is shown', () => {
  expect(fieldsWithoutAudience()).toEqual([]);
  const shown = new Set(kinds.flatMap((kind) => [...coordinatesOf(views.of(kind))]));
  const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
    Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
  );
  expect(roots.filter((root) => !shown.has(root))).toEqual([]);
});
