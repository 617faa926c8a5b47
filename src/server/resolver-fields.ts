/** Runs the root fields of an operation that have resolvers: graphql-js runs these, and these alone. Introspection is answered from the caller's view. */
import {
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  specifiedScalarTypes,
  type TypeNode,
} from 'graphql';
import { collectFields } from '../planning/collect-fields.js';
import { selectOperation } from '../planning/document.js';
import type { Plan } from '../planning/plan.js';
import { isUnexpected } from './graphql-errors.js';
import { fragmentsOf, type OperationStages } from './operation.js';
import type { RequestContext } from './request.js';

export interface ResolvedFields {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphQLError[];
}

/** Whether there are any: most operations ask the libraries alone. */
export function asksResolvers({ kind }: RequestContext, { roots }: Plan): boolean {
  return kind === 'mutation' || roots.some((root) => root.kind === 'resolver');
}

export const noResolvedFields: ResolvedFields = { data: {}, errors: [] };

/** Root fields with resolvers (catalogue, sharing, audit, introspection, mutations): graphql-js runs these, and these alone. */
export async function runResolverFields(
  stages: OperationStages,
  context: RequestContext,
  plan: Plan,
): Promise<ResolvedFields> {
  const { name, variables } = context.operation!;
  const { document } = context.document!;
  const operation = selectOperation(document, name);
  const run = async (schema: GraphQLSchema, pruned: DocumentNode): Promise<ResolvedFields> => {
    const result = await execute({
      schema,
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
    for (const { originalError } of result.errors ?? [])
      if (originalError && isUnexpected(originalError)) stages.onFieldFailure(context, originalError);
    return { data: result.data ?? null, errors: result.errors ?? [] };
  };
  if (operation.operation !== OperationTypeNode.QUERY) return run(stages.schema, document);
  const asked = plan.roots.flatMap((root) => (root.kind === 'resolver' ? [root] : []));
  if (asked.length === 0) return { data: {}, errors: [] };
  // INVARIANT: what the schema says of itself is said of the caller's part of it.
  const view = (): GraphQLSchema => stages.views.of(context.principal.kind);
  let data: Readonly<Record<string, unknown>> | null = {};
  const errors: GraphQLError[] = [];
  for (const introspection of [false, true]) {
    const keys = new Set(asked.flatMap(({ key, field }) => (isIntrospection(field) === introspection ? [key] : [])));
    if (keys.size === 0) continue;
    const pruned = keepRoots(document, operation, variables, keys);
    const answer = await run(
      introspection ? view() : stages.schema,
      introspection ? withoutOwnVariables(pruned) : pruned,
    );
    data = data && answer.data && { ...data, ...answer.data };
    errors.push(...answer.errors);
  }
  return { data, errors };
}

/** Introspection takes the specification's scalars alone; variables of other types may be of none that the view has. */
function withoutOwnVariables(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((it) =>
      it.kind === Kind.OPERATION_DEFINITION
        ? { ...it, variableDefinitions: it.variableDefinitions?.filter(({ type }) => isSpecifiedScalar(type)) }
        : it,
    ),
  };
}

function isSpecifiedScalar(type: TypeNode): boolean {
  return type.kind === Kind.NAMED_TYPE
    ? specifiedScalarTypes.some(({ name }) => name === type.name.value)
    : isSpecifiedScalar(type.type);
}

function isIntrospection(field: string): boolean {
  return field === '__schema' || field === '__type';
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
