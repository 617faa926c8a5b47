/**
 * The cast: the people, households, firms and places that the seeds of all libraries share.
 *
 *     const cast = createCast({ seed: 1, persons: 20_000, legalPersons: 3_000 });
 *     cast.person(42).idNumber;         // persons are 0 … cast.persons - 1, legal persons 0 … cast.legalPersons - 1
 *     cast.officersOf(7);               // offices of a legal person; cast.officesOf(person) is the exact inverse
 *     cast.staffOf(7);                  // employments;               cast.employmentOf(person) is the exact inverse
 *     for (const i of cast.personIndexes()) …   // one at a time: of each but a few bytes are kept, so 2.2 million cost little memory
 *
 * Everything is a pure function of seed and index. A seed file that needs more about person i draws it from `cast.draw` on a stream of
 * its own: `const stream = streamOf('medical-visit.count')` at the top of the module, `cast.draw.between(stream, i, 0, 4)` where needed.
 * So libraries are seeded in any order, in parts, or alone, and still agree.
 *
 * Told on `castDate`; nothing happens later. It must not know any library: it speaks codes of the model's code lists, and a dataset maps.
 */
import { type Draw, createDraw } from './draw.js';
import { type Employments, createEmployments } from './employment.js';
import { createFamilies } from './families.js';
import { type Household, createHouseholds } from './household.js';
import { type LegalPerson, createLegalPersons } from './legal-person.js';
import { createLegalPersonGroups } from './legal-person-groups.js';
import { createLives } from './life.js';
import { type Offices, createOffices } from './offices.js';
import { mostLegalPersons } from './credit-codes.js';
import { createOriginDeck } from './origins.js';
import { type Person, buildPerson } from './person.js';
import { createPersonNames } from './person-names.js';
import { createResidentNumbers, mostPersons } from './resident-numbers.js';

export interface CastOptions {
  /** An integer; another seed is another city. */
  readonly seed: number;
  readonly persons: number;
  readonly legalPersons: number;
}

export interface Cast extends Offices, Employments {
  readonly persons: number;
  readonly households: number;
  readonly legalPersons: number;
  readonly draw: Draw;
  person(index: number): Person;
  household(index: number): Household;
  /** The index of the household that a person belongs to. */
  householdOf(person: number): number;
  legalPerson(index: number): LegalPerson;
  /** Branches and subsidiaries; `legalPerson(j).parent` is the inverse. */
  subsidiariesOf(legalPerson: number): number[];
  personIndexes(): Generator<number>;
  householdIndexes(): Generator<number>;
  legalPersonIndexes(): Generator<number>;
}

/** @throws RangeError for a number that is no whole one, or larger than identifiers suffice for. Indexes outside the cast throw it too. */
export function createCast({ seed, persons, legalPersons }: CastOptions): Cast {
  requireCount('persons', persons, mostPersons);
  requireCount('legalPersons', legalPersons, mostLegalPersons);
  const draw = createDraw(seed);
  const families = createFamilies(draw, persons);
  const deck = createOriginDeck(draw);
  const numbers = createResidentNumbers(draw, families, deck, persons);
  const names = createPersonNames(draw, families, deck, numbers);
  const lives = createLives(draw, families, numbers);
  const households = createHouseholds(draw, families, deck);
  const groups = createLegalPersonGroups(draw, legalPersons);
  const source = createLegalPersons(draw, groups);
  const offices = createOffices({ draw, families, numbers, lives, groups, source, legalPersons });
  const employments = createEmployments({ draw, families, numbers, lives, source, legalPersons });

  const person = within('person', persons);
  const household = within('household', families.households);
  const legalPerson = within('legal person', legalPersons);
  return {
    persons,
    legalPersons,
    households: families.households,
    draw,
    person: (i) => buildPerson(person(i), { draw, families, deck, numbers, names, lives, households }),
    household: (h) => households.household(household(h)),
    householdOf: (i) => families.householdOf(person(i)),
    legalPerson: (j) => source.legalPerson(legalPerson(j)),
    subsidiariesOf: (j) => groups.childrenOf(legalPerson(j)),
    officersOf: (j) => offices.officersOf(legalPerson(j)),
    officesOf: (i) => offices.officesOf(person(i)),
    employmentOf: (i) => employments.employmentOf(person(i)),
    staffOf: (j) => employments.staffOf(legalPerson(j)),
    personIndexes: () => count(persons),
    householdIndexes: () => count(families.households),
    legalPersonIndexes: () => count(legalPersons),
  };
}

function* count(end: number): Generator<number> {
  for (let index = 0; index < end; index++) yield index;
}

function within(what: string, end: number): (index: number) => number {
  return (index) => {
    if (!Number.isInteger(index) || index < 0 || index >= end)
      throw new RangeError(`expected the index of a ${what}, below ${end}`);
    return index;
  };
}

function requireCount(what: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new RangeError(`${what}: expected a whole number up to ${most}`);
}
