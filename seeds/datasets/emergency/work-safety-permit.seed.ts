/**
 * Work-safety permits of mines, chemical works and construction firms, renewed every three years without a gap, the last two kept. A stop
 * of production that was ordered in the last months suspends the one that runs.
 */
import { WorkSafetyPermit } from '../../../src/libraries/emergency/work-safety-permit.js';
import { castDate, castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Authority, authorityName } from '../legal-person/authorities.js';
import { plusYears } from '../days.js';
import { lastDayOf, representativeOf } from '../legal-person/figures.js';
import { penaltiesOf } from '../legal-person/penalty.seed.js';

type Row = SeedRow<WorkSafetyPermit, 'legalPerson'>;

interface Field {
  readonly trades: RegExp;
  readonly field: string;
  /** What stands in the number of a permit. */
  readonly sign: string;
  readonly scope: string;
  readonly authority: Authority;
}

const fields: readonly Field[] = [
  { trades: /^061/, field: 'COAL_MINE', sign: 'MK', scope: '煤炭开采', authority: 'energy' },
  { trades: /^072/, field: 'OTHER_MINE', sign: 'FM', scope: '陆上天然气开采', authority: 'emergency' },
  { trades: /^101/, field: 'OTHER_MINE', sign: 'FM', scope: '建筑用砂石露天开采', authority: 'emergency' },
  { trades: /^111/, field: 'OTHER_MINE', sign: 'FM', scope: '矿山采掘施工', authority: 'emergency' },
  {
    trades: /^252/,
    field: 'HAZARDOUS_CHEMICALS',
    sign: 'WH',
    scope: '煤焦油、粗苯、焦炉煤气生产',
    authority: 'emergency',
  },
  { trades: /^261/, field: 'HAZARDOUS_CHEMICALS', sign: 'WH', scope: '甲醇、液氯、烧碱生产', authority: 'emergency' },
  { trades: /^262/, field: 'HAZARDOUS_CHEMICALS', sign: 'WH', scope: '液氨生产', authority: 'emergency' },
  { trades: /^(47|48|50)/, field: 'CONSTRUCTION', sign: 'JZ', scope: '建筑施工', authority: 'housing' },
];
const termYears = 3;
const termsKept = 2;
/** For so long after the order a stopped mine is taken to stand still. */
const stopDays = 180;
const startStream = streamOf('work-safety.start');
const capacityStream = streamOf('work-safety.capacity');
const gradeStream = streamOf('work-safety.grade');
const hazardStream = streamOf('work-safety.hazards');

export const workSafetyPermitSeed: DatasetSeed<Row> = {
  dataset: WorkSafetyPermit,
  of: 'legal-person',
  rows(cast, index) {
    const firm = cast.legalPerson(index);
    if (firm.form !== 'company' && firm.form !== 'branch') return [];
    const field = fields.find(({ trades }) => trades.test(firm.industry));
    return field === undefined ? [] : termsOf(cast, firm, field);
  },
};

function termsOf(cast: Cast, firm: LegalPerson, field: Field): Row[] {
  const last = isoOf(lastDayOf(firm));
  const starts = [isoOf(dayOf(firm.establishedOn) + cast.draw.between(startStream, firm.index, 20, 80))];
  for (let next = plusYears(starts[0]!, termYears); next <= last; next = plusYears(next, termYears)) starts.push(next);
  const first = Math.max(0, starts.length - termsKept);
  return starts.slice(first).map((start, n) => {
    const former = first + n === 0 ? null : numberOf(firm, field, starts[first + n - 1]!);
    return describeTerm(cast, firm, field, start, former);
  });
}

function numberOf({ index }: LegalPerson, { sign }: Field, start: string): string {
  return `（蒙）${sign}安许证字〔${start.slice(0, 4)}〕${String(index + 1).padStart(6, '0')}号`;
}

function describeTerm(cast: Cast, firm: LegalPerson, field: Field, start: string, formerPermit: string | null): Row {
  const { draw } = cast;
  const { index } = firm;
  const validUntil = isoOf(dayOf(plusYears(start, termYears)) - 1);
  const isMine = field.field === 'COAL_MINE';
  const isChemical = field.field === 'HAZARDOUS_CHEMICALS';
  return {
    legalPerson: index,
    permitNumber: numberOf(firm, field, start),
    field: field.field,
    scope: field.scope,
    personInCharge: representativeOf(cast, index),
    authority: authorityName(field.authority, firm.division),
    issuedOn: start,
    validFrom: start,
    validUntil,
    formerPermit,
    ...statusOf(cast, firm, validUntil),
    standardisationGrade:
      field.field === 'CONSTRUCTION' ? null : draw.pick(gradeStream, index, ['1', '2', '2', '2', '3', '3']),
    approvedCapacity: isMine ? draw.pick(capacityStream, index, [60, 90, 120, 180, 300, 500, 1_000]) : null,
    majorHazards: isChemical ? draw.between(hazardStream, index, 1, 9) : null,
    safetyOfficers: draw.between(hazardStream, index + 0x4000_0000, 2, isMine ? 25 : 8),
    assessedOn: isoOf(dayOf(start) - draw.between(startStream, index + 0x4000_0000, 10, 19)),
  };
}

function statusOf(
  cast: Cast,
  { index, closedOn, status }: LegalPerson,
  validUntil: string,
): { status: string; statusSince: string | null } {
  if (closedOn !== undefined && closedOn <= validUntil) {
    return { status: status === '2' || status === '3' ? 'REVOKED' : 'CANCELLED', statusSince: closedOn };
  }
  if (validUntil < castDate) return { status: 'EXPIRED', statusSince: null };
  const stop = penaltiesOf(cast, index).find(
    ({ violation, decidedOn }) => violation.kind === '42' && dayOf(decidedOn) > castDay - stopDays,
  );
  return stop === undefined
    ? { status: 'VALID', statusSince: null }
    : { status: 'SUSPENDED', statusSince: stop.decidedOn };
}
