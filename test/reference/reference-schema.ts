/**
 * The service's GraphQL schema told again from its own text, with resolvers that read entities and with graphql-shield on every field.
 *
 * Written from the design, not from the service: it calls nothing of planning/, sql/ or policy/decide.ts. The fields of features
 * (`explainAccess` …) keep the service's resolvers, for they read no library.
 */
import {
  buildSchema,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
  printSchema,
} from 'graphql';
import { cityCode, divisions } from '../../src/model/code-lists/divisions.js';
import type { ColumnField, Dataset, DatasetField, LinkField } from '../../src/model/declaration.js';
import type { PlacePortrait } from '../../src/model/place-portrait.js';
import type { Portrait, PortraitField } from '../../src/model/portrait.js';
import type { Registry } from '../../src/model/registry.js';
import { allow, applyMiddleware, deny, shield } from '../../src/policy/graphql-shield.js';
import { compareIds } from './find-graph.js';
import { propertyOf, type Row, valueOf } from './list-request.js';
import {
  describeGraph,
  describeGraphTypes,
  describeOwners,
  describeOwnerType,
  describePeers,
  describeProvenance,
  describeProvenanceType,
} from './reference-connections.js';
import {
  asKey,
  asPortrait,
  columnsOfLink,
  type FieldOfReference,
  type FieldsOfType,
  fieldOfColumn,
  list,
  open,
  type Page,
  readColumn,
  type Resolve,
  serve,
  type SubjectRef,
} from './reference-fields.js';
import { Refusal } from './refusal.js';
import { type RowSource, subjectKeysOf } from './row-source.js';
import { mayBeAskedFor, mayExist, mayMatch, mayRead, mayReadPlain, type ReferenceContext, ruleOf } from './rules.js';

type Fields = Map<string, FieldsOfType>;

export function buildReferenceSchema(registry: Registry, service: GraphQLSchema): GraphQLSchema {
  const schema = buildSchema(printSchema(service));
  for (const type of Object.values(schema.getTypeMap())) {
    const original = service.getType(type.name);
    if (isScalarType(type) && isScalarType(original)) {
      type.serialize = original.serialize;
      type.parseValue = original.parseValue;
      type.parseLiteral = original.parseLiteral;
    }
    if (!isObjectType(type) || !isObjectType(original) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) field.resolve = original.getFields()[field.name]!.resolve;
  }
  const fields = describeFields(registry);
  for (const [name, members] of fields) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`the schema has no type ${name}`);
    for (const [member, { resolve }] of Object.entries(members)) type.getFields()[member]!.resolve = wrap(resolve);
  }
  return applyMiddleware(schema, shieldOf(fields, schema) as never);
}

function wrap(resolve: Resolve): GraphQLFieldResolver<unknown, ReferenceContext> {
  return (parent, args, context, info) =>
    resolve(parent as never, args as never, context, `${info.parentType.name}.${info.fieldName}`, info);
}

/** A rule on every library field; a library type has no wildcard, so one without a rule is denied. What only carries rows is let through. */
function shieldOf(fields: Fields, schema: GraphQLSchema): unknown {
  const permissions: Record<string, Record<string, unknown>> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const members = fields.get(type.name);
    const isRoot = type.name === 'Query' || type.name === 'Mutation';
    permissions[type.name] = members && !isRoot ? {} : { '*': allow };
    for (const [member, { checks }] of Object.entries(members ?? {}))
      permissions[type.name]![member] = ruleOf(`${type.name}.${member}`, checks);
  }
  return shield(permissions as never, { fallbackRule: deny, allowExternalErrors: true });
}

