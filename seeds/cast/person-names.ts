/** What a person is called, and of which ethnic group: both go by the family, so they are decided together. */
import { type Draw, streamOf } from './draw.js';
import { blockSize } from './family-templates.js';
import type { Families } from './families.js';
import { drawGivenName, drawSurname } from './han-names.js';
import { drawMongolName } from './mongol-names.js';
import type { OriginDeck } from './origins.js';
import type { ResidentNumbers } from './resident-numbers.js';
import { chooseByWeight } from './weighted-choice.js';

export interface PersonNames {
  nameOf(person: number): string;
  formerNameOf(person: number): string | undefined;
  /** GB/T 3304. */
  ethnicGroupOf(person: number): string;
}

const ethnicStream = streamOf('person.ethnic-group');
const matchStream = streamOf('person.same-group-as-spouse');
const styleStream = streamOf('name.style');
const formerStream = streamOf('name.former');

const chooseMinority = chooseByWeight([
  ['03', 40],
  ['11', 34],
  ['31', 5],
  ['10', 3],
  ['04', 4],
  ['08', 3],
  ['15', 4],
  ['06', 3],
  ['38', 2],
  ['45', 2],
]);
const foreignSurnames = ['BATBAYAR', 'IVANOV', 'SMITH', 'KIM', 'MUELLER', 'TANAKA', 'GANBOLD', 'PETROV'] as const;
const foreignGivenNames = ['TEMUUJIN', 'ALEXEI', 'JOHN', 'MINJUN', 'THOMAS', 'KENJI', 'OYUNA', 'MARIA'] as const;

export function createPersonNames(
  draw: Draw,
  families: Families,
  deck: OriginDeck,
  numbers: ResidentNumbers,
): PersonNames {
  /** The person with whom a family begins: up through the fathers, and through the mother where there is none. */
  function rootOf(person: number): number {
    const member = families.memberAt(person);
    const parent = families.kinOf(person, member.father ?? member.mother);
    return parent === undefined ? person : rootOf(parent);
  }

  function ethnicGroupOf(person: number): string {
    if (numbers.isForeign(person)) return '97';
    const root = rootOf(person);
    const { sex, spouse } = families.memberAt(root);
    // Two in three marry within their group. Only wives follow, so that no two of a couple wait for each other.
    if (sex === 'female' && spouse !== undefined && draw.chance(matchStream, root, 0.66))
      return ethnicGroupOf(families.kinOf(root, spouse)!);
    const { mongols } = deck.originOf(Math.floor(root / blockSize));
    const unit = draw.unit(ethnicStream, root);
    if (unit < mongols) return '02';
    return unit > 0.98 ? chooseMinority((unit - 0.98) / 0.02) : '01';
  }

  function write(person: number, salt: number): string {
    const { sex } = families.memberAt(person);
    if (numbers.isForeign(person))
      return `${draw.pick(styleStream, person, foreignSurnames)} ${draw.pick(formerStream, person, foreignGivenNames)}`;
    if (ethnicGroupOf(person) === '02' && draw.chance(styleStream, person, 0.85))
      return drawMongolName(draw, person + salt, sex);
    return drawSurname(draw, rootOf(person)) + drawGivenName(draw, person + salt, sex, families.birthYearOf(person));
  }

  return {
    ethnicGroupOf,
    nameOf: (person) => write(person, 0),
    formerNameOf(person) {
      if (!draw.chance(formerStream, person + 0x4000_0000, 0.012) || numbers.isForeign(person)) return undefined;
      const former = write(person, 0x2000_0000);
      return former === write(person, 0) ? undefined : former;
    },
  };
}
