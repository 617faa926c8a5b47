/** Seeds of population, healthcare, social security and government services: each row by its declaration, and all of them with each other. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { fitterOf } from '../../src/collection/fit-value.js';
import { educationLevels } from '../../src/model/code-lists/education-levels.js';
import { datasetOf } from '../../src/model/dataset.js';
import type { DatasetField } from '../../src/model/declaration.js';
import { ageOn, castDate } from '../../seeds/cast/calendar.js';
import { type Cast, createCast } from '../../seeds/cast/cast.js';
import type { Person } from '../../seeds/cast/person.js';
import type { DatasetSeed, SeedValue } from '../../seeds/datasets/dataset-seed.js';
import { enterpriseServiceCaseSeed } from '../../seeds/datasets/government-services/enterprise-service-case.seed.js';
import { personServiceCaseSeed } from '../../seeds/datasets/government-services/person-service-case.seed.js';
import { serviceItemSeed } from '../../seeds/datasets/government-services/service-item.seed.js';
import { medicalInstitutionSeed } from '../../seeds/datasets/healthcare/medical-institution.seed.js';
import { vaccinationSeed } from '../../seeds/datasets/healthcare/vaccination.seed.js';
import { educationRecordSeed } from '../../seeds/datasets/population/education-record.seed.js';
import { employmentSeed } from '../../seeds/datasets/population/employment.seed.js';
import { healthFileSeed } from '../../seeds/datasets/population/health-file.seed.js';
import { householdMemberSeed } from '../../seeds/datasets/population/household-member.seed.js';
import { marriageRegistrationSeed } from '../../seeds/datasets/population/marriage-registration.seed.js';
import { parentChildSeed } from '../../seeds/datasets/population/parent-child.seed.js';
import { insuranceBenefitSeed } from '../../seeds/datasets/social-security/insurance-benefit.seed.js';
import { insuranceContributionSeed } from '../../seeds/datasets/social-security/insurance-contribution.seed.js';
import { insuranceParticipationSeed } from '../../seeds/datasets/social-security/insurance-participation.seed.js';

const seeds: readonly DatasetSeed[] = [
  householdMemberSeed,
  healthFileSeed,
  marriageRegistrationSeed,
  employmentSeed,
  educationRecordSeed,
  parentChildSeed,
  medicalInstitutionSeed,
  vaccinationSeed,
  insuranceParticipationSeed,
  insuranceContributionSeed,
  insuranceBenefitSeed,
  serviceItemSeed,
  personServiceCaseSeed,
  enterpriseServiceCaseSeed,
];

type Row = Readonly<Record<string, SeedValue>>;

const options = { seed: 7, persons: 2_000, legalPersons: 220 };
const cast = createCast(options);
const rows = new Map<string, Row[]>();
let people: Person[];

function rowsOf(city: Cast, seed: DatasetSeed): Row[] {
  const indexes = seed.of === 'person' ? city.personIndexes() : city.legalPersonIndexes();
  return [...indexes].flatMap((index) => seed.rows(city, index));
}

beforeAll(() => {
  people = [...cast.personIndexes()].map((index) => cast.person(index));
  for (const seed of seeds) rows.set(seed.dataset.name, rowsOf(cast, seed));
});

const all = (name: string): Row[] => rows.get(name)!;
const personAt = (row: Row, key = 'person'): Person => people[row[key] as number]!;
const endOf = (person: Person): string => person.statusSince ?? castDate;

/** The first that breaks a rule, so that one assertion stands for thousands. */
function breaches(name: string, holds: (row: Row) => unknown): Row[] {
  return all(name)
    .filter((row) => !holds(row))
    .slice(0, 1);
}

function groupBy(list: readonly Row[], key: string): Map<SeedValue, Row[]> {
  const groups = new Map<SeedValue, Row[]>();
  for (const row of list) groups.set(row[key]!, [...(groups.get(row[key]!) ?? []), row]);
  return groups;
}

