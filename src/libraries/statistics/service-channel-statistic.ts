/** The same cases year by year: who applied, and how. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer } from '../../model/value-type.js';
import { caseApplicant, caseChannel } from './dimension-terms.js';
import { dimension, measure, placeWords, statistic, TimeAndEditionColumns, TimedStatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'service_channel_statistic',
    list: 'serviceChannelStatistics',
    zh: '办件渠道统计',
    en: 'ServiceChannelStatistic: applications for government services by division, year, applicant and channel',
    resource: '3/06/14/001/000010',
    key: ['period', 'applicant', 'channel'],
    derivedFrom: [
      'PersonServiceCase',
      'PersonServiceCase.person',
      'PersonServiceCase.division',
      'PersonServiceCase.appliedOn',
      'PersonServiceCase.channel',
      'EnterpriseServiceCase',
      'EnterpriseServiceCase.legalPerson',
      'EnterpriseServiceCase.division',
      'EnterpriseServiceCase.appliedOn',
      'EnterpriseServiceCase.channel',
    ],
    loweredBy: 'suppression',
  }),
)
@TimeAndEditionColumns()
export class ServiceChannelStatistic extends TimedStatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(caseApplicant, '申请人类别', 'Persons or legal persons')
  applicant!: string;

  @dimension(caseChannel, '申请渠道', 'How they applied')
  channel!: string;

  @measure(integer, '件 (cases)', '办件数', 'Cases', { find: true })
  cases!: number | null;
}
