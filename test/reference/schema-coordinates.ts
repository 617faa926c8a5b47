/**
 * Schema coordinates (GraphQL RFC): all there are to be asked, and those that an operation asks. Fields, arguments, filters and their operators,
 * orders, and the values of enums that filters take.
 */
import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
  parse,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Operation } from './reference-executor.js';

export function allCoordinates(schema: GraphQLSchema): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const walkInput = (type: GraphQLNamedType): void => {
    if (seen.has(type.name)) return;
    seen.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) found.add(`${type.name}.${name}`);
    if (!isInputObjectType(type)) return;
    for (const { name, type: inner } of Object.values(type.getFields())) {
      found.add(`${type.name}.${name}`);
      walkInput(getNamedType(inner));
    }
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const { name, args } of Object.values(type.getFields())) {
      found.add(`${type.name}.${name}`);
      for (const argument of args) {
        found.add(`${type.name}.${name}(${argument.name}:)`);
        walkInput(getNamedType(argument.type));
      }
    }
  }
  return found;
}

export function coordinatesIn(schema: GraphQLSchema, { query, variables }: Operation): Set<string> {
  const found = new Set<string>();
  const info = new TypeInfo(schema);
  const walkValue = (type: GraphQLInputType, value: unknown): void => {
    const bare = getNullableType(type);
    if (value === null || value === undefined) return;
    if (isListType(bare)) for (const item of [value].flat()) walkValue(bare.ofType, item);
    if (isEnumType(bare)) found.add(`${bare.name}.${value as string}`);
    if (!isInputObjectType(bare)) return;
    for (const [name, part] of Object.entries(value)) {
      found.add(`${bare.name}.${name}`);
      walkValue(bare.getFields()[name]!.type, part);
    }
  };
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      Field: ({ name }) => void found.add(`${info.getParentType()?.name}.${name.value}`),
      Argument: ({ name }) =>
        void found.add(`${info.getParentType()?.name}.${info.getFieldDef()?.name}(${name.value}:)`),
      ObjectField: ({ name }) => {
        const around = info.getParentInputType();
        if (around) found.add(`${getNamedType(around).name}.${name.value}`);
      },
      EnumValue: ({ value }) => {
        const type = info.getInputType();
        if (type) found.add(`${getNamedType(type).name}.${value}`);
      },
      VariableDefinition: ({ variable, type }) => {
        const declared = typeFromAST(schema, type as never) as GraphQLInputType | undefined;
        if (declared) walkValue(declared, variables[variable.name.value]);
      },
    }),
  );
  return found;
}
