/** Applications for government services: month by month, and year by year with who applied and how. The two share the years. */
import { EnterpriseServiceCase } from '../../libraries/government-services/enterprise-service-case.js';
import { PersonServiceCase } from '../../libraries/government-services/person-service-case.js';
import { ServiceCaseStatistic } from '../../libraries/statistics/service-case-statistic.js';
import { ServiceChannelStatistic } from '../../libraries/statistics/service-channel-statistic.js';
import { type Cube, defineCube, leastPersons, source } from '../cube.js';
import { applicant, channel, itemType, period } from '../dimensions.js';

const cases = {
  family: 'service-cases',
  unit: 'persons',
  place: 'division',
  count: 'cases',
  control: 'suppression',
  k: leastPersons,
  contributes: 'repeatedly',
  money: null,
} satisfies Partial<Cube>;

const asMonth = { period: { field: 'appliedOn', as: 'month' }, itemType: { field: 'itemType', as: 'code' } } as const;
const asYear = { period: { field: 'appliedOn', as: 'year' }, channel: { field: 'channel', as: 'code' } } as const;

export const serviceCases = defineCube({
  ...cases,
  dataset: ServiceCaseStatistic,
  dimensions: [period('YEAR', 'MONTH'), itemType],
  sources: [
    source(PersonServiceCase, { contributor: 'person', dimensions: asMonth }),
    source(EnterpriseServiceCase, { contributor: 'legalPerson', dimensions: asMonth }),
  ],
});

export const serviceChannels = defineCube({
  ...cases,
  dataset: ServiceChannelStatistic,
  dimensions: [period('YEAR'), applicant, channel],
  sources: [
    source(PersonServiceCase, { contributor: 'person', dimensions: { ...asYear, applicant: { constant: 'PERSON' } } }),
    source(EnterpriseServiceCase, {
      contributor: 'legalPerson',
      dimensions: { ...asYear, applicant: { constant: 'LEGAL_PERSON' } },
    }),
  ],
});
