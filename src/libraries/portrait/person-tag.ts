/**
 * Tags of living residents by age and office. Computed, never supplied. Tags that rest on other libraries are datasets of their own, so that
 * who may read these need not be trusted with those.
 *
 * An office counts where the legal person is registered in the division where the officer lives: a grant that covers the tag covers the office.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, integer, oneOf } from '../../model/value-type.js';

const tag = oneOf({
  name: 'PersonTagCode',
  zh: '人口标签代码',
  en: 'Tag of a person',
  values: {
    ELDER: { zh: '高龄老人（80周岁及以上）', en: 'Elder: aged 80 and more' },
    MINOR: { zh: '未成年人（未满18周岁）', en: 'Minor: below 18' },
    OFFICER: { zh: '企业主要人员', en: 'Officer of a legal person' },
  },
});

@Dataset({
  library: 'portrait',
  table: 'person_tag',
  list: 'personTags',
  zh: '人口标签',
  en: 'PersonTag: what a person is by age, and by the register of enterprises',
  provider: '150600-data',
  resource: '3/06/13/001/000004',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['person', 'tag'],
  derivedFrom: [
    'Resident',
    'Resident.birthDate',
    'Resident.status',
    'Officer',
    'Officer.person',
    'Officer.appointedOn',
    'Officer.leftOn',
  ],
})
export class PersonTag extends LibraryRow {
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
