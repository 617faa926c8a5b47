/** Yearly public credit scores of legal persons, with the parts they are made of. Supplied by development and reform. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { date, integer, text } from '../../model/value-type.js';
import { creditGrade } from './credit-terms.js';

@Dataset({
  library: 'credit',
  table: 'enterprise_credit_score',
  list: 'enterpriseCreditScores',
  zh: '法人公共信用综合评价',
  en: 'EnterpriseCreditScore: the public credit score of a legal person for a year',
  provider: '150600-development-reform',
  resource: '3/06/09/001/000005',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['legalPerson', 'year'],
})
export class EnterpriseCreditScore extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L2',
    zh: '评价对象画像',
    en: 'Portrait of the legal person',
    division: { level: 'L2', zh: '评价对象登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Column({ type: integer, level: 'L2', find: true, required: true, unit: '年 (year)', zh: '评价年度', en: 'Year' })
  year!: number;

  @Column({
    type: integer,
    level: 'L2',
    find: true,
    required: true,
    unit: '分，满分1000 (points of 1,000)',
    zh: '综合得分',
    en: 'Score',
  })
  score!: number;

  @Column({ type: creditGrade, level: 'L2', find: true, required: true, zh: '信用等级', en: 'Grade' })
  grade!: string;

  @Column({
    type: integer,
    level: 'L2',
    unit: '分，满分150 (points of 150)',
    zh: '基础信息得分',
    en: 'Points for basic information',
  })
  basicPoints!: number | null;

  @Column({
    type: integer,
    level: 'L2',
    unit: '分，满分200 (points of 200)',
    zh: '金融财税得分',
    en: 'Points for finance and tax',
  })
  financePoints!: number | null;

  @Column({
    type: integer,
    level: 'L2',
    unit: '分，满分150 (points of 150)',
    zh: '管治能力得分',
    en: 'Points for governance',
  })
  governancePoints!: number | null;

  @Column({
    type: integer,
    level: 'L2',
    unit: '分，满分400 (points of 400)',
    zh: '遵纪守法得分',
    en: 'Points for compliance',
  })
  compliancePoints!: number | null;

  @Column({
    type: integer,
    level: 'L2',
    unit: '分，满分100 (points of 100)',
    zh: '社会责任得分',
    en: 'Points for social responsibility',
  })
  responsibilityPoints!: number | null;

  @Column({ type: text(200), level: 'L2', zh: '直接判定为差的事由', en: 'Why the grade was judged poor directly' })
  directCause!: string | null;

  @Column({ type: integer, level: 'L2', unit: '分 (points)', zh: '较上年度变动', en: 'Change on the year before' })
  change!: number | null;

  @Column({ type: text(40), level: 'L2', zh: '评价模型版本', en: 'Version of the model' })
  modelVersion!: string | null;

  @Column({ type: text(100), level: 'L2', zh: '评价单位', en: 'Who evaluated' })
  evaluator!: string | null;

  @Column({ type: date, level: 'L2', required: true, zh: '评价日期', en: 'Evaluated on' })
  evaluatedOn!: string;

  @Column({ type: date, level: 'L2', zh: '评价有效期至', en: 'Valid until' })
  validUntil!: string | null;
}
