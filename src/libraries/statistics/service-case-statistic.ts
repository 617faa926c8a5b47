/** Applications of persons and legal persons for services, over time, by where the applicants live or are registered. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer } from '../../model/value-type.js';
import { itemTypeDimension } from './dimension-terms.js';
import { dimension, measure, placeWords, statistic, TimeAndEditionColumns, TimedStatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'service_case_statistic',
    list: 'serviceCaseStatistics',
    zh: '办件统计',
    en: 'ServiceCaseStatistic: applications for government services by division, month and type of item',
    resource: '3/06/14/001/000009',
    key: ['period', 'itemType'],
    derivedFrom: [
      'PersonServiceCase',
      'PersonServiceCase.person',
      'PersonServiceCase.division',
      'PersonServiceCase.appliedOn',
      'PersonServiceCase.itemType',
      'EnterpriseServiceCase',
      'EnterpriseServiceCase.legalPerson',
      'EnterpriseServiceCase.division',
      'EnterpriseServiceCase.appliedOn',
      'EnterpriseServiceCase.itemType',
    ],
    loweredBy: 'suppression',
  }),
)
@TimeAndEditionColumns()
export class ServiceCaseStatistic extends TimedStatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(itemTypeDimension, '事项类型代码', 'Type of item')
  itemType!: string;

  @measure(integer, '件 (cases)', '办件数', 'Cases', { find: true })
  cases!: number | null;
}
