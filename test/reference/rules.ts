/**
 * The rules that stand on the reference's fields: real graphql-shield, asked for every field of every row, decided by the tables. A denial
 * knows its place in the answer: it ends at the outermost list.
 */
import { Kind, type ValueNode } from 'graphql';
import type { Sealer } from '../../src/execution/seal.js';
import type { Dataset } from '../../src/model/declaration.js';
import type { Verdict } from '../../src/model/verdict.js';
import { rule } from '../../src/policy/graphql-shield.js';
import { findFaultOfForm, findOrderField, type ListArguments } from './list-request.js';
import { Denial, type Refusal } from './refusal.js';
import type { RowSource } from './row-source.js';

export interface ReferenceContext {
  readonly rows: RowSource;
  readonly sealer: Sealer;
  readonly principal: string;
  /** By the decision tables. */
  readonly decide: (coordinate: string) => Verdict;
  readonly decideMatch: (coordinate: string) => Verdict;
  /** What an argument is faulty by; a rehearsal notes it and goes on, to find them all. */
  readonly refuse: (fault: Refusal) => void;
  /** An entry beside a field that is answered all the same. */
  readonly denyBeside: (path: ResponsePath, denial: Denial) => void;
  /** What became of a field; tells afterwards what a run has tried. */
  readonly note: (coordinate: string, fate: 'served' | 'masked' | 'denied') => void;
}

export type Check = (context: ReferenceContext, args: ListArguments, info: RuleInfo) => true | Denial;

/** As graphql-js tells it, from the field to the root. */
export interface ResponsePath {
  readonly prev: ResponsePath | undefined;
  readonly key: string | number;
  /** The type that has the field; none for an item of a list. */
  readonly typename: string | undefined;
}

export interface RuleInfo {
  readonly path: ResponsePath;
  readonly fieldNodes: readonly {
    readonly arguments?: readonly { readonly name: { readonly value: string }; readonly value: ValueNode }[];
  }[];
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** The library knows a rule by its name. */
export function ruleOf(name: string, checks: readonly Check[]): ReturnType<ReturnType<typeof rule>> {
  return rule(`reference ${name}`, { cache: 'no_cache' })(
    (_parent: unknown, args: ListArguments, context: ReferenceContext, info: RuleInfo) => {
      for (const check of checks) {
        const answer = check(context, args, info);
        if (answer === true) continue;
        answer.place = upToOutermostList(info.path);
        return answer;
      }
      return true;
    },
  );
}

/** A connection is a list: of `persons.nodes.0.id` that is `persons`; of `relationGraph.nodes.0.step` it is `relationGraph.nodes`. */
export function upToOutermostList(path: ResponsePath): readonly string[] {
  const steps: ResponsePath[] = [];
  for (let step: ResponsePath | undefined = path; step; step = step.prev) steps.unshift(step);
  const item = steps.findIndex(({ key }) => typeof key === 'number');
  const isOfConnection = item > 0 && steps[item - 1]!.typename!.endsWith('Connection');
  const end = item < 0 ? steps.length : isOfConnection ? item - 1 : item;
  return steps.slice(0, end).map(({ key }) => String(key));
}

export function mayRead(coordinate: string): Check {
  return ({ decide, note }) => {
    const verdict = decide(coordinate);
    if (verdict.kind === 'allow' || verdict.kind === 'mask') return true;
    note(coordinate, 'denied');
    return new Denial('FIELD_DENIED', coordinate, verdict.level, verdict.reason);
  };
}

/** In plain: to join by a value is to search by it, and to pass an edge tells all that the edge says. */
export function mayReadPlain(coordinate: string): Check {
  return ({ decide }) => {
    const verdict = decide(coordinate);
    return verdict.kind === 'allow' ? true : new Denial('FIELD_DENIED', coordinate, verdict.level, verdict.reason);
  };
}

/** That something of this type is there at all. */
export const mayExist = mayReadPlain;

export function mayMatch(coordinate: string): Check {
  return ({ decideMatch }) => {
    const verdict = decideMatch(coordinate);
    return verdict.kind === 'allow' ? true : new Denial('ARGUMENT_DENIED', coordinate, verdict.level, verdict.reason);
  };
}

/** What a principal may not read in plain may not be filtered or ordered by; the first that it may not is named. */
export function mayBeAskedFor(dataset: Dataset): Check {
  return ({ decide, refuse }, args, info) => {
    const fault = findFaultOfForm(args);
    if (fault) refuse(fault);
    for (const coordinate of coordinatesIn(dataset, info)) {
      const verdict = decide(coordinate);
      if (verdict.kind !== 'allow') return new Denial('ARGUMENT_DENIED', coordinate, verdict.level, verdict.reason);
    }
    return true;
  };
}

/** Coordinates that a list's filter and order use, in the order in which they are written: in the document, or in a variable. */
function coordinatesIn(dataset: Dataset, { fieldNodes, variableValues }: RuleInfo): Set<string> {
  const given = new Map(
    (fieldNodes[0]!.arguments ?? []).map(({ name, value }) => [name.value, plainValue(value, variableValues)]),
  );
  const used = new Set<string>();
  const walk = (filter: unknown): void => {
    for (const [name, value] of Object.entries((filter ?? {}) as Record<string, unknown>)) {
      if (value === null || value === undefined) continue;
      if (name === 'and' || name === 'or') asList(value).forEach(walk);
      else if (name === 'not') walk(value);
      else used.add(`${dataset.name}.${name}`);
    }
  };
  walk(given.get('filter'));
  for (const value of asList(given.get('orderBy') ?? []))
    used.add(`${dataset.name}.${findOrderField(dataset, String(value)).name}`);
  return used;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function plainValue(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, plainValue(field.value, variables)]));
    case Kind.LIST:
      return node.values.map((item) => plainValue(item, variables));
    case Kind.NULL:
      return null;
    default:
      return node.value;
  }
}
