/**
 * Plans an operation: one verdict for each field, relation and argument it touches, and from the readable rest a frozen plan.
 *
 * A relation is decided before its fields; a denied one is null and nothing below it is looked at, so neither a count nor a
 * `__typename` tells that a row exists. What a filter or an order uses must be readable in plain; a look-up needs `match`.
 * Verdicts are asked of the shields, once a coordinate. This folder must not know how a verdict comes about, nor any SQL.
 */
import type { FieldNode } from 'graphql';
import { identifierKinds } from '../model/identifier-kind.js';
import type { Registry } from '../model/registry.js';
import { readArguments, sourceOf } from './argument.js';
import { collectFields, type FieldGroup } from './collect-fields.js';
import { findLibraryRoot, type LibraryRoot } from './library-roots.js';
import { planConnection } from './plan-connection.js';
import { planEntities } from './plan-entities.js';
import {
  type Decider,
  type Draft,
  type Place,
  type PlanRequest,
  deny,
  isSensitive,
  isVisible,
  openNode,
  rootPlace,
  tableOf,
} from './plan-draft.js';
import { isSearchable, planPortrait, planRow } from './plan-object.js';
import { logResolverArguments, resolverCost } from './plan-resolver.js';
import type { ConnectionPlan, Parameter, Plan, RootPlan } from './plan.js';

export async function planOperation(registry: Registry, decider: Decider, request: PlanRequest): Promise<Plan> {
  const draft: Draft = {
    ...request,
    registry,
    decider,
    nodes: [],
    denials: [],
    usedInArguments: new Set(),
    arguments: [],
    cost: { pages: [], parts: [] },
    readsL4: false,
  };
  const roots: RootPlan[] = [];
  for (const [key, group] of collectFields(request, 'Query', [request.selectionSet]))
    roots.push(await planRoot(draft, key, group));
  return Object.freeze({
    roots,
    scope: request.scope,
    nodes: draft.nodes,
    denials: draft.denials,
    usedInArguments: [...draft.usedInArguments],
    arguments: draft.arguments,
    cost: draft.cost,
    readsL4: draft.readsL4,
  });
}

async function planRoot(draft: Draft, key: string, group: FieldGroup): Promise<RootPlan> {
  const field = group[0];
  if (field.name.value === '__typename') return { kind: 'typename', key, value: 'Query' };
  const root = findLibraryRoot(draft.registry, field.name.value);
  if (!root) {
    draft.arguments.push(...logResolverArguments(group[0], draft.variables));
    draft.cost.parts.push(resolverCost(key, field, 'Query'));
    return { kind: 'resolver', key, field: field.name.value };
  }
  const place = rootPlace(key);
  switch (root.kind) {
    case 'lookup':
      return planLookup(draft, key, group, root, place);
    case 'refetch':
      return planRefetch(draft, key, group, root, place);
    case 'keyed':
      return planKeyed(draft, key, group, root, place);
    case 'entities':
      return planEntities(draft, key, group);
    case 'list': {
      const connection = await planList(draft, field, group, root, place);
      return connection ? { kind: 'list', key, connection } : { kind: 'null', key };
    }
  }
}

/** By official identifier: the right to match decides, and without it nothing runs. A hit tells that the subject is there: that is decided, too. */
async function planLookup(
  draft: Draft,
  key: string,
  group: FieldGroup,
  root: Extract<LibraryRoot, { kind: 'lookup' }>,
  place: Place,
): Promise<RootPlan> {
  const { portrait } = root;
  const { argument, identifier, coordinate } = portrait.lookup;
  const verdict = await draft.decider.match(coordinate);
  draft.usedInArguments.add(coordinate);
  if (verdict.kind !== 'allow') {
    deny(draft, 'ARGUMENT_DENIED', place, coordinate, verdict);
    return { kind: 'null', key };
  }
  if (!(await isVisible(draft, portrait.name, place))) return { kind: 'null', key };
  const given = readArguments(group[0].arguments, draft.variables).get(argument);
  const digest: Parameter = {
    source: sourceOf(given ?? { kind: 'null' }),
    form: { as: 'identifier-digest', identifier },
    sql: 'bytea',
    label: `${root.field}(${argument}:)`,
  };
  const sensitive = !identifierKinds[identifier].open || isSensitive(verdict.level);
  draft.arguments.push({ label: digest.label, source: digest.source, sensitive });
  const node = openNode(draft, place, portrait.name);
  const object = await planPortrait(draft, portrait, group, place, node);
  return { kind: 'lookup', key, identifier, digest, object };
}

/** By the sealed id that this service gave to this caller. */
async function planRefetch(
  draft: Draft,
  key: string,
  group: FieldGroup,
  root: Extract<LibraryRoot, { kind: 'refetch' }>,
  place: Place,
): Promise<RootPlan> {
  const { portrait } = root;
  if (!(await isVisible(draft, portrait.name, place))) return { kind: 'null', key };
  const given = readArguments(group[0].arguments, draft.variables).get('id');
  const id: Parameter = {
    source: sourceOf(given ?? { kind: 'null' }),
    form: { as: 'sealed-id', type: portrait.name },
    sql: 'bigint',
    label: `${root.field}(id:)`,
  };
  const node = openNode(draft, place, portrait.name);
  const object = await planPortrait(draft, portrait, group, place, node);
  return { kind: 'refetch', key, subjectKind: portrait.subject, id, object };
}

/** By a place's code, which anyone may hold who may read it. */
async function planKeyed(
  draft: Draft,
  key: string,
  group: FieldGroup,
  root: Extract<LibraryRoot, { kind: 'keyed' }>,
  place: Place,
): Promise<RootPlan> {
  const { dataset, code, lookup } = root.portrait;
  if (!(await isVisible(draft, dataset.name, place))) return { kind: 'null', key };
  if (!(await isSearchable(draft, dataset, code.column, place))) return { kind: 'null', key };
  const given = readArguments(group[0].arguments, draft.variables).get(lookup.argument);
  const value: Parameter = {
    source: sourceOf(given ?? { kind: 'null' }),
    form: { as: 'value' },
    sql: 'text',
    label: `${root.field}(${lookup.argument}:)`,
  };
  draft.arguments.push({ label: value.label, source: value.source, sensitive: false });
  const object = await planRow(draft, dataset, group, place);
  return { kind: 'keyed', key, table: tableOf(dataset), column: code.column, value, object };
}

async function planList(
  draft: Draft,
  field: FieldNode,
  group: FieldGroup,
  root: Extract<LibraryRoot, { kind: 'list' }>,
  place: Place,
): Promise<ConnectionPlan | null> {
  const { dataset, portrait } = root;
  if (portrait && !(await isVisible(draft, portrait.name, place))) return null;
  if (!(await isVisible(draft, dataset.name, place))) return null;
  return planConnection(draft, {
    field,
    group,
    dataset,
    nodeType: portrait?.name ?? dataset.name,
    planNode: (nodes, at) =>
      portrait
        ? planPortrait(draft, portrait, nodes, at, openNode(draft, at, portrait.name))
        : planRow(draft, dataset, nodes, at),
    place,
    coordinate: `Query.${root.field}`,
    fanOut: null,
  });
}
