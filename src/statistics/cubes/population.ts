/** Living registered residents; the deceased, those who moved out and cancelled registrations are not counted. */
import { Resident } from '../../libraries/population/resident.js';
import { EducationStatistic } from '../../libraries/statistics/education-statistic.js';
import { EthnicGroupStatistic } from '../../libraries/statistics/ethnic-group-statistic.js';
import { PopulationStatistic } from '../../libraries/statistics/population-statistic.js';
import { type Cube, defineCube, leastPersons, source } from '../cube.js';
import { age, ageBounds, educationLevel, ethnicGroup, sex } from '../dimensions.js';

const living = [{ field: 'status', in: ['NORMAL'] }] as const;
const residents = {
  family: 'residents',
  unit: 'persons',
  count: 'persons',
  control: 'suppression',
  k: leastPersons,
  contributes: 'once',
  money: null,
} satisfies Partial<Cube>;

export const population = defineCube({
  ...residents,
  dataset: PopulationStatistic,
  place: 'town',
  dimensions: [sex, age],
  sources: [
    source(Resident, {
      town: 'town',
      where: living,
      dimensions: { sex: { field: 'sex', as: 'code' }, age: { field: 'birthDate', as: 'age', bounds: ageBounds } },
    }),
  ],
});

export const ethnicGroups = defineCube({
  ...residents,
  dataset: EthnicGroupStatistic,
  place: 'division',
  dimensions: [ethnicGroup],
  sources: [source(Resident, { where: living, dimensions: { ethnicGroup: { field: 'ethnicGroup', as: 'code' } } })],
});

export const education = defineCube({
  ...residents,
  dataset: EducationStatistic,
  place: 'division',
  dimensions: [educationLevel],
  sources: [
    source(Resident, { where: living, dimensions: { educationLevel: { field: 'educationLevel', as: 'code' } } }),
  ],
});
