/** What is counted on a document before anything else is done with it, and what an operation costs by its declarations. */
import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { registry } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { CitygraphError } from '../../src/errors.js';
import { countCost, countParts } from '../../src/planning/cost.js';
import { type DocumentLimits, measureDocument } from '../../src/planning/limits.js';
import type { CostPlan } from '../../src/planning/plan.js';

const { limits } = readConfig({}, 'test-node');

function refusalOf(source: string, own: Partial<DocumentLimits> = {}): Readonly<Record<string, unknown>> | null {
  try {
    measureDocument(parse(source), { ...limits, ...own });
    return null;
  } catch (error) {
    if (!(error instanceof CitygraphError)) throw error;
    return { code: error.code, ...error.details };
  }
}

describe('a document', () => {
  test.each<[keyof DocumentLimits, number, string, string]>([
    ['depth', 3, '{ a { b { c } } }', '{ a { b { c { d } } } }'],
    ['fields', 3, '{ a { b c } }', '{ a { b c d } }'],
    ['aliases', 1, '{ x: a b }', '{ x: a y: b }'],
    ['repeats', 2, '{ a a b }', '{ a a a b }'],
    ['directives', 1, '{ a @b }', 'query @c { a @b }'],
    ['introspectionDepth', 1, '{ __schema { types { fields { type { name } } } } }', circular(2)],
    ['tokens', 5, '{ a b c }', '{ a b c d }'],
  ])('has at most so many %s', (limit, maximum, fits, exceeds) => {
    expect(refusalOf(fits, { [limit]: maximum })).toBeNull();
    expect(refusalOf(exceeds, { [limit]: maximum })).toEqual({
      code: 'LIMIT_EXCEEDED',
      limit,
      maximum,
      came: maximum + 1,
    });
  });

  test('is counted with its fragments spread out, however they are put together', () => {
    const fragment = 'fragment F on Query { x: a x: a }';
    expect(refusalOf(`{ ...F ...F } ${fragment}`, { repeats: 3 })).toMatchObject({ limit: 'repeats', came: 4 });
    expect(refusalOf(`{ ... { a } ... { a } }`, { repeats: 1 })).toMatchObject({ limit: 'repeats', came: 2 });
    expect(refusalOf(`{ ...F ...F } ${fragment}`, { aliases: 3 })).toMatchObject({ limit: 'aliases', came: 4 });
    expect(refusalOf(`{ a } ${fragment}`, { aliases: 1 })).toMatchObject({ limit: 'aliases', came: 2 });
  });

  test('whose fragments double with each step, and hold no field at all, is counted to the limit and no further', () => {
    const doubling = (last: string): string =>
      Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(' ') + last;
    expect(refusalOf(`{ ...F0 } ${doubling('')}`)).toMatchObject({ limit: 'fields', came: limits.fields + 1 });
    expect(refusalOf(`{ ...F0 } ${doubling(' fragment F60 on Query { ...F0 }')}`)).toMatchObject({ limit: 'fields' });
  });

  test('in a circle is counted once round', () => {
    expect(refusalOf('{ ...A } fragment A on Query { a ...B } fragment B on Query { b ...A }')).toBeNull();
  });
});

function circular(levels: number): string {
  return `{ __schema { types { ${'fields { type { '.repeat(levels)} name ${'} } '.repeat(levels)} } } }`;
}

describe('the cost of an operation', () => {
  const constant = (value: unknown) => ({ from: 'constant', value }) as const;
  const read = (source: unknown): unknown => (source as { value: unknown }).value;
  const plan: CostPlan = {
    pages: [
      { within: -1, size: constant(50), fanOut: null },
      { within: 0, size: constant(20), fanOut: null },
      { within: 0, size: constant(20), fanOut: 2 },
    ],
    parts: [
      { path: 'a', type: 'AConnection', within: -1, each: 1 },
      { path: 'a.nodes', type: 'A', within: 0, each: 3 },
      { path: 'a.nodes.b', type: 'BConnection', within: 0, each: 1 },
      { path: 'a.nodes.b.nodes', type: 'B', within: 1, each: 1 },
      { path: 'a.nodes.c.nodes', type: 'C', within: 2, each: 1 },
    ],
  };

  test('is the sum of its objects, a page counting as many as were asked for, for each of the page around it', () => {
    expect(countParts(plan, read, 100).map(({ count, cost }) => [count, cost])).toEqual([
      [1, 1],
      [50, 150],
      [50, 50],
      [1000, 1000],
      [100, 100],
    ]);
    expect(countCost(plan, read, 100)).toBe(1301);
  });

  test('counts a page that is out of bounds as the largest', () => {
    for (const size of [1e9, 0, -5, null, 'x']) {
      const pages = [{ within: -1, size: constant(size), fanOut: null }];
      expect(countCost({ pages, parts: [{ path: '', type: '', within: 0, each: 1 }] }, read, 100)).toBe(100);
    }
  });

  test('counts no more marriages of a person than the portrait declares', () => {
    const person = registry.portraits.get('Person')!;
    expect(person.fields.get('marriages')).toMatchObject({ kind: 'many', fanOut: 5 });
    expect(person.fields.get('medicalVisits')).toMatchObject({ kind: 'many', fanOut: null });
    for (const dataset of registry.datasets.values()) expect(dataset.rowCost).toBeGreaterThanOrEqual(1);
  });
});
