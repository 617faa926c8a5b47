/**
 * Who a person is to others, and in which year each was born: the layout of family-templates.ts applied to an index.
 * It knows no names, places or identifiers.
 */
import { castYear } from './calendar.js';
import { type Draw, streamOf } from './draw.js';
import { type Member, blockSize, familyTemplates, householdsPerBlock, singleAt } from './family-templates.js';
import { chooseByWeight } from './weighted-choice.js';

export interface Families {
  readonly fullBlocks: number;
  readonly households: number;
  memberAt(person: number): Member;
  /** The person at another place of the same block. */
  kinOf(person: number, place: number | undefined): number | undefined;
  childrenOf(person: number): number[];
  birthYearOf(person: number): number;
  /** How many of the same sex stand before this person in the block: 0 to 5. */
  rankAmongSex(person: number): number;
  householdOf(person: number): number;
  membersOf(household: number): number[];
  isCollective(household: number): boolean;
}

const templateStream = streamOf('family.template');
const anchorStream = streamOf('family.anchor-year');
const spouseStream = streamOf('family.spouse-gap');
const childStream = streamOf('family.child-year');

const chooseTemplate = chooseByWeight(familyTemplates.map((template, i) => [i, template.weight] as const));
const ranks = familyTemplates.map(({ members }) =>
  members.map((member, place) => members.slice(0, place).filter((other) => other.sex === member.sex).length),
);
const householdMembers = familyTemplates.map(({ members }) =>
  Array.from({ length: householdsPerBlock }, (_, h) =>
    members.flatMap((member, place) => (member.household === h ? [place] : [])),
  ),
);

/** The mother is 25 to 39 when a child is born, and two calendar years lie between two of her children. */
const [youngestMother, oldestMother] = [25, 39];

export function createFamilies(draw: Draw, persons: number): Families {
  const fullBlocks = Math.floor(persons / blockSize);
  const blockOf = (person: number): number => Math.floor(person / blockSize);
  // Three bytes a person, for what is asked most.
  const templates = Uint8Array.from({ length: fullBlocks }, (_, block) =>
    chooseTemplate(draw.unit(templateStream, block)),
  );
  const templateOf = (block: number): number => templates[block]!;
  const birthYears = new Uint16Array(persons);

  function memberAt(person: number): Member {
    const block = blockOf(person);
    const place = person - block * blockSize;
    return block < fullBlocks ? familyTemplates[templateOf(block)]!.members[place]! : singleAt(place);
  }

  function birthYearOf(person: number): number {
    return (birthYears[person] ||= drawBirthYear(person));
  }

  function drawBirthYear(person: number): number {
    const { born } = memberAt(person);
    const base = person - (person % blockSize);
    if ('from' in born) return draw.between(anchorStream, person, born.from, born.to);
    // Drawn at the wife's index from either side; a husband is one year younger to five years older.
    if ('wifeOf' in born) return birthYearOf(base + born.wifeOf) + draw.between(spouseStream, person, -1, 5);
    if ('husbandOf' in born) return birthYearOf(base + born.husbandOf) - draw.between(spouseStream, person, -1, 5);
    const mother = birthYearOf(base + born.mother);
    const first = mother + youngestMother;
    const last = Math.min(mother + oldestMother, born.latest ?? castYear);
    const width = Math.floor((last - first + 1) / born.of);
    return first + born.nth * width + draw.below(childStream, person, born.of === 1 ? width : width - 1);
  }

  return {
    fullBlocks,
    households: fullBlocks * householdsPerBlock + (persons % blockSize),
    memberAt,
    birthYearOf,
    kinOf: (person, place) => (place === undefined ? undefined : person - (person % blockSize) + place),
    childrenOf(person) {
      const block = blockOf(person);
      if (block >= fullBlocks) return [];
      const place = person % blockSize;
      const { members } = familyTemplates[templateOf(block)]!;
      return members.flatMap((member, i) =>
        member.father === place || member.mother === place ? [block * blockSize + i] : [],
      );
    },
    rankAmongSex(person) {
      const block = blockOf(person);
      const place = person % blockSize;
      return block < fullBlocks ? ranks[templateOf(block)]![place]! : place >> 1;
    },
    householdOf: (person) => blockOf(person) * householdsPerBlock + memberAt(person).household,
    membersOf(household) {
      const block = Math.min(Math.floor(household / householdsPerBlock), fullBlocks);
      const within = household - block * householdsPerBlock;
      if (block >= fullBlocks) return [block * blockSize + within];
      return householdMembers[templateOf(block)]![within]!.map((place) => block * blockSize + place);
    },
    isCollective(household) {
      const block = Math.floor(household / householdsPerBlock);
      return (
        block < fullBlocks && familyTemplates[templateOf(block)]!.collectiveHousehold === household % householdsPerBlock
      );
    },
  };
}
