/** What a re-grading leaves alone, and several sources. What holds of one coordinate, tables.test.ts shows. */
import { describe, expect, test } from '@jest/globals';
import type { Classification } from '../../src/model/classification.js';
import { applyRegradings, sameClassification, sourcesOf } from '../../src/policy/effective-classification.js';
import { sampleEntry } from './sample-policy.js';

const declared = new Map(
  [
    sampleEntry({ coordinate: 'One', level: 'L1' }),
    sampleEntry({ coordinate: 'Two', level: 'L1' }),
    sampleEntry({ coordinate: 'Both', level: 'L1', derivedFrom: ['One', 'Two'] }),
    sampleEntry({ coordinate: 'Both.score', level: 'L1', derivedFrom: ['One', 'Two'] }),
    sampleEntry({ coordinate: 'NoType.field', level: 'L1' }),
  ].map((entry) => [entry.coordinate, entry] as const),
);
const regrade = (changes: Readonly<Record<string, Partial<Classification>>>) =>
  applyRegradings(
    declared,
    new Map(
      Object.entries(changes).map(([coordinate, change]) => {
        const before = declared.get(coordinate)!.classification;
        return [coordinate, { coordinate, declared: before, classification: { ...before, ...change } }];
      }),
    ),
  );

describe('re-gradings', () => {
  test('leave the declaration as it is where there are none, and every entry that they do not touch', () => {
    expect(regrade({})).toBe(declared);
    const regraded = regrade({ 'NoType.field': { level: 'L2' } });
    expect([...declared.keys()].filter((name) => regraded.get(name) !== declared.get(name))).toEqual(['NoType.field']);
    expect([...regraded.keys()]).toEqual([...declared.keys()]);
  });

  test('change nothing but the classification, and the declaration not at all', () => {
    const before = declared.get('One')!;
    const after = regrade({ One: { level: 'L3' } }).get('One')!;
    expect(after).toEqual({ ...before, classification: { ...before.classification, level: 'L3' } });
    expect(before.classification.level).toBe('L1');
    expect(Object.isFrozen(after)).toBe(true);
  });

  test.each<[Readonly<Record<string, Partial<Classification>>>, Partial<Classification>]>([
    [{ One: { level: 'L2' }, Two: { level: 'L3' } }, { level: 'L3' }],
    [{ One: { level: 'L3' }, Two: { level: 'L2' } }, { level: 'L3' }],
    [
      { One: { level: 'L3' }, Two: { sharing: 'not-shared' } },
      { level: 'L3', sharing: 'not-shared' },
    ],
  ])('of its sources, %j, raise what is derived and its fields to the strictest of each', (changes, strictest) => {
    const regraded = regrade(changes);
    for (const name of ['Both', 'Both.score'])
      expect(regraded.get(name)!.classification).toEqual({ ...declared.get(name)!.classification, ...strictest });
  });
});

test('sources are those of the type; where there is no such type, none', () => {
  expect(sourcesOf(declared, declared.get('Both.score')!)).toEqual(['One', 'Two']);
  expect(sourcesOf(declared, declared.get('One')!)).toEqual([]);
  expect(sourcesOf(declared, declared.get('NoType.field')!)).toEqual([]);
});

test.each<[Partial<Classification>, boolean]>([
  [{}, true],
  [{ level: 'L3' }, false],
  [{ sharing: 'unconditional' }, false],
  [{ open: 'open' }, false],
  [{ category: 'important' }, false],
])('with %j it is the same: %j', (change, same) => {
  const { classification } = declared.get('One')!;
  expect(sameClassification(classification, { ...classification, ...change })).toBe(same);
});
