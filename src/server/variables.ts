/** Coercion of variables. Not graphql-js's own: its messages repeat the value, and a value may be an identifier. */
import {
  coerceInputValue,
  type ConstValueNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from 'graphql';
import { CitygraphError, type ErrorCode } from '../errors.js';

/**
 * Of the requests of one operation, whose types are looked up once.
 *
 * @returns a function that throws BAD_USER_INPUT, LIMIT_EXCEEDED, INVALID_IDENTIFIER naming the variable, never its value
 */
export function createCoercion(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  maximumValues = Infinity,
): (given: Readonly<Record<string, unknown>>) => Record<string, unknown> {
  const declared = (operation.variableDefinitions ?? []).flatMap((definition): Declared[] => {
    const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined;
    const { defaultValue } = definition;
    return type && isInputType(type) ? [{ name: definition.variable.name.value, type, defaultValue }] : [];
  });
  return (given) => coerceDeclared(declared, given, maximumValues);
}

interface Declared {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly defaultValue: ConstValueNode | undefined;
}

function coerceDeclared(
  declared: readonly Declared[],
  given: Readonly<Record<string, unknown>>,
  maximumValues: number,
): Record<string, unknown> {
  const coerced: Record<string, unknown> = {};
  for (const { name, type, defaultValue } of declared) {
    if (!Object.hasOwn(given, name) || given[name] === undefined) {
      if (defaultValue) coerced[name] = valueFromAST(defaultValue, type);
      else if (isNonNullType(type))
        throw new CitygraphError('BAD_USER_INPUT', `$${name}: expected a value of type ${String(type)}, got none`);
      continue;
    }
    refuseUnfit(`$${name}`, given[name], maximumValues);
    coerced[name] = coerceInputValue(given[name], type, (path, _value, error) => {
      const code = error.extensions['code'] as ErrorCode | undefined;
      const where = ['$' + name, ...path].join('.');
      // Our own scalars say what they expected without the value; the others' words are not passed on.
      const message = code ? error.message : `expected a value that fits ${String(type)}`;
      throw new CitygraphError(code ?? 'BAD_USER_INPUT', `${where}: ${message}`, {}, { cause: error });
    });
  }
  return coerced;
}

const deepest = 32;

function hasNull(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0');
}

/**
 * PostgreSQL takes no U+0000, and whoever walks a value recursively takes no endless nesting.
 *
 * @throws BAD_USER_INPUT, LIMIT_EXCEEDED
 */
export function refuseUnfit(label: string, value: unknown, maximumValues = Infinity): void {
  // Most are these, of which nothing can be unfit but an U+0000.
  if (maximumValues >= 1 && (typeof value !== 'object' || value === null) && !hasNull(value)) return;
  let level: unknown[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (values > maximumValues)
      throw new CitygraphError(
        'LIMIT_EXCEEDED',
        `${label}: expected at most ${maximumValues} values, got ${values} or more`,
        { limit: 'values', maximum: maximumValues, came: values },
      );
    if (depth > deepest)
      throw new CitygraphError(
        'BAD_USER_INPUT',
        `${label}: expected a value nested at most ${deepest} levels deep, got a deeper one`,
        { limit: 'nesting', maximum: deepest, came: depth },
      );
    if (level.some(hasNull))
      throw new CitygraphError('BAD_USER_INPUT', `${label}: expected text without U+0000, got some with it`);
    level = level.flatMap((it) => (typeof it === 'object' && it !== null ? (Object.values(it) as unknown[]) : []));
  }
}
