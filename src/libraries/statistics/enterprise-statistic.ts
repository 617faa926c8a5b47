/** Enterprises in operation. The register is open row by row, so counts are not suppressed; sums of capital are, where one firm dominates. */
import { Dataset, Place } from '../../model/dataset.js';
import { boolean, decimal, integer } from '../../model/value-type.js';
import { industryDimension, industryLevel } from './dimension-terms.js';
import { dimension, measure, placeWords, statistic, TimeAndEditionColumns, TimedStatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'enterprise_statistic',
    list: 'enterpriseStatistics',
    zh: '企业统计',
    en: 'EnterpriseStatistic: enterprises on the register by division, industry and year of establishment, with their registered capital',
    resource: '3/06/14/001/000007',
    key: ['period', 'industry'],
    derivedFrom: [
      'Enterprise',
      'Enterprise.legalPerson',
      'Enterprise.division',
      'Enterprise.industry',
      'Enterprise.establishedOn',
      'Enterprise.status',
      'Enterprise.registeredCapital',
      'Enterprise.capitalCurrency',
    ],
    loweredBy: 'open-rows',
  }),
)
@TimeAndEditionColumns()
export class EnterpriseStatistic extends TimedStatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(industryDimension, '行业代码', 'Industry')
  industry!: string;

  @dimension(industryLevel, '行业层级', 'Depth of the industry')
  industryLevel!: string;

  @measure(integer, '家 (enterprises)', '企业数', 'Enterprises', { find: true })
  enterprises!: number | null;

  @dimension(boolean, '注册资本是否隐去', 'Whether the figures on capital are withheld')
  capitalSuppressed!: boolean;

  @measure(decimal(26, 2), '元 (CNY)', '注册资本合计', 'Sum of registered capital in yuan, where no firm dominates')
  capitalSum!: string | null;

  @measure(decimal(26, 2), '元 (CNY)', '注册资本平均数', 'Average registered capital')
  capitalAverage!: string | null;

  @measure(
    decimal(26, 2),
    '元 (CNY)',
    '注册资本第25百分位数',
    'Percentile 25 of registered capital, to two significant digits',
  )
  capitalP25!: string | null;

  @measure(
    decimal(26, 2),
    '元 (CNY)',
    '注册资本第50百分位数',
    'Percentile 50 of registered capital, to two significant digits',
  )
  capitalP50!: string | null;

  @measure(
    decimal(26, 2),
    '元 (CNY)',
    '注册资本第75百分位数',
    'Percentile 75 of registered capital, to two significant digits',
  )
  capitalP75!: string | null;

  @measure(
    decimal(26, 2),
    '元 (CNY)',
    '注册资本第90百分位数',
    'Percentile 90 of registered capital, to two significant digits',
  )
  capitalP90!: string | null;
}
