/** The list of indicators. */
import { Indicator } from '../../../src/libraries/economy/indicator.js';
import { cityDepartmentCode } from '../../../src/model/code-lists/departments.js';
import { cityCode } from '../../../src/model/code-lists/divisions.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { indicatorSpecs } from './indicators.js';
import { firstYear } from './series.js';

export const indicatorSeed: DatasetSeed<SeedRow<Indicator>> = {
  dataset: Indicator,
  of: 'place',
  count: () => indicatorSpecs.length,
  rows(_, index) {
    const { code, name, englishName, domain, unit, department, frequency, nature, decimals, definition, method } =
      indicatorSpecs[index]!;
    return [
      {
        division: cityCode,
        indicatorCode: code,
        name,
        englishName,
        domain,
        unit,
        department: cityDepartmentCode(department),
        frequency,
        nature,
        decimals,
        definition,
        method,
        startedOn: `${firstYear}-01-01`,
      },
    ];
  },
};
