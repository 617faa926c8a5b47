/**
 * What the seed of a dataset is: a pure function from one person or legal person of the cast to rows of the dataset.
 *
 * A row has every column that the dataset's class declares. A subject key is given as an index of the cast; the surrogate id, division,
 * protection, provenance and what the database generates are put in when it is written. It must not know how rows are written.
 */
import type { LibraryRow } from '../../src/model/declaration.js';
import type { SubjectKind } from '../../src/model/subject-kind.js';
import type { Cast } from '../cast/cast.js';

export type SeedValue = string | number | boolean | null;

/** @template Subjects its subject keys @template Identifiers its official identifiers, which stand in the subject index */
export type SeedRow<Row extends LibraryRow, Subjects extends keyof Row, Identifiers extends keyof Row = never> = {
  readonly [Field in Exclude<keyof Row, keyof LibraryRow | Identifiers>]: Field extends Subjects
    ? number | Extract<Row[Field], null>
    : Row[Field];
};

export interface DatasetSeed<Row extends object = Record<string, SeedValue>> {
  readonly dataset: new () => LibraryRow;
  /** Whose indexes are walked. */
  readonly of: SubjectKind;
  /** In an order of their own that never changes; none for who is not in the dataset. */
  rows(cast: Cast, index: number): readonly Readonly<Row>[];
}
