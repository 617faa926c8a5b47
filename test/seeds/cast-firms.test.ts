import { beforeAll, describe, expect, test } from '@jest/globals';
import { enterpriseStatuses } from '../../src/model/code-lists/enterprise-statuses.js';
import { enterpriseTypes } from '../../src/model/code-lists/enterprise-types.js';
import { industries } from '../../src/model/code-lists/industries.js';
import { legalPersonKinds } from '../../src/model/code-lists/legal-person-kinds.js';
import { towns } from '../../src/model/code-lists/towns.js';
import { ageOn, castDate } from '../../seeds/cast/calendar.js';
import { type Cast, createCast } from '../../seeds/cast/cast.js';
import type { LegalPerson } from '../../seeds/cast/legal-person.js';
import type { Person } from '../../seeds/cast/person.js';

const persons = 20_003;
const legalPersons = 3_001;
const cast = createCast({ seed: 7, persons, legalPersons });
let people: Person[];
let firms: LegalPerson[];

beforeAll(() => {
  people = [...cast.personIndexes()].map((i) => cast.person(i));
  firms = [...cast.legalPersonIndexes()].map((j) => cast.legalPerson(j));
});

/** The first that breaks a rule, so that one assertion stands for thousands. */
function breaches<T>(list: readonly T[], holds: (one: T) => boolean): T[] {
  return list.filter((one) => !holds(one)).slice(0, 1);
}

describe('legal persons', () => {
  test('speak codes of the model', () => {
    expect(
      breaches(
        firms,
        (firm) =>
          legalPersonKinds.find(firm.kind) !== undefined &&
          enterpriseTypes.find(firm.enterpriseType) !== undefined &&
          enterpriseStatuses.find(firm.status) !== undefined &&
          industries.find(firm.industry) !== undefined &&
          towns.find(firm.town)?.division === firm.division &&
          (firm.registeredCapital === undefined
            ? firm.form === 'branch'
            : /^[1-9][0-9]*\.00$/.test(firm.registeredCapital)),
      ),
    ).toEqual([]);
  });

  test('are closed after they were established, and not after the day of the cast', () => {
    expect(
      breaches(firms, ({ establishedOn, closedOn, status }) =>
        status === '1' ? closedOn === undefined : closedOn! > establishedOn && closedOn! <= castDate,
      ),
    ).toEqual([]);
  });

  test('have parents that are older companies, and know their subsidiaries', () => {
    for (const firm of firms) {
      if (firm.form === 'branch') expect(firm.parent).toBeDefined();
      if (firm.parent === undefined) continue;
      const parent = firms[firm.parent]!;
      expect(parent.form).toBe('company');
      expect(parent.index).toBeLessThan(firm.index);
      expect(parent.establishedOn <= firm.establishedOn).toBe(true);
      expect(cast.subsidiariesOf(parent.index)).toContain(firm.index);
    }
    const children = firms.flatMap((firm) =>
      cast.subsidiariesOf(firm.index).map((child) => [child, firm.index] as const),
    );
    for (const [child, parent] of children) expect(firms[child]!.parent).toBe(parent);
  });
});

describe('offices and employments', () => {
  test('from both sides are the same', () => {
    const key = (office: ReturnType<Cast['officersOf']>[number]): string => JSON.stringify(office);
    const fromFirms = firms.flatMap((firm) => cast.officersOf(firm.index).map(key)).sort();
    const fromPersons = people.flatMap((person) => cast.officesOf(person.index).map(key)).sort();
    expect(fromFirms.length).toBeGreaterThan(legalPersons);
    expect(fromPersons).toEqual(fromFirms);
  });

  test('are held by adults, end no earlier than they begin, and share out the whole', () => {
    for (const firm of firms) {
      const officers = cast.officersOf(firm.index);
      const shared = officers.reduce((sum, officer) => sum + officer.share, 0);
      expect(shared === 0 || shared + (firm.parentShare ?? 0) === 10_000).toBe(true);
      expect(officers.filter((officer) => officer.isLegalRepresentative)).toHaveLength(1);
      for (const { person, share: part, appointedOn, leftOn } of officers) {
        expect(ageOn(people[person]!.birthDate)).toBeGreaterThanOrEqual(20);
        expect(part).toBeGreaterThanOrEqual(0);
        expect(appointedOn >= firm.establishedOn && (leftOn === undefined || leftOn >= appointedOn)).toBe(true);
      }
    }
  });

  test('give some persons several offices, and a group one head', () => {
    const most = Math.max(...people.map((person) => cast.officesOf(person.index).length));
    expect(most).toBeGreaterThan(3);
  });

  test('employ from both sides the same, at firms in operation', () => {
    const fromFirms = firms
      .flatMap((firm) => cast.staffOf(firm.index))
      .map((one) => JSON.stringify(one))
      .sort();
    const fromPersons = people
      .flatMap((person) => cast.employmentOf(person.index) ?? [])
      .map((one) => JSON.stringify(one))
      .sort();
    expect(fromPersons.length).toBeGreaterThan(persons / 10);
    expect(fromPersons).toEqual(fromFirms);
    for (const { person, legalPerson, since } of people.flatMap((one) => cast.employmentOf(one.index) ?? [])) {
      if (firms[legalPerson]!.status !== '1' || since > castDate || ageOn(people[person]!.birthDate, since) < 18)
        throw new Error(`employment of ${person}`);
    }
  });
});
