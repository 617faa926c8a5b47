import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { CodeList } from '../../src/model/code-lists/code-list.js';
import { defineCodeRows } from '../../src/model/code-lists/code-list.js';
import { academicDegrees } from '../../src/model/code-lists/academic-degrees.js';
import { cityDepartmentCode, departments } from '../../src/model/code-lists/departments.js';
import { diagnoses } from '../../src/model/code-lists/diagnoses.js';
import { cityCode, divisions, isBanner, registrationOnlyCodes } from '../../src/model/code-lists/divisions.js';
import { educationLevels } from '../../src/model/code-lists/education-levels.js';
import { ethnicGroups } from '../../src/model/code-lists/ethnic-groups.js';
import { householdRelations } from '../../src/model/code-lists/household-relations.js';
import { industryDivisions } from '../../src/model/code-lists/industry-divisions.js';
import { industryGroups } from '../../src/model/code-lists/industry-groups.js';
import { industrySectionOf, industrySections } from '../../src/model/code-lists/industry-sections.js';
import { legalPersonKinds } from '../../src/model/code-lists/legal-person-kinds.js';
import { maritalStatuses } from '../../src/model/code-lists/marital-statuses.js';
import { occupationClasses } from '../../src/model/code-lists/occupation-classes.js';
import { sexes } from '../../src/model/code-lists/sexes.js';
import { towns, townsOf } from '../../src/model/code-lists/towns.js';

/** The form of every list's codes. A list that is not named here fails, so that a new one states its form. */
const forms: Record<string, RegExp> = {
  sexes: /^[0-9]$/,
  'marital-statuses': /^[0-9]{2}$/,
  'ethnic-groups': /^[0-9]{2}$/,
  divisions: /^1506[0-9]{2}$/,
  towns: /^1506[0-9]{5}$/,
  'industry-sections': /^[A-T]$/,
  'industry-divisions': /^[0-9]{2}$/,
  'industry-groups': /^[0-9]{3}$/,
  industries: /^([A-T]|[0-9]{2,3})$/,
  'education-levels': /^[0-9]{2}$/,
  'household-relations': /^[0-8]$/,
  'legal-person-kinds': /^[1-9ANY][1-59]$/,
  departments: /^1506[0-9]{2}-[a-z-]+$/,
  'enterprise-types': /^[1-9][0-9]{2}$/,
  'enterprise-statuses': /^[1-9]$/,
  'academic-degrees': /^[1-4]$/,
  'abo-blood-types': /^[1-5]$/,
  'rh-blood-types': /^[1-3]$/,
  'hospital-grades': /^[1-39][0-3]$/,
  'insurance-types': /^[1-5][0-9]0$/,
  'medical-payments': /^[1-8]$/,
  'occupation-classes': /^[1-8]0000$/,
  'service-item-types': /^(0[1-9]|10|20)$/,
  'service-ratings': /^[1-5]$/,
  vaccines: /^[A-Za-z]+[0-9]*(-[A-Z]+)?$/,
  'urban-component-classes': /^0[1-6][0-9]{2}$/,
  'land-uses': /^0[34]0[1-7]$/,
  'highway-classes': /^[GSXYCZ]$/,
  'air-quality-levels': /^[1-6]$/,
  'surface-water-classes': /^[1-6]$/,
  'industrial-products': /^[A-Z]+$/,
  'emergency-supply-classes': /^[1-3]$/,
  'penalty-kinds': /^[1-59][1-4]$/,
  'social-organisation-grades': /^[1-5]A$/,
  'tax-credit-grades': /^[ABMCD]$/,
  'work-safety-grades': /^[1-3]$/,
  diagnoses: /^[A-Z][0-9]{2}(\.[0-9])?$/,
};

