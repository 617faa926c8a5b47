/** Nothing that the libraries answer with goes undecided: each field of each of their types has a coordinate. A new type needs no line here. */
import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { getNamedType, type GraphQLObjectType, isObjectType } from 'graphql';
import { registry } from '../../src/app.js';
import { libraryRootsOf } from '../../src/planning/library-roots.js';
import { buildApiSchema } from '../../src/server/api-schema.js';

const schema = buildApiSchema(registry);
/** What only carries rows: a page says no more than its rows, and these are decided. */
const isCarrier = ({ name }: GraphQLObjectType): boolean => /(Connection|Edge)$/.test(name) && !declares(name);
const declares = (name: string): boolean =>
  registry.datasets.has(name) || registry.portraits.has(name) || registry.structures.has(name);

/** Every object type that is reached from a root field of the libraries. */
function libraryTypes(): GraphQLObjectType[] {
  const found = new Set<GraphQLObjectType>();
  const visit = (type: unknown): void => {
    if (!isObjectType(type) || found.has(type)) return;
    found.add(type);
    for (const field of Object.values(type.getFields())) visit(getNamedType(field.type));
  };
  const roots = schema.getQueryType()!.getFields();
  for (const name of libraryRootsOf(registry).keys()) visit(getNamedType(roots[name]!.type));
  return [...found];
}

const types = libraryTypes();
const decided = types.filter((type) => type.name !== 'PageInfo' && !isCarrier(type));

test('what the libraries lead to is a dataset, a portrait, a structure, or carries rows of these', () => {
  expect(decided.filter(({ name }) => !declares(name)).map(({ name }) => name)).toEqual([]);
});

test('every dataset, portrait and structure is reached', () => {
  const reached = new Set(types.map(({ name }) => name));
  const declared = [...registry.datasets.keys(), ...registry.portraits.keys(), ...registry.structures.keys()];
  expect(declared.filter((name) => !reached.has(name))).toEqual([]);
});

test('each of these types, and each of its fields, has a coordinate in the registry', () => {
  const coordinates = decided.flatMap((type) => [
    type.name,
    ...Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
  ]);
  expect(coordinates.length).toBeGreaterThan(500);
  expect(coordinates.filter((coordinate) => !registry.coordinates.has(coordinate))).toEqual([]);
});

test('and each coordinate is a type or a field of one', () => {
  const unknown = [...registry.coordinates.keys()].filter((coordinate) => {
    const [name, field] = coordinate.split('.') as [string, string | undefined];
    const type = schema.getType(name);
    return !isObjectType(type) || (field !== undefined && !type.getFields()[field]);
  });
  expect(unknown).toEqual([]);
});
