/**
 * Plans an operation: one verdict for each field, relation and argument it touches, and from the readable rest a frozen plan.
 *
 * A relation is decided before its fields; a denied one is null and nothing below it is looked at, so neither a count nor a
 * `__typename` tells that a row exists. What a filter or an order uses must be readable in plain; a look-up needs `match`.
 * Verdicts are asked of the shields, once a coordinate. This folder must not know how a verdict comes about, nor any SQL.
 */
import type { FieldNode } from 'graphql';
import type {
  ColumnField,
  Dataset,
  IdentifierField,
  LinkField,
  Peers,
  RelationField,
  SubjectField,
} from '../model/declaration.js';
import { compareLevels, type Level } from '../model/classification.js';
import { identifierKinds } from '../model/identifier-kind.js';
import type { Portrait, PortraitField } from '../model/portrait.js';
import type { Registry } from '../model/registry.js';
import type { SubjectKind } from '../model/subject-kind.js';
import type { Verdict } from '../model/verdict.js';
import { readArguments, sourceOf } from './argument.js';
import { collectFields, type FieldGroup } from './collect-fields.js';
import { searchCost } from './cost.js';
import { planConnectionArguments } from './plan-arguments.js';
import { planGraph } from './plan-graph.js';
import { planOwners } from './plan-owners.js';
import { planProvenance } from './plan-provenance.js';
import { findLibraryRoot, type LibraryRoot } from './library-roots.js';
import { logResolverArguments, resolverCost } from './plan-resolver.js';
import type {
  ConnectionOutput,
  ConnectionPlan,
  EdgeOutput,
  JoinPlan,
  ObjectPlan,
  Output,
  PageInfoOutput,
  Parameter,
  PeersPlan,
  Plan,
  RootPlan,
} from './plan.js';
import {
  type Decider,
  type Draft,
  type PlanRequest,
  type Place,
  isVisible,
  isReadable,
  readVerdict,
  deny,
  openNode,
  openPage,
  rootPlace,
  descend,
  selectionSets,
  subjectColumnsOf,
  tableOf,
} from './plan-draft.js';

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
  if (root.portrait && !(await isVisible(draft, root.portrait.name, place))) return null;
  if (!(await isVisible(draft, root.dataset.name, place))) return null;
  return planConnection(draft, {
    field,
    group,
    dataset: root.dataset,
    portrait: root.portrait,
    place,
    coordinate: `Query.${root.field}`,
    fanOut: null,
  });
}

async function planPortrait(
  draft: Draft,
  portrait: Portrait,
  group: FieldGroup,
  place: Place,
  node: number,
): Promise<ObjectPlan> {
  const outputs: Output[] = [];
  for (const [key, fields] of collectFields(draft, portrait.name, selectionSets(group))) {
    const name = fields[0].name.value;
    if (name === '__typename') {
      outputs.push({ kind: 'typename', key, value: portrait.name });
      continue;
    }
    const field = portrait.fields.get(name);
    if (!field || !(await isReadable(draft, node, `${portrait.name}.${name}`, descend(place, key)))) {
      outputs.push({ kind: 'null', key });
    } else {
      outputs.push(await planPortraitField(draft, portrait, key, fields, field, descend(place, key)));
    }
  }
  return { type: portrait.name, node, of: 'portrait', subjectColumns: [], primarySubject: null, outputs };
}

async function planPortraitField(
  draft: Draft,
  portrait: Portrait,
  key: string,
  group: FieldGroup,
  field: PortraitField,
  place: Place,
): Promise<Output> {
  switch (field.kind) {
    case 'id':
      return { kind: 'id', key, type: portrait.name };
    case 'one':
    case 'many':
      return planRelation(draft, key, group, field, portrait, place);
    case 'graph':
      return planGraph(draft, key, group, portrait, field, place, planSubject);
    case 'owners':
      return planOwners(draft, key, group, field, place, planSubject);
    case 'provenance':
      return planProvenance(draft, key, group, portrait, place);
  }
}

