/** The libraries of the pool, one explicit line each. */
import type { Library } from '../model/library.js';
import { governmentServices } from './government-services/library.js';
import { healthcare } from './healthcare/library.js';
import { legalPerson } from './legal-person/library.js';
import { population } from './population/library.js';
import { socialSecurity } from './social-security/library.js';

export const libraries: readonly Library[] = [
  population,
  legalPerson,
  healthcare,
  governmentServices,
  socialSecurity,
];
