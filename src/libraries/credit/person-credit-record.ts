/** Credit records of persons. That there is one at all is sensitive; nothing of it is open. Supplied by development and reform. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, money, reference, text } from '../../model/value-type.js';
import { creditCategory, creditGravity, creditNature, creditRepair } from './credit-terms.js';

@Dataset({
  library: 'credit',
  table: 'person_credit_record',
  list: 'personCreditRecords',
  zh: '自然人信用记录',
  en: 'PersonCreditRecord: a credit record of a person',
  provider: '150600-development-reform',
  resource: '3/06/09/001/000002',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['recordNumber'],
  publishedUntil: 'publishedUntil',
})
export class PersonCreditRecord extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '信用主体画像',
    en: 'Portrait of the person',
    division: { level: 'L3', zh: '信用主体居住地行政区划代码', en: 'Division of residence' },
  })
  person!: string;

  @Column({ type: text(40), level: 'L3', required: true, zh: '信用记录编号', en: 'Number of the record' })
  recordNumber!: string;

  @Column({
    type: creditCategory,
    level: 'L3',
    find: true,
    required: true,
    standard: '全国公共信用信息基础目录',
    zh: '信息类别',
    en: 'Category',
  })
  category!: string;

  @Column({
    type: creditNature,
    level: 'L3',
    find: true,
    required: true,
    zh: '信息性质',
    en: 'For the person or against',
  })
  nature!: string;

  @Column({ type: text(200), level: 'L3', required: true, zh: '信息事项', en: 'Matter' })
  title!: string;

  @Column({ type: text(1000), level: 'L4', zh: '信息内容', en: 'Content' })
  content!: string | null;

  @Column({
    type: creditGravity,
    level: 'L3',
    find: true,
    zh: '失信程度',
    en: 'Gravity, where it is against the person',
  })
  gravity!: string | null;

  @Column({ type: text(100), level: 'L3', required: true, zh: '信息来源单位', en: 'Where the record comes from' })
  source!: string;

  @Column({ type: reference(100), level: 'L3', find: true, zh: '依据文书号', en: 'Number of the decision or document' })
  documentNumber!: string | null;

  @Column({ type: money, level: 'L4', mask: masks.amountBand, unit: '元 (CNY)', zh: '涉及金额', en: 'Amount involved' })
  amount!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['publishedOn']],
    find: true,
    required: true,
    zh: '发生（认定）日期',
    en: 'Date on which it occurred or was found',
  })
  occurredOn!: string;

  @Column({ type: creditRepair, level: 'L3', zh: '信用修复状态', en: 'State of repair' })
  repair!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '信用修复日期', en: 'Repaired on' })
  repairedOn!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['occurredOn']],
    required: true,
    zh: '披露日期',
    en: 'Disclosed since',
  })
  publishedOn!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    find: true,
    required: true,
    zh: '披露截止期',
    en: 'Disclosed until',
  })
  publishedUntil!: string;
}
