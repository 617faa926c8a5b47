/** What a declaration says, as everything else reads it: a dataset and its fields. Types alone, but for the row that all datasets extend. */
import type { Classification } from './classification.js';
import type { IdentifierKind } from './identifier-kind.js';
import type { Mask } from './mask.js';
import type { SubjectKind } from './subject-kind.js';
import type { ValueType } from './value-type.js';

export interface Described {
  readonly zh: string;
  readonly en: string;
}

export interface FieldCore extends Described {
  readonly name: string;
  readonly classification: Classification;
}
export interface ColumnField extends FieldCore {
  readonly kind: 'column';
  readonly column: string;
  readonly type: ValueType;
  readonly mask: Mask | null;
  readonly maskedColumn: string | null;
  readonly required: boolean;
  readonly find: boolean;
  /** Kept by the pool itself (the subject's division), not supplied as an item of the dataset. */
  readonly control: boolean;
  /** Where the row came from: who sees the row sees it. */
  readonly provenance: boolean;
}
export interface IdentifierField extends FieldCore {
  readonly kind: 'identifier';
  readonly identifier: IdentifierKind;
  readonly mask: Mask | null;
}
export interface SubjectField extends FieldCore {
  readonly kind: 'subject';
  readonly subject: SubjectKind;
  readonly idColumn: string;
  readonly divisionColumn: string;
  readonly protectedColumn: string;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly required: boolean;
}
/** The sealed id: who sees the row may hold it. */
export interface IdField extends FieldCore {
  readonly kind: 'id';
}
/** To rows of another dataset of the library: `link` to the one it belongs to, `links` to the many that belong to it. */
export interface LinkField extends FieldCore {
  readonly kind: 'link' | 'links';
  readonly target: Dataset;
  /** Columns that hold the same value on either side. */
  readonly ownColumn: string;
  readonly targetColumn: string;
  readonly fanOut: number | null;
}
/** To rows of a dataset about the subject of a portrait. */
export interface RelationField extends FieldCore {
  readonly kind: 'one' | 'many';
  readonly target: Dataset;
  /** Name of the target's subject key. */
  readonly by: string;
  /** Whether the relation says more than that the row exists: then it is decided before, and besides, the row's existence. */
  readonly ownClassification: boolean;
  /** The most rows that are counted for each subject in the cost of an operation; null: as many as a page may hold. */
  readonly fanOut: number | null;
}
export type DatasetField = ColumnField | IdentifierField | SubjectField | IdField | LinkField;

export interface Dataset extends Described {
  readonly kind: 'dataset';
  /** GraphQL type and class name. */
  readonly name: string;
  readonly entity: new () => LibraryRow;
  readonly library: string;
  readonly schema: string;
  readonly table: string;
  readonly list: string;
  readonly provider: string;
  readonly resource: string;
  readonly existence: Classification;
  readonly key: readonly string[];
  /** Where the row's place stands; null for what has none and so goes to city-wide grants alone. */
  readonly divisionColumn: string | null;
  readonly publishedUntilColumn: string | null;
  /** What a row counts in the cost of an operation. */
  readonly rowCost: number;
  /** Coordinates that the rows are computed from; empty for what a department supplied. */
  readonly derivedFrom: readonly string[];
  readonly fields: ReadonlyMap<string, DatasetField>;
}

/** What every row of every library has: a surrogate id and its provenance. */
export abstract class LibraryRow {
  id!: string;
  provider!: string;
  resource!: string;
  collectedAt!: Date;
}
