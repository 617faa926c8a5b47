import { expect, it } from '@jest/globals';
import { isSensitiveIn, targetOf } from '../../src/collection/mapping-target.js';
import { enterprise, vocabulary } from './city.js';

it('offers what a source supplies: items, identifiers and the division, no key, id or provenance', () => {
  const names = targetOf(enterprise).columns.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['creditCode', 'name', 'division', 'town']));
  for (const kept of ['id', 'legalPerson', 'provider', 'resource', 'collectedAt']) expect(names).not.toContain(kept);
});

it('holds identifiers, levels above L2 and unknown columns sensitive', () => {
  const isSensitive = isSensitiveIn(enterprise);
  expect(['creditCode', 'telephone', 'legalPerson', 'nothing'].map(isSensitive)).toEqual([true, true, true, true]);
  expect(['name', 'establishedOn', 'staffCount'].map(isSensitive)).toEqual([false, false, false]);
});

it('knows the nine divisions without the city, the towns, and the lists of the datasets', () => {
  expect(vocabulary.divisions).toHaveLength(9);
  expect(vocabulary.towns.length).toBeGreaterThan(80);
  expect(vocabulary.codeList('enterprise-types')?.find('150')?.zh).toBe('有限责任公司');
  expect(vocabulary.codeList('no-such-list')).toBeUndefined();
});
