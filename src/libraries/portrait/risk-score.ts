/**
 * How much speaks against a legal person, from 0 to 100: the sum of its parts (RiskPart), cut at 100. Computed, never supplied; the model
 * stands in docs/risk-model.md. A score ends with the first publication that it rests on: no penalty is to be read off it that is
 * published no more.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, decimal, integer, text } from '../../model/value-type.js';
import { riskGrade, riskSources } from './risk-terms.js';

@Dataset({
  library: 'portrait',
  table: 'risk_score',
  list: 'riskScores',
  zh: '企业风险评分',
  en: 'RiskScore: how much speaks against a legal person, as a number with its model',
  provider: '150600-data',
  resource: '3/06/13/001/000001',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['legalPerson'],
  derivedFrom: riskSources,
  publishedUntil: 'publishedUntil',
})
export class RiskScore extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    unique: true,
    required: true,
    level: 'L3',
    zh: '评分对象画像',
    en: 'Portrait of the legal person',
    division: { level: 'L3', zh: '评分对象登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Column({
    type: decimal(5, 2),
    level: 'L3',
    find: true,
    required: true,
    unit: '分，0至100 (points, 0 to 100)',
    zh: '风险得分',
    en: 'Score: more is worse',
  })
  score!: string;

  @Column({ type: riskGrade, level: 'L3', find: true, required: true, zh: '风险等级', en: 'Grade' })
  grade!: string;

  @Column({
    type: integer,
    level: 'L3',
    required: true,
    unit: '项 (parts)',
    zh: '计分项数',
    en: 'Parts that add to the score',
  })
  partCount!: number;

  @Column({ type: text(20), level: 'L3', required: true, zh: '模型版本', en: 'Version of the model' })
  modelVersion!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    required: true,
    zh: '数据截至日期',
    en: 'Day as of which the facts were taken',
  })
  asOf!: string;

  @Column({
    type: integer,
    level: 'L3',
    required: true,
    unit: '次序 (ordinal)',
    zh: '版次',
    en: 'Edition: one run of the computation',
  })
  edition!: number;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    zh: '有效期至',
    en: 'Last day on which all it rests on is published; null where nothing ends',
  })
  publishedUntil!: string | null;
}
