/** Emergencies over time. They are about nobody, and open one by one. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer, label } from '../../model/value-type.js';
import { eventCategory } from './dimension-terms.js';
import { dimension, measure, placeWords, statistic, TimeAndEditionColumns, TimedStatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'emergency_statistic',
    list: 'emergencyStatistics',
    zh: '突发事件统计',
    en: 'EmergencyStatistic: emergencies by division, month, category and type',
    resource: '3/06/14/001/000011',
    key: ['period', 'category', 'type'],
    derivedFrom: [
      'EmergencyEvent',
      'EmergencyEvent.division',
      'EmergencyEvent.category',
      'EmergencyEvent.type',
      'EmergencyEvent.occurredAt',
    ],
    loweredBy: 'open-rows',
  }),
)
@TimeAndEditionColumns()
export class EmergencyStatistic extends TimedStatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(eventCategory, '事件类别', 'Category')
  category!: string;

  @dimension(label(60), '事件类型（all 为合计）', 'Type within the category; all for all together')
  type!: string;

  @measure(integer, '起 (events)', '事件数', 'Events', { find: true })
  events!: number | null;
}
