/** Inspections of legal persons, drawn by lot or for a cause, and what they found. Supplied by market regulation, whose platform plans them. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { boolean, date, label, oneOf, reference, text } from '../../model/value-type.js';

const inspectionKind = oneOf({
  name: 'InspectionKind',
  zh: '检查类型',
  en: 'Kind of inspection',
  values: {
    RANDOM_DIRECTED: { zh: '双随机定向抽查', en: 'Random, among a chosen kind' },
    RANDOM_UNDIRECTED: { zh: '双随机不定向抽查', en: 'Random, among all' },
    SPECIAL: { zh: '专项检查', en: 'Special campaign' },
    KEY: { zh: '重点检查', en: 'Key inspection' },
    CAUSE: { zh: '有因检查', en: 'For a complaint, report or handed-over clue' },
    FOLLOW_UP: { zh: '复查', en: 'Follow-up' },
  },
});

const inspectionResult = oneOf({
  name: 'InspectionResult',
  zh: '检查结果',
  en: 'Result of an inspection',
  values: {
    NO_PROBLEM: { zh: '未发现问题', en: 'No problem found' },
    NOT_PUBLISHED: { zh: '未按规定公示应当公示的信息', en: 'Did not publish what it must' },
    CONCEALED: { zh: '公示信息隐瞒真实情况、弄虚作假', en: 'Published what is not true' },
    UNREACHABLE: { zh: '通过登记的住所（经营场所）无法联系', en: 'Not to be reached at the registered address' },
    CORRECTION_ORDERED: { zh: '发现问题已责令改正', en: 'Problem found, ordered to correct it' },
    TO_BE_HANDLED: { zh: '发现问题待后续处理', en: 'Problem found, to be handled further' },
    UNCOOPERATIVE: { zh: '不配合检查情节严重', en: 'Seriously uncooperative' },
    NOT_APPLICABLE: { zh: '未发现开展本次抽查涉及的经营活动', en: 'Does not do what was to be inspected' },
  },
});

const creditRisk = oneOf({
  name: 'CreditRiskClass',
  zh: '企业信用风险分类',
  en: 'Class of credit risk, by which inspections are planned',
  values: {
    A: { zh: '信用风险低（A类）', en: 'Low risk' },
    B: { zh: '信用风险一般（B类）', en: 'Ordinary risk' },
    C: { zh: '信用风险较高（C类）', en: 'Raised risk' },
    D: { zh: '信用风险高（D类）', en: 'High risk' },
  },
});

@Dataset({
  library: 'legal-person',
  table: 'inspection',
  list: 'inspections',
  zh: '监督检查',
  en: 'Inspection: an inspection of a legal person',
  provider: '150600-market-regulation',
  resource: '3/06/02/001/000007',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['inspectionNumber'],
})
export class Inspection extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L1',
    zh: '检查对象画像',
    en: 'Portrait of the inspected',
    division: { level: 'L1', zh: '检查对象登记地行政区划代码', en: 'Division of registration of the inspected' },
  })
  legalPerson!: string;

  @Column({
    type: reference(60),
    level: 'L1',
    required: true,
    find: true,
    zh: '检查编号',
    en: 'Number of the inspection',
  })
  inspectionNumber!: string;

  @Column({ type: text(200), level: 'L1', zh: '检查计划（任务）名称', en: 'Plan or task it belongs to' })
  planName!: string | null;

  @Column({ type: inspectionKind, level: 'L1', find: true, required: true, zh: '检查类型', en: 'Kind of inspection' })
  kind!: string;

  @Column({ type: text(300), level: 'L1', required: true, zh: '检查事项', en: 'What was inspected' })
  subjectMatter!: string;

  @Column({ type: label(100), level: 'L1', required: true, find: true, zh: '检查实施机关', en: 'Inspecting authority' })
  authority!: string;

  @Column({
    type: boolean,
    level: 'L1',
    required: true,
    zh: '是否部门联合检查',
    en: 'Whether several departments inspected together',
  })
  isJoint!: boolean;

  @Column({ type: date, level: 'L1', find: true, required: true, zh: '检查日期', en: 'Date of the inspection' })
  inspectedOn!: string;

  @Column({
    type: text(100),
    level: 'L2',
    sharing: 'conditional',
    mask: masks.firstCharacter,
    zh: '检查人员',
    en: 'Inspectors, two at least',
  })
  inspectors!: string | null;

  @Column({
    type: creditRisk,
    level: 'L2',
    sharing: 'conditional',
    find: true,
    zh: '信用风险分类',
    en: 'Class of credit risk when it was planned',
  })
  creditRisk!: string | null;

  @Column({ type: inspectionResult, level: 'L1', find: true, required: true, zh: '检查结果', en: 'Result' })
  result!: string;

  @Column({ type: text(1000), level: 'L2', zh: '问题描述', en: 'Problem in words' })
  finding!: string | null;

  @Column({ type: date, level: 'L2', zh: '整改期限', en: 'To be corrected by' })
  correctBy!: string | null;

  @Column({ type: date, level: 'L2', zh: '整改完成日期', en: 'Corrected on' })
  correctedOn!: string | null;

  // Not open: it would tell of a penalty that is published no more.
  @Column({
    type: text(100),
    level: 'L2',
    sharing: 'conditional',
    zh: '关联行政处罚决定书文号',
    en: 'Number of the penalty decision that followed',
  })
  penaltyDecision!: string | null;

  @Column({ type: date, level: 'L1', zh: '结果公示日期', en: 'Date on which the result was published' })
  publishedOn!: string | null;
}
