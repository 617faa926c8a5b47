/** The portraits, one explicit line each. */
import type { Portrait } from '../model/portrait.js';
import { portraitOf } from '../model/portrait.js';
import { LegalPerson } from './legal-person.js';
import { Person } from './person.js';

export const portraits: readonly Portrait[] = [portraitOf(Person), portraitOf(LegalPerson)];
