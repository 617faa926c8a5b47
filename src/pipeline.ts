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
  type RequestContext,
} from './server/operation.js';
import { runLibraries } from './server/run-libraries.js';
import { runResolverFields } from './server/resolver-fields.js';
import { completeRecord, describeOutcome, recordOfIntent } from './server/request-record.js';
import type { OperationResult, RequestStages, ServiceRequest, ServiceResponse } from './server/request.js';
import { joinData, withReceipt } from './server/response-text.js';
import type { Ticket } from './server/traffic.js';

const maximumAttempts = 5;

export async function answerRequest(stages: RequestStages, request: ServiceRequest): Promise<ServiceResponse> {
  let now = new Date();
  let ticket: Ticket | null = null;
  try {
    for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
      const context = await stages.identify(request, now);
      context.ticket = ticket ??= stages.traffic.admit(context.principal, request.clientAddress);
      const response = await stages.respond(request, context);
      const appended =
        context.superseded ?? (await stages.log.append(completeRecord(context, response), context.plan ?? undefined));
      if (appended.accepted) return withReceipt(response, context.recordId, appended.receipt);
      await stages.policy.refreshIfOlderThan(appended.policyVersion);
      // Grants end by the database's clock, whatever ours says.
      now = appended.databaseTime;
    }
  } finally {
    ticket?.release();
  }
  throw new CitygraphError('OVERLOADED', 'the policy changed again and again while the request was decided; try again');
}

/** One operation, from its text to the text of its data; Apollo stands around it. */
export async function executeOperation(stages: OperationStages, context: RequestContext): Promise<OperationResult> {
  const { executable, variables } = await planFor(stages, context);
  const binding = bindingContextOf(stages, context, variables);
  describeOutcome(context, executable, binding);
  chargeOperation(stages, context, executable.plan, binding);
  if (context.kind === 'mutation') await recordIntent(stages, context);
  const libraries = await runLibraries(stages, context, executable, binding);
  context.released = libraries.subjects;
  const resolved = await runResolverFields(stages, context, executable.plan);
  return joinData(executable.plan, libraries, resolved);
}

/** INVARIANT: nothing is changed before it is on record, nor under a policy that no longer holds. */
async function recordIntent(stages: OperationStages, context: RequestContext): Promise<void> {
  const appended = await stages.usageLog.append(recordOfIntent(context), context.plan ?? undefined);
  if (appended.accepted) return;
  context.superseded = appended;
  throw new CitygraphError('OVERLOADED', 'the policy changed while the request was decided; try again');
}
