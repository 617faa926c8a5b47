/** Who is whose child, a row for each parent. The two keys tell the sides apart, so one row serves both. Supplied by public security. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { boolean, date, integer, oneOf, text } from '../../model/value-type.js';

const parentRole = oneOf({
  name: 'ParentRole',
  zh: '父母角色',
  en: 'Which parent',
  values: { FATHER: { zh: '父亲', en: 'Father' }, MOTHER: { zh: '母亲', en: 'Mother' } },
});

const parentageKind = oneOf({
  name: 'ParentageKind',
  zh: '亲子关系类型',
  en: 'Kind of parentage',
  values: {
    BIRTH: { zh: '亲生', en: 'By birth' },
    ADOPTION: { zh: '收养', en: 'By adoption' },
    STEP: { zh: '继亲', en: 'Step-parent' },
  },
});

const evidence = oneOf({
  name: 'ParentageEvidence',
  zh: '亲子关系证明材料',
  en: 'What a parentage was registered by',
  values: {
    BIRTH_CERTIFICATE: { zh: '出生医学证明', en: 'Medical certificate of birth' },
    HOUSEHOLD_REGISTER: { zh: '户口登记簿', en: 'Household register' },
    ADOPTION_CERTIFICATE: { zh: '收养登记证', en: 'Certificate of adoption' },
    KINSHIP_REPORT: { zh: '亲子鉴定意见书', en: 'Report of a kinship test' },
  },
});

@Dataset({
  library: 'population',
  table: 'parent_child',
  list: 'parentChildRelations',
  zh: '亲子关系',
  en: 'ParentChild: a child and one of its parents',
  provider: '150600-public-security',
  resource: '3/06/01/001/000007',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['child', 'parent'],
})
export class ParentChild extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '子女画像',
    en: 'Portrait of the child',
    division: { level: 'L3', zh: '子女居住地行政区划代码', en: "Division of the child's residence" },
  })
  child!: string;

  @SubjectKey({ kind: 'person', required: true, level: 'L3', zh: '父母画像', en: 'Portrait of the parent' })
  parent!: string;

  @Column({ type: parentRole, level: 'L3', required: true, find: true, zh: '父母角色', en: 'Father or mother' })
  role!: string;

  @Column({ type: parentageKind, level: 'L4', required: true, zh: '亲子关系类型', en: 'Kind of parentage' })
  kind!: string;

  @Column({
    type: integer,
    level: 'L3',
    unit: '次序 (ordinal, 1 is the first)',
    zh: '子女排行',
    en: "Order of birth among the parent's children",
  })
  birthOrder!: number | null;

  @Column({ type: boolean, level: 'L3', zh: '是否独生子女', en: 'Whether an only child' })
  isOnlyChild!: boolean | null;

  @Column({ type: boolean, level: 'L3', zh: '是否监护人', en: 'Whether guardian of a minor; null for a grown child' })
  isGuardian!: boolean | null;

  @Column({ type: boolean, level: 'L3', zh: '是否同户', en: 'Whether both belong to one household' })
  isSameHousehold!: boolean | null;

  @Column({ type: evidence, level: 'L4', zh: '证明材料', en: 'What it was registered by' })
  evidence!: string | null;

  @Column({ type: text(12), level: 'L4', zh: '出生医学证明编号', en: 'Number of the medical certificate of birth' })
  birthCertificateNumber!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, find: true, zh: '登记日期', en: 'Date of registration' })
  registeredOn!: string | null;

  @Column({ type: text(100), level: 'L3', zh: '登记机关', en: 'Police station that registered it' })
  policeStation!: string | null;
}
