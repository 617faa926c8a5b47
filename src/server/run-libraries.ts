/** Reads what an operation asks of the libraries: by one statement, or by those of a cut plan where libraries stand apart. */
import type { BindingContext } from '../execution/bind-parameters.js';
import { runCutPlan } from '../execution/run-cut-plan.js';
import { type LookupWatch, type PlanResult, type ReadPools, runPlan } from '../execution/run-plan.js';
import type { OperationStages, RecordedPlan } from './operation.js';
import type { RequestContext } from './request.js';

export async function runLibraries(
  { runner, pools: primary, apart, replicas, lookups }: OperationStages,
  context: RequestContext,
  executable: RecordedPlan,
  binding: BindingContext,
): Promise<PlanResult> {
  const watch = (): LookupWatch => lookups.watch(context.profile!.principal, context.request.clientAddress);
  const pools = replicas?.poolsFor(context.policyVersion) ?? primary;
  if (!executable.cut) return runPlan(runner, pools, executable, binding, watch);
  const databases = apart!.databases;
  const poolsOf = (database: string): ReadPools => (database === databases.index ? pools : databases.poolsOf(database));
  const read = await runCutPlan(runner, { ...databases, poolsOf }, executable.cut, binding, watch);
  if (read.unreached?.length) context.errorCodes.add('POOL_UNAVAILABLE');
  return read;
}
