/**
 * Marriages and divorces as registered. One row for each side, so that either finds it under `person`; a spouse who is unknown to the
 * pool is there by name alone. That the row exists is as sensitive as the rest. Supplied by civil affairs.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { maritalStatuses } from '../../model/code-lists/marital-statuses.js';
import { masks } from '../../model/mask.js';
import { code, date, oneOf, reference, text } from '../../model/value-type.js';

const businessType = oneOf({
  name: 'MarriageBusiness',
  zh: '婚姻登记业务类型',
  en: 'What a marriage registry registers',
  values: {
    MARRIAGE: { zh: '结婚登记', en: 'Marriage' },
    DIVORCE: { zh: '离婚登记', en: 'Divorce by agreement' },
    MARRIAGE_REISSUED: { zh: '补领结婚登记证', en: 'Marriage certificate issued again' },
    DIVORCE_REISSUED: { zh: '补领离婚登记证', en: 'Divorce certificate issued again' },
    ANNULMENT: { zh: '撤销婚姻登记', en: 'Annulment' },
  },
});

const side = oneOf({
  name: 'MarriageSide',
  zh: '登记方',
  en: 'Side of a marriage',
  values: { HUSBAND: { zh: '男方', en: 'Husband' }, WIFE: { zh: '女方', en: 'Wife' } },
});

@Dataset({
  library: 'population',
  table: 'marriage_registration',
  list: 'marriageRegistrations',
  zh: '婚姻登记',
  en: 'MarriageRegistration: a marriage or divorce, for one of its sides',
  provider: '150600-civil-affairs',
  resource: '3/06/01/001/000004',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['certificateNumber', 'person'],
})
export class MarriageRegistration extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '本人画像',
    en: 'Portrait of the person',
    division: { level: 'L3', zh: '本人居住地行政区划代码', en: "Division of the person's residence" },
  })
  person!: string;

  @SubjectKey({ kind: 'person', level: 'L3', zh: '配偶画像', en: 'Portrait of the spouse' })
  spouse!: string | null;

  @Column({
    type: reference(30),
    level: 'L3',
    required: true,
    find: true,
    zh: '婚姻登记证字号',
    en: 'Number of the certificate',
  })
  certificateNumber!: string;

  @Column({ type: businessType, level: 'L3', required: true, find: true, zh: '业务类型', en: 'What was registered' })
  businessType!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    required: true,
    find: true,
    zh: '登记日期',
    en: 'Date of registration',
  })
  registeredOn!: string;

  @Column({ type: side, level: 'L3', zh: '登记方', en: 'Side of the person' })
  side!: string | null;

  @Column({ type: code(maritalStatuses), level: 'L3', zh: '登记前婚姻状况代码', en: 'Marital status before' })
  statusBefore!: string | null;

  @Column({ type: code(maritalStatuses), level: 'L3', zh: '登记后婚姻状况代码', en: 'Marital status after' })
  statusAfter!: string | null;

  @Column({ type: text(100), level: 'L3', mask: masks.firstCharacter, zh: '配偶姓名', en: 'Name of the spouse' })
  spouseName!: string | null;

  @Column({ type: text(3), level: 'L3', standard: 'GB/T 2659', zh: '配偶国籍代码', en: 'Nationality of the spouse' })
  spouseNationality!: string | null;

  @Column({ type: text(100), level: 'L3', zh: '登记机关', en: 'Registration authority' })
  registrationAuthority!: string | null;

  @Column({
    type: text(6),
    level: 'L3',
    standard: 'GB/T 2260',
    zh: '登记机关行政区划代码',
    en: 'Region of the authority',
  })
  authorityRegion!: string | null;
}
