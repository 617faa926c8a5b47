/**
 * Plans `_entities`: representations of one type with one key are a group, decided, planned and compiled as the root field would be that
 * finds the type by that key. A group that is denied is null at its places and costs nothing; the others are answered.
 *
 * Which groups there are steers the plan, so it is in the shape of the variables; how many there are of each, and where, is not.
 */
import type { FieldNode } from 'graphql';
import { CitygraphError } from '../errors.js';
import { entitiesOf, type Entity, type Representation } from '../model/entities.js';
import { identifierKinds } from '../model/identifier-kind.js';
import { readArguments } from './argument.js';
import type { FieldGroup } from './collect-fields.js';
import {
  type Draft,
  type Place,
  deny,
  isSensitive,
  isVisible,
  openNode,
  openPage,
  rootPlace,
  tableOf,
} from './plan-draft.js';
import { isSearchable, planPortrait, planRow } from './plan-object.js';
import type { EntityGroupPlan, Parameter, ParameterSource, RootPlan } from './plan.js';

interface Group {
  readonly field: string;
  readonly type: string;
  readonly key: string;
  readonly path: readonly (string | number)[];
}

export async function planEntities(draft: Draft, key: string, fields: FieldGroup): Promise<RootPlan> {
  const [field] = fields;
  const { path, representations } = readRepresentations(draft, field);
  const groups: EntityGroupPlan[] = [];
  for (const group of groupsOf(representations)) {
    const entity = entitiesOf(draft.registry).get(group.type)!;
    const planned = await planGroup(draft, { field: field.name.value, ...group, path }, entity, fields, rootPlace(key));
    if (planned) groups.push(planned);
  }
  return { kind: 'entities', key, count: { from: 'entities', what: 'count', path, type: null, key: null }, groups };
}

/** One variable, or a list in the document, which was lifted to one. */
function readRepresentations(
  draft: Draft,
  { arguments: given }: FieldNode,
): { path: readonly (string | number)[]; representations: readonly Representation[] } {
  const argument = readArguments(given, draft.variables).get('representations');
  const source = argument?.kind === 'list' ? argument.source : null;
  if (source?.from !== 'variable')
    throw new CitygraphError(
      'BAD_USER_INPUT',
      'representations: expected one variable, or a list without variables, got another',
    );
  const representations = draft.variables[source.path[0]!] as readonly Representation[];
  return { path: source.path, representations };
}

export function groupsOf(representations: readonly Representation[]): { type: string; key: string }[] {
  const groups = new Map(representations.map(({ type, key }) => [`${type}.${key}`, { type, key }]));
  return [...groups.keys()].sort().map((name) => groups.get(name)!);
}

async function planGroup(
  draft: Draft,
  group: Group,
  entity: Entity,
  fields: FieldGroup,
  at: Place,
): Promise<EntityGroupPlan | null> {
  const by = await planKey(draft, group, entity, at);
  if (!by) return null;
  const place = openPage(draft, at, sourceOf(group, 'count'), null, true);
  const places = parameter(group, 'places', { as: 'value' }, 'int[]');
  const object =
    entity.kind === 'place'
      ? await planRow(draft, entity.portrait.dataset, fields, place)
      : await planPortrait(draft, entity.portrait, fields, place, openNode(draft, place, entity.name));
  return { by, places, object };
}

/** The same questions as the root field of the type asks. Null, with an error entry, where it may not be found by this key. */
async function planKey(draft: Draft, group: Group, entity: Entity, at: Place): Promise<EntityGroupPlan['by'] | null> {
  if (entity.kind === 'place') {
    const { dataset, code } = entity.portrait;
    if (!(await isVisible(draft, dataset.name, at))) return null;
    if (!(await isSearchable(draft, dataset, code.column, at))) return null;
    draft.usedInArguments.add(`${dataset.name}.${code.name}`);
    const values = log(draft, parameter(group, 'values', { as: 'value' }, 'text[]'), false);
    return { kind: 'keyed', table: tableOf(dataset), column: code.column, values };
  }
  const { portrait } = entity;
  if (group.key === 'id') {
    if (!(await isVisible(draft, portrait.name, at))) return null;
    const values = parameter(group, 'values', { as: 'sealed-ids', type: portrait.name }, 'bigint[]');
    return { kind: 'refetch', subjectKind: portrait.subject, values };
  }
  const { identifier, coordinate } = portrait.lookup;
  const verdict = await draft.decider.match(coordinate);
  draft.usedInArguments.add(coordinate);
  if (verdict.kind !== 'allow') {
    deny(draft, 'ARGUMENT_DENIED', at, coordinate, verdict);
    return null;
  }
  if (!(await isVisible(draft, portrait.name, at))) return null;
  const digests = parameter(group, 'values', { as: 'identifier-digests', identifier }, 'bytea[]');
  const values = log(draft, digests, !identifierKinds[identifier].open || isSensitive(verdict.level));
  return { kind: 'lookup', identifier, values };
}

function log(draft: Draft, given: Parameter, sensitive: boolean): Parameter {
  draft.arguments.push({ label: given.label, source: given.source, sensitive });
  return given;
}

function sourceOf({ path, type, key }: Group, what: 'values' | 'places' | 'count'): ParameterSource {
  return { from: 'entities', what, path, type, key };
}

function parameter(group: Group, what: 'values' | 'places', form: Parameter['form'], sql: string): Parameter {
  const label = `${group.field}(representations.${group.type}.${group.key}:)`;
  return { source: sourceOf(group, what), form, sql, label };
}
