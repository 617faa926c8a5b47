/** The annual statements of 2024 and 2025: what each insurance cost whom. Nothing is paid before insurance begins, nor after it ends. */
import { InsuranceContribution } from '../../../src/libraries/social-security/insurance-contribution.js';
import { castDate, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { earlier, later, monthsBetween } from '../days.js';
import { recallPerson } from '../population/kin.js';
import { type Insurance, insuranceOf } from './insured-life.js';
import { personalNumberOf } from './insurance-participation.seed.js';

type Row = SeedRow<InsuranceContribution, 'person' | 'employer'>;

const streams = {
  due: streamOf('contribution.due'),
  grade: streamOf('contribution.grade'),
  paid: streamOf('contribution.paid'),
};
const years = [2024, 2025] as const;
/** What residents may choose to pay a year, and the subsidy that goes with it, in yuan. */
const grades = [
  [200, 45],
  [200, 45],
  [300, 50],
  [500, 75],
  [1000, 100],
  [2000, 130],
  [6000, 180],
] as const;

export const insuranceContributionSeed: DatasetSeed<Row> = {
  dataset: InsuranceContribution,
  of: 'person',
  rows(cast, index) {
    const paying = insuranceOf(cast, recallPerson(cast, index)).filter(
      (insurance) => insurance.entitledFrom === undefined,
    );
    return years.flatMap((year) =>
      paying.flatMap((insurance) => {
        const from = later(`${year}-01-01`, insurance.from);
        const to = earlier(`${year}-12-31`, insurance.to ?? castDate);
        return from <= to ? [describeYear(cast, index, insurance, from, to)] : [];
      }),
    );
  },
};

function describeYear(cast: Cast, index: number, insurance: Insurance, from: string, to: string): Row {
  const year = Number(from.slice(0, 4));
  const at = (index * 4 + (year % 4)) * 1000 + Number(insurance.type);
  const due = cast.draw.chance(streams.due, at, 0.012);
  const months = due ? 0 : monthsBetween(from, to);
  return {
    person: index,
    employer: insurance.employer ?? null,
    contributionNumber: `${personalNumberOf(index)}${insurance.type}${year}`,
    insuranceType: insurance.type,
    kind: 'NORMAL',
    periodStartsOn: from,
    periodEndsOn: to,
    months,
    ...(insurance.type === '170' ? describeResident(cast, at, due) : describeRates(insurance, months)),
    paidOn: due
      ? null
      : isoOf(Math.max(dayOf(from), dayOf(to) - cast.draw.below(streams.paid, at, insurance.type === '170' ? 90 : 8))),
    arrival: due ? 'DUE' : 'ARRIVED',
  };
}

type Amounts = Pick<
  Row,
  'base' | 'employerRate' | 'personalRate' | 'employerAmount' | 'personalAmount' | 'subsidyAmount'
>;

function describeResident({ draw }: Cast, at: number, due: boolean): Amounts {
  const [amount, subsidy] = due ? [0, 0] : draw.pick(streams.grade, at, grades);
  return {
    base: null,
    employerRate: null,
    personalRate: null,
    employerAmount: '0.00',
    personalAmount: `${amount}.00`,
    subsidyAmount: `${subsidy}.00`,
  };
}

function describeRates(insurance: Insurance, months: number): Amounts {
  const base = insurance.base!;
  const [employerRate, personalRate] = ratesOf(insurance);
  const amount = (rate: number): string => ((base * rate * months) / 100).toFixed(2);
  return {
    base: `${base}.00`,
    employerRate: employerRate.toFixed(2),
    personalRate: personalRate.toFixed(2),
    employerAmount: amount(employerRate),
    personalAmount: amount(personalRate),
    subsidyAmount: '0.00',
  };
}

/** In per cent. Work injury goes by the risk of the industry, and the employer bears it alone. */
function ratesOf({ type, capacity, industry }: Insurance): readonly [employer: number, person: number] {
  if (capacity === 'FLEXIBLE') return [0, 20];
  if (type === '110' || type === '120') return [16, 8];
  if (type === '210') return [0.5, 0.5];
  if (industry === undefined || /^(6|7[0-5]|8[3-7])/.test(industry)) return [0.2, 0];
  return [/^(06|07|11)/.test(industry) ? 1.9 : /^(1|2|3|4)/.test(industry) ? 1.1 : 0.7, 0];
}
