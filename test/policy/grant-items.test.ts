/** The items of a grant as they are written, and as they are kept. That a grant is issued by them, and no other, manage-grants.test.ts shows. */
import { describe, expect, test } from '@jest/globals';
import type { CoordinateEntry } from '../../src/model/registry.js';
import { expandGrantItems, findToldMask, type GrantItem } from '../../src/policy/grant-items.js';
import { sampleCoordinates, sampleEntry } from './sample-policy.js';

/** `Resident.name masked`, one after the other. */
function itemsOf(...written: string[]): GrantItem[] {
  return written.map((it) => {
    const [coordinate, mode] = it.split(' ') as [string, GrantItem['mode']];
    return { coordinate, mode };
  });
}
const expand = (written: readonly string[], coordinates = sampleCoordinates): string[] =>
  expandGrantItems(itemsOf(...written), coordinates).map(({ coordinate, mode }) => `${coordinate} ${mode}`);

describe('items that are written', () => {
  test.each([
    [['Resident.name plain'], ['Resident.name plain']],
    [['Resident.name masked'], ['Resident.name masked']],
    [['Resident.sex aggregate'], ['Resident.sex aggregate']],
    [['Resident.idNumber match'], ['Resident.idNumber match']],
    [['Visit plain'], ['Visit plain']],
    [
      ['Resident.name plain', 'Resident.name plain', 'Resident.name masked'],
      ['Resident.name plain', 'Resident.name masked'],
    ],
    [['Resident.* plain'], ['Resident plain', 'Resident.name plain', 'Resident.idNumber plain', 'Resident.sex plain']],
    [['Resident.* masked'], ['Resident plain', 'Resident.name masked', 'Resident.idNumber masked']],
    [['Resident.* aggregate'], ['Resident.name aggregate', 'Resident.idNumber aggregate', 'Resident.sex aggregate']],
    [['Resident.* match'], ['Resident.idNumber match']],
    [['Resident.* match', 'Resident.idNumber match'], ['Resident.idNumber match']],
  ])('%j are kept as %j', (written, kept) => expect(expand(written)).toEqual(kept));

  test.each([
    [[], 'one or more items', 'none'],
    [['Resident.name all'], 'a mode of plain, masked, aggregate, match', 'all'],
    [['Resident.shoeSize plain'], 'a coordinate of the catalogue', 'Resident.shoeSize'],
    [['Resident.visits plain'], 'Visit, by which Resident.visits is decided', 'Resident.visits'],
    [['Resident.updatedAt plain'], 'Resident, by which Resident.updatedAt is decided', 'Resident.updatedAt'],
    [['Resident.sex masked'], 'masked for a coordinate that has a mask', 'Resident.sex: masked'],
    [['Resident.name match'], 'match for an identifier', 'Resident.name: match'],
    [['Resident.name plain', 'Resident.name match'], 'match for an identifier', 'Resident.name: match'],
    [['Shoe.* plain'], 'TYPE.* of a type in the catalogue', 'Shoe.*'],
    [['.* plain'], 'TYPE.* of a type in the catalogue', '.*'],
    [['Resident.visits.* plain'], 'TYPE.* of a type in the catalogue', 'Resident.visits.*'],
    [['Visit.* match'], 'a type with fields that match applies to', 'Visit.*'],
  ])('%j are refused: expected %s', (written, expected, came) => {
    expect(() => expand(written)).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        message: `items: expected ${expected}, got ${came}`,
        details: { field: 'items', expected, came },
      }),
    );
  });
});

describe('what is masked', () => {
  const coordinates: ReadonlyMap<string, CoordinateEntry> = new Map(
    [
      sampleEntry({ coordinate: 'Resident', maskable: false }),
      sampleEntry({
        coordinate: 'Resident.idNumber',
        toldBy: [['Resident.division', 'Resident.birthDate'], ['Resident.card']],
      }),
      sampleEntry({ coordinate: 'Resident.division' }),
      sampleEntry({ coordinate: 'Resident.birthDate' }),
      sampleEntry({ coordinate: 'Resident.card' }),
    ].map((entry) => [entry.coordinate, entry]),
  );
  const told = (...written: string[]) => findToldMask(itemsOf(...written), coordinates);

  test('is told by a whole group that is given in plain beside it, in any order', () => {
    const by = ['Resident.division', 'Resident.birthDate'];
    const group = by.map((it) => `${it} plain`);
    expect(told('Resident.idNumber masked', ...group)).toEqual({ masked: 'Resident.idNumber', by });
    expect(told(...group, 'Resident.idNumber masked')).toEqual({ masked: 'Resident.idNumber', by });
    expect(told('Resident.card masked', 'Resident.card plain', 'Resident.idNumber masked')).toEqual({
      masked: 'Resident.idNumber',
      by: ['Resident.card'],
    });
  });

  test.each([
    [['Resident.idNumber masked', 'Resident.division plain']],
    [['Resident.idNumber masked', 'Resident.division plain', 'Resident.birthDate masked']],
    [['Resident.idNumber masked', 'Resident.card aggregate']],
    [['Resident.idNumber aggregate', 'Resident.card plain']],
    [['Resident.idNumber match', 'Resident.card plain']],
    [['Resident.idNumber masked', 'Resident.idNumber plain', 'Resident.card plain']],
    [['Resident.division masked', 'Resident.card plain']],
    [['Elsewhere.name masked', 'Resident.card plain']],
    [[]],
  ])('is not told by %j', (written) => expect(told(...written)).toBeNull());

  test('is not granted beside what tells it, and the refusal names both', () => {
    const expected =
      'Resident.idNumber masked without Resident.division and Resident.birthDate in plain, which tells it';
    const written = ['Resident.division plain', 'Resident.birthDate plain', 'Resident.idNumber masked'];
    expect(() => expand(written, coordinates)).toThrow(`items: expected ${expected}, got both`);
  });
});
