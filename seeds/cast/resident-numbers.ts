/**
 * Resident ID numbers that are valid and of which no two are alike, without a list of those already given.
 *
 * INVARIANT: within one origin and one sex, persons are counted (rank), and rank -> (day of the year, sequence) is one to one; codes of
 * different origins differ. So two numbers differ in region, in sex, or in day and sequence, whatever the birth years are.
 *
 * Sequences 997 to 999 are never given, which leaves them for numbers that were once wrong.
 */
import { computeResidentIdCheck } from '../../src/model/identifiers.js';
import { dateInYear } from './calendar.js';
import { type Draw, streamOf } from './draw.js';
import { blockSize } from './family-templates.js';
import type { Families } from './families.js';
import { type OriginDeck, origins } from './origins.js';
import { createPermutation } from './permutation.js';

const days = 365;
const sequences = 498;
/** Of the 498 sequences of a day, who has this one was first given a wrong number: about one in 500. */
const correctedSequence = 7;
const fifteenStream = streamOf('number.fifteen');
const foreignStream = streamOf('number.foreign');
const shiftStream = streamOf('number.shift');

/** ISO 3166-1 numeric, with the names that passports write: nationalities of the foreign permanent residents. */
export const nationalities = [
  ['496', 'Mongolia'],
  ['643', 'Russia'],
  ['840', 'United States'],
  ['410', 'Korea'],
  ['276', 'Germany'],
  ['392', 'Japan'],
] as const;

export interface FormerNumber {
  readonly number: string;
  /** `corrected`: a wrong one, replaced. `fifteen-digit`: the form of before 1999. */
  readonly kind: 'corrected' | 'fifteen-digit';
  /** The last day on which it was in use. */
  readonly until: string;
}

export interface ResidentNumbers {
  /** @throws RangeError when the cast is too large for every person to have a number of its own: about three million. */
  numberOf(person: number): string;
  birthDateOf(person: number): string;
  formerNumbersOf(person: number): readonly FormerNumber[];
  isForeign(person: number): boolean;
  nationalityOf(person: number): string | undefined;
}

/** The persons for whom every origin still has numbers to give. */
export const mostPersons = (() => {
  const cards = Math.max(...origins.map((origin) => origin.cards));
  return Math.floor((days * sequences) / (cards * (blockSize / 2))) * 1000 * blockSize;
})();

export function createResidentNumbers(
  draw: Draw,
  families: Families,
  deck: OriginDeck,
  persons: number,
): ResidentNumbers {
  // One permutation an origin and sex, each shifted apart, so that the two sexes of a block don't share birthdays.
  const permutations = origins.map((origin) =>
    [0, 1].map((sex) =>
      createPermutation(days * sequences, draw.below(shiftStream, origin.index * 2 + sex, days * sequences)),
    ),
  );

  // Four bytes a person; 0 where it has not been asked for, so one more than the slot is kept.
  const slots = new Uint32Array(persons);

  function slotOf(person: number): number {
    const known = slots[person];
    if (known) return known - 1;
    const block = Math.floor(person / blockSize);
    const sex = families.memberAt(person).sex === 'male' ? 0 : 1;
    const rank = deck.rankOf(block) * (blockSize / 2) + families.rankAmongSex(person);
    const slot = permutations[deck.originOf(block).index]![sex]!.to(rank);
    slots[person] = slot + 1;
    return slot;
  }

  const dayOfSlot = (person: number): number => slotOf(person) % days;
  const sequenceOf = (person: number): number => Math.floor(slotOf(person) / days);

  const originOf = (person: number) => deck.originOf(Math.floor(person / blockSize));

  /** Foreigners live alone and are drawn from one origin: their numbers have no county, and one origin's days and sequences do not collide. */
  function isForeign(person: number): boolean {
    const member = families.memberAt(person);
    return (
      originOf(person).index === 0 &&
      'from' in member.born &&
      member.spouse === undefined &&
      member.marital === undefined &&
      families.childrenOf(person).length === 0 &&
      draw.chance(foreignStream, person, 0.04)
    );
  }

  function regionOf(person: number, year: number): string {
    if (isForeign(person)) return `915${draw.pick(foreignStream, person + 1, nationalities)[0]}`;
    const origin = originOf(person);
    return year <= origin.lastOldYear ? origin.oldCode : origin.newCode;
  }

  function write(person: number, sequenceText: string): string {
    const year = families.birthYearOf(person);
    const first17 = regionOf(person, year) + dateInYear(year, dayOfSlot(person)).replaceAll('-', '') + sequenceText;
    return first17 + computeResidentIdCheck(first17);
  }

  function numberOf(person: number): string {
    const odd = families.memberAt(person).sex === 'male' ? 1 : 2;
    return write(person, String(sequenceOf(person) * 2 + odd).padStart(3, '0'));
  }

  return {
    numberOf,
    isForeign,
    birthDateOf: (person) => dateInYear(families.birthYearOf(person), dayOfSlot(person)),
    nationalityOf: (person) => (isForeign(person) ? draw.pick(foreignStream, person + 1, nationalities)[0] : undefined),
    formerNumbersOf(person) {
      if (isForeign(person)) return [];
      const former: FormerNumber[] = [];
      const year = families.birthYearOf(person);
      if (year >= 1930 && year < 1975 && draw.chance(fifteenStream, person, 0.02)) {
        const number = numberOf(person);
        former.push({ number: number.slice(0, 6) + number.slice(8, 17), kind: 'fifteen-digit', until: '2012-12-31' });
      }
      if (sequenceOf(person) === correctedSequence && year < 2015) {
        const wrong = families.memberAt(person).sex === 'male' ? '997' : '998';
        former.push({ number: write(person, wrong), kind: 'corrected', until: '2018-06-30' });
      }
      return former;
    },
  };
}
