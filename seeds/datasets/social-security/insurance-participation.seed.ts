/** One registration for each insurance of a life. */
import { InsuranceParticipation } from '../../../src/libraries/social-security/insurance-participation.js';
import { divisions } from '../../../src/model/code-lists/divisions.js';
import { castDate } from '../../cast/calendar.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { earlier, lastDateOf, monthsBetween } from '../days.js';
import { recallPerson } from '../population/kin.js';
import { type Insurance, insuranceOf } from './insured-life.js';

type Row = SeedRow<InsuranceParticipation, 'person' | 'employer'>;

export const insuranceParticipationSeed: DatasetSeed<Row> = {
  dataset: InsuranceParticipation,
  of: 'person',
  rows(cast, index) {
    const person = recallPerson(cast, index);
    return insuranceOf(cast, person).map((insurance): Row => {
      const paidUntil = earlier(
        insurance.to ?? castDate,
        earlier(insurance.entitledFrom ?? castDate, lastDateOf(person)),
      );
      const monthsPaid = monthsPaidOf(insurance, paidUntil);
      return {
        person: index,
        employer: insurance.employer ?? null,
        participationNumber: `${personalNumberOf(index)}${insurance.type}`,
        personalNumber: personalNumberOf(index),
        insuranceType: insurance.type,
        capacity: insurance.capacity,
        employerName: insurance.employerName ?? null,
        firstInsuredOn: insurance.from,
        insuredOn: insurance.from,
        endedOn: insurance.to ?? null,
        status: insurance.status,
        contributionBase: insurance.base === undefined ? null : `${insurance.base}.00`,
        monthsPaid,
        accountBalance: balanceOf(insurance, monthsPaid),
        agency: `${divisions.find(person.division)!.zh}社会保险事业服务中心`,
      };
    });
  },
};

export function personalNumberOf(person: number): string {
  return `1506${String(person).padStart(8, '0')}`;
}

function monthsPaidOf({ from }: Insurance, until: string): number {
  return Math.max(0, monthsBetween(from, until));
}

/** Pensions alone have personal accounts: eight per cent of the base, or what residents put in, some of it earned when wages were lower. */
function balanceOf({ type, base, status }: Insurance, months: number): string | null {
  if (!['110', '120', '170'].includes(type)) return null;
  if (status === 'ENDED') return '0.00';
  const monthly = type === '170' ? 32 : (base ?? 4600) * 0.08 * 0.7;
  return (monthly * months).toFixed(2);
}
