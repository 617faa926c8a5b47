/** The parts of executing an operation: planning it, binding it, and running the root fields that have resolvers. */
import {
  type DocumentNode,
  execute,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { BindingContext } from '../execution/bind-parameters.js';
import type { ExecutablePlan, ReadPools } from '../execution/run-plan.js';
import { createSealer, type Sealer } from '../execution/seal.js';
import { createPreparedStatement, type StatementRunner } from '../execution/statement-runner.js';
import type { Keyring } from '../keyring.js';
import type { Registry } from '../model/registry.js';
import { collectFields } from '../planning/collect-fields.js';
import { type DocumentStore, type PreparedDocument, selectOperation } from '../planning/document.js';
import type { PlanCache } from '../planning/plan-cache.js';
import type { Decider } from '../planning/plan-draft.js';
import { logResolverArguments, planOperation } from '../planning/plan-operation.js';
import type { Plan } from '../planning/plan.js';
import { createShaper } from '../planning/variable-shape.js';
import type { AccessProfile } from '../policy/access-profile.js';
import type { Principal } from '../policy/access.js';
import type { FieldShields } from '../policy/field-shields.js';
import { compilePlan } from '../sql/compile-plan.js';
import type { UsageLog } from '../usage-log/append-usage.js';
import { describePlan, type UsagePlan } from '../usage-log/usage-record.js';
import type { RequestContext } from './request.js';
import { coerceVariables, refuseUnfit } from './variables.js';

export type { RequestContext } from './request.js';

export interface OperationStages {
  readonly schema: GraphQLSchema;
  readonly registry: Registry;
  readonly documents: DocumentStore;
  readonly plans: PlanCache<RecordedPlan>;
  readonly shields: FieldShields;
  readonly runner: StatementRunner;
  readonly pools: ReadPools;
  readonly keyring: Keyring;
  readonly maximumPageSize: number;
  readonly usageLog: Pick<UsageLog, 'append'>;
  /** What resolvers of management fields may use. */
  readonly services: Readonly<Record<string, unknown>>;
}

/** A plan with its description for the usage log; null where it decides nothing about library fields. */
export interface RecordedPlan extends ExecutablePlan {
  readonly description: UsagePlan | null;
}

interface PlannedOperation {
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
    readsL4: false,
  },
  prepared: null,
  description: null,
};

export async function planFor(stages: OperationStages, context: RequestContext): Promise<PlannedOperation> {
  const { source, name, variables: given } = context.operation!;
  const profile = context.profile!;
  const prepared = stages.documents.prepare(source);
  context.documentHash = prepared.hash;
  const { operation, coerce, shape } = operationOf(stages.schema, prepared, name);
  const variables = coerce(given);
  if (operation.operation !== OperationTypeNode.QUERY) {
    context.kind = 'mutation';
    const fields = collectFields({ fragments: fragmentsOf(prepared.normal), variables }, 'Mutation', [
      operation.selectionSet,
    ]);
    const given = [...fields.values()].flatMap(([field]) => logResolverArguments(field, variables));
    return { executable: { ...noPlan, plan: { ...noPlan.plan, arguments: given } }, variables };
  }
  const { scope } = profile;
  const rows = { byDivision: scope.divisions !== null, hideProtected: !scope.includesProtected };
  const key = [prepared.hash, name ?? '', shape(variables), rows.byDivision, rows.hideProtected].join('|');
  const executable = await stages.plans.find(key, deciderOf(stages.shields, profile), profile, async (decider) => {
    const fragments = fragmentsOf(prepared.normal);
    return makeExecutable(
      await planOperation(stages.registry, decider, {
        selectionSet: operation.selectionSet,
        fragments,
        variables,
        scope: rows,
      }),
    );
  });
  return { executable, variables };
}

function makeExecutable(plan: Plan): RecordedPlan {
  const statement = compilePlan(plan);
  return { plan, prepared: statement && createPreparedStatement(statement), description: describePlan(plan) };
}

function deciderOf(shields: FieldShields, profile: AccessProfile): Decider {
  return {
    field: (coordinate) => shields.ask('field', coordinate, profile),
    match: (coordinate) => shields.ask('match', coordinate, profile),
  };
}

interface KnownOperation {
  readonly operation: OperationDefinitionNode;
  readonly coerce: (given: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  readonly shape: (variables: Readonly<Record<string, unknown>>) => string;
}

const knownOperations = new WeakMap<PreparedDocument, Map<string, KnownOperation>>();

/** What of an operation does not change from request to request, kept with its document. */
function operationOf(schema: GraphQLSchema, prepared: PreparedDocument, name: string | null): KnownOperation {
  let known = knownOperations.get(prepared);
  if (!known) knownOperations.set(prepared, (known = new Map<string, KnownOperation>()));
  let found = known.get(name ?? '');
  if (!found) {
    const asSent = selectOperation(prepared.document, name);
    const operation = selectOperation(prepared.normal, name);
    refuseUnfit('a literal', prepared.lifted);
    found = {
      operation,
      coerce: (given) => ({ ...coerceVariables(schema, asSent, given), ...prepared.lifted }),
      shape: createShaper(schema, operation),
    };
    known.set(name ?? '', found);
  }
  return found;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((it) => (it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it] as const] : [])),
  );
}

const sealers = new LRUCache<string, Sealer>({ max: 10_000 });

/** One sealer for each principal: its keys are derived once. */
export function openSealer(master: Buffer, { kind, name }: Principal): Sealer {
  const key = `${master.toString('base64')}/${kind}/${name}`;
  let sealer = sealers.get(key);
  if (!sealer) sealers.set(key, (sealer = createSealer(master, `${kind}/${name}`)));
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
    maximumPageSize: stages.maximumPageSize,
  };
}

export interface ResolvedFields {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphQLError[];
}

/** Root fields with resolvers (catalogue, sharing, audit, introspection, mutations): graphql-js runs these, and these alone. */
export async function runResolverFields(
  stages: OperationStages,
  context: RequestContext,
  plan: Plan,
): Promise<ResolvedFields> {
  const { source, name, variables } = context.operation!;
  const { document } = stages.documents.prepare(source);
  const operation = selectOperation(document, name);
  const keys = new Set(plan.roots.flatMap((root) => (root.kind === 'resolver' ? [root.key] : [])));
  if (operation.operation === OperationTypeNode.QUERY && keys.size === 0) return { data: {}, errors: [] };
  const pruned =
    operation.operation === OperationTypeNode.QUERY ? keepRoots(document, operation, variables, keys) : document;
  const result = await execute({
    schema: stages.schema,
    document: pruned,
    operationName: name,
    variableValues: variables,
    contextValue: {
      profile: context.profile,
      gateway: context.gateway,
      coordinates: stages.registry.coordinates,
      services: stages.services,
    },
  });
  return { data: result.data ?? null, errors: result.errors ?? [] };
}

function keepRoots(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  keys: ReadonlySet<string>,
): DocumentNode {
  const groups = collectFields(
    { fragments: fragmentsOf(document), variables: withDefaults(operation, variables) },
    'Query',
    [operation.selectionSet],
  );
  const selections: FieldNode[] = [...groups].flatMap(([key, group]) => (keys.has(key) ? [...group] : []));
  return {
    ...document,
    definitions: document.definitions.map((it) =>
      it === operation ? { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } : it,
    ),
  };
}

/** @skip and @include may hang on a variable that was left to its default. */
function withDefaults(
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}
