/** What enterprises consumed of energy. A sum is there where three report at least and none can be estimated from it within ten per cent. */
import { Dataset, Place } from '../../model/dataset.js';
import { decimal, integer } from '../../model/value-type.js';
import { industryDimension, industryLevel } from './dimension-terms.js';
import { dimension, measure, placeWords, statistic, TimeAndEditionColumns, TimedStatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'energy_statistic',
    list: 'energyStatistics',
    zh: '能耗统计',
    en: 'EnergyStatistic: energy consumption of enterprises by division, year and industry',
    resource: '3/06/14/001/000012',
    key: ['period', 'industry'],
    derivedFrom: [
      'EnergyUse',
      'EnergyUse.legalPerson',
      'EnergyUse.division',
      'EnergyUse.month',
      'EnergyUse.industry',
      'EnergyUse.consumption',
    ],
    loweredBy: 'suppression',
  }),
)
@TimeAndEditionColumns()
export class EnergyStatistic extends TimedStatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(industryDimension, '行业代码', 'Industry')
  industry!: string;

  @dimension(industryLevel, '行业层级', 'Depth of the industry')
  industryLevel!: string;

  @measure(integer, '份 (monthly reports)', '月报数', 'Monthly reports', { find: true })
  reports!: number | null;

  @measure(decimal(20, 2), '吨标准煤 (tce)', '综合能源消费量', 'Comprehensive energy consumption')
  consumption!: string | null;

  @measure(decimal(20, 2), '吨标准煤 (tce)', '平均每份月报综合能源消费量', 'Average a monthly report')
  averageConsumption!: string | null;
}
