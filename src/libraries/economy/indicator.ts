/** Economic indicators: what each one means and who answers for it. Codes are our own; there is no national list. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Place } from '../../model/dataset.js';
import { departments } from '../../model/code-lists/departments.js';
import { code, date, integer, oneOf, text } from '../../model/value-type.js';

const indicatorDomain = oneOf({
  name: 'IndicatorDomain',
  zh: '指标领域',
  en: 'What part of the economy an indicator is about',
  values: {
    NATIONAL_ACCOUNTS: { zh: '国民经济核算', en: 'National accounts' },
    INDUSTRY: { zh: '工业', en: 'Industry' },
    AGRICULTURE: { zh: '农牧业', en: 'Agriculture and animal husbandry' },
    INVESTMENT: { zh: '投资', en: 'Investment' },
    CONSUMPTION: { zh: '消费', en: 'Consumption' },
    FOREIGN_TRADE: { zh: '进出口', en: 'Import and export' },
    PRICES: { zh: '物价', en: 'Prices' },
    FISCAL: { zh: '财政', en: 'Public finance' },
    TAXATION: { zh: '税收', en: 'Taxation' },
    POPULATION: { zh: '人口与就业', en: 'Population and employment' },
    INCOME: { zh: '居民收支', en: 'Income of households' },
    ENERGY: { zh: '能源', en: 'Energy' },
  },
});

const indicatorFrequency = oneOf({
  name: 'IndicatorFrequency',
  zh: '指标频度',
  en: 'How often an indicator is told',
  values: {
    MONTHLY: { zh: '月度', en: 'Monthly' },
    YEARLY: { zh: '年度', en: 'Yearly' },
    CENSUS: { zh: '普查', en: 'By census' },
    THEMATIC: { zh: '专题', en: 'In thematic studies' },
  },
});

const indicatorNature = oneOf({
  name: 'IndicatorNature',
  zh: '指标性质',
  en: 'How the value of a year comes from those of its months, and that of the city from its divisions',
  values: {
    FLOW: { zh: '时期指标（累加）', en: 'Flow: months and divisions add up' },
    STOCK: { zh: '时点指标（期末值）', en: 'Stock: the value at the end; divisions add up' },
    AVERAGE: { zh: '平均指标', en: 'Average: neither adds up' },
    INDEX: { zh: '指数（上年同期=100）', en: 'Index, the same period of the year before being 100' },
  },
});

@Dataset({
  library: 'economy',
  table: 'indicator',
  list: 'indicators',
  zh: '经济指标',
  en: 'Indicator: an economic indicator and what it means',
  provider: '150600-statistics',
  resource: '3/06/04/001/000001',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['indicatorCode'],
})
export class Indicator extends LibraryRow {
  @Place({ level: 'L1', zh: '适用行政区划代码', en: 'Division that it describes, parts included' })
  division!: string;

  @Column({ type: text(30), level: 'L1', required: true, zh: '指标代码（自定）', en: 'Code of the indicator, our own' })
  indicatorCode!: string;

  @Column({ type: text(100), level: 'L1', required: true, find: true, zh: '指标名称', en: 'Name in Chinese' })
  name!: string;

  @Column({ type: text(200), level: 'L1', required: true, zh: '指标英文名称', en: 'Name in English' })
  englishName!: string;

  @Column({ type: indicatorDomain, level: 'L1', required: true, find: true, zh: '指标领域', en: 'Part of the economy' })
  domain!: string;

  @Column({ type: text(40), level: 'L1', required: true, zh: '计量单位', en: 'Unit of its values' })
  unit!: string;

  @Column({
    type: code(departments),
    level: 'L1',
    required: true,
    find: true,
    zh: '数据来源部门代码',
    en: 'Department that answers for it',
  })
  department!: string;

  @Column({
    type: indicatorFrequency,
    level: 'L1',
    required: true,
    find: true,
    zh: '发布频度',
    en: 'How often it is told; what is monthly is yearly too',
  })
  frequency!: string;

  @Column({ type: indicatorNature, level: 'L1', required: true, zh: '指标性质', en: 'How its values add up' })
  nature!: string;

  @Column({
    type: integer,
    level: 'L1',
    required: true,
    unit: '位 (digits)',
    zh: '小数位数',
    en: 'Digits after the point that mean something',
  })
  decimals!: number;

  @Column({ type: text(1000), level: 'L1', zh: '指标解释', en: 'What it means' })
  definition!: string | null;

  @Column({ type: text(300), level: 'L1', zh: '统计方法', en: 'How it is obtained' })
  method!: string | null;

  @Column({ type: date, level: 'L1', zh: '起始日期', en: 'First day that its values are about' })
  startedOn!: string | null;
}
