/** Puts the text of `data` together, in document order, and splices it into the response without parsing it again. */
import type { PlanResult } from '../execution/run-plan.js';
import { toByteString } from '../model/byte-string.js';
import { notices as wordsOfNotices } from '../model/notice.js';
import type { Plan, RootPlan } from '../planning/plan.js';
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
  let members = '';
  for (const root of plan.roots)
    members += `${members === '' ? '' : ','}${JSON.stringify(root.key)}:${textOfRoot(root, libraries, resolved)}`;
  return { data: `{${members}}`, errors, denials: plan.denials, notices };
}

function textOfRoot(root: RootPlan, libraries: Pick<PlanResult, 'roots'>, resolved: ResolvedFields): string {
  if (root.kind === 'typename') return JSON.stringify(root.value);
  if (root.kind === 'resolver') return JSON.stringify(resolved.data?.[root.key] ?? null);
  return libraries.roots.get(root.key) ?? 'null';
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
 *
 * @param encoded the body in UTF-8
 */
export function withReceipt(
  response: ServiceResponse,
  recordId: string,
  receipt: UsageReceipt | null,
  encoded: Buffer | string,
): ServiceResponse {
  const { status, headers, body: text } = response;
  if (!receipt) return { status, headers, body: text, encoded: typeof encoded === 'string' ? encoded : [encoded] };
  const added = `,"commitment":"${receipt.commitment}","receipt":${receipt.text}`;
  const end = endOfRecordId(text, recordId);
  const tail = text.slice(end);
  const body = `${text.slice(0, end)}${added}${tail}`;
  if (typeof encoded === 'string') {
    const at = encoded === text ? end : endOfRecordId(encoded, recordId);
    return { status, headers, body, encoded: `${encoded.slice(0, at)}${toByteString(added)}${encoded.slice(at)}` };
  }
  const at = encoded.length - Buffer.byteLength(tail);
  return { status, headers, body, encoded: [encoded.subarray(0, at), Buffer.from(added), encoded.subarray(at)] };
}

/** The last of them is ours: it stands at the end, and nobody could know the id beforehand. */
function endOfRecordId(text: string, recordId: string): number {
  const mark = `"usage":{"recordId":"${recordId}"`;
  const at = text.lastIndexOf(mark);
  if (at < 0) throw new CitygraphError('INTERNAL', 'a response does not name its usage record');
  return at + mark.length;
}
