/** A person of the cast, put together from the concerns beside this file. */
import { type Draw, streamOf } from './draw.js';
import { blockSize } from './family-templates.js';
import type { Families } from './families.js';
import type { HouseholdSource } from './household.js';
import type { Lives, PersonStatus } from './life.js';
import type { OriginDeck } from './origins.js';
import type { PersonNames } from './person-names.js';
import type { FormerNumber, ResidentNumbers } from './resident-numbers.js';
import { drawTelephone } from './telephones.js';

export interface Person {
  readonly index: number;
  /** GB 11643, or the foreign permanent resident's number of the same form. */
  readonly idNumber: string;
  readonly formerNumbers: readonly FormerNumber[];
  readonly name: string;
  readonly formerName: string | undefined;
  /** GB/T 2261.1: `1` or `2`. */
  readonly sex: string;
  readonly birthDate: string;
  /** GB/T 3304. */
  readonly ethnicGroup: string;
  /** ISO 3166-1 numeric; `156` is China. */
  readonly nationality: string;
  readonly birthplace: string;
  readonly nativePlace: string;
  readonly telephone: string;
  readonly household: number;
  /** GB/T 4761, one digit. */
  readonly relationToHead: string;
  /** Of residence, as are town and address: the household's. */
  readonly division: string;
  readonly town: string;
  readonly address: string;
  readonly registeredAddress: string;
  readonly movedInOn: string | undefined;
  /** GB/T 2261.2. */
  readonly maritalStatus: string;
  readonly marriedOn: string | undefined;
  readonly spouse: number | undefined;
  readonly father: number | undefined;
  readonly mother: number | undefined;
  readonly children: readonly number[];
  /** GB/T 4658; undefined for children who are not at school yet. */
  readonly educationLevel: string | undefined;
  readonly occupation: string;
  readonly status: PersonStatus;
  /** Date of death or of moving out. */
  readonly statusSince: string | undefined;
  /** A protected person (not: a child, whose protection follows from the birth date). */
  readonly isProtected: boolean;
}

export interface PersonSources {
  readonly draw: Draw;
  readonly families: Families;
  readonly deck: OriginDeck;
  readonly numbers: ResidentNumbers;
  readonly names: PersonNames;
  readonly lives: Lives;
  readonly households: HouseholdSource;
}

const protectedStream = streamOf('person.protected');

export function buildPerson(
  index: number,
  { draw, families, deck, numbers, names, lives, households }: PersonSources,
): Person {
  const member = families.memberAt(index);
  const household = families.householdOf(index);
  const { place, registeredAddress, movedInOn } = households.dwellingOf(household);
  const birthDate = numbers.birthDateOf(index);
  const { status, since } = lives.statusOf(index);
  const origin = deck.originOf(Math.floor(index / blockSize));
  const nationality = numbers.nationalityOf(index);
  return {
    index,
    idNumber: numbers.numberOf(index),
    formerNumbers: numbers.formerNumbersOf(index),
    name: names.nameOf(index),
    formerName: names.formerNameOf(index),
    sex: member.sex === 'male' ? '1' : '2',
    birthDate,
    ethnicGroup: names.ethnicGroupOf(index),
    nationality: nationality ?? '156',
    birthplace: nationality === undefined ? origin.place : '境外',
    nativePlace: nationality === undefined ? origin.place : '境外',
    telephone: drawTelephone(draw, index),
    household,
    relationToHead: member.relation,
    division: place.division,
    town: place.town,
    address: place.address,
    registeredAddress,
    // Who is born after the household moved in did not move.
    movedInOn: movedInOn !== undefined && movedInOn > birthDate ? movedInOn : undefined,
    maritalStatus: lives.maritalStatusOf(index),
    marriedOn: lives.marriedOn(index),
    spouse: families.kinOf(index, member.spouse),
    father: families.kinOf(index, member.father),
    mother: families.kinOf(index, member.mother),
    children: families.childrenOf(index),
    educationLevel: lives.educationOf(index),
    occupation: lives.occupationOf(index, place.urban),
    status,
    statusSince: since,
    isProtected: draw.chance(protectedStream, index, 0.004),
  };
}
