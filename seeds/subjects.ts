/** The cast in the master index: surrogate ids, division and protection, and official identifiers with their history. */
import type { SubjectKind } from '../src/model/subject-kind.js';
import { castDate, dayOf, isoOf, yearsAfter } from './cast/calendar.js';
import type { Cast } from './cast/cast.js';
import type { IdentifierKind } from '../src/model/identifier-kind.js';

/** What stands beside every subject id of a library row. */
export interface SeedSubject {
  readonly id: number;
  readonly kind: SubjectKind;
  readonly division: string;
  /** A date, `infinity` or `-infinity`. */
  readonly protectedUntil: string;
}

export interface SeedIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly isCurrent: boolean;
  readonly endedAs: 'corrected' | 'upgraded' | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

export interface SeedSubjects {
  subject(kind: SubjectKind, index: number): SeedSubject;
  /** History first, the current one last. */
  identifiersOf(kind: SubjectKind, index: number): SeedIdentifier[];
}

/** A child is protected until this birthday. */
const ageOfProtection = 14;
/** Unified social credit codes have been given since this day. */
const firstCreditCodes = '2015-10-01';
const idRoom = 1_000_000;

/** Person i has id i + 1. Legal persons follow from the next whole million on, so that more persons of the same cast keep their ids apart. */
export function subjectIdOf(cast: Pick<Cast, 'persons'>, kind: SubjectKind, index: number): number {
  if (kind === 'person') return index + 1;
  return (Math.floor(cast.persons / idRoom) + 1) * idRoom + index + 1;
}

/** Keeps a few bytes of each, for every row of every dataset asks for its subjects. */
export function createSeedSubjects(cast: Cast): SeedSubjects {
  const scopes = { person: personScopes(cast), 'legal-person': legalPersonScopes(cast) };
  return {
    subject(kind, index) {
      const scope = scopes[kind];
      return {
        id: subjectIdOf(cast, kind, index),
        kind,
        division: scope.divisionOf(index),
        protectedUntil: scope.protectedUntilOf(index),
      };
    },
    identifiersOf: (kind, index) => (kind === 'person' ? numbersOf(cast, index) : creditCodesOf(cast, index)),
  };
}

interface Scopes {
  divisionOf(index: number): string;
  protectedUntilOf(index: number): string;
}

function personScopes(cast: Cast): Scopes {
  return {
    divisionOf: keepingText(cast.persons, (index) => cast.person(index).division),
    protectedUntilOf: keepingText(cast.persons, (index) => {
      const { birthDate, isProtected } = cast.person(index);
      return isProtected ? 'infinity' : childProtection(birthDate);
    }),
  };
}

function legalPersonScopes(cast: Cast): Scopes {
  return {
    divisionOf: keepingText(cast.legalPersons, (index) => cast.legalPerson(index).division),
    protectedUntilOf: () => '-infinity',
  };
}

/** Two bytes an index: which of a few thousand texts it has. */
function keepingText(size: number, textOf: (index: number) => string): (index: number) => string {
  const numbers = new Uint16Array(size);
  // Number 0 is: not known yet.
  const texts = [''];
  const numberByText = new Map<string, number>();
  return (index) => {
    const known = numbers[index]!;
    if (known > 0) return texts[known]!;
    const text = textOf(index);
    const number = numberByText.get(text) ?? texts.push(text) - 1;
    numberByText.set(text, number);
    numbers[index] = number;
    return text;
  };
}

function childProtection(birthDate: string): string {
  const grownOn = yearsAfter(birthDate, ageOfProtection);
  return grownOn > castDate ? grownOn : '-infinity';
}

/**
 * The 15-digit form stands as it was written. Its holder is found by it all the same: a number that is looked up is brought to 18
 * characters first, and these are the current number.
 */
function numbersOf(cast: Cast, index: number): SeedIdentifier[] {
  const kind = 'resident-id-number';
  const { idNumber, formerNumbers } = cast.person(index);
  const history = formerNumbers.map((former): SeedIdentifier => ({
    kind,
    value: former.number,
    isCurrent: false,
    endedAs: former.kind === 'corrected' ? 'corrected' : 'upgraded',
    validFrom: null,
    validTo: former.until,
  }));
  const lastEnd = formerNumbers
    .map(({ until }) => until)
    .sort()
    .at(-1);
  const validFrom = lastEnd === undefined ? null : isoOf(dayOf(lastEnd) + 1);
  return [...history, { kind, value: idNumber, isCurrent: true, endedAs: null, validFrom, validTo: null }];
}

function creditCodesOf(cast: Cast, index: number): SeedIdentifier[] {
  const { creditCode, establishedOn } = cast.legalPerson(index);
  const validFrom = establishedOn > firstCreditCodes ? establishedOn : firstCreditCodes;
  return [
    { kind: 'unified-social-credit-code', value: creditCode, isCurrent: true, endedAs: null, validFrom, validTo: null },
  ];
}
