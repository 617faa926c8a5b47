/** Registration of an enterprise: what the register publishes, and what it keeps. Supplied by market regulation. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Identifier, SubjectKey } from '../../model/dataset.js';
import { enterpriseStatuses } from '../../model/code-lists/enterprise-statuses.js';
import { enterpriseTypes } from '../../model/code-lists/enterprise-types.js';
import { industries } from '../../model/code-lists/industries.js';
import { legalPersonKinds } from '../../model/code-lists/legal-person-kinds.js';
import { towns } from '../../model/code-lists/towns.js';
import { masks } from '../../model/mask.js';
import { code, date, integer, money, telephone, text } from '../../model/value-type.js';

@Dataset({
  library: 'legal-person',
  table: 'enterprise',
  list: 'enterpriseRegistrations',
  zh: '企业登记',
  en: 'Enterprise: registration of an enterprise, branch or individually-owned business',
  provider: '150600-market-regulation',
  resource: '3/06/02/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['legalPerson'],
})
export class Enterprise extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    unique: true,
    required: true,
    level: 'L1',
    zh: '法人画像',
    en: 'Portrait of the legal person',
    division: { level: 'L1', zh: '登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Identifier({
    kind: 'unified-social-credit-code',
    level: 'L1',
    zh: '统一社会信用代码',
    en: 'Unified social credit code (GB 32100)',
  })
  creditCode!: string;

  @Column({ type: text(200), level: 'L1', required: true, find: true, zh: '名称', en: 'Registered name' })
  name!: string;

  @Column({
    type: code(legalPersonKinds),
    level: 'L1',
    find: true,
    zh: '机构类别代码',
    en: 'Kind of legal person, by authority and category',
  })
  kind!: string | null;

  @Column({ type: code(enterpriseTypes), level: 'L1', find: true, zh: '企业类型代码', en: 'Economic type' })
  enterpriseType!: string | null;

  @Column({ type: code(industries), level: 'L1', find: true, zh: '行业代码', en: 'Industry' })
  industry!: string | null;

  @Column({
    type: money,
    level: 'L1',
    find: true,
    unit: '元 (unit of the currency)',
    zh: '注册资本',
    en: 'Registered capital',
  })
  registeredCapital!: string | null;

  @Column({
    type: text(3),
    level: 'L1',
    standard: 'ISO 4217',
    zh: '注册资本币种',
    en: 'Currency of the registered capital',
  })
  capitalCurrency!: string | null;

  @Column({
    type: money,
    level: 'L2',
    mask: masks.amountBand,
    unit: '元 (unit of the currency)',
    zh: '实缴资本',
    en: 'Paid-in capital',
  })
  paidInCapital!: string | null;

  @Column({ type: date, level: 'L1', find: true, zh: '成立日期', en: 'Date of establishment' })
  establishedOn!: string | null;

  @Column({ type: date, level: 'L1', zh: '核准日期', en: 'Date of the last approval' })
  approvedOn!: string | null;

  @Column({ type: date, level: 'L1', zh: '营业期限止', en: 'End of the business term; null where unlimited' })
  termEndsOn!: string | null;

  @Column({ type: code(enterpriseStatuses), level: 'L1', find: true, zh: '登记状态代码', en: 'Status in the register' })
  status!: string | null;

  @Column({ type: date, level: 'L1', zh: '注销或吊销日期', en: 'Date of deregistration or revocation' })
  closedOn!: string | null;

  @Column({ type: code(towns), level: 'L1', find: true, zh: '登记地街道（乡镇）代码', en: 'Town of registration' })
  town!: string | null;

  @Column({ type: text(300), level: 'L1', zh: '住所', en: 'Registered address' })
  address!: string | null;

  @Column({ type: text(4000), level: 'L1', zh: '经营范围', en: 'Business scope' })
  businessScope!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '登记机关', en: 'Registration authority' })
  registrationAuthority!: string | null;

  @Column({
    type: text(6),
    level: 'L1',
    standard: 'GB/T 2260; own codes of development zones',
    zh: '登记管理机关行政区划码',
    en: 'Region code of the registration authority, as it stands in the credit code',
  })
  registrationRegion!: string | null;

  @Column({ type: integer, level: 'L2', unit: '人 (persons)', zh: '从业人数', en: 'Number of staff as reported' })
  staffCount!: number | null;

  @Column({
    type: telephone,
    level: 'L3',
    sharing: 'conditional',
    mask: masks.telephoneEnds,
    zh: '联系电话',
    en: 'Telephone',
  })
  telephone!: string | null;

  @Column({ type: text(100), level: 'L2', sharing: 'conditional', zh: '电子邮箱', en: 'E-mail address' })
  email!: string | null;
}
