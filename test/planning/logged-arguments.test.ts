/** What the log keeps of the arguments of fields with resolvers of their own: each scalar by its label, and which as a digest alone. */
import { describe, expect, test } from '@jest/globals';
import { type FieldNode, Kind, parse } from 'graphql';
import { logResolverArguments, resolverCost } from '../../src/planning/plan-resolver.js';

function fieldOf(source: string): FieldNode {
  const definition = parse(`{ ${source} }`).definitions[0]!;
  if (definition.kind !== Kind.OPERATION_DEFINITION) throw new Error('expected an operation');
  return definition.selectionSet.selections[0] as FieldNode;
}

function loggedOf(source: string, variables: Readonly<Record<string, unknown>> = {}): string[] {
  return logResolverArguments(fieldOf(source), variables).map(
    ({ label, sensitive, source: from }) => `${label} ${JSON.stringify(from)}${sensitive ? ' as a digest' : ''}`,
  );
}
const constant = (value: unknown): string => JSON.stringify({ from: 'constant', value });
const variable = (...path: (string | number)[]): string => JSON.stringify({ from: 'variable', path });

describe('what is logged', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    ['alerts', {}, []],
    ['alerts(state: OPEN)', {}, [`alerts(state:) ${constant('OPEN')}`]],
    ['alerts(state: null)', {}, []],
    ['alerts(state: $state)', {}, []],
    ['alerts(state: $state)', { state: null }, []],
    ['alerts(state: $state)', { state: 'OPEN' }, [`alerts(state:) ${variable('state')}`]],
    [
      'usageRecords(first: 5, filter: { from: "a", nested: { to: $to, none: null } })',
      { to: 'b' },
      [
        `usageRecords(first:) ${constant(5)}`,
        `usageRecords(filter.from:) ${constant('a')}`,
        `usageRecords(filter.nested.to:) ${variable('to')}`,
      ],
    ],
    [
      'issueGrant(items: [{ coordinate: "A", mode: plain }, $item])',
      { item: { coordinate: 'B', mode: null } },
      [
        `issueGrant(items[0].coordinate:) ${constant('A')}`,
        `issueGrant(items[0].mode:) ${constant('plain')}`,
        `issueGrant(items[1].coordinate:) ${variable('item', 'coordinate')}`,
      ],
    ],
  ])('%s with %j', (source, variables, logged) => expect(loggedOf(source, variables)).toEqual(logged));

  test('a list of scalars is one', () => {
    expect(loggedOf('usageRecords(ids: ["1", "2"])')).toHaveLength(1);
    expect(loggedOf('usageRecords(ids: $ids)', { ids: ['1', '2'] })).toEqual([`usageRecords(ids:) ${variable('ids')}`]);
  });

  test.each([
    ['usageRecords(idNumber: "1")', true],
    ['usageRecords(creditCode: "1")', true],
    ['usageRecords(filter: { idNumber: "1" })', true],
    ['usageRecords(filter: { creditCode: "1" })', true],
    ['usageRecords(myidNumber: "1")', false],
    ['usageRecords(idNumberOf: "1")', false],
    ['explainOperation(document: "1")', true],
    ['explainOperation(variables: "1")', true],
    ['explainOperation(grants: "1")', false],
    ['declareCanary(idNumber: "1")', true],
    ['declareCanary(creditCode: "1")', true],
    ['declareCanary(reason: "1")', false],
    ['alerts(document: "1")', false],
  ])('%s as a digest alone: %j', (source, sensitive) =>
    expect(logResolverArguments(fieldOf(source), {}).map((it) => it.sensitive)).toEqual([sensitive]),
  );

  test('that the schema was read', () =>
    expect(loggedOf('__schema { types { name } }')).toEqual([`__schema ${constant('introspection')}`]));
});

test('a field with a resolver costs what it is declared to, once, by its name and not its alias', () => {
  const part = (field: string) => resolverCost('key', fieldOf(`key: ${field}`), 'Query');
  expect(part('riskReport')).toEqual({ path: 'key', type: 'Query', within: -1, each: 1000 });
  expect(part('usageRecords').each).toBe(100);
  expect(part('alerts').each).toBe(10);
});
