/** Plans an operation as the pipeline would, for the caller of `explainOperation`, and tells what came of it instead of running it. */
import type { GraphQLError } from 'graphql';
import { readSource } from '../execution/bind-parameters.js';
import { CitygraphError } from '../errors.js';
import type { Reason, Verdict } from '../model/verdict.js';
import { databaseRoles } from '../database/role-names.js';
import { countParts } from '../planning/cost.js';
import { libraryRootsOf } from '../planning/library-roots.js';
import { selectOperation } from '../planning/document.js';
import type { Plan, PlanNode } from '../planning/plan.js';
import type { AccessProfile } from '../policy/access-profile.js';
import { explain } from '../policy/explanation.js';
import type {
  ExplainedLimit,
  ExplainedNode,
  ExplainedVerdict,
  OperationExplanation,
  OperationToExplain,
} from './operation-explanation.resolver.js';
import { type OperationStages, planPrepared } from './operation.js';

/** How far an operation is looked into that has more nodes than may be run, so that it can be told by how much. */
const nodesExplained = 1000;

/** @throws what would refuse the operation before its cost is known: GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, LIMIT_EXCEEDED, BAD_USER_INPUT … */
export async function explainOperation(
  stages: OperationStages,
  asked: OperationToExplain,
  profile: AccessProfile,
): Promise<OperationExplanation> {
  const { limits } = stages;
  const prepared = prepare(stages, asked.document, profile);
  const { executable, variables } = await planPrepared(stages, {
    prepared,
    name: asked.operationName,
    given: readVariables(asked.variables),
    profile,
    maximumNodes: Math.max(limits.planNodes, nodesExplained),
  });
  const { plan, prepared: statement } = executable;
  const operation = selectOperation(prepared.document, asked.operationName);
  const divisions = profile.scope.divisions;
  const costs = countParts(plan.cost, (source) => readSource(source, { variables, divisions }), limits.pageSize);
  const cost = costs.reduce((sum, part) => sum + part.cost, 0);
  const measures: readonly (readonly [name: keyof typeof limits, came: number | null])[] = [
    ...(['tokens', 'depth', 'fields', 'aliases', 'repeats', 'directives', 'introspectionDepth'] as const).map(
      (name) => [name, prepared.measure[name]] as const,
    ),
    ['planNodes', plan.nodes.length],
    ['cost', cost],
    ['pageSize', null],
    ['listLength', null],
    ['representations', null],
    ['values', null],
  ];
  const told = measures.map(([limit, came]): ExplainedLimit => ({
    limit,
    came,
    maximum: limits[limit],
    exceeded: came !== null && came > limits[limit],
  }));
  return {
    kind: operation.operation,
    operationName: operation.name?.value ?? null,
    documentHash: prepared.hash,
    runs: told.every(({ exceeded }) => !exceeded),
    nodes: plan.nodes.map(explainNode),
    arguments: explainArguments(stages, plan, profile),
    denials: plan.denials.map(({ code, path, coordinate, level, reason }) => ({
      code,
      path: path.join('.'),
      verdict: tell(coordinate, { kind: 'deny', level, reason }),
    })),
    cost,
    costs,
    limits: told,
    statements: statement ? 1 : 0,
    databaseRole: statement ? (plan.readsL4 ? databaseRoles.readerL4 : databaseRoles.reader) : null,
  };
}

/** A fault is told with its first words, for an error of a field is one; its place is that in the document that was sent to be explained. */
function prepare(
  stages: OperationStages,
  document: string,
  profile: AccessProfile,
): ReturnType<OperationStages['documents']['prepare']> {
  try {
    return stages.documents.prepare(document, () => stages.views.of(profile.principal.kind));
  } catch (error) {
    const [fault] =
      (error instanceof CitygraphError ? (error.details['faults'] as GraphQLError[] | undefined) : []) ?? [];
    if (!(error instanceof CitygraphError) || !fault) throw error;
    const [place] = fault.locations ?? [];
    throw new CitygraphError(error.code, `document: ${fault.message}`, { ...place }, { cause: error });
  }
}

function readVariables(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CitygraphError('BAD_USER_INPUT', 'variables: expected JSON text, got another', {}, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new CitygraphError('BAD_USER_INPUT', 'variables: expected a JSON object, got another value');
}

function explainNode({ path, type, fields }: PlanNode): ExplainedNode {
  return {
    path,
    type,
    fields: fields.map(({ name, verdict, level, reason }) => tell(`${type}.${name}`, { kind: verdict, level, reason })),
  };
}

/** What a look-up goes by must be matched, what a filter or an order goes by must be read in plain. */
function explainArguments({ registry }: OperationStages, plan: Plan, profile: AccessProfile): ExplainedVerdict[] {
  const matched = new Set(
    [...libraryRootsOf(registry).values()].flatMap((root) =>
      root.kind === 'lookup' ? [root.portrait.lookup.coordinate] : [],
    ),
  );
  return plan.usedInArguments.map((coordinate) =>
    tell(coordinate, matched.has(coordinate) ? profile.matchOf(coordinate) : profile.verdictOf(coordinate)),
  );
}

function tell(
  coordinate: string,
  it: { kind: string; level: string | null; reason: string } | Verdict,
): ExplainedVerdict {
  const { zh, en, remedyZh, remedyEn } = explain(it.reason as Reason);
  return {
    coordinate,
    verdict: it.kind,
    level: it.level,
    reason: it.reason,
    reasonZh: zh,
    reasonEn: en,
    remedyZh,
    remedyEn,
  };
}
