/** Values of economic indicators: of a month, a year, a census or a thematic study, for the city or one of its divisions. */
import { LibraryRow } from '../../model/declaration.js';
import { Column, Dataset, Link, Place } from '../../model/dataset.js';
import { date, decimal, oneOf, reference, text } from '../../model/value-type.js';
import { Indicator } from './indicator.js';

const indicatorPeriodKind = oneOf({
  name: 'IndicatorPeriodKind',
  zh: '数据类别',
  en: 'What kind of period a value is about',
  values: {
    MONTH: { zh: '月度数据', en: 'A month' },
    YEAR: { zh: '年度数据', en: 'A year' },
    CENSUS: { zh: '普查数据', en: 'A census' },
    THEMATIC: { zh: '专题数据', en: 'A thematic study' },
  },
});

const indicatorValueState = oneOf({
  name: 'IndicatorValueState',
  zh: '数据状态',
  en: 'How final a value is',
  values: {
    PRELIMINARY: { zh: '快报数', en: 'Preliminary' },
    FINAL: { zh: '最终数', en: 'Final' },
  },
});

@Dataset({
  library: 'economy',
  table: 'indicator_value',
  list: 'indicatorValues',
  zh: '经济指标值',
  en: 'IndicatorValue: the value of an indicator in one division and period',
  provider: '150600-statistics',
  resource: '3/06/04/001/000002',
  existence: 'L1',
  sharing: 'unconditional',
  open: 'open',
  category: 'general',
  key: ['indicatorCode', 'division', 'periodKind', 'period'],
})
export class IndicatorValue extends LibraryRow {
  @Place({ level: 'L1', zh: '行政区划代码', en: 'Division that the value is about' })
  division!: string;

  @Column({
    type: reference(30),
    level: 'L1',
    required: true,
    find: true,
    zh: '指标代码（自定）',
    en: 'Code of the indicator, our own',
  })
  indicatorCode!: string;

  @Link({
    of: () => Indicator,
    own: 'indicatorCode',
    target: 'indicatorCode',
    inverse: { name: 'values', zh: '指标值', en: 'Values' },
    zh: '指标',
    en: 'The indicator',
  })
  indicator!: unknown;

  @Column({ type: indicatorPeriodKind, level: 'L1', required: true, find: true, zh: '数据类别', en: 'Kind of period' })
  periodKind!: string;

  @Column({
    type: reference(7),
    level: 'L1',
    required: true,
    find: true,
    zh: '所属期（YYYY或YYYY-MM）',
    en: 'Period, YYYY or YYYY-MM',
  })
  period!: string;

  @Column({ type: date, level: 'L1', required: true, find: true, zh: '所属期末日', en: 'Last day of the period' })
  periodEndsOn!: string;

  @Column({
    type: decimal(24, 4),
    level: 'L1',
    required: true,
    unit: '见指标 (of the indicator)',
    zh: '指标值',
    en: 'Value',
  })
  value!: string;

  @Column({
    type: decimal(24, 4),
    level: 'L1',
    unit: '见指标 (of the indicator)',
    zh: '本年累计值',
    en: 'Total since January, of a flow by month',
  })
  valueOfYear!: string | null;

  @Column({
    type: decimal(10, 2),
    level: 'L1',
    unit: '%',
    zh: '同比增速',
    en: 'Against the same period of the year before; null where there is none',
  })
  yearOnYear!: string | null;

  @Column({ type: indicatorValueState, level: 'L1', required: true, zh: '数据状态', en: 'How final it is' })
  state!: string;

  @Column({ type: date, level: 'L1', zh: '发布日期', en: 'Date of publication' })
  publishedOn!: string | null;

  @Column({ type: text(200), level: 'L1', zh: '数据来源', en: 'Where it was published' })
  source!: string | null;
}