/** The portrait that a row or a part of an answer leads to; null, with an error entry, where none of the kind may be known of. */
async function planSubject(
  draft: Draft,
  kind: SubjectKind,
  group: FieldGroup,
  place: Place,
): Promise<ObjectPlan | null> {
  const portrait = draft.registry.portraitOf(kind);
  if (!(await isVisible(draft, portrait.name, place))) return null;
  return planPortrait(draft, portrait, group, place, openNode(draft, place, portrait.name));
}

async function planRelation(
  draft: Draft,
  key: string,
  group: FieldGroup,
  relation: RelationField,
  portrait: Portrait,
  place: Place,
): Promise<Output> {
  const { target } = relation;
  if (relation.ownClassification && !(await isVisible(draft, target.name, place))) return { kind: 'null', key };
  const { idColumn } = target.fields.get(relation.by) as SubjectField;
  const { peers } = relation;
  if (peers && !(await mayKnowPeers(draft, relation, peers, place))) return { kind: 'null', key };
  return planRows(draft, key, group, {
    target,
    many: relation.kind === 'many',
    join: { column: idColumn, equals: 'subject', peers: peers && peersPlanOf(target, peers) },
    coordinate: `${portrait.name}.${relation.name}`,
    place,
    fanOut: relation.fanOut,
  });
}

/** That two rows share a value tells that value, and whose they are: all that makes peers must be readable in plain. */
async function mayKnowPeers(draft: Draft, relation: RelationField, peers: Peers, place: Place): Promise<boolean> {
  const { target } = relation;
  for (const name of [relation.by, peers.through.name, ...(peers.until ? [peers.until.name] : [])])
    if (!(await isVisible(draft, `${target.name}.${name}`, place))) return false;
  for (const field of [peers.through, peers.until])
    if (field?.kind === 'column' && field.classification.level === 'L4') draft.readsL4 = true;
  return true;
}

function peersPlanOf(target: Dataset, { through, until }: Peers): PeersPlan {
  const column = through.kind === 'subject' ? through.idColumn : through.column;
  return { table: tableOf(target), through: column, until: until?.column ?? null };
}

/** Rows of a dataset that belong to an object: at most one, or a page of them. The dataset has been decided before. */
async function planRows(
  draft: Draft,
  key: string,
  group: FieldGroup,
  to: { target: Dataset; many: boolean; join: JoinPlan; coordinate: string; place: Place; fanOut: number | null },
): Promise<Output> {
  const { target, join, place, coordinate } = to;
  if (!to.many)
    return { kind: 'one', key, table: tableOf(target), join, object: await planRow(draft, target, group, place) };
  const connection = await planConnection(draft, {
    field: group[0],
    group,
    dataset: target,
    portrait: null,
    place,
    coordinate,
    fanOut: to.fanOut,
  });
  return connection ? { kind: 'many', key, join, connection } : { kind: 'null', key };
}

/** Whether rows may be found by the value of a column: a join is a search, so a mask is not enough. */
async function isSearchable(draft: Draft, dataset: Dataset, column: string, place: Place): Promise<boolean> {
  const field = [...dataset.fields.values()].find(
    (it): it is ColumnField => it.kind === 'column' && it.column === column,
  )!;
  const coordinate = `${dataset.name}.${field.name}`;
  noteLevels(draft, field, await draft.decider.field(coordinate));
  return isVisible(draft, coordinate, place);
}

function planLink(
  draft: Draft,
  dataset: Dataset,
  key: string,
  group: FieldGroup,
  field: LinkField,
  place: Place,
): Promise<Output> {
  return planRows(draft, key, group, {
    target: field.target,
    many: field.kind === 'links',
    join: {
      column: field.targetColumn,
      equals: { column: field.ownColumn },
      within: field.within,
      latestBy: field.latestBy,
    },
    coordinate: `${dataset.name}.${field.name}`,
    place,
    fanOut: field.fanOut,
  });
}

