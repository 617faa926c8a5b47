/** What of the variables may change a plan, and so which requests share one. */
import { describe, expect, test } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import { createShaper } from '../../src/planning/variable-shape.js';

const schema = buildSchema(`
  scalar Day
  enum Order { UP DOWN }
  input Filter { and: [Filter!], name: String, open: Boolean, order: Order, days: [Day!], parts: [[Int]] }
  type Query { a: Int }
`);

function shapeOf(type: string, variables: Readonly<Record<string, unknown>>): string {
  const definition = parse(`query ($v: ${type}) { a }`).definitions[0]!;
  if (definition.kind !== Kind.OPERATION_DEFINITION) throw new Error('expected an operation');
  return createShaper(schema, definition)(variables);
}

describe('the shape of a variable', () => {
  test.each([
    ['String', { v: 'a text' }, 'v'],
    ['String!', { v: 'another' }, 'v'],
    ['Int', { v: 0 }, 'v'],
    ['Day', { v: '2026-01-01' }, 'v'],
    ['String', { v: '' }, 'v'],
    ['String', { v: null }, '0'],
    ['String', { v: undefined }, '0'],
    ['String', {}, '-'],
    ['Boolean', { v: true }, 'true'],
    ['Boolean!', { v: false }, 'false'],
    ['Order', { v: 'DOWN' }, 'DOWN'],
    ['[String!]', { v: ['a', 'b', 'c'] }, 'L'],
    ['[String!]!', { v: ['a'] }, 'L'],
    ['[String]', { v: ['a', null] }, 'N'],
    ['[String]', { v: [] }, 'E'],
    ['[String]', { v: null }, '0'],
    ['[Order!]', { v: ['UP', 'DOWN'] }, '[UP,DOWN]'],
    ['[Order]', { v: ['UP', null] }, '[UP,0]'],
    ['[[Int]]', { v: [[1], [], null] }, '[L,E,0]'],
    ['Filter', { v: {} }, '{}'],
    ['Filter', { v: { name: 'a', open: true, order: 'UP' } }, '{name:v,open:true,order:UP}'],
    ['Filter', { v: { days: ['2026-01-01'], parts: [[1, null]] } }, '{days:L,parts:[N]}'],
    ['Filter!', { v: { and: [{ name: null }, { and: [{ open: false }] }] } }, '{and:[{name:0},{and:[{open:false}]}]}'],
    ['[Filter!]', { v: [{ name: 'a' }, { name: 'b' }] }, '[{name:v},{name:v}]'],
    ['NoType', { v: 'any' }, ''],
  ])('%s, %j, is %j', (type, variables, shape) => expect(shapeOf(type, variables)).toBe(shape));

  test('stands in the order in which they are declared, whatever else is sent', () => {
    const [definition] = parse('query ($a: Boolean, $b: String, $c: Boolean) { a }').definitions;
    const shape = createShaper(schema, definition as never);
    expect(shape({ c: true, a: false, d: true })).toBe('false,-,true');
    expect(createShaper(schema, parse('{ a }').definitions[0] as never)({ d: true })).toBe('');
  });
});
