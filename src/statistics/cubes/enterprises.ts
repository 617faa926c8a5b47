/** Enterprises in operation, and their registered capital where it is in yuan. Each row is open by itself; a sum that one firm dominates is withheld all the same. */
import { Enterprise } from '../../libraries/legal-person/enterprise.js';
import { EnterpriseStatistic } from '../../libraries/statistics/enterprise-statistic.js';
import { defineCube, source } from '../cube.js';
import { industry, period } from '../dimensions.js';

export const enterprises = defineCube({
  dataset: EnterpriseStatistic,
  family: 'enterprises',
  unit: 'legal-persons',
  place: 'division',
  dimensions: [industry, period('YEAR')],
  count: 'enterprises',
  control: 'open-rows',
  k: 1,
  contributes: 'once',
  sources: [
    source(Enterprise, {
      contributor: 'legalPerson',
      where: [{ field: 'status', in: ['1'] }],
      dimensions: { industry: { field: 'industry', as: 'code' }, period: { field: 'establishedOn', as: 'year' } },
      money: 'registeredCapital',
      moneyWhere: [{ field: 'capitalCurrency', in: ['CNY'] }],
    }),
  ],
  money: {
    sum: 'capitalSum',
    average: 'capitalAverage',
    quantiles: { capitalP25: 0.25, capitalP50: 0.5, capitalP75: 0.75, capitalP90: 0.9 },
    dominance: { percent: 10, minimumContributors: 3 },
    suppressed: 'capitalSuppressed',
  },
});
