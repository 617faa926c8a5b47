/** From a request on its way to its usage record: what the log keeps of arguments, plan, subjects and outcome. */
import { errorCodes } from '../errors.js';
import { type BindingContext, readSource } from '../execution/bind-parameters.js';
import { toByteString } from '../model/byte-string.js';
import { keyedDigest, keyedDigestOfBytes } from '../model/keyed-digest.js';
import { holdsIdentifier, holdsPersonNumber, redactIdentifiers } from '../model/redact-identifiers.js';
import { createRecordId, createUsageRecord, gatewayLabel, type UsageRecord } from '../usage-log/usage-record.js';
import { caseForLog, userForLog } from './behind.js';
import type { RecordedPlan } from './operation.js';
import type { RequestContext, ServiceResponse } from './request.js';

/** Before anything runs, so that a failure too says what was asked. */
export function describeOutcome(context: RequestContext, executable: RecordedPlan, binding: BindingContext): void {
  const { plan, description } = executable;
  context.plan = description;
  for (const denial of plan.denials) context.errorCodes.add(denial.code);
  const given: Record<string, unknown> = {};
  const uses = new Map<string, number>();
  for (const { label, source, sensitive } of plan.arguments) {
    const value = readSource(source, binding);
    const text = JSON.stringify(value);
    // The same argument may stand in an operation several times, under aliases or in branches of a filter.
    const use = (uses.get(label) ?? 0) + 1;
    uses.set(label, use);
    given[use === 1 ? label : `${label} ${use}`] =
      sensitive || mayIdentify(value, text)
        ? `digest:${keyedDigest(context.usageKey, text, 'base64url')}`
        : (JSON.parse(text) as unknown);
  }
  context.arguments = given;
}

/** The shortest of identifiers and telephone numbers has eleven digits; how few characters a text may hold them in, nobody knows. */
const shortestNumber = 11;

function mayIdentify(value: unknown, text: string): boolean {
  if (typeof value !== 'string' && typeof value !== 'object' && text.length < shortestNumber) return false;
  return holdsIdentifier(text) || holdsPersonNumber(text);
}

/** A mutation is on record before it changes anything: what was done can't stay off the record because the log failed afterwards. */
export function recordOfIntent(context: RequestContext): UsageRecord {
  const occurredAt = new Date();
  const record = completeRecord(context, { status: 200, headers: {}, body: toByteString('') });
  const { policyVersion, profile } = context;
  return createUsageRecord({
    ...record,
    id: createRecordId(occurredAt),
    occurredAt,
    outcome: 'begun',
    policyVersion,
    decidedUntil: profile?.validUntil ?? null,
  });
}

/** A request that decided or read nothing leaves a record of its refusal. */
export function completeRecord(context: RequestContext, response: ServiceResponse): UsageRecord {
  const { principal, profile, request } = context;
  const subjects = context.released;
  return createUsageRecord({
    id: context.recordId,
    occurredAt: context.occurredAt,
    node: context.node,
    kind: context.kind,
    principalKind: principal.kind,
    principal: principal.name,
    department: principal.kind === 'public' ? null : principal.department,
    grants: profile?.grants.map((grant) => grant.code) ?? [],
    purpose: profile?.purpose ?? null,
    user: userForLog(context.behind.user, context.usageKey),
    caseNumber: caseForLog(context.behind.case, context.usageKey),
    operationName: context.operationName && redactIdentifiers(context.operationName),
    documentHash: context.documentHash,
    // No field of the schema is called so.
    arguments: { ...(context.gateway !== null && { [gatewayLabel]: context.gateway }), ...context.arguments },
    planId: context.plan?.hash ?? null,
    subjects: subjects.some((rows) => rows !== '') ? subjects.join(';') : '',
    rowCounts: subjects.map(countRows),
    errorCodes: [...context.errorCodes],
    outcome: outcomeOf(context, response),
    // A mutation may change the policy itself; what it was decided under is in the record of its beginning, and it is not done twice.
    policyVersion: context.kind === 'mutation' ? null : context.policyVersion,
    decidedUntil: context.kind === 'mutation' ? null : (profile?.validUntil ?? null),
    responseBytes: response.body.length,
    responseDigest: keyedDigestOfBytes(context.usageKey, response.body, 'hex'),
    latencyMicros: Math.round((performance.now() - request.startedAt) * 1000),
    clientAddress: request.clientAddress,
  });
}

export function outcomeOf({ kind }: RequestContext, { status }: ServiceResponse): UsageRecord['outcome'] {
  if (status >= 500 || status === errorCodes.CANCELLED) return 'failed';
  return kind === 'failure' || status >= 400 ? 'refused' : 'answered';
}

/** The code of its outcome: of a refusal the one that refused it, else the first denial's. */
export function codeOf({ errorCodes: codes, kind }: RequestContext): string {
  let code: string | undefined;
  for (const next of codes) {
    code = next;
    if (kind !== 'failure') break;
  }
  return code ?? 'OK';
}

function countRows(subjects: string): number {
  if (subjects === '') return 0;
  let rows = 1;
  for (let at = subjects.indexOf(','); at >= 0; at = subjects.indexOf(',', at + 1)) rows += 1;
  return rows;
}
