/**
 * Who belongs to whom among legal persons: every 64 in a row are one group with a tree laid into it. The parent of place m is m with its
 * lowest bit cleared, or the next ancestor that is a company; so a chain of control has up to six steps, no cycle, and an inverse.
 */
import { type Draw, streamOf } from './draw.js';
import { chooseByWeight } from './weighted-choice.js';

export type LegalPersonForm = 'company' | 'branch' | 'individually-owned' | 'cooperative' | 'social-organisation';

export const groupSize = 64;

export interface LegalPersonGroups {
  formOf(legalPerson: number): LegalPersonForm;
  /** The head office of a branch, or the company that holds the majority of a subsidiary. */
  parentOf(legalPerson: number): number | undefined;
  childrenOf(legalPerson: number): number[];
}

const formStream = streamOf('legal-person.form');
const ownedStream = streamOf('legal-person.owned');
const chooseForm = chooseByWeight<LegalPersonForm>([
  ['company', 42],
  ['individually-owned', 44],
  ['cooperative', 6],
  ['branch', 4],
  ['social-organisation', 4],
]);

export function createLegalPersonGroups(draw: Draw, legalPersons: number): LegalPersonGroups {
  /** The first of a group is always a company, so that every walk upwards ends. */
  function formOf(legalPerson: number): LegalPersonForm {
    return legalPerson % groupSize === 0 ? 'company' : chooseForm(draw.unit(formStream, legalPerson));
  }

  function parentOf(legalPerson: number): number | undefined {
    let place = legalPerson % groupSize;
    if (place === 0) return undefined;
    const form = formOf(legalPerson);
    if (form !== 'branch' && !(form === 'company' && draw.chance(ownedStream, legalPerson, 0.18))) return undefined;
    const first = legalPerson - place;
    do place &= place - 1;
    while (formOf(first + place) !== 'company');
    return first + place;
  }

  return {
    formOf,
    parentOf,
    childrenOf(legalPerson) {
      if (formOf(legalPerson) !== 'company') return [];
      const first = legalPerson - (legalPerson % groupSize);
      const children: number[] = [];
      for (let other = legalPerson + 1; other < Math.min(first + groupSize, legalPersons); other++) {
        if (parentOf(other) === legalPerson) children.push(other);
      }
      return children;
    },
  };
}
