/** The portraits, one explicit line each. */
import { type PlacePortrait, placePortraitOf } from '../model/place-portrait.js';
import { type Portrait, portraitOf } from '../model/portrait.js';
import { DivisionPortrait } from './division.js';
import { LegalPerson } from './legal-person.js';
import { Person } from './person.js';

export const portraits: readonly (Portrait | PlacePortrait)[] = [
  portraitOf(Person),
  portraitOf(LegalPerson),
  placePortraitOf(DivisionPortrait),
];
