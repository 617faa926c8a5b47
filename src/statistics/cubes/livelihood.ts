/** Work, insurance and health of persons: who does each may stand in several rows. */
import { MedicalVisit } from '../../libraries/healthcare/medical-visit.js';
import { Employment } from '../../libraries/population/employment.js';
import { InsuranceParticipation } from '../../libraries/social-security/insurance-participation.js';
import { EmploymentStatistic } from '../../libraries/statistics/employment-statistic.js';
import { InsuranceStatistic } from '../../libraries/statistics/insurance-statistic.js';
import { MedicalVisitStatistic } from '../../libraries/statistics/medical-visit-statistic.js';
import { type Cube, defineCube, leastPersons, source } from '../cube.js';
import { industrySection, insuranceType, period } from '../dimensions.js';

const ofPersons = {
  unit: 'persons',
  place: 'division',
  control: 'suppression',
  k: leastPersons,
  contributes: 'repeatedly',
  money: null,
} satisfies Partial<Cube>;

export const employment = defineCube({
  ...ofPersons,
  family: 'employment',
  dataset: EmploymentStatistic,
  count: 'registrations',
  dimensions: [industrySection],
  sources: [
    source(Employment, {
      contributor: 'person',
      where: [
        { field: 'status', in: ['ACTIVE'] },
        { field: 'form', notIn: ['UNEMPLOYED'] },
      ],
      dimensions: { industry: { field: 'industry', as: 'code' } },
    }),
  ],
});

export const insurance = defineCube({
  ...ofPersons,
  family: 'insurance',
  dataset: InsuranceStatistic,
  count: 'participations',
  dimensions: [insuranceType],
  sources: [
    source(InsuranceParticipation, {
      contributor: 'person',
      where: [{ field: 'status', notIn: ['ENDED'] }],
      dimensions: { insuranceType: { field: 'insuranceType', as: 'code' } },
    }),
  ],
});

export const medicalVisits = defineCube({
  ...ofPersons,
  family: 'medical-visits',
  dataset: MedicalVisitStatistic,
  count: 'visits',
  dimensions: [period('YEAR', 'MONTH')],
  sources: [
    source(MedicalVisit, { contributor: 'person', dimensions: { period: { field: 'visitedOn', as: 'month' } } }),
  ],
});
