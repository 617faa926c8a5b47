/** Credit records of legal persons: their penalties and lists, arrears, and what courts, clients and commitments add. */
import { EnterpriseCreditRecord } from '../../../src/libraries/credit/enterprise-credit-record.js';
import { castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { LegalPerson } from '../../cast/legal-person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Authority, authorityName, documentNumber } from '../legal-person/authorities.js';
import { plusYears } from '../days.js';
import { lastDayOf, yuan } from '../legal-person/figures.js';
import { penaltiesOf } from '../legal-person/penalty.seed.js';
import { taxStandingOf } from '../legal-person/tax-standing.js';
import { blackEntriesOf, redEntriesOf } from './enterprise-list-entry.seed.js';

type Row = SeedRow<EnterpriseCreditRecord, 'legalPerson'>;
type Draft = Pick<Row, 'category' | 'nature' | 'title' | 'content' | 'source' | 'occurredOn'> & Partial<Row>;

const firstDay = dayOf('2022-01-01');
const mostRecords = 32;
const chanceStream = streamOf('enterprise-credit.chance');
const dayStream = streamOf('enterprise-credit.day');
const amountStream = streamOf('enterprise-credit.amount');
const repairStream = streamOf('enterprise-credit.repair');

/** What is drawn besides penalties, lists and arrears: how often in a hundred, of whom. */
interface Kind extends Pick<Row, 'category' | 'nature' | 'title' | 'content'> {
  readonly held: number;
  readonly of: RegExp;
  readonly authority: Authority;
  readonly gravity?: string;
  readonly amounts?: readonly [from: number, to: number];
}

const kinds: readonly Kind[] = [
  {
    held: 55,
    of: /./,
    authority: 'approval',
    category: 'COMMITMENT',
    nature: 'POSITIVE',
    title: '主动公示型信用承诺',
    content: '承诺依法依规经营，自觉接受监督，违诺承担失信责任。',
  },
  {
    held: 22,
    of: /./,
    authority: 'approval',
    category: 'COMMITMENT',
    nature: 'POSITIVE',
    title: '审批替代型信用承诺履约',
    content: '按告知承诺制办理许可事项，经核查已履行承诺。',
  },
  {
    held: 2,
    of: /./,
    authority: 'approval',
    category: 'COMMITMENT',
    nature: 'NEGATIVE',
    title: '证明事项告知承诺失信',
    content: '经核查，当事人承诺内容与实际不符。',
    gravity: 'ORDINARY',
  },
  {
    held: 30,
    of: /^(47|48|50|516|517|651|653|748|784|302)/,
    authority: 'housing',
    category: 'CONTRACT',
    nature: 'POSITIVE',
    title: '政府采购合同履约',
    content: '按合同约定完成供货、施工，验收合格。',
    amounts: [200_000, 30_000_000],
  },
  {
    held: 3,
    of: /^(47|48|50|516|517|651|653|748|784|302)/,
    authority: 'housing',
    category: 'CONTRACT',
    nature: 'NEGATIVE',
    title: '政府采购合同违约',
    content: '未按合同约定期限交付，被解除合同。',
    gravity: 'ORDINARY',
    amounts: [100_000, 5_000_000],
  },
  {
    held: 6,
    of: /^(?!83|85|95)/,
    authority: 'market',
    category: 'ABNORMAL_OPERATION',
    nature: 'NEGATIVE',
    title: '列入经营异常名录',
    content: '未在规定期限公示年度报告，或者通过登记的住所无法联系。',
    gravity: 'ORDINARY',
  },
  {
    held: 2,
    of: /^(?!83|85|95)/,
    authority: 'court',
    category: 'JUDICIAL',
    nature: 'NEGATIVE',
    title: '被列为被执行人',
    content: '生效法律文书确定的义务未履行，被申请强制执行。',
    gravity: 'ORDINARY',
    amounts: [20_000, 20_000_000],
  },
  {
    held: 5,
    of: /./,
    authority: 'civil',
    category: 'HONOUR',
    nature: 'POSITIVE',
    title: '参与公益慈善捐赠',
    content: '向慈善组织捐赠款物，支持公益事业。',
    amounts: [5_000, 1_000_000],
  },
  {
    held: 3,
    of: /./,
    authority: 'labour',
    category: 'HONOUR',
    nature: 'POSITIVE',
    title: '劳动关系和谐单位',
    content: '依法用工，劳动关系和谐。',
  },
];

export const enterpriseCreditRecordSeed: DatasetSeed<Row> = {
  dataset: EnterpriseCreditRecord,
  of: 'legal-person',
  rows(cast, index) {
    const firm = cast.legalPerson(index);
    const drafts = [
      ...penaltyRecords(cast, index),
      ...listRecords(cast, index),
      ...arrearsRecord(cast, firm),
      ...drawnRecords(cast, firm),
    ];
    return drafts.map((draft, n) => complete(index, draft, n));
  },
};

function penaltyRecords(cast: Cast, index: number): Draft[] {
  return penaltiesOf(cast, index).map((one) => ({
    category: 'ADMINISTRATIVE',
    nature: 'NEGATIVE',
    title: '行政处罚',
    content: `因“${one.violation.name}”受到行政处罚。`,
    gravity: one.severity,
    source: one.authority,
    documentNumber: one.decisionNumber,
    amount: one.fine === 0 ? null : yuan(one.fine),
    occurredOn: one.decidedOn,
    repair: one.repairedOn === undefined ? 'NOT_APPLIED' : 'REPAIRED',
    repairedOn: one.repairedOn ?? null,
    publishedOn: one.publishedOn,
    publishedUntil: one.publishedUntil,
  }));
}

function listRecords(cast: Cast, index: number): Draft[] {
  return [...blackEntriesOf(cast, index), ...redEntriesOf(cast, index)].map((entry) => {
    const isBlack = entry.kind === 'BLACK';
    return {
      category: isBlack ? 'SERIOUS_DISHONESTY' : 'EVALUATION',
      nature: isBlack ? 'NEGATIVE' : 'POSITIVE',
      title: `列入${entry.listName}`,
      content: entry.reason,
      gravity: isBlack ? 'SERIOUS' : null,
      source: entry.decidedBy,
      documentNumber: entry.decisionNumber,
      occurredOn: entry.listedOn,
      repair: isBlack ? (entry.removedOn === null ? 'NOT_APPLIED' : 'REPAIRED') : null,
      repairedOn: entry.removedOn,
      publishedOn: entry.publishedOn,
      publishedUntil: entry.publishedUntil,
    };
  });
}

/** Arrears are announced from a year on. */
function arrearsRecord(cast: Cast, { index, division }: LegalPerson): Draft[] {
  const { arrears, arrearsSince } = taxStandingOf(cast, index);
  if (arrearsSince === undefined || dayOf(arrearsSince) + 365 > castDay) return [];
  return [
    {
      category: 'COMPLIANCE',
      nature: 'NEGATIVE',
      title: '欠税公告',
      content: '未按规定期限缴纳税款，经催缴仍未缴清。',
      gravity: 'ORDINARY',
      source: authorityName('tax', division),
      amount: yuan(arrears),
      occurredOn: isoOf(dayOf(arrearsSince) + 365),
      repair: 'NOT_APPLIED',
    },
  ];
}

function drawnRecords({ draw }: Cast, firm: LegalPerson): Draft[] {
  const from = Math.max(firstDay, dayOf(firm.establishedOn) + 20);
  const until = lastDayOf(firm);
  if (from > until) return [];
  return kinds.flatMap(({ held, of, authority, gravity, amounts, ...kind }, n): Draft[] => {
    const at = firm.index * mostRecords + n;
    if (!of.test(firm.industry) || draw.below(chanceStream, at, 100) >= held) return [];
    const day = draw.between(dayStream, at, from, until);
    const occurredOn = isoOf(day);
    const repaired = day + draw.between(repairStream, at, 60, 400);
    const isRepaired =
      kind.nature === 'NEGATIVE' && repaired < castDay && draw.chance(repairStream, at + 0x4000_0000, 0.4);
    return [
      {
        ...kind,
        gravity: gravity ?? null,
        source: authorityName(authority, firm.division),
        documentNumber: documentNumber(authority, firm.division, '信', occurredOn.slice(0, 4), at),
        amount:
          amounts === undefined
            ? null
            : yuan(Math.round(amounts[0] * (amounts[1] / amounts[0]) ** draw.unit(amountStream, at)) * 100),
        occurredOn,
        repair: kind.nature === 'NEGATIVE' ? (isRepaired ? 'REPAIRED' : 'NOT_APPLIED') : null,
        repairedOn: isRepaired ? isoOf(repaired) : null,
        publishedUntil: isRepaired ? isoOf(repaired) : plusYears(occurredOn, 3),
      },
    ];
  });
}

function complete(index: number, draft: Draft, n: number): Row {
  return {
    legalPerson: index,
    recordNumber: `XJ${draft.occurredOn.slice(0, 4)}${String(index * mostRecords + n).padStart(10, '0')}`,
    gravity: null,
    documentNumber: null,
    amount: null,
    repair: null,
    repairedOn: null,
    publishedOn: draft.occurredOn,
    publishedUntil: plusYears(draft.occurredOn, 3),
    ...draft,
  };
}