function describeFields(registry: Registry): Fields {
  const fields: Fields = new Map();
  const roots: FieldsOfType = {};
  for (const dataset of registry.datasets.values()) {
    fields.set(
      dataset.name,
      Object.fromEntries(
        [...dataset.fields.values()].map((field) => [field.name, describeDatasetField(registry, dataset, field)]),
      ),
    );
    roots[dataset.list] = {
      checks: [mayExist(dataset.name), mayBeAskedFor(dataset)],
      resolve: list(
        dataset,
        (_root, rows) => rows.findRows(dataset, undefined),
        (row) => row,
      ),
    };
    describeConnection(fields, dataset.name);
  }
  for (const portrait of registry.portraits.values()) {
    fields.set(
      portrait.name,
      Object.fromEntries(
        [...portrait.fields.values()].map((field) => [field.name, describePortraitField(registry, portrait, field)]),
      ),
    );
    Object.assign(roots, describePortraitRoots(portrait));
    describeConnection(fields, portrait.name);
    for (const field of portrait.fields.values()) {
      if (field.kind === 'graph')
        for (const [name, members] of describeGraphTypes(registry, field)) fields.set(name, members);
      if (field.kind === 'owners') fields.set(...describeOwnerType(registry, field));
    }
  }
  for (const portrait of registry.placePortraits) roots[portrait.lookup.field] = describePlaceRoot(portrait);
  fields.set(...describeProvenanceType());
  fields.set('Query', roots);
  fields.set('PageInfo', {
    hasNextPage: open((page: Page) => page.more),
    hasPreviousPage: open((page: Page) => page.began),
    startCursor: open((page: Page) => (page.rows.length > 0 ? page.cursorOf(page.rows[0]!) : null)),
    endCursor: open((page: Page) => (page.rows.length > 0 ? page.cursorOf(page.rows.at(-1)!) : null)),
  });
  return fields;
}

function describeConnection(fields: Fields, node: string): void {
  fields.set(`${node}Connection`, {
    edges: open((page: Page) => page.rows.map((row) => ({ page, row }))),
    nodes: open((page: Page) => page.rows.map(page.nodeOf)),
    pageInfo: open((page: Page) => page),
  });
  fields.set(`${node}Edge`, {
    cursor: open(({ page, row }: { page: Page; row: Row }) => page.cursorOf(row)),
    node: open(({ page, row }: { page: Page; row: Row }) => page.nodeOf(row)),
  });
}

/** Look-up by identifier, refetch by sealed id, list. */
function describePortraitRoots(portrait: Portrait): FieldsOfType {
  const { lookup, home } = portrait;
  const primary = subjectKeysOf(home).find((key) => key.primary)!;
  return {
    [lookup.field]: {
      // A hit tells that the subject is there.
      checks: [mayMatch(lookup.coordinate), mayExist(portrait.name)],
      resolve: async (_parent: never, args: Record<string, string>, { rows }) =>
        asPortrait(await rows.findByIdentifier(lookup.identifier, args[lookup.argument]!)),
    },
    [portrait.name[0]!.toLowerCase() + portrait.name.slice(1)]: {
      checks: [mayExist(portrait.name)],
      resolve: async (_parent: never, { id }: { id: string }, context) =>
        asPortrait(await context.rows.findSubject(portrait.subject, openId(context, portrait.name, id))),
    },
    [portrait.list]: {
      checks: [mayExist(portrait.name), mayExist(home.name), mayBeAskedFor(home)],
      resolve: list(
        home,
        (_root, rows) => rows.findRows(home, undefined),
        (row) => asPortrait(String(row[primary.name])),
      ),
    },
  };
}

/** By its code; to find a row by a value is to search by it. */
function describePlaceRoot({ dataset, code, lookup }: PlacePortrait): FieldOfReference {
  return {
    checks: [mayExist(dataset.name), mayReadPlain(`${dataset.name}.${code.name}`)],
    resolve: async (_parent: never, args: Record<string, string>, { rows }) =>
      (await rows.findRows(dataset, asKey(propertyOf(code), args[lookup.argument])))[0] ?? null,
  };
}

function openId({ sealer, refuse }: ReferenceContext, type: string, id: string): string {
  try {
    return sealer.openId(type, id);
  } catch {
    refuse(new Refusal('INVALID_IDENTIFIER'));
    return '';
  }
}

