/**
 * Operations on what is not of the libraries: explanations, the usage log, the service's other records, mutations. Every field and argument; what is random in an answer by
 * declaration (ids and times of records, how long they took) has a key that says so.
 */
import {
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql';
import { registry } from '../../src/app.js';
import { findLibraryRoot } from '../../src/planning/library-roots.js';
import type { Operation } from '../reference/reference-executor.js';

/** What is counted or proved after the fact, and so is not the same at every moment. */
export const countedLater: ReadonlySet<string> = new Set([
  ...['usageReceipt', 'usageSummary', 'usesOfPerson', 'usesOfMyEnterprise'],
]);

/** Keys of values that differ between any two requests. */
export const randomKey = 'random_';
const randomFields = new Set([
  'UsageRecordEntry.id',
  'UsageRecordEntry.occurredAt',
  'UsageRecordEntry.latencyMicros',
  'UsageRecordPage.endCursor',
]);

export function explanations(schema: GraphQLSchema, coordinates: readonly string[]): Operation[] {
  const fields = everything(schema, schema.getType('AccessExplanation') as GraphQLObjectType);
  return coordinates.map((coordinate) => ({
    query: `query ($coordinate: String!) { explainAccess(coordinate: $coordinate) ${fields} }`,
    variables: { coordinate },
    operationName: null,
  }));
}

/** What would be decided of an operation on the libraries, told with every field. */
export function operationExplanations(schema: GraphQLSchema, operations: readonly Operation[]): Operation[] {
  const fields = everything(schema, schema.getType('OperationExplanation') as GraphQLObjectType);
  return operations.map(({ query, variables, operationName }) => ({
    query: `query ($document: String!, $variables: String, $operationName: String) { explainOperation(document: $document, variables: $variables, operationName: $operationName) ${fields} }`,
    variables: { document: query, variables: JSON.stringify(variables), operationName },
    operationName: null,
  }));
}

/** Changes nothing: there is nobody and nothing of that name. */
export function mutations(schema: GraphQLSchema): Operation[] {
  return everyRoot(schema, schema.getMutationType()!, 'mutation', () => true);
}

/** The service's own records, but for the usage log, which is read by itself; nothing is found. */
export function otherReadings(schema: GraphQLSchema): Operation[] {
  return everyRoot(
    schema,
    schema.getQueryType()!,
    'query',
    (name) => !askedOtherwise.has(name) && !findLibraryRoot(registry, name),
  );
}

const askedOtherwise: ReadonlySet<string> = new Set(['explainAccess', 'explainOperation', 'usageRecords']);

function everyRoot(
  schema: GraphQLSchema,
  roots: GraphQLObjectType,
  operation: string,
  isWanted: (name: string) => boolean,
): Operation[] {
  return Object.values(roots.getFields())
    .filter(({ name }) => isWanted(name))
    .map((field) => {
      const values = field.args.map(({ name, type }) => `${name}: ${literalOf(type)}`);
      const given = values.length === 0 ? '' : `(${values.join(', ')})`;
      const fields = everything(schema, getNamedType(field.type) as GraphQLObjectType);
      return { query: `${operation} { ${field.name}${given} ${fields} }`, variables: {}, operationName: null };
    });
}

/** Of the shape that an argument has, with values that name nothing. */
function literalOf(type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const item = getNamedType(bare);
    const all = isEnumType(item) ? item.getValues().map(({ name }) => name) : [literalOf(bare.ofType)];
    return `[${all.join(', ')}]`;
  }
  if (isEnumType(bare)) return bare.getValues()[0]!.name;
  if (!isInputObjectType(bare)) return '"NO-SUCH-THING"';
  const fields = Object.values(bare.getFields());
  return `{ ${fields.map(({ name, type: inner }) => `${name}: ${literalOf(inner)}`).join(', ')} }`;
}

/** What the log keeps of earlier requests, once by each argument. `ids` and `after` are random. */
export function usageReadings(schema: GraphQLSchema, caller: string): readonly string[] {
  const query = schema.getQueryType()!.getFields()['usageRecords']!;
  const values: Readonly<Record<string, string>> = {
    ids: '$ids',
    after: '$after',
    first: '3',
    consumer: JSON.stringify(caller),
    outcome: '"answered"',
    from: '"2020-01-01T00:00:00Z"',
    until: '"2100-01-01T00:00:00Z"',
    errorCode: '"FIELD_DENIED"',
  };
  const fields = everything(schema, getNamedType(query.type) as GraphQLObjectType);
  return query.args.map(({ name }) => {
    const argument = `${name}: ${values[name] ?? '"none"'}`;
    const only = name === 'ids' ? '' : ', ids: $ids';
    const variables = name === 'after' ? '($ids: [ID!], $after: String)' : '($ids: [ID!])';
    return `query ${variables} { usageRecords(${argument}${only}) ${fields} }`;
  });
}

function everything(schema: GraphQLSchema, type: GraphQLObjectType): string {
  const parts = Object.values(type.getFields()).map(({ name, type: inner }) => {
    const named = getNamedType(inner);
    const key = randomFields.has(`${type.name}.${name}`) ? `${randomKey}${name}: ${name}` : name;
    return isObjectType(named) ? `${key} ${everything(schema, named)}` : key;
  });
  return `{ ${parts.join(' ')} }`;
}
