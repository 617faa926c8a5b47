/** Runs what a plan reads of the libraries: timed, its look-ups counted, and stopped when nobody wants it any more. */
import type { BindingContext } from '../execution/bind-parameters.js';
import { type LookupWatch, type PlanResult, runPlan } from '../execution/run-plan.js';
import { timed } from '../telemetry/timed.js';
import type { OperationStages, RecordedPlan } from './operation.js';
import type { RequestContext } from './request.js';

export async function runLibraries(
  stages: OperationStages,
  context: RequestContext,
  executable: RecordedPlan,
  binding: BindingContext,
): Promise<PlanResult> {
  const { cancellation, clientAddress } = context.request;
  const watch = (): LookupWatch => stages.lookups.watch(context.profile!.principal, clientAddress);
  const run = (): Promise<PlanResult> => runPlan(stages.runner, stages.pools, executable, binding, watch, cancellation);
  if (!executable.prepared) return run();
  return timed(stages.figures, context.trace, 'statement', run, (took) => stages.onStatement(context, took));
}

/** @throws why the request is not wanted any more: before anything is changed for it */
export function refuseUnwanted({ request: { cancellation } }: RequestContext): void {
  if (cancellation?.reason) throw cancellation.reason;
}
