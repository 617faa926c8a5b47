/**
 * The social insurances of one life, which participation, contributions and benefits all follow: staff of the cast's firms by their
 * employment, public servants, those in flexible work, residents, pensioners, and the jobless who were insured before.
 */
import { ageOn, dayOf, isoOf, yearsAfter } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { Person } from '../../cast/person.js';
import { later } from '../days.js';
import { flexibleOccupations, isJobless, joblessSince, publicOccupations, wageOf } from '../population/working-life.js';

export interface Insurance {
  /** Of insurance-types.ts. */
  readonly type: string;
  readonly capacity: 'EMPLOYEE' | 'FLEXIBLE' | 'RESIDENT';
  readonly employer?: number;
  readonly industry?: string;
  readonly employerName?: string;
  readonly from: string;
  /** Suspended or ended on this day. */
  readonly to?: string;
  readonly status: 'PAYING' | 'SUSPENDED' | 'RECEIVING' | 'ENDED';
  /** Of pensioners: since when. */
  readonly entitledFrom?: string;
  /** Monthly, in whole yuan; residents have none. */
  readonly base?: number;
}

const streams = {
  resident: streamOf('insured-life.resident'),
  flexible: streamOf('insured-life.flexible'),
  retired: streamOf('insured-life.retired'),
};
/** When each began. */
const beginnings: Readonly<Record<string, string>> = {
  '110': '1996-01-01',
  '120': '2014-10-01',
  '170': '2010-01-01',
  '210': '1999-02-01',
  '410': '2004-01-01',
};
/** Contributions are raised on wages between these, in yuan a month. */
const [leastBase, mostBase] = [4600, 23_000];
export const unemployment = '210';

export function insuranceOf(cast: Cast, person: Person): Insurance[] {
  const insurances = livingInsurances(cast, person);
  if (person.status === 'normal') return insurances;
  return insurances
    .filter(({ from }) => from <= person.statusSince!)
    .map((insurance) => ({ ...insurance, status: 'ENDED', to: person.statusSince! }));
}

/** As if the person were still here. */
function livingInsurances(cast: Cast, person: Person): Insurance[] {
  const { draw } = cast;
  const { index, birthDate, occupation, nationality } = person;
  const age = ageOn(birthDate);
  const employment = cast.employmentOf(index);
  if (employment !== undefined) {
    const { name, industry } = cast.legalPerson(employment.legalPerson);
    const common = {
      employer: employment.legalPerson,
      employerName: name,
      industry,
      base: baseOf(cast, index, industry),
    };
    return ['110', '210', '410'].map((type) => payingEmployee(type, employment.since, common));
  }
  if (nationality !== '156' || age < 18 || occupation === '学生') return [];
  if (age >= 60) return [pensionOf(cast, person)];
  if (isJobless(cast, person)) return [formerInsurance(cast, person), residentInsurance(person)];
  const began = yearsAfter(birthDate, 22);
  if (publicOccupations.includes(occupation) && age >= 23) {
    const base = baseOf(cast, index, undefined);
    return ['120', '210', '410']
      .filter((type) => type !== '210' || occupation !== '公务员')
      .map((type) => payingEmployee(type, began, { base }));
  }
  if (flexibleOccupations.includes(occupation) && age >= 23 && draw.chance(streams.flexible, index, 0.4))
    return [{ ...payingEmployee('110', began, { base: leastBase }), capacity: 'FLEXIBLE' }];
  return draw.chance(streams.resident, index, 0.88) ? [residentInsurance(person)] : [];
}

function payingEmployee(type: string, since: string, more: Partial<Insurance>): Insurance {
  return { type, capacity: 'EMPLOYEE', from: later(since, beginnings[type]!), status: 'PAYING', ...more };
}

function residentInsurance({ birthDate }: Person): Insurance {
  return {
    type: '170',
    capacity: 'RESIDENT',
    from: later(yearsAfter(birthDate, 16), beginnings['170']!),
    status: 'PAYING',
  };
}

/** Until work was lost. */
function formerInsurance(cast: Cast, { index, birthDate }: Person): Insurance {
  const to = joblessSince(cast, index);
  const from = later(yearsAfter(birthDate, 18), isoOf(dayOf(to) - 3 * 365));
  return {
    type: unemployment,
    capacity: 'EMPLOYEE',
    from: from < to ? from : to,
    to,
    status: 'SUSPENDED',
    base: baseOf(cast, index, undefined),
  };
}

/** Women in employment retire at 55, everyone else at 60; the pension of residents began in 2011. */
function pensionOf({ draw }: Cast, { index, birthDate, sex, occupation }: Person): Insurance {
  if (occupation !== '退休人员') {
    const entitledFrom = later(yearsAfter(birthDate, 60), '2011-07-01');
    return { type: '170', capacity: 'RESIDENT', from: beginnings['170']!, status: 'RECEIVING', entitledFrom };
  }
  const entitledFrom = yearsAfter(birthDate, sex === '2' ? 55 : 60);
  const isPublic = entitledFrom > beginnings['120']! && draw.chance(streams.retired, index, 0.3);
  const type = isPublic ? '120' : '110';
  const from = later(yearsAfter(birthDate, 25), beginnings[type]!);
  return {
    type,
    capacity: 'EMPLOYEE',
    from: from < entitledFrom ? from : entitledFrom,
    status: 'RECEIVING',
    entitledFrom,
  };
}

function baseOf(cast: Cast, person: number, industry: string | undefined): number {
  return Math.min(mostBase, Math.max(leastBase, wageOf(cast, person, industry)));
}