describe.each(seeds.map((seed) => [seed.dataset.name, seed] as const))('%s', (name, seed) => {
  const dataset = datasetOf(seed.dataset);

  test('has rows that are valid by its declaration, and a value or null for every field', () => {
    expect(all(name).length).toBeGreaterThan(0);
    for (const row of all(name)) {
      expect(Object.keys(row).sort()).toEqual(
        suppliedFields(dataset.fields.values())
          .map((field) => field.name)
          .sort(),
      );
      for (const field of suppliedFields(dataset.fields.values())) {
        const fault = findFault(field, row[field.name]);
        if (fault !== null) throw new Error(`${name}.${field.name}: ${fault}: ${String(row[field.name])}`);
      }
    }
  });

  test('has no two rows of one key', () => {
    const keys = all(name).map((row) => dataset.key.map((part) => row[part]).join('\n'));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('tells of nothing after the day of the cast, but for terms that run on', () => {
    const future = /^(contractEndsOn|licensedUntil|lotExpiresOn|promisedBy)$/;
    const dates = [...dataset.fields.values()].filter(
      (field) => field.kind === 'column' && field.type.sql === 'date' && !future.test(field.name),
    );
    expect(
      breaches(name, (row) => dates.every((field) => row[field.name] === null || row[field.name]! <= castDate)),
    ).toEqual([]);
  });

  test('is the same again, for the same seed, in whatever order', () => {
    const again = createCast(options);
    for (const index of [150, 7, 11, 0, 150]) expect(seed.rows(again, index)).toEqual(seed.rows(cast, index));
  });
});

function suppliedFields(fields: Iterable<DatasetField>): DatasetField[] {
  return [...fields].filter(
    (field) =>
      field.kind === 'subject' ||
      (field.kind === 'column' && !field.provenance && (!field.control || field.column === 'division')),
  );
}

function findFault(field: DatasetField, value: SeedValue | undefined): string | null {
  if (value === undefined) return 'no value';
  if (field.kind !== 'column' && field.kind !== 'subject') return null;
  if (value === null) return field.required ? 'required' : null;
  if (field.kind === 'subject') {
    const size = field.subject === 'person' ? cast.persons : cast.legalPersons;
    return Number.isInteger(value) && (value as number) >= 0 && (value as number) < size
      ? null
      : 'no index of the cast';
  }
  if (field.type.codeList && !field.type.codeList.find(value as string)) return 'not in its code list';
  const fit = fitterOf(field.type)(value);
  return fit.ok ? null : fit.reason;
}

test.each([
  ['HouseholdMember', ['joinedOn', 'leftOn']],
  ['HealthFile', ['openedOn', 'lastCheckedOn']],
  ['Employment', ['contractStartsOn', 'contractEndsOn']],
  ['Employment', ['registeredOn', 'endedOn']],
  ['EducationRecord', ['enrolledOn', 'leftOn']],
  ['MedicalInstitution', ['licensedFrom', 'licensedUntil']],
  ['Vaccination', ['vaccinatedOn', 'lotExpiresOn']],
  ['InsuranceParticipation', ['firstInsuredOn', 'insuredOn', 'endedOn']],
  ['InsuranceContribution', ['periodStartsOn', 'paidOn', 'periodEndsOn']],
  ['InsuranceBenefit', ['entitledFrom', 'periodStartsOn', 'periodEndsOn']],
  ['PersonServiceCase', ['appliedOn', 'acceptedOn', 'completedOn']],
  ['EnterpriseServiceCase', ['appliedOn', 'acceptedOn', 'completedOn']],
])('dates of %s stand in the order %j', (name, order) => {
  const inOrder = (row: Row): boolean => {
    const dates = order.flatMap((field) => row[field] ?? []) as string[];
    return dates.every((date, n) => n === 0 || dates[n - 1]! <= date);
  };
  expect(breaches(name, inOrder)).toEqual([]);
});

test('there are eight to ten rows a person, beside those about nobody', () => {
  const count = [...rows.values()].reduce((sum, list) => sum + list.length, 0);
  const aboutNobody = all('MedicalInstitution').length + all('ServiceItem').length;
  expect((count - aboutNobody) / cast.persons).toBeGreaterThan(8);
  expect((count - aboutNobody) / cast.persons).toBeLessThan(10.3);
});

describe('families', () => {
  test('members of a household share its number, and just one of a family is its head', () => {
    for (const members of groupBy(all('HouseholdMember'), 'householdNumber').values()) {
      const households = new Set(members.map((row) => personAt(row).household));
      expect(households.size).toBe(1);
      expect(members.filter((row) => row.isHead).length).toBeLessThanOrEqual(1);
      expect(new Set(members.map((row) => row.memberCount)).size).toBe(1);
    }
  });

  test('spouses are married to each other under one certificate, and both know the same day', () => {
    const certificates = groupBy(all('MarriageRegistration'), 'certificateNumber');
    expect(certificates.size).toBeGreaterThan(300);
    for (const sides of certificates.values()) {
      const [one, other] = sides as [Row, Row | undefined];
      if (one.spouse === null) expect(sides).toHaveLength(1);
      else {
        expect(sides).toHaveLength(2);
        expect(one.spouse).toBe(other!.person);
        expect(other!.spouse).toBe(one.person);
        expect(one.side).not.toBe(other!.side);
        expect(one.registeredOn).toBe(other!.registeredOn);
        expect(one.businessType).toBe(other!.businessType);
        expect(one.spouseName).toBe(personAt(other!).name);
      }
    }
  });

  test('everyone married, widowed or divorced has a wedding, after coming of age and before the end', () => {
    const weddings = groupBy(
      all('MarriageRegistration').filter((row) => row.businessType === 'MARRIAGE'),
      'person',
    );
    for (const person of people)
      expect(weddings.get(person.index)?.length ?? 0).toBe(person.maritalStatus === '10' ? 0 : 1);
    expect(
      breaches('MarriageRegistration', (row) => {
        const person = personAt(row);
        return (
          ageOn(person.birthDate, row.registeredOn as string) >= (person.sex === '1' ? 22 : 20) &&
          row.registeredOn! <= endOf(person)
        );
      }),
    ).toEqual([]);
  });

  test('who is divorced divorced after the wedding, and nobody else did', () => {
    const divorces = groupBy(
      all('MarriageRegistration').filter((row) => row.businessType === 'DIVORCE'),
      'person',
    );
    const weddings = groupBy(
      all('MarriageRegistration').filter((row) => row.businessType === 'MARRIAGE'),
      'person',
    );
    for (const person of people) {
      const [divorce] = divorces.get(person.index) ?? [];
      expect(divorce !== undefined).toBe(person.maritalStatus === '40');
      if (divorce) expect(divorce.registeredOn! > weddings.get(person.index)![0]!.registeredOn!).toBe(true);
    }
  });

  test('children and parents are those of the cast, one row a parent', () => {
    const edges = new Set(all('ParentChild').map((row) => `${String(row.child)} ${String(row.parent)}`));
    const known = people.flatMap(({ index, father, mother }) =>
      [father, mother].flatMap((parent) => (parent === undefined ? [] : [`${index} ${parent}`])),
    );
    expect([...edges].sort()).toEqual(known.sort());
    expect(breaches('ParentChild', (row) => (personAt(row, 'parent').sex === '1') === (row.role === 'FATHER'))).toEqual(
      [],
    );
    expect(
      breaches(
        'ParentChild',
        (row) => row.registeredOn! >= personAt(row, 'child').birthDate && (row.birthOrder as number) >= 1,
      ),
    ).toEqual([]);
  });
});

describe('work and insurance', () => {
  test('staff of the cast is employed by its employer, and nobody has two registrations in force', () => {
    const posts = groupBy(
      all('Employment').filter((row) => row.status === 'ACTIVE'),
      'person',
    );
    for (const { index } of people) {
      const employment = cast.employmentOf(index);
      expect(posts.get(index)?.length ?? 0).toBeLessThanOrEqual(1);
      const post = posts.get(index)?.[0];
      expect(post?.form === 'EMPLOYER').toBe(employment !== undefined);
      if (employment)
        expect([post!.legalPerson, post!.registeredOn]).toEqual([employment.legalPerson, employment.since]);
    }
  });

  test('contributions name the employer of the employment, on the wage that it pays, and an insurance that is on record', () => {
    const participations = new Map(
      all('InsuranceParticipation').map((row) => [`${String(row.person)} ${String(row.insuranceType)}`, row]),
    );
    const wages = new Map(all('Employment').map((row) => [row.person, Number(row.monthlyWage)]));
    expect(
      breaches('InsuranceContribution', (row) => {
        const participation = participations.get(`${String(row.person)} ${String(row.insuranceType)}`);
        const employer = cast.employmentOf(row.person as number)?.legalPerson ?? null;
        const base = Math.min(23_000, Math.max(4600, wages.get(row.person) ?? 0));
        return (
          participation !== undefined &&
          participation.employer === row.employer &&
          row.employer === employer &&
          row.periodStartsOn! >= participation.insuredOn! &&
          (employer === null || Number(row.base) === base) &&
          row.periodStartsOn!.toString().slice(0, 4) === row.periodEndsOn!.toString().slice(0, 4)
        );
      }),
    ).toEqual([]);
    for (const { index } of people) if (cast.employmentOf(index)) expect(participations.has(`${index} 110`)).toBe(true);
  });

  test('nobody contributes or receives after death or departure', () => {
    for (const name of ['InsuranceContribution', 'InsuranceBenefit']) {
      expect(breaches(name, (row) => row.periodEndsOn! <= endOf(personAt(row)))).toEqual([]);
    }
    expect(
      breaches('InsuranceParticipation', (row) => (row.status === 'ENDED') === (personAt(row).status !== 'normal')),
    ).toEqual([]);
  });

  test('pensions are for the old, who contribute no more; a funeral grant is for who outlived', () => {
    const contributors = new Set(all('InsuranceContribution').map((row) => row.person));
    expect(
      breaches('InsuranceBenefit', (row) => {
        const person = personAt(row);
        if (row.benefitType === 'FUNERAL')
          return people[person.spouse!]!.status === 'deceased' && person.status === 'normal';
        if (row.benefitType !== 'PENSION' && row.benefitType !== 'RESIDENT_PENSION') return true;
        const age = ageOn(person.birthDate, row.periodStartsOn as string);
        return (
          age >= (person.sex === '2' ? 55 : 60) &&
          !contributors.has(person.index) &&
          Number(row.basicAmount) + Number(row.accountAmount) === Number(row.amount)
        );
      }),
    ).toEqual([]);
    expect(all('InsuranceBenefit').some((row) => row.benefitType === 'FUNERAL')).toBe(true);
  });
});

describe('school, health and services', () => {
  test('schooling runs in order, agrees with the level attained, and only those who are here are enrolled', () => {
    for (const [index, records] of groupBy(all('EducationRecord'), 'person')) {
      const person = people[index as number]!;
      for (const [n, record] of records.entries()) {
        expect(educationLevels.find(record.stage as string)).toBeDefined();
        expect(n === 0 || records[n - 1]!.leftOn! < record.enrolledOn!).toBe(true);
        expect(ageOn(person.birthDate, record.enrolledOn as string)).toBeGreaterThanOrEqual(5);
        expect(record.status === 'ENROLLED').toBe(record.leftOn === null);
      }
      if (person.status !== 'normal')
        expect(records.every((record) => record.leftOn !== null && record.leftOn! <= endOf(person))).toBe(true);
    }
    const pupils = people.filter(
      ({ birthDate, status }) => status === 'normal' && ageOn(birthDate) >= 7 && ageOn(birthDate) < 15,
    );
    const enrolled = new Set(
      all('EducationRecord')
        .filter((row) => row.status === 'ENROLLED')
        .map((row) => row.person),
    );
    expect(pupils.filter(({ index }) => !enrolled.has(index))).toEqual([]);
  });

  test('children are vaccinated by the schedule, at known institutions, doses in order', () => {
    const institutions = new Set(all('MedicalInstitution').map((row) => row.institutionCode));
    expect(
      breaches('Vaccination', (row) => {
        const { birthDate } = personAt(row);
        return (
          institutions.has(row.institutionCode) &&
          row.vaccinatedOn! >= birthDate &&
          row.vaccinatedOn! <= endOf(personAt(row))
        );
      }),
    ).toEqual([]);
    for (const [index, doses] of groupBy(all('Vaccination'), 'person')) {
      if (people[index as number]!.birthDate < '2019-11-01') continue;
      for (const ofOne of groupBy(
        doses.filter((row) => row.isProgramme),
        'vaccine',
      ).values()) {
        expect(ofOne.map((row) => row.doseNumber)).toEqual(ofOne.map((_, n) => n + 1));
      }
    }
    const toddlers = people.filter(
      ({ birthDate, status }) => birthDate >= '2019-11-01' && birthDate < '2025-11-01' && status === 'normal',
    );
    const vaccinated = new Set(all('Vaccination').map((row) => row.person));
    expect(toddlers.length).toBeGreaterThan(20);
    expect(toddlers.filter(({ index }) => !vaccinated.has(index))).toEqual([]);
  });

  test('cases are about known items, are for grown persons, and end as their status says', () => {
    const items = new Map(all('ServiceItem').map((row) => [row.itemCode, row]));
    for (const name of ['PersonServiceCase', 'EnterpriseServiceCase']) {
      const kind = name === 'PersonServiceCase' ? 'PERSON' : 'LEGAL_PERSON';
      expect(
        breaches(
          name,
          (row) =>
            items.get(row.itemCode)?.name === row.itemName &&
            items.get(row.itemCode)?.applicantKind === kind &&
            (row.status === 'COMPLETED') === (row.completedOn !== null) &&
            (row.completedOn !== null) === (row.result !== null) &&
            (row.isOverdue !== true || row.completedOn! > row.promisedBy!),
        ),
      ).toEqual([]);
    }
    expect(
      breaches('PersonServiceCase', (row) => {
        const last = (row.completedOn ?? row.appliedOn) as string;
        return ageOn(personAt(row).birthDate, row.appliedOn as string) >= 18 && last <= endOf(personAt(row));
      }),
    ).toEqual([]);
    expect(
      breaches('EnterpriseServiceCase', (row) => {
        const { closedOn } = cast.legalPerson(row.legalPerson as number);
        return closedOn === undefined || row.appliedOn! <= closedOn;
      }),
    ).toEqual([]);
  });
});
