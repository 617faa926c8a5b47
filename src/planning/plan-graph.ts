/**
 * The relation graph: each kind of edge is decided by all that it says - the dataset, both of its ends, the date by which it ended -
 * and one that is denied is not followed. What is left of the graph is answered; what was left out is an error entry beside it.
 */
import { CitygraphError } from '../errors.js';
import type { Portrait } from '../model/portrait.js';
import type { GraphField, GraphLink } from '../model/relation-graph.js';
import type { SubjectKind } from '../model/subject-kind.js';
import { type Argument, readArguments, sourceOf } from './argument.js';
import { collectFields, type FieldGroup } from './collect-fields.js';
import type { EdgesPlan, GraphEdgeOutput, GraphNodeOutput, GraphOutput, ObjectPlan, Output } from './plan.js';
import {
  descend,
  type Draft,
  isVisible,
  openNode,
  type Place,
  readVerdict,
  selectionSets,
  subjectColumnsOf,
  tableOf,
} from './plan-draft.js';

export type PlanSubject = (
  draft: Draft,
  kind: SubjectKind,
  group: FieldGroup,
  place: Place,
) => Promise<ObjectPlan | null>;

const defaultSteps = 2;

export async function planGraph(
  draft: Draft,
  key: string,
  group: FieldGroup,
  portrait: Portrait,
  field: GraphField,
  place: Place,
  planSubject: PlanSubject,
): Promise<Output> {
  const given = readArguments(group[0].arguments, draft.variables);
  const asked = given.get('steps');
  const steps =
    !asked || asked.kind === 'null' ? ({ from: 'constant', value: defaultSteps } as const) : sourceOf(asked);
  draft.arguments.push({ label: `${field.name}(steps:)`, source: steps, sensitive: false });
  const node = openNode(draft, place, field.graph.name);
  const links = await followedLinks(draft, node, linksAskedFor(field, given.get('kinds')), place);
  if (links.length === 0) return { kind: 'null', key };
  const outputs: GraphOutput[] = [];
  for (const [innerKey, inner] of collectFields(draft, field.graph.name, selectionSets(group))) {
    const name = inner[0].name.value;
    const within: Place = { ...descend(place, innerKey), inList: true };
    if (name === '__typename') outputs.push({ kind: 'typename', key: innerKey, value: field.graph.name });
    else if (!(await readVerdict(draft, node, `${field.graph.name}.${name}`, within)))
      outputs.push({ kind: 'null', key: innerKey });
    else if (name === 'nodes')
      outputs.push({
        kind: 'nodes',
        key: innerKey,
        outputs: await planNodes(draft, inner, field, within, planSubject),
      });
    else if (name === 'edges')
      outputs.push({ kind: 'edges', key: innerKey, outputs: await planEdges(draft, inner, field, links, within) });
    else outputs.push({ kind: 'truncated', key: innerKey });
  }
  return {
    kind: 'graph',
    key,
    graph: { node, subjectKind: portrait.subject, steps, edges: links.map(edgesPlanOf), outputs },
  };
}

function linksAskedFor(field: GraphField, argument: Argument | undefined): readonly GraphLink[] {
  if (!argument || argument.kind === 'null') return field.links;
  const items = argument.kind === 'list' ? argument.items : [argument];
  const kinds = new Set(items.map((item) => (item.kind === 'value' ? item.value : null)));
  if (kinds.has(null) || kinds.size === 0)
    throw new CitygraphError('BAD_USER_INPUT', `${field.name}(kinds:): expected one or more kinds, got none or null`);
  return field.links.filter(({ kind }) => kinds.has(kind));
}

