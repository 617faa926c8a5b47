/**
 * Reads what an operation asks of the libraries, by one statement, or by those of a cut plan where libraries stand apart: timed, its look-ups
 * counted. One statement is stopped when nobody wants it any more; those of a cut plan end by themselves.
 */
import type { BindingContext } from '../execution/bind-parameters.js';
import { runCutPlan } from '../execution/run-cut-plan.js';
import { type LookupWatch, type PlanResult, type ReadPools, runPlan } from '../execution/run-plan.js';
import { startTiming } from '../telemetry/timed.js';
import type { OperationStages, RecordedPlan } from './operation.js';
import type { RequestContext } from './request.js';

export async function runLibraries(
  stages: OperationStages,
  context: RequestContext,
  executable: RecordedPlan,
  binding: BindingContext,
): Promise<PlanResult> {
  if (!executable.prepared && !executable.cut) return run(stages, context, executable, binding);
  const timing = startTiming(stages.figures, context.trace, 'statement');
  let read: PlanResult;
  try {
    read = await run(stages, context, executable, binding);
  } finally {
    stages.onStatement(context, timing.end());
  }
  if (read.unreached?.length) context.errorCodes.add('POOL_UNAVAILABLE');
  return read;
}

function run(
  { runner, pools: primary, apart, replicas, lookups }: OperationStages,
  context: RequestContext,
  executable: RecordedPlan,
  binding: BindingContext,
): Promise<PlanResult> {
  const { cancellation, clientAddress } = context.request;
  const watch = (): LookupWatch => lookups.watch(context.profile!.principal, clientAddress);
  const pools = replicas?.poolsFor(context.policyVersion) ?? primary;
  if (!executable.cut) return runPlan(runner, pools, executable, binding, watch, cancellation);
  const { databases } = apart!;
  const poolsOf = (database: string): ReadPools => (database === databases.index ? pools : databases.poolsOf(database));
  return runCutPlan(runner, { ...databases, poolsOf }, executable.cut, binding, watch);
}

/** @throws why the request is not wanted any more: before anything is changed for it */
export function refuseUnwanted({ request: { cancellation } }: RequestContext): void {
  if (cancellation?.reason) throw cancellation.reason;
}