function describePortraitField(registry: Registry, portrait: Portrait, field: PortraitField): FieldOfReference {
  const coordinate = `${portrait.name}.${field.name}`;
  if (field.kind === 'id') {
    return {
      checks: [mayRead(coordinate)],
      resolve: ({ subject }: SubjectRef, _args, context) =>
        serve(context, coordinate, context.sealer.sealId(portrait.name, subject)),
    };
  }
  if (field.kind === 'identifier') {
    return {
      checks: [mayRead(coordinate), mayExist(field.of.name)],
      resolve: async ({ subject }: SubjectRef, _args, context) => {
        const found = await context.rows.identifierOf(field.identifier, subject);
        return serve(
          context,
          coordinate,
          context.decide(coordinate).kind === 'mask' ? found?.valueMasked : found?.value,
        );
      },
    };
  }
  if (field.kind === 'graph') return describeGraph(registry, portrait, field);
  if (field.kind === 'owners') return describeOwners(registry, portrait, field);
  if (field.kind === 'provenance') return describeProvenance(portrait);
  if (field.peers) return describePeers(portrait, field, field.peers);
  const { target, by: key } = field;
  // A relation with a classification of its own says more than that the row exists: both are decided.
  const checks = [mayRead(coordinate), ...(field.ownClassification ? [mayExist(target.name)] : [])];
  const about = ({ subject }: SubjectRef, rows: RowSource): Promise<readonly Row[]> =>
    rows.findRows(target, { key, value: subject });
  if (field.kind === 'many')
    return { checks: [...checks, mayBeAskedFor(target)], resolve: list(target, about, (row) => row) };
  return {
    checks,
    resolve: async (parent: SubjectRef, _args, context) =>
      serve(context, coordinate, (await about(parent, context.rows))[0] ?? null),
  };
}

function describeDatasetField(registry: Registry, dataset: Dataset, field: DatasetField): FieldOfReference {
  const coordinate = `${dataset.name}.${field.name}`;
  const checks = [mayRead(coordinate)];
  switch (field.kind) {
    case 'id':
      return {
        checks,
        resolve: (row: Row, _args, context) =>
          serve(context, coordinate, context.sealer.sealId(dataset.name, String(row['id']))),
      };
    case 'column':
      return {
        checks,
        resolve: (row: Row, _args, context) => serve(context, coordinate, readColumn(context, coordinate, field, row)),
      };
    case 'identifier':
      return {
        checks,
        resolve: async (row: Row, _args, context) => {
          const subject = row[subjectKeysOf(dataset).find((key) => key.primary)!.name];
          const found =
            subject === undefined
              ? null
              : await context.rows.identifierOf(field.identifier, (subject as string | bigint).toString());
          return serve(
            context,
            coordinate,
            context.decide(coordinate).kind === 'mask' ? found?.valueMasked : found?.value,
          );
        },
      };
    case 'link':
    case 'links':
      return describeLink(dataset, field);
    case 'subject':
      return {
        checks: [...checks, mayExist(registry.portraitOf(field.subject).name)],
        resolve: (row: Row, _args, context) =>
          serve(context, coordinate, asPortrait(context.rows.subjectOf(row, field))),
      };
  }
}

/** To rows that hold the same value; of a place, to those that lie within it. */
function describeLink(dataset: Dataset, field: LinkField): FieldOfReference {
  const coordinate = `${dataset.name}.${field.name}`;
  const { target } = field;
  const { own, other } = columnsOfLink(dataset, field);
  const latestBy = field.latestBy === null ? null : fieldOfColumn(target, field.latestBy);
  // To join by a value, or to choose by one, is to search by it.
  const searched = [
    `${dataset.name}.${own.name}`,
    ...[other, ...(latestBy ? [latestBy] : [])].map(({ name }) => `${target.name}.${name}`),
  ];
  const checks = [mayRead(coordinate), ...searched.map(mayReadPlain)];
  const joined = async (row: Row, rows: RowSource): Promise<readonly Row[]> => {
    const value = row[propertyOf(own)];
    const values = field.within && value === cityCode ? divisions.entries.map(({ code }) => code) : [value];
    const found = await Promise.all(values.map((it) => rows.findRows(target, asKey(propertyOf(other), it))));
    return found.flat();
  };
  if (field.kind === 'links')
    return { checks: [...checks, mayBeAskedFor(target)], resolve: list(target, joined, (row) => row) };
  return {
    checks,
    resolve: async (row: Row, _args, context) => {
      const found = await joined(row, context.rows);
      return serve(context, coordinate, (latestBy ? findLatest(found, latestBy) : found[0]) ?? null);
    },
  };
}

/** The greatest value of a date; what has none is before all others, and of two alike the later row counts. */
function findLatest(rows: readonly Row[], latestBy: ColumnField): Row | undefined {
  const value = (row: Row): string => (valueOf(row, latestBy) ?? '') as string;
  return [...rows].sort((a, b) =>
    value(a) === value(b) ? compareIds(String(b['id']), String(a['id'])) : value(a) < value(b) ? 1 : -1,
  )[0];
}