async function loadLists(): Promise<CodeList[]> {
  const folder = new URL('../../src/model/code-lists/', import.meta.url);
  const lists: CodeList[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const exported = (await import(new URL(file, folder).pathname)) as Record<string, unknown>;
    for (const value of Object.values(exported)) {
      if (typeof value === 'object' && value !== null && 'entries' in value && 'standard' in value)
        lists.push(value as CodeList);
    }
  }
  return lists;
}

test('every list of the folder has a form, unique codes of that form, and names in both languages', async () => {
  const lists = await loadLists();
  expect(lists.map((list) => list.name).sort()).toEqual(Object.keys(forms).sort());
  for (const { name, standard, entries, find } of lists) {
    expect(standard).not.toBe('');
    expect(new Set(entries.map((entry) => entry.code)).size).toBe(entries.length);
    for (const entry of entries) {
      expect(entry.code).toMatch(forms[name]!);
      expect(entry.zh).toMatch(/[\u4E00-\u9FFF]/);
      expect(entry.en).toMatch(/^[\u0020-\u007E]+$/);
      expect(entry.zh + entry.en).not.toMatch(/^\s|\s$|\s\s/);
      expect(find(entry.code)).toBe(entry);
    }
    expect(find('none')).toBeUndefined();
  }
});

test('no list names two codes of one depth alike in Chinese, save that of towns', async () => {
  for (const list of await loadLists()) {
    if (list.name === 'towns') continue;
    const names = list.entries.map((entry) => `${list.name === 'industries' ? entry.code.length : ''}${entry.zh}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  }
});

test('a code that stands twice is refused when the list is defined', () => {
  expect(() =>
    defineCodeRows('twice', 'none', [
      ['1', '一', 'one'],
      ['1', '壹', 'uno'],
    ]),
  ).toThrow(RangeError);
});

test('a list can be changed by nobody', () => {
  expect(() => (divisions.entries as unknown[]).push({})).toThrow(TypeError);
  expect(() => Object.assign(divisions.entries[0]!, { zh: '别处' })).toThrow(TypeError);
});

describe('divisions and towns', () => {
  test('are the city, its nine, and no registration-only code', () => {
    expect(divisions.entries).toHaveLength(10);
    expect(divisions.entries.filter((division) => isBanner(division.code))).toHaveLength(9);
    expect(isBanner(cityCode)).toBe(false);
    for (const code of registrationOnlyCodes) expect(divisions.find(code)).toBeUndefined();
  });

  test('agree: every town lies in one of the nine, and each of the nine has towns', () => {
    for (const town of towns.entries) expect(isBanner(town.division)).toBe(true);
    for (const division of divisions.entries) expect(townsOf(division.code).length > 0).toBe(isBanner(division.code));
  });
});

describe('industries', () => {
  test('have 20 sections and 97 divisions, and every division lies in a section', () => {
    expect(industrySections.entries).toHaveLength(20);
    expect(industryDivisions.entries.map((division) => division.code)).toEqual(
      Array.from({ length: 97 }, (_, i) => String(i + 1).padStart(2, '0')),
    );
    for (const division of industryDivisions.entries) expect(industrySectionOf(division.code)).toBeDefined();
    expect(industrySectionOf('0610')?.code).toBe('B');
    expect(industrySectionOf('98')).toBeUndefined();
    expect(industrySectionOf('')).toBeUndefined();
  });

  test('have the 473 groups of the standard in the order of their codes, each of a known division, none without', () => {
    const codes = industryGroups.entries.map((group) => group.code);
    expect(codes).toHaveLength(473);
    for (const { code } of industryDivisions.entries) expect(codes.some((group) => group.startsWith(code))).toBe(true);
    expect(codes).toEqual([...codes].sort());
    for (const code of codes) expect(industryDivisions.find(code.slice(0, 2))).toBeDefined();
    expect(industryGroups.find('061')?.zh).toBe('烟煤和无烟煤开采洗选');
  });
});

test('each section has as many divisions and groups as the standard gives it', () => {
  const standard: Record<string, readonly [divisions: number, groups: number]> = {
    ...{
      A: [5, 24],
      B: [7, 19],
      C: [31, 179],
      D: [3, 9],
      E: [4, 18],
      F: [2, 18],
      G: [8, 27],
      H: [2, 10],
      I: [3, 17],
      J: [4, 26],
    },
    ...{
      K: [1, 5],
      L: [2, 12],
      M: [3, 19],
      N: [4, 18],
      O: [3, 16],
      P: [1, 6],
      Q: [2, 6],
      R: [5, 27],
      S: [6, 16],
      T: [1, 1],
    },
  };
  const countIn = (section: string, list: CodeList): number =>
    list.entries.filter(({ code }) => industrySectionOf(code)?.code === section).length;
  for (const { code } of industrySections.entries)
    expect([code, countIn(code, industryDivisions), countIn(code, industryGroups)]).toEqual([code, ...standard[code]!]);
});

describe('lists that are complete', () => {
  test.each([
    ['GB/T 2261.1-2003', sexes, 4],
    ['GB/T 2261.2-2003', maritalStatuses, 8],
    ['GB/T 3304-1991', ethnicGroups, 58],
    ['GB/T 4658-2006', educationLevels, 40],
    ['GB/T 4761-2008', householdRelations, 9],
    ['GB/T 6565-2015', occupationClasses, 8],
    ['GB/T 6864-2003', academicDegrees, 4],
    ['GB/T 4754-2017', industrySections, 20],
  ] as const)('as %s says', (standard, list, entries) => {
    expect(list.standard).toBe(standard);
    expect(list.entries).toHaveLength(entries);
  });

  test('have the 56 ethnic groups in order, and no other code but 97 and 98', () => {
    expect(ethnicGroups.entries.map(({ code }) => code)).toEqual([
      ...Array.from({ length: 56 }, (_, i) => String(i + 1).padStart(2, '0')),
      '97',
      '98',
    ]);
    expect([ethnicGroups.find('05')?.zh, ethnicGroups.find('56')?.zh]).toEqual(['维吾尔族', '基诺族']);
  });
});

test('a code that refines another has its parent, and follows it', () => {
  for (const list of [maritalStatuses, educationLevels, occupationClasses]) {
    const codes = list.entries.map(({ code }) => code);
    for (const [at, code] of codes.entries()) {
      const parent = code.charAt(0) + '0'.repeat(code.length - 1);
      if (parent !== code)
        expect([code, codes.indexOf(parent) >= 0 && codes.indexOf(parent) < at]).toEqual([code, true]);
    }
  }
  const towned = new Set(towns.entries.map(({ code }) => code.slice(0, 6)));
  for (const division of towned) expect(divisions.find(division)).toBeDefined();
});

test('there are 58 ethnic groups with 56 pairs of letters', () => {
  expect(ethnicGroups.entries).toHaveLength(58);
  const letters = ethnicGroups.entries.map((group) => group.letters).filter((pair) => pair !== '');
  expect(new Set(letters).size).toBe(56);
  for (const pair of letters) expect(pair).toMatch(/^[A-Z]{2}$/);
});

test('departments are those of the city and one data bureau for each of the nine', () => {
  expect(departments.entries.filter((department) => department.division !== cityCode)).toHaveLength(9);
  expect(departments.find(cityDepartmentCode('health'))?.short).toBe('市卫生健康委员会');
  expect(() => cityDepartmentCode('astrology')).toThrow(RangeError);
});

test('every diagnosis names a chapter of ICD-10', () => {
  for (const { chapter } of diagnoses.entries)
    expect(chapter).toMatch(/^(I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI|XVII|XVIII|XIX|XX|XXI|XXII)$/);
});

test('kinds of legal persons use the alphabet of the credit code', () => {
  for (const { code } of legalPersonKinds.entries) expect(code).toMatch(/^[0-9A-HJ-NP-RTUWXY]{2}$/);
});
