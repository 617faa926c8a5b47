/** The human and the case behind an application: X-User and X-Case, as they may be sent and as the log keeps them. */
import { isUtf8 } from 'node:buffer';
import { CitygraphError } from '../errors.js';
import { keyedDigest } from '../model/keyed-digest.js';
import { holdsIdentifier, holdsPersonNumber } from '../model/redact-identifiers.js';
import type { Behind } from '../policy/policy-store.js';
import type { ServiceRequest } from './request.js';

const longest = 100;
/** Letters and digits of any script and what stands in names, accounts and case numbers. */
const fit = /^[\p{L}\p{M}\p{N} ._@/\\:#+()（）〔〕[\]-]+$/u;

const nobody: Behind = Object.freeze({ user: null, case: null });

/** @returns what was sent, or why it can't be taken */
export function readBehind(request: Pick<ServiceRequest, 'user' | 'caseNumber'>): Behind | CitygraphError {
  if (request.user === null && request.caseNumber === null) return nobody;
  const sent = { 'X-User': request.user, 'X-Case': request.caseNumber };
  for (const [header, text] of Object.entries(sent)) {
    if (text === null || text === '' || (text.length <= longest && fit.test(text))) continue;
    const came = text.length > longest ? `${text.length} characters` : 'others';
    return new CitygraphError(
      'HEADER_INVALID',
      `${header}: expected at most ${longest} letters, digits, spaces and . _ @ / : # + ( ) [ ] - in UTF-8, got ${came}`,
      { header },
    );
  }
  const known = (text: string | null): string | null => (text?.trim() ? text.trim() : null);
  return { user: known(request.user), case: known(request.caseNumber) };
}

/** Node gives the bytes of a header one by one; a name in Chinese was sent in UTF-8. */
export function decodeHeader(value: string | undefined): string | null {
  if (value === undefined) return null;
  const bytes = Buffer.from(value, 'latin1');
  // No text in UTF-8: a character that is not taken stands for it.
  return isUtf8(bytes) ? bytes.toString('utf8') : '\ufffd';
}

/** INVARIANT: the log holds no identifier, not even of who asks. The same person has the same digest. */
export function userForLog(user: string | null, key: Buffer): string | null {
  if (user === null) return null;
  const joined = user.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  return holdsIdentifier(user) || holdsIdentifier(joined) || holdsPersonNumber(user) ? digest(user, key) : user;
}

/** Case numbers are long numbers themselves: of these only what has the form of a person's number is not kept. */
export function caseForLog(caseNumber: string | null, key: Buffer): string | null {
  return caseNumber !== null && holdsPersonNumber(caseNumber) ? digest(caseNumber, key) : caseNumber;
}

function digest(text: string, key: Buffer): string {
  return `digest:${keyedDigest(key, text, 'base64url')}`;
}
