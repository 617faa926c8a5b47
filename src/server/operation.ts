/** The parts of executing an operation: planning it, binding it, and running the root fields that have resolvers. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Limits } from '../settings/limits.js';
import { CitygraphError } from '../errors.js';
import { type BindingContext, readSource } from '../execution/bind-parameters.js';
import type { CutDatabases } from '../execution/run-cut-plan.js';
import type { ReadPools } from '../execution/run-plan.js';
import { createSealer, type Sealer } from '../execution/seal.js';
import type { StatementRunner } from '../execution/statement-runner.js';
import type { Keyring } from '../keyring.js';
import type { Registry } from '../model/registry.js';
import { collectFields } from '../planning/collect-fields.js';
import { countCost } from '../planning/cost.js';
import type { Placement } from '../planning/cut-plan.js';
import { type DocumentStore, type PreparedDocument, selectOperation } from '../planning/document.js';
import type { PlanCache } from '../planning/plan-cache.js';
import type { Decider } from '../planning/plan-draft.js';
import { planOperation } from '../planning/plan-operation.js';
import { logResolverArguments, resolverCost } from '../planning/plan-resolver.js';
import type { Plan } from '../planning/plan.js';
import { createShaper } from '../planning/variable-shape.js';
import type { AccessProfile } from '../policy/access-profile.js';
import type { Principal } from '../policy/access.js';
import type { FieldShields } from '../policy/field-shields.js';
import { countVerdicts, type Figures, type VerdictCounts } from '../telemetry/figures.js';
import type { UsageLog } from '../usage-log/append-usage.js';
import { describePlan, type UsagePlan } from '../usage-log/usage-record.js';
import { type PlacedPlan, placePlan } from './executable-plan.js';
import type { LookupGuard } from './lookup-guard.js';
import type { RequestContext } from './request.js';
import type { SchemaViews } from './schema-views.js';
import type { DocumentTexts } from './trusted-documents.js';
import { createCoercion, refuseUnfit } from './variables.js';

export type { RequestContext } from './request.js';

export interface OperationStages {
  readonly schema: GraphQLSchema;
  readonly registry: Registry;
  readonly documents: DocumentStore;
  readonly plans: PlanCache<RecordedPlan>;
  readonly shields: FieldShields;
  readonly runner: StatementRunner;
  readonly pools: ReadPools;
  /** Null where all libraries stand in the pool itself. */
  readonly apart: { readonly placement: Placement; readonly databases: CutDatabases } | null;
  /** Null where nothing but the pool's own database is read from. */
  readonly replicas: { poolsFor(policyVersion: number): ReadPools | null } | null;
  readonly keyring: Keyring;
  readonly limits: Limits;
  readonly lookups: LookupGuard;
  readonly views: SchemaViews;
  readonly trustedTexts: DocumentTexts;
  readonly usageLog: Pick<UsageLog, 'append'>;
  readonly figures: Figures;
  /** Told of a statement that took long. */
  readonly onStatement: (context: RequestContext, milliseconds: number) => void;
  /** Told why a field with a resolver failed, where its caller is told that it did and no more. */
  readonly onFieldFailure: (context: RequestContext, error: Error) => void;
  /** What resolvers of management fields may use. */
  readonly services: Readonly<Record<string, unknown>>;
}

/** A plan with its description for the usage log; null where it decides nothing about library fields. */
export interface RecordedPlan extends PlacedPlan {
  readonly description: UsagePlan | null;
  readonly verdicts: VerdictCounts;
}

export interface PlannedOperation {
  readonly executable: RecordedPlan;
  readonly variables: Readonly<Record<string, unknown>>;
}

const noPlan: RecordedPlan = {
  plan: {
    roots: [],
    scope: { byDivision: false, hideProtected: true },
    nodes: [],
    denials: [],
    usedInArguments: [],
    arguments: [],
    cost: { pages: [], parts: [] },
    readsL4: false,
  },
  prepared: null,
  cut: null,
  description: null,
  verdicts: [0, 0, 0, 0],
};

/** At once where the caller had the plan before. */
export function planFor(
  stages: OperationStages,
  context: RequestContext,
): PlannedOperation | Promise<PlannedOperation> {
  const { name, variables: given } = context.operation!;
  const prepared = context.document!;
  context.documentHash = prepared.hash;
  const { operation } = operationOf(stages, prepared, name);
  if (operation.operation !== OperationTypeNode.QUERY) context.kind = 'mutation';
  const profile = context.profile!;
  const maximumNodes = stages.limits.planNodes;
  return planPrepared(stages, { prepared, name, given, profile, maximumNodes });
}

