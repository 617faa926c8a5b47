/** Living registered residents, where they live, by sex and age. The protected are counted like everyone: no figure tells of fewer than k. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer } from '../../model/value-type.js';
import { ageDimension, ageLevel, sexDimension, townDimension } from './dimension-terms.js';
import { dimension, EditionColumns, measure, placeWords, statistic, StatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'population_statistic',
    list: 'populationStatistics',
    zh: '人口统计',
    en: 'PopulationStatistic: living registered residents by division, town, sex and age',
    resource: '3/06/14/001/000001',
    key: ['town', 'sex', 'age'],
    derivedFrom: [
      'Resident',
      'Resident.division',
      'Resident.town',
      'Resident.sex',
      'Resident.birthDate',
      'Resident.status',
    ],
    loweredBy: 'suppression',
  }),
)
@EditionColumns()
export class PopulationStatistic extends StatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(townDimension, '街道（乡镇）代码', 'Town')
  town!: string;

  @dimension(sexDimension, '性别代码', 'Sex')
  sex!: string;

  @dimension(ageDimension, '年龄组', 'Age band')
  age!: string;

  @dimension(ageLevel, '年龄组层级', 'Depth of the age band')
  ageLevel!: string;

  @measure(integer, '人 (persons)', '人数', 'Persons', { find: true })
  persons!: number | null;
}
