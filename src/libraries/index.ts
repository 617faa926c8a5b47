/** The libraries of the pool, one explicit line each. */
import type { Library } from '../model/library.js';
import { credit } from './credit/library.js';
import { ecology } from './ecology/library.js';
import { economy } from './economy/library.js';
import { emergency } from './emergency/library.js';
import { governmentServices } from './government-services/library.js';
import { healthcare } from './healthcare/library.js';
import { industryEnergy } from './industry-energy/library.js';
import { legalPerson } from './legal-person/library.js';
import { naturalResources } from './natural-resources/library.js';
import { population } from './population/library.js';
import { portrait } from './portrait/library.js';
import { socialSecurity } from './social-security/library.js';
import { statistics } from './statistics/library.js';
import { stateAssets } from './state-assets/library.js';

export const libraries: readonly Library[] = [
  // base libraries
  population,
  legalPerson,
  naturalResources,
  economy,
  // thematic libraries
  healthcare,
  governmentServices,
  socialSecurity,
  ecology,
  credit,
  emergency,
  stateAssets,
  industryEnergy,
  // computed from these
  portrait,
  statistics,
];
