/** Pensions of 2024 and 2025, unemployment benefits, work injuries, and the funeral grant to who outlived wife or husband. */
import { InsuranceBenefit } from '../../../src/libraries/social-security/insurance-benefit.js';
import { castDate, castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { Person } from '../../cast/person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { earlier, lastDateOf, later, monthsBetween } from '../days.js';
import { recallPerson } from '../population/kin.js';
import { isJobless } from '../population/working-life.js';
import { type Insurance, insuranceOf, unemployment } from './insured-life.js';
import { personalNumberOf } from './insurance-participation.seed.js';

type Row = SeedRow<InsuranceBenefit, 'person'>;

const streams = {
  pension: streamOf('benefit.pension'),
  bank: streamOf('benefit.bank'),
  certified: streamOf('benefit.certified'),
  jobless: streamOf('benefit.jobless'),
  injury: streamOf('benefit.injury'),
};
const years = [2024, 2025] as const;
const banks = [
  '内蒙古银行',
  '鄂尔多斯银行',
  '中国农业银行',
  '中国工商银行',
  '中国建设银行',
  '中国邮政储蓄银行',
  '农村商业银行',
] as const;
/** Monthly in yuan, from and to, by insurance. */
const pensions: Readonly<Record<string, readonly [from: number, to: number]>> = {
  '110': [2300, 5200],
  '120': [4300, 8200],
  '170': [235, 520],
};
/** What unemployment pays a month, in yuan, and what a funeral does once, by the insurance of the dead. */
const unemploymentAmount = 1584;
const funeralAmounts: Readonly<Record<string, number>> = { '110': 7200, '120': 9600, '170': 1800 };

export const insuranceBenefitSeed: DatasetSeed<Row> = {
  dataset: InsuranceBenefit,
  of: 'person',
  rows(cast, index) {
    const person = recallPerson(cast, index);
    const insurances = insuranceOf(cast, person);
    return [
      ...insurances.flatMap((insurance) => pensionRows(cast, person, insurance)),
      ...unemploymentRows(cast, person, insurances),
      ...injuryRows(cast, person, insurances),
      ...funeralRows(cast, person),
    ];
  },
};

function pensionRows(cast: Cast, person: Person, { type, entitledFrom }: Insurance): Row[] {
  const { draw } = cast;
  const { index } = person;
  if (entitledFrom === undefined) return [];
  const last = lastDateOf(person);
  return years.flatMap((year, n) => {
    const from = later(`${year}-01-01`, entitledFrom);
    const to = earlier(`${year}-12-31`, last);
    if (from > to) return [];
    const start = draw.between(streams.pension, index, ...pensions[type]!);
    const monthly = n === 0 ? start : Math.round(start * 1.02);
    const months = monthsBetween(from, to);
    const share = type === '170' ? 88 : draw.between(streams.pension, index + 0x4000_0000, 58, 78);
    const amount = monthly * months;
    const basic = Math.round((amount * share) / 100);
    return [
      {
        ...describePayment(cast, index, type, type === '170' ? 'RESIDENT_PENSION' : 'PENSION', from, to),
        entitledFrom,
        months,
        monthlyAmount: `${monthly}.00`,
        amount: `${amount}.00`,
        basicAmount: `${basic}.00`,
        accountAmount: `${amount - basic}.00`,
        certifiedOn: isoOf(draw.between(streams.certified, index + n, dayOf(from), dayOf(to))),
      },
    ];
  });
}

/** From the month after work was lost, a year at most. */
function unemploymentRows(cast: Cast, person: Person, insurances: readonly Insurance[]): Row[] {
  const former = insurances.find(({ type, to }) => type === unemployment && to !== undefined);
  if (former === undefined || !isJobless(cast, person) || !cast.draw.chance(streams.jobless, person.index, 0.55))
    return [];
  const from = dayOf(former.to!) + 15;
  const to = Math.min(castDay, from + 30 * cast.draw.between(streams.jobless, person.index + 0x4000_0000, 2, 12));
  if (from > to) return [];
  const months = monthsBetween(isoOf(from), isoOf(to));
  return [
    {
      ...describePayment(cast, person.index, unemployment, 'UNEMPLOYMENT', isoOf(from), isoOf(to)),
      months,
      monthlyAmount: `${unemploymentAmount}.00`,
      amount: `${unemploymentAmount * months}.00`,
    },
  ];
}

function injuryRows(cast: Cast, { index }: Person, insurances: readonly Insurance[]): Row[] {
  const { draw } = cast;
  const insured = insurances.find(({ type, employer }) => type === '410' && employer !== undefined);
  if (insured === undefined || !draw.chance(streams.injury, index, /^06/.test(insured.industry!) ? 0.03 : 0.006))
    return [];
  const from = Math.max(dayOf(insured.from), castDay - 900);
  const on = isoOf(draw.between(streams.injury, index + 0x4000_0000, from, castDay));
  const amount = Math.round(800 * 60 ** draw.unit(streams.injury, index + 0x2000_0000));
  return [{ ...describePayment(cast, index, '410', 'INJURY_MEDICAL', on, on), amount: `${amount}.00` }];
}

/** Three weeks after the death. */
function funeralRows(cast: Cast, person: Person): Row[] {
  if (person.spouse === undefined || person.status !== 'normal') return [];
  const spouse = recallPerson(cast, person.spouse);
  if (spouse.status !== 'deceased' || dayOf(spouse.statusSince!) + 21 > castDay) return [];
  const pension = insuranceOf(cast, spouse).find(({ type }) => type in funeralAmounts);
  if (pension === undefined) return [];
  const on = isoOf(dayOf(spouse.statusSince!) + 21);
  const amount = funeralAmounts[pension.type]!;
  return [{ ...describePayment(cast, person.index, pension.type, 'FUNERAL', on, on), amount: `${amount}.00` }];
}

function describePayment(
  { draw }: Cast,
  index: number,
  type: string,
  benefitType: string,
  from: string,
  to: string,
): Omit<Row, 'amount'> {
  return {
    person: index,
    paymentNumber: `${personalNumberOf(index)}${type}${benefitType.charAt(0)}${from.replaceAll('-', '')}`,
    insuranceType: type,
    benefitType,
    entitledFrom: from,
    periodStartsOn: from,
    periodEndsOn: to,
    months: null,
    monthlyAmount: null,
    basicAmount: null,
    accountAmount: null,
    paidOn: earlier(to, castDate),
    bankName: draw.pick(streams.bank, index, banks),
    status: 'PAID',
    certifiedOn: null,
  };
}
