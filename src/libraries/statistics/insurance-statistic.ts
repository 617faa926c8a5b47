/** Who takes part in which social insurance, by where the insured live. One person may take part in several. */
import { Dataset, Place } from '../../model/dataset.js';
import { integer } from '../../model/value-type.js';
import { insuranceDimension } from './dimension-terms.js';
import { dimension, EditionColumns, measure, placeWords, statistic, StatisticRow } from './statistic.js';

@Dataset(
  statistic({
    table: 'insurance_statistic',
    list: 'insuranceStatistics',
    zh: '社会保险参保统计',
    en: 'InsuranceStatistic: registrations in social insurance not ended, by division of residence and kind of insurance',
    resource: '3/06/14/001/000005',
    key: ['insuranceType'],
    derivedFrom: [
      'InsuranceParticipation',
      'InsuranceParticipation.person',
      'InsuranceParticipation.division',
      'InsuranceParticipation.insuranceType',
      'InsuranceParticipation.status',
    ],
    loweredBy: 'suppression',
  }),
)
@EditionColumns()
export class InsuranceStatistic extends StatisticRow {
  @Place(placeWords)
  division!: string;

  @dimension(insuranceDimension, '险种类型代码', 'Kind of insurance')
  insuranceType!: string;

  @measure(integer, '人次 (registrations)', '参保登记数', 'Registrations not ended', { find: true })
  participations!: number | null;
}
