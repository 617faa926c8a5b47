/** What a derivation is: one query that computes the rows of one dataset, and where they go. Text and names, fixed in the code. */

export interface DerivationRun {
  /** ISO 8601 day: facts are taken as of its end. */
  readonly asOf: string;
  readonly edition: number;
}

export interface Derivation {
  /** As declared in the portrait library. */
  readonly dataset: string;
  /** Table of the schema `portrait`. */
  readonly table: string;
  /** Code of the information resource: with the data centre's code, the provenance of each row. */
  readonly resource: string;
  /** Subject key: `<subject>_id`, `<subject>_division`, `<subject>_protected_until`. */
  readonly subject: 'person' | 'legal_person';
  /** What names a row, beside its subject. */
  readonly key: readonly string[];
  /** The other columns. The query yields `<subject>_id`, the key and these. */
  readonly columns: readonly string[];
  /** Reads the libraries, and the rows of earlier derivations of its group from their staging tables. */
  readonly query: string;
  /** For $1, $2 … of the query. */
  readonly parameters: (run: DerivationRun) => readonly unknown[];
}

/** Where the rows of a derivation wait to replace those of the former edition. */
export function stagingTableOf(derivation: Pick<Derivation, 'table'>): string {
  return `${derivation.table}_next`;
}
