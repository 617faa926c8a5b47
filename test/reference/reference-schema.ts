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
  Kind,
  printSchema,
  type ValueNode,
} from 'graphql';
import type { ColumnField, Dataset, DatasetField } from '../../src/model/declaration.js';
import type { Portrait, PortraitField } from '../../src/model/portrait.js';
import type { Registry } from '../../src/model/registry.js';
import type { Verdict } from '../../src/model/verdict.js';
import { allow, applyMiddleware, deny, rule, shield } from '../../src/policy/graphql-shield.js';
import type { Sealer } from '../../src/execution/seal.js';
import {
  findFaultOfForm,
  findOrderField,
  type ListArguments,
  propertyOf,
  readListRequest,
  type Row,
} from './list-request.js';
import { Denial, Refusal } from './refusal.js';
import { type ByKey, type PageOfRows, type RowSource, subjectKeysOf } from './row-source.js';

export interface ReferenceContext {
  readonly rows: RowSource;
  readonly sealer: Sealer;
  readonly principal: string;
  /** By the decision tables. */
  readonly decide: (coordinate: string) => Verdict;
  readonly decideMatch: (coordinate: string) => Verdict;
  /** What an argument is faulty by; a rehearsal notes it and goes on, to find them all. */
  readonly refuse: (fault: Refusal) => void;
  /** What became of a field; tells afterwards what a run has tried. */
  readonly note: (coordinate: string, fate: 'served' | 'masked' | 'denied') => void;
}

type Resolve = (parent: never, args: never, context: ReferenceContext, coordinate: string) => unknown;
type Check = (context: ReferenceContext, args: ListArguments, info: RuleInfo) => true | Denial;
interface FieldOfReference {
  readonly resolve: Resolve;
  /** One after the other: nothing is asked about what is denied already. */
  readonly checks: readonly Check[];
}
type Fields = Map<string, Record<string, FieldOfReference>>;

/** A portrait, as its fields get it. */
interface SubjectRef {
  readonly subject: string;
}
interface Page extends PageOfRows {
  readonly nodeOf: (row: Row) => unknown;
  readonly cursorOf: (row: Row) => string;
  readonly began: boolean;
}

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
    resolve(parent as never, args as never, context, `${info.parentType.name}.${info.fieldName}`);
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
  const roots: Record<string, FieldOfReference> = {};
  for (const dataset of registry.datasets.values()) {
    fields.set(
      dataset.name,
      Object.fromEntries(
        [...dataset.fields.values()].map((field) => [field.name, describeDatasetField(registry, dataset, field)]),
      ),
    );
    roots[dataset.list] = {
      checks: [mayExist(dataset.name), mayBeAskedFor(dataset)],
      resolve: list(dataset, undefined, (row) => row),
    };
    describeConnection(fields, dataset.name);
  }
  for (const portrait of registry.portraits.values()) {
    fields.set(
      portrait.name,
      Object.fromEntries(
        [...portrait.fields.values()].map((field) => [field.name, describePortraitField(portrait, field)]),
      ),
    );
    Object.assign(roots, describePortraitRoots(portrait));
    describeConnection(fields, portrait.name);
  }
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

function open<Parent>(resolve: (parent: Parent) => unknown): FieldOfReference {
  return { checks: [], resolve: resolve };
}

/** Look-up by identifier, refetch by sealed id, list. */
function describePortraitRoots(portrait: Portrait): Record<string, FieldOfReference> {
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
      resolve: list(home, undefined, (row) => asPortrait(String(row[primary.name]))),
    },
  };
}

function asPortrait(subject: string | null): SubjectRef | null {
  return subject === null ? null : { subject };
}

function openId({ sealer, refuse }: ReferenceContext, type: string, id: string): string {
  try {
    return sealer.openId(type, id);
  } catch {
    refuse(new Refusal('INVALID_IDENTIFIER'));
    return '';
  }
}

function describePortraitField(portrait: Portrait, field: PortraitField): FieldOfReference {
  const coordinate = `${portrait.name}.${field.name}`;
  if (field.kind === 'id') {
    return {
      checks: [mayRead(coordinate)],
      resolve: ({ subject }: SubjectRef, _args, context) =>
        serve(context, coordinate, context.sealer.sealId(portrait.name, subject)),
    };
  }
  const { target, by: key } = field;
  // A relation with a classification of its own says more than that the row exists: both are decided.
  const checks = [mayRead(coordinate), ...(field.ownClassification ? [mayExist(target.name)] : [])];
  if (field.kind === 'many')
    return {
      checks: [...checks, mayBeAskedFor(target)],
      resolve: list(
        target,
        ({ subject }: SubjectRef) => ({ key, value: subject }),
        (row) => row,
      ),
    };
  return {
    checks,
    resolve: async ({ subject }: SubjectRef, _args, context) =>
      serve(context, coordinate, await context.rows.findOne(target, { key, value: subject })),
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
    case 'links': {
      const { target } = field;
      const [own, other] = [fieldOfColumn(dataset, field.ownColumn), fieldOfColumn(target, field.targetColumn)];
      // To join by a value is to search by it.
      checks.push(mayBeSearchedBy(`${dataset.name}.${own.name}`), mayBeSearchedBy(`${target.name}.${other.name}`));
      const by = (row: Row): ByKey | null => asKey(propertyOf(other), row[propertyOf(own)]);
      if (field.kind === 'links')
        return { checks: [...checks, mayBeAskedFor(target)], resolve: list(target, by, (row) => row) };
      return {
        checks,
        resolve: async (row: Row, _args, context) =>
          serve(context, coordinate, await context.rows.findOne(target, by(row))),
      };
    }
    case 'subject':
      return {
        checks: [...checks, mayExist(registry.portraitOf(field.subject).name)],
        resolve: (row: Row, _args, context) =>
          serve(context, coordinate, asPortrait(context.rows.subjectOf(row, field))),
      };
  }
}

