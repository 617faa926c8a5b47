import { beforeAll, describe, expect, test } from '@jest/globals';
import { divisions, isBanner } from '../../src/model/code-lists/divisions.js';
import { educationLevels } from '../../src/model/code-lists/education-levels.js';
import { ethnicGroups } from '../../src/model/code-lists/ethnic-groups.js';
import { householdRelations } from '../../src/model/code-lists/household-relations.js';
import { maritalStatuses } from '../../src/model/code-lists/marital-statuses.js';
import { sexes } from '../../src/model/code-lists/sexes.js';
import { towns } from '../../src/model/code-lists/towns.js';
import { parseResidentIdNumber, parseUnifiedSocialCreditCode } from '../../src/model/identifiers.js';
import { ageOn, castDate, dateInYear, dayOf, isoOf } from '../../seeds/cast/calendar.js';
import { createCast } from '../../seeds/cast/cast.js';
import { blockSize, familyTemplates, householdsPerBlock } from '../../seeds/cast/family-templates.js';
import type { LegalPerson } from '../../seeds/cast/legal-person.js';
import { origins } from '../../seeds/cast/origins.js';
import { createPermutation } from '../../seeds/cast/permutation.js';
import type { Person } from '../../seeds/cast/person.js';
import { mostPersons } from '../../seeds/cast/resident-numbers.js';

// Neither is a multiple of its block, so that the incomplete last ones are tested too.
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

/** All that is known of a person: each part is worked out when it is read. */
function told(person: Person): Record<string, unknown> {
  const parts = Object.getOwnPropertyNames(Object.getPrototypeOf(person)).filter((part) => part !== 'constructor');
  expect(parts).toEqual(expect.arrayContaining(['idNumber', 'name', 'address', 'isProtected']));
  return Object.fromEntries(parts.map((part) => [part, person[part as keyof Person]]));
}

const share = (part: number, whole: number): number => part / whole;

test('days and dates are those of the calendar, leap days among them', () => {
  for (let day = -50_000; day < 50_000; day++) {
    const iso = new Date(day * 86_400_000).toISOString().slice(0, 10);
    if (isoOf(day) !== iso || dayOf(iso) !== day) expect([iso, isoOf(day), dayOf(iso)]).toEqual([iso, iso, day]);
  }
  expect([0, 58, 59, 364].map((day) => dateInYear(2024, day))).toEqual([
    ...['2024-01-01', '2024-02-28', '2024-03-01', '2024-12-31'],
  ]);
});

describe('the cast', () => {
  test('is the same for the same seed, in whatever order it is asked', () => {
    const again = createCast({ seed: 7, persons, legalPersons });
    for (const i of [19_000, 3, 20_002, 12, 0]) expect(told(again.person(i))).toEqual(told(people[i]!));
    for (const j of [3_000, 64, 1]) {
      expect(again.legalPerson(j)).toEqual(firms[j]);
      expect(again.officersOf(j)).toEqual(cast.officersOf(j));
    }
  });

  test('is another city for another seed', () => {
    const other = createCast({ seed: 8, persons: 1200, legalPersons: 10 });
    const same = [...other.personIndexes()].filter((i) => other.person(i).idNumber === people[i]!.idNumber);
    expect(same.length).toBeLessThan(12);
  });

  test('keeps its persons when it grows, save the last incomplete block', () => {
    const larger = createCast({ seed: 7, persons: 30_000, legalPersons });
    for (const i of [0, 11, 5_000, 19_990]) expect(told(larger.person(i))).toEqual(told(people[i]!));
  });

  test('refuses indexes that it does not have, and sizes that it cannot have', () => {
    for (const i of [-1, persons, 0.5, Number.NaN]) expect(() => cast.person(i)).toThrow(RangeError);
    expect(() => cast.legalPerson(legalPersons)).toThrow(RangeError);
    expect(() => createCast({ seed: 1, persons: mostPersons + 1, legalPersons: 1 })).toThrow(RangeError);
    expect(mostPersons).toBeGreaterThan(2_200_000);
  });

  test.each([
    [0, 0],
    [1, 1],
    [11, 70],
    [12, 1],
    [13, 200],
    [240, 0],
  ])('of %i persons and %i legal persons is whole', (few, fewer) => {
    const small = createCast({ seed: 3, persons: few, legalPersons: fewer });
    const members = [...small.householdIndexes()].flatMap((h) => [...small.household(h).members]);
    expect(members.sort((a, b) => a - b)).toEqual([...small.personIndexes()]);
    for (const i of small.personIndexes()) {
      expect(small.person(i).index).toBe(i);
      for (const { legalPerson, seat } of small.officesOf(i))
        expect(small.officersOf(legalPerson)[seat]?.person).toBe(i);
    }
    for (const j of small.legalPersonIndexes()) {
      for (const { person } of small.officersOf(j))
        expect(small.officesOf(person).some((office) => office.legalPerson === j)).toBe(true);
      for (const { person } of small.staffOf(j)) expect(small.employmentOf(person)?.legalPerson).toBe(j);
    }
  });
});

