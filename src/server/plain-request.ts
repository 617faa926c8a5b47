/**
 * Requests that are all that GraphQL over HTTP asks for and nothing beside it: JSON in a POST, no extensions, JSON wanted in return. There
 * is nothing in one that the protocol library would refuse or negotiate, so it is not sent through it. Whatever has anything unusual about it
 * is not plain, and goes there.
 *
 * It must not know documents, limits or principals: all that is decided about these stands before and behind, the same for either way.
 */
import type { ServiceRequest } from './request.js';

export interface PlainRequest {
  readonly source: string;
  readonly name: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** No form, and so nothing that a page of somebody else's can make a browser send unasked. */
const json = /^application\/json(;\s*charset=utf-8)?$/i;
const accepted: ReadonlySet<string | undefined> = new Set([undefined, '*/*', 'application/json']);
const members: ReadonlySet<string> = new Set(['query', 'variables', 'operationName']);

/** @returns null where the request is not plain, or perhaps not even good */
export function readPlainRequest({ method, headers, body }: ServiceRequest): PlainRequest | null {
  if (method !== 'POST' || !json.test(headers.get('content-type') ?? '')) return null;
  if (!accepted.has(headers.get('accept')) || !isRecord(body)) return null;
  for (const name of Object.keys(body)) if (!members.has(name)) return null;
  const { query, variables = null, operationName = null } = body;
  if (typeof query !== 'string' || query === '') return null;
  if (variables !== null && !isRecord(variables)) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  return { source: query, name: operationName, variables: variables ?? {} };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
