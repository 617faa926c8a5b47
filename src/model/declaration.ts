/** What a declaration says, as everything else reads it: a dataset and its fields. Types, and the row that all datasets extend. */
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
  /** Groups of fields of the row that together tell the value. */
  readonly toldBy: readonly (readonly string[])[];
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
/**
 * To rows of another dataset: `link` to at most one, `links` to many. Both ends stand in one library, but for those of a portrait of a place.
 */
export interface LinkField extends FieldCore {
  readonly kind: 'link' | 'links';
  readonly target: Dataset;
  /** Columns that hold the same value on either side. */
  readonly ownColumn: string;
  readonly targetColumn: string;
  /** Whether the value is a division and stands for those within it as well: the city for its nine. */
  readonly within: boolean;
  /** Of a `link`: the row with the greatest value of this column, as a station's current reading. */
  readonly latestBy: string | null;
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
  /** Where the rows are not the subject's own but those of others who share something with it. */
  readonly peers: Peers | null;
}
/** Rows of others that agree with one of the subject's own: the same employer, the same household. */
export interface Peers {
  /** Field of the dataset that both rows have the same value in. */
  readonly through: SubjectField | ColumnField;
  /** A date by which a row has ended; such rows, on either side, make no peers. */
  readonly until: ColumnField | null;
}
export type DatasetField = ColumnField | IdentifierField | SubjectField | IdField | LinkField;

/**
 * Why computed rows may be less closed than their sources.
 * - suppression: counts and sums alone, under the disclosure control of docs/statistics.md
 * - open-rows: every source is open itself
 * - own-records: of the service's own doing; no source is data of the pool
 */
export const lowerings = ['suppression', 'open-rows', 'own-records'] as const;
export type Lowering = (typeof lowerings)[number];

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
  /** Null for what is as closed as its sources. */
  readonly loweredBy: Lowering | null;
  readonly fields: ReadonlyMap<string, DatasetField>;
}

/** What every row of every library has: a surrogate id and its provenance. */
export abstract class LibraryRow {
  id!: string;
  provider!: string;
  resource!: string;
  collectedAt!: Date;
}
