/**
 * What is refused before Apollo sees the request: an allowance used up, grants that are no good, a batch, a document that is too large or
 * wrong. Limits come before validation, whose time grows faster than the document.
 */
import { CitygraphError } from '../errors.js';
import { toByteString } from '../model/byte-string.js';
import { limitExceeded } from '../planning/limits.js';
import { formatRefusal, retryAfterOf } from './graphql-errors.js';
import type { OperationStages } from './operation.js';
import type { RequestContext, ServiceRequest, ServiceResponse } from './request.js';
import { responseTypeOf, statusOfRefusal } from './response-type.js';
import { requireTrusted, withNamedDocument } from './trusted-documents.js';

/** @returns the request with the document that it names, where it names one; or what refuses it */
export async function settleDocument(
  stages: OperationStages,
  request: ServiceRequest,
  context: RequestContext,
): Promise<ServiceRequest | CitygraphError> {
  const refusal = context.ticket?.refusal ?? context.refusal;
  if (refusal) return refusal;
  try {
    return await withNamedDocument(stages.trustedTexts, request, context);
  } catch (error) {
    if (error instanceof CitygraphError) return error;
    throw error;
  }
}

/** Leaves the document with the context. @returns null where nothing is refused here; what is no query at all is Apollo's to refuse */
export function findRefusal(
  stages: OperationStages,
  { body }: ServiceRequest,
  context: RequestContext,
): CitygraphError | null {
  const refusal = context.ticket?.refusal ?? context.refusal;
  if (refusal) return refusal;
  if (Array.isArray(body) && body.length > 1) return limitExceeded('batch', 1, body.length);
  const source = (body as { query?: unknown } | null)?.query;
  if (typeof source !== 'string' || source === '') return null;
  try {
    requireTrusted(source, context);
    context.document = stages.documents.prepare(source, () => stages.views.of(context.principal.kind));
    return null;
  } catch (error) {
    if (error instanceof CitygraphError) return error;
    throw error;
  }
}

/** It is on record like any answer. */
export function answerRefusal(error: CitygraphError, context: RequestContext): ServiceResponse {
  const errors = formatRefusal(error);
  context.kind = 'failure';
  for (const { extensions } of errors) context.errorCodes.add(String(extensions?.['code']));
  const retryAfter = retryAfterOf(error);
  const type = responseTypeOf(context.request);
  return {
    status: statusOfRefusal(error, type),
    headers: { 'content-type': `${type}; charset=utf-8`, ...(retryAfter && { 'retry-after': retryAfter }) },
    body: toByteString(JSON.stringify({ errors, extensions: { usage: { recordId: context.recordId } } })),
  };
}
