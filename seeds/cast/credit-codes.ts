/**
 * Unified social credit codes that are valid and of which no two are alike: the organisation code inside holds a permutation of the
 * index, so the codes differ whatever their first eight characters are.
 */
import { computeCreditCodeCheck, computeOrganisationCodeCheck } from '../../src/model/identifiers.js';
import { type Permutation, createPermutation } from './permutation.js';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** Organisation codes of Inner Mongolia since the credit code began lead with these after MA0. */
const leads = 'NPQR';

export const mostLegalPersons = leads.length * alphabet.length ** 4;

export function createCreditCodes(
  shift: number,
): (legalPerson: number, kind: string, region: string, establishedOn: string) => string {
  const permutation: Permutation = createPermutation(mostLegalPersons, shift);
  return (legalPerson, kind, region, establishedOn) => {
    const slot = permutation.to(legalPerson);
    // Organisation codes issued before the credit code (2015-10-01) are digits alone; individually-owned businesses had none.
    const digits = establishedOn < '2015-10-01' && (kind === '91' || kind === '93');
    const first8 = digits ? String(67_000_000 + slot) : (kind.startsWith('5') ? 'MJ0' : 'MA0') + lettersOf(slot);
    const first17 = kind + region + first8 + computeOrganisationCodeCheck(first8);
    return first17 + computeCreditCodeCheck(first17);
  };
}

function lettersOf(slot: number): string {
  let rest = slot;
  let text = '';
  for (let i = 0; i < 4; i++) {
    text = alphabet.charAt(rest % alphabet.length) + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return leads.charAt(rest) + text;
}
