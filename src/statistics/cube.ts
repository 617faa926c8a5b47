/**
 * What a cube is: which rows of which datasets are counted, by which dimensions, and under which disclosure control its cells become rows
 * of a dataset of the library `statistics`. Plain frozen declarations without SQL; `compile-cube.ts` makes the queries, `protect.ts` decides
 * what is published. It knows no principal: what is published is the same for everyone.
 *
 * Cubes of one family count the same units. They may share a beginning of their dimensions and nothing else, for on that the guarantee over
 * linked tables rests (docs/statistics.md).
 */
import { CitygraphError } from '../errors.js';
import type { LibraryRow } from '../model/declaration.js';

type RowClass = new () => LibraryRow;

export interface Level {
  /** Value of the dimension's level column. */
  readonly name: string;
}

export interface Dimension {
  /** Field of the published dataset that holds the code. */
  readonly field: string;
  /** Code of the total. */
  readonly total: string;
  /** Field that says at which depth a code stands; null for a dimension of one level. */
  readonly levelField: string | null;
  /** Below the total, from coarse to fine. */
  readonly levels: readonly Level[];
  /** The codes of a value as the source gives it, one a level. A code that repeats the one above it stands for no further depth. */
  readonly pathOf: (raw: string) => readonly string[];
  /** Every value that there may be, seen or not; null where that is not known. */
  readonly members: readonly string[] | null;
  /** False where adding up over it would mean nothing; not for cubes under suppression, whose figures are broken up from the total. */
  readonly hasTotal?: boolean;
  /** Further fields that a code fills. */
  readonly more?: (code: string) => Readonly<Record<string, unknown>>;
}

/** How a source's field becomes a value of a dimension. */
export type Binding<Field extends string = string> =
  | { readonly field: Field; readonly as: 'code' | 'year' | 'month' | 'day' }
  /** Completed years on the reference date, as the number of the band: 0 below the first bound. */
  | { readonly field: Field; readonly as: 'age'; readonly bounds: readonly number[] }
  | { readonly constant: string };

export interface Condition<Field extends string = string> {
  readonly field: Field;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}

export interface DatasetSource<Field extends string = string> {
  readonly kind: 'dataset';
  readonly of: RowClass;
  /** Subject key that names who contributes; null where each row is its own. */
  readonly contributor: Field | null;
  readonly town: Field | null;
  readonly where: readonly Condition<Field>[];
  /** By field of the dimension. */
  readonly dimensions: Readonly<Record<string, Binding<Field>>>;
  /** What is added up, and the rows it is added up over. */
  readonly money: Field | null;
  readonly moneyWhere: readonly Condition<Field>[];
}

/** Answered requests of the usage log, once for each library that they touch. */
export interface UsageLogSource {
  readonly kind: 'usage-log';
  readonly dimensions: Readonly<Record<string, 'day' | 'month' | 'department' | 'library'>>;
}

export interface Dominance {
  /**
   * The p% rule (Hundepool et al., Statistical Disclosure Control, 2012, section 4.2.2): a sum is withheld where the second largest
   * contributor could estimate the largest within p per cent.
   */
  readonly percent: number;
  readonly minimumContributors: number;
}

export interface Money {
  readonly sum: string;
  readonly average: string | null;
  /** Fields by the fraction below them. */
  readonly quantiles: Readonly<Record<string, number>>;
  readonly dominance: Dominance;
  /** Field that says that the sums of a cell are withheld; null where its count is withheld with them. */
  readonly suppressed: string | null;
}

export interface Cube {
  readonly dataset: RowClass;
  readonly family: string;
  /** Whose privacy the threshold guards. */
  readonly unit: 'persons' | 'legal-persons' | 'requests' | 'events';
  readonly sources: readonly (DatasetSource | UsageLogSource)[];
  /** The lowest level of places. */
  readonly place: 'city' | 'division' | 'town';
  /** In the order in which they are broken down; the first are the last to be withheld. */
  readonly dimensions: readonly Dimension[];
  /** Field of the count. */
  readonly count: string;
  readonly control: 'suppression' | 'open-rows';
  /** Contributors behind every figure that is published. */
  readonly k: number;
  /** Whether a contributor stands in one cell of the finest level, or in several. */
  readonly contributes: 'once' | 'repeatedly';
  readonly money: Money | null;
}

/** Fewer would make the promise of the documentation untrue. */
export const leastPersons = 10;

export function source<Row extends LibraryRow>(
  of: new () => Row,
  given: Partial<Omit<DatasetSource<keyof Row & string>, 'kind' | 'of' | 'dimensions'>> &
    Pick<DatasetSource<keyof Row & string>, 'dimensions'>,
): DatasetSource {
  return Object.freeze({
    kind: 'dataset',
    of,
    contributor: null,
    town: null,
    where: [],
    money: null,
    moneyWhere: [],
    ...given,
  } as DatasetSource);
}

/** @throws DECLARATION_INVALID */
export function defineCube(cube: Cube): Cube {
  const refuse = (fault: string): CitygraphError =>
    new CitygraphError('DECLARATION_INVALID', `cube ${cube.dataset.name}: ${fault}`);
  if (cube.unit === 'persons' && (cube.control !== 'suppression' || cube.k < leastPersons))
    throw refuse(`persons are counted under suppression with a k of ${leastPersons} or more`);
  if (cube.control === 'suppression' && cube.k < 2) throw refuse('k is 2 or more');
  if ((cube.control === 'suppression' || cube.money) && cube.dimensions.some(({ hasTotal }) => hasTotal === false))
    throw refuse('what is withheld is broken up from the total');
  for (const it of cube.sources) {
    for (const { field } of cube.dimensions)
      if (!(field in it.dimensions)) throw refuse(`a source has nothing for ${field}`);
    if (it.kind === 'dataset' && cube.money && it.money === null) throw refuse('a source has nothing to add up');
  }
  return Object.freeze(cube);
}

/** @throws DECLARATION_INVALID where linked tables could be played off against one another */
export function checkFamilies(cubes: readonly Cube[]): void {
  for (const [index, one] of cubes.entries()) {
    for (const other of cubes.slice(index + 1)) {
      if (one.family !== other.family) continue;
      const refuse = (fault: string): CitygraphError =>
        new CitygraphError(
          'DECLARATION_INVALID',
          `family ${one.family}: ${one.dataset.name} and ${other.dataset.name} ${fault}`,
        );
      if (one.k !== other.k || one.control !== other.control || one.contributes !== other.contributes)
        throw refuse('differ in their control');
      let shared = 0;
      const [a, b] = [stepsOf(one), stepsOf(other)];
      while (shared < Math.min(a.length, b.length) && a[shared] === b[shared]) shared += 1;
      const fields = (steps: readonly string[]): Set<string> =>
        new Set(steps.slice(shared).map((it) => it.split(' ')[0]!));
      const rest = fields(b);
      for (const field of fields(a))
        if (rest.has(field)) throw refuse(`share ${field} behind dimensions that they do not share`);
      if ((one.place === 'city') !== (other.place === 'city')) throw refuse('differ in their places');
    }
  }
}

function stepsOf({ dimensions }: Cube): string[] {
  return dimensions.flatMap(({ field, levels }) => levels.map(({ name }) => `${field} ${name}`));
}
