/** Yearly reports of state-owned enterprises on assets and results, as audited. Supplied by the state assets commission. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, SubjectKey } from '../../model/dataset.js';
import { masks } from '../../model/mask.js';
import { date, decimal, integer, money, oneOf, text } from '../../model/value-type.js';

const auditOpinion = oneOf({
  name: 'AuditOpinion',
  zh: '审计意见类型',
  en: 'Opinion of the auditor',
  values: {
    UNQUALIFIED: { zh: '标准无保留意见', en: 'Unqualified' },
    UNQUALIFIED_EMPHASIS: { zh: '带强调事项段的无保留意见', en: 'Unqualified, with emphasis of matter' },
    QUALIFIED: { zh: '保留意见', en: 'Qualified' },
    ADVERSE: { zh: '否定意见', en: 'Adverse' },
    DISCLAIMER: { zh: '无法表示意见', en: 'Disclaimer' },
  },
});

@Dataset({
  library: 'state-assets',
  table: 'asset_report',
  list: 'assetReports',
  zh: '国有资产年报',
  en: 'AssetReport: the yearly report of a state-owned enterprise on its assets and results',
  provider: '150600-state-assets',
  resource: '3/06/11/001/000003',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['legalPerson', 'year'],
})
export class AssetReport extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L2',
    zh: '填报企业画像',
    en: 'Portrait of the enterprise',
    division: { level: 'L2', zh: '填报企业登记地行政区划代码', en: 'Division of registration' },
  })
  legalPerson!: string;

  @Column({ type: integer, level: 'L2', find: true, required: true, unit: '年 (year)', zh: '报告年度', en: 'Year' })
  year!: number;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.amountBand,
    toldBy: [
      ['ownersEquity', 'totalLiabilities'],
      ['stateEquity', 'totalLiabilities'],
      ['totalLiabilities', 'debtRatio'],
    ],
    required: true,
    unit: '元 (CNY)',
    zh: '资产总额',
    en: 'Total assets at the end of the year',
  })
  totalAssets!: string;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.amountBand,
    toldBy: [
      ['totalAssets', 'ownersEquity'],
      ['totalAssets', 'stateEquity'],
      ['totalAssets', 'debtRatio'],
    ],
    required: true,
    unit: '元 (CNY)',
    zh: '负债总额',
    en: 'Total liabilities at the end of the year',
  })
  totalLiabilities!: string;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.signedAmountBand,
    toldBy: [['stateEquity'], ['totalAssets', 'totalLiabilities'], ['netProfit', 'returnOnEquity']],
    required: true,
    unit: '元 (CNY)',
    zh: '所有者权益',
    en: "Owners' equity at the end of the year",
  })
  ownersEquity!: string;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.signedAmountBand,
    toldBy: [['ownersEquity'], ['totalAssets', 'totalLiabilities'], ['netProfit', 'returnOnEquity']],
    unit: '元 (CNY)',
    zh: '国有资本及权益总额',
    en: "The state's capital and its part of the equity",
  })
  stateEquity!: string | null;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.amountBand,
    toldBy: [['operatingCost', 'totalProfit']],
    required: true,
    unit: '元 (CNY)',
    zh: '营业总收入',
    en: 'Operating revenue of the year',
  })
  operatingRevenue!: string;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.amountBand,
    toldBy: [['operatingRevenue', 'totalProfit']],
    unit: '元 (CNY)',
    zh: '营业总成本',
    en: 'Operating cost of the year',
  })
  operatingCost!: string | null;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.signedAmountBand,
    toldBy: [['operatingRevenue', 'operatingCost']],
    required: true,
    unit: '元 (CNY)',
    zh: '利润总额',
    en: 'Profit before tax, negative for a loss',
  })
  totalProfit!: string;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.signedAmountBand,
    toldBy: [
      ['ownersEquity', 'returnOnEquity'],
      ['stateEquity', 'returnOnEquity'],
    ],
    required: true,
    unit: '元 (CNY)',
    zh: '净利润',
    en: 'Net profit, negative for a loss',
  })
  netProfit!: string;

  @Column({
    type: money,
    level: 'L4',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '实际上交税费总额',
    en: 'Taxes and fees paid',
  })
  taxesPaid!: string | null;

  @Column({ type: decimal(9, 2), level: 'L3', unit: '% (per cent)', zh: '资产负债率', en: 'Liabilities to assets' })
  debtRatio!: string | null;

  @Column({
    type: decimal(9, 2),
    level: 'L3',
    unit: '% (per cent)',
    zh: '国有资本保值增值率',
    en: 'State capital kept and increased: at the end to the beginning of the year',
  })
  preservationRate!: string | null;

  @Column({ type: decimal(9, 2), level: 'L3', unit: '% (per cent)', zh: '净资产收益率', en: 'Net profit to equity' })
  returnOnEquity!: string | null;

  @Column({ type: integer, level: 'L2', unit: '人 (persons)', zh: '从业人员平均人数', en: 'Staff on average' })
  staffCount!: number | null;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '职工薪酬总额',
    en: 'Wages and benefits of all staff',
  })
  payroll!: string | null;

  @Column({ type: text(100), level: 'L2', zh: '审计机构', en: 'Auditor' })
  auditor!: string | null;

  @Column({ type: auditOpinion, level: 'L2', find: true, zh: '审计意见类型', en: 'Opinion of the auditor' })
  auditOpinion!: string | null;

  @Column({ type: date, level: 'L2', required: true, zh: '报送日期', en: 'Submitted on' })
  submittedOn!: string;
}
