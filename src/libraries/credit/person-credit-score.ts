/** Credit scores of persons, made for those alone who agreed to it. Supplied by development and reform. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, integer, text } from '../../model/value-type.js';
import { creditGrade } from './credit-terms.js';

@Dataset({
  library: 'credit',
  table: 'person_credit_score',
  list: 'personCreditScores',
  zh: '自然人信用评分',
  en: 'PersonCreditScore: the credit score of a person for a year',
  provider: '150600-development-reform',
  resource: '3/06/09/001/000006',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['person', 'year'],
})
export class PersonCreditScore extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '评价对象画像',
    en: 'Portrait of the person',
    division: { level: 'L3', zh: '评价对象居住地行政区划代码', en: 'Division of residence' },
  })
  person!: string;

  @Column({ type: integer, level: 'L3', find: true, required: true, unit: '年 (year)', zh: '评价年度', en: 'Year' })
  year!: number;

  @Column({
    type: integer,
    level: 'L3',
    find: true,
    required: true,
    unit: '分，满分1000 (points of 1,000)',
    zh: '综合得分',
    en: 'Score',
  })
  score!: number;

  @Column({ type: creditGrade, level: 'L3', find: true, required: true, zh: '信用等级', en: 'Grade' })
  grade!: string;

  @Column({
    type: integer,
    level: 'L3',
    unit: '分，满分400 (points of 400)',
    zh: '守法履约得分',
    en: 'Points for keeping law and contracts',
  })
  compliancePoints!: number | null;

  @Column({
    type: integer,
    level: 'L3',
    unit: '分，满分300 (points of 300)',
    zh: '信用记录得分',
    en: 'Points for the credit history',
  })
  historyPoints!: number | null;

  @Column({
    type: integer,
    level: 'L3',
    unit: '分，满分200 (points of 200)',
    zh: '职业与稳定性得分',
    en: 'Points for occupation and stability',
  })
  stabilityPoints!: number | null;

  @Column({
    type: integer,
    level: 'L3',
    unit: '分，满分100 (points of 100)',
    zh: '社会公益得分',
    en: 'Points for service to the community',
  })
  communityPoints!: number | null;

  @Column({ type: text(200), level: 'L4', zh: '直接判定为差的事由', en: 'Why the grade was judged poor directly' })
  directCause!: string | null;

  @Column({ type: integer, level: 'L3', unit: '分 (points)', zh: '较上年度变动', en: 'Change on the year before' })
  change!: number | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    required: true,
    zh: '本人授权日期',
    en: 'Date on which the person agreed to it',
  })
  consentedOn!: string;

  @Column({ type: text(40), level: 'L3', zh: '评价模型版本', en: 'Version of the model' })
  modelVersion!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['validUntil']],
    required: true,
    zh: '评价日期',
    en: 'Evaluated on',
  })
  evaluatedOn!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['evaluatedOn']],
    zh: '评价有效期至',
    en: 'Valid until',
  })
  validUntil!: string | null;
}
