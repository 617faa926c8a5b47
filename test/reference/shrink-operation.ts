/** The smallest part of an operation that still shows what the whole does: selections, arguments and parts of values are left out one by one. */
import { type ASTNode, type DocumentNode, type GraphQLSchema, Kind, parse, print, validate, visit } from 'graphql';
import type { Operation } from './reference-executor.js';

const removable: ReadonlySet<string> = new Set([
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.ARGUMENT,
  Kind.DIRECTIVE,
  Kind.OBJECT_FIELD,
]);
const mostTries = 600;

export async function shrinkOperation<T extends Operation>(
  schema: GraphQLSchema,
  operation: T,
  showsIt: (smaller: T) => Promise<boolean>,
): Promise<T> {
  let smallest = operation;
  let tries = 0;
  for (let at = 0; tries < mostTries;) {
    const document = removeNth(parse(smallest.query), at);
    if (!document) break;
    const smaller = { ...smallest, query: print(dropUnused(document)) };
    const isSound = isValid(schema, smaller.query);
    if (isSound) tries += 1;
    if (isSound && (await showsIt(smaller))) smallest = smaller;
    else at += 1;
  }
  return {
    ...smallest,
    variables: Object.fromEntries(
      Object.entries(smallest.variables).filter(([name]) => smallest.query.includes(`$${name}:`)),
    ),
  };
}

/** A selection set that is left empty is no longer one. */
function isValid(schema: GraphQLSchema, query: string): boolean {
  try {
    return validate(schema, parse(query)).length === 0;
  } catch {
    return false;
  }
}

/** From the outside in; null when there are fewer. */
function removeNth(document: DocumentNode, n: number): DocumentNode | null {
  let seen = -1;
  const without = visit(document, {
    enter: (node: ASTNode) => {
      if (!removable.has(node.kind)) return undefined;
      seen += 1;
      return seen === n ? null : undefined;
    },
  });
  return seen < n ? null : without;
}

function dropUnused(document: DocumentNode): DocumentNode {
  for (;;) {
    const used = new Set<string>();
    visit(document, {
      FragmentSpread: (node) => void used.add(node.name.value),
      Variable: (node, _key, parent) =>
        void ((parent as ASTNode).kind !== Kind.VARIABLE_DEFINITION && used.add(`$${node.name.value}`)),
    });
    const definitions = document.definitions
      .filter((it) => it.kind !== Kind.FRAGMENT_DEFINITION || used.has(it.name.value))
      .map((it) =>
        it.kind === Kind.OPERATION_DEFINITION
          ? {
              ...it,
              variableDefinitions: it.variableDefinitions?.filter(({ variable }) =>
                used.has(`$${variable.name.value}`),
              ),
            }
          : it,
      );
    if (definitions.length === document.definitions.length) return { ...document, definitions };
    document = { ...document, definitions };
  }
}
