/**
 * The resident ID number (公民身份号码), GB 11643-1999: six digits of region, eight of birth date, three of sequence (odd is male) and a
 * check character (ISO 7064 MOD 11-2). The 15-digit form issued before 1999 is read too and upgraded.
 *
 * The foreign permanent resident's number of 2023 (外国人永久居留身份证号码) has the same length, birth date and check; it begins with 9
 * where a resident's number has a province, then two digits of province and three of nationality (ISO 3166-1 numeric).
 *
 * It decides whether a number is well formed. It must not know regions: a number keeps the code of a county that is long gone.
 */
import { type IdentifierResult, fault, normaliseIdentifier } from './identifier-result.js';

export type SexOfNumber = 'male' | 'female';

export interface ResidentIdNumber {
  /** Always 18 characters, the check character in upper case. */
  readonly number: string;
  /** `fifteen` when the text was of the old form, which has no check of its own and so vouches for less. */
  readonly form: 'eighteen' | 'fifteen';
  readonly holder: 'resident' | 'foreign-permanent-resident';
  /** The first six digits. For a resident the county of first registration, existing or not; never where the holder lives. */
  readonly region: string;
  /** ISO 8601 calendar date, `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly sex: SexOfNumber;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = '10X98765432';

/** Nobody born earlier lived to be numbered: the numbers began in 1984, and the standard's own examples go back to 1880. */
const earliestBirthYear = 1800;

/**
 * The check character of the first 17 digits (GB 11643-1999, 6.2).
 * @throws RangeError when given anything but 17 digits; the message does not repeat them.
 */
export function computeResidentIdCheck(first17: string): string {
  if (!/^[0-9]{17}$/.test(first17)) throw new RangeError('expected 17 digits');
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * weights[i]!;
  return checkCharacters.charAt(sum % 11);
}

/**
 * The 18-character form of a 15-digit number: `19` before the two-digit year, the check character at the end.
 * Sequences 996 to 999 of the old form were kept for those born in the 18th hundreds; none is taken so here, since the same
 * sequences were issued to others as well and the living holders are past 120.
 */
export function upgradeFifteenDigits(fifteen: string): string {
  if (!/^[0-9]{15}$/.test(fifteen)) throw new RangeError('expected 15 digits');
  const first17 = `${fifteen.slice(0, 6)}19${fifteen.slice(6)}`;
  return first17 + computeResidentIdCheck(first17);
}

/** Reads a number as people write it: old form, lower-case x, full width, blanks. A region code never refuses one. */
export function parseResidentIdNumber(text: string): IdentifierResult<ResidentIdNumber> {
  const given = normaliseIdentifier(text);
  if (given.length !== 18 && given.length !== 15) {
    return fault(
      'length',
      '公民身份号码应为18位（旧号码为15位）',
      'a resident ID number has 18 characters (15 in the old form)',
    );
  }
  const old = given.length === 15;
  if (!(old ? /^[0-9]{15}$/ : /^[0-9]{17}[0-9X]$/).test(given)) {
    return fault(
      'character',
      '公民身份号码只能由数字组成，仅第18位可为X',
      'a resident ID number has digits alone, save an X that may stand in place 18',
    );
  }
  const number = old ? upgradeFifteenDigits(given) : given;
  const birthDate = birthDateOf(number);
  if (!isRealDate(birthDate)) {
    return fault(
      'birth-date',
      '公民身份号码中的出生日期不存在',
      'the birth date in the resident ID number is not a real date',
    );
  }
  if (number.charAt(17) !== computeResidentIdCheck(number.slice(0, 17))) {
    return fault(
      'check-character',
      '公民身份号码的校验码不符',
      'the check character of the resident ID number does not agree',
    );
  }
  return {
    ok: true,
    value: {
      number,
      form: old ? 'fifteen' : 'eighteen',
      holder: number.startsWith('9') ? 'foreign-permanent-resident' : 'resident',
      region: number.slice(0, 6),
      birthDate,
      sex: sexOf(number),
    },
  };
}

/** The birth date in a valid 18-character number, as `YYYY-MM-DD`. */
export function birthDateOf(number: string): string {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
}

/** The sex in a valid 18-character number: an odd sequence is male. */
export function sexOf(number: string): SexOfNumber {
  return number.charCodeAt(16) % 2 === 1 ? 'male' : 'female';
}

function isRealDate(iso: string): boolean {
  const year = Number(iso.slice(0, 4));
  const month = Number(iso.slice(5, 7));
  const day = Number(iso.slice(8, 10));
  if (year < earliestBirthYear || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
