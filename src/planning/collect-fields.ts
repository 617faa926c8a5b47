/** CollectFields of the GraphQL specification (6.3.2) over object types: selections by response key, fragments and directives applied. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { entityUnionName } from '../model/entities.js';

/** Fields that share a response key; their selection sets are merged. */
export type FieldGroup = readonly [FieldNode, ...FieldNode[]];

export interface SelectionContext {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function collectFields(
  context: SelectionContext,
  type: string,
  sets: readonly SelectionSetNode[],
): ReadonlyMap<string, FieldGroup> {
  const groups = new Map<string, [FieldNode, ...FieldNode[]]>();
  const visited = new Set<string>();
  // Validation lets the one abstract type stand nowhere but on its members.
  const applies = ({ name }: NamedTypeNode): boolean => name.value === type || name.value === entityUnionName;
  const collect = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (!isIncluded(context, selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const group = groups.get(key);
        if (group) group.push(selection);
        else groups.set(key, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (!selection.typeCondition || applies(selection.typeCondition)) collect(selection.selectionSet);
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = context.fragments.get(selection.name.value);
        if (fragment && applies(fragment.typeCondition)) collect(fragment.selectionSet);
      }
    }
  };
  for (const set of sets) collect(set);
  return groups;
}

function isIncluded(context: SelectionContext, selection: SelectionNode): boolean {
  for (const directive of selection.directives ?? []) {
    const steering = directive.name.value === 'skip' ? false : directive.name.value === 'include' ? true : null;
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    if (steering === null || !value) continue;
    const holds =
      value.kind === Kind.VARIABLE
        ? context.variables[value.name.value] === true
        : value.kind === Kind.BOOLEAN && value.value;
    if (holds !== steering) return false;
  }
  return true;
}
