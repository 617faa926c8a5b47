/** Entries of legal persons on red and black lists, for as long as they are published. Supplied by development and reform. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { date, label, reference, text } from '../../model/value-type.js';
import { creditListKind } from './credit-terms.js';

@Dataset({
  library: 'credit',
  table: 'enterprise_list_entry',
  list: 'enterpriseListEntries',
  zh: '法人红黑名单',
  en: 'EnterpriseListEntry: a legal person on a red or a black list',
  provider: '150600-development-reform',
  resource: '3/06/09/001/000003',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['entryNumber'],
  publishedUntil: 'publishedUntil',
})
export class EnterpriseListEntry extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '名单主体画像',
    en: 'Portrait of the legal person',
    division: { level: 'L1', zh: '名单主体登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Column({
    type: reference(40),
    level: 'L1',
    required: true,
    find: true,
    zh: '名单条目编号',
    en: 'Number of the entry',
  })
  entryNumber!: string;

  @Column({ type: creditListKind, level: 'L1', find: true, required: true, zh: '名单类型', en: 'Red or black' })
  kind!: string;

  @Column({ type: label(100), level: 'L1', find: true, required: true, zh: '名单名称', en: 'Name of the list' })
  listName!: string;

  @Column({ type: text(500), level: 'L1', required: true, zh: '列入事由', en: 'Why it is on the list' })
  reason!: string;

  @Column({ type: text(300), level: 'L1', zh: '列入依据', en: 'Rule by which it is on the list' })
  legalBasis!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '认定文书号', en: 'Number of the decision to list it' })
  decisionNumber!: string | null;

  @Column({ type: label(100), level: 'L1', find: true, required: true, zh: '认定单位', en: 'Who decided to list it' })
  decidedBy!: string;

  @Column({
    type: text(100),
    level: 'L1',
    zh: '关联行政处罚决定书文号',
    en: 'Number of the penalty decision behind it',
  })
  penaltyDecision!: string | null;

  @Column({ type: text(500), level: 'L1', zh: '激励或惩戒措施', en: 'What follows from it' })
  measures!: string | null;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '列入日期', en: 'Listed on' })
  listedOn!: string;

  @Column({ type: date, level: 'L1', zh: '移出日期', en: 'Removed on' })
  removedOn!: string | null;

  @Column({ type: text(200), level: 'L1', zh: '移出原因', en: 'Why it was removed' })
  removalReason!: string | null;

  @Column({ type: date, level: 'L1', required: true, zh: '公示日期', en: 'Published since' })
  publishedOn!: string;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '公示截止期', en: 'Published until' })
  publishedUntil!: string;
}
