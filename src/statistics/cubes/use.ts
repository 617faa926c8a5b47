/** Use of the service itself, from its log: by department and library, and day by day. The two share the months. */
import { DailyUseStatistic } from '../../libraries/statistics/daily-use-statistic.js';
import { LibraryUseStatistic } from '../../libraries/statistics/library-use-statistic.js';
import { type Cube, defineCube } from '../cube.js';
import { department, library, period } from '../dimensions.js';

const uses = {
  family: 'uses',
  unit: 'requests',
  place: 'city',
  count: 'uses',
  control: 'suppression',
  k: 10,
  contributes: 'repeatedly',
  money: null,
} satisfies Partial<Cube>;

export const libraryUse = defineCube({
  ...uses,
  dataset: LibraryUseStatistic,
  dimensions: [period('YEAR', 'MONTH'), department, library],
  sources: [{ kind: 'usage-log', dimensions: { period: 'month', department: 'department', library: 'library' } }],
});

export const dailyUse = defineCube({
  ...uses,
  dataset: DailyUseStatistic,
  dimensions: [period('YEAR', 'MONTH', 'DAY')],
  sources: [{ kind: 'usage-log', dimensions: { period: 'day' } }],
});
