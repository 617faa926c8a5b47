/**
 * Three years of visits to medical institutions: more for the very young and the old, childbirth on the birthday of the child, and for
 * some who died a last stay that ended with it. Nobody is seen before birth or after death or departure.
 */
import { MedicalVisit } from '../../../src/libraries/healthcare/medical-visit.js';
import { diagnoses } from '../../../src/model/code-lists/diagnoses.js';
import { ageOn, castDay, dayOf, isoOf } from '../../cast/calendar.js';
import type { Cast } from '../../cast/cast.js';
import { streamOf } from '../../cast/draw.js';
import { drawGivenName, drawSurname } from '../../cast/han-names.js';
import type { Person } from '../../cast/person.js';
import { chooseByWeight } from '../../cast/weighted-choice.js';
import type { DatasetSeed, SeedRow } from '../dataset-seed.js';
import { type Illness, checkUp, childbirth, chooseIllness, fatalIllnesses } from './illnesses.js';
import {
  type Institution,
  centralHospital,
  clinicOfTown,
  hospitalOfDivision,
  maternityHospital,
  mentalHospital,
  mongolianHospital,
} from './institutions.js';

type Row = SeedRow<MedicalVisit, 'person'>;

interface Occasion {
  readonly day: number;
  readonly illness: Illness;
  /** Days since 1970-01-01, for what ended in hospital with death. */
  readonly diedOn?: number;
}

const firstDay = dayOf('2023-01-01');
/** Visits a person at most, so that each has an index of its own to draw at. */
const mostVisits = 16;
const china = '156';
const streams = {
  count: streamOf('medical-visit.count'),
  day: streamOf('medical-visit.day'),
  illness: streamOf('medical-visit.illness'),
  death: streamOf('medical-visit.death'),
  type: streamOf('medical-visit.type'),
  place: streamOf('medical-visit.place'),
  stay: streamOf('medical-visit.stay'),
  cost: streamOf('medical-visit.cost'),
  insurance: streamOf('medical-visit.insurance'),
  outcome: streamOf('medical-visit.outcome'),
  physician: streamOf('medical-visit.physician'),
};
const chooseFatal = chooseByWeight(fatalIllnesses.map((illness) => [illness, illness.weight] as const));
const chooseChildbirth = chooseByWeight(childbirth.map((illness) => [illness, illness.weight] as const));
/** Physicians bear names drawn at indexes that no person has. */
const physicianOffset = 0x3000_0000;

export const medicalVisitSeed: DatasetSeed<Row> = {
  dataset: MedicalVisit,
  of: 'person',
  rows(cast, index) {
    const person = cast.person(index);
    const last = person.statusSince === undefined ? castDay : dayOf(person.statusSince);
    return occasionsOf(cast, person, last).map((occasion, n) =>
      describeVisit(cast, person, occasion, last, index * mostVisits + n),
    );
  },
};

/** In the order of their days. */
function occasionsOf(cast: Cast, person: Person, last: number): Occasion[] {
  const { draw } = cast;
  const from = Math.max(firstDay, dayOf(person.birthDate));
  const final = lastStayOf(cast, person, last);
  const births = birthsOf(cast, person, from, last);
  const until = final === undefined ? last : final.day - 1;
  const mean = (visitsAYear(ageOn(person.birthDate)) * (until - from + 1)) / 365;
  // Exponential: many have none or one, few have a dozen.
  const drawn = mean <= 0 ? 0 : Math.floor(-Math.log(1 - draw.unit(streams.count, person.index)) * mean);
  const count = Math.min(drawn, mostVisits - births.length - 1);
  const drawnVisits = Array.from({ length: count }, (_, n): Occasion => {
    const at = person.index * mostVisits + n;
    const day = draw.between(streams.day, at, from, until);
    const age = ageOn(person.birthDate, isoOf(day));
    return { day, illness: chooseIllness(age, person.sex, person.occupation)(draw.unit(streams.illness, at)) };
  });
  const all = final === undefined ? [...births, ...drawnVisits] : [...births, ...drawnVisits, final];
  return all.sort((a, b) => a.day - b.day);
}

function visitsAYear(age: number): number {
  if (age < 6) return 1.7;
  if (age < 18) return 0.8;
  if (age < 45) return 0.7;
  return age < 65 ? 1.2 : 2;
}

function lastStayOf({ draw }: Cast, person: Person, last: number): Occasion | undefined {
  if (person.status !== 'deceased' || last < firstDay + 30 || ageOn(person.birthDate, isoOf(last)) < 45)
    return undefined;
  if (!draw.chance(streams.death, person.index, 0.45)) return undefined;
  const illness = chooseFatal(draw.unit(streams.illness, person.index + 0x4000_0000));
  return { day: last - draw.below(streams.death, person.index + 0x4000_0000, 20), illness, diedOn: last };
}

