/** How a legal person stands with taxation: grade, status, arrears. Red and black lists, records and scores follow from it. */
import { castDate, castYear, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { plusYears } from '../days.js';
import { lastDayOf } from './figures.js';
import { penaltiesOf } from './penalty.seed.js';

export interface TaxStanding {
  readonly status: 'NORMAL' | 'SUSPENDED' | 'ABNORMAL' | 'DEREGISTERED';
  readonly statusSince: string | undefined;
  /** Undefined for who is not graded: individually-owned businesses, social organisations, and who is closed. */
  readonly grade: 'A' | 'B' | 'M' | 'C' | 'D' | undefined;
  readonly gradeYear: number;
  /** In hundredths of CNY; 0 for none. */
  readonly arrears: number;
  readonly arrearsSince: string | undefined;
}

const statusStream = streamOf('tax.status');
const gradeStream = streamOf('tax.grade');
const arrearsStream = streamOf('tax.arrears');
/** Grades are for the year before the last: those of 2025 come out in April 2026. */
const gradeYear = castYear - 1;

export function taxStandingOf(cast: Cast, index: number): TaxStanding {
  const { draw } = cast;
  const firm = cast.legalPerson(index);
  const { status, statusSince } = statusOf(cast, index);
  const owes = status === 'ABNORMAL' ? 0.6 : status === 'NORMAL' && firm.form === 'company' ? 0.06 : 0;
  const inArrears = draw.chance(arrearsStream, index, owes);
  const [from, until] = [Math.max(dayOf(firm.establishedOn) + 60, lastDayOf(firm) - 900), lastDayOf(firm)];
  return {
    status,
    statusSince,
    grade: gradeOf(cast, index, status, inArrears),
    gradeYear,
    arrears: inArrears ? Math.round(50_000 * 2_000 ** draw.unit(arrearsStream, index + 0x4000_0000)) : 0,
    arrearsSince: inArrears
      ? isoOf(draw.between(arrearsStream, index + 0x2000_0000, Math.min(from, until), until))
      : undefined,
  };
}

function statusOf(cast: Cast, index: number): Pick<TaxStanding, 'status' | 'statusSince'> {
  const { draw } = cast;
  const firm = cast.legalPerson(index);
  if (firm.status === '2') return { status: 'ABNORMAL', statusSince: firm.closedOn };
  if (firm.closedOn !== undefined) return { status: 'DEREGISTERED', statusSince: firm.closedOn };
  const unit = draw.unit(statusStream, index);
  if (unit >= 0.04) return { status: 'NORMAL', statusSince: undefined };
  const from = Math.max(dayOf(firm.establishedOn) + 60, lastDayOf(firm) - 700);
  const statusSince = isoOf(draw.between(statusStream, index + 0x4000_0000, from, lastDayOf(firm)));
  return { status: unit < 0.025 ? 'ABNORMAL' : 'SUSPENDED', statusSince };
}

function gradeOf(cast: Cast, index: number, status: TaxStanding['status'], inArrears: boolean): TaxStanding['grade'] {
  const { form, establishedOn } = cast.legalPerson(index);
  if (form !== 'company' && form !== 'cooperative') return undefined;
  if (status === 'DEREGISTERED' || establishedOn > `${gradeYear}-12-31`) return undefined;
  const since = plusYears(castDate, -3);
  const recent = penaltiesOf(cast, index).filter(({ decidedOn }) => decidedOn >= since);
  if (status === 'ABNORMAL' || recent.some(({ severity }) => severity === 'SERIOUS')) return 'D';
  if (inArrears || recent.some(({ violation }) => violation.authority === 'tax')) return 'C';
  if (establishedOn >= `${gradeYear}-01-01`) return 'M';
  const unit = cast.draw.unit(gradeStream, index);
  if (unit < 0.16 && recent.length === 0) return 'A';
  return unit < 0.82 ? 'B' : unit < 0.95 ? 'M' : 'C';
}
