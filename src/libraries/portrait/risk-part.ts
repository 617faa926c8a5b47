/**
 * What a risk score is made of: a row for each part that adds to it, with what was found, its weight and its source. The contribution is
 * the raw value times the weight, at most the cap. Computed together with the score, in one transaction.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, decimal, integer, text } from '../../model/value-type.js';
import { riskPartCode, riskSources } from './risk-terms.js';

@Dataset({
  library: 'portrait',
  table: 'risk_part',
  list: 'riskParts',
  zh: '企业风险评分项',
  en: 'RiskPart: one part of the risk score of a legal person, explained',
  provider: '150600-data',
  resource: '3/06/13/001/000002',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['legalPerson', 'part'],
  derivedFrom: riskSources,
  publishedUntil: 'publishedUntil',
})
export class RiskPart extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L3',
    zh: '评分对象画像',
    en: 'Portrait of the legal person',
    division: { level: 'L3', zh: '评分对象登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Column({ type: riskPartCode, level: 'L3', find: true, required: true, zh: '评分项', en: 'Part' })
  part!: string;

  @Column({ type: integer, level: 'L3', required: true, unit: '条 (facts)', zh: '事实数', en: 'Facts behind it' })
  factCount!: number;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['explanationZh'], ['explanationEn']],
    zh: '最近事实日期',
    en: 'Date of the latest fact; null where it has none',
  })
  latestOn!: string | null;

  @Column({
    type: decimal(10, 4),
    level: 'L3',
    required: true,
    unit: '无量纲 (dimensionless)',
    zh: '原始值',
    en: 'Raw value',
  })
  rawValue!: string;

  @Column({
    type: decimal(6, 2),
    level: 'L3',
    required: true,
    unit: '分 (points)',
    zh: '权重',
    en: 'Weight: points for a raw value of 1',
  })
  weight!: string;

  @Column({
    type: decimal(6, 2),
    level: 'L3',
    required: true,
    unit: '分 (points)',
    zh: '上限',
    en: 'Cap: the most that the part can add',
  })
  cap!: string;

  @Column({
    type: decimal(6, 2),
    level: 'L3',
    find: true,
    required: true,
    unit: '分 (points)',
    zh: '贡献分',
    en: 'Contribution to the score',
  })
  contribution!: string;

  @Column({ type: text(40), level: 'L3', required: true, zh: '来源数据集', en: 'Dataset it comes from' })
  sourceDataset!: string;

  @Column({ type: text(300), level: 'L3', required: true, zh: '中文说明', en: 'Explanation in Chinese' })
  explanationZh!: string;

  @Column({ type: text(300), level: 'L3', required: true, zh: '英文说明', en: 'Explanation in English' })
  explanationEn!: string;

  @Column({ type: text(20), level: 'L3', required: true, zh: '模型版本', en: 'Version of the model' })
  modelVersion!: string;

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
