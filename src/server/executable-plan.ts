/** From a plan to what can be run: one statement where one database holds all of it, else the plan cut into the statements of several. */
import type { ExecutableCut } from '../execution/run-cut-plan.js';
import type { ExecutablePlan } from '../execution/run-plan.js';
import { traceKeyOf } from '../execution/marked-text.js';
import { createPreparedStatement } from '../execution/statement-runner.js';
import { cutPlan, type Placement } from '../planning/cut-plan.js';
import type { Plan } from '../planning/plan.js';
import { compilePart } from '../sql/compile-part.js';
import { compilePlan } from '../sql/compile-plan.js';

export interface PlacedPlan extends ExecutablePlan {
  /** Null where one statement reads it all. */
  readonly cut: ExecutableCut | null;
}

/** @param placement null where all libraries stand in one database */
export function placePlan(plan: Plan, placement: Placement | null): PlacedPlan {
  const statement = compilePlan(plan, traceKeyOf);
  const cut = placement && statement && cutPlan(plan, placement);
  if (!cut) return { plan, prepared: statement && createPreparedStatement(statement), cut: null };
  const executable: ExecutableCut = {
    plan,
    cut,
    parameters: statement.parameters,
    roots: cut.roots.map(({ database, plan: own }) => ({
      database,
      plan: own,
      prepared: createPreparedStatement(compilePlan(own, traceKeyOf)!),
    })),
    parts: cut.parts.map((part) => {
      const compiled = compilePart(plan, cut, part, traceKeyOf);
      const keysAt = compiled.parameters.flatMap(({ source }, at) => (source.from === 'keys' ? [at] : []));
      return { statement: compiled, prepared: createPreparedStatement(compiled), keysAt };
    }),
  };
  return { plan, prepared: null, cut: executable };
}

/** Every statement of it, to be forgotten with it. */
export function statementsOf({ prepared, cut }: PlacedPlan): readonly NonNullable<PlacedPlan['prepared']>[] {
  if (cut) return [...cut.roots, ...cut.parts].map((it) => it.prepared);
  return prepared ? [prepared] : [];
}
