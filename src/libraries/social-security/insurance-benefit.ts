/** Benefits of social insurance as paid out for a period. That someone receives one is sensitive. Supplied by human resources and social security. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { insuranceTypes } from '../../model/code-lists/insurance-types.js';
import { masks } from '../../model/mask.js';
import { code, date, integer, money, oneOf, text } from '../../model/value-type.js';

const benefitType = oneOf({
  name: 'BenefitType',
  zh: '待遇类型',
  en: 'Kind of benefit',
  values: {
    PENSION: { zh: '基本养老金', en: 'Basic pension' },
    RESIDENT_PENSION: { zh: '城乡居民养老金', en: 'Pension of urban and rural residents' },
    UNEMPLOYMENT: { zh: '失业保险金', en: 'Unemployment benefit' },
    INJURY_MEDICAL: { zh: '工伤医疗费', en: 'Medical costs of a work injury' },
    INJURY_DISABILITY: { zh: '一次性伤残补助金', en: 'Disability grant of a work injury' },
    FUNERAL: { zh: '丧葬补助金', en: 'Funeral grant' },
    SURVIVOR: { zh: '遗属抚恤金', en: 'Grant for survivors' },
  },
});

const status = oneOf({
  name: 'BenefitStatus',
  zh: '发放状态',
  en: 'Status of a payment',
  values: {
    PAID: { zh: '已发放', en: 'Paid' },
    RETURNED: { zh: '退票', en: 'Returned by the bank' },
    SUSPENDED: { zh: '暂停发放', en: 'Suspended' },
  },
});

@Dataset({
  library: 'social-security',
  table: 'insurance_benefit',
  list: 'insuranceBenefits',
  zh: '社会保险待遇发放',
  en: 'InsuranceBenefit: a benefit of social insurance paid for a period',
  provider: '150600-human-resources',
  resource: '3/06/07/001/000003',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['paymentNumber'],
})
export class InsuranceBenefit extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '待遇领取人画像',
    en: 'Portrait of the recipient',
    division: { level: 'L3', zh: '待遇领取人居住地行政区划代码', en: "Division of the recipient's residence" },
  })
  person!: string;

  @Column({ type: text(30), level: 'L3', required: true, zh: '发放流水号', en: 'Number of the payment' })
  paymentNumber!: string;

  @Column({
    type: code(insuranceTypes),
    level: 'L3',
    required: true,
    find: true,
    zh: '险种类型代码',
    en: 'Kind of insurance',
  })
  insuranceType!: string;

  @Column({ type: benefitType, level: 'L3', required: true, find: true, zh: '待遇类型', en: 'Kind of benefit' })
  benefitType!: string;

  @Column({ type: date, level: 'L3', mask: masks.year, zh: '待遇享受开始日期', en: 'Date from which it is received' })
  entitledFrom!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['paymentNumber']],
    required: true,
    find: true,
    zh: '发放所属期起',
    en: 'First day of the period',
  })
  periodStartsOn!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['paidOn']],
    required: true,
    find: true,
    zh: '发放所属期止',
    en: 'Last day of the period',
  })
  periodEndsOn!: string;

  @Column({
    type: integer,
    level: 'L3',
    unit: '月 (months)',
    zh: '发放月数',
    en: 'Months paid for; null for what is paid once',
  })
  months!: number | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    toldBy: [['amount', 'months']],
    unit: '元/月 (CNY a month)',
    zh: '月待遇标准',
    en: 'Monthly standard',
  })
  monthlyAmount!: string | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    toldBy: [
      ['monthlyAmount', 'months'],
      ['basicAmount', 'accountAmount'],
    ],
    required: true,
    unit: '元 (CNY)',
    zh: '发放金额',
    en: 'Amount paid',
  })
  amount!: string;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    toldBy: [['amount', 'accountAmount']],
    unit: '元 (CNY)',
    zh: '其中基础养老金',
    en: 'Of it, the basic part of a pension',
  })
  basicAmount!: string | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    toldBy: [['amount', 'basicAmount']],
    unit: '元 (CNY)',
    zh: '其中个人账户养老金',
    en: 'Of it, from the personal account',
  })
  accountAmount!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    toldBy: [['periodEndsOn']],
    find: true,
    zh: '发放日期',
    en: 'Date of the last payment',
  })
  paidOn!: string | null;

  @Column({ type: text(100), level: 'L3', zh: '发放银行', en: 'Bank that pays it out' })
  bankName!: string | null;

  @Column({ type: status, level: 'L3', required: true, find: true, zh: '发放状态', en: 'Status' })
  status!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    zh: '领取资格认证日期',
    en: 'Date the recipient was last found entitled',
  })
  certifiedOn!: string | null;
}
