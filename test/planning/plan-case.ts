/** The cases of `cases/NAME/`: an operation, and for each demo principal named in its first line what it is planned and compiled to. */
import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind } from 'graphql';
import { demoAccesses } from '../../seeds/demo-accesses.js';
import { registry as served } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { libraries } from '../../src/libraries/index.js';
import { createRegistry } from '../../src/model/registry.js';
import { createDocumentStore, selectOperation } from '../../src/planning/document.js';
import type { Decider, PlanRequest } from '../../src/planning/plan-draft.js';
import { planOperation } from '../../src/planning/plan-operation.js';
import type { Plan } from '../../src/planning/plan.js';
import { createAccessProfile } from '../../src/policy/access-profile.js';
import { createFieldShields } from '../../src/policy/field-shields.js';
import { portraits } from '../../src/portraits/index.js';
import { buildApiSchema } from '../../src/server/api-schema.js';
import { createCoercion } from '../../src/server/variables.js';
import { compilePlan, type Statement } from '../../src/sql/compile-plan.js';

export const folder = join(import.meta.dirname, 'cases');
const schema = buildApiSchema(served);
/** Of its own, so that nothing is known that was planned by it before. */
const registry = createRegistry(libraries, portraits);
export const { limits } = readConfig({}, 'test-node');
const documents = createDocumentStore(schema, limits);
const shields = createFieldShields(registry.coordinates);
/** As the process's own, but for what is random in it. */
const traceKey = (node: number): string => `~t${node}`;
const accesses = new Map(demoAccesses(registry.coordinates).map(({ name, access }) => [name, access]));

export interface Case {
  readonly plan: Plan;
  readonly statement: Statement | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly divisions: readonly string[] | null;
}

export async function planCase(source: string, principal: string): Promise<Case> {
  const profile = createAccessProfile(accesses.get(principal)!, 1, registry.coordinates);
  const decider = {
    field: (coordinate: string) => shields.ask('field', coordinate, profile),
    match: (coordinate: string) => shields.ask('match', coordinate, profile),
  };
  const { divisions, includesProtected } = profile.scope;
  const scope = { byDivision: divisions !== null, hideProtected: !includesProtected };
  return { ...(await planWith(source, decider, scope)), divisions };
}

/** @param source may give variables in a comment, as the cases do */
export async function planWith(
  source: string,
  decider: Decider,
  scope: PlanRequest['scope'] = { byDivision: false, hideProtected: false },
  maximumNodes = limits.planNodes,
): Promise<Omit<Case, 'divisions'>> {
  const prepared = documents.prepare(source);
  const operation = selectOperation(prepared.normal, null);
  const given = /^# variables: (.*)$/m.exec(source)?.[1] ?? '{}';
  const asSent = selectOperation(prepared.document, null);
  const variables = { ...createCoercion(schema, asSent)(JSON.parse(given)), ...prepared.lifted };
  const fragments = new Map(
    prepared.normal.definitions.flatMap((it) =>
      it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it] as const] : [],
    ),
  );
  const { selectionSet } = operation;
  const plan = await planOperation(registry, decider, { selectionSet, fragments, variables, scope, maximumNodes });
  return { plan, statement: compilePlan(plan, traceKey), variables };
}

export interface NamedCase {
  readonly name: string;
  readonly source: string;
  readonly principal: string;
}

export const cases: readonly NamedCase[] = readdirSync(folder).flatMap((name) => {
  const source = readFileSync(join(folder, name, 'operation.graphql'), 'utf8');
  return /^# as: (.*)$/m
    .exec(source)![1]!
    .split(', ')
    .map((principal) => ({ name, source, principal }));
});