/** INVARIANT: an edge of which anything is hidden is not passed: all of its coordinates, and both of its ends, must be readable in plain. */
async function followedLinks(
  draft: Draft,
  node: number,
  links: readonly GraphLink[],
  place: Place,
): Promise<GraphLink[]> {
  const followed: GraphLink[] = [];
  const known = new Map<string, boolean>();
  for (const link of links) {
    let mayFollow = true;
    for (const coordinate of coordinatesOf(draft, link)) {
      // Kinds share coordinates: each that is denied is one entry.
      if (!known.has(coordinate)) known.set(coordinate, await isVisible(draft, coordinate, place));
      if (known.get(coordinate)) continue;
      mayFollow = false;
      break;
    }
    if (!mayFollow) continue;
    if (link.until?.classification.level === 'L4') draft.readsL4 = true;
    followed.push(link);
    draft.nodes[node]!.fields.push({ name: link.kind, verdict: 'allow', reason: 'followed', level: null });
  }
  return followed;
}

function coordinatesOf(draft: Draft, { from, to, coordinates }: GraphLink): string[] {
  return [...[from, to].map(({ subject }) => draft.registry.portraitOf(subject).name), ...coordinates];
}

export function edgesPlanOf({
  kind,
  dataset,
  from,
  to,
  until,
}: Pick<GraphLink, 'kind' | 'dataset' | 'from' | 'to' | 'until'>): EdgesPlan {
  return {
    kind,
    table: tableOf(dataset),
    from: { ...subjectColumnsOf(from), subjectKind: from.subject },
    to: { ...subjectColumnsOf(to), subjectKind: to.subject },
    until: until?.column ?? null,
  };
}

async function planNodes(
  draft: Draft,
  group: FieldGroup,
  { node: structure }: GraphField,
  place: Place,
  planSubject: PlanSubject,
): Promise<GraphNodeOutput[]> {
  const node = openNode(draft, place, structure.name);
  const outputs: GraphNodeOutput[] = [];
  for (const [key, inner] of collectFields(draft, structure.name, selectionSets(group))) {
    const name = inner[0].name.value;
    const within = descend(place, key);
    if (name === '__typename') outputs.push({ kind: 'typename', key, value: structure.name });
    else if (!(await readVerdict(draft, node, `${structure.name}.${name}`, within)))
      outputs.push({ kind: 'null', key });
    else if (name === 'number' || name === 'step') outputs.push({ kind: name, key });
    else {
      const subjectKind = structure.fields.find((field) => field.name === name)!.subject!;
      const object = await planSubject(draft, subjectKind, inner, within);
      outputs.push(object ? { kind: 'subject', key, subjectKind, object } : { kind: 'null', key });
    }
  }
  return outputs;
}

async function planEdges(
  draft: Draft,
  group: FieldGroup,
  { edge: structure, links: all }: GraphField,
  links: readonly GraphLink[],
  place: Place,
): Promise<GraphEdgeOutput[]> {
  const node = openNode(draft, place, structure.name);
  const outputs: GraphEdgeOutput[] = [];
  for (const [key, inner] of collectFields(draft, structure.name, selectionSets(group))) {
    const name = inner[0].name.value;
    if (name === '__typename') {
      outputs.push({ kind: 'typename', key, value: structure.name });
      continue;
    }
    const verdict = await readVerdict(draft, node, `${structure.name}.${name}`, descend(place, key));
    if (!verdict) outputs.push({ kind: 'null', key });
    else if (name === 'kind' || name === 'from' || name === 'to') outputs.push({ kind: name, key });
    else outputs.push(planShown(draft, key, name, verdict.kind === 'mask', all, links));
  }
  return outputs;
}

/** A column of the rows that are edges. */
function planShown(
  draft: Draft,
  key: string,
  name: string,
  isMasked: boolean,
  all: readonly GraphLink[],
  links: readonly GraphLink[],
): GraphEdgeOutput {
  const field = all.flatMap(({ shows }) => shows).find((shown) => shown.name === name)!;
  const column = isMasked ? field.maskedColumn : field.column;
  const kinds = links.filter(({ shows }) => shows.some((shown) => shown.name === name)).map(({ kind }) => kind);
  if (column === null || kinds.length === 0) return { kind: 'null', key };
  if (!isMasked && field.classification.level === 'L4') draft.readsL4 = true;
  return isMasked
    ? { kind: 'column', key, column, sql: 'text', json: 'plain', kinds }
    : { kind: 'column', key, column, sql: field.type.sql, json: field.type.json, kinds };
}
