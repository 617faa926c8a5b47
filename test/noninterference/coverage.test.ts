/**
 * What is asked of two cities reaches every coordinate of the schema: types and fields, arguments, filters and their operators, orders, and the
 * values of enums that are filtered by. Needs no city; noninterference.test.ts counts what was answered.
 */
import { expect, test } from '@jest/globals';
import { registry } from '../../src/app.js';
import { buildApiSchema } from '../../src/server/api-schema.js';
import { createOperationGenerator, type Samples } from '../reference/generate-operations.js';
import type { Operation } from '../reference/reference-executor.js';
import { allCoordinates, coordinatesIn } from '../reference/schema-coordinates.js';
import {
  explanations,
  mutations,
  operationExplanations,
  otherReadings,
  usageReadings,
} from './management-operations.js';

const schema = buildApiSchema(registry);

/** Any value will do where nothing is answered. */
const samples: Samples = {
  values: new Map<string, readonly string[]>([
    ['ResidentIdNumber', ['11010519491231002X']],
    ['DivisionCode', ['150602']],
    // As often as there are choices to be made: each is asked another one.
    ['UnifiedSocialCreditCode', Array.from({ length: 30 }, () => '91350100M000100Y43')],
    ...[...registry.coordinates.keys()].map((coordinate) => [coordinate, ['1']] as const),
  ]),
  coordinates: [...registry.coordinates.keys()],
  parts: new Set(registry.structures.keys()),
  datasetOfFilter: new Map([...registry.datasets.keys()].map((name) => [`${name}Filter`, name])),
};

test('the operations reach every coordinate of the schema', () => {
  const generator = createOperationGenerator(schema, samples);
  const readings = usageReadings(schema, 'anyone').map((query): Operation => ({
    query,
    variables: {},
    operationName: null,
  }));
  const operations = [
    ...generator.everyField(),
    ...generator.everyLookup(),
    ...generator.everyEntity(),
    ...generator.everyRefetch(() => 'any id'),
    ...generator.everyArgument(),
    ...generator.everyEnumValue(),
    ...generator.everyChoice(),
    ...generator.everyWalk(),
    ...explanations(schema, ['Resident']),
    ...operationExplanations(schema, generator.everyWalk().slice(0, 1)),
    ...otherReadings(schema),
    ...mutations(schema),
    ...readings,
  ];
  const reached = new Set(operations.flatMap((operation) => [...coordinatesIn(schema, operation)]));
  const all = [...allCoordinates(schema)];
  expect(all.length).toBeGreaterThan(4000);
  expect(all.filter((coordinate) => !reached.has(coordinate))).toEqual([]);
});
