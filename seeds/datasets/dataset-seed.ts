/**
 * What the seed of a dataset is: a pure function from one person or legal person of the cast, or from one place, to rows of the dataset.
 *
 * A row has every column that the dataset's class declares. A subject key is given as an index of the cast; the surrogate id, division,
 * protection, provenance and what the database generates are put in when it is written. It must not know how rows are written.
 */
import type { LibraryRow } from '../../src/model/declaration.js';
import type { SubjectKind } from '../../src/model/subject-kind.js';
import type { Cast } from '../cast/cast.js';

export type SeedValue = string | number | boolean | null;

/** @template Subjects its subject keys @template Apart what is no column: official identifiers, which stand in the subject index, and links */
export type SeedRow<Row extends LibraryRow, Subjects extends keyof Row = never, Apart extends keyof Row = never> = {
  readonly [Field in Exclude<keyof Row, keyof LibraryRow | Apart>]: Field extends Subjects
    ? number | Extract<Row[Field], null>
    : Row[Field];
};

export type DatasetSeed<Row extends object = Record<string, SeedValue>> = SubjectSeed<Row> | PlaceSeed<Row>;

interface SeedOf<Row extends object> {
  readonly dataset: new () => LibraryRow;
  /** In an order of their own that never changes; none for who is not in the dataset. */
  rows(cast: Cast, index: number): readonly Readonly<Row>[];
}

export interface SubjectSeed<Row extends object = Record<string, SeedValue>> extends SeedOf<Row> {
  /** Whose indexes are walked. */
  readonly of: SubjectKind;
}

/** For what is about nobody: stations, roads, indicators. Its rows name their division themselves. */
export interface PlaceSeed<Row extends object = Record<string, SeedValue>> extends SeedOf<Row> {
  readonly of: 'place';
  /** Indexes 0 to one below this are walked. */
  count(cast: Cast): number;
}
