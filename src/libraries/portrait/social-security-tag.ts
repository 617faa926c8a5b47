/** Tags of persons by employment and social insurance. Computed, never supplied. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, integer, oneOf } from '../../model/value-type.js';

const tag = oneOf({
  name: 'SocialSecurityTagCode',
  zh: '就业社保标签代码',
  en: 'Tag of a person by employment and insurance',
  values: {
    EMPLOYED: { zh: '就业', en: 'Employed, on whatever terms' },
    UNEMPLOYED: { zh: '登记失业', en: 'Registered as unemployed' },
    INSURED: { zh: '参保缴费', en: 'Insured and paying' },
    PENSIONER: { zh: '领取养老金', en: 'Receives a pension' },
    BENEFIT_RECIPIENT: { zh: '领取其他社保待遇', en: 'Received another benefit within a year' },
  },
});

@Dataset({
  library: 'portrait',
  table: 'social_security_tag',
  list: 'socialSecurityTags',
  zh: '就业社保标签',
  en: 'SocialSecurityTag: whether a person is employed, insured or receives a benefit',
  provider: '150600-data',
  resource: '3/06/13/001/000005',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['person', 'tag'],
  derivedFrom: [
    'Employment',
    'Employment.form',
    'Employment.status',
    'Employment.registeredOn',
    'InsuranceParticipation',
    'InsuranceParticipation.status',
    'InsuranceParticipation.insuredOn',
    'InsuranceBenefit',
    'InsuranceBenefit.benefitType',
    'InsuranceBenefit.status',
    'InsuranceBenefit.entitledFrom',
    'InsuranceBenefit.periodEndsOn',
  ],
})
export class SocialSecurityTag extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '本人画像',
    en: 'Portrait of the person',
    division: { level: 'L3', zh: '本人居住地行政区划代码', en: "Division of the person's residence" },
  })
  person!: string;

  @Column({ type: tag, level: 'L3', find: true, required: true, zh: '标签', en: 'Tag' })
  tag!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    zh: '起始日期',
    en: 'Since when it holds; null where that is not known',
  })
  since!: string | null;

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
}
