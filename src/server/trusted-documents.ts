/**
 * Requests that name a document by its hash in place of sending it: `documentId` of GraphQL over HTTP's appendix on persisted documents, or
 * the hash of Apollo's `extensions.persistedQuery`. Either names what is registered for the consumer; nobody registers by sending.
 *
 * Whose a document is, is the policy's to say, by the snapshot that the request is decided under; the text of a hash never changes and is
 * remembered. From here on a trusted document is one like any other: measured, planned, decided, costed and logged as if it had been sent.
 */
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { CitygraphError } from '../errors.js';
import type { TrustedDocuments } from '../policy/access.js';
import { hashDocument, hashOfDocumentId } from '../policy/document-id.js';
import { readDocumentText } from '../policy/read-documents.js';
import type { RequestContext, ServiceRequest } from './request.js';

export interface DocumentTexts {
  /** @returns null where it is registered for nobody any more. @throws POOL_UNAVAILABLE */
  read(hash: string): Promise<string | null>;
}

export function createDocumentTexts(pool: Pool): DocumentTexts {
  const known = new LRUCache<string, string>({
    max: 5000,
    maxSize: 32_000_000,
    sizeCalculation: (text) => text.length + 200,
  });
  return {
    async read(hash) {
      const remembered = known.get(hash);
      if (remembered !== undefined) return remembered;
      const text = await fetchText(pool, hash);
      if (text === null) return null;
      // INVARIANT: what runs under a hash is what has it, whatever the table says.
      if (hashDocument(text) !== hash)
        throw new CitygraphError('INTERNAL', 'a trusted document does not have the hash that it is registered by');
      known.set(hash, text);
      return text;
    },
  };
}

async function fetchText(pool: Pool, hash: string): Promise<string | null> {
  try {
    return await readDocumentText(pool, hash);
  } catch (cause) {
    throw new CitygraphError('POOL_UNAVAILABLE', 'the documents can not be read now; try again later', {}, { cause });
  }
}

/** Whether a body names a document; to ask it costs nothing where it does not. */
export function namesDocument(body: unknown): body is Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  const { documentId = null, extensions = null } = body as { documentId?: unknown; extensions?: unknown };
  return documentId !== null || persistedQueryOf(extensions) !== null;
}

/**
 * The request with the document that it names in its place.
 *
 * @throws BAD_USER_INPUT where names and text do not agree, DOCUMENT_NOT_TRUSTED
 */
export async function withNamedDocument(
  texts: DocumentTexts,
  request: ServiceRequest,
  context: RequestContext,
): Promise<ServiceRequest> {
  const { documentId: _documentId, extensions, query = null, ...rest } = request.body as Record<string, unknown>;
  const hash = readHash(request.body as Record<string, unknown>);
  if (query !== null && (typeof query !== 'string' || hashDocument(query) !== hash))
    throw new CitygraphError('BAD_USER_INPUT', 'expected query and the document that is named to be the same, got two');
  const source = trustedOf(context)?.hashes.has(hash) ? await texts.read(hash) : null;
  if (source === null) throw notTrusted('a document that is registered for this consumer');
  return { ...request, body: { ...rest, query: source, ...withoutPersistedQuery(extensions) } };
}

/** @throws DOCUMENT_NOT_TRUSTED where the consumer may send registered documents alone, and this is none of them */
export function requireTrusted(source: string, context: RequestContext): void {
  const trusted = trustedOf(context);
  if (trusted?.only && !trusted.hashes.has(hashDocument(source)))
    throw notTrusted('a document that is registered for this consumer, which may send no other');
}

function trustedOf({ profile }: RequestContext): TrustedDocuments | undefined {
  return profile?.principal.kind === 'consumer' ? profile.principal.documents : undefined;
}

function notTrusted(expected: string): CitygraphError {
  return new CitygraphError('DOCUMENT_NOT_TRUSTED', `expected ${expected}, got another`);
}

function readHash({ documentId = null, extensions = null }: Record<string, unknown>): string {
  const named: string[] = [];
  if (documentId !== null) named.push(hashOfDocumentId(documentId));
  const persisted = persistedQueryOf(extensions);
  if (persisted !== null) {
    const { version, sha256Hash } = persisted as { version?: unknown; sha256Hash?: unknown };
    if (version !== 1)
      throw new CitygraphError('BAD_USER_INPUT', 'extensions.persistedQuery: expected version 1, got another');
    named.push(hashOfDocumentId(`sha256:${String(sha256Hash)}`, 'extensions.persistedQuery'));
  }
  if (new Set(named).size > 1)
    throw new CitygraphError('BAD_USER_INPUT', 'expected documentId and extensions to name one document, got two');
  return named[0]!;
}

function persistedQueryOf(extensions: unknown): object | null {
  if (typeof extensions !== 'object' || extensions === null || Array.isArray(extensions)) return null;
  const { persistedQuery = null } = extensions as { persistedQuery?: unknown };
  return typeof persistedQuery === 'object' ? persistedQuery : {};
}

/** What else was extended stays, and goes the protocol's way. */
function withoutPersistedQuery(extensions: unknown): { readonly extensions?: unknown } {
  if (typeof extensions !== 'object' || extensions === null || Array.isArray(extensions))
    return extensions === null || extensions === undefined ? {} : { extensions };
  const { persistedQuery: _persistedQuery, ...others } = extensions as Record<string, unknown>;
  return Object.keys(others).length > 0 ? { extensions: others } : {};
}
