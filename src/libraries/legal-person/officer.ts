/** Principal officers of an enterprise. The register publishes their names; that a *person* holds an office elsewhere is more than it publishes. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { boolean, date, oneOf, telephone, text } from '../../model/value-type.js';

const officerPosition = oneOf({
  name: 'OfficerPosition',
  zh: '职务',
  en: 'Position of an officer',
  values: {
    CHAIRMAN: { zh: '董事长', en: 'Chairman of the board' },
    EXECUTIVE_DIRECTOR: { zh: '执行董事', en: 'Executive director' },
    DIRECTOR: { zh: '董事', en: 'Director' },
    GENERAL_MANAGER: { zh: '总经理', en: 'General manager' },
    SUPERVISOR: { zh: '监事', en: 'Supervisor' },
    FINANCE_OFFICER: { zh: '财务负责人', en: 'Head of finance' },
    PARTNER: { zh: '合伙人', en: 'Partner' },
    OPERATOR: { zh: '经营者', en: 'Operator of an individually-owned business' },
    PERSON_IN_CHARGE: { zh: '负责人', en: 'Person in charge of a branch or organisation' },
  },
});

@Dataset({
  library: 'legal-person',
  table: 'officer',
  list: 'officers',
  zh: '主要人员',
  en: 'Officer: a principal officer of a legal person',
  provider: '150600-market-regulation',
  resource: '3/06/02/001/000002',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['legalPerson', 'officerNumber'],
})
export class Officer extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '任职单位画像',
    en: 'Portrait of the legal person',
    division: { level: 'L1', zh: '任职单位登记地行政区划代码', en: 'Division of registration of the legal person' },
  })
  legalPerson!: string;

  @SubjectKey({ kind: 'person', level: 'L2', sharing: 'conditional', zh: '人员画像', en: 'Portrait of the person' })
  person!: string | null;

  @Column({ type: text(20), level: 'L2', required: true, zh: '人员序号', en: 'Number of the officer in the register' })
  officerNumber!: string;

  @Column({
    type: text(100),
    level: 'L1',
    mask: masks.firstCharacter,
    required: true,
    zh: '姓名',
    en: 'Name as registered',
  })
  name!: string;

  @Column({ type: officerPosition, level: 'L1', find: true, zh: '职务', en: 'Position' })
  position!: string | null;

  @Column({
    type: boolean,
    level: 'L1',
    find: true,
    required: true,
    zh: '是否法定代表人',
    en: 'Whether the legal representative',
  })
  isLegalRepresentative!: boolean;

  @Column({ type: date, level: 'L1', find: true, zh: '任职日期', en: 'Date of appointment' })
  appointedOn!: string | null;

  @Column({ type: date, level: 'L1', zh: '离任日期', en: 'Date of leaving; null while in office' })
  leftOn!: string | null;

  @Column({ type: text(60), level: 'L2', zh: '产生方式', en: 'How appointed' })
  appointedBy!: string | null;

  @Column({
    type: telephone,
    level: 'L3',
    sharing: 'conditional',
    mask: masks.telephoneEnds,
    zh: '联系电话',
    en: 'Telephone',
  })
  telephone!: string | null;
}
