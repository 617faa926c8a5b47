/**
 * Who works where, both ways. Those of working age are shuffled by a permutation and cut into equal runs, one for each group of legal
 * persons; within a run the places of the group take theirs by Zipf's law, so that the head of a group is its largest employer.
 */
import { ageOn, castDay, dayOf, isoOf, yearsAfter } from './calendar.js';
import { type Draw, streamOf } from './draw.js';
import { blockSize, workPlaces } from './family-templates.js';
import type { Families } from './families.js';
import { groupSize } from './legal-person-groups.js';
import type { LegalPersonSource } from './legal-person.js';
import type { Lives } from './life.js';
import { createPermutation } from './permutation.js';
import type { ResidentNumbers } from './resident-numbers.js';

export interface Employment {
  readonly person: number;
  readonly legalPerson: number;
  readonly since: string;
}

export interface Employments {
  employmentOf(person: number): Employment | undefined;
  staffOf(legalPerson: number): Employment[];
}

const shiftStream = streamOf('employment.shift');
const employedStream = streamOf('employment.employed');
const sinceStream = streamOf('employment.since');

/** ends[m] is the share of a run that places 0 to m of a group take together, for groups of 1 to 64. */
const zipfEnds = Array.from({ length: groupSize + 1 }, (_, size) => {
  const weights = Array.from({ length: size }, (_, place) => 1 / (place + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let end = 0;
  return weights.map((weight) => (end += weight / total));
});

interface Sources {
  readonly draw: Draw;
  readonly families: Families;
  readonly numbers: ResidentNumbers;
  readonly lives: Lives;
  readonly source: LegalPersonSource;
  readonly legalPersons: number;
}

export function createEmployments({ draw, families, numbers, lives, source, legalPersons }: Sources): Employments {
  const workers = families.fullBlocks * workPlaces;
  const groups = Math.ceil(legalPersons / groupSize);
  const nobody = workers === 0 || groups === 0;
  const shuffle = nobody ? undefined : createPermutation(workers, draw.below(shiftStream, 0, workers));
  const run = Math.max(1, Math.floor(workers / Math.max(1, groups)));

  const lengthOf = (group: number): number =>
    Math.max(0, (group === groups - 1 ? workers : Math.min(workers, (group + 1) * run)) - group * run);
  const sizeOf = (group: number): number => Math.min(groupSize, legalPersons - group * groupSize);
  /** The first position in the run that belongs to this place of the group. */
  function startOf(group: number, place: number): number {
    return place === 0 ? 0 : Math.floor(zipfEnds[sizeOf(group)]![place - 1]! * lengthOf(group));
  }

  function employerAt(position: number): number {
    const group = Math.min(Math.floor(position / run), groups - 1);
    const within = position - group * run;
    let place = sizeOf(group) - 1;
    while (startOf(group, place) > within) place--;
    return group * groupSize + place;
  }

  function employ(person: number, legalPerson: number): Employment | undefined {
    const birthDate = numbers.birthDateOf(person);
    const age = ageOn(birthDate);
    if (age < 18 || age >= 60 || lives.statusOf(person).status !== 'normal') return undefined;
    if (!draw.chance(employedStream, person, 0.75) || source.statusOf(legalPerson).status !== '1') return undefined;
    const from = Math.max(dayOf(yearsAfter(birthDate, 18)), dayOf(source.establishedOn(legalPerson)));
    return { person, legalPerson, since: isoOf(from + draw.below(sinceStream, person, castDay - from + 1)) };
  }

  return {
    employmentOf(person) {
      const place = person % blockSize;
      const block = Math.floor(person / blockSize);
      if (shuffle === undefined || place >= workPlaces || block >= families.fullBlocks) return undefined;
      return employ(person, employerAt(shuffle.to(block * workPlaces + place)));
    },
    staffOf(legalPerson) {
      const group = Math.floor(legalPerson / groupSize);
      const place = legalPerson % groupSize;
      if (shuffle === undefined) return [];
      const end = place === sizeOf(group) - 1 ? lengthOf(group) : startOf(group, place + 1);
      const staff: Employment[] = [];
      for (let within = startOf(group, place); within < end; within++) {
        const worker = shuffle.from(group * run + within);
        const employment = employ(Math.floor(worker / workPlaces) * blockSize + (worker % workPlaces), legalPerson);
        if (employment !== undefined) staff.push(employment);
      }
      return staff;
    },
  };
}
