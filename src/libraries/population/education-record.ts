/**
 * Schooling, a row for each stage: who is enrolled, who graduated. The national student number is not an item: it is the ID number with
 * a letter before it. Supplied by education and sports.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { academicDegrees } from '../../model/code-lists/academic-degrees.js';
import { educationLevels } from '../../model/code-lists/education-levels.js';
import { boolean, code, date, integer, oneOf, reference, text } from '../../model/value-type.js';

const status = oneOf({
  name: 'EducationStatus',
  zh: '学籍状态',
  en: 'Status of an enrolment',
  values: {
    ENROLLED: { zh: '在读', en: 'Enrolled' },
    SUSPENDED: { zh: '休学', en: 'Suspended' },
    GRADUATED: { zh: '毕业', en: 'Graduated' },
    COMPLETED: { zh: '结业', en: 'Completed without graduating' },
    UNFINISHED: { zh: '肄业', en: 'Left before the end' },
    TRANSFERRED: { zh: '转出', en: 'Transferred to another school' },
    WITHDRAWN: { zh: '退学', en: 'Withdrawn' },
  },
});

const studyForm = oneOf({
  name: 'StudyForm',
  zh: '学习形式',
  en: 'Form of study',
  values: {
    FULL_TIME: { zh: '全日制', en: 'Full-time' },
    PART_TIME: { zh: '非全日制', en: 'Part-time' },
    CORRESPONDENCE: { zh: '函授', en: 'By correspondence' },
    SELF_TAUGHT: { zh: '自学考试', en: 'Self-taught, by examination' },
  },
});

@Dataset({
  library: 'population',
  table: 'education_record',
  list: 'educationRecords',
  zh: '学籍与学历',
  en: 'EducationRecord: enrolment and graduation of a person at one stage',
  provider: '150600-education',
  resource: '3/06/01/001/000006',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['recordNumber'],
})
export class EducationRecord extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L2',
    zh: '学生画像',
    en: 'Portrait of the student',
    division: { level: 'L2', zh: '学生居住地行政区划代码', en: "Division of the student's residence" },
  })
  person!: string;

  @Column({ type: text(30), level: 'L2', required: true, zh: '学籍记录编号', en: 'Number of the record' })
  recordNumber!: string;

  @Column({
    type: code(educationLevels),
    level: 'L2',
    required: true,
    find: true,
    zh: '教育阶段代码',
    en: 'Stage of education',
  })
  stage!: string;

  @Column({
    type: reference(10),
    level: 'L2',
    find: true,
    standard: '教育部学校（机构）标识码',
    zh: '学校标识码',
    en: 'Code of the school',
  })
  schoolCode!: string | null;

  @Column({ type: text(100), level: 'L2', required: true, find: true, zh: '学校名称', en: 'Name of the school' })
  schoolName!: string;

  @Column({ type: text(100), level: 'L2', zh: '专业名称', en: 'Field of study' })
  major!: string | null;

  @Column({ type: studyForm, level: 'L2', zh: '学习形式', en: 'Form of study' })
  studyForm!: string | null;

  @Column({ type: integer, level: 'L2', unit: '年 (years)', zh: '学制', en: 'Length of schooling' })
  schoolYears!: number | null;

  @Column({
    type: integer,
    level: 'L2',
    unit: '年级序数 (ordinal, within the stage)',
    zh: '年级',
    en: 'Grade of who is enrolled',
  })
  grade!: number | null;

  @Column({ type: boolean, level: 'L2', zh: '是否寄宿', en: 'Whether boarding' })
  isBoarding!: boolean | null;

  @Column({ type: date, level: 'L2', required: true, find: true, zh: '入学日期', en: 'Date of enrolment' })
  enrolledOn!: string;

  @Column({
    type: date,
    level: 'L2',
    find: true,
    zh: '毕业（离校）日期',
    en: 'Date of graduation or leaving; null while enrolled',
  })
  leftOn!: string | null;

  @Column({ type: status, level: 'L2', required: true, find: true, zh: '学籍状态', en: 'Status' })
  status!: string;

  @Column({ type: code(educationLevels), level: 'L2', zh: '取得学历代码', en: 'Education level attained' })
  attainedLevel!: string | null;

  @Column({ type: code(academicDegrees), level: 'L2', zh: '学位代码', en: 'Academic degree' })
  degree!: string | null;

  @Column({ type: text(30), level: 'L3', zh: '毕业证书编号', en: 'Number of the graduation certificate' })
  certificateNumber!: string | null;
}
