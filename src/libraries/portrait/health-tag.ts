/** Tags of persons by their health file: that there is one at all is highly sensitive. Computed, never supplied. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, integer, oneOf } from '../../model/value-type.js';

const tag = oneOf({
  name: 'HealthTagCode',
  zh: '健康标签代码',
  en: 'Tag of a person by health',
  values: {
    HYPERTENSION: { zh: '高血压患者管理', en: 'Managed for hypertension' },
    DIABETES: { zh: '2型糖尿病患者管理', en: 'Managed for type II diabetes' },
    FOLLOW_UP: { zh: '慢性病随访对象', en: 'To be followed up for a chronic disease' },
    FOLLOW_UP_OVERDUE: { zh: '慢性病随访逾期', en: 'Not followed up for three months' },
    DISABLED: { zh: '残疾', en: 'Has a disability' },
  },
});

@Dataset({
  library: 'portrait',
  table: 'health_tag',
  list: 'healthTags',
  zh: '健康标签',
  en: 'HealthTag: what primary care follows a person for',
  provider: '150600-data',
  resource: '3/06/13/001/000006',
  existence: 'L4',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['person', 'tag'],
  derivedFrom: [
    'HealthFile',
    'HealthFile.status',
    'HealthFile.hasHypertension',
    'HealthFile.hasDiabetes',
    'HealthFile.disabilities',
    'HealthFile.lastCheckedOn',
  ],
})
export class HealthTag extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L4',
    zh: '本人画像',
    en: 'Portrait of the person',
    division: { level: 'L4', zh: '本人居住地行政区划代码', en: "Division of the person's residence" },
  })
  person!: string;

  @Column({ type: tag, level: 'L4', find: true, required: true, zh: '标签', en: 'Tag' })
  tag!: string;

  @Column({
    type: date,
    level: 'L4',
    mask: masks.year,
    zh: '起始日期',
    en: 'Since when it holds; null where that is not known',
  })
  since!: string | null;

  @Column({
    type: date,
    level: 'L4',
    mask: masks.year,
    required: true,
    zh: '数据截至日期',
    en: 'Day as of which the facts were taken',
  })
  asOf!: string;

  @Column({
    type: integer,
    level: 'L4',
    required: true,
    unit: '次序 (ordinal)',
    zh: '版次',
    en: 'Edition: one run of the computation',
  })
  edition!: number;
}