describe('identifiers', () => {
  test('of persons are valid and say what the person says', () => {
    expect(
      breaches(people, (person) => {
        const parsed = parseResidentIdNumber(person.idNumber);
        return (
          parsed.ok &&
          parsed.value.number === person.idNumber &&
          parsed.value.birthDate === person.birthDate &&
          (parsed.value.sex === 'male') === (person.sex === '1') &&
          (parsed.value.holder === 'foreign-permanent-resident') === (person.nationality !== '156')
        );
      }),
    ).toEqual([]);
  });

  test('of persons, former ones included, are of no two persons', () => {
    const numbers = people.flatMap((person) => [
      person.idNumber,
      ...person.formerNumbers.map((former) => former.number),
    ]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('stay unique at the far end of a city', () => {
    const city = createCast({ seed: 7, persons: 2_200_000, legalPersons: 250_000 });
    const seen = new Set<string>();
    let count = 0;
    for (let i = 0; i < 2_200_000; i += 2_200_000 / 8) {
      for (let near = i; near < i + 3_000; near++, count++) seen.add(city.person(near).idNumber);
    }
    expect(seen.size).toBe(count);
  });

  test('rest on a one-to-one map and on codes that no two origins share', () => {
    const codes = origins.flatMap((origin) => [...new Set([origin.oldCode, origin.newCode])]);
    expect(new Set(codes).size).toBe(codes.length);
    for (const size of [1, 2, 3, 12, 64, 365, 997, 4_999]) {
      const permutation = createPermutation(size, 17);
      const images = Array.from({ length: size }, (_, x) => permutation.to(x));
      expect(new Set(images).size).toBe(size);
      images.forEach((y, x) => expect(permutation.from(y)).toBe(x));
    }
  });

  test('that were once in use are valid of their form: 15 digits that upgrade to the present number, or a wrong sequence', () => {
    const former = people.flatMap((person) => person.formerNumbers.map((one) => ({ ...one, person })));
    expect(former.some((one) => one.kind === 'corrected') && former.some((one) => one.kind === 'fifteen-digit')).toBe(
      true,
    );
    for (const { number, kind, person } of former) {
      const parsed = parseResidentIdNumber(number);
      if (!parsed.ok) throw new Error(parsed.reason);
      expect(parsed.value.form).toBe(kind === 'corrected' ? 'eighteen' : 'fifteen');
      expect(parsed.value.number === person.idNumber).toBe(kind === 'fifteen-digit');
    }
  });

  test('of legal persons are valid, unique, and agree with their kind', () => {
    expect(
      breaches(firms, (firm) => {
        const parsed = parseUnifiedSocialCreditCode(firm.creditCode);
        return parsed.ok && parsed.value.kind === firm.kind && parsed.value.region.startsWith('1506');
      }),
    ).toEqual([]);
    expect(new Set(firms.map((firm) => firm.creditCode)).size).toBe(firms.length);
  });
});

describe('families', () => {
  test('follow templates of twelve members, six of each sex, in five households', () => {
    for (const { members } of familyTemplates) {
      expect(members).toHaveLength(blockSize);
      expect(members.filter((member) => member.sex === 'male')).toHaveLength(blockSize / 2);
      expect(new Set(members.map((member) => member.household)).size).toBe(householdsPerBlock);
      members.forEach((member, place) => {
        if (member.spouse !== undefined)
          expect(members[member.spouse]).toMatchObject({ spouse: place, household: member.household });
        if (member.mother !== undefined) expect(members[member.mother]!.sex).toBe('female');
        if (member.father !== undefined) expect(members[member.father]!.sex).toBe('male');
      });
    }
  });

  test('have spouses who are married to each other, of age on one day, and living together', () => {
    const married = people.filter((person) => person.spouse !== undefined);
    expect(share(married.length, people.length)).toBeGreaterThan(0.4);
    expect(
      breaches(married, (person) => {
        const spouse = people[person.spouse!]!;
        const [man, woman] = person.sex === '1' ? [person, spouse] : [spouse, person];
        return (
          spouse.spouse === person.index &&
          spouse.sex !== person.sex &&
          spouse.marriedOn === person.marriedOn &&
          spouse.household === person.household &&
          ageOn(man.birthDate, person.marriedOn) >= 22 &&
          ageOn(woman.birthDate, person.marriedOn) >= 20 &&
          person.marriedOn! <= castDate &&
          (person.statusSince === undefined || person.statusSince > person.marriedOn!)
        );
      }),
    ).toEqual([]);
  });

  test('make a widow of who outlives the spouse, and no one else married', () => {
    expect(
      breaches(people, (person) => {
        if (person.spouse === undefined) return !person.maritalStatus.startsWith('2');
        const spouse = people[person.spouse]!;
        const outlived =
          spouse.status === 'deceased' && (person.status !== 'deceased' || spouse.statusSince! < person.statusSince!);
        return outlived === (person.maritalStatus === '30');
      }),
    ).toEqual([]);
  });

  test('have children who know their parents, at least 22 years younger, and born after the wedding', () => {
    for (const person of people) {
      for (const child of person.children.map((i) => people[i]!)) {
        if ((person.sex === '1' ? child.father : child.mother) !== person.index)
          throw new Error(`child ${child.index} does not know ${person.index}`);
        if (ageOn(person.birthDate, child.birthDate) < 22) throw new Error(`parent ${person.index} too young`);
        if (person.marriedOn !== undefined && child.birthDate <= person.marriedOn)
          throw new Error(`child ${child.index} before the wedding`);
      }
      for (const parent of [person.father, person.mother]) {
        if (parent !== undefined && !people[parent]!.children.includes(person.index))
          throw new Error(`parent ${parent} does not know ${person.index}`);
      }
    }
  });

  test('have brothers and sisters more than a year apart', () => {
    for (const { children } of people) {
      const births = children.map((i) => dayOf(people[i]!.birthDate)).sort((a, b) => a - b);
      births.forEach((birth, i) => expect(i === 0 || birth - births[i - 1]! > 365).toBe(true));
    }
  });

  test('live in households with one address, one head, and numbers of their own', () => {
    const numbers = new Set<string>();
    let members = 0;
    for (const h of cast.householdIndexes()) {
      const household = cast.household(h);
      numbers.add(household.number);
      members += household.members.length;
      expect(household.members).toContain(household.head);
      for (const person of household.members.map((i) => people[i]!)) {
        expect([person.household, person.address, person.town, person.division]).toEqual([
          h,
          household.address,
          household.town,
          household.division,
        ]);
        expect(cast.householdOf(person.index)).toBe(h);
      }
      const heads = household.members.filter((i) => people[i]!.relationToHead === '0');
      expect(heads).toHaveLength(household.kind === 'family' ? 1 : 0);
    }
    expect(numbers.size).toBe(cast.households);
    expect(members).toBe(persons);
  });
});

describe('persons', () => {
  test('speak codes of the model', () => {
    expect(
      breaches(
        people,
        (person) =>
          sexes.find(person.sex) !== undefined &&
          ethnicGroups.find(person.ethnicGroup) !== undefined &&
          maritalStatuses.find(person.maritalStatus) !== undefined &&
          (person.educationLevel === undefined || educationLevels.find(person.educationLevel) !== undefined) &&
          householdRelations.find(person.relationToHead) !== undefined &&
          isBanner(person.division) &&
          towns.find(person.town)?.division === person.division &&
          person.address.includes(divisions.find(person.division)!.zh) &&
          /^1[0-9]{10}$/.test(person.telephone) &&
          person.name.length >= 2,
      ),
    ).toEqual([]);
  });

  test('live between birth and the day of the cast', () => {
    expect(
      breaches(people, ({ birthDate, statusSince, status, movedInOn }) => {
        const inOrder = [statusSince, movedInOn].every(
          (day) => day === undefined || (day > birthDate && day <= castDate),
        );
        return birthDate <= castDate && inOrder && (statusSince === undefined) === (status === 'normal');
      }),
    ).toEqual([]);
  });

  test('are as the city is: mostly Han, one in ten a Mongol, most of them in Dongsheng, of all ages', () => {
    const of = (holds: (person: Person) => boolean): number => share(people.filter(holds).length, people.length);
    expect(of((person) => person.ethnicGroup === '01')).toBeGreaterThan(0.84);
    expect(of((person) => person.ethnicGroup === '02')).toBeGreaterThan(0.07);
    expect(of((person) => person.ethnicGroup === '02')).toBeLessThan(0.14);
    expect(of((person) => person.division === '150602')).toBeGreaterThan(0.22);
    expect(of((person) => person.division === '150602')).toBeLessThan(0.34);
    for (const division of divisions.entries.filter(({ code }) => isBanner(code))) {
      expect(of((person) => person.division === division.code)).toBeGreaterThan(0.015);
    }
    const ageOf = (person: Person): number => ageOn(person.birthDate);
    expect(of((person) => ageOf(person) < 14)).toBeGreaterThan(0.08);
    expect(of((person) => ageOf(person) >= 65)).toBeGreaterThan(0.08);
    expect(of((person) => person.birthDate.slice(5, 7) === '02')).toBeGreaterThan(0.06);
  });

  test('include the rare ones: deceased, moved out, protected, foreign, renamed', () => {
    const rare: ((person: Person) => boolean)[] = [
      (person) => person.status === 'deceased',
      (person) => person.status === 'moved-out',
      (person) => person.isProtected,
      (person) => person.nationality !== '156',
      (person) => person.formerName !== undefined,
    ];
    for (const is of rare) {
      const found = people.filter(is).length;
      expect(found).toBeGreaterThan(0);
      expect(share(found, persons)).toBeLessThan(0.05);
    }
  });
});