export interface PlanningRequest {
  readonly prepared: PreparedDocument;
  readonly name: string | null;
  /** Variables as they were sent. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly profile: AccessProfile;
  readonly maximumNodes: number;
}

/** @throws what refuses an operation before it is run */
export function planPrepared(
  stages: OperationStages,
  { prepared, name, given, profile, maximumNodes }: PlanningRequest,
): PlannedOperation | Promise<PlannedOperation> {
  const { operation, coerce, shape } = operationOf(stages, prepared, name);
  const variables = coerce(given);
  if (operation.operation !== OperationTypeNode.QUERY) {
    const fields = collectFields({ fragments: fragmentsOf(prepared.normal), variables }, 'Mutation', [
      operation.selectionSet,
    ]);
    const asked = [...fields.values()].flatMap(([field]) => logResolverArguments(field, variables));
    const parts = [...fields].map(([key, [field]]) => resolverCost(key, field, 'Mutation'));
    return {
      executable: { ...noPlan, plan: { ...noPlan.plan, arguments: asked, cost: { pages: [], parts } } },
      variables,
    };
  }
  const { scope } = profile;
  const rows = { byDivision: scope.divisions !== null, hideProtected: !scope.includesProtected };
  const key = `${prepared.hash}|${name ?? ''}|${shape(variables)}|${rows.byDivision}|${rows.hideProtected}|${maximumNodes}`;
  const found = stages.plans.find(key, deciderOf(stages.shields, profile), profile, async (decider) => {
    const fragments = fragmentsOf(prepared.normal);
    return makeExecutable(
      await planOperation(stages.registry, decider, {
        selectionSet: operation.selectionSet,
        fragments,
        variables,
        scope: rows,
        maximumNodes,
      }),
      stages.apart?.placement ?? null,
    );
  });
  if (found instanceof Promise) return found.then((executable) => ({ executable, variables }));
  return { executable: found, variables };
}

function makeExecutable(plan: Plan, placement: Placement | null): RecordedPlan {
  return { ...placePlan(plan, placement), description: describePlan(plan), verdicts: countVerdicts(plan.nodes) };
}

function deciderOf(shields: FieldShields, profile: AccessProfile): Decider {
  return {
    field: (coordinate) => shields.ask('field', coordinate, profile),
    match: (coordinate) => shields.ask('match', coordinate, profile),
  };
}

export interface KnownOperation {
  readonly operation: OperationDefinitionNode;
  readonly coerce: (given: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  readonly shape: (variables: Readonly<Record<string, unknown>>) => string;
}

const knownOperations = new WeakMap<PreparedDocument, Map<string, KnownOperation>>();

/** What of an operation does not change from request to request, kept with its document. */
export function operationOf(
  { schema, limits }: Pick<OperationStages, 'schema' | 'limits'>,
  prepared: PreparedDocument,
  name: string | null,
): KnownOperation {
  let known = knownOperations.get(prepared);
  if (!known) knownOperations.set(prepared, (known = new Map<string, KnownOperation>()));
  let found = known.get(name ?? '');
  if (!found) {
    const asSent = selectOperation(prepared.document, name);
    const operation = selectOperation(prepared.normal, name);
    refuseUnfit('a literal', prepared.lifted);
    const coerce = createCoercion(schema, asSent, limits.values);
    found = {
      operation,
      coerce: (given) => Object.assign(coerce(given), prepared.lifted),
      shape: createShaper(schema, operation, limits.representations),
    };
    known.set(name ?? '', found);
  }
  return found;
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((it) => (it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it] as const] : [])),
  );
}

const sealersOf = new WeakMap<Buffer, LRUCache<string, Sealer>>();

/** One sealer for each principal: its keys are derived once. */
export function openSealer(master: Buffer, { kind, name }: Principal): Sealer {
  let sealers = sealersOf.get(master);
  if (!sealers) sealersOf.set(master, (sealers = new LRUCache({ max: 10_000 })));
  const key = `${kind}/${name}`;
  let sealer = sealers.get(key);
  if (!sealer) sealers.set(key, (sealer = createSealer(master, key)));
  return sealer;
}

export function bindingContextOf(
  stages: OperationStages,
  context: RequestContext,
  variables: Readonly<Record<string, unknown>>,
): BindingContext {
  return {
    variables,
    divisions: context.profile!.scope.divisions,
    sealer: openSealer(stages.keyring.sealing, context.profile!.principal),
    identifierKey: stages.keyring.identifiers,
    maximumPageSize: stages.limits.pageSize,
    maximumListLength: stages.limits.listLength,
  };
}

/** @throws COST_EXCEEDED, RATE_LIMITED */
export function chargeOperation(
  { limits }: OperationStages,
  context: RequestContext,
  plan: Plan,
  binding: BindingContext,
): void {
  const cost = countCost(plan.cost, (source) => readSource(source, binding), limits.pageSize);
  if (cost > limits.cost) {
    throw new CitygraphError(
      'COST_EXCEEDED',
      `expected an operation that costs at most ${limits.cost}, got one of ${cost}; ask for smaller pages, or explainOperation for its parts`,
      { limit: 'cost', maximum: limits.cost, came: cost },
    );
  }
  context.ticket!.charge(cost);
}
