/** Service items 事项 and how to apply for each: published, and city-wide, so that they lie in no division. Supplied by government services. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset } from '../../model/dataset.js';
import { serviceItemTypes } from '../../model/code-lists/service-item-types.js';
import { boolean, code, date, integer, label, oneOf, reference, telephone, text } from '../../model/value-type.js';

const applicantKind = oneOf({
  name: 'ServiceApplicant',
  zh: '服务对象',
  en: 'Whom a service is for',
  values: {
    PERSON: { zh: '自然人', en: 'Natural persons' },
    LEGAL_PERSON: { zh: '法人和其他组织', en: 'Legal persons and other organisations' },
    BOTH: { zh: '自然人、法人和其他组织', en: 'Either' },
  },
});

const handling = oneOf({
  name: 'ServiceHandling',
  zh: '办件类型',
  en: 'How a service is handled',
  values: {
    IMMEDIATE: { zh: '即办件', en: 'At once' },
    PROMISED: { zh: '承诺件', en: 'Within a promised time' },
  },
});

const onlineDepth = oneOf({
  name: 'OnlineDepth',
  zh: '网上办理深度',
  en: 'How far a service can be had online',
  values: {
    CONSULT: { zh: '互联网咨询', en: 'Advice' },
    PRE_REVIEW: { zh: '原件预审', en: 'Review of documents beforehand' },
    ACCEPT: { zh: '互联网受理', en: 'Acceptance' },
    FULL: { zh: '全程网办', en: 'The whole of it' },
  },
});

const status = oneOf({
  name: 'ServiceItemStatus',
  zh: '事项状态',
  en: 'Status of a service item',
  values: {
    IN_USE: { zh: '在用', en: 'In use' },
    SUSPENDED: { zh: '暂停', en: 'Suspended' },
    CANCELLED: { zh: '取消', en: 'Cancelled' },
  },
});

@Dataset({
  library: 'government-services',
  table: 'service_item',
  list: 'serviceItems',
  zh: '政务服务事项',
  en: 'ServiceItem: a service that the government gives on application',
  provider: '150600-government-services',
  resource: '3/06/06/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['itemCode'],
})
export class ServiceItem extends LibraryRow {
  @Column({
    type: reference(31),
    level: 'L1',
    required: true,
    find: true,
    standard: 'GB/T 39554.1-2020',
    zh: '实施编码',
    en: 'Code of the item as implemented',
  })
  itemCode!: string;

  @Column({ type: text(200), level: 'L1', required: true, find: true, zh: '事项名称', en: 'Name of the item' })
  name!: string;

  @Column({
    type: code(serviceItemTypes),
    level: 'L1',
    required: true,
    find: true,
    zh: '事项类型代码',
    en: 'Type of item',
  })
  itemType!: string;

  @Column({ type: label(100), level: 'L1', required: true, find: true, zh: '实施主体', en: 'Department that gives it' })
  department!: string;

  @Column({ type: applicantKind, level: 'L1', required: true, find: true, zh: '服务对象', en: 'Whom it is for' })
  applicantKind!: string;

  @Column({ type: handling, level: 'L1', zh: '办件类型', en: 'How it is handled' })
  handling!: string | null;

  @Column({ type: integer, level: 'L1', unit: '工作日 (working days)', zh: '法定办结时限', en: 'Time allowed by law' })
  statutoryDays!: number | null;

  @Column({
    type: integer,
    level: 'L1',
    find: true,
    unit: '工作日 (working days)',
    zh: '承诺办结时限',
    en: 'Time promised',
  })
  promisedDays!: number | null;

  @Column({ type: integer, level: 'L1', unit: '次 (times)', zh: '到办事现场次数', en: 'Visits needed' })
  visitsNeeded!: number | null;

  @Column({ type: onlineDepth, level: 'L1', find: true, zh: '网上办理深度', en: 'How far it can be had online' })
  onlineDepth!: string | null;

  @Column({ type: boolean, level: 'L1', zh: '是否收费', en: 'Whether a fee is charged' })
  hasFee!: boolean | null;

  @Column({ type: text(1000), level: 'L1', zh: '设定依据', en: 'Legal basis' })
  legalBasis!: string | null;

  @Column({ type: text(2000), level: 'L1', zh: '申请材料', en: 'Documents to hand in' })
  materials!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '审批结果名称', en: 'Name of what is issued' })
  resultName!: string | null;

  @Column({ type: telephone, level: 'L1', zh: '咨询电话', en: 'Telephone for advice' })
  telephone!: string | null;

  @Column({ type: date, level: 'L1', find: true, zh: '生效日期', en: 'Date it came into effect' })
  effectiveOn!: string | null;

  @Column({ type: status, level: 'L1', required: true, find: true, zh: '事项状态', en: 'Status' })
  status!: string;
}
