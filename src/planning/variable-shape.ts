/**
 * The shape of coerced variables: what of them may change the plan, and nothing else. Keys present, nulls, booleans, enum values, lists of
 * inputs element by element, lists of scalars by emptiness, representations by which types and keys are among them. Texts, numbers and dates leave no trace, so they can't split the cache.
 */
import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

import { type Representation, representationScalarName } from '../model/entities.js';
import { limitExceeded } from './limits.js';
import { groupsOf } from './plan-entities.js';

type Shaper = (value: unknown) => string;

/** @param maximum representations of entities in one variable. @throws LIMIT_EXCEEDED by the shaper */
export function createShaper(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  maximum = Infinity,
): (variables: Readonly<Record<string, unknown>>) => string {
  const shapers = (operation.variableDefinitions ?? []).map((definition) => {
    const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined;
    return [definition.variable.name.value, type ? shaperOf(type, maximum) : () => ''] as const;
  });
  return (variables) =>
    shapers.map(([name, shape]) => (Object.hasOwn(variables, name) ? shape(variables[name]) : '-')).join(',');
}

function shaperOf(type: GraphQLInputType, maximum: number): Shaper {
  if (isNonNullType(type)) return shaperOf(type.ofType, maximum);
  const shape = shaperOfNullable(type, maximum);
  return (value) => (value === null || value === undefined ? '0' : shape(value));
}

function shaperOfNullable(type: GraphQLInputType, maximum: number): Shaper {
  if (isListType(type)) {
    const item = type.ofType;
    const bare = isNonNullType(item) ? item.ofType : item;
    if (isScalarType(bare) && bare.name === representationScalarName)
      return (value) => shapeRepresentations(value as Representation[], maximum);
    if (isScalarType(bare))
      return (value) =>
        (value as unknown[]).some((it) => it === null) ? 'N' : (value as unknown[]).length > 0 ? 'L' : 'E';
    const shape = shaperOf(item, maximum);
    return (value) => `[${(value as unknown[]).map(shape).join(',')}]`;
  }
  if (isInputObjectType(type)) {
    // Made on first use: filters contain themselves.
    const shapers = new Map<string, Shaper>();
    const fields = type.getFields();
    return (value) => {
      const parts: string[] = [];
      for (const [name, part] of Object.entries(value as Record<string, unknown>)) {
        let shape = shapers.get(name);
        if (!shape) shapers.set(name, (shape = shaperOf(fields[name]!.type, maximum)));
        parts.push(`${name}:${shape(part)}`);
      }
      return `{${parts.join(',')}}`;
    };
  }
  if (isEnumType(type)) return (value) => String(value);
  return type.name === 'Boolean' ? (value) => String(value) : () => 'v';
}

function shapeRepresentations(representations: readonly Representation[], maximum: number): string {
  if (representations.length > maximum) throw limitExceeded('representations', maximum, representations.length);
  return groupsOf(representations)
    .map(({ type, key }) => `${type}.${key}`)
    .join('+');
}
