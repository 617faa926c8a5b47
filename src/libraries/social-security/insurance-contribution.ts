/**
 * What was paid into a social insurance for a period: a month, or a year as the annual statement has it.
 * Supplied by human resources and social security, which has it from the tax bureau that collects it.
 */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { insuranceTypes } from '../../model/code-lists/insurance-types.js';
import { masks } from '../../model/mask.js';
import { code, date, decimal, integer, money, oneOf, text } from '../../model/value-type.js';

const contributionKind = oneOf({
  name: 'ContributionKind',
  zh: '缴费类型',
  en: 'Kind of contribution',
  values: {
    NORMAL: { zh: '正常应缴', en: 'Due in the period' },
    SUPPLEMENT: { zh: '补缴', en: 'Paid afterwards' },
    REFUND: { zh: '退费', en: 'Refund' },
  },
});

const arrival = oneOf({
  name: 'ContributionArrival',
  zh: '到账标志',
  en: 'Whether a contribution has arrived',
  values: {
    ARRIVED: { zh: '已实缴', en: 'Arrived' },
    PARTIAL: { zh: '部分到账', en: 'Arrived in part' },
    DUE: { zh: '欠费', en: 'In arrears' },
  },
});

@Dataset({
  library: 'social-security',
  table: 'insurance_contribution',
  list: 'insuranceContributions',
  zh: '社会保险缴费记录',
  en: 'InsuranceContribution: what was paid into a social insurance for a period',
  provider: '150600-human-resources',
  resource: '3/06/07/001/000002',
  existence: 'L3',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['contributionNumber'],
})
export class InsuranceContribution extends LibraryRow {
  @SubjectKey({
    kind: 'person',
    required: true,
    level: 'L3',
    zh: '参保人画像',
    en: 'Portrait of the insured person',
    division: { level: 'L3', zh: '参保人居住地行政区划代码', en: "Division of the insured person's residence" },
  })
  person!: string;

  @SubjectKey({ kind: 'legal-person', level: 'L3', zh: '缴费单位画像', en: 'Portrait of the employer' })
  employer!: string | null;

  @Column({ type: text(30), level: 'L3', required: true, zh: '缴费流水号', en: 'Number of the contribution' })
  contributionNumber!: string;

  @Column({
    type: code(insuranceTypes),
    level: 'L3',
    required: true,
    find: true,
    zh: '险种类型代码',
    en: 'Kind of insurance',
  })
  insuranceType!: string;

  @Column({ type: contributionKind, level: 'L3', required: true, zh: '缴费类型', en: 'Kind of contribution' })
  kind!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    required: true,
    find: true,
    zh: '费款所属期起',
    en: 'First day of the period',
  })
  periodStartsOn!: string;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    required: true,
    find: true,
    zh: '费款所属期止',
    en: 'Last day of the period',
  })
  periodEndsOn!: string;

  @Column({ type: integer, level: 'L3', required: true, unit: '月 (months)', zh: '缴费月数', en: 'Months paid' })
  months!: number;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    toldBy: [
      ['employerAmount', 'employerRate', 'months'],
      ['personalAmount', 'personalRate', 'months'],
    ],
    unit: '元/月 (CNY a month)',
    zh: '缴费基数',
    en: 'Contribution base',
  })
  base!: string | null;

  @Column({ type: decimal(5, 2), level: 'L3', unit: '%', zh: '单位缴费比例', en: 'Rate of the employer' })
  employerRate!: string | null;

  @Column({ type: decimal(5, 2), level: 'L3', unit: '%', zh: '个人缴费比例', en: 'Rate of the person' })
  personalRate!: string | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    toldBy: [['base', 'employerRate', 'months']],
    unit: '元 (CNY)',
    zh: '单位缴费金额',
    en: 'Paid by the employer',
  })
  employerAmount!: string | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    toldBy: [['base', 'personalRate', 'months']],
    unit: '元 (CNY)',
    zh: '个人缴费金额',
    en: 'Paid by the person',
  })
  personalAmount!: string | null;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '政府补贴金额',
    en: 'Subsidy of the government',
  })
  subsidyAmount!: string | null;

  @Column({
    type: date,
    level: 'L3',
    mask: masks.year,
    find: true,
    zh: '到账日期',
    en: 'Date the last of it arrived; null while due',
  })
  paidOn!: string | null;

  @Column({ type: arrival, level: 'L3', required: true, find: true, zh: '到账标志', en: 'Whether it has arrived' })
  arrival!: string;
}
