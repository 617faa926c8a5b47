import type { Dataset, LibraryRow } from './declaration.js';
import { datasetOf } from './dataset.js';

/** A base or thematic library 基础库 / 主题库: one PostgreSQL schema, one folder of code; it may live in a database of its own. */
export interface Library {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly datasets: readonly Dataset[];
}

export function defineLibrary(options: {
  code: string;
  zh: string;
  en: string;
  datasets: readonly (new () => LibraryRow)[];
}): Library {
  return Object.freeze({ ...options, datasets: options.datasets.map((entity) => datasetOf(entity)) });
}
