/**
 * The unified social credit code (统一社会信用代码), GB 32100-2015: a character each for the registration authority and the kind of
 * body, six digits of region, the nine characters of its organisation code (GB 11714-1997, with a check of its own) and a check character.
 *
 * It decides whether a code is well formed. What the first two characters mean is a code list; which region exists is not asked.
 */
import { type IdentifierResult, fault, normaliseIdentifier } from './identifier-result.js';

export interface UnifiedSocialCreditCode {
  readonly code: string;
  /** Characters 1 and 2: registration authority and kind of body, e.g. `91` for an enterprise. */
  readonly kind: string;
  /** Characters 3 to 8: the region of the registration authority. */
  readonly region: string;
  /** Characters 9 to 17: the organisation code, without its dash. */
  readonly organisationCode: string;
}

/** No I, O, S, V or Z, which are too easily taken for 1, 0, 5, U and 2 (GB 32100-2015, 4). */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** 3^(i-1) mod 31 for places 1 to 17. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const;

const shape = /^[0-9ABCDEFGHJKLMNPQRTUWXY]{2}[0-9]{6}[0-9ABCDEFGHJKLMNPQRTUWXY]{10}$/;

/**
 * The check character of the first 17 (GB 32100-2015, appendix B).
 * @throws RangeError when given anything but 17 characters of the code's alphabet; the message does not repeat them.
 */
export function computeCreditCodeCheck(first17: string): string {
  if (!/^[0-9ABCDEFGHJKLMNPQRTUWXY]{17}$/.test(first17))
    throw new RangeError('expected 17 characters of the alphabet of GB 32100');
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += alphabet.indexOf(first17.charAt(i)) * weights[i]!;
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/**
 * The check character of the first eight characters of an organisation code (GB 11714-1997, 4.2): 0 to 9, or X for ten.
 * @throws RangeError when given anything but eight digits or capital letters; the message does not repeat them.
 */
export function computeOrganisationCodeCheck(first8: string): string {
  if (!/^[0-9A-Z]{8}$/.test(first8)) throw new RangeError('expected eight digits or capital letters');
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += parseInt(first8.charAt(i), 36) * organisationWeights[i]!;
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Reads a code as people write it: lower case, full width, blanks. Region and kind never refuse one. */
export function parseUnifiedSocialCreditCode(text: string): IdentifierResult<UnifiedSocialCreditCode> {
  const code = normaliseIdentifier(text);
  if (code.length !== 18) {
    return fault('length', '统一社会信用代码应为18位', 'a unified social credit code has 18 characters');
  }
  if (!shape.test(code)) {
    return fault(
      'character',
      '统一社会信用代码由数字和大写字母（I、O、S、V、Z除外）组成，第3至8位为数字',
      'a unified social credit code has digits and capital letters without I, O, S, V and Z, and digits alone in places 3 to 8',
    );
  }
  const organisationCode = code.slice(8, 17);
  if (organisationCode.charAt(8) !== computeOrganisationCodeCheck(organisationCode.slice(0, 8))) {
    return fault(
      'organisation-check-character',
      '统一社会信用代码中主体标识码（组织机构代码）的校验码不符',
      'the check character of the organisation code in the unified social credit code does not agree',
    );
  }
  if (code.charAt(17) !== computeCreditCodeCheck(code.slice(0, 17))) {
    return fault(
      'check-character',
      '统一社会信用代码的校验码不符',
      'the check character of the unified social credit code does not agree',
    );
  }
  return { ok: true, value: { code, kind: code.slice(0, 2), region: code.slice(2, 8), organisationCode } };
}
