/** First limits on a document: they are counted on the text itself, before anything is looked up, and say limit and value. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  NoDeprecatedCustomRule,
  type SelectionSetNode,
  specifiedRules,
} from 'graphql';
import { CitygraphError } from '../errors.js';

export interface DocumentLimits {
  readonly tokens: number;
  readonly depth: number;
  /** Fields after fragments are spread out. */
  readonly fields: number;
}

/** Validation rules of the specification. */
export const limitRules = specifiedRules.filter((rule) => rule !== NoDeprecatedCustomRule);

/** @throws LIMIT_EXCEEDED with limit, maximum and what came */
export function checkLimits(document: DocumentNode, limits: DocumentLimits): void {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  let fields = 0;
  const walk = (set: SelectionSetNode, depth: number, open: ReadonlySet<string>): void => {
    if (depth > limits.depth) refuse('depth', limits.depth, depth);
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        fields += 1;
        if (fields > limits.fields) refuse('fields', limits.fields, fields);
        if (selection.selectionSet) walk(selection.selectionSet, depth + 1, open);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet, depth, open);
      } else {
        const fragment = fragments.get(selection.name.value);
        // A cycle is left to validation, which names it.
        if (fragment && !open.has(fragment.name.value))
          walk(fragment.selectionSet, depth, new Set([...open, fragment.name.value]));
      }
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, 1, new Set());
  }
}

function refuse(limit: string, maximum: number, came: number): never {
  throw new CitygraphError('LIMIT_EXCEEDED', `expected ${limit} of at most ${maximum}, got ${came} or more`, {
    limit,
    maximum,
    came,
  });
}
