/** What the decorators of a dataset take. Leaving out a level, or either name, does not compile. */
import type { Category, Level, OpenType, SharingType } from './classification.js';
import type { Described, LibraryRow, Lowering } from './declaration.js';
import type { IdentifierKind } from './identifier-kind.js';
import type { Mask } from './mask.js';
import type { SubjectKind } from './subject-kind.js';
import type { ValueType } from './value-type.js';

/** The dataset's own sharing and open type hold for each field that does not say otherwise. */
export interface ClassificationOptions {
  readonly level: Level;
  readonly sharing?: SharingType;
  readonly open?: OpenType;
  readonly category?: Category;
}

export interface ColumnOptions extends Described, ClassificationOptions {
  readonly type: ValueType;
  /** How the value looks to who may have it masked alone; without one, a masked grant is refused for this column. */
  readonly mask?: Mask;
  /**
   * Fields of the row that together tell the value, a group each: a number that is written with the date, the parts of a sum. A grant that gives
   * the value masked gives no whole group in plain.
   */
  readonly toldBy?: readonly (readonly string[])[];
  readonly required?: boolean;
  /** Indexed, and therefore offered in filters and orders. */
  readonly find?: boolean;
  readonly unit?: string;
  readonly standard?: string;
}

export interface IdentifierOptions extends Described, ClassificationOptions {
  readonly kind: IdentifierKind;
  readonly mask?: Mask;
}

export interface SubjectKeyOptions extends Described, ClassificationOptions {
  readonly kind: SubjectKind;
  /** One row a subject. */
  readonly unique?: boolean;
  readonly required?: boolean;
  /** Its division is the row's place, and is a field of its own with this classification. Just one key of a dataset has it. */
  readonly division?: Described & ClassificationOptions;
}

export interface PlaceOptions extends Described, ClassificationOptions {}

export interface LinkOptions extends Described {
  /** The other dataset, of the same library. */
  readonly of: () => new () => LibraryRow;
  /** Field of this dataset that holds the other's key. */
  readonly own: string;
  /** The other's field, unique there. */
  readonly target: string;
  /** The relation back, from one row of the other to its many rows here. */
  readonly inverse?: Described & {
    readonly name: string;
    /** As in a portrait's relation: the most rows that are counted for each row of the other. */
    readonly fanOut?: number;
  };
  /** The relation back to the one row here that is the latest by a date or moment. */
  readonly latest?: Described & { readonly name: string; readonly by: string };
}

export interface DatasetOptions extends Described {
  readonly library: string;
  readonly table: string;
  /** The root field that lists it. */
  readonly list: string;
  readonly provider: string;
  /** Code of the information resource in the catalogue. */
  readonly resource: string;
  /** How sensitive it is that a row exists at all. */
  readonly existence: Level;
  readonly sharing: SharingType;
  readonly open: OpenType;
  readonly category: Category;
  /** What names a row in the provider's own books: loading again finds it by this. */
  readonly key: readonly string[];
  /**
   * Coordinates that the rows are computed from. What is derived is as closed as the strictest of them: it is there for who may read all of
   * them in plain.
   */
  readonly derivedFrom?: readonly string[];
  /**
   * A policy act: the rows stand below what they are computed from, and this rule is why they may. Their sources are then not asked for of
   * who reads them.
   */
  readonly loweredBy?: Lowering;
  /** What a row counts in the cost of an operation, where it is dearer than one: long texts, many joins. */
  readonly rowCost?: number;
  /** The date column after which a row is published no more: from then on it is not there, for anyone. */
  readonly publishedUntil?: string;
}

/** A decorated line, as it was read. */
export type Draft =
  | { readonly kind: 'column'; readonly name: string; readonly options: ColumnOptions }
  | { readonly kind: 'identifier'; readonly name: string; readonly options: IdentifierOptions }
  | { readonly kind: 'subject'; readonly name: string; readonly options: SubjectKeyOptions }
  | { readonly kind: 'place'; readonly name: string; readonly options: PlaceOptions };
