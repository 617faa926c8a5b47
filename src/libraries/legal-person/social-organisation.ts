/** Registration of an association, private non-enterprise unit or foundation. Supplied by civil affairs. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Identifier, SubjectKey } from '../../model/dataset.js';
import { enterpriseStatuses } from '../../model/code-lists/enterprise-statuses.js';
import { industries } from '../../model/code-lists/industries.js';
import { legalPersonKinds } from '../../model/code-lists/legal-person-kinds.js';
import { socialOrganisationGrades } from '../../model/code-lists/social-organisation-grades.js';
import { towns } from '../../model/code-lists/towns.js';
import { masks } from '../../model/mask.js';
import { boolean, code, date, integer, money, telephone, text } from '../../model/value-type.js';

@Dataset({
  library: 'legal-person',
  table: 'social_organisation',
  list: 'socialOrganisations',
  zh: '社会组织登记',
  en: 'SocialOrganisation: registration of an association, private non-enterprise unit or foundation',
  provider: '150600-civil-affairs',
  resource: '3/06/02/001/000004',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['legalPerson'],
})
export class SocialOrganisation extends LibraryRow {
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

  @Column({ type: code(legalPersonKinds), level: 'L1', find: true, zh: '社会组织类别代码', en: 'Kind of organisation' })
  kind!: string | null;

  @Column({ type: code(industries), level: 'L1', find: true, zh: '行业代码', en: 'Industry' })
  industry!: string | null;

  @Column({ type: text(100), level: 'L1', mask: masks.firstCharacter, zh: '法定代表人', en: 'Legal representative' })
  legalRepresentative!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '业务主管单位', en: 'Supervising department' })
  supervisor!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '登记管理机关', en: 'Registration authority' })
  registrationAuthority!: string | null;

  @Column({ type: money, level: 'L1', unit: '元 (CNY)', zh: '注册资金', en: 'Registered funds' })
  registeredFunds!: string | null;

  @Column({ type: text(2000), level: 'L1', zh: '业务范围', en: 'Scope of activity' })
  activityScope!: string | null;

  @Column({ type: text(100), level: 'L1', zh: '活动地域', en: 'Area of activity' })
  activityArea!: string | null;

  @Column({ type: date, level: 'L1', find: true, zh: '成立登记日期', en: 'Date of registration' })
  establishedOn!: string | null;

  @Column({ type: date, level: 'L1', zh: '登记证书有效期起', en: 'Certificate valid from' })
  certificateValidFrom!: string | null;

  @Column({ type: date, level: 'L1', find: true, zh: '登记证书有效期止', en: 'Certificate valid until' })
  certificateValidUntil!: string | null;

  @Column({ type: code(enterpriseStatuses), level: 'L1', find: true, zh: '登记状态代码', en: 'Status in the register' })
  status!: string | null;

  @Column({ type: date, level: 'L1', zh: '注销或撤销日期', en: 'Date of deregistration or revocation' })
  closedOn!: string | null;

  @Column({
    type: code(socialOrganisationGrades),
    level: 'L1',
    find: true,
    zh: '评估等级',
    en: 'Grade of the last assessment',
  })
  assessmentGrade!: string | null;

  @Column({ type: date, level: 'L1', zh: '评估等级有效期止', en: 'Grade valid until' })
  assessmentValidUntil!: string | null;

  @Column({ type: boolean, level: 'L1', zh: '是否慈善组织', en: 'Whether a charity' })
  isCharity!: boolean | null;

  @Column({ type: boolean, level: 'L1', zh: '是否具有公开募捐资格', en: 'Whether it may raise funds from the public' })
  mayRaiseFunds!: boolean | null;

  @Column({ type: integer, level: 'L2', unit: '个 (members)', zh: '会员数', en: 'Members of an association' })
  memberCount!: number | null;

  @Column({ type: integer, level: 'L2', unit: '人 (persons)', zh: '专职工作人员数', en: 'Full-time staff' })
  staffCount!: number | null;

  @Column({ type: code(towns), level: 'L1', find: true, zh: '住所街道（乡镇）代码', en: 'Town of the address' })
  town!: string | null;

  @Column({ type: text(300), level: 'L1', zh: '住所', en: 'Registered address' })
  address!: string | null;

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
