/**
 * The risk model: how many points each fact against a legal person gives. docs/risk-model.md says the same for people; a test compares them.
 *
 * Every part is a raw value of 0 or more, times a weight, at most a cap; the score is the sum of the parts, at most 100. Nothing is ever
 * taken off, so more facts or worse ones never lower a score. The weights are a decision of the data centre, not a statistical estimate:
 * a change of any number here is a new version.
 */
export interface RiskPartModel {
  readonly part: string;
  /** Points for a raw value of 1. */
  readonly weight: number;
  /** The most that the part can add. */
  readonly cap: number;
  readonly zh: string;
  readonly en: string;
}

/** A step holds up to its bound, the last without one. */
interface Step {
  readonly upTo: number | null;
  readonly value: number;
}

const parts: readonly RiskPartModel[] = [
  {
    part: 'REGISTRATION_STATUS',
    weight: 40,
    cap: 40,
    zh: '登记状态为吊销、撤销等',
    en: 'Registration revoked, annulled or otherwise not in order',
  },
  { part: 'PENALTIES', weight: 10, cap: 50, zh: '公示期内的行政处罚', en: 'Penalties in publication' },
  { part: 'BLACK_LIST', weight: 30, cap: 45, zh: '在列的严重失信名单', en: 'Entries on black lists in force' },
  {
    part: 'ABNORMAL_OPERATION',
    weight: 15,
    cap: 25,
    zh: '未修复的经营异常记录',
    en: 'Records of abnormal operation not repaired',
  },
  { part: 'INSPECTIONS', weight: 8, cap: 25, zh: '检查发现的问题', en: 'Problems found by inspections' },
  {
    part: 'LICENCES',
    weight: 10,
    cap: 20,
    zh: '逾期、被撤销或吊销的行政许可',
    en: 'Licences overdue, annulled or revoked',
  },
  {
    part: 'WORK_SAFETY',
    weight: 20,
    cap: 25,
    zh: '逾期、暂扣或吊销的安全生产许可证',
    en: 'Work-safety permits overdue, suspended or revoked',
  },
  {
    part: 'DISCHARGE_PERMITS',
    weight: 10,
    cap: 15,
    zh: '逾期或被撤销的排污许可证',
    en: 'Discharge permits overdue or revoked',
  },
  {
    part: 'TAX_STATUS',
    weight: 20,
    cap: 20,
    zh: '纳税人状态非正常、清算或停业',
    en: 'Status as a taxpayer abnormal, in liquidation or out of business',
  },
  { part: 'TAX_CREDIT', weight: 15, cap: 15, zh: '纳税信用级别', en: 'Grade of tax credit' },
  { part: 'TAX_ARREARS', weight: 15, cap: 25, zh: '欠税', en: 'Arrears of tax' },
];

/** Days since a fact, and what is left of it. */
const ages: readonly Step[] = [
  { upTo: 365, value: 1 },
  { upTo: 730, value: 0.6 },
  { upTo: 1095, value: 0.3 },
  { upTo: null, value: 0.15 },
];

export const riskModel = {
  version: 'risk-1',
  parts,
  ages,
  /** Lower bounds. */
  grades: [
    { grade: 'LOW', from: 0 },
    { grade: 'MODERATE', from: 15 },
    { grade: 'HIGH', from: 40 },
    { grade: 'SEVERE', from: 70 },
  ],
  /** By code of the register; what is not named gives none. */
  registrationStatus: { '2': 1, '3': 1, '5': 0.9, '9': 0.1 },
  /** By code of the penalties law, article 9. A kind that is not named counts as `other`. */
  penaltyKind: {
    '11': 0.3,
    '12': 0.4,
    '21': 0.6,
    '22': 0.8,
    '23': 0.8,
    '31': 1.2,
    '32': 1.2,
    '33': 2.5,
    '41': 1.5,
    '42': 2,
    '43': 3,
    '44': 1.5,
    '51': 2,
    other: 0.6,
  },
  penaltySeverity: { MINOR: 0.7, ORDINARY: 1, SERIOUS: 1.6, unknown: 1 },
  inspectionResult: {
    NOT_PUBLISHED: 0.4,
    CONCEALED: 1,
    UNREACHABLE: 0.8,
    CORRECTION_ORDERED: 0.5,
    TO_BE_HANDLED: 0.6,
    UNCOOPERATIVE: 1,
  },
  /** Times this when corrected, still open, or past the day it was to be corrected by. */
  inspectionCorrection: { corrected: 0.4, open: 1, overdue: 1.25 },
  licence: { overdue: 0.4, ANNULLED: 0.6, REVOKED: 1 },
  workSafety: { overdue: 0.6, SUSPENDED: 0.8, REVOKED: 1 },
  dischargePermit: { overdue: 0.5, REVOKED: 1 },
  taxStatus: { SUSPENDED: 0.2, CLEARING: 0.5, ABNORMAL: 1 },
  taxCredit: { M: 0.2, C: 0.5, D: 1 },
  /** CNY yuan. */
  arrears: [
    { upTo: 10_000, value: 0.2 },
    { upTo: 100_000, value: 0.4 },
    { upTo: 1_000_000, value: 0.6 },
    { upTo: 10_000_000, value: 0.8 },
    { upTo: null, value: 1 },
  ] as readonly Step[],
  /** Days in arrears, and by what they count more. */
  arrearsAges: [
    { upTo: 365, value: 1 },
    { upTo: 730, value: 1.25 },
    { upTo: null, value: 1.5 },
  ] as readonly Step[],
} as const;
