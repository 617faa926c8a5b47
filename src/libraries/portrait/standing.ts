/**
 * Where an enterprise in operation stands among those of its industry (GB/T 4754, two digits) and of its division: the per cent of the others
 * that have less, by whole numbers, and only among ten or more. Computed, never supplied.
 *
 * Groups are of the whole city, whoever asks: a percentile says nothing of any other member. Protected subjects are in no group, and no
 * protected person counts as staff.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { industryDivisions } from '../../model/code-lists/industry-divisions.js';
import { masks } from '../../model/mask.js';
import { code, date, integer, oneOf } from '../../model/value-type.js';

/** Of those with a known value; the exact number is not told. */
const groupSize = oneOf({
  name: 'StandingGroupSize',
  zh: '比较组规模',
  en: 'How many an enterprise is compared with, itself included',
  values: {
    FROM_10: { zh: '10至49家', en: '10 to 49 enterprises' },
    FROM_50: { zh: '50至199家', en: '50 to 199 enterprises' },
    FROM_200: { zh: '200至999家', en: '200 to 999 enterprises' },
    FROM_1000: { zh: '1000家及以上', en: '1,000 enterprises and more' },
  },
});

@Dataset({
  library: 'portrait',
  table: 'standing',
  list: 'standings',
  zh: '企业行业与区域位次',
  en: 'Standing: where an enterprise stands among its industry and its division',
  provider: '150600-data',
  resource: '3/06/13/001/000003',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['legalPerson'],
  derivedFrom: [
    'Enterprise',
    'Enterprise.status',
    'Enterprise.industry',
    'Enterprise.registeredCapital',
    'Enterprise.capitalCurrency',
    'InsuranceParticipation',
    'InsuranceParticipation.employer',
    'InsuranceParticipation.capacity',
    'InsuranceParticipation.status',
    'EnergyUse',
    'EnergyUse.month',
    'EnergyUse.consumption',
    'TaxRegistration',
    'TaxRegistration.creditGrade',
  ],
})
export class Standing extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    unique: true,
    required: true,
    level: 'L3',
    zh: '企业画像',
    en: 'Portrait of the enterprise',
    division: { level: 'L3', zh: '企业登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Column({
    type: code(industryDivisions),
    level: 'L3',
    find: true,
    zh: '行业大类代码',
    en: 'Industry it is compared in; null where only its section is known',
  })
  industryDivision!: string | null;

  @Column({
    type: integer,
    level: 'L3',
    find: true,
    unit: '%',
    zh: '注册资本行业百分位',
    en: 'Percentile by registered capital in its industry',
  })
  capitalInIndustry!: number | null;

  @Column({
    type: groupSize,
    level: 'L3',
    zh: '注册资本行业比较组规模',
    en: 'Size of that group by registered capital in its industry',
  })
  capitalInIndustryGroup!: string | null;

  @Column({
    type: integer,
    level: 'L3',
    find: true,
    unit: '%',
    zh: '注册资本区域百分位',
    en: 'Percentile by registered capital in its division',
  })
  capitalInDivision!: number | null;

  @Column({
    type: groupSize,
    level: 'L3',
    zh: '注册资本区域比较组规模',
    en: 'Size of that group by registered capital in its division',
  })
  capitalInDivisionGroup!: string | null;

  @Column({
    type: integer,
    level: 'L3',
    find: true,
    unit: '%',
    zh: '参保人数行业百分位',
    en: 'Percentile by insured staff in its industry',
  })
  staffInIndustry!: number | null;

  @Column({
    type: groupSize,
    level: 'L3',
    zh: '参保人数行业比较组规模',
    en: 'Size of that group by insured staff in its industry',
  })
  staffInIndustryGroup!: string | null;

  @Column({
    type: integer,
    level: 'L3',
    find: true,
    unit: '%',
    zh: '参保人数区域百分位',
    en: 'Percentile by insured staff in its division',
  })
  staffInDivision!: number | null;

  @Column({
    type: groupSize,
    level: 'L3',
    zh: '参保人数区域比较组规模',
    en: 'Size of that group by insured staff in its division',
  })
  staffInDivisionGroup!: string | null;

  @Column({
    type: integer,
    level: 'L3',
    find: true,
    unit: '%',
    zh: '上年综合能耗行业百分位',
    en: 'Percentile by energy consumption of last year in its industry',
  })
  energyInIndustry!: number | null;

  @Column({
    type: groupSize,
    level: 'L3',
    zh: '上年综合能耗行业比较组规模',
    en: 'Size of that group by energy consumption of last year in its industry',
  })
  energyInIndustryGroup!: string | null;

  @Column({
    type: integer,
    level: 'L3',
    find: true,
    unit: '%',
    zh: '上年综合能耗区域百分位',
    en: 'Percentile by energy consumption of last year in its division',
  })
  energyInDivision!: number | null;

  @Column({
    type: groupSize,
    level: 'L3',
    zh: '上年综合能耗区域比较组规模',
    en: 'Size of that group by energy consumption of last year in its division',
  })
  energyInDivisionGroup!: string | null;

  @Column({
    type: integer,
    level: 'L3',
    find: true,
    unit: '%',
    zh: '纳税信用级别行业百分位',
    en: 'Percentile by grade of tax credit in its industry',
  })
  taxGradeInIndustry!: number | null;

  @Column({
    type: groupSize,
    level: 'L3',
    zh: '纳税信用级别行业比较组规模',
    en: 'Size of that group by grade of tax credit in its industry',
  })
  taxGradeInIndustryGroup!: string | null;

  @Column({
    type: integer,
    level: 'L3',
    find: true,
    unit: '%',
    zh: '纳税信用级别区域百分位',
    en: 'Percentile by grade of tax credit in its division',
  })
  taxGradeInDivision!: number | null;

  @Column({
    type: groupSize,
    level: 'L3',
    zh: '纳税信用级别区域比较组规模',
    en: 'Size of that group by grade of tax credit in its division',
  })
  taxGradeInDivisionGroup!: string | null;

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