async function planRow(draft: Draft, dataset: Dataset, group: FieldGroup, place: Place): Promise<ObjectPlan> {
  const node = openNode(draft, place, dataset.name, dataset.rowCost);
  const outputs: Output[] = [];
  for (const [key, fields] of collectFields(draft, dataset.name, selectionSets(group))) {
    outputs.push(await planField(draft, dataset, node, key, fields, place));
  }
  const subjects = tableOf(dataset).subjects;
  return {
    type: dataset.name,
    node,
    of: 'row',
    subjectColumns: subjects.map((subject) => subject.id),
    primarySubject: subjects.find((subject) => subject.primary)?.id ?? null,
    outputs,
  };
}

async function planField(
  draft: Draft,
  dataset: Dataset,
  node: number,
  key: string,
  group: FieldGroup,
  parent: Place,
): Promise<Output> {
  const name = group[0].name.value;
  if (name === '__typename') return { kind: 'typename', key, value: dataset.name };
  const field = dataset.fields.get(name);
  const place = descend(parent, key);
  const coordinate = `${dataset.name}.${name}`;
  const verdict = await readVerdict(draft, node, coordinate, place);
  if (!field || !verdict) return { kind: 'null', key };
  switch (field.kind) {
    case 'id':
      return { kind: 'id', key, type: dataset.name };
    case 'column':
      return planColumn(draft, key, field, verdict);
    case 'identifier':
      return planIdentifier(draft, key, field, verdict);
    case 'link':
    case 'links':
      if (!(await isSearchable(draft, dataset, field.ownColumn, place))) return { kind: 'null', key };
      for (const column of [field.targetColumn, ...(field.latestBy ? [field.latestBy] : [])])
        if (!(await isSearchable(draft, field.target, column, place))) return { kind: 'null', key };
      return planLink(draft, dataset, key, group, field, place);
    case 'subject': {
      const object = await planSubject(draft, field.subject, group, place);
      return object ? { kind: 'portrait', key, subject: subjectColumnsOf(field), object } : { kind: 'null', key };
    }
  }
}

function planColumn(draft: Draft, key: string, field: ColumnField, verdict: Verdict): Output {
  if (verdict.kind === 'mask') {
    // INVARIANT: a masked verdict names the masked column; without one the field is null.
    return field.maskedColumn
      ? { kind: 'column', key, column: field.maskedColumn, json: 'plain' }
      : { kind: 'null', key };
  }
  noteLevels(draft, field, verdict);
  return { kind: 'column', key, column: field.column, json: field.type.json };
}

/**
 * INVARIANT: what is L4 by its declaration or by a re-grading is read under the role for L4. The database's column rights follow the
 * declaration, so what was re-graded down from L4 can't be read otherwise; what was re-graded up must not be.
 */
function noteLevels(draft: Draft, field: ColumnField, verdict: Verdict): void {
  if (field.classification.level === 'L4' || verdict.level === 'L4') draft.readsL4 = true;
}

function planIdentifier(draft: Draft, key: string, field: IdentifierField, verdict: Verdict): Output {
  const { identifier } = field;
  if (verdict.kind === 'mask') return { kind: 'identifier', key, identifier, column: 'value_masked' };
  if (verdict.level === 'L4' || !identifierKinds[identifier].open) draft.readsL4 = true;
  if (identifierKinds[identifier].open) return { kind: 'identifier', key, identifier, column: 'open_value' };
  return { kind: 'identifier', key, identifier, column: 'value' };
}

/** Whether the log keeps a value of this level as a digest alone. */
function isSensitive(level: Level | null): boolean {
  return level !== null && compareLevels(level, 'L3') >= 0;
}

