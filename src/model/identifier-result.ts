/**
 * What every identifier parser answers: the value, or a machine reason and a message in both languages.
 *
 * A message says what is wrong with a value and never repeats it, in whole or in part: it travels to clients, logs and rejects lists.
 */

/** Why a text is not the identifier that was expected; the first that applies, in this order. */
export type IdentifierReason =
  'length' | 'character' | 'birth-date' | 'organisation-check-character' | 'check-character';

export interface IdentifierFault {
  readonly ok: false;
  readonly reason: IdentifierReason;
  readonly zh: string;
  readonly en: string;
}

export interface IdentifierFound<T> {
  readonly ok: true;
  readonly value: T;
}

export type IdentifierResult<T> = IdentifierFound<T> | IdentifierFault;

export function fault(reason: IdentifierReason, zh: string, en: string): IdentifierFault {
  return { ok: false, reason, zh, en };
}

/**
 * The text as its owner meant it: full-width digits and letters made half-width, letters upper case, blanks of every kind gone.
 * Nothing else is mended (no dash, no look-alike letter): what is left is judged as it stands.
 */
export function normaliseIdentifier(text: string): string {
  return text
    .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/[\s\u200B\u2060\uFEFF]/g, '');
}
