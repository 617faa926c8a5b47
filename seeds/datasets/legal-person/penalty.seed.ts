/**
 * Five years of penalties that fit the trade, none before a legal person is there or after it is closed. What was struck off by its
 * authority was so by a decision, on the day it closed. Published for three years, three months where minor, less where credit is repaired.
 */
import { Penalty } from '../../../src/libraries/legal-person/penalty.js';
import { penaltyKinds } from '../../../src/model/code-lists/penalty-kinds.js';
import { castDate, castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Authority, authorityName, documentNumber } from './authorities.js';
import { plusYears } from '../days.js';
import { drawOfficials, lastDayOf, occurrences, representativeOf, yuan } from './figures.js';
import { type Violation, violationsOf } from './violations.js';

/** A penalty as other seeds refer to it. */
export interface PenaltyCase {
  /** Unique among all penalties. */
  readonly serial: number;
  readonly violation: Violation;
  readonly decidedOn: string;
  readonly decisionNumber: string;
  readonly authority: string;
  readonly division: string;
  readonly severity: 'MINOR' | 'ORDINARY' | 'SERIOUS';
  /** In hundredths of CNY; 0 for none. */
  readonly fine: number;
  readonly confiscated: number;
  readonly repairedOn: string | undefined;
  readonly publishedOn: string;
  readonly publishedUntil: string;
}

const firstDay = dayOf('2021-01-01');
/** Penalties a legal person at most, the one that struck it off included. */
const mostPenalties = 8;
const streams = {
  count: streamOf('penalty.count'),
  day: streamOf('penalty.day'),
  violation: streamOf('penalty.violation'),
  fine: streamOf('penalty.fine'),
  confiscated: streamOf('penalty.confiscated'),
  repair: streamOf('penalty.repair'),
  publish: streamOf('penalty.publish'),
  perform: streamOf('penalty.perform'),
};

export const penaltySeed: DatasetSeed<SeedRow<Penalty, 'legalPerson'>> = {
  dataset: Penalty,
  of: 'legal-person',
  rows(cast, index) {
    const cases = penaltiesOf(cast, index);
    if (cases.length === 0) return [];
    const legalRepresentative = representativeOf(cast, index);
    return cases.map((one) => {
      const { violation } = one;
      return {
        legalPerson: index,
        decisionNumber: one.decisionNumber,
        violation: violation.name,
        facts: violation.facts,
        severity: one.severity,
        legalBasis: violation.legalBasis,
        kind: violation.kind,
        content: contentOf(one),
        fineAmount: one.fine === 0 ? null : yuan(one.fine),
        confiscatedAmount: one.confiscated === 0 ? null : yuan(one.confiscated),
        revokedCertificate: violation.kind === '33' ? certificateOf(cast.legalPerson(index)) : null,
        legalRepresentative,
        decidedOn: one.decidedOn,
        authority: one.authority,
        caseOfficers: drawOfficials(cast.draw, one.authority, one.serial),
        ...enforcementOf(cast, one),
        repairedOn: one.repairedOn ?? null,
        publishedOn: one.publishedOn,
        publishedUntil: one.publishedUntil,
      };
    });
  },
};

let last: { readonly cast: Cast; readonly index: number; readonly cases: readonly PenaltyCase[] } | undefined;

/** In the order of their days. Remembers the last answer, for a seed asks for one legal person several times in a row. */
export function penaltiesOf(cast: Cast, index: number): readonly PenaltyCase[] {
  if (last?.cast !== cast || last.index !== index) last = { cast, index, cases: drawPenalties(cast, index) };
  return last.cases;
}

function drawPenalties(cast: Cast, index: number): PenaltyCase[] {
  const { draw } = cast;
  const firm = cast.legalPerson(index);
  const end = lastDayOf(firm);
  const from = Math.max(firstDay, dayOf(firm.establishedOn) + 30);
  // What strikes a legal person off ends it, so that day is kept free.
  const until = end - 1;
  const years = (until - from + 1) / 365;
  const count = occurrences(draw, streams.count, index, years * casesAYear(firm), mostPenalties - 1);
  const choice = violationsOf(firm.industry);
  const cases = Array.from({ length: years <= 0 || choice.length === 0 ? 0 : count }, (_, n) => {
    const at = index * mostPenalties + n;
    return describeCase(
      cast,
      firm,
      draw.pick(streams.violation, at, choice),
      draw.between(streams.day, at, from, until),
      at,
    );
  });
  if ((firm.status === '2' || firm.status === '3') && end >= firstDay) {
    cases.push(describeCase(cast, firm, striking(firm), end, index * mostPenalties + mostPenalties - 1));
  }
  return cases.sort((a, b) => (a.decidedOn < b.decidedOn ? -1 : a.decidedOn > b.decidedOn ? 1 : a.serial - b.serial));
}

function casesAYear({ form, industry }: LegalPerson): number {
  if (form === 'social-organisation' || form === 'cooperative') return 0.03;
  if (/^(061|101|252|261|314)/.test(industry)) return 0.3;
  return form === 'individually-owned' ? 0.06 : 0.1;
}

