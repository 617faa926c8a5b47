/** Puts the text of `data` together, in document order, and splices it into the response without parsing it again. */
import type { PlanResult } from '../execution/run-plan.js';
import { notices as wordsOfNotices } from '../model/notice.js';
import type { Plan } from '../planning/plan.js';
import { formatDenial, formatExecutionError, formatUnreached } from './graphql-errors.js';
import { CitygraphError } from '../errors.js';
import type { UsageReceipt } from '../usage-log/tree/receipt.js';
import type { ResolvedFields } from './resolver-fields.js';
import type { Notice, OperationResult, ServiceResponse } from './request.js';

/** Finished JSON on its way through Apollo, which only ever holds it. */
export class JsonText {
  constructor(readonly text: string) {}
}

export function joinData(
  plan: Plan,
  libraries: Pick<PlanResult, 'roots' | 'notices' | 'unreached'>,
  resolved: ResolvedFields,
): OperationResult {
  const errors = [
    ...plan.denials.map(formatDenial),
    ...(libraries.unreached ?? []).map(formatUnreached),
    ...resolved.errors.map(formatExecutionError),
  ];
  const notices = libraries.notices.map(({ key, place, code }): Notice => ({
    path: place === null ? [key] : [key, place],
    code,
    message: wordsOfNotices[code].en,
    messageZh: wordsOfNotices[code].zh,
  }));
  if (plan.roots.length === 0) return { data: JSON.stringify(resolved.data), errors, denials: plan.denials, notices };
  const members = plan.roots.map((root) => {
    const key = JSON.stringify(root.key);
    if (root.kind === 'typename') return `${key}:${JSON.stringify(root.value)}`;
    if (root.kind === 'resolver') return `${key}:${JSON.stringify(resolved.data?.[root.key] ?? null)}`;
    return `${key}:${libraries.roots.get(root.key) ?? 'null'}`;
  });
  return { data: `{${members.join(',')}}`, errors, denials: plan.denials, notices };
}

/** Apollo's `stringifyResult`. */
export function stringifyResult(result: { data?: unknown; errors?: unknown; extensions?: unknown }): string {
  if (!(result.data instanceof JsonText)) return JSON.stringify(result);
  const errors =
    Array.isArray(result.errors) && result.errors.length > 0 ? `"errors":${JSON.stringify(result.errors)},` : '';
  const extensions = result.extensions ? `,"extensions":${JSON.stringify(result.extensions)}` : '';
  return `{${errors}"data":${result.data.text}${extensions}}`;
}

/**
 * The receipt goes in beside the record's id once the record is durable. The record's own size and digest are of the response before that:
 * they could not hold what is made of them.
 */
export function withReceipt(
  response: ServiceResponse,
  recordId: string,
  receipt: UsageReceipt | null,
  encoded: Buffer | null = null,
): ServiceResponse {
  if (!receipt) return encoded ? { ...response, bytes: [encoded] } : response;
  // The last of them is ours: it stands at the end, and nobody could know the id beforehand.
  const mark = `"usage":{"recordId":"${recordId}"`;
  const { status, headers, body: text } = response;
  const at = text.lastIndexOf(mark);
  if (at < 0) throw new CitygraphError('INTERNAL', 'a response does not name its usage record');
  const end = at + mark.length;
  const { commitment, ...signed } = receipt;
  const added = `,"commitment":"${commitment}","receipt":${JSON.stringify(signed)}`;
  const tail = text.slice(end);
  const body = `${text.slice(0, end)}${added}${tail}`;
  if (!encoded) return { status, headers, body };
  const bytesEnd = encoded.length - Buffer.byteLength(tail);
  const bytes = [encoded.subarray(0, bytesEnd), Buffer.from(added), encoded.subarray(bytesEnd)];
  return { status, headers, body, bytes };
}
