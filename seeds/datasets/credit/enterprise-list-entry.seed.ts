/**
 * Red and black lists of legal persons. On a black list stands who was punished for something serious, by the rules of the authority that
 * punished; on a red list who has grade A with taxation, or has kept contracts for years without a penalty.
 */
import { EnterpriseListEntry } from '../../../src/libraries/credit/enterprise-list-entry.js';
import { castDate, castYear, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Authority, authorityName, documentNumber } from '../legal-person/authorities.js';
import { plusYears } from '../days.js';
import { type PenaltyCase, penaltiesOf } from '../legal-person/penalty.seed.js';
import { taxStandingOf } from '../legal-person/tax-standing.js';

type Row = SeedRow<EnterpriseListEntry, 'legalPerson'>;

interface BlackList {
  readonly name: string;
  readonly legalBasis: string;
  readonly measures: string;
}

const blackLists: Partial<Readonly<Record<Authority, BlackList>>> = {
  market: {
    name: '市场监督管理严重违法失信名单',
    legalBasis: '《市场监督管理严重违法失信名单管理办法》',
    measures: '列为重点监管对象，提高检查频次；不适用告知承诺制；不予授予荣誉称号。',
  },
  emergency: {
    name: '安全生产严重失信主体名单',
    legalBasis: '《安全生产严重失信主体名单管理办法》',
    measures: '在政府资金申请、项目审批、评优评先中予以限制；提高执法检查频次。',
  },
  labour: {
    name: '拖欠农民工工资失信联合惩戒对象名单',
    legalBasis: '《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》',
    measures: '在政府资金支持、政府采购、招标投标、融资贷款、市场准入等方面予以限制。',
  },
  tax: {
    name: '重大税收违法失信主体名单',
    legalBasis: '《重大税收违法失信主体信息公布管理办法》',
    measures: '纳税信用级别直接判为D级；限制取得政府供应土地；阻止法定代表人出境。',
  },
  housing: {
    name: '建筑市场主体“黑名单”',
    legalBasis: '《建筑市场信用管理暂行办法》',
    measures: '在市场准入、资质管理、招标投标中予以限制。',
  },
  transport: {
    name: '严重违法超限超载运输失信当事人名单',
    legalBasis: '《关于对严重违法失信超限超载运输车辆相关责任主体实施联合惩戒的合作备忘录》',
    measures: '限制通行许可，提高路面检查频次。',
  },
};

const honourStream = streamOf('credit-list.honour');
const listedStream = streamOf('credit-list.listed');
/** Entries a legal person at most: one for a penalty, by its place, and two red ones. */
const mostEntries = 16;

export const enterpriseListEntrySeed: DatasetSeed<Row> = {
  dataset: EnterpriseListEntry,
  of: 'legal-person',
  rows(cast, index) {
    return [...blackEntriesOf(cast, index), ...redEntriesOf(cast, index)];
  },
};

export function blackEntriesOf(cast: Cast, index: number): Row[] {
  return penaltiesOf(cast, index).flatMap((penalty, n) => {
    const list = blackLists[penalty.violation.authority];
    return penalty.severity === 'SERIOUS' && list !== undefined ? [blackEntry(cast, index, penalty, list, n)] : [];
  });
}

/** Listed within weeks after the penalty, and no longer published than it. */
function blackEntry({ draw }: Cast, index: number, penalty: PenaltyCase, list: BlackList, n: number): Row {
  const at = index * mostEntries + n;
  const listedOn = isoOf(Math.min(dayOf(castDate), dayOf(penalty.publishedOn) + draw.below(listedStream, at, 20)));
  const { authority } = penalty.violation;
  const early = isoOf(dayOf(listedOn) + 366 + draw.below(listedStream, at + 0x2000_0000, 300));
  const removedOn =
    early < castDate && early < penalty.publishedUntil && draw.chance(listedStream, at + 0x4000_0000, 0.25)
      ? early
      : null;
  return {
    legalPerson: index,
    entryNumber: `H${listedOn.slice(0, 4)}${String(at).padStart(9, '0')}`,
    kind: 'BLACK',
    listName: list.name,
    reason: `因“${penalty.violation.name}”受到行政处罚，情节严重。`,
    legalBasis: list.legalBasis,
    decisionNumber: documentNumber(authority, penalty.division, '列', listedOn.slice(0, 4), at),
    decidedBy: penalty.authority,
    penaltyDecision: penalty.decisionNumber,
    measures: list.measures,
    listedOn,
    removedOn,
    removalReason: removedOn === null ? null : '已履行义务、纠正违法行为，经申请提前移出。',
    publishedOn: listedOn,
    publishedUntil: removedOn ?? penalty.publishedUntil,
  };
}

export function redEntriesOf(cast: Cast, index: number): Row[] {
  const firm = cast.legalPerson(index);
  const entries: Row[] = [];
  const { grade, gradeYear } = taxStandingOf(cast, index);
  if (grade === 'A') {
    const by = authorityName('tax', firm.division);
    const [name, basis] = [`${gradeYear}年度A级纳税人名单`, '《纳税信用管理办法（试行）》'];
    entries.push(redEntry(index, 14, name, `${gradeYear}年度纳税信用评价为A级。`, basis, by, `${castYear}-04-10`));
  }
  const old = firm.establishedOn < `${castYear - 5}-01-01` && firm.closedOn === undefined && firm.form !== 'branch';
  if (old && cast.draw.chance(honourStream, index, 0.05) && penaltiesOf(cast, index).length === 0) {
    const by = authorityName('market', firm.division);
    const listedOn = isoOf(
      cast.draw.between(honourStream, index + 0x4000_0000, dayOf('2024-03-15'), dayOf('2025-11-30')),
    );
    entries.push(
      redEntry(
        index,
        15,
        '“守合同重信用”企业名单',
        '连续三年合同履约良好，无违法失信记录。',
        '“守合同重信用”企业公示制度',
        by,
        listedOn,
      ),
    );
  }
  return entries;
}

/** Published for two years. */
function redEntry(
  index: number,
  n: number,
  listName: string,
  reason: string,
  legalBasis: string,
  decidedBy: string,
  listedOn: string,
): Row {
  return {
    legalPerson: index,
    entryNumber: `R${listedOn.slice(0, 4)}${String(index * mostEntries + n).padStart(9, '0')}`,
    kind: 'RED',
    listName,
    reason,
    legalBasis,
    decisionNumber: null,
    decidedBy,
    penaltyDecision: null,
    measures: '优先办理行政许可，减少检查频次，在政府采购、融资授信中予以支持。',
    listedOn,
    removedOn: null,
    removalReason: null,
    publishedOn: listedOn,
    publishedUntil: plusYears(listedOn, 2),
  };
}
