/**
 * A person of the cast, put together from the concerns beside this file. Each part is worked out when it is asked for: a table of many rows
 * needs few of them, and a name or an address takes longer than all that most rows hold.
 */
import { type Draw, streamOf } from './draw.js';
import { blockSize, type Member } from './family-templates.js';
import type { Families } from './families.js';
import type { Dwelling, HouseholdSource } from './household.js';
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
const china = '156';
const abroad = '境外';

export function buildPerson(index: number, sources: PersonSources): Person {
  return new DrawnPerson(index, sources);
}

/** What several parts come from, or rows ask for again, is kept once it has been worked out. */
class DrawnPerson implements Person {
  readonly index: number;
  readonly #from: PersonSources;
  readonly #member: Member;
  #dwelling: Dwelling | undefined;
  #standing: ReturnType<Lives['statusOf']> | undefined;
  #birthDate: string | undefined;
  #name: string | undefined;
  #children: readonly number[] | undefined;

  constructor(index: number, sources: PersonSources) {
    this.index = index;
    this.#from = sources;
    this.#member = sources.families.memberAt(index);
  }

  get idNumber(): string {
    return this.#from.numbers.numberOf(this.index);
  }
  get formerNumbers(): readonly FormerNumber[] {
    return this.#from.numbers.formerNumbersOf(this.index);
  }
  get name(): string {
    return (this.#name ??= this.#from.names.nameOf(this.index));
  }
  get formerName(): string | undefined {
    return this.#from.names.formerNameOf(this.index);
  }
  get sex(): string {
    return this.#member.sex === 'male' ? '1' : '2';
  }
  get birthDate(): string {
    return (this.#birthDate ??= this.#from.numbers.birthDateOf(this.index));
  }
  get ethnicGroup(): string {
    return this.#from.names.ethnicGroupOf(this.index);
  }
  get nationality(): string {
    return this.#from.numbers.nationalityOf(this.index) ?? china;
  }
  get birthplace(): string {
    return this.nationality === china ? this.#from.deck.originOf(Math.floor(this.index / blockSize)).place : abroad;
  }
  get nativePlace(): string {
    return this.birthplace;
  }
  get telephone(): string {
    return drawTelephone(this.#from.draw, this.index);
  }
  get household(): number {
    return this.#from.families.householdOf(this.index);
  }
  get relationToHead(): string {
    return this.#member.relation;
  }
  get division(): string {
    return this.#home.place.division;
  }
  get town(): string {
    return this.#home.place.town;
  }
  get address(): string {
    return this.#home.place.address;
  }
  get registeredAddress(): string {
    return this.#home.registeredAddress;
  }
  get movedInOn(): string | undefined {
    const { movedInOn } = this.#home;
    // Who is born after the household moved in did not move.
    return movedInOn !== undefined && movedInOn > this.birthDate ? movedInOn : undefined;
  }
  get maritalStatus(): string {
    return this.#from.lives.maritalStatusOf(this.index);
  }
  get marriedOn(): string | undefined {
    return this.#from.lives.marriedOn(this.index);
  }
  get spouse(): number | undefined {
    return this.#kin(this.#member.spouse);
  }
  get father(): number | undefined {
    return this.#kin(this.#member.father);
  }
  get mother(): number | undefined {
    return this.#kin(this.#member.mother);
  }
  get children(): readonly number[] {
    return (this.#children ??= this.#from.families.childrenOf(this.index));
  }
  get educationLevel(): string | undefined {
    return this.#from.lives.educationOf(this.index);
  }
  get occupation(): string {
    return this.#from.lives.occupationOf(this.index, this.#home.place.urban);
  }
  get status(): PersonStatus {
    return this.#status.status;
  }
  get statusSince(): string | undefined {
    return this.#status.since;
  }
  get isProtected(): boolean {
    return this.#from.draw.chance(protectedStream, this.index, 0.004);
  }

  get #home(): Dwelling {
    return (this.#dwelling ??= this.#from.households.dwellingOf(this.household));
  }
  get #status(): ReturnType<Lives['statusOf']> {
    return (this.#standing ??= this.#from.lives.statusOf(this.index));
  }
  #kin(place: number | undefined): number | undefined {
    return this.#from.families.kinOf(this.index, place);
  }
}
