/** Four years of inspections: those that found what was then punished, and the rest, of which most find nothing. */
import { Inspection } from '../../../src/libraries/legal-person/inspection.js';
import { castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import { chooseByWeight } from '../../cast/weighted-choice.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Authority, authorityName } from './authorities.js';
import { drawOfficials, lastDayOf } from './figures.js';
import { type PenaltyCase, penaltiesOf } from './penalty.seed.js';
import { violationsOf } from './violations.js';

type Row = SeedRow<Inspection, 'legalPerson'>;

const firstDay = dayOf('2022-01-01');
/** Inspections a legal person at most, those before a penalty included. */
const mostInspections = 24;
const penaltyOffset = 12;
const streams = {
  count: streamOf('inspection.count'),
  day: streamOf('inspection.day'),
  kind: streamOf('inspection.kind'),
  matter: streamOf('inspection.matter'),
  result: streamOf('inspection.result'),
  correct: streamOf('inspection.correct'),
  risk: streamOf('inspection.risk'),
};
const chooseKind = chooseByWeight([
  ['RANDOM_UNDIRECTED', 45],
  ['RANDOM_DIRECTED', 30],
  ['SPECIAL', 12],
  ['KEY', 8],
  ['FOLLOW_UP', 5],
]);
const chooseResult = chooseByWeight([
  ['NO_PROBLEM', 76],
  ['CORRECTION_ORDERED', 12],
  ['NOT_PUBLISHED', 4],
  ['UNREACHABLE', 3],
  ['NOT_APPLICABLE', 4],
  ['CONCEALED', 1],
]);
const planNames: Readonly<Record<string, string>> = {
  RANDOM_UNDIRECTED: '双随机、一公开不定向抽查计划',
  RANDOM_DIRECTED: '部门双随机定向抽查计划',
  SPECIAL: '专项检查',
  KEY: '重点监管对象检查',
  FOLLOW_UP: '整改情况复查',
  CAUSE: '投诉举报及线索核查',
};
const organisations: Readonly<{ authority: Authority; matter: string }> = {
  authority: 'civil',
  matter: '社会组织活动情况',
};
const registration: Readonly<{ authority: Authority; matter: string }> = {
  authority: 'market',
  matter: '登记事项、公示信息检查',
};

export const inspectionSeed: DatasetSeed<Row> = {
  dataset: Inspection,
  of: 'legal-person',
  rows(cast, index) {
    const firm = cast.legalPerson(index);
    const penalties = penaltiesOf(cast, index).filter(({ violation }) => violation.kind !== '33');
    return [...plannedOf(cast, firm), ...penalties.map((one, n) => beforePenalty(cast, firm, one, n))];
  },
};

function plannedOf(cast: Cast, firm: LegalPerson): Row[] {
  const { draw } = cast;
  const [from, until] = [Math.max(firstDay, dayOf(firm.establishedOn) + 10), lastDayOf(firm)];
  if (from > until) return [];
  const mean =
    ((until - from + 1) / 365) * (firm.form === 'company' ? 0.95 : firm.form === 'individually-owned' ? 0.65 : 0.5);
  const count = Math.min(penaltyOffset, Math.round(mean * (0.4 + 1.2 * draw.unit(streams.count, firm.index))));
  const matters = violationsOf(firm.industry);
  return Array.from({ length: count }, (_, n) => {
    const at = firm.index * mostInspections + n;
    const kind = chooseKind(draw.unit(streams.kind, at));
    const general = firm.form === 'social-organisation' ? organisations : registration;
    const special =
      matters.length > 0 && kind !== 'RANDOM_UNDIRECTED' ? draw.pick(streams.matter, at, matters) : undefined;
    const { authority, matter } = special ?? general;
    const day = draw.between(streams.day, at, from, until);
    return describe(cast, firm, {
      at,
      kind,
      authority,
      matter,
      day,
      result: chooseResult(draw.unit(streams.result, at)),
    });
  });
}

/** For the cause that was then punished, one to twelve weeks before. */
function beforePenalty(
  cast: Cast,
  firm: LegalPerson,
  { violation, decidedOn, decisionNumber }: PenaltyCase,
  n: number,
): Row {
  const at = firm.index * mostInspections + penaltyOffset + n;
  const day = Math.max(dayOf(firm.establishedOn), dayOf(decidedOn) - cast.draw.between(streams.day, at, 7, 84));
  const kind = cast.draw.chance(streams.kind, at, 0.4) ? 'CAUSE' : chooseKind(cast.draw.unit(streams.kind, at));
  const { authority, matter, facts } = violation;
  const row = describe(cast, firm, { at, kind, authority, matter, day, result: 'TO_BE_HANDLED' });
  return { ...row, finding: facts, penaltyDecision: decisionNumber };
}

interface Visit {
  readonly at: number;
  readonly kind: string;
  readonly authority: Authority;
  readonly matter: string;
  readonly day: number;
  readonly result: string;
}

function describe(cast: Cast, firm: LegalPerson, { at, kind, authority, matter, day, result }: Visit): Row {
  const { draw } = cast;
  const inspectedOn = isoOf(day);
  const body = authorityName(authority, firm.division);
  const ordered = result === 'CORRECTION_ORDERED' || result === 'NOT_PUBLISHED';
  const due = day + draw.pick(streams.correct, at, [7, 15, 30]);
  const corrected = day + draw.between(streams.correct, at + 0x4000_0000, 2, due - day);
  const last = lastDayOf(firm);
  return {
    legalPerson: firm.index,
    inspectionNumber: `${firm.division}${inspectedOn.slice(0, 4)}${String(at).padStart(8, '0')}`,
    planName: `${inspectedOn.slice(0, 4)}年度${planNames[kind]}`,
    kind,
    subjectMatter: matter,
    authority: body,
    isJoint: kind === 'RANDOM_DIRECTED' && draw.chance(streams.matter, at + 0x4000_0000, 0.5),
    inspectedOn,
    inspectors: drawOfficials(draw, body, at),
    creditRisk:
      firm.form === 'social-organisation'
        ? null
        : draw.pick(streams.risk, firm.index, ['A', 'A', 'A', 'B', 'B', 'B', 'C', 'D']),
    result,
    finding: ordered ? `${matter}存在不规范之处，已当场告知并责令改正。` : null,
    correctBy: ordered ? isoOf(due) : null,
    correctedOn: ordered && corrected <= last ? isoOf(corrected) : null,
    penaltyDecision: null,
    publishedOn: day + 20 <= castDay ? isoOf(day + 20) : null,
  };
}
