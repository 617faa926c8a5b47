/** Living registered residents by their highest education level. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer } from '../../model/value-type.js';
import { educationDimension } from './dimension-terms.js';
import { dimension, EditionColumns, measure, placeWords, statistic, StatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'education_statistic',
    list: 'educationStatistics',
    zh: '受教育程度统计',
    en: 'EducationStatistic: living registered residents by division and highest education level',
    resource: '3/06/14/001/000003',
    key: ['educationLevel'],
    derivedFrom: ['Resident', 'Resident.division', 'Resident.educationLevel', 'Resident.status'],
    loweredBy: 'suppression',
  }),
)
@EditionColumns()
export class EducationStatistic extends StatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(educationDimension, '学历代码（大类）', 'Highest education level')
  educationLevel!: string;

  @measure(integer, '人 (persons)', '人数', 'Persons', { find: true })
  persons!: number | null;
}
