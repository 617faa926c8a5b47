/** Every cube, one explicit line each. */
import { type Cube, checkFamilies } from '../cube.js';
import { emergencies } from './emergencies.js';
import { energy } from './energy.js';
import { enterprises } from './enterprises.js';
import { employment, insurance, medicalVisits } from './livelihood.js';
import { education, ethnicGroups, population } from './population.js';
import { serviceCases, serviceChannels } from './service-cases.js';
import { supervision } from './supervision.js';
import { dailyUse, libraryUse } from './use.js';

export const cubes: readonly Cube[] = [
  population,
  ethnicGroups,
  education,
  employment,
  insurance,
  medicalVisits,
  enterprises,
  supervision,
  serviceCases,
  serviceChannels,
  emergencies,
  energy,
  libraryUse,
  dailyUse,
];
checkFamilies(cubes);
