/**
 * Families as a fixed layout: every twelve persons in a row are one block, laid out by one of these templates as five households that
 * are partly kin. Whoever is related to whom is thereby known from the index alone, and a household's members are computed, not found.
 *
 * Every template keeps to this, and the tests check it:
 * - twelve members, six of each sex (identifiers count persons of one sex; see resident-numbers.ts), five households;
 * - places 0 to 3 are of working age and may hold offices, places 0 to 4 may be employed;
 * - birth years follow an anchor: a wife or husband near the spouse, a child 25 to 39 years after the mother.
 */
export const blockSize = 12;
export const householdsPerBlock = 5;
export const officePlaces = 4;
export const workPlaces = 5;

export type Birth =
  | { readonly from: number; readonly to: number }
  | { readonly wifeOf: number }
  | { readonly husbandOf: number }
  /** The n-th of so many children of the mother at this place, born by `latest` at the latest. */
  | { readonly mother: number; readonly nth: number; readonly of: number; readonly latest?: number };

export interface Member {
  readonly sex: 'male' | 'female';
  readonly household: number;
  /** GB/T 4761, one digit. */
  readonly relation: string;
  readonly born: Birth;
  readonly spouse?: number;
  readonly father?: number;
  readonly mother?: number;
  /** GB/T 2261.2, for who has no spouse in the block. */
  readonly marital?: string;
}

export interface FamilyTemplate {
  readonly weight: number;
  readonly collectiveHousehold?: number;
  readonly members: readonly Member[];
}

const man = (household: number, relation: string, born: Birth, rest: Partial<Member> = {}): Member => ({
  sex: 'male',
  household,
  relation,
  born,
  ...rest,
});
const woman = (household: number, relation: string, born: Birth, rest: Partial<Member> = {}): Member => ({
  ...man(household, relation, born, rest),
  sex: 'female',
});
const child = (mother: number, father: number | undefined, nth: number, of: number, latest?: number) => ({
  born: { mother, nth, of, latest },
  kin: { mother, father },
});
const kid = (
  make: typeof man,
  household: number,
  relation: string,
  c: ReturnType<typeof child>,
  rest: Partial<Member> = {},
): Member => make(household, relation, c.born, { ...c.kin, ...rest });

const widowed = { marital: '30' };
const divorced = { marital: '40' };
/** Who marries in the template must be old enough to have: a wife is at most five years younger. */
const old = 1990;

