/** What authorities decided about legal persons. Each row is open by itself. */
import { Inspection } from '../../libraries/legal-person/inspection.js';
import { Licence } from '../../libraries/legal-person/licence.js';
import { Penalty } from '../../libraries/legal-person/penalty.js';
import { SupervisionStatistic } from '../../libraries/statistics/supervision-statistic.js';
import { defineCube, source } from '../cube.js';
import { act, authority, period } from '../dimensions.js';

export const supervision = defineCube({
  dataset: SupervisionStatistic,
  family: 'supervision',
  unit: 'legal-persons',
  place: 'division',
  dimensions: [act, authority, period('YEAR', 'MONTH')],
  count: 'acts',
  control: 'open-rows',
  k: 1,
  contributes: 'once',
  money: null,
  sources: [
    source(Licence, {
      dimensions: {
        act: { constant: 'LICENCE' },
        authority: { field: 'authority', as: 'code' },
        period: { field: 'decidedOn', as: 'month' },
      },
    }),
    source(Inspection, {
      dimensions: {
        act: { constant: 'INSPECTION' },
        authority: { field: 'authority', as: 'code' },
        period: { field: 'inspectedOn', as: 'month' },
      },
    }),
    source(Penalty, {
      dimensions: {
        act: { constant: 'PENALTY' },
        authority: { field: 'authority', as: 'code' },
        period: { field: 'decidedOn', as: 'month' },
      },
    }),
  ],
});
