/** The same uses day by day, of all departments and libraries together. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer } from '../../model/value-type.js';
import { measure, placeWords, statistic, TimeAndEditionColumns, TimedStatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'daily_use_statistic',
    list: 'dailyUseStatistics',
    zh: '逐日使用统计',
    en: 'DailyUseStatistic: use of libraries by day',
    resource: '3/06/14/001/000014',
    key: ['period'],
    loweredBy: 'own-records',
  }),
)
@TimeAndEditionColumns()
export class DailyUseStatistic extends TimedStatisticRow {
  @Place(placeWords)
  division!: string;

  @measure(integer, '次 (uses)', '使用次数', 'Uses', { find: true })
  uses!: number | null;
}
