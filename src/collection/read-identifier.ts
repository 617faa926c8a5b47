/** An identifier as a mapping gives it, read once more: what goes into the subject index is checked and in normal form, whatever the mapping did. */
import type { IdentifierKind } from '../model/identifier-kind.js';
import { parseResidentIdNumber, parseUnifiedSocialCreditCode } from '../model/identifiers.js';
import type { Reason } from './reasons.js';
import type { Value } from './transforms/transform.js';

export type ReadIdentifier =
  | { readonly ok: true; readonly value: string; readonly birthDate: string | null }
  | { readonly ok: false; readonly reason: Reason };

const readers: Readonly<Record<IdentifierKind, (text: string) => ReadIdentifier>> = {
  'resident-id-number': (text) => {
    const read = parseResidentIdNumber(text);
    if (read.ok) return { ok: true, value: read.value.number, birthDate: read.value.birthDate };
    return { ok: false, reason: { code: `resident-id-number-${read.reason}`, zh: read.zh, en: read.en } };
  },
  'unified-social-credit-code': (text) => {
    const read = parseUnifiedSocialCreditCode(text);
    if (read.ok) return { ok: true, value: read.value.code, birthDate: null };
    return { ok: false, reason: { code: `credit-code-${read.reason}`, zh: read.zh, en: read.en } };
  },
};

export function readIdentifier(kind: IdentifierKind, value: Value): ReadIdentifier {
  return readers[kind](String(value));
}
