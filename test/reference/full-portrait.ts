/** A portrait asked for in full: every relation of it that the caller may see, every field of theirs that holds a value. */
import { getNamedType, type GraphQLField, type GraphQLObjectType, isLeafType, isObjectType } from 'graphql';
import type { Operation } from './reference-executor.js';
import type { ReferenceWorld } from './reference-world.js';
import type { Caller } from './sample-city.js';

/** What to look for: the root field, its argument, the kind of identifier, and a table whose subjects have much to show. */
export interface FullPortrait {
  readonly root: string;
  readonly argument: string;
  readonly kind: string;
  readonly table: string;
  readonly key: string;
}

export const fullPortraits: readonly FullPortrait[] = [
  {
    ...{ root: 'personPortrait', argument: 'idNumber', kind: 'resident-id-number' },
    ...{ table: 'population.resident', key: 'person_id' },
  },
  {
    ...{ root: 'enterprisePortrait', argument: 'creditCode', kind: 'unified-social-credit-code' },
    ...{ table: 'legal_person.shareholder', key: 'legal_person_id' },
  },
];

export async function fullPortrait(
  world: ReferenceWorld,
  caller: Caller,
  { root, argument, kind, table, key }: FullPortrait,
): Promise<Operation> {
  const { rows } = await world.owner.query<{ value: string }>(
    `select i.value from citygraph.subject_identifier i join ${table} t on t.${key} = i.subject_id
      where i.kind = $1 and i.is_current and i.subject_protected_until = '-infinity' order by t.id limit 1`,
    [kind],
  );
  const ask = (denied: ReadonlySet<string>): Operation => ({
    query: `{ ${root}(${argument}: "${rows[0]!.value}") ${inFull(getNamedType(world.schema.getQueryType()!.getFields()[root]!.type), denied)} }`,
    variables: {},
    operationName: null,
  });
  const { came } = await world.compare(ask(new Set()), caller);
  return ask(new Set((came.errors ?? []).map(({ extensions }) => String(extensions['coordinate']))));
}

/** All that holds a value, here and in what is one level below. */
function inFull(type: unknown, denied: ReadonlySet<string>, depth = 0): string {
  if (!isObjectType(type)) return '';
  const parts = Object.values(type.getFields())
    .filter(({ name }) => !denied.has(`${type.name}.${name}`))
    .flatMap((field) => fieldInFull(field, denied, depth));
  return parts.length > 0 ? `{ ${parts.join(' ')} }` : '{ __typename }';
}

function fieldInFull(field: GraphQLField<unknown, unknown>, denied: ReadonlySet<string>, depth: number): string[] {
  const inner = getNamedType(field.type);
  if (isLeafType(inner)) return [field.name];
  const isPart = ['RelationGraphNode', 'RelationGraphEdge'].includes(inner.name);
  if (!isObjectType(inner) || (depth > 0 && !isPart)) return [];
  if (!inner.name.endsWith('Connection')) return [`${field.name} ${inFull(inner, denied, 1)}`];
  return [`${field.name}(first: 100) { nodes ${inFull(nodeOf(inner), denied, 1)} }`];
}

function nodeOf(connection: GraphQLObjectType): unknown {
  return getNamedType(connection.getFields()['nodes']!.type);
}
