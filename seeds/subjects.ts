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

/** Remembers the last of each kind, for the rows of a dataset often stand together by subject. */
export function createSeedSubjects(cast: Cast): SeedSubjects {
  const last: Partial<Record<SubjectKind, { index: number; subject: SeedSubject }>> = {};
  return {
    subject(kind, index) {
      const known = last[kind];
      if (known?.index === index) return known.subject;
      const subject = describeSubject(cast, kind, index);
      last[kind] = { index, subject };
      return subject;
    },
    identifiersOf: (kind, index) => (kind === 'person' ? numbersOf(cast, index) : creditCodesOf(cast, index)),
  };
}

function describeSubject(cast: Cast, kind: SubjectKind, index: number): SeedSubject {
  const id = subjectIdOf(cast, kind, index);
  if (kind === 'legal-person') {
    return { id, kind, division: cast.legalPerson(index).division, protectedUntil: '-infinity' };
  }
  const { division, birthDate, isProtected } = cast.person(index);
  return { id, kind, division, protectedUntil: isProtected ? 'infinity' : childProtection(birthDate) };
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
