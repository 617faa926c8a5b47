/** What authorities decided about legal persons, over time. Each row that is counted is open itself; penalties count while they are published. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer, label } from '../../model/value-type.js';
import { supervisionAct } from './dimension-terms.js';
import { dimension, measure, placeWords, statistic, TimeAndEditionColumns, TimedStatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'supervision_statistic',
    list: 'supervisionStatistics',
    zh: '许可、检查与处罚统计',
    en: 'SupervisionStatistic: licences, inspections and penalties by division, authority and month',
    resource: '3/06/14/001/000008',
    key: ['period', 'act', 'authority'],
    derivedFrom: [
      'Licence',
      'Licence.division',
      'Licence.authority',
      'Licence.decidedOn',
      'Inspection',
      'Inspection.division',
      'Inspection.authority',
      'Inspection.inspectedOn',
      'Penalty',
      'Penalty.division',
      'Penalty.authority',
      'Penalty.decidedOn',
    ],
    loweredBy: 'open-rows',
  }),
)
@TimeAndEditionColumns()
export class SupervisionStatistic extends TimedStatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(supervisionAct, '监管行为', 'Licence, inspection or penalty')
  act!: string;

  @dimension(label(100), '实施机关（all 为合计）', 'Authority; all for all together')
  authority!: string;

  @measure(integer, '件 (acts)', '件数', 'Acts')
  acts!: number | null;
}
