/**
 * The service as a subgraph of Apollo Federation 2: its schema with the keys of its entities, as much of both as a principal is shown.
 *
 * The text is that of the principal's view, so what it may not know of is not in it; a key by official identifier is there for who may match
 * it. `_entities` itself is planned with the libraries.
 */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type GraphQLSchema,
  GraphQLString,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  printSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { entitiesOf, type Entity, entityUnionName, representationScalarName } from '../model/entities.js';
import type { Registry } from '../model/registry.js';
import type { AccessProfile } from '../policy/access-profile.js';
import type { SchemaViews } from './schema-views.js';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])\n\n';
/** Types of several subgraphs with the same meaning everywhere. */
const shared = new Set(['PageInfo']);
/** Of the protocol between gateway and subgraph: no part of the graph. */
const protocolTypes = new Set([representationScalarName, entityUnionName, '_Service']);
const protocolFields = new Set(['_entities', '_service']);

export interface SubgraphText {
  of(profile: AccessProfile): string;
}

export function createSubgraphText(registry: Registry, views: SchemaViews): SubgraphText {
  const known = new LRUCache<string, string>({ max: 32 });
  return {
    of(profile) {
      const { kind } = profile.principal;
      const keys = keysFor(registry, profile);
      const name = JSON.stringify([kind, [...keys]]);
      let text = known.get(name);
      if (text === undefined) known.set(name, (text = printSubgraph(views.of(kind), keys)));
      return text;
    },
  };
}

/** Keys by type: those that the profile may refer to it by. */
function keysFor(registry: Registry, profile: AccessProfile): ReadonlyMap<string, readonly string[]> {
  const mayUse = (entity: Entity, key: Entity['keys'][number]): boolean =>
    key.kind !== 'identifier' ||
    entity.kind !== 'subject' ||
    profile.matchOf(entity.portrait.lookup.coordinate).kind === 'allow';
  return new Map(
    [...entitiesOf(registry).values()].map((entity) => [
      entity.name,
      entity.keys.filter((key) => mayUse(entity, key)).map(({ field }) => field),
    ]),
  );
}

export function printSubgraph(view: GraphQLSchema, keys: ReadonlyMap<string, readonly string[]>): string {
  const document = parse(printSchema(view), { noLocation: true });
  const definitions = document.definitions.flatMap((it): DefinitionNode[] => {
    if ('name' in it && it.name && protocolTypes.has(it.name.value)) return [];
    return [it.kind === Kind.OBJECT_TYPE_DEFINITION ? declareType(it, keys.get(it.name.value) ?? []) : it];
  });
  return `${link}${print({ ...document, definitions })}\n`;
}

function declareType(type: ObjectTypeDefinitionNode, keys: readonly string[]): ObjectTypeDefinitionNode {
  const fields =
    type.fields?.filter(({ name }) => type.name.value !== 'Query' || !protocolFields.has(name.value)) ?? [];
  const shown = keys.filter((key) => fields.some(({ name }) => name.value === key));
  const directives = [
    ...(type.directives ?? []),
    ...shown.map((key) => directive('key', { fields: key })),
    ...(shared.has(type.name.value) ? [directive('shareable', {})] : []),
  ];
  return { ...type, fields, directives };
}

function directive(name: string, given: Readonly<Record<string, string>>): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(given).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: { kind: Kind.STRING, value },
    })),
  };
}

@ObjectType('_Service', { description: '作为联邦子图的本服务。This service as a subgraph of a federation.' })
class SubgraphService {
  @Field(() => GraphQLString, {
    description: '调用方可见部分的模式（SDL）。The schema as far as the caller is shown it, in SDL.',
  })
  sdl!: string;
}

interface SubgraphContext {
  readonly profile: AccessProfile;
  readonly services: { readonly subgraph: SubgraphText };
}

@Resolver()
export class SubgraphResolver {
  @Query(() => SubgraphService, {
    name: '_service',
    description: '供联邦网关读取的模式。The schema, for the gateway of a federation.',
  })
  service(@Ctx() { profile, services }: SubgraphContext): SubgraphService {
    return { sdl: services.subgraph.of(profile) };
  }
}
