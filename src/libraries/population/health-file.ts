/** Summary of the residents' health file that primary care keeps. Everyone may have one, so it is the items that are secret. Supplied by the health commission. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { aboBloodTypes, rhBloodTypes } from '../../model/code-lists/blood-types.js';
import { medicalPayments } from '../../model/code-lists/medical-payments.js';
import { masks } from '../../model/mask.js';
import { boolean, code, date, decimal, integer, oneOf, reference, text } from '../../model/value-type.js';

const status = oneOf({
  name: 'HealthFileStatus',
  zh: '档案状态',
  en: 'Status of a health file',
  values: {
    ACTIVE: { zh: '在档', en: 'Kept' },
    CLOSED_DEATH: { zh: '因死亡结案', en: 'Closed after death' },
    CLOSED_MOVED: { zh: '因迁出结案', en: 'Closed after moving out' },
  },
});

const smoking = oneOf({
  name: 'SmokingHabit',
  zh: '吸烟情况',
  en: 'Whether a person smokes',
  values: {
    NEVER: { zh: '从不吸烟', en: 'Never' },
    FORMER: { zh: '已戒烟', en: 'Gave up' },
    CURRENT: { zh: '吸烟', en: 'Smokes' },
  },
});

@Dataset({
  library: 'population',
  table: 'health_file',
  list: 'healthFiles',
  zh: '居民健康档案摘要',
  en: 'HealthFile: summary of the health file of a resident',
  provider: '150600-health',
  resource: '3/06/01/001/000003',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['person'],
})
export class HealthFile extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    unique: true,
    required: true,
    level: 'L3',
    zh: '本人画像',
    en: 'Portrait of the person',
    division: { level: 'L3', zh: '本人居住地行政区划代码', en: "Division of the person's residence" },
  })
  person!: string;

  @Column({
    type: reference(17),
    level: 'L3',
    required: true,
    find: true,
    standard: 'WS 365-2011',
    zh: '健康档案编号',
    en: 'Number of the file',
  })
  fileNumber!: string;

  @Column({ type: text(200), level: 'L3', zh: '建档机构名称', en: 'Institution that keeps the file' })
  institutionName!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, find: true, zh: '建档日期', en: 'Date of opening' })
  openedOn!: string | null;

  @Column({ type: status, level: 'L3', required: true, find: true, zh: '档案状态', en: 'Status of the file' })
  status!: string;

  @Column({ type: text(100), level: 'L3', mask: masks.firstCharacter, zh: '责任医生', en: 'Family doctor in charge' })
  familyDoctor!: string | null;

  @Column({ type: boolean, level: 'L3', zh: '是否签约家庭医生', en: 'Whether signed up with a family doctor' })
  isContracted!: boolean | null;

  @Column({ type: code(aboBloodTypes), level: 'L4', zh: 'ABO血型代码', en: 'Blood group, ABO' })
  aboBloodType!: string | null;

  @Column({ type: code(rhBloodTypes), level: 'L4', zh: 'RH血型代码', en: 'Blood group, Rh' })
  rhBloodType!: string | null;

  @Column({ type: decimal(4, 1), level: 'L4', unit: '厘米 (cm)', zh: '身高', en: 'Height' })
  height!: string | null;

  @Column({ type: decimal(4, 1), level: 'L4', unit: '千克 (kg)', zh: '体重', en: 'Weight' })
  weight!: string | null;

  @Column({ type: integer, level: 'L4', unit: '毫米汞柱 (mmHg)', zh: '收缩压', en: 'Systolic blood pressure' })
  systolicPressure!: number | null;

  @Column({ type: integer, level: 'L4', unit: '毫米汞柱 (mmHg)', zh: '舒张压', en: 'Diastolic blood pressure' })
  diastolicPressure!: number | null;

  @Column({ type: boolean, level: 'L4', zh: '是否高血压患者管理', en: 'Whether managed for hypertension' })
  hasHypertension!: boolean | null;

  @Column({ type: boolean, level: 'L4', zh: '是否2型糖尿病患者管理', en: 'Whether managed for type II diabetes' })
  hasDiabetes!: boolean | null;

  @Column({ type: text(200), level: 'L4', zh: '药物过敏史', en: 'Drug allergies; null where none is known' })
  drugAllergies!: string | null;

  @Column({ type: text(200), level: 'L4', zh: '残疾情况', en: 'Disabilities; null where none is known' })
  disabilities!: string | null;

  @Column({ type: smoking, level: 'L4', zh: '吸烟情况', en: 'Smoking' })
  smoking!: string | null;

  @Column({ type: code(medicalPayments), level: 'L3', zh: '医疗费用支付方式代码', en: 'How medical expenses are paid' })
  medicalPayment!: string | null;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '最近随访或体检日期', en: 'Date of the last check-up' })
  lastCheckedOn!: string | null;
}
