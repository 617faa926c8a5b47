/** Public credit scores of the last two years, of whoever was there half a year and is not closed. Penalties, lists and grades count. */
import { EnterpriseCreditScore } from '../../../src/libraries/credit/enterprise-credit-score.js';
import { castYear, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { plusYears } from '../days.js';
import { taxStandingOf } from '../legal-person/tax-standing.js';
import { penaltiesOf } from '../legal-person/penalty.seed.js';
import { blackEntriesOf } from './enterprise-list-entry.seed.js';
import { gradeOf } from './grades.js';

type Row = SeedRow<EnterpriseCreditScore, 'legalPerson'>;

const years = [castYear - 1, castYear];
const partStream = streamOf('enterprise-score.part');
const driftStream = streamOf('enterprise-score.drift');

export const enterpriseCreditScoreSeed: DatasetSeed<Row> = {
  dataset: EnterpriseCreditScore,
  of: 'legal-person',
  rows(cast, index) {
    if (cast.legalPerson(index).form === 'branch') return [];
    const rows: Row[] = [];
    for (const year of years) {
      const row = scoreOf(cast, index, year, rows.at(-1)?.score);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  },
};

function scoreOf(cast: Cast, index: number, year: number, before: number | undefined): Row | undefined {
  const { establishedOn, closedOn } = cast.legalPerson(index);
  const evaluatedOn = `${year}-12-10`;
  if (establishedOn > isoOf(dayOf(evaluatedOn) - 180) || (closedOn !== undefined && closedOn <= evaluatedOn))
    return undefined;
  const listed = blackEntriesOf(cast, index).find(
    ({ listedOn, publishedUntil }) => listedOn <= evaluatedOn && publishedUntil > evaluatedOn,
  );
  const [basic, finance, governance, compliance, responsibility] = partsOf(cast, index, year, evaluatedOn);
  const score = basic + finance + governance + compliance + responsibility;
  return {
    legalPerson: index,
    year,
    score,
    grade: listed === undefined ? gradeOf(score) : 'POOR',
    basicPoints: basic,
    financePoints: finance,
    governancePoints: governance,
    compliancePoints: compliance,
    responsibilityPoints: responsibility,
    directCause: listed === undefined ? null : `列入${listed.listName}`,
    change: before === undefined ? null : score - before,
    modelVersion: `公共信用综合评价模型${year - 2021}.0`,
    evaluator: '鄂尔多斯市发展和改革委员会',
    evaluatedOn,
    validUntil: plusYears(evaluatedOn, 1),
  };
}

/** Out of 150, 200, 150, 400 and 100. */
function partsOf(cast: Cast, index: number, year: number, on: string): [number, number, number, number, number] {
  const { draw } = cast;
  const part = (n: number, most: number, least: number): number =>
    Math.min(
      most,
      Math.round(
        most * (least + (1 - least) * Math.sqrt(draw.unit(partStream, index * 8 + n))) +
          draw.between(driftStream, (index * 8 + n) * 4 + (year % 4), -3, 3),
      ),
    );
  const since = plusYears(on, -3);
  const lost = penaltiesOf(cast, index)
    .filter(({ decidedOn }) => decidedOn > since && decidedOn <= on)
    .reduce((sum, { severity }) => sum + (severity === 'SERIOUS' ? 150 : severity === 'ORDINARY' ? 40 : 10), 0);
  const { arrears, grade } = taxStandingOf(cast, index);
  const owes = (arrears > 0 ? 60 : 0) + (grade === 'D' ? 60 : grade === 'C' ? 30 : 0);
  return [
    part(0, 150, 0.7),
    Math.max(0, part(1, 200, 0.6) - owes),
    part(2, 150, 0.6),
    Math.max(0, part(3, 400, 0.85) - lost),
    part(4, 100, 0.3),
  ];
}