interface ConnectionRequest {
  readonly field: FieldNode;
  readonly group: FieldGroup;
  readonly dataset: Dataset;
  /** Where nodes are portraits rather than rows: a list of persons by their registration. */
  readonly portrait: Portrait | null;
  readonly place: Place;
  readonly coordinate: string;
  readonly fanOut: number | null;
}

async function planConnection(draft: Draft, request: ConnectionRequest): Promise<ConnectionPlan | null> {
  const { dataset, portrait, place } = request;
  const given = readArguments(request.field.arguments, draft.variables);
  const planned = planConnectionArguments(dataset, request.coordinate, given);
  const sensitive = new Set<string>();
  for (const [coordinate, field] of planned.used) {
    draft.usedInArguments.add(coordinate);
    const verdict = await draft.decider.field(coordinate);
    // INVARIANT: what may not be read in plain may not be filtered or ordered by; a mask is not enough.
    if (verdict.kind !== 'allow') {
      deny(draft, 'ARGUMENT_DENIED', place, coordinate, verdict);
      return null;
    }
    noteLevels(draft, field, verdict);
    if (isSensitive(field.classification.level) || isSensitive(verdict.level)) sensitive.add(coordinate);
  }
  for (const { label, source, coordinate } of planned.arguments)
    draft.arguments.push({ label, source, sensitive: coordinate !== null && sensitive.has(coordinate) });
  const nodeType = portrait?.name ?? dataset.name;
  const table = tableOf(dataset);
  const node = openNode(draft, place, `${nodeType}Connection`, 1 + searchCost * planned.searches);
  const rowsPlace = openPage(draft, place, planned.page.pageSize, request.fanOut);
  const planNode = async (nodeGroup: FieldGroup, key: string, parent: Place): Promise<ObjectPlan> => {
    const nodePlace = descend(parent, key);
    if (!portrait) return planRow(draft, dataset, nodeGroup, nodePlace);
    return planPortrait(draft, portrait, nodeGroup, nodePlace, openNode(draft, nodePlace, portrait.name));
  };
  const outputs: ConnectionOutput[] = [];
  for (const [key, group] of collectFields(draft, `${nodeType}Connection`, selectionSets(request.group))) {
    const name = group[0].name.value;
    if (name === '__typename') outputs.push({ kind: 'typename', key, value: `${nodeType}Connection` });
    else if (name === 'nodes') outputs.push({ kind: 'nodes', key, object: await planNode(group, key, rowsPlace) });
    else if (name === 'pageInfo') outputs.push({ kind: 'pageInfo', key, outputs: planPageInfo(draft, group) });
    else
      outputs.push({
        kind: 'edges',
        key,
        outputs: await planEdges(draft, nodeType, group, (inner, innerKey) =>
          planNode(inner, innerKey, descend(rowsPlace, key)),
        ),
      });
  }
  return { node, table, ...planned.page, outputs };
}

async function planEdges(
  draft: Draft,
  nodeType: string,
  group: FieldGroup,
  planNode: (group: FieldGroup, key: string) => Promise<ObjectPlan>,
): Promise<EdgeOutput[]> {
  const outputs: EdgeOutput[] = [];
  for (const [key, fields] of collectFields(draft, `${nodeType}Edge`, selectionSets(group))) {
    const name = fields[0].name.value;
    if (name === '__typename') outputs.push({ kind: 'typename', key, value: `${nodeType}Edge` });
    else if (name === 'cursor') outputs.push({ kind: 'cursor', key });
    else outputs.push({ kind: 'node', key, object: await planNode(fields, key) });
  }
  return outputs;
}

function planPageInfo(draft: Draft, group: FieldGroup): PageInfoOutput[] {
  return [...collectFields(draft, 'PageInfo', selectionSets(group))].map(([key, fields]) => {
    const name = fields[0].name.value;
    if (name === '__typename') return { kind: 'typename', key, value: 'PageInfo' };
    return { kind: name as 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor', key };
  });
}
