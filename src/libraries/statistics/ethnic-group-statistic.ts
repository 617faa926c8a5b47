/** Living registered residents by ethnic group: Han, Mongol, and all others together, for of most of those there are few. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer } from '../../model/value-type.js';
import { ethnicDimension } from './dimension-terms.js';
import { dimension, EditionColumns, measure, placeWords, statistic, StatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'ethnic_group_statistic',
    list: 'ethnicGroupStatistics',
    zh: '民族人口统计',
    en: 'EthnicGroupStatistic: living registered residents by division and ethnic group, in three groups',
    resource: '3/06/14/001/000002',
    key: ['ethnicGroup'],
    derivedFrom: ['Resident', 'Resident.division', 'Resident.ethnicGroup', 'Resident.status'],
    loweredBy: 'suppression',
  }),
)
@EditionColumns()
export class EthnicGroupStatistic extends StatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(ethnicDimension, '民族分组', 'Ethnic group')
  ethnicGroup!: string;

  @measure(integer, '人 (persons)', '人数', 'Persons', { find: true })
  persons!: number | null;
}
