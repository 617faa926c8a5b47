/** The city and its nine, from the code list; areas are rounded. */
import { Division } from '../../../src/libraries/natural-resources/division.js';
import { cityCode, divisions, isBanner } from '../../../src/model/code-lists/divisions.js';
import { towns } from '../../../src/model/code-lists/towns.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { areaOf, areas, seatOf } from '../geography.js';

const seatOfCity = '150603';

export const divisionSeed: DatasetSeed<SeedRow<Division>> = {
  dataset: Division,
  of: 'place',
  count: () => divisions.entries.length,
  rows(_cast, index) {
    const { code, zh, en } = divisions.entries[index]!;
    const within = isBanner(code) ? [areaOf(code)] : areas;
    return [
      {
        code,
        name: zh,
        englishName: en,
        kind: !isBanner(code) ? 'CITY' : zh.endsWith('区') ? 'DISTRICT' : 'BANNER',
        parentCode: isBanner(code) ? cityCode : null,
        seat: isBanner(code) ? seatOf(code).zh : divisions.find(seatOfCity)!.zh,
        area: within.reduce((sum, { squareKilometres }) => sum + squareKilometres, 0).toFixed(2),
        townCount: towns.entries.filter(
          ({ division, kind }) => kind !== 'zone' && within.some((area) => area.division === division),
        ).length,
      },
    ];
  },
};