function birthsOf(cast: Cast, mother: Person, from: number, last: number): Occasion[] {
  if (mother.sex !== '2' || mother.children.length === 0 || ageOn(mother.birthDate) > 55) return [];
  return mother.children
    .map((child) => ({ child, day: dayOf(cast.person(child).birthDate) }))
    .filter(({ day }) => day >= from && day <= last)
    .map(({ child, day }) => ({
      day,
      illness: chooseChildbirth(cast.draw.unit(streams.illness, child + 0x2000_0000)),
    }));
}

function describeVisit(cast: Cast, person: Person, occasion: Occasion, last: number, at: number): Row {
  const { draw } = cast;
  const { day, illness, diedOn } = occasion;
  const visitType = diedOn === undefined ? typeOf(cast, illness, at) : 'INPATIENT';
  const admitted = visitType === 'INPATIENT';
  const discharged =
    diedOn ?? Math.min(last, day + draw.between(streams.stay, at, Math.ceil(illness.days / 3), illness.days));
  const institution = institutionOf(cast, person, illness, admitted, at);
  const visitedOn = isoOf(day);
  const cost = costOf(cast, visitType, admitted ? discharged - day + 1 : 0, at);
  return {
    person: person.index,
    visitNumber: `${visitedOn.replaceAll('-', '')}${String(at).padStart(9, '0')}`,
    institutionCode: institution.code,
    institutionName: institution.name,
    department: illness.department,
    visitType,
    visitedOn,
    dischargedOn: admitted ? isoOf(discharged) : null,
    diagnosis: illness.diagnosis,
    diagnosisText: diagnoses.find(illness.diagnosis)!.zh,
    physician: physicianOf(cast, institution, illness, at),
    totalCost: (cost / 100).toFixed(2),
    insurancePaid: (insuredPart(cast, person, visitType, cost, at) / 100).toFixed(2),
    outcome: diedOn === undefined ? outcomeOf(cast, illness, visitType, at) : 'DIED',
  };
}

function typeOf(
  { draw }: Cast,
  illness: Illness,
  at: number,
): 'OUTPATIENT' | 'EMERGENCY' | 'INPATIENT' | 'EXAMINATION' {
  if (illness.diagnosis === checkUp) return 'EXAMINATION';
  if (draw.below(streams.type, at, 100) < illness.admitted) return 'INPATIENT';
  return draw.chance(streams.type, at + 0x4000_0000, illness.emergency ? 0.7 : 0.04) ? 'EMERGENCY' : 'OUTPATIENT';
}

/** What is mild stays in town; what is not goes to the division's hospital, and the worst of it to the city's. */
function institutionOf({ draw }: Cast, person: Person, illness: Illness, admitted: boolean, at: number): Institution {
  const hospital = hospitalOfDivision.get(person.division)!;
  const unit = draw.unit(streams.place, at);
  if (illness.mental) return unit < 0.75 ? mentalHospital : hospital;
  if (illness.department === '产科') return unit < 0.3 ? maternityHospital : hospital;
  if (illness.mild && !admitted) return unit < 0.55 ? clinicOfTown.get(person.town)! : hospital;
  if (unit < 0.05) return mongolianHospital;
  return unit < (illness.admitted >= 40 ? 0.5 : 0.2) ? centralHospital : hospital;
}

/** In hundredths of a yuan. */
function costOf({ draw }: Cast, visitType: string, days: number, at: number): number {
  const spread = 6 ** draw.unit(streams.cost, at);
  if (visitType === 'INPATIENT') return Math.round((120_000 + days * 45_000) * spread);
  if (visitType === 'EXAMINATION') return Math.round(18_000 * spread);
  return Math.round((visitType === 'EMERGENCY' ? 24_000 : 5_500) * spread);
}

function insuredPart({ draw }: Cast, person: Person, visitType: string, cost: number, at: number): number {
  if (visitType === 'EXAMINATION' || person.nationality !== china) return 0;
  const [least, most] = visitType === 'INPATIENT' ? [55, 82] : [0, 60];
  return Math.round((cost * draw.between(streams.insurance, at, least, most)) / 100);
}

/** Infections, injuries and the like; the rest gets better at most. */
const curable = /^(A0|B0|H1|H6|J0|J1|J2|K02|K35|L50|N39|O|S)/;

function outcomeOf({ draw }: Cast, { diagnosis }: Illness, visitType: string, at: number): string | null {
  if (visitType === 'EXAMINATION') return null;
  const unit = draw.unit(streams.outcome, at);
  if (curable.test(diagnosis) && unit < (visitType === 'INPATIENT' ? 0.7 : 0.35)) return 'CURED';
  return unit < 0.9 ? 'IMPROVED' : visitType === 'INPATIENT' ? 'UNCHANGED' : 'OTHER';
}

/** Three to a department of an institution. */
function physicianOf({ draw }: Cast, institution: Institution, illness: Illness, at: number): string {
  const department = streamOf(illness.department) % 1000;
  const who = physicianOffset + institution.index * 4000 + department * 3 + draw.below(streams.physician, at, 3);
  return drawSurname(draw, who) + drawGivenName(draw, who, who % 2 === 0 ? 'female' : 'male', 1982);
}
