/** A household: who belongs to it and where it lives. One address for all its members. */
import { castYear } from './calendar.js';
import { type Draw, streamOf } from './draw.js';
import { householdsPerBlock } from './family-templates.js';
import type { Families } from './families.js';
import type { OriginDeck } from './origins.js';
import { type Place, drawNativeAddress, drawResidence } from './places.js';

export interface Household {
  readonly index: number;
  /** The household number (户号): town and index, unique. */
  readonly number: string;
  readonly kind: 'family' | 'collective';
  readonly members: readonly number[];
  /** The head; of a collective household its first member. */
  readonly head: number;
  readonly division: string;
  readonly town: string;
  readonly address: string;
}

export interface Dwelling {
  readonly place: Place;
  readonly registeredAddress: string;
  /** When the household moved into the city; undefined for those from here. */
  readonly movedInOn: string | undefined;
}

export interface HouseholdSource {
  household(index: number): Household;
  dwellingOf(index: number): Dwelling;
}

const registeredStream = streamOf('household.registered-elsewhere');
const movedStream = streamOf('household.moved-in');

export function createHouseholds(draw: Draw, families: Families, deck: OriginDeck): HouseholdSource {
  const originOf = (household: number) =>
    deck.originOf(Math.min(Math.floor(household / householdsPerBlock), families.fullBlocks));

  function dwellingOf(index: number): Dwelling {
    const origin = originOf(index);
    const place = drawResidence(draw, index, origin.division);
    const moved = origin.division !== place.division;
    const elsewhere = moved && draw.chance(registeredStream, index, 0.4);
    return {
      place,
      registeredAddress: elsewhere ? drawNativeAddress(draw, index, origin.place) : place.address,
      movedInOn:
        origin.division === undefined
          ? `${draw.between(movedStream, index, 1996, castYear - 1)}-${String(draw.between(movedStream, index + 0x4000_0000, 1, 12)).padStart(2, '0')}-15`
          : undefined,
    };
  }

  return {
    dwellingOf,
    household(index) {
      const { place } = dwellingOf(index);
      const members = families.membersOf(index);
      return {
        index,
        number: place.town + String(index).padStart(7, '0'),
        kind: families.isCollective(index) ? 'collective' : 'family',
        members,
        head: members.find((person) => families.memberAt(person).relation === '0') ?? members[0]!,
        division: place.division,
        town: place.town,
        address: place.address,
      };
    },
  };
}