function describeCase(cast: Cast, firm: LegalPerson, violation: Violation, day: number, at: number): PenaltyCase {
  const { draw } = cast;
  const { division } = firm;
  const decidedOn = isoOf(day);
  const position = draw.unit(streams.fine, at) ** 2;
  const severity =
    /^(33|42)$/.test(violation.kind) || position > 0.72 ? 'SERIOUS' : position < 0.2 ? 'MINOR' : 'ORDINARY';
  const publishedOn = isoOf(Math.min(castDay, day + draw.between(streams.publish, at, 1, 9)));
  const term = severity === 'MINOR' ? isoOf(day + 92) : plusYears(decidedOn, 3);
  const repairedOn = severity === 'ORDINARY' ? repairOf(cast, publishedOn, term, at) : undefined;
  return {
    serial: at,
    violation,
    decidedOn,
    decisionNumber: documentNumber(violation.authority, division, '罚', decidedOn.slice(0, 4), at),
    authority: authorityName(violation.authority, division),
    division,
    severity: violation.fine === undefined && violation.kind === '11' ? 'MINOR' : severity,
    fine: violation.fine === undefined ? 0 : fineAt(violation.fine, position) * 100,
    confiscated: violation.confiscates ? draw.between(streams.confiscated, at, 60, 60_000) * 10 : 0,
    repairedOn: violation.fine === undefined ? undefined : repairedOn,
    publishedOn,
    publishedUntil: violation.fine !== undefined && repairedOn !== undefined ? repairedOn : term,
  };
}

/** In whole hundreds from ten thousand on, so that it looks decided and not drawn. */
function fineAt([from, to]: readonly [number, number], position: number): number {
  const fine = from + (to - from) * position;
  const unit = fine >= 10_000 ? 1_000 : 100;
  return Math.max(from, Math.round(fine / unit) * unit);
}

/** Half a year after its publication at the earliest. */
function repairOf({ draw }: Cast, publishedOn: string, term: string, at: number): string | undefined {
  if (!draw.chance(streams.repair, at, 0.35)) return undefined;
  const day = dayOf(publishedOn) + draw.between(streams.repair, at + 0x4000_0000, 183, 720);
  return day > castDay || isoOf(day) >= term ? undefined : isoOf(day);
}

function contentOf({ violation, fine, confiscated }: PenaltyCase): string {
  const parts = [
    violation.kind === '21' ? undefined : penaltyKinds.find(violation.kind)!.zh,
    confiscated === 0 ? undefined : `没收违法所得${yuan(confiscated)}元`,
    fine === 0 ? undefined : `罚款人民币${yuan(fine)}元`,
  ];
  return `${parts.filter((part) => part !== undefined).join('；')}。`;
}

function certificateOf({ form, creditCode }: LegalPerson): string {
  return `${form === 'social-organisation' ? '社会组织法人登记证书' : '营业执照'}（${creditCode}）`;
}

function enforcementOf({ draw }: Cast, one: PenaltyCase): { enforcement: string; performedOn: string | null } {
  const day = dayOf(one.decidedOn);
  if (one.fine === 0 && one.confiscated === 0) return { enforcement: 'PERFORMED', performedOn: one.decidedOn };
  const performed = day + draw.between(streams.perform, one.serial, 1, 15);
  if (performed > castDay) return { enforcement: 'PENDING', performedOn: null };
  if (one.repairedOn !== undefined || draw.chance(streams.perform, one.serial + 0x4000_0000, 0.9))
    return { enforcement: 'PERFORMED', performedOn: isoOf(performed) };
  const asked = draw.chance(streams.perform, one.serial + 0x2000_0000, 0.5);
  return { enforcement: asked && isoOf(day + 180) < castDate ? 'ENFORCED' : 'BY_INSTALMENTS', performedOn: null };
}

const strikingOff: Readonly<
  Record<LegalPerson['form'], readonly [authority: Authority, facts: string, legalBasis: string]>
> = {
  company: ['market', '当事人开业后自行停业连续六个月以上，且查无下落。', '《中华人民共和国公司法》第二百六十条'],
  branch: ['market', '当事人开业后自行停业连续六个月以上，且查无下落。', '《中华人民共和国公司法》第二百六十条'],
  cooperative: ['market', '当事人连续两年未从事经营活动。', '《中华人民共和国农民专业合作社法》第七十一条'],
  'individually-owned': [
    'market',
    '当事人登记事项发生变更未办理变更登记，情节严重。',
    '《中华人民共和国市场主体登记管理条例》第四十六条',
  ],
  'social-organisation': [
    'civil',
    '当事人连续两年不接受年度检查，未开展活动。',
    '《社会团体登记管理条例》第三十条、《民办非企业单位登记管理暂行条例》第二十五条',
  ],
};
const strikings = new Map<LegalPerson['form'], Violation>();

function striking({ form }: LegalPerson): Violation {
  const known = strikings.get(form);
  if (known !== undefined) return known;
  const [authority, facts, legalBasis] = strikingOff[form];
  const [kind, matter] = ['33', '登记存续情况'];
  const name = form === 'social-organisation' ? '连续两年不接受年度检查' : '长期停业未经营或者登记事项严重不实';
  const made: Violation = {
    trades: /./,
    authority,
    name,
    facts,
    legalBasis,
    kind,
    fine: undefined,
    confiscates: false,
    matter,
  };
  strikings.set(form, made);
  return made;
}
