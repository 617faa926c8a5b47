/** Entries of persons on red and black lists. That a person is on one is sensitive. Supplied by development and reform. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, label, reference, text } from '../../model/value-type.js';
import { creditListKind } from './credit-terms.js';

@Dataset({
  library: 'credit',
  table: 'person_list_entry',
  list: 'personListEntries',
  zh: '自然人红黑名单',
  en: 'PersonListEntry: a person on a red or a black list',
  provider: '150600-development-reform',
  resource: '3/06/09/001/000004',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['entryNumber'],
  publishedUntil: 'publishedUntil',
})
export class PersonListEntry extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '名单主体画像',
    en: 'Portrait of the person',
    division: { level: 'L3', zh: '名单主体居住地行政区划代码', en: 'Division of residence' },
  })
  person!: string;

  @Column({ type: text(40), level: 'L3', required: true, zh: '名单条目编号', en: 'Number of the entry' })
  entryNumber!: string;

  @Column({ type: creditListKind, level: 'L3', find: true, required: true, zh: '名单类型', en: 'Red or black' })
  kind!: string;

  @Column({ type: label(100), level: 'L3', find: true, required: true, zh: '名单名称', en: 'Name of the list' })
  listName!: string;

  @Column({ type: text(500), level: 'L4', required: true, zh: '列入事由', en: 'Why the person is on the list' })
  reason!: string;

  @Column({ type: text(300), level: 'L3', zh: '列入依据', en: 'Rule by which the person is on the list' })
  legalBasis!: string | null;

  @Column({
    type: reference(100),
    level: 'L3',
    find: true,
    zh: '认定文书号',
    en: 'Number of the decision to list the person',
  })
  decisionNumber!: string | null;

  @Column({ type: text(100), level: 'L3', required: true, zh: '认定单位', en: 'Who decided to list the person' })
  decidedBy!: string;

  @Column({ type: text(500), level: 'L3', zh: '激励或惩戒措施', en: 'What follows from it' })
  measures!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, find: true, required: true, zh: '列入日期', en: 'Listed on' })
  listedOn!: string;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '移出日期', en: 'Removed on' })
  removedOn!: string | null;

  @Column({ type: text(200), level: 'L3', zh: '移出原因', en: 'Why the person was removed' })
  removalReason!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, required: true, zh: '公示日期', en: 'Published since' })
  publishedOn!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    find: true,
    required: true,
    zh: '公示截止期',
    en: 'Published until',
  })
  publishedUntil!: string;
}
