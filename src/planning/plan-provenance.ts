/** Provenance of a portrait: a line for each section that the caller may see. When a section was collected tells no more than that its rows are there. */
import { departments } from '../model/code-lists/departments.js';
import type { Level } from '../model/classification.js';
import type { SubjectField } from '../model/declaration.js';
import type { Portrait } from '../model/portrait.js';
import { sectionProvenance } from '../model/provenance.js';
import { collectFields, type FieldGroup } from './collect-fields.js';
import type { Output, ProvenancePlan } from './plan.js';
import { descend, type Draft, openNode, type Place, readVerdict, selectionSets, tableOf } from './plan-draft.js';

export async function planProvenance(
  draft: Draft,
  key: string,
  group: FieldGroup,
  portrait: Portrait,
  place: Place,
): Promise<Output> {
  const node = openNode(draft, place, sectionProvenance.name);
  const sections = await readableSections(draft, node, portrait);
  const within: Place = { ...place, inList: true };
  const outputs: ProvenancePlan['outputs'][number][] = [];
  for (const [innerKey, inner] of collectFields(draft, sectionProvenance.name, selectionSets(group))) {
    const name = inner[0].name.value;
    if (name === '__typename') outputs.push({ kind: 'typename', key: innerKey, value: sectionProvenance.name });
    else if (!(await readVerdict(draft, node, `${sectionProvenance.name}.${name}`, descend(within, innerKey))))
      outputs.push({ kind: 'null', key: innerKey });
    else outputs.push({ kind: name as 'section', key: innerKey });
  }
  // When a row was collected is of the level of its existence.
  const readsMoments = outputs.some(({ kind }) => kind === 'collectedAt');
  if (readsMoments && sections.some(({ level }) => level === 'L4')) draft.readsL4 = true;
  return { kind: 'provenance', key, provenance: { node, sections, outputs } };
}

type Section = ProvenancePlan['sections'][number] & { readonly level: Level };

/** INVARIANT: a section that may not be known of has no line, so that not even its age tells that there are rows. */
async function readableSections(draft: Draft, node: number, portrait: Portrait): Promise<Section[]> {
  const sections: Section[] = [];
  for (const field of portrait.fields.values()) {
    if ((field.kind !== 'one' && field.kind !== 'many') || field.peers) continue;
    const { target } = field;
    const verdicts = [
      await draft.decider.field(`${portrait.name}.${field.name}`),
      await draft.decider.field(target.name),
    ];
    if (verdicts.some(({ kind }) => kind !== 'allow')) continue;
    if (target.existence.level === 'L4') draft.readsL4 = true;
    const { reason, level } = verdicts[0]!;
    draft.nodes[node]!.fields.push({ name: field.name, verdict: 'allow', reason, level });
    sections.push({
      level: target.existence.level,
      name: field.name,
      provider: target.provider,
      providerName: departments.find(target.provider)?.zh ?? target.provider,
      resource: target.resource,
      table: tableOf(target),
      column: (target.fields.get(field.by) as SubjectField).idColumn,
    });
  }
  return sections;
}
