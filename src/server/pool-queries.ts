/**
 * The root fields that the libraries answer, made from the registry for type-graphql.
 *
 * Their resolvers never run in the service: the pipeline plans and compiles them. Should one be reached, it refuses.
 */
import { GraphQLString } from 'graphql';
import { Arg, createUnionType, ID, Query, Resolver } from 'type-graphql';
import { CitygraphError } from '../errors.js';
import { addConnectionArguments, connectionTypeOf } from '../model/connection-type.js';
import { describe } from '../model/description.js';
import { createRepresentationScalar, type Entity, entityUnionName } from '../model/entities.js';
import { identifierKinds } from '../model/identifier-kind.js';
import type { Registry } from '../model/registry.js';
import { type LibraryRoot, libraryRootsOf } from '../planning/library-roots.js';

/** A resolver class with one method for each library root. */
export function createPoolQueries(registry: Registry): new () => object {
  class PoolQueries {}
  const prototype = PoolQueries.prototype as Record<string, unknown>;
  for (const root of libraryRootsOf(registry).values()) {
    prototype[root.field] = () => {
      throw new CitygraphError('INTERNAL', 'a library field was asked outside the pipeline');
    };
    const descriptor = Object.getOwnPropertyDescriptor(prototype, root.field)!;
    const { type, description } = describeRoot(root);
    // Of the list of entities the items are null, as the specification has it.
    const nullable = root.kind === 'entities' ? 'items' : true;
    Query(type as never, { nullable, name: root.field, description })(prototype, root.field, descriptor);
    addArguments(prototype, root, registry);
  }
  Resolver()(PoolQueries);
  return PoolQueries;
}

function describeRoot(root: LibraryRoot): { type: () => unknown; description: string } {
  switch (root.kind) {
    case 'lookup':
      return {
        type: () => root.portrait.portraitClass,
        description: `按${root.portrait.zh}标识查询，须有匹配权。${root.portrait.name} by official identifier; needs the right to match it.`,
      };
    case 'refetch':
      return {
        type: () => root.portrait.portraitClass,
        description: `按本服务给出的标识再次查询${root.portrait.zh}。${root.portrait.name} by the id that this service gave to this caller.`,
      };
    case 'keyed': {
      const { zh, name, entity } = root.portrait.dataset;
      return { type: () => entity, description: `按代码查询${zh}画像。The portrait of a ${name} by its code.` };
    }
    case 'entities': {
      const union = createUnionType({
        name: entityUnionName,
        description: '联邦中的实体。An entity of a federation.',
        types: () => root.entities.map(classOf) as never,
        resolveType: ({ __typename }: { __typename: string }) => __typename,
      });
      return {
        type: () => [union],
        description:
          '按表示取得实体，供联邦网关使用。Entities by their representations, in their order, for the gateway of a federation.',
      };
    }
    case 'list': {
      const node = root.portrait?.name ?? root.dataset.name;
      const nodeClass = (): object => root.portrait?.portraitClass ?? root.dataset.entity;
      return {
        type: () => connectionTypeOf(node, nodeClass),
        description: root.portrait
          ? `${root.portrait.zh}列表，按${root.dataset.zh}筛选和排序。List of ${node}, by ${root.dataset.name}.`
          : `${root.dataset.zh}列表。List of ${node}.`,
      };
    }
  }
}

function classOf(entity: Entity): object {
  return entity.kind === 'place' ? entity.portrait.dataset.entity : entity.portrait.portraitClass;
}

function addArguments(prototype: object, root: LibraryRoot, registry: Registry): void {
  if (root.kind === 'entities') {
    const scalar = createRepresentationScalar(registry);
    const description = '实体的表示：类型与键。Representations: type and key of each.';
    Arg('representations', () => [scalar], { description })(prototype, root.field, 0);
  } else if (root.kind === 'list') {
    addConnectionArguments(prototype, root.field, root.dataset);
  } else if (root.kind === 'refetch') {
    Arg('id', () => ID, { description: '封装的标识。Sealed id.' })(prototype, root.field, 0);
  } else if (root.kind === 'keyed') {
    const { argument, scalar } = root.portrait.lookup;
    Arg(argument, () => scalar, { description: describe(root.portrait.code) })(prototype, root.field, 0);
  } else {
    const { argument, identifier } = root.portrait.lookup;
    const scalar = identifierKinds[identifier].scalar ?? GraphQLString;
    Arg(argument, () => scalar, { description: '官方标识，现行或历史的。Official identifier, current or past.' })(
      prototype,
      root.field,
      0,
    );
  }
}
