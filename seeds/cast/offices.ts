/**
 * Who holds which office, both ways: from a legal person to its officers, from a person to the offices held.
 *
 * Every legal person has four seats, whether taken or not. Seats are numbered, and dealt to those of working age in rounds; each round
 * is a permutation, so that the inverse is computed. The first seat of a subsidiary or branch may be the first seat of its parent: one
 * person then heads several firms, which the inverse follows down the tree.
 */
import { yearsAfter } from './calendar.js';
import { type Draw, streamOf } from './draw.js';
import { blockSize, officePlaces } from './family-templates.js';
import type { Families } from './families.js';
import type { LegalPersonGroups } from './legal-person-groups.js';
import type { LegalPersonSource } from './legal-person.js';
import type { Lives } from './life.js';
import { createPermutation } from './permutation.js';
import type { ResidentNumbers } from './resident-numbers.js';

export type Position =
  | 'CHAIRMAN'
  | 'EXECUTIVE_DIRECTOR'
  | 'GENERAL_MANAGER'
  | 'SUPERVISOR'
  | 'FINANCE_OFFICER'
  | 'OPERATOR'
  | 'PERSON_IN_CHARGE';

export interface Office {
  readonly legalPerson: number;
  /** 0 to 3, unique within the legal person; 0 is the legal representative. */
  readonly seat: number;
  readonly person: number;
  readonly position: Position;
  readonly isLegalRepresentative: boolean;
  /** Hundredths of a per cent; 0 for who holds none. With the parent's share they add up to 10,000, where anyone holds shares. */
  readonly share: number;
  readonly appointedOn: string;
  readonly leftOn: string | undefined;
}

export interface Offices {
  officersOf(legalPerson: number): Office[];
  officesOf(person: number): Office[];
}

const seats = 4;
const roundStream = streamOf('office.round');
const countStream = streamOf('office.count');
const inheritStream = streamOf('office.inherit');
const shareStream = streamOf('office.share');

interface Sources {
  readonly draw: Draw;
  readonly families: Families;
  readonly numbers: ResidentNumbers;
  readonly lives: Lives;
  readonly groups: LegalPersonGroups;
  readonly source: LegalPersonSource;
  readonly legalPersons: number;
}

export function createOffices({ draw, families, numbers, lives, groups, source, legalPersons }: Sources): Offices {
  const holders = families.fullBlocks * officePlaces;
  const rounds = Array.from({ length: holders === 0 ? 0 : Math.ceil((legalPersons * seats) / holders) }, (_, round) =>
    createPermutation(holders, draw.below(roundStream, round, holders)),
  );

  function takenSeats(legalPerson: number): number {
    if (holders === 0) return 0;
    const form = groups.formOf(legalPerson);
    if (form === 'individually-owned' || form === 'branch') return 1;
    if (form === 'social-organisation') return 2;
    if (form === 'cooperative') return 3;
    return source.capitalOf(legalPerson) >= 10_000_000 ? seats : draw.between(countStream, legalPerson, 2, 3);
  }

  const inheritsHead = (legalPerson: number): boolean =>
    groups.parentOf(legalPerson) !== undefined && draw.chance(inheritStream, legalPerson, 0.5);

  function holderOf(legalPerson: number, seat: number): number {
    if (seat === 0 && inheritsHead(legalPerson)) return holderOf(groups.parentOf(legalPerson)!, 0);
    const number = legalPerson * seats + seat;
    const holder = rounds[Math.floor(number / holders)]!.to(number % holders);
    return Math.floor(holder / officePlaces) * blockSize + (holder % officePlaces);
  }

  function positionAt(legalPerson: number, seat: number, taken: number): Position {
    const form = groups.formOf(legalPerson);
    if (form === 'individually-owned') return 'OPERATOR';
    if (form !== 'company') return seat === 0 ? 'PERSON_IN_CHARGE' : 'SUPERVISOR';
    const positions: readonly Position[] =
      taken === seats
        ? ['CHAIRMAN', 'GENERAL_MANAGER', 'SUPERVISOR', 'FINANCE_OFFICER']
        : ['EXECUTIVE_DIRECTOR', 'SUPERVISOR', 'GENERAL_MANAGER'];
    return positions[seat]!;
  }

  /** What the parent leaves is shared by the first of the officers; the head of finance holds none. The first takes the remainder. */
  function shareAt(legalPerson: number, seat: number, taken: number): number {
    const form = groups.formOf(legalPerson);
    if (form === 'branch' || form === 'social-organisation') return 0;
    const rest = 10_000 - (source.parentShareOf(legalPerson) ?? 0);
    const holdersOfShares = Math.min(taken, 3);
    if (seat >= holdersOfShares) return 0;
    const others = Array.from({ length: holdersOfShares - 1 }, (_, i) =>
      Math.floor((rest * draw.between(shareStream, legalPerson * seats + i, 5, 32)) / 100),
    );
    return seat === 0 ? rest - others.reduce((sum, share) => sum + share, 0) : others[seat - 1]!;
  }

  function officeAt(legalPerson: number, seat: number, person: number, taken: number): Office {
    const established = source.establishedOn(legalPerson);
    const ofAge = yearsAfter(numbers.birthDateOf(person), 20);
    const { status, since } = lives.statusOf(person);
    const { closedOn } = source.statusOf(legalPerson);
    const ends = [closedOn, status === 'deceased' ? since : undefined].filter((day) => day !== undefined).sort();
    const appointedOn = ofAge > established ? ofAge : established;
    return {
      legalPerson,
      seat,
      person,
      position: positionAt(legalPerson, seat, taken),
      isLegalRepresentative: seat === 0,
      share: shareAt(legalPerson, seat, taken),
      // Who came of age after the firm had closed was entered as heir on its last day.
      appointedOn: ends[0] !== undefined && ends[0] < appointedOn ? ends[0] : appointedOn,
      leftOn: ends[0],
    };
  }

  /** The legal persons below this one whose head is the same person by inheritance. */
  function inheritingFrom(legalPerson: number): number[] {
    return groups
      .childrenOf(legalPerson)
      .filter(inheritsHead)
      .flatMap((child) => [child, ...inheritingFrom(child)]);
  }

  return {
    officersOf(legalPerson) {
      const taken = takenSeats(legalPerson);
      return Array.from({ length: taken }, (_, seat) =>
        officeAt(legalPerson, seat, holderOf(legalPerson, seat), taken),
      );
    },
    officesOf(person) {
      const place = person % blockSize;
      const block = Math.floor(person / blockSize);
      if (place >= officePlaces || block >= families.fullBlocks) return [];
      const held: (readonly [legalPerson: number, seat: number])[] = [];
      rounds.forEach((round, i) => {
        const number = i * holders + round.from(block * officePlaces + place);
        const legalPerson = Math.floor(number / seats);
        const seat = number % seats;
        if (legalPerson >= legalPersons || seat >= takenSeats(legalPerson)) return;
        if (seat === 0 && inheritsHead(legalPerson)) return;
        held.push([legalPerson, seat]);
        if (seat === 0) for (const child of inheritingFrom(legalPerson)) held.push([child, 0]);
      });
      held.sort(([a, seatOfA], [b, seatOfB]) => a - b || seatOfA - seatOfB);
      return held.map(([legalPerson, seat]) => officeAt(legalPerson, seat, person, takenSeats(legalPerson)));
    },
  };
}
