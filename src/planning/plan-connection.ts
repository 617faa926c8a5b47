/**
 * Plans a page of rows or portraits: what its filter and order use is decided first, and where any of it may not be read in plain the whole
 * list is null. What its nodes are it is told.
 */
import type { FieldNode } from 'graphql';
import type { Dataset } from '../model/declaration.js';
import { readArguments } from './argument.js';
import { collectFields, type FieldGroup } from './collect-fields.js';
import { searchCost } from './cost.js';
import { planConnectionArguments } from './plan-arguments.js';
import {
  type Draft,
  type Place,
  deny,
  descend,
  isSensitive,
  noteLevels,
  openNode,
  openPage,
  selectionSets,
  tableOf,
} from './plan-draft.js';
import type { ConnectionOutput, ConnectionPlan, EdgeOutput, ObjectPlan, PageInfoOutput } from './plan.js';

export interface ConnectionRequest {
  readonly field: FieldNode;
  readonly group: FieldGroup;
  readonly dataset: Dataset;
  /** Portraits rather than rows in a list of persons by their registration. */
  readonly nodeType: string;
  readonly planNode: (group: FieldGroup, place: Place) => Promise<ObjectPlan>;
  readonly place: Place;
  readonly coordinate: string;
  readonly fanOut: number | null;
}

export async function planConnection(draft: Draft, request: ConnectionRequest): Promise<ConnectionPlan | null> {
  const { dataset, nodeType, planNode, place } = request;
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
  const table = tableOf(dataset);
  const node = openNode(draft, place, `${nodeType}Connection`, 1 + searchCost * planned.searches);
  const rowsPlace = openPage(draft, place, planned.page.pageSize, request.fanOut);
  const outputs: ConnectionOutput[] = [];
  for (const [key, group] of collectFields(draft, `${nodeType}Connection`, selectionSets(request.group))) {
    const name = group[0].name.value;
    if (name === '__typename') outputs.push({ kind: 'typename', key, value: `${nodeType}Connection` });
    else if (name === 'nodes')
      outputs.push({ kind: 'nodes', key, object: await planNode(group, descend(rowsPlace, key)) });
    else if (name === 'pageInfo') outputs.push({ kind: 'pageInfo', key, outputs: planPageInfo(draft, group) });
    else
      outputs.push({
        kind: 'edges',
        key,
        outputs: await planEdges(draft, nodeType, group, (inner, innerKey) =>
          planNode(inner, descend(descend(rowsPlace, key), innerKey)),
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
