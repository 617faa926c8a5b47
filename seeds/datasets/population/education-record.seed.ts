/**
 * Schooling: all stages of who was born since 2004, whose records were kept from the start, and the highest graduation of who is older.
 * School years begin on 1 September and end on 30 June. Nobody is at school after death or departure.
 */
import { EducationRecord } from '../../../src/libraries/population/education-record.js';
import { ageOn, castDate, castYear } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import type { Person } from '../../cast/person.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { lastDateOf } from '../days.js';
import {
  type School,
  juniorSchoolsOf,
  majors,
  primarySchoolOfTown,
  seniorSchoolsOf,
  trades,
  universities,
  vocationalSchoolsOf,
} from './schools.js';

type Row = SeedRow<EducationRecord, 'person'>;

/** One stage: since which year, for how many, and what it ends with. */
interface Stage {
  readonly stage: string;
  readonly from: number;
  readonly years: number;
  readonly attained: string;
}

const streams = {
  school: streamOf('education.school'),
  branch: streamOf('education.branch'),
  major: streamOf('education.major'),
  form: streamOf('education.form'),
};
/** Born since this year: every stage is on record. */
const firstFullRecord = 2004;

/** By attained level: the stage it ends, its years, and the age in the year of graduation. */
const graduations: Readonly<Record<string, readonly [stage: string, years: number, age: number]>> = {
  '81': ['80', 6, 13],
  '71': ['70', 3, 16],
  '61': ['60', 3, 19],
  '41': ['40', 3, 19],
  '44': ['40', 3, 19],
  '47': ['40', 3, 19],
  '31': ['30', 3, 22],
  '21': ['20', 4, 23],
  '14': ['10', 3, 26],
  '11': ['10', 4, 30],
};
const degrees: Readonly<Record<string, string>> = { '21': '4', '14': '3', '11': '2' };
/** Where a certificate of higher education tells its level. */
const certificateLevels: Readonly<Record<string, string>> = { '31': '06', '21': '05', '14': '02', '11': '01' };

export const educationRecordSeed: DatasetSeed<Row> = {
  dataset: EducationRecord,
  of: 'person',
  rows(cast, index) {
    const person = cast.person(index);
    const end = lastDateOf(person);
    return stagesOf(cast, person)
      .filter(({ from }) => `${from}-09-01` < end)
      .map((stage, n) => describeStage(cast, person, stage, n));
  },
};

function stagesOf(cast: Cast, person: Person): Stage[] {
  const year = Number(person.birthDate.slice(0, 4));
  if (year >= firstFullRecord) return youthsStages(cast, person);
  const found = graduations[person.educationLevel ?? ''];
  if (found === undefined) return [];
  const [stage, years, age] = found;
  const until = Math.min(castYear, year + age);
  return [{ stage, from: until - years, years, attained: person.educationLevel! }];
}

/** Who is six by the end of August begins that year; the cast takes all of six to be at school, and all of 18 to be through with it. */
function youthsStages({ draw }: Cast, { index, birthDate, educationLevel, occupation }: Person): Stage[] {
  const age = ageOn(birthDate);
  const turnsSix = Number(birthDate.slice(0, 4)) + 6;
  const begins = birthDate.slice(5) <= '08-31' ? turnsSix : turnsSix + 1;
  const first = age >= 18 ? Math.min(begins, castYear - 12) : age >= 6 ? Math.min(begins, castYear) : begins;
  const vocational = age >= 18 ? educationLevel === '41' : !draw.chance(streams.branch, index, 0.7);
  const stages: Stage[] = [
    { stage: '80', from: first, years: 6, attained: '81' },
    { stage: '70', from: first + 6, years: 3, attained: '71' },
    { stage: vocational ? '40' : '60', from: first + 9, years: 3, attained: vocational ? '41' : '61' },
  ];
  if (age >= 18 && occupation === '学生') {
    const college = vocational ? first + 12 > castYear - 3 : draw.chance(streams.branch, index + 0x4000_0000, 0.35);
    const short = college && first + 12 > castYear - 3;
    stages.push({ stage: short ? '30' : '20', from: first + 12, years: short ? 3 : 4, attained: short ? '31' : '21' });
  }
  return stages;
}

function describeStage(cast: Cast, person: Person, it: Stage, n: number): Row {
  const { draw } = cast;
  const { index } = person;
  const graduatesOn = `${it.from + it.years}-06-30`;
  const end = lastDateOf(person);
  const graduated = graduatesOn <= end;
  const gone = !graduated && person.status !== 'normal';
  const school = schoolOf(cast, person, it, n);
  const higher = ['10', '20', '30'].includes(it.stage);
  return {
    person: index,
    recordNumber: `${it.from}${it.stage}${String(index).padStart(9, '0')}`,
    stage: it.stage,
    schoolCode: school.code,
    schoolName: school.name,
    major: majorOf(cast, index, it.stage),
    studyForm: higher && graduated && draw.chance(streams.form, index, 0.12) ? 'CORRESPONDENCE' : 'FULL_TIME',
    schoolYears: it.years,
    grade: graduated || gone ? null : castYear - it.from + (castDate.slice(5) >= '09-01' ? 1 : 0),
    isBoarding:
      higher || it.stage === '60' || it.stage === '40' ? true : draw.chance(streams.form, index + 0x4000_0000, 0.2),
    enrolledOn: `${it.from}-09-01`,
    leftOn: graduated ? graduatesOn : gone ? end : null,
    status: graduated ? 'GRADUATED' : person.status === 'moved-out' ? 'TRANSFERRED' : gone ? 'WITHDRAWN' : 'ENROLLED',
    attainedLevel: graduated ? it.attained : null,
    degree: graduated ? (degrees[it.attained] ?? null) : null,
    certificateNumber: graduated ? certificateOf(school, it, index) : null,
  };
}

function schoolOf({ draw }: Cast, { index, town, division }: Person, { stage }: Stage, n: number): School {
  if (stage === '80') return primarySchoolOfTown.get(town)!;
  const at = index * 4 + n;
  if (stage === '70') return draw.pick(streams.school, at, juniorSchoolsOf.get(division)!);
  if (stage === '60') return draw.pick(streams.school, at, seniorSchoolsOf.get(division)!);
  return draw.pick(streams.school, at, stage === '40' ? vocationalSchoolsOf.get(division)! : universities);
}

function majorOf({ draw }: Cast, index: number, stage: string): string | null {
  if (stage === '40') return draw.pick(streams.major, index, trades);
  return ['10', '20', '30'].includes(stage) ? draw.pick(streams.major, index, majors) : null;
}

/** Of higher education: school, kind, year, level, number. No certificate is given for primary school. */
function certificateOf({ code }: School, { stage, from, years, attained }: Stage, index: number): string | null {
  if (stage === '80') return null;
  const year = from + years;
  const level = certificateLevels[attained];
  if (level === undefined) return `${code.slice(2, 8)}${year}${String(index).padStart(7, '0')}`;
  return `${code.slice(5)}1${year}${level}${String(index % 1_000_000).padStart(6, '0')}`;
}
