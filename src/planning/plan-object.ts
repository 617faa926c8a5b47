/**
 * Plans what an object shows: a portrait or a row, field by field. A relation is decided before its fields; a denied one is null and nothing
 * below it is looked at.
 */
import type {
  ColumnField,
  Dataset,
  IdentifierField,
  LinkField,
  Peers,
  RelationField,
  SubjectField,
} from '../model/declaration.js';
import { identifierKinds } from '../model/identifier-kind.js';
import type { Portrait, PortraitField } from '../model/portrait.js';
import type { SubjectKind } from '../model/subject-kind.js';
import type { Verdict } from '../model/verdict.js';
import { collectFields, type FieldGroup } from './collect-fields.js';
import { planConnection } from './plan-connection.js';
import {
  type Draft,
  type Place,
  descend,
  isReadable,
  isVisible,
  noteLevels,
  openNode,
  readVerdict,
  selectionSets,
  subjectColumnsOf,
  tableOf,
} from './plan-draft.js';
import { planGraph } from './plan-graph.js';
import { planOwners } from './plan-owners.js';
import { planProvenance } from './plan-provenance.js';
import type { JoinPlan, ObjectPlan, Output, PeersPlan } from './plan.js';

export async function planPortrait(
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
    case 'identifier': {
      // It tells that the row is there which has it, so that is decided as on the way through the row.
      if (!(await isVisible(draft, field.of.name, place))) return { kind: 'null', key };
      return planIdentifier(draft, key, field, await draft.decider.field(`${portrait.name}.${field.name}`));
    }
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
    nodeType: target.name,
    planNode: (nodes, at) => planRow(draft, target, nodes, at),
    place,
    coordinate,
    fanOut: to.fanOut,
  });
  return connection ? { kind: 'many', key, join, connection } : { kind: 'null', key };
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

export async function planRow(draft: Draft, dataset: Dataset, group: FieldGroup, place: Place): Promise<ObjectPlan> {
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

function planIdentifier(
  draft: Draft,
  key: string,
  { identifier }: Pick<IdentifierField, 'identifier'>,
  verdict: Verdict,
): Output {
  if (verdict.kind === 'mask') return { kind: 'identifier', key, identifier, column: 'value_masked' };
  if (verdict.level === 'L4' || !identifierKinds[identifier].open) draft.readsL4 = true;
  if (identifierKinds[identifier].open) return { kind: 'identifier', key, identifier, column: 'open_value' };
  return { kind: 'identifier', key, identifier, column: 'value' };
}

/** Whether rows may be found by the value of a column: a join is a search, so a mask is not enough. */
export async function isSearchable(draft: Draft, dataset: Dataset, column: string, place: Place): Promise<boolean> {
  const field = [...dataset.fields.values()].find(
    (it): it is ColumnField => it.kind === 'column' && it.column === column,
  )!;
  const coordinate = `${dataset.name}.${field.name}`;
  noteLevels(draft, field, await draft.decider.field(coordinate));
  return isVisible(draft, coordinate, place);
}
