/**
 * Operations on what is not of the libraries: `explainAccess`, the usage log, mutations. Every field and argument; what is random in an answer by
 * declaration (ids and times of records, how long they took) has a key that says so.
 */
import { getNamedType, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import type { Operation } from '../reference/reference-executor.js';

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

/** Changes nothing: there is nobody and nothing of that name. */
export function mutations(schema: GraphQLSchema): Operation[] {
  return Object.values(schema.getMutationType()!.getFields()).map((field) => {
    const given = field.args.map(({ name }) => `${name}: "NO-SUCH-THING"`).join(', ');
    const fields = everything(schema, getNamedType(field.type) as GraphQLObjectType);
    return { query: `mutation { ${field.name}(${given}) ${fields} }`, variables: {}, operationName: null };
  });
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
