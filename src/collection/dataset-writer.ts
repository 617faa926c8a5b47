/**
 * What writes rows into a dataset, as loading sees it. A batch is written whole or not at all: `writeBatch` returns once it is durable,
 * and throws having left nothing. A row is found again by the mapping's key, so that a second load of a file changes nothing.
 */
import type { MappedRow, RejectedRow } from './map-record.js';

export interface BatchResult {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows that the database would not take (a subject that cannot be resolved, a value too large), each by its line. */
  readonly rejected: readonly RejectedRow[];
}

export interface DatasetWriter {
  /** The rows have the mapping's columns and no two the same key; they come in the order of the source. */
  writeBatch(rows: readonly MappedRow[]): Promise<BatchResult>;
}