function fieldOfColumn(dataset: Dataset, column: string): ColumnField {
  const field = [...dataset.fields.values()].find(
    (it): it is ColumnField => it.kind === 'column' && it.column === column,
  );
  if (!field) throw new Error(`${dataset.name} has no column ${column}`);
  return field;
}

function asKey(key: string, value: unknown): ByKey | null {
  return value === null || value === undefined ? null : { key, value: (value as string | number | bigint).toString() };
}

function readColumn({ decide }: ReferenceContext, coordinate: string, field: ColumnField, row: Row): unknown {
  if (decide(coordinate).kind === 'mask') return row[`${field.name}Masked`];
  const value = row[propertyOf(field)];
  return value instanceof Date ? value.toISOString() : value;
}

function serve(context: ReferenceContext, coordinate: string, value: unknown): unknown {
  if (value !== null && value !== undefined)
    context.note(coordinate, context.decide(coordinate).kind === 'mask' ? 'masked' : 'served');
  return value;
}

/** @param by from the parent to the key of its rows; null where it has none, and left out for all rows there are */
function list<Parent>(
  dataset: Dataset,
  by: ((parent: Parent) => ByKey | null) | undefined,
  nodeOf: (row: Row) => unknown,
): Resolve {
  return async (parent: Parent, args: ListArguments, context, coordinate) => {
    const request = readListRequest(dataset, coordinate, context.principal, args, context.refuse);
    const page: Page = {
      ...(await context.rows.findPage(dataset, by && by(parent), request)),
      nodeOf,
      cursorOf: request.cursorOf,
      began: request.follows !== null,
    };
    if (page.rows.length > 0) context.note(coordinate, 'served');
    return page;
  };
}

/** The library knows a rule by its name. */
function ruleOf(name: string, checks: readonly Check[]): ReturnType<ReturnType<typeof rule>> {
  return rule(`reference ${name}`, { cache: 'no_cache' })(
    (_parent: unknown, args: ListArguments, context: ReferenceContext, info: RuleInfo) => {
      for (const check of checks) {
        const answer = check(context, args, info);
        if (answer !== true) return answer;
      }
      return true;
    },
  );
}

/* What the rules are made of: each is asked for every field of every row, and decides by the tables. */

function mayRead(coordinate: string): Check {
  return ({ decide, note }) => {
    const verdict = decide(coordinate);
    if (verdict.kind === 'allow' || verdict.kind === 'mask') return true;
    note(coordinate, 'denied');
    return new Denial('FIELD_DENIED', coordinate, verdict.level, verdict.reason);
  };
}

function mayBeSearchedBy(coordinate: string): Check {
  return ({ decide }) => {
    const verdict = decide(coordinate);
    return verdict.kind === 'allow' ? true : new Denial('FIELD_DENIED', coordinate, verdict.level, verdict.reason);
  };
}

/** That something of this type is there at all. */
function mayExist(type: string): Check {
  return ({ decide }) => {
    const verdict = decide(type);
    return verdict.kind === 'allow' ? true : new Denial('FIELD_DENIED', type, verdict.level, verdict.reason);
  };
}

function mayMatch(coordinate: string): Check {
  return ({ decideMatch }) => {
    const verdict = decideMatch(coordinate);
    return verdict.kind === 'allow' ? true : new Denial('ARGUMENT_DENIED', coordinate, verdict.level, verdict.reason);
  };
}

/** What a principal may not read in plain may not be filtered or ordered by; the first that it may not is named. */
function mayBeAskedFor(dataset: Dataset): Check {
  return ({ decide, refuse }, args, info) => {
    const fault = findFaultOfForm(args);
    if (fault) refuse(fault);
    for (const coordinate of coordinatesIn(dataset, info)) {
      const verdict = decide(coordinate);
      if (verdict.kind !== 'allow') return new Denial('ARGUMENT_DENIED', coordinate, verdict.level, verdict.reason);
    }
    return true;
  };
}

interface RuleInfo {
  readonly fieldNodes: readonly {
    readonly arguments?: readonly { readonly name: { readonly value: string }; readonly value: ValueNode }[];
  }[];
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** Coordinates that a list's filter and order use, in the order in which they are written: in the document, or in a variable. */
function coordinatesIn(dataset: Dataset, { fieldNodes, variableValues }: RuleInfo): Set<string> {
  const given = new Map(
    (fieldNodes[0]!.arguments ?? []).map(({ name, value }) => [name.value, plainValue(value, variableValues)]),
  );
  const used = new Set<string>();
  const walk = (filter: unknown): void => {
    for (const [name, value] of Object.entries((filter ?? {}) as Record<string, unknown>)) {
      if (value === null || value === undefined) continue;
      if (name === 'and' || name === 'or') asList(value).forEach(walk);
      else if (name === 'not') walk(value);
      else used.add(`${dataset.name}.${name}`);
    }
  };
  walk(given.get('filter'));
  for (const value of asList(given.get('orderBy') ?? []))
    used.add(`${dataset.name}.${findOrderField(dataset, String(value)).name}`);
  return used;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function plainValue(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, plainValue(field.value, variables)]));
    case Kind.LIST:
      return node.values.map((item) => plainValue(item, variables));
    case Kind.NULL:
      return null;
    default:
      return node.value;
  }
}
