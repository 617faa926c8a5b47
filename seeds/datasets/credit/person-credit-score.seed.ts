/** Credit scores of the living adults who agreed to have one: a fifth of them, for each year from then on. */
import { PersonCreditScore } from '../../../src/libraries/credit/person-credit-score.js';
import { ageOn, castYear, dayOf, isoOf, yearsAfter } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { plusYears } from '../days.js';
import { gradeOf } from './grades.js';
import { enforcementTitle, personRecordsOf } from './person-credit-record.seed.js';

type Row = SeedRow<PersonCreditScore, 'person'>;

const years = [castYear - 1, castYear];
const consentStream = streamOf('person-score.consent');
const partStream = streamOf('person-score.part');
const driftStream = streamOf('person-score.drift');
const firstConsent = dayOf('2023-06-01');
const lastConsent = dayOf(`${castYear}-11-30`);

export const personCreditScoreSeed: DatasetSeed<Row> = {
  dataset: PersonCreditScore,
  of: 'person',
  rows(cast, index) {
    const { draw } = cast;
    if (!draw.chance(consentStream, index, 0.2)) return [];
    const person = cast.person(index);
    if (person.status !== 'normal' || ageOn(person.birthDate) < 19 || ageOn(person.birthDate) > 85) return [];
    const from = Math.max(firstConsent, dayOf(yearsAfter(person.birthDate, 18)));
    const consentedOn = isoOf(
      draw.between(consentStream, index + 0x4000_0000, Math.min(from, lastConsent), lastConsent),
    );
    const rows: Row[] = [];
    for (const year of years) {
      if (consentedOn > `${year}-12-01`) continue;
      rows.push(scoreOf(cast, index, year, consentedOn, rows.at(-1)?.score));
    }
    return rows;
  },
};

function scoreOf(cast: Cast, index: number, year: number, consentedOn: string, before: number | undefined): Row {
  const { draw } = cast;
  const evaluatedOn = `${year}-12-15`;
  const records = personRecordsOf(cast, index).filter(
    (one) => one.occurredOn <= evaluatedOn && one.publishedUntil > evaluatedOn,
  );
  const part = (n: number, most: number, least: number): number =>
    Math.min(
      most,
      Math.round(
        most * (least + (1 - least) * Math.sqrt(draw.unit(partStream, index * 8 + n))) +
          draw.between(driftStream, (index * 8 + n) * 4 + (year % 4), -4, 4),
      ),
    );
  const count = (nature: string): number => records.filter((one) => one.nature === nature).length;
  const compliancePoints = Math.max(0, part(0, 400, 0.75) - 90 * count('NEGATIVE'));
  const historyPoints = Math.max(0, part(1, 300, 0.65) - 60 * count('NEGATIVE'));
  const stabilityPoints = part(2, 200, 0.5);
  const communityPoints = Math.min(100, part(3, 100, 0.2) + 20 * count('POSITIVE'));
  const score = compliancePoints + historyPoints + stabilityPoints + communityPoints;
  const listed = records.some(({ title }) => title === enforcementTitle);
  return {
    person: index,
    year,
    score,
    grade: listed ? 'POOR' : gradeOf(score),
    compliancePoints,
    historyPoints,
    stabilityPoints,
    communityPoints,
    directCause: listed ? '列入失信被执行人名单' : null,
    change: before === undefined ? null : score - before,
    consentedOn,
    modelVersion: `自然人信用评分模型${year - 2022}.0`,
    evaluatedOn,
    validUntil: plusYears(evaluatedOn, 1),
  };
}
