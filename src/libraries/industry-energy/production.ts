/** What a mine or plant makes, month by month. What one unit reports for statistics is kept in confidence; what it earns by it, strictly. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Link, SubjectKey } from '../../model/dataset.js';
import { industrialProducts } from '../../model/code-lists/industrial-products.js';
import { masks } from '../../model/mask.js';
import { code, date, decimal, money, reference, text } from '../../model/value-type.js';
import { IndustrialSite } from './industrial-site.js';

@Dataset({
  library: 'industry-energy',
  table: 'production',
  list: 'productionReports',
  zh: '产量月报',
  en: 'Production: the output of a mine or plant in one month',
  provider: '150600-industry',
  resource: '3/06/12/001/000002',
  existence: 'L2',
  sharing: 'conditional',
  open: 'not-open',
  category: 'general',
  key: ['siteCode', 'month'],
})
export class Production extends LibraryRow {
  @SubjectKey({
    kind: 'legal-person',
    required: true,
    level: 'L2',
    zh: '所属企业画像',
    en: 'Portrait of the enterprise',
    division: { level: 'L2', zh: '所属企业登记地行政区划代码', en: 'Division of registration of the enterprise' },
  })
  legalPerson!: string;

  @Column({
    type: reference(20),
    level: 'L2',
    required: true,
    find: true,
    standard: '自定 (own codes)',
    zh: '矿山（工厂）编码',
    en: 'Code of the site',
  })
  siteCode!: string;

  @Link({
    of: () => IndustrialSite,
    own: 'siteCode',
    target: 'siteCode',
    inverse: { name: 'production', zh: '产量月报', en: 'Output by month' },
    zh: '矿山（工厂）',
    en: 'The mine or plant',
  })
  site!: unknown;

  @Column({
    type: date,
    level: 'L2',
    required: true,
    find: true,
    zh: '所属月份（首日）',
    en: 'Month, as its first day',
  })
  month!: string;

  @Column({ type: code(industrialProducts), level: 'L2', required: true, find: true, zh: '产品代码', en: 'Product' })
  product!: string;

  @Column({ type: text(40), level: 'L2', zh: '计量单位', en: 'Unit in which quantities are given' })
  unit!: string | null;

  @Column({
    type: decimal(18, 2),
    level: 'L2',
    required: true,
    find: true,
    unit: '见计量单位 (as unit says)',
    zh: '本月产量',
    en: 'Output of the month',
  })
  output!: string;

  @Column({
    type: decimal(18, 2),
    level: 'L2',
    required: true,
    unit: '见计量单位 (as unit says)',
    zh: '本年累计产量',
    en: 'Output since January',
  })
  outputOfYear!: string;

  @Column({
    type: decimal(10, 2),
    level: 'L2',
    unit: '%',
    zh: '产量同比增速',
    en: 'Output against the same month of the year before; null where there was none',
  })
  yearOnYear!: string | null;

  @Column({
    type: decimal(6, 2),
    level: 'L2',
    unit: '%',
    zh: '产能利用率',
    en: "Output against a twelfth of the year's capacity",
  })
  utilisation!: string | null;

  @Column({
    type: decimal(18, 2),
    level: 'L2',
    unit: '见计量单位 (as unit says)',
    zh: '本月销量',
    en: 'Sold in the month',
  })
  sales!: string | null;

  @Column({
    type: decimal(18, 2),
    level: 'L2',
    unit: '见计量单位 (as unit says)',
    zh: '月末库存',
    en: 'Stock at the end of the month; null for what cannot be stored',
  })
  stock!: string | null;

  @Column({
    type: money,
    level: 'L3',
    mask: masks.amountBand,
    unit: '元 (CNY)',
    zh: '工业总产值',
    en: 'Gross output value at current prices',
  })
  outputValue!: string | null;
}
