/** Discharge permits (排污许可管理条例): how much a source may emit, and until when. Published. Registered sources alone have no limits. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Link, SubjectKey } from '../../model/dataset.js';
import { industries } from '../../model/code-lists/industries.js';
import { code, date, decimal, integer, oneOf, reference, text } from '../../model/value-type.js';
import { PollutionSource } from './pollution-source.js';

const permitManagement = oneOf({
  name: 'DischargePermitManagement',
  zh: '排污许可管理类别',
  en: 'How strictly a source is managed',
  values: {
    KEY: { zh: '重点管理', en: 'Key management' },
    SIMPLIFIED: { zh: '简化管理', en: 'Simplified management' },
    REGISTRATION: { zh: '登记管理', en: 'Registration alone' },
  },
});

const permitApplication = oneOf({
  name: 'DischargePermitApplication',
  zh: '排污许可申请类型',
  en: 'What was applied for',
  values: {
    FIRST: { zh: '首次申请', en: 'First permit' },
    RENEWAL: { zh: '延续', en: 'Renewal' },
    CHANGE: { zh: '变更', en: 'Change' },
    REAPPLICATION: { zh: '重新申请', en: 'New application' },
  },
});

const permitStatus = oneOf({
  name: 'DischargePermitStatus',
  zh: '排污许可证状态',
  en: 'Status of a discharge permit',
  values: {
    VALID: { zh: '有效', en: 'Valid' },
    SUPERSEDED: { zh: '已延续', en: 'Replaced by its renewal' },
    EXPIRED: { zh: '已过期', en: 'Expired' },
    CANCELLED: { zh: '已注销', en: 'Cancelled, since the unit has closed' },
    REVOKED: { zh: '已撤销', en: 'Revoked' },
  },
});

@Dataset({
  library: 'ecology',
  table: 'discharge_permit',
  list: 'dischargePermits',
  zh: '排污许可证',
  en: 'DischargePermit: a permit to discharge pollutants',
  provider: '150600-ecology',
  resource: '3/06/08/001/000005',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['permitNumber', 'issuedOn'],
})
export class DischargePermit extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '持证单位画像',
    en: 'Portrait of the holder',
    division: { level: 'L1', zh: '持证单位登记地行政区划代码', en: 'Division of registration of the holder' },
  })
  legalPerson!: string;

  @Column({
    type: reference(22),
    level: 'L1',
    required: true,
    find: true,
    standard: 'HJ 608-2017',
    zh: '排污许可证编号',
    en: 'Number of the permit: the code of the source',
  })
  permitNumber!: string;

  @Link({
    of: () => PollutionSource,
    own: 'permitNumber',
    target: 'sourceCode',
    inverse: { name: 'permits', zh: '排污许可证', en: 'Permits, former ones included' },
    zh: '污染源',
    en: 'The source',
  })
  source!: unknown;

  @Column({ type: text(200), level: 'L1', required: true, zh: '单位名称', en: 'Name of the holder' })
  holderName!: string;

  @Column({ type: code(industries), level: 'L1', find: true, zh: '行业代码', en: 'Industry' })
  industry!: string | null;

  @Column({
    type: permitManagement,
    level: 'L1',
    required: true,
    find: true,
    zh: '管理类别',
    en: 'How strictly it is managed',
  })
  management!: string;

  @Column({ type: permitApplication, level: 'L1', zh: '申请类型', en: 'What was applied for' })
  application!: string | null;

  @Column({ type: date, level: 'L1', required: true, find: true, zh: '发证日期', en: 'Date of issue' })
  issuedOn!: string;

  @Column({ type: date, level: 'L1', required: true, zh: '有效期起', en: 'First day of validity' })
  validFrom!: string;

  @Column({ type: date, level: 'L1', required: true, find: true, zh: '有效期止', en: 'Last day of validity' })
  validUntil!: string;

  @Column({ type: text(100), level: 'L1', zh: '发证机关', en: 'Issuing authority' })
  issuingAuthority!: string | null;

  @Column({ type: integer, level: 'L1', unit: '个 (count)', zh: '废气排放口数', en: 'Number of outlets of waste gas' })
  gasOutlets!: number | null;

  @Column({
    type: integer,
    level: 'L1',
    unit: '个 (count)',
    zh: '废水排放口数',
    en: 'Number of outlets of waste water',
  })
  waterOutlets!: number | null;

  @Column({ type: decimal(14, 3), level: 'L1', unit: 't/a', zh: '二氧化硫许可年排放量', en: 'SO2 permitted a year' })
  so2Limit!: string | null;

  @Column({
    type: decimal(14, 3),
    level: 'L1',
    unit: 't/a',
    zh: '氮氧化物许可年排放量',
    en: 'Nitrogen oxides permitted a year',
  })
  noxLimit!: string | null;

  @Column({
    type: decimal(14, 3),
    level: 'L1',
    unit: 't/a',
    zh: '颗粒物许可年排放量',
    en: 'Particulate matter permitted a year',
  })
  particulateLimit!: string | null;

  @Column({ type: decimal(14, 3), level: 'L1', unit: 't/a', zh: '化学需氧量许可年排放量', en: 'COD permitted a year' })
  codLimit!: string | null;

  @Column({ type: permitStatus, level: 'L1', required: true, find: true, zh: '状态', en: 'Status' })
  status!: string;

  @Column({ type: date, level: 'L1', zh: '注销或撤销日期', en: 'Date of cancelling or revoking' })
  endedOn!: string | null;
}
