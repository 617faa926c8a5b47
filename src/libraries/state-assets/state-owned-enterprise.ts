/** The roster of state-owned enterprises and what they hold a majority of. Supplied by the state assets commission. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Identifier, SubjectKey } from '../../model/dataset.js';
import { enterpriseStatuses } from '../../model/code-lists/enterprise-statuses.js';
import { industries } from '../../model/code-lists/industries.js';
import { boolean, code, date, decimal, integer, oneOf, text } from '../../model/value-type.js';

const stateOwnership = oneOf({
  name: 'StateOwnership',
  zh: '企业国有产权类别',
  en: 'How far the state owns an enterprise',
  values: {
    SOLE: { zh: '国有独资', en: 'The state alone, by one body' },
    WHOLE: { zh: '国有全资', en: 'The state alone, by state-owned enterprises' },
    CONTROLLED: { zh: '国有控股', en: 'The state holds more than half' },
    ACTUAL_CONTROL: { zh: '国有实际控制', en: 'The state controls it without the majority' },
  },
});

const stateEnterpriseFunction = oneOf({
  name: 'StateEnterpriseFunction',
  zh: '国有企业功能分类',
  en: 'Function of a state-owned enterprise, by which it is supervised and judged',
  values: {
    COMMERCIAL_COMPETITIVE: { zh: '商业一类（充分竞争）', en: 'Commercial, in full competition' },
    COMMERCIAL_STRATEGIC: {
      zh: '商业二类（重要行业、关键领域、重大专项）',
      en: 'Commercial, in important trades or for special tasks',
    },
    PUBLIC_WELFARE: { zh: '公益类', en: 'For public welfare' },
  },
});

@Dataset({
  library: 'state-assets',
  table: 'state_owned_enterprise',
  list: 'stateOwnedEnterprises',
  zh: '国有企业名录',
  en: 'StateOwnedEnterprise: an enterprise on the roster of state-owned ones',
  provider: '150600-state-assets',
  resource: '3/06/11/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['legalPerson'],
})
export class StateOwnedEnterprise extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    unique: true,
    required: true,
    level: 'L1',
    zh: '企业画像',
    en: 'Portrait of the enterprise',
    division: { level: 'L1', zh: '登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @SubjectKey({
    kind: 'legal-person',
    level: 'L1',
    zh: '上级企业画像',
    en: 'Portrait of the enterprise directly above',
  })
  parent!: string | null;

  @SubjectKey({
    kind: 'legal-person',
    level: 'L1',
    zh: '一级企业（集团）画像',
    en: 'Portrait of the head of its group',
  })
  group!: string | null;

  @Identifier({
    kind: 'unified-social-credit-code',
    level: 'L1',
    zh: '统一社会信用代码',
    en: 'Unified social credit code (GB 32100)',
  })
  creditCode!: string;

  @Column({ type: text(200), level: 'L1', required: true, find: true, zh: '企业名称', en: 'Name' })
  name!: string;

  @Column({
    type: integer,
    level: 'L1',
    find: true,
    required: true,
    unit: '级 (level)',
    zh: '管理级次',
    en: 'Level below the supervising body, 1 for the head of a group',
  })
  managementLevel!: number;

  @Column({
    type: stateOwnership,
    level: 'L1',
    find: true,
    required: true,
    zh: '国有产权类别',
    en: 'How far the state owns it',
  })
  ownership!: string;

  @Column({
    type: decimal(7, 4),
    level: 'L1',
    find: true,
    required: true,
    unit: '% (per cent)',
    zh: '国有权益比例',
    en: "The state's part, through all levels",
  })
  statePercent!: string;

  @Column({ type: stateEnterpriseFunction, level: 'L1', find: true, zh: '功能分类', en: 'Function' })
  functionClass!: string | null;

  @Column({ type: code(industries), level: 'L1', find: true, zh: '主业行业代码', en: 'Industry of its main business' })
  mainIndustry!: string | null;

  @Column({ type: text(300), level: 'L1', zh: '主业', en: 'Main business in words' })
  mainBusiness!: string | null;

  @Column({
    type: text(100),
    level: 'L1',
    required: true,
    zh: '履行出资人职责机构',
    en: "Body that acts as the state's investor",
  })
  supervisor!: string;

  @Column({ type: date, level: 'L1', zh: '纳入监管日期', en: 'Supervised since' })
  supervisedSince!: string | null;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    zh: '是否纳入合并报表',
    en: "Whether in the group's consolidated accounts",
  })
  isConsolidated!: boolean;

  @Column({ type: boolean, level: 'L1', required: true, zh: '是否上市公司', en: 'Whether listed on an exchange' })
  isListed!: boolean;

  @Column({ type: text(60), level: 'L2', zh: '产权登记编号', en: 'Number in the register of state property' })
  propertyNumber!: string | null;

  @Column({ type: integer, level: 'L2', unit: '人 (persons)', zh: '在岗职工人数', en: 'Staff' })
  staffCount!: number | null;

  @Column({ type: code(enterpriseStatuses), level: 'L1', find: true, zh: '经营状态代码', en: 'Status' })
  status!: string | null;

  @Column({ type: date, level: 'L1', zh: '退出名录日期', en: 'Left the roster on' })
  leftOn!: string | null;
}
