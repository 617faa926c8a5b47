/** What enterprises report of their energy. Counts and sums are withheld together: three reporting enterprises at least, and no one dominant. */
import { EnergyUse } from '../../libraries/industry-energy/energy-use.js';
import { EnergyStatistic } from '../../libraries/statistics/energy-statistic.js';
import { defineCube, source } from '../cube.js';
import { industry, period } from '../dimensions.js';

export const energy = defineCube({
  dataset: EnergyStatistic,
  family: 'energy',
  unit: 'legal-persons',
  place: 'division',
  dimensions: [period('YEAR'), industry],
  count: 'reports',
  control: 'suppression',
  k: 3,
  contributes: 'repeatedly',
  sources: [
    source(EnergyUse, {
      contributor: 'legalPerson',
      dimensions: { period: { field: 'month', as: 'year' }, industry: { field: 'industry', as: 'code' } },
      money: 'consumption',
    }),
  ],
  money: {
    sum: 'consumption',
    average: 'averageConsumption',
    quantiles: {},
    dominance: { percent: 10, minimumContributors: 3 },
    suppressed: null,
  },
});
