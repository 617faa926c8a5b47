/** Credit records of legal persons, for as long as they are published. Supplied by development and reform, which gathers them. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, label, money, reference, text } from '../../model/value-type.js';
import { creditCategory, creditGravity, creditNature, creditRepair } from './credit-terms.js';

@Dataset({
  library: 'credit',
  table: 'enterprise_credit_record',
  list: 'enterpriseCreditRecords',
  zh: '法人信用记录',
  en: 'EnterpriseCreditRecord: a credit record of a legal person',
  provider: '150600-development-reform',
  resource: '3/06/09/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['recordNumber'],
  publishedUntil: 'publishedUntil',
})
export class EnterpriseCreditRecord extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '信用主体画像',
    en: 'Portrait of the legal person',
    division: { level: 'L1', zh: '信用主体登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Column({
    type: reference(40),
    level: 'L1',
    required: true,
    find: true,
    zh: '信用记录编号',
    en: 'Number of the record',
  })
  recordNumber!: string;

  @Column({
    type: creditCategory,
    level: 'L1',
    find: true,
    required: true,
    standard: '全国公共信用信息基础目录',
    zh: '信息类别',
    en: 'Category',
  })
  category!: string;

  @Column({ type: creditNature, level: 'L1', find: true, required: true, zh: '信息性质', en: 'For it or against it' })
  nature!: string;

  @Column({ type: text(200), level: 'L1', required: true, find: true, zh: '信息事项', en: 'Matter' })
  title!: string;

  @Column({ type: text(1000), level: 'L1', zh: '信息内容', en: 'Content' })
  content!: string | null;

  @Column({ type: creditGravity, level: 'L1', find: true, zh: '失信程度', en: 'Gravity, where it is against it' })
  gravity!: string | null;

  @Column({
    type: label(100),
    level: 'L1',
    required: true,
    find: true,
    zh: '信息来源单位',
    en: 'Where the record comes from',
  })
  source!: string;

  @Column({ type: reference(100), level: 'L1', find: true, zh: '依据文书号', en: 'Number of the decision or document' })
  documentNumber!: string | null;

  @Column({
    type: money,
    level: 'L2',
    sharing: 'conditional',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '涉及金额',
    en: 'Amount involved',
  })
  amount!: string | null;

  @Column({
    type: date,
    level: 'L1',
    find: true,
    required: true,
    zh: '发生（认定）日期',
    en: 'Date on which it occurred or was found',
  })
  occurredOn!: string;

  @Column({ type: creditRepair, level: 'L1', zh: '信用修复状态', en: 'State of repair' })
  repair!: string | null;

  @Column({ type: date, level: 'L1', zh: '信用修复日期', en: 'Repaired on' })
  repairedOn!: string | null;

  @Column({ type: date, level: 'L1', required: true, zh: '公示日期', en: 'Published since' })
  publishedOn!: string;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '公示截止期', en: 'Published until' })
  publishedUntil!: string;
}
