/** Registrations of employment in force, by where the worker lives and the section of industry. The registered unemployed are not counted. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer } from '../../model/value-type.js';
import { sectionDimension } from './dimension-terms.js';
import { dimension, EditionColumns, measure, placeWords, statistic, StatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'employment_statistic',
    list: 'employmentStatistics',
    zh: '就业统计',
    en: 'EmploymentStatistic: persons with a registration of employment in force, by division of residence and industry',
    resource: '3/06/14/001/000004',
    key: ['industry'],
    derivedFrom: [
      'Employment',
      'Employment.person',
      'Employment.division',
      'Employment.industry',
      'Employment.form',
      'Employment.status',
    ],
    loweredBy: 'suppression',
  }),
)
@EditionColumns()
export class EmploymentStatistic extends StatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(sectionDimension, '行业门类代码', 'Section of industry')
  industry!: string;

  @measure(integer, '件 (registrations)', '有效就业登记数', 'Registrations in force', { find: true })
  registrations!: number | null;
}
