/** Ids of documents, as GraphQL over HTTP has them (appendix A, prefixed document identifiers): `sha256:` and the hash of the text. */
import { createHash } from 'node:crypto';
import { CitygraphError } from '../errors.js';

export const documentIdPrefix = 'sha256:';

/** In hexadecimal. */
export function hashDocument(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** @throws BAD_USER_INPUT */
export function hashOfDocumentId(id: unknown, where = 'documentId'): string {
  if (typeof id === 'string' && /^sha256:[0-9a-f]{64}$/.test(id)) return id.slice(documentIdPrefix.length);
  throw new CitygraphError(
    'BAD_USER_INPUT',
    `${where}: expected sha256: and 64 lower-case hexadecimal digits, got another`,
  );
}