export const familyTemplates: readonly FamilyTemplate[] = [
  {
    // Grandparents; a son with two children; a daughter with one; a single man; a divorced mother.
    weight: 26,
    members: [
      kid(man, 1, '0', child(7, 6, 0, 2, old), { spouse: 1 }),
      woman(1, '1', { wifeOf: 0 }, { spouse: 0 }),
      kid(woman, 2, '1', child(7, 6, 1, 2, old), { spouse: 3 }),
      man(2, '0', { husbandOf: 2 }, { spouse: 2 }),
      man(3, '0', { from: 1985, to: 2003 }),
      kid(man, 1, '2', child(1, 0, 0, 2)),
      man(0, '0', { husbandOf: 7 }, { spouse: 7 }),
      woman(0, '1', { from: 1934, to: 1962 }, { spouse: 6 }),
      kid(woman, 1, '3', child(1, 0, 1, 2)),
      kid(woman, 2, '3', child(2, 3, 0, 1)),
      woman(4, '0', { from: 1965, to: 1992 }, divorced),
      kid(man, 4, '2', child(10, undefined, 0, 1)),
    ],
  },
  {
    // Three generations under one roof; a couple; a couple with a daughter; a widow; a young man.
    weight: 22,
    members: [
      kid(man, 0, '0', child(9, 8, 0, 1, old), { spouse: 1 }),
      woman(0, '1', { wifeOf: 0 }, { spouse: 0 }),
      man(1, '0', { from: 1964, to: 1994 }, { spouse: 3 }),
      woman(1, '1', { wifeOf: 2 }, { spouse: 2 }),
      woman(2, '1', { from: 1968, to: 1994 }, { spouse: 5 }),
      man(2, '0', { husbandOf: 4 }, { spouse: 4 }),
      kid(man, 0, '2', child(1, 0, 0, 1)),
      kid(woman, 2, '3', child(4, 5, 0, 1)),
      man(0, '5', { husbandOf: 9 }, { spouse: 9 }),
      woman(0, '5', { from: 1936, to: 1964 }, { spouse: 8 }),
      woman(3, '0', { from: 1930, to: 1955 }, widowed),
      man(4, '0', { from: 1988, to: 2005 }),
    ],
  },
  {
    // A couple with a daughter, his parents near by; a couple with two sons; a single woman; a couple married again.
    weight: 24,
    members: [
      kid(man, 0, '0', child(8, 7, 0, 1, old), { spouse: 1 }),
      woman(0, '1', { wifeOf: 0 }, { spouse: 0 }),
      woman(1, '1', { from: 1970, to: 1995 }, { spouse: 3 }),
      man(1, '0', { husbandOf: 2 }, { spouse: 2 }),
      woman(3, '0', { from: 1985, to: 2004 }),
      kid(woman, 0, '3', child(1, 0, 0, 1)),
      kid(man, 1, '2', child(2, 3, 0, 2)),
      man(2, '0', { husbandOf: 8 }, { spouse: 8 }),
      woman(2, '1', { from: 1932, to: 1964 }, { spouse: 7 }),
      kid(man, 1, '2', child(2, 3, 1, 2)),
      man(4, '0', { from: 1955, to: 1985 }, { spouse: 11, marital: '22' }),
      woman(4, '1', { wifeOf: 10 }, { spouse: 10, marital: '22' }),
    ],
  },
  {
    // Four in a collective household; a couple with a daughter; a couple; a widow with her son; a widower.
    weight: 12,
    collectiveHousehold: 0,
    members: [
      man(0, '8', { from: 1975, to: 2003 }),
      woman(0, '8', { from: 1980, to: 2004 }),
      man(1, '0', { husbandOf: 3 }, { spouse: 3 }),
      woman(1, '1', { from: 1970, to: 1995 }, { spouse: 2 }),
      man(2, '0', { from: 1966, to: 1994 }, { spouse: 5 }),
      woman(2, '1', { wifeOf: 4 }, { spouse: 4 }),
      man(0, '8', { from: 1985, to: 2005 }),
      woman(0, '8', { from: 1985, to: 2005 }),
      kid(woman, 1, '3', child(3, 2, 0, 1)),
      kid(man, 3, '2', child(10, undefined, 0, 1)),
      woman(3, '0', { from: 1940, to: 1975 }, widowed),
      man(4, '0', { from: 1932, to: 1958 }, widowed),
    ],
  },
  {
    // Parents; a son with three children; his brother, married; a divorced mother with her son; a young man.
    weight: 16,
    members: [
      kid(man, 0, '0', child(9, 8, 0, 2, old), { spouse: 1 }),
      woman(0, '1', { wifeOf: 0 }, { spouse: 0 }),
      kid(man, 2, '0', child(9, 8, 1, 2, old), { spouse: 3 }),
      woman(2, '1', { wifeOf: 2 }, { spouse: 2 }),
      woman(3, '0', { from: 1966, to: 1993 }, divorced),
      kid(woman, 0, '3', child(1, 0, 0, 3)),
      kid(woman, 0, '3', child(1, 0, 1, 3)),
      kid(man, 0, '2', child(1, 0, 2, 3)),
      man(1, '0', { husbandOf: 9 }, { spouse: 9 }),
      woman(1, '1', { from: 1932, to: 1960 }, { spouse: 8 }),
      kid(man, 3, '2', child(4, undefined, 0, 1)),
      man(4, '0', { from: 1987, to: 2005 }),
    ],
  },
];

/** A single of the last, incomplete block, which is laid out by no template: even places are men. */
export function singleAt(place: number): Member {
  return (place % 2 === 0 ? man : woman)(place, '0', { from: 1985, to: 2004 });
}
