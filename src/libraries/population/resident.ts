/** Household registration: who a person is and where he lives. Supplied by public security. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Identifier, SubjectKey } from '../../model/dataset.js';
import { educationLevels } from '../../model/code-lists/education-levels.js';
import { ethnicGroups } from '../../model/code-lists/ethnic-groups.js';
import { householdRelations } from '../../model/code-lists/household-relations.js';
import { maritalStatuses } from '../../model/code-lists/marital-statuses.js';
import { sexes } from '../../model/code-lists/sexes.js';
import { towns } from '../../model/code-lists/towns.js';
import { masks } from '../../model/mask.js';
import { code, date, oneOf, reference, telephone, text } from '../../model/value-type.js';

const householdType = oneOf({
  name: 'HouseholdType',
  zh: '户别',
  en: 'Kind of household',
  values: {
    FAMILY: { zh: '家庭户', en: 'Family household' },
    COLLECTIVE: { zh: '集体户', en: 'Collective household' },
  },
});

const residentStatus = oneOf({
  name: 'ResidentStatus',
  zh: '人员状态',
  en: 'Status of a registered resident',
  values: {
    NORMAL: { zh: '正常', en: 'Registered and living' },
    DECEASED: { zh: '死亡', en: 'Deceased' },
    MOVED_OUT: { zh: '迁出', en: 'Moved out of the city' },
    CANCELLED: { zh: '注销', en: 'Registration cancelled for another reason' },
  },
});

@Dataset({
  library: 'population',
  table: 'resident',
  list: 'residents',
  zh: '户籍人口',
  en: 'Resident: household registration of a person',
  provider: '150600-public-security',
  resource: '3/06/01/001/000001',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['person'],
})
export class Resident extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    unique: true,
    required: true,
    level: 'L2',
    zh: '本人画像',
    en: 'Portrait of the person',
    division: { level: 'L2', zh: '居住地行政区划代码', en: 'Division of residence' },
  })
  person!: string;

  @Identifier({
    kind: 'resident-id-number',
    level: 'L4',
    mask: masks.regionOfIdNumber,
    zh: '公民身份号码',
    en: 'Resident ID number (GB 11643)',
  })
  idNumber!: string;

  @Column({
    type: text(100),
    level: 'L2',
    mask: masks.firstCharacter,
    required: true,
    find: true,
    zh: '姓名',
    en: 'Name',
  })
  name!: string;

  @Column({ type: text(100), level: 'L3', mask: masks.firstCharacter, zh: '曾用名', en: 'Former name' })
  formerName!: string | null;

  @Column({ type: code(sexes), level: 'L2', find: true, zh: '性别代码', en: 'Sex' })
  sex!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, find: true, zh: '出生日期', en: 'Date of birth' })
  birthDate!: string | null;

  @Column({ type: code(ethnicGroups), level: 'L3', zh: '民族代码', en: 'Ethnic group' })
  ethnicGroup!: string | null;

  @Column({ type: text(100), level: 'L3', zh: '出生地', en: 'Place of birth' })
  birthplace!: string | null;

  @Column({ type: text(100), level: 'L3', zh: '籍贯', en: 'Native place of the family' })
  nativePlace!: string | null;

  @Column({ type: code(maritalStatuses), level: 'L3', zh: '婚姻状况代码', en: 'Marital status' })
  maritalStatus!: string | null;

  @Column({ type: code(educationLevels), level: 'L2', zh: '学历代码', en: 'Highest education level' })
  educationLevel!: string | null;

  @Column({ type: text(60), level: 'L2', zh: '职业', en: 'Occupation as registered' })
  occupation!: string | null;

  @Column({ type: reference(30), level: 'L3', find: true, zh: '户号', en: 'Number of the household' })
  householdNumber!: string | null;

  @Column({ type: householdType, level: 'L2', zh: '户别', en: 'Kind of household' })
  householdType!: string | null;

  @Column({
    type: code(householdRelations),
    level: 'L3',
    zh: '与户主关系代码',
    en: 'Relation to the head of the household',
  })
  relationToHead!: string | null;

  @Column({ type: code(towns), level: 'L2', find: true, zh: '居住地街道（乡镇）代码', en: 'Town of residence' })
  town!: string | null;

  @Column({
    type: text(300),
    level: 'L3',
    mask: masks.divisionOfAddress,
    toldBy: [['registeredAddress']],
    zh: '居住地址',
    en: 'Address of residence',
  })
  address!: string | null;

  @Column({
    type: text(300),
    level: 'L3',
    mask: masks.divisionOfAddress,
    toldBy: [['address']],
    zh: '户籍地址',
    en: 'Registered address',
  })
  registeredAddress!: string | null;

  @Column({ type: telephone, level: 'L3', mask: masks.telephoneEnds, zh: '联系电话', en: 'Telephone' })
  telephone!: string | null;

  @Column({ type: residentStatus, level: 'L2', find: true, required: true, zh: '人员状态', en: 'Status' })
  status!: string;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '状态变更日期', en: 'Date of death, move or cancellation' })
  statusSince!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '迁入日期', en: 'Date of moving in' })
  movedInOn!: string | null;
}
