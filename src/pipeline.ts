/**
 * The story of a request: who asks; parse, plan, run; log; release.
 *
 * INVARIANT: `answerRequest` is the one exit. Whatever was decided or read leaves only after its usage record is durable and was
 * decided under the policy that the database holds at that moment; else it is decided again.
 */
import { CitygraphError } from './errors.js';
import {
  bindingContextOf,
  chargeOperation,
  type OperationStages,
  planFor,
  type PlannedOperation,
  type RequestContext,
} from './server/operation.js';
import { refuseUnwanted, runLibraries } from './server/run-libraries.js';
import { asksResolvers, noResolvedFields, runResolverFields } from './server/resolver-fields.js';
import { codeOf, completeRecord, describeOutcome, outcomeOf, recordOfIntent } from './server/request-record.js';
import type { OperationResult, RequestStages, ServiceRequest, ServiceResponse } from './server/request.js';
import { joinData, withReceipt } from './server/response-text.js';
import type { Ticket } from './server/traffic.js';
import { startTiming } from './telemetry/timed.js';
import type { SpanAttributes } from './telemetry/tracing.js';
import type { Appended } from './usage-log/append-usage.js';

const maximumAttempts = 5;

export async function answerRequest(stages: RequestStages, request: ServiceRequest): Promise<ServiceResponse> {
  let now = new Date();
  let ticket: Ticket | null = null;
  const { headers } = request;
  const trace = stages.tracing?.request(headers.get('traceparent'), headers.get('tracestate')) ?? null;
  let known: SpanAttributes = { 'citygraph.outcome': 'refused' };
  try {
    for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
      const context = await stages.identify(request, now);
      context.ticket = ticket ??= stages.traffic.admit(context.principal, request.clientAddress);
      context.trace = trace;
      const response = await stages.respond(request, context);
      const appended = context.superseded ?? (await putOnRecord(stages, context, response));
      if (appended.accepted) {
        const [outcome, code] = [outcomeOf(context, response), codeOf(context)];
        stages.figures.answered(context.principal.kind, outcome, code);
        known = { 'citygraph.outcome': outcome, 'citygraph.code': code, 'citygraph.record': context.recordId };
        stages.note?.(context, response);
        return withReceipt(response, context.recordId, appended.receipt);
      }
      await stages.policy.refreshIfOlderThan(appended.policyVersion);
      // Grants end by the database's clock, whatever ours says.
      now = appended.databaseTime;
    }
  } finally {
    ticket?.release();
    stages.figures.stages.whole.noteSince(request.startedAt);
    trace?.end(known);
  }
  throw new CitygraphError('OVERLOADED', 'the policy changed again and again while the request was decided; try again');
}

async function putOnRecord(
  { figures, log }: RequestStages,
  context: RequestContext,
  response: ServiceResponse,
): Promise<Appended> {
  const timing = startTiming(figures, context.trace, 'log');
  try {
    return await log.append(completeRecord(context, response), context.plan ?? undefined);
  } finally {
    timing.end();
  }
}

/** One operation, from its text to the text of its data; Apollo stands around it. */
export async function executeOperation(stages: OperationStages, context: RequestContext): Promise<OperationResult> {
  const { figures } = stages;
  const planning = startTiming(figures, context.trace, 'plan');
  let planned: PlannedOperation | Promise<PlannedOperation>;
  try {
    planned = planFor(stages, context);
    // To wait for what is there already takes longer than most of planning.
    if (planned instanceof Promise) planned = await planned;
  } finally {
    planning.end();
  }
  const { executable, variables } = planned;
  figures.planned(executable.verdicts);
  const binding = bindingContextOf(stages, context, variables);
  describeOutcome(context, executable, binding);
  chargeOperation(stages, context, executable.plan, binding);
  refuseUnwanted(context);
  if (context.kind === 'mutation') await recordIntent(stages, context);
  const libraries = await runLibraries(stages, context, executable, binding);
  context.released = libraries.subjects;
  const resolved = asksResolvers(context, executable.plan)
    ? await runResolverFields(stages, context, executable.plan)
    : noResolvedFields;
  return joinData(executable.plan, libraries, resolved);
}

/** INVARIANT: nothing is changed before it is on record, nor under a policy that no longer holds. */
async function recordIntent(stages: OperationStages, context: RequestContext): Promise<void> {
  const appended = await stages.usageLog.append(recordOfIntent(context), context.plan ?? undefined);
  if (appended.accepted) return;
  context.superseded = appended;
  throw new CitygraphError('OVERLOADED', 'the policy changed while the request was decided; try again');
}
