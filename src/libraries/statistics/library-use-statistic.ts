/** Use of the pool, from the usage log: how often whose applications asked which library. A request that asks two libraries is two uses. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer, label } from '../../model/value-type.js';
import { departmentDimension } from './dimension-terms.js';
import { dimension, measure, placeWords, statistic, TimeAndEditionColumns, TimedStatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'library_use_statistic',
    list: 'libraryUseStatistics',
    zh: '资源库使用统计',
    en: 'LibraryUseStatistic: use of libraries by month and department',
    resource: '3/06/14/001/000013',
    key: ['period', 'department', 'library'],
    loweredBy: 'own-records',
  }),
)
@TimeAndEditionColumns()
export class LibraryUseStatistic extends TimedStatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(
    departmentDimension,
    '使用方所属部门代码（unknown 为公众）',
    'Department of the consumer; unknown for the public',
  )
  department!: string;

  @dimension(label(40), '资源库代码（all 为合计）', 'Library; all for all together')
  library!: string;

  @measure(integer, '次 (uses)', '使用次数', 'Uses', { find: true })
  uses!: number | null;
}
