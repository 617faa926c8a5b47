/**
 * Entities of Apollo Federation: the types that another subgraph may refer to, and the keys it may refer to them by. A representation is
 * read here once, into one form; what may be seen by it is decided by the planner like any other field.
 */
import { GraphQLError, GraphQLScalarType, type ValueNode, valueFromASTUntyped, visit } from 'graphql';
import { identifierKinds } from './identifier-kind.js';
import type { PlacePortrait } from './place-portrait.js';
import type { Portrait } from './portrait.js';
import type { Registry } from './registry.js';

export type EntityKey =
  | { readonly kind: 'id'; readonly field: 'id' }
  /** By official identifier, for which the right to match is needed. */
  | { readonly kind: 'identifier'; readonly field: string }
  | { readonly kind: 'code'; readonly field: string };

export type Entity = { readonly name: string; readonly keys: readonly EntityKey[] } & (
  | { readonly kind: 'subject'; readonly portrait: Portrait }
  | { readonly kind: 'place'; readonly portrait: PlacePortrait }
);

/** As it is after coercion: the first of the entity's keys that was given, in its normal form. */
export interface Representation {
  readonly type: string;
  readonly key: string;
  readonly value: string;
}

export const representationScalarName = '_Any';
export const entityUnionName = '_Entity';

const known = new WeakMap<Registry, ReadonlyMap<string, Entity>>();

export function entitiesOf(registry: Registry): ReadonlyMap<string, Entity> {
  let entities = known.get(registry);
  if (!entities) known.set(registry, (entities = new Map(listEntities(registry).map((it) => [it.name, it]))));
  return entities;
}

function listEntities(registry: Registry): Entity[] {
  return [
    ...[...registry.portraits.values()].map((portrait): Entity => ({
      kind: 'subject',
      name: portrait.name,
      portrait,
      keys: [
        { kind: 'id', field: 'id' },
        { kind: 'identifier', field: portrait.lookup.argument },
      ],
    })),
    ...registry.placePortraits.map((portrait): Entity => ({
      kind: 'place',
      name: portrait.name,
      portrait,
      keys: [{ kind: 'code', field: portrait.code.name }],
    })),
  ];
}

/** `_Any`, which takes representations of these entities alone. */
export function createRepresentationScalar(registry: Registry): GraphQLScalarType<Representation, unknown> {
  const parse = (value: unknown): Representation => readRepresentation(registry, value);
  return new GraphQLScalarType<Representation, unknown>({
    name: representationScalarName,
    description:
      '联邦中实体的表示：__typename 与其一个键。The representation of an entity in a federation: __typename and one of its keys.',
    serialize: (value) => value,
    parseValue: parse,
    parseLiteral: (node) => {
      if (holdsVariable(node)) throw refuse('one variable for all of the list, or none within', 'one within');
      return parse(valueFromASTUntyped(node));
    },
  });
}

/** @throws BAD_USER_INPUT, INVALID_IDENTIFIER; without the value, and without the names of types that the caller may not know of */
function readRepresentation(registry: Registry, value: unknown): Representation {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('an object', 'another value');
  const given = value as Readonly<Record<string, unknown>>;
  const entity = typeof given['__typename'] === 'string' ? entitiesOf(registry).get(given['__typename']) : undefined;
  if (!entity) throw refuse('the __typename of an entity', 'another');
  const key = entity.keys.find(({ field }) => given[field] !== undefined && given[field] !== null);
  if (!key) throw refuse('one of the keys of its type', 'none');
  const text = given[key.field];
  if (typeof text !== 'string') throw refuse(`${key.field} to be a text`, 'another value');
  return Object.freeze({ type: entity.name, key: key.field, value: normalize(entity, key, text) });
}

function normalize(entity: Entity, { kind }: EntityKey, text: string): string {
  if (kind === 'id') return text;
  const scalar =
    entity.kind === 'subject'
      ? identifierKinds[entity.portrait.lookup.identifier].scalar
      : entity.portrait.lookup.scalar;
  return String(scalar.parseValue(text));
}

function refuse(expected: string, came: string): GraphQLError {
  return new GraphQLError(`${representationScalarName}: expected ${expected}, got ${came}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

export function holdsVariable(node: ValueNode): boolean {
  let found = false;
  visit(node, { Variable: () => void (found = true) });
  return found;
}
