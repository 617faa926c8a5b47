/**
 * PostgreSQL takes neither U+0000 nor half a surrogate pair: what a caller sends must not be able to take down the batch that its record
 * is in. Each is replaced by U+FFFD.
 */
import { canonicalJson } from './canonical-record.js';

export function fit(text: string): string {
  return text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\ufffd');
}

export function fitOrNull(text: string | null): string | null {
  return text === null ? null : fit(text);
}

export function fitAll(texts: readonly string[]): readonly string[] {
  return texts.length === 0 ? texts : texts.map(fit);
}

/** JSON.stringify escapes both. An escape that is itself escaped (`\\u0000`) is plain text and stays. */
const mayBeUnfit = /\\u(?:0000|d[89a-f])/;
const unfitEscape = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g;

/** Arguments as the database will give them back, in their canonical form. */
export function fitArguments(given: Readonly<Record<string, unknown>>): string {
  const text = plainMembers(given) ?? canonicalJson(JSON.parse(JSON.stringify(given)));
  if (!mayBeUnfit.test(text)) return text;
  const fitted = JSON.stringify(given).replace(unfitEscape, (escape) => (escape.length === 6 ? '\ufffd' : escape));
  return canonicalJson(JSON.parse(fitted));
}

/** Of what is mostly given: a text or a number each. @returns null where it holds anything else */
function plainMembers(given: Readonly<Record<string, unknown>>): string | null {
  const names = Object.keys(given);
  if (names.length > 1) names.sort();
  let members = '';
  for (const name of names) {
    const value = given[name];
    if (typeof value !== 'string' && !Number.isSafeInteger(value)) return null;
    members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(value)}`;
  }
  return `{${members}}`;
}
