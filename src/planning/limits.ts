/**
 * Limits on a document: counted on the parsed text alone, before anything is looked up or validated, so that no document costs more than
 * its own size. Each is a refusal with limit, maximum and what came. What an operation costs to run is `cost.ts`.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  NoDeprecatedCustomRule,
  type SelectionNode,
  type SelectionSetNode,
  specifiedRules,
} from 'graphql';
import { CitygraphError } from '../errors.js';

export interface DocumentLimits {
  readonly tokens: number;
  readonly depth: number;
  /** Fields and fragment spreads, after fragments are spread out. */
  readonly fields: number;
  readonly aliases: number;
  /** How often one response key may stand in one selection set, fragments spread out. */
  readonly repeats: number;
  readonly directives: number;
  /** Lists of types and fields within one another, below `__schema` and `__type`. */
  readonly introspectionDepth: number;
}

/** What a document has of each. */
export type DocumentMeasure = { readonly [name in keyof DocumentLimits]: number };

/** Validation rules of the specification. */
export const limitRules = specifiedRules.filter((rule) => rule !== NoDeprecatedCustomRule);

/** @throws LIMIT_EXCEEDED with limit, maximum and what came, as soon as one is exceeded */
export function measureDocument(document: DocumentNode, limits: DocumentLimits): DocumentMeasure {
  return new Measuring(document, limits).measure();
}

/** As it goes down. */
interface Within {
  readonly depth: number;
  /** -1 outside of introspection. */
  readonly introspection: number;
  /** Fragments that are being spread. A circle is left to validation, which names it. */
  readonly open: ReadonlySet<string>;
  /** Response keys of the selection set, with those of its fragments. */
  readonly keys: Map<string, number>;
}

const introspectionRoots = new Set(['__schema', '__type']);
/** Of `__Type`: what leads from one type to many. */
const introspectionLists = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);

class Measuring {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly reached = new Set<string>();
  private readonly found: Record<keyof DocumentLimits, number> = {
    ...{ tokens: 0, depth: 0, fields: 0, aliases: 0, repeats: 0, directives: 0, introspectionDepth: 0 },
  };

  constructor(
    private readonly document: DocumentNode,
    private readonly limits: DocumentLimits,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  measure(): DocumentMeasure {
    this.raise('tokens', (this.document as { tokenCount?: number }).tokenCount ?? 0);
    const start = (set: SelectionSetNode): void =>
      this.walk(set, { depth: 1, introspection: -1, open: new Set(), keys: new Map() });
    for (const definition of this.document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      this.add('directives', definition.directives?.length ?? 0);
      start(definition.selectionSet);
    }
    // What nothing spreads is refused by validation, which looks into it all the same.
    for (const [name, fragment] of this.fragments) if (!this.reached.has(name)) start(fragment.selectionSet);
    return this.found;
  }

  private walk(set: SelectionSetNode, within: Within): void {
    this.raise('depth', within.depth);
    for (const selection of set.selections) {
      // Spreads count as well: fragments that double with each step need no field to be endless.
      this.add('fields', 1);
      this.add('directives', selection.directives?.length ?? 0);
      this.enter(selection, within);
    }
  }

  private enter(selection: SelectionNode, within: Within): void {
    if (selection.kind === Kind.FIELD) return this.enterField(selection, within);
    if (selection.kind === Kind.INLINE_FRAGMENT) return this.walk(selection.selectionSet, within);
    const name = selection.name.value;
    const fragment = this.fragments.get(name);
    if (!fragment || within.open.has(name)) return;
    this.reached.add(name);
    this.walk(fragment.selectionSet, { ...within, open: new Set([...within.open, name]) });
  }

  private enterField(field: FieldNode, within: Within): void {
    const name = field.name.value;
    if (field.alias) this.add('aliases', 1);
    const key = field.alias?.value ?? name;
    const repeats = (within.keys.get(key) ?? 0) + 1;
    within.keys.set(key, repeats);
    this.raise('repeats', repeats);
    const introspection = introspectionRoots.has(name)
      ? 0
      : within.introspection >= 0 && introspectionLists.has(name)
        ? within.introspection + 1
        : within.introspection;
    this.raise('introspectionDepth', introspection);
    if (!field.selectionSet) return;
    this.walk(field.selectionSet, { depth: within.depth + 1, introspection, open: within.open, keys: new Map() });
  }

  private add(limit: keyof DocumentLimits, count: number): void {
    this.raise(limit, this.found[limit] + count);
  }

  private raise(limit: keyof DocumentLimits, value: number): void {
    if (value <= this.found[limit]) return;
    this.found[limit] = value;
    if (value > this.limits[limit]) throw limitExceeded(limit, this.limits[limit], value);
  }
}

export function limitExceeded(limit: string, maximum: number, came: number): CitygraphError {
  return new CitygraphError('LIMIT_EXCEEDED', `expected ${limit} of at most ${maximum}, got ${came} or more`, {
    limit,
    maximum,
    came,
  });
}
