/** The libraries of the pool, one explicit line each. */
import type { Library } from '../model/library.js';
import { healthcare } from './healthcare/library.js';
import { legalPerson } from './legal-person/library.js';
import { population } from './population/library.js';

export const libraries: readonly Library[] = [
  population,
  legalPerson,
  healthcare,
];
