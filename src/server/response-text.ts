/** Puts the text of `data` together, in document order, and splices it into the response without parsing it again: all as strings of bytes. */
import type { PlanResult } from '../execution/run-plan.js';
import { type ByteString, toByteString } from '../model/byte-string.js';
import { notices as wordsOfNotices } from '../model/notice.js';
import type { Plan, RootPlan } from '../planning/plan.js';
import { formatDenial, formatExecutionError, formatUnreached } from './graphql-errors.js';
import { CitygraphError } from '../errors.js';
import type { UsageReceipt } from '../usage-log/tree/receipt.js';
import type { ResolvedFields } from './resolver-fields.js';
import type { Notice, OperationResult, ServiceResponse } from './request.js';

/** Finished JSON on its way through Apollo, which only ever holds it. */
export class JsonText {
  constructor(readonly text: ByteString) {}
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
  if (plan.roots.length === 0)
    return { data: toByteString(JSON.stringify(resolved.data)), errors, denials: plan.denials, notices };
  let members = '';
  for (const root of plan.roots)
    members += `${members === '' ? '' : ','}${JSON.stringify(root.key)}:${textOfRoot(root, libraries, resolved)}`;
  return { data: `{${members}}` as ByteString, errors, denials: plan.denials, notices };
}

function textOfRoot(root: RootPlan, libraries: Pick<PlanResult, 'roots'>, resolved: ResolvedFields): string {
  if (root.kind === 'typename') return JSON.stringify(root.value);
  if (root.kind === 'resolver') return toByteString(JSON.stringify(resolved.data?.[root.key] ?? null));
  return libraries.roots.get(root.key) ?? 'null';
}

/** Apollo's `stringifyResult`. */
export function stringifyResult(result: { data?: unknown; errors?: unknown; extensions?: unknown }): ByteString {
  if (!(result.data instanceof JsonText)) return toByteString(JSON.stringify(result));
  const errors =
    Array.isArray(result.errors) && result.errors.length > 0
      ? `"errors":${toByteString(JSON.stringify(result.errors))},`
      : '';
  const extensions = result.extensions ? `,"extensions":${toByteString(JSON.stringify(result.extensions))}` : '';
  return `{${errors}"data":${result.data.text}${extensions}}` as ByteString;
}

/**
 * The receipt goes in beside the record's id once the record is durable. The record's own size and digest are of the response before that:
 * they could not hold what is made of them.
 */
export function withReceipt(
  response: ServiceResponse,
  recordId: string,
  receipt: UsageReceipt | null,
): ServiceResponse {
  if (!receipt) return response;
  const { status, headers, body } = response;
  const mark = `"usage":{"recordId":"${recordId}"`;
  // The last of them is ours: it stands at the end, and nobody could know the id beforehand.
  const at = body.lastIndexOf(mark);
  if (at < 0) throw new CitygraphError('INTERNAL', 'a response does not name its usage record');
  const end = at + mark.length;
  const added = `,"commitment":"${receipt.commitment}","receipt":${toByteString(receipt.text)}`;
  return { status, headers, body: `${body.slice(0, end)}${added}${body.slice(end)}` as ByteString };
}
