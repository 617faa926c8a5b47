/** Membership of a household: members of one household share its number. Supplied by public security. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { householdRelations } from '../../model/code-lists/household-relations.js';
import { towns } from '../../model/code-lists/towns.js';
import { masks } from '../../model/mask.js';
import { boolean, code, date, integer, oneOf, reference, text } from '../../model/value-type.js';

const joinReason = oneOf({
  name: 'HouseholdJoinReason',
  zh: '入户原因',
  en: 'Why someone joined a household',
  values: {
    BIRTH: { zh: '出生', en: 'Birth' },
    MARRIAGE: { zh: '婚迁', en: 'Marriage' },
    ESTABLISHED: { zh: '立户', en: 'Set up the household' },
    MOVED_IN: { zh: '市外迁入', en: 'Moved in from outside the city' },
    JOINED_RELATIVES: { zh: '投靠亲属', en: 'Joined relatives' },
    WORK_OR_STUDY: { zh: '工作或就学', en: 'Work or study' },
    OTHER: { zh: '其他', en: 'Other' },
  },
});

const leaveReason = oneOf({
  name: 'HouseholdLeaveReason',
  zh: '出户原因',
  en: 'Why someone left a household',
  values: {
    DEATH: { zh: '死亡', en: 'Death' },
    MOVED_OUT: { zh: '迁出', en: 'Moved out of the city' },
    DIVIDED: { zh: '分户', en: 'Division of the household' },
    OTHER: { zh: '其他', en: 'Other' },
  },
});

@Dataset({
  library: 'population',
  table: 'household_member',
  list: 'householdMembers',
  zh: '家庭户成员',
  en: 'HouseholdMember: membership of a person in a registered household',
  provider: '150600-public-security',
  resource: '3/06/01/001/000002',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['person'],
})
export class HouseholdMember extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    unique: true,
    required: true,
    level: 'L2',
    zh: '成员画像',
    en: 'Portrait of the member',
    division: { level: 'L2', zh: '成员居住地行政区划代码', en: "Division of the member's residence" },
  })
  person!: string;

  @Column({ type: reference(30), level: 'L3', required: true, find: true, zh: '户号', en: 'Number of the household' })
  householdNumber!: string;

  @Column({ type: boolean, level: 'L3', required: true, find: true, zh: '是否户主', en: 'Whether the head' })
  isHead!: boolean;

  @Column({
    type: code(householdRelations),
    level: 'L3',
    required: true,
    zh: '与户主关系代码',
    en: 'Relation to the head',
  })
  relationToHead!: string;

  @Column({ type: text(100), level: 'L3', mask: masks.firstCharacter, zh: '户主姓名', en: 'Name of the head' })
  headName!: string | null;

  @Column({
    type: integer,
    level: 'L3',
    unit: '人 (persons)',
    zh: '户内登记人数',
    en: 'Members of the household, living',
  })
  memberCount!: number | null;

  @Column({ type: code(towns), level: 'L2', find: true, zh: '户所在街道（乡镇）代码', en: 'Town of the household' })
  town!: string | null;

  @Column({
    type: text(300),
    level: 'L3',
    mask: masks.divisionOfAddress,
    zh: '户籍地址',
    en: 'Address of the household',
  })
  householdAddress!: string | null;

  @Column({ type: text(100), level: 'L2', zh: '户籍管理机关', en: 'Police station that keeps the household' })
  policeStation!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, find: true, zh: '入户日期', en: 'Date of joining' })
  joinedOn!: string | null;

  @Column({ type: joinReason, level: 'L3', zh: '入户原因', en: 'Why joined' })
  joinReason!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '出户日期', en: 'Date of leaving; null while a member' })
  leftOn!: string | null;

  @Column({ type: leaveReason, level: 'L3', zh: '出户原因', en: 'Why left' })
  leaveReason!: string | null;
}
