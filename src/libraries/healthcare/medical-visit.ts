/** A person's visit to a medical institution. That a visit exists at all is sensitive. Supplied by the health commission. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { diagnoses } from '../../model/code-lists/diagnoses.js';
import { masks } from '../../model/mask.js';
import { code, date, money, oneOf, text } from '../../model/value-type.js';

const visitType = oneOf({
  name: 'VisitType',
  zh: '就诊类型',
  en: 'Kind of visit',
  values: {
    OUTPATIENT: { zh: '门诊', en: 'Out-patient' },
    EMERGENCY: { zh: '急诊', en: 'Emergency' },
    INPATIENT: { zh: '住院', en: 'In-patient' },
    EXAMINATION: { zh: '体检', en: 'Health examination' },
  },
});

const visitOutcome = oneOf({
  name: 'VisitOutcome',
  zh: '就诊结果',
  en: 'Outcome of a visit',
  values: {
    CURED: { zh: '治愈', en: 'Cured' },
    IMPROVED: { zh: '好转', en: 'Improved' },
    UNCHANGED: { zh: '未愈', en: 'Unchanged' },
    DIED: { zh: '死亡', en: 'Died' },
    OTHER: { zh: '其他', en: 'Other' },
  },
});

@Dataset({
  library: 'healthcare',
  table: 'medical_visit',
  list: 'medicalVisits',
  zh: '就诊记录',
  en: 'MedicalVisit: a visit to a medical institution',
  provider: '150600-health',
  resource: '3/06/05/001/000002',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['institutionCode', 'visitNumber'],
})
export class MedicalVisit extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '患者画像',
    en: 'Portrait of the patient',
    division: { level: 'L3', zh: '患者居住地行政区划代码', en: "Division of the patient's residence" },
  })
  person!: string;

  @Column({
    type: text(40),
    level: 'L3',
    required: true,
    zh: '就诊流水号',
    en: 'Number of the visit at the institution',
  })
  visitNumber!: string;

  @Column({
    type: text(22),
    level: 'L3',
    required: true,
    standard: 'WS 218',
    zh: '医疗机构代码',
    en: 'Code of the institution',
  })
  institutionCode!: string;

  @Column({ type: text(200), level: 'L3', zh: '医疗机构名称', en: 'Name of the institution' })
  institutionName!: string | null;

  @Column({ type: text(60), level: 'L4', zh: '就诊科室', en: 'Department' })
  department!: string | null;

  @Column({ type: visitType, level: 'L3', find: true, zh: '就诊类型', en: 'Kind of visit' })
  visitType!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['visitNumber']],
    required: true,
    find: true,
    zh: '就诊日期',
    en: 'Date of the visit or admission',
  })
  visitedOn!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['visitNumber']],
    zh: '出院日期',
    en: 'Date of discharge',
  })
  dischargedOn!: string | null;

  @Column({
    type: code(diagnoses),
    level: 'L4',
    mask: masks.chapterOfDiagnosis,
    toldBy: [['diagnosisText']],
    zh: '主要诊断代码',
    en: 'Principal diagnosis, ICD-10',
  })
  diagnosis!: string | null;

  @Column({ type: text(200), level: 'L4', zh: '诊断描述', en: 'Diagnosis in words' })
  diagnosisText!: string | null;

  @Column({ type: text(100), level: 'L3', mask: masks.firstCharacter, zh: '接诊医师', en: 'Physician' })
  physician!: string | null;

  @Column({ type: money, level: 'L4', mask: masks.amountBand, unit: '元 (CNY)', zh: '总费用', en: 'Total cost' })
  totalCost!: string | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '医保支付',
    en: 'Paid by medical insurance',
  })
  insurancePaid!: string | null;

  @Column({ type: visitOutcome, level: 'L4', zh: '就诊结果', en: 'Outcome' })
  outcome!: string | null;
}
