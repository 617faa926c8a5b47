/** Visits to medical institutions over time, by where the patients live. A figure rests on k patients at least, not k visits. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer } from '../../model/value-type.js';
import { measure, placeWords, statistic, TimeAndEditionColumns, TimedStatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'medical_visit_statistic',
    list: 'medicalVisitStatistics',
    zh: '就诊统计',
    en: "MedicalVisitStatistic: medical visits by division of the patient's residence and month",
    resource: '3/06/14/001/000006',
    key: ['period'],
    derivedFrom: ['MedicalVisit', 'MedicalVisit.person', 'MedicalVisit.division', 'MedicalVisit.visitedOn'],
    loweredBy: 'suppression',
  }),
)
@TimeAndEditionColumns()
export class MedicalVisitStatistic extends TimedStatisticRow {
  @Place(placeWords)
  division!: string;

  @measure(integer, '人次 (visits)', '就诊人次', 'Visits', { find: true })
  visits!: number | null;
}
