/** Who is insured against what, through which employer. Medical insurance is kept elsewhere. Supplied by human resources and social security. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { insuranceTypes } from '../../model/code-lists/insurance-types.js';
import { masks } from '../../model/mask.js';
import { code, date, integer, money, oneOf, reference, text } from '../../model/value-type.js';

const status = oneOf({
  name: 'InsuranceStatus',
  zh: '参保状态',
  en: 'Status of an insured person',
  values: {
    PAYING: { zh: '参保缴费', en: 'Insured and paying' },
    SUSPENDED: { zh: '暂停缴费', en: 'Payment suspended' },
    RECEIVING: { zh: '待遇领取', en: 'Receiving benefits' },
    ENDED: { zh: '终止参保', en: 'Insurance ended' },
  },
});

const capacity = oneOf({
  name: 'InsuredCapacity',
  zh: '参保身份',
  en: 'In which capacity a person is insured',
  values: {
    EMPLOYEE: { zh: '单位职工', en: 'Employee' },
    FLEXIBLE: { zh: '灵活就业人员', en: 'In flexible employment' },
    RESIDENT: { zh: '城乡居民', en: 'Urban or rural resident' },
  },
});

@Dataset({
  library: 'social-security',
  table: 'insurance_participation',
  list: 'insuranceParticipations',
  zh: '社会保险参保登记',
  en: 'InsuranceParticipation: registration of a person in a social insurance',
  provider: '150600-human-resources',
  resource: '3/06/07/001/000001',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['participationNumber'],
})
export class InsuranceParticipation extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '参保人画像',
    en: 'Portrait of the insured person',
    division: { level: 'L3', zh: '参保人居住地行政区划代码', en: "Division of the insured person's residence" },
  })
  person!: string;

  @SubjectKey({ kind: 'legal-person', level: 'L3', zh: '参保单位画像', en: 'Portrait of the employer' })
  employer!: string | null;

  @Column({ type: text(30), level: 'L3', required: true, zh: '参保登记编号', en: 'Number of the registration' })
  participationNumber!: string;

  @Column({
    type: reference(20),
    level: 'L3',
    required: true,
    find: true,
    zh: '个人编号',
    en: 'Number of the insured person',
  })
  personalNumber!: string;

  @Column({
    type: code(insuranceTypes),
    level: 'L3',
    required: true,
    find: true,
    zh: '险种类型代码',
    en: 'Kind of insurance',
  })
  insuranceType!: string;

  @Column({ type: capacity, level: 'L3', find: true, zh: '参保身份', en: 'Capacity' })
  capacity!: string | null;

  @Column({ type: text(200), level: 'L3', zh: '参保单位名称', en: 'Name of the employer' })
  employerName!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['insuredOn']],
    zh: '首次参保日期',
    en: 'Date first insured',
  })
  firstInsuredOn!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['firstInsuredOn']],
    required: true,
    find: true,
    zh: '本次参保日期',
    en: 'Date insured in this registration',
  })
  insuredOn!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    zh: '停保（终止）日期',
    en: 'Date suspended or ended; null while insured',
  })
  endedOn!: string | null;

  @Column({ type: status, level: 'L3', required: true, find: true, zh: '参保状态', en: 'Status' })
  status!: string;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    unit: '元/月 (CNY a month)',
    zh: '缴费基数',
    en: 'Contribution base',
  })
  contributionBase!: string | null;

  @Column({ type: integer, level: 'L4', unit: '月 (months)', zh: '累计缴费月数', en: 'Months paid in all' })
  monthsPaid!: number | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '个人账户累计储存额',
    en: 'Balance of the personal account',
  })
  accountBalance!: string | null;

  @Column({ type: text(100), level: 'L3', zh: '经办机构', en: 'Agency that keeps it' })
  agency!: string | null;
}
