/** Beneficial owners: computed from every share along the way, and so there for who may read all of these in plain. */
import type { OwnersField } from '../model/relation-graph.js';
import { readArguments, sourceOf } from './argument.js';
import { collectFields, type FieldGroup } from './collect-fields.js';
import type { OwnerOutput, Output, Parameter } from './plan.js';
import { descend, type Draft, isVisible, openNode, type Place, readVerdict, selectionSets } from './plan-draft.js';
import { edgesPlanOf, type PlanSubject } from './plan-graph.js';

/** Per cent: from a quarter on, someone is an owner to the registers of beneficial owners. */
const defaultThreshold = '25';

export async function planOwners(
  draft: Draft,
  key: string,
  group: FieldGroup,
  field: OwnersField,
  place: Place,
  planSubject: PlanSubject,
): Promise<Output> {
  // What is derived has been decided with its sources; that its subjects may be known of has not.
  for (const kind of new Set(field.links.map(({ from }) => from.subject)))
    if (!(await isVisible(draft, draft.registry.portraitOf(kind).name, place))) return { kind: 'null', key };
  if (field.links.some(({ share }) => share.classification.level === 'L4')) draft.readsL4 = true;
  const given = readArguments(group[0].arguments, draft.variables).get('threshold');
  const threshold: Parameter = {
    source: !given || given.kind === 'null' ? { from: 'constant', value: defaultThreshold } : sourceOf(given),
    form: { as: 'between', minimum: 0.1, maximum: 100 },
    sql: 'numeric',
    label: `${field.name}(threshold:)`,
  };
  draft.arguments.push({ label: threshold.label, source: threshold.source, sensitive: false });
  const within: Place = { ...place, inList: true };
  const node = openNode(draft, place, field.owner.name);
  const outputs: OwnerOutput[] = [];
  for (const [innerKey, inner] of collectFields(draft, field.owner.name, selectionSets(group)))
    outputs.push(await planOwner(draft, node, innerKey, inner, field, descend(within, innerKey), planSubject));
  const edges = field.links.map(({ share, ...link }) => ({
    ...edgesPlanOf({ ...link, kind: '', until: null }),
    share: share.column,
  }));
  return { kind: 'owners', key, owners: { node, threshold, edges, outputs } };
}

async function planOwner(
  draft: Draft,
  node: number,
  key: string,
  group: FieldGroup,
  { owner }: OwnersField,
  place: Place,
  planSubject: PlanSubject,
): Promise<OwnerOutput> {
  const name = group[0].name.value;
  if (name === '__typename') return { kind: 'typename', key, value: owner.name };
  if (!(await readVerdict(draft, node, `${owner.name}.${name}`, place))) return { kind: 'null', key };
  if (name !== 'person') return { kind: name as 'sharePercent' | 'directPercent' | 'chainCount' | 'steps', key };
  const object = await planSubject(draft, 'person', group, place);
  return object ? { kind: 'subject', key, subjectKind: 'person', object } : { kind: 'null', key };
}
