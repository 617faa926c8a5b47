/**
 * Operations over the schema, from a seed: look-ups and refetches, lists within lists, filters, orders and pages, fragments, aliases,
 * merged selections, variables and literals, @skip and @include.
 *
 * Structure and values are drawn apart, so that an operation comes back with other values: what a plan remembers of the first must not
 * show in the second. It knows the schema and samples of what the pool holds, and nothing of how it is answered.
 */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isNullableType,
  isObjectType,
} from 'graphql';
import { createRandom, type Random } from './random.js';
import type { Operation } from './reference-executor.js';

/** What the pool holds, for values that find something. */
export interface Samples {
  /** By `Dataset.field`, and `ResidentIdNumber`, `UnifiedSocialCreditCode` for identifiers. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Coordinates to be explained. */
  readonly coordinates: readonly string[];
  /** From the type of a filter to its dataset. */
  readonly datasetOfFilter: ReadonlyMap<string, string>;
  /** Types that are parts of an answer and no rows. */
  readonly parts: ReadonlySet<string>;
}

/** What one caller has been given in earlier answers. */
export interface Souvenirs {
  /** By the coordinate of a list: cursors, each with the order that it belongs to. */
  readonly cursors: ReadonlyMap<string, readonly { readonly cursor: string; readonly order: readonly string[] }[]>;
  /** By the name of a type. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
}

export interface GeneratedOperation extends Operation {
  /** Whether it holds what was given to one caller: to others it is a forgery. */
  readonly isPersonal: boolean;
}

export interface OperationGenerator {
  /** @param structure of an earlier operation, to have it again with other values */
  generate(structure: number, values: number, souvenirs: Souvenirs): GeneratedOperation;
  /** Each list with every field of its nodes. */
  everyField(): Operation[];
  /** Each look-up by a few identifiers, with every field. */
  everyLookup(): Operation[];
  /** Each type that is an entity of a federation, by a few representations at once, with every field. */
  everyEntity(): Operation[];
  /** Each type that can be come back to, by its id. */
  everyRefetch(idOf: (type: string) => string): Operation[];
  /** Each list by every filter, operator and order. */
  everyArgument(): Operation[];
  /** Each list by every value of every enum that it is filtered by. */
  everyEnumValue(): Operation[];
  /** Each field of a looked-up portrait that has arguments and is no list, by each of their values, good and bad. */
  everyChoice(): Operation[];
  /** Each list in some order, under the key `list` and with its page info, after the cursor $after. */
  everyWalk(): Operation[];
  /** Schema coordinates that were reached, with how often: `Type.field`, `Type.field(argument:)`, `Input.field`, `Enum.VALUE`. */
  readonly coverage: ReadonlyMap<string, number>;
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly given: { readonly value: unknown } | null;
  readonly defaultText: string | null;
}

interface Fragment {
  readonly name: string;
  readonly type: string;
  readonly body: string;
  readonly cost: number;
  readonly depth: number;
}

interface Draft {
  readonly structure: Random;
  readonly values: Random;
  readonly souvenirs: Souvenirs;
  readonly variables: Variable[];
  readonly fragments: Fragment[];
  /** What of the operation's size is left: fields times the rows they are expected on. */
  budget: number;
  serial: number;
  isPersonal: boolean;
}

/** A value in both spellings. */
interface Given {
  readonly text: string;
  readonly value: unknown;
}

interface Place {
  readonly depth: number;
  /** Rows that this selection is expected on. */
  readonly rows: number;
}

const deepest = 10;
const budgetOfOperation = 900;

const noSouvenirs: Souvenirs = { cursors: new Map(), ids: new Map() };

export function createOperationGenerator(schema: GraphQLSchema, samples: Samples): OperationGenerator {
  const coverage = new Map<string, number>();
  const cover = (coordinate: string): void => void coverage.set(coordinate, (coverage.get(coordinate) ?? 0) + 1);
  const writerOf = (draft: Partial<Draft>): Writer =>
    new Writer(
      schema,
      samples,
      {
        structure: createRandom(1),
        values: createRandom(2),
        souvenirs: noSouvenirs,
        variables: [],
        fragments: [],
        budget: 0,
        serial: 0,
        isPersonal: false,
        ...draft,
      },
      cover,
    );
  return {
    coverage,
    everyField: () => writerOf({}).everyField(),
    everyLookup: () => writerOf({}).everyLookup(),
    everyEntity: () => writerOf({}).everyEntity(),
    everyRefetch: (idOf) => writerOf({}).everyRefetch(idOf),
    everyArgument: () => writerOf({}).everyArgument(),
    everyEnumValue: () => writerOf({}).everyEnumValue(),
    everyChoice: () => writerOf({}).everyChoice(),
    everyWalk: () => writerOf({}).everyWalk(),
    generate(structure, values, souvenirs) {
      return writerOf({
        structure: createRandom(structure * 2),
        values: createRandom(values * 2 + 1),
        souvenirs,
        budget: budgetOfOperation,
      }).operation();
    },
  };
}

/** What the service keeps of itself; it reads no library, and the reference keeps none of it. */
const recordsOfOurOwn: ReadonlySet<string> = new Set([
  'usageRecords',
  'usageReceipt',
  'usageSummary',
  'usesOfPerson',
  'usesOfMyEnterprise',
  'explainOperation',
  'enumerationEvents',
  'regradings',
  'policyChanges',
  'emergencySwitches',
  'alerts',
  'canaries',
  'riskReport',
  'trustedDocuments',
  // What they find is held against the root fields that find the same (`test/server/federation.test.ts`).
  ...['_entities', '_service'],
]);

class Writer {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly samples: Samples,
    private readonly draft: Draft,
    private readonly cover: (coordinate: string) => void,
  ) {}

  private get lot(): Random {
    return this.draft.structure;
  }

  operation(): GeneratedOperation {
    const { lot, draft } = this;
    const body = this.root();
    const name = lot.chance(0.3) ? 'Asked' : null;
    const variables = draft.variables
      .map(({ name, type, defaultText }) => `$${name}: ${type}${defaultText === null ? '' : ` = ${defaultText}`}`)
      .join(', ');
    const head =
      name === null && variables === ''
        ? lot.chance(0.5)
          ? ''
          : 'query '
        : `query ${name ?? ''}${variables && `(${variables})`} `;
    const fragments = draft.fragments.map(
      (fragment) => `\nfragment ${fragment.name} on ${fragment.type} ${fragment.body}`,
    );
    const other = name !== null && lot.chance(0.3) ? '\nquery Other { __typename }' : '';
    return {
      query: `${head}${body}${other}${fragments.join('')}`,
      operationName: name,
      variables: Object.fromEntries(
        draft.variables.flatMap((variable) => (variable.given ? [[variable.name, variable.given.value]] : [])),
      ),
      isPersonal: draft.isPersonal,
    };
  }

  everyField(): Operation[] {
    return this.lists().map((list) => {
      // A page of portraits is a graph for each: few of them do.
      const first = this.isOfPortraits(list) ? 5 : 25;
      return bare(
        `{ ${list.name}(first: ${first}) ${this.everything(getNamedType(list.type) as GraphQLObjectType, 0)} }`,
      );
    });
  }

  everyLookup(): Operation[] {
    return this.roots().flatMap((root) => {
      const identifiers = root.args.length === 1 && this.samples.values.get(getNamedType(root.args[0]!.type).name);
      if (!identifiers) return [];
      return this.shuffled(identifiers)
        .slice(0, 4)
        .map((value) =>
          bare(
            `{ ${root.name}${this.everyArgumentOf('Query', root, JSON.stringify(value))} ${this.everything(getNamedType(root.type) as GraphQLObjectType, 0)} }`,
          ),
        );
    });
  }

  everyEntity(): Operation[] {
    return this.roots().flatMap((root) => {
      const [key, ...others] = root.args;
      const values = key && others.length === 0 && this.samples.values.get(getNamedType(key.type).name);
      if (!values) return [];
      const type = getNamedType(root.type) as GraphQLObjectType;
      const representations = this.shuffled(values)
        .slice(0, 4)
        .map((value) => `{ __typename: "${type.name}", ${key.name}: ${JSON.stringify(value)} }`);
      return bare(
        `{ _entities(representations: [${representations.join(', ')}]) { ... on ${type.name} ${this.everything(type, 0)} } }`,
      );
    });
  }

  everyRefetch(idOf: (type: string) => string): Operation[] {
    return this.roots()
      .filter((root) => this.isRefetch(root))
      .map((root) => {
        const type = getNamedType(root.type) as GraphQLObjectType;
        return bare(
          `{ ${root.name}${this.everyArgumentOf('Query', root, JSON.stringify(idOf(type.name)))} ${this.everything(type, 0)} }`,
        );
      });
  }

  /** @param only the value of the one argument that a field has; those of a list are made up */
  private everyArgumentOf(owner: string, field: GraphQLField<unknown, unknown>, only: string): string {
    this.cover(`${owner}.${field.name}`);
    if (field.args.length === 0) return '';
    const order = getNamedType(field.args.find(({ name }) => name === 'orderBy')?.type ?? field.args[0]!.type);
    const ordered = isEnumType(order) ? this.lot.pick(order.getValues()).name : '';
    const made: Readonly<Record<string, string>> = { first: '2', after: 'null', filter: '{}', orderBy: `[${ordered}]` };
    const given = field.args.map(({ name, type }) => {
      this.cover(`${owner}.${field.name}(${name}:)`);
      return `${name}: ${made[name] ?? (isNonNullType(type) ? only : this.lot.pick(this.choicesOf(name, type).good))}`;
    });
    return `(${given.join(', ')})`;
  }

  everyArgument(): Operation[] {
    return this.lists().flatMap((list) => {
      const filters = this.everyComparison(list).map(
        (filter, n) =>
          `f${n}: ${list.name}(first: 2, filter: ${filter}) { nodes { __typename } pageInfo { hasNextPage } }`,
      );
      const orders = this.orderValues(list).map(
        (value) => `o_${value}: ${list.name}(first: 5, orderBy: [${value}]) { nodes { id } pageInfo { endCursor } }`,
      );
      return inChunks([...filters, ...orders], 20).map((parts) => bare(`{ ${parts.join(' ')} }`));
    });
  }

  everyEnumValue(): Operation[] {
    const filters = this.lists().flatMap((list) => {
      const argument = list.args.find(({ name }) => name === 'filter');
      const type = argument && getNamedType(argument.type);
      if (!isInputObjectType(type)) return [];
      return Object.values(type.getFields()).flatMap((field) => {
        const comparison = getNamedType(field.type);
        const compared = isInputObjectType(comparison) && comparison.getFields()['eq'];
        const values = compared && getNamedType(compared.type);
        if (!isEnumType(values)) return [];
        return values.getValues().map(({ name }) => {
          this.cover(`${values.name}.${name}`);
          return `${list.name}(first: 2, filter: { ${field.name}: { eq: ${name} } }) { nodes { __typename id } pageInfo { hasNextPage } }`;
        });
      });
    });
    return inChunks(filters, 20).map((parts) => bare(`{ ${parts.map((part, n) => `e${n}: ${part}`).join(' ')} }`));
  }

  everyChoice(): Operation[] {
    return this.roots().flatMap((root) => {
      const type = getNamedType(root.type);
      const identifiers = root.args.length === 1 && this.samples.values.get(getNamedType(root.args[0]!.type).name);
      if (!identifiers || !isObjectType(type)) return [];
      const ask = (value: string, inner: string): Operation =>
        bare(`{ ${root.name}(${root.args[0]!.name}: ${JSON.stringify(value)}) { ${inner} } }`);
      const chosen = Object.values(type.getFields()).filter((field) => isChosen(field));
      if (chosen.length === 0) return [];
      const fields = chosen.map((field) => this.choicesOfField(type, field));
      return [
        // Of each subject the widest of every field, and another in turn; the bad ones once.
        ...identifiers.map((value, n) =>
          ask(
            value,
            fields
              .flatMap(({ good }, at) => [good[0]!, good[n % good.length]!].map((one, m) => `c${at}${m}: ${one}`))
              .join(' '),
          ),
        ),
        ...fields.flatMap(({ bad }) => bad).map((one) => ask(identifiers[0]!, one)),
      ];
    });
  }

  /** A field with all that is in it, by each choice of its arguments, the widest first. */
  private choicesOfField(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
  ): { good: readonly string[]; bad: readonly string[] } {
    const selected = this.everything(getNamedType(field.type) as GraphQLObjectType, 1);
    const said = field.args.map((argument) => {
      this.cover(`${type.name}.${field.name}(${argument.name}:)`);
      const { good, bad } = this.choicesOf(argument.name, argument.type);
      const write = (text: string): string => `${field.name}(${argument.name}: ${text}) ${selected}`;
      return { good: good.map(write), bad: bad.map(write) };
    });
    return { good: said.flatMap(({ good }) => good), bad: said.flatMap(({ bad }) => bad) };
  }

  /** Values of an argument that may be left out: what is taken, and what is refused. */
  private choicesOf(name: string, type: GraphQLInputType): { good: readonly string[]; bad: readonly string[] } {
    const named = getNamedType(type);
    if (!isEnumType(named)) {
      const known = choices[name];
      if (!known) throw new Error(`no value is known for ${name}:`);
      return known;
    }
    const values = named.getValues().map((value) => value.name);
    for (const value of values) this.cover(`${named.name}.${value}`);
    const pairs = values.map((value, n) => `[${value}, ${values[(n + 1) % values.length]!}]`);
    return {
      good: [...values, ...pairs, `[${values.join(', ')}]`, 'null'],
      bad: ['[]', '[null]', `[${values[0]!}, null]`],
    };
  }

  everyWalk(): Operation[] {
    return this.lists().map((list) => {
      this.cover(`Query.${list.name}`);
      for (const { name } of list.args) this.cover(`Query.${list.name}(${name}:)`);
      const values = this.orderValues(list);
      const order = Array.from({ length: values.length > 0 ? 1 + this.lot.below(2) : 0 }, () => this.lot.pick(values));
      const orderBy = order.length > 0 ? `, orderBy: [${order.join(', ')}]` : '';
      return bare(
        `query ($after: String) { list: ${list.name}(first: 17, after: $after${orderBy}) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
      );
    });
  }

  private roots(): GraphQLField<unknown, unknown>[] {
    return Object.values(this.schema.getQueryType()!.getFields());
  }

  private isOfPortraits(list: GraphQLField<unknown, unknown>): boolean {
    const type = this.schema.getType(getNamedType(list.type).name.replace(/Connection$/, ''));
    return isObjectType(type) && this.isRefetched(type);
  }

  private lists(): GraphQLField<unknown, unknown>[] {
    return this.roots().filter(
      ({ args, type }) => args.some(({ name }) => name === 'after') && getNamedType(type).name.endsWith('Connection'),
    );
  }

  private orderValues(list: GraphQLField<unknown, unknown>): string[] {
    const argument = list.args.find(({ name }) => name === 'orderBy');
    const order = argument && getNamedType(argument.type);
    if (!isEnumType(order)) return [];
    for (const { name } of order.getValues()) this.cover(`${order.name}.${name}`);
    return order.getValues().map(({ name }) => name);
  }

  /** Every field of the type, and of what stands in it no more than that it is there. */
  private everything(type: GraphQLObjectType, depth: number): string {
    const parts = Object.values(type.getFields()).map((field) => {
      const inner = getNamedType(field.type);
      const head = `${field.name}${this.everyArgumentOf(type.name, field, '')}`;
      if (!isObjectType(inner)) return head;
      // What is part of an answer is asked for whole, wherever it stands.
      if (this.samples.parts.has(inner.name)) return `${head} ${this.everything(inner, Math.max(depth, 1))}`;
      // Of a connection its parts, and of these their fields: nodes in full, for edges have the same.
      return `${head} ${depth === 0 ? this.everything(inner, 1) : this.nodesOf(inner)}`;
    });
    return `{ __typename ${parts.join(' ')} }`;
  }

  /** Of a nested list the length, of another object that it is there. */
  private nodesOf(type: GraphQLObjectType): string {
    return type.name.endsWith('Connection') ? '{ nodes { __typename } }' : '{ __typename }';
  }

  private everyComparison(list: GraphQLField<unknown, unknown>): string[] {
    const argument = list.args.find(({ name }) => name === 'filter');
    const type = argument && getNamedType(argument.type);
    if (!isInputObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      this.cover(`${type.name}.${field.name}`);
      const comparison = getNamedType(field.type);
      if (!isInputObjectType(comparison)) return [];
      // Within and, or, not stands the filter again.
      if (comparison === type) return [`{ ${field.name}: ${field.name === 'not' ? '{}' : '[]'} }`];
      return Object.values(comparison.getFields()).map((operator) => {
        this.cover(`${comparison.name}.${operator.name}`);
        const operand = this.operand(
          operator.name,
          operator.type,
          `${this.samples.datasetOfFilter.get(type.name)}.${field.name}`,
        );
        return `{ ${field.name}: { ${operator.name}: ${operand.text} } }`;
      });
    });
  }

  private root(): string {
    const query = this.schema.getQueryType()!;
    const roots = Object.values(query.getFields()).filter((field) => !recordsOfOurOwn.has(field.name));
    const parts: string[] = [];
    const wanted = 1 + this.lot.below(3);
    while (parts.length < wanted) {
      const field = this.lot.pick(roots);
      if (field.name === 'explainAccess' && !this.lot.chance(0.5)) continue;
      // Without an id of its own, a caller comes back with one that is none, and that is enough now and then.
      if (
        this.isRefetch(field) &&
        !this.draft.souvenirs.ids.has(getNamedType(field.type).name) &&
        !this.lot.chance(0.05)
      )
        continue;
      parts.push(this.decorate(query.name, this.field(query, field, { depth: 0, rows: 1 })));
      if (this.lot.chance(0.12)) parts.push(this.typename(query.name));
      if (this.lot.chance(0.02))
        parts.push(
          this.decorate(
            query.name,
            // Types that every kind of principal is shown: what else each is shown has tests of its own.
            `__type(name: "${this.lot.pick(['AccessExplanation', 'UsageNode', 'Nothing'])}") { name kind fields { name } }`,
          ),
        );
    }
    return `{ ${parts.join(' ')} }`;
  }

  private selectionSet(type: GraphQLObjectType, place: Place): string {
    const { lot } = this;
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const objects = fields.filter((field) => !isLeafType(getNamedType(field.type)));
    const parts: string[] = [];
    const reusable = this.draft.fragments.filter(
      (fragment) =>
        fragment.type === type.name &&
        fragment.depth + place.depth < deepest &&
        fragment.cost * place.rows <= this.draft.budget / 2,
    );
    if (reusable.length > 0 && lot.chance(0.4)) {
      const fragment = lot.pick(reusable);
      this.draft.budget -= fragment.cost * place.rows;
      parts.push(`...${fragment.name}${this.directive()}`);
    }
    if (lot.chance(0.2)) parts.push(this.decorate(type.name, this.typename(type.name)));
    // What says its type and its id can be come back to.
    if (this.isRefetched(type) && lot.chance(0.3))
      parts.push(`__typename ${this.field(type, type.getFields()['id']!, place)}`);
    const wantedLeaves =
      leaves.length === 0
        ? 0
        : objects.length > 0 && leaves.length < 3
          ? lot.below(2)
          : 1 + lot.below(Math.min(leaves.length, 7));
    for (let n = 0; n < wantedLeaves; n++) {
      const leaf = lot.pick(leaves);
      const text = this.field(type, leaf, place);
      parts.push(this.decorate(type.name, text));
      if (lot.chance(0.08)) parts.push(this.decorate(type.name, text));
    }
    const wantedObjects =
      place.depth >= deepest || objects.length === 0
        ? 0
        : leaves.length === 0 || leaves.length < 3
          ? 1 + lot.below(2)
          : lot.below(2);
    for (let n = 0; n < wantedObjects && this.draft.budget > 0; n++)
      parts.push(...this.object(type, lot.pick(objects), place));
    // Shuffled: objects stand between leaves.
    for (let n = parts.length - 1; n > 0; n--) {
      const other = lot.below(n + 1);
      [parts[n], parts[other]] = [parts[other]!, parts[n]!];
    }
    return `{ ${parts.length > 0 ? parts.join(' ') : this.typename(type.name)} }`;
  }

  private isRefetched(type: GraphQLObjectType): boolean {
    const fields = Object.values(this.schema.getQueryType()!.getFields());
    return fields.some((field) => field.type === type && this.isRefetch(field));
  }

  private isRefetch(field: GraphQLField<unknown, unknown>): boolean {
    return field.args.some(({ name }) => name === 'id') && !recordsOfOurOwn.has(field.name);
  }

  /** An object, and sometimes the same again with other fields, to be merged. */
  private object(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, place: Place): string[] {
    const { head, rows } = this.head(type, field, place);
    const inner = getNamedType(field.type) as GraphQLObjectType;
    const once = (): string =>
      this.decorate(
        type.name,
        `${head}${this.directive()} ${this.selectionSet(inner, { depth: place.depth + 1, rows })}`,
      );
    return this.lot.chance(0.15) ? [once(), once()] : [once()];
  }

  private field(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, place: Place): string {
    const { head, rows } = this.head(type, field, place);
    const inner = getNamedType(field.type);
    if (!isObjectType(inner)) return `${head}${this.directive()}`;
    return `${head}${this.directive()} ${this.selectionSet(inner, { depth: place.depth + 1, rows })}`;
  }

  /** Response key, name and arguments. A key says which field and which arguments, so that no two selections of it conflict. */
  private head(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    place: Place,
  ): { head: string; rows: number } {
    const { lot, draft } = this;
    const coordinate = `${type.name}.${field.name}`;
    this.cover(coordinate);
    const isList = isObjectType(getNamedType(field.type)) && field.args.some((argument) => argument.name === 'first');
    const { text, first } = this.arguments(type, field, isList);
    const rows = isList
      ? place.rows * Math.min(first, place.depth === 0 ? first : 4)
      : isListType(field.type) && this.samples.parts.has(getNamedType(field.type).name)
        ? place.rows * partsOfOne
        : place.rows;
    draft.budget -= place.rows;
    if (text !== '') {
      draft.serial += 1;
      return { head: `${this.alias(`${field.name}_${draft.serial}`, 0.15)}: ${field.name}(${text})`, rows };
    }
    if (lot.chance(0.75)) return { head: field.name, rows };
    return {
      head: `${this.alias(`${lot.pick(['a', '_b', '__proto__', 'constructor'])}_${field.name}`, 0.3)}: ${field.name}`,
      rows,
    };
  }

  /** Sometimes longer than a name of PostgreSQL may be, and then alike in all that it would keep. */
  private alias(name: string, long: number): string {
    return this.lot.chance(long) ? `${'long'.repeat(16)}_${name}` : name;
  }

  private typename(type: string): string {
    this.cover(`${type}.__typename`);
    return this.lot.chance(0.3) ? 'kindOfThis: __typename' : '__typename';
  }

  /** A selection, put into a fragment now and then. */
  private decorate(type: string, selection: string): string {
    const { lot, draft } = this;
    const draw = lot.unit();
    if (draw < 0.06) return `... on ${type}${this.directive()} { ${selection} }`;
    if (draw < 0.1) return `...${this.directive()} { ${selection} }`;
    if (draw < 0.13) return `... on ${type} { ... { ${selection} } }`;
    if (draw < 0.2) {
      const name = `F${draft.fragments.length}`;
      draft.fragments.push({
        name,
        type,
        body: `{ ${selection} }`,
        cost: selection.split(/[{}\s]+/).length * (selection.includes('odes') || selection.includes('dges') ? 12 : 1),
        depth: depthOf(selection),
      });
      return `...${name}${this.directive()}`;
    }
    return selection;
  }

  private directive(): string {
    const { lot, draft } = this;
    if (!lot.chance(0.05)) return '';
    const name = lot.pick(['skip', 'include']);
    const decides = draft.values.chance(0.5);
    if (lot.chance(0.3)) return ` @${name}(if: ${String(decides)})`;
    const byDefault = lot.chance(0.3);
    const variable = this.variable(
      byDefault ? 'Boolean' : 'Boolean!',
      byDefault && lot.chance(0.6) ? null : { value: decides },
      byDefault ? String(lot.chance(0.5)) : null,
    );
    // A nullable variable may stand for a non-null argument only because it has a default.
    return ` @${name}(if: ${variable})`;
  }

  private arguments(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    isList: boolean,
  ): { text: string; first: number } {
    const { lot } = this;
    const coordinate = `${type.name}.${field.name}`;
    const order = isList && lot.chance(0.45) ? this.orderOf(field) : null;
    const cursor = isList && lot.chance(0.25) ? this.cursorOf(coordinate, order) : null;
    const parts: string[] = [];
    let first = 20;
    for (const argument of this.shuffled(field.args)) {
      const write = (given: Given): void => {
        this.cover(`${coordinate}(${argument.name}:)`);
        parts.push(`${argument.name}: ${this.place(argument.type, given)}`);
      };
      if (argument.name === 'first' && isList) {
        if (lot.chance(0.3)) continue;
        first = lot.chance(0.03) ? lot.pick([100, 50]) : 1 + lot.below(7);
        const bad = lot.chance(0.012);
        write(plain(bad ? lot.pick([0, -1, 101, 1_000_000]) : first));
      } else if (argument.name === 'after' && isList) {
        if (cursor) write(plain(cursor.cursor));
        else if (lot.chance(0.03)) write({ text: 'null', value: null });
      } else if (argument.name === 'orderBy') {
        const terms = cursor ? cursor.order : order;
        if (!terms) continue;
        for (const term of terms) this.cover(`${getNamedType(argument.type).name}.${term}`);
        write({ text: terms.length === 1 && lot.chance(0.3) ? terms[0]! : `[${terms.join(', ')}]`, value: [...terms] });
      } else if (argument.name === 'filter') {
        if (!lot.chance(0.4)) continue;
        this.cover(`${coordinate}(filter:)`);
        parts.push(`filter: ${this.filter(argument.type, 0)}`);
      } else if (isNonNullType(argument.type)) {
        write(this.required(type, field, argument));
      } else if (lot.chance(0.6)) {
        write(this.chosen(argument));
      }
    }
    return { text: parts.join(', '), first };
  }

  /** From anywhere on, and round. */
  private shuffled<T>(list: readonly T[]): T[] {
    const shift = this.lot.below(Math.max(1, list.length));
    return [...list.slice(shift), ...list.slice(0, shift)];
  }

  private orderOf(field: GraphQLField<unknown, unknown>): string[] {
    const argument = field.args.find((it) => it.name === 'orderBy');
    const type = argument && getNamedType(argument.type);
    if (!isEnumType(type)) return [];
    const terms = Array.from(
      { length: this.lot.chance(0.01) ? 4 : this.lot.chance(0.05) ? 0 : 1 + this.lot.below(3) },
      () => this.lot.pick(type.getValues()).name,
    );
    return terms;
  }

  /** Mostly with the order that it was given with. */
  private cursorOf(
    coordinate: string,
    order: readonly string[] | null,
  ): { cursor: string; order: readonly string[] | null } | null {
    const known = this.draft.souvenirs.cursors.get(coordinate) ?? [];
    if (known.length === 0) return null;
    const found = this.draft.values.pick(known);
    this.draft.isPersonal = true;
    return {
      cursor: found.cursor,
      order: this.lot.chance(0.97) ? (found.order.length > 0 ? found.order : null) : order,
    };
  }

  private required(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, argument: GraphQLArgument): Given {
    const { draft, lot } = this;
    if (argument.name === 'coordinate')
      return plain(lot.chance(0.05) ? 'Nothing.here' : draft.values.pick(this.samples.coordinates));
    if (argument.name === 'id') {
      const ids = draft.souvenirs.ids.get(getNamedType(field.type).name) ?? [];
      if (ids.length === 0 || lot.chance(0.04)) return plain('bm90IGFuIGlkIG9mIG91cnM');
      draft.isPersonal = true;
      return plain(draft.values.pick(ids));
    }
    const known = this.samples.values.get(getNamedType(argument.type).name);
    if (!known) throw new Error(`no value is known for ${type.name}.${field.name}(${argument.name}:)`);
    return plain(
      lot.chance(0.02)
        ? draft.values.pick(['15060219900101000X'.slice(0, 10 + draft.values.below(8)), '150691', '110101', ''])
        : draft.values.pick(known),
    );
  }

  /** A value of an argument that may be left out, as good as not always a good one. */
  private chosen({ name, type }: GraphQLArgument): Given {
    const { good, bad } = this.choicesOf(name, type);
    const text = this.lot.chance(0.03) ? this.draft.values.pick(bad) : this.draft.values.pick(good);
    return { text, value: valueOfText(text) };
  }

  /** An input object: as a literal with values or variables in it, or whole as a variable. */
  private filter(type: GraphQLInputType, depth: number): string {
    if (this.lot.chance(0.02)) return 'null';
    const given = this.filterValue(getNamedType(type), depth);
    return this.place(type, given, given.parts);
  }

  private filterValue(
    type: GraphQLInputType,
    depth: number,
  ): Given & { parts: readonly (readonly [string, GraphQLInputType, Given])[] } {
    const { lot } = this;
    if (!isInputObjectType(type)) throw new Error(`${String(type)} is no filter`);
    const fields = Object.values(type.getFields());
    const dataset = this.samples.datasetOfFilter.get(type.name)!;
    const parts: (readonly [string, GraphQLInputType, Given])[] = [];
    const wanted = lot.chance(0.06) ? 0 : 1 + lot.below(2);
    const taken = new Set<string>();
    for (let n = 0; n < wanted; n++) {
      const field = lot.pick(fields);
      if (taken.has(field.name)) continue;
      taken.add(field.name);
      this.cover(`${type.name}.${field.name}`);
      const isBranch = field.name === 'and' || field.name === 'or' || field.name === 'not';
      if (isBranch && depth >= 3) continue;
      if (lot.chance(0.02)) parts.push([field.name, field.type, { text: 'null', value: null }]);
      else if (field.name === 'not')
        parts.push([field.name, field.type, this.filterValue(getNamedType(field.type), depth + 1)]);
      else if (isBranch) {
        const branches = Array.from({ length: lot.below(4) }, () =>
          this.filterValue(getNamedType(field.type) as never, depth + 1),
        );
        parts.push([
          field.name,
          field.type,
          { text: `[${branches.map(({ text }) => text).join(', ')}]`, value: branches.map(({ value }) => value) },
        ]);
      } else
        parts.push([field.name, field.type, this.comparisons(getNamedType(field.type), `${dataset}.${field.name}`)]);
    }
    return { ...objectOf(parts), parts };
  }

  private comparisons(type: GraphQLInputType, coordinate: string): Given {
    const { lot } = this;
    if (!isInputObjectType(type)) throw new Error(`${String(type)} compares nothing`);
    const operators = Object.values(type.getFields());
    const parts: [string, GraphQLInputType, Given][] = [];
    const taken = new Set<string>();
    for (let n = lot.chance(0.04) ? 0 : lot.chance(0.15) ? 2 : 1; n > 0; n--) {
      const operator = lot.pick(operators);
      if (taken.has(operator.name)) continue;
      taken.add(operator.name);
      this.cover(`${type.name}.${operator.name}`);
      parts.push([
        operator.name,
        operator.type,
        lot.chance(0.006) ? { text: 'null', value: null } : this.operand(operator.name, operator.type, coordinate),
      ]);
    }
    return objectOf(parts);
  }

  private operand(operator: string, type: GraphQLInputType, coordinate: string): Given {
    const { lot, draft } = this;
    if (operator === 'isNull') return plain(draft.values.chance(0.5));
    if (operator === 'in') {
      const length = lot.chance(0.01) ? 101 : lot.below(4);
      const items = Array.from({ length }, () => this.sample(type, coordinate));
      return { text: `[${items.map(({ text }) => text).join(', ')}]`, value: items.map(({ value }) => value) };
    }
    const sample = this.sample(type, coordinate);
    if (operator !== 'contains' && operator !== 'startsWith') return sample;
    const characters = [...String(sample.value)];
    const shortest = operator === 'contains' ? 2 : 1;
    const length = lot.chance(0.02) ? 0 : shortest + draft.values.below(3);
    const from = operator === 'contains' ? draft.values.below(Math.max(1, characters.length - length + 1)) : 0;
    return plain(characters.slice(from, from + length).join(''));
  }

  private sample(type: GraphQLInputType, coordinate: string): Given {
    const { values } = this.draft;
    const named = getNamedType(type);
    if (isEnumType(named)) {
      const value = values.pick(named.getValues()).name;
      this.cover(`${named.name}.${value}`);
      return { text: value, value };
    }
    if (named.name === 'Boolean') return plain(values.chance(0.5));
    const odd = oddValues[named.name] ?? [];
    const known = this.samples.values.get(coordinate) ?? [];
    const value = values.pick(odd.length > 0 && (known.length === 0 || values.chance(0.1)) ? odd : known);
    return plain(named.name === 'Int' || named.name === 'Float' ? Number(value) : value);
  }

  /** Where a value stands: written out, as a variable, or as an object with variables in it. */
  private place(
    type: GraphQLInputType,
    given: Given,
    parts?: readonly (readonly [string, GraphQLInputType, Given])[],
  ): string {
    const { lot } = this;
    if (lot.chance(0.35)) return this.asVariable(type, given);
    if (parts && lot.chance(0.6))
      return `{ ${parts.map(([name, partType, part]) => `${name}: ${lot.chance(0.3) ? this.asVariable(partType, part) : part.text}`).join(', ')} }`;
    return given.text;
  }

  private asVariable(type: GraphQLInputType, given: Given): string {
    const { lot } = this;
    const bare = String(type);
    if (isNonNullType(type)) return this.variable(bare, given, lot.chance(0.1) ? given.text : null);
    // Left out, with or without a default: no argument, or the default.
    if (isNullableType(type) && lot.chance(0.06)) return this.variable(bare, null, lot.chance(0.5) ? given.text : null);
    if (given.value !== null && lot.chance(0.3)) return this.variable(`${bare}!`, given, null);
    return this.variable(bare, given, isListType(type) || lot.chance(0.9) ? null : given.text);
  }

  private variable(type: string, given: { readonly value: unknown } | null, defaultText: string | null): string {
    const name = `v${this.draft.variables.length}`;
    this.draft.variables.push({ name, type, given: given && { value: given.value }, defaultText });
    return `$${name}`;
  }
}

/** Of every scalar that filters compare with: ends of its range, ties in another spelling, and signs that mean something elsewhere. */
const oddValues: Readonly<Record<string, readonly string[]>> = {
  Date: ['0001-01-01', '9999-12-31', '2024-02-29'],
  DateTime: ['0001-01-01T00:00:00Z', '2025-12-31T16:00:00.000Z', '2026-01-01T00:00:00+08:00'],
  Decimal: ['0', '-0.01', '1000000', '1000000.000001', '999999999999999999.99'],
  BigInteger: ['0', '-9223372036854775808', '9223372036854775807'],
  Int: ['0', '-2147483648', '2147483647'],
  Float: ['0', '-0.5', '1e300', '0.1'],
  String: ['', '%', '_', "' or true --", '\\', '"\n', '𠮷田', '王小', '没有这样的名字的人'],
};

/** Of arguments that may be left out, by their names. */
const choices: Readonly<Record<string, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
  steps: { good: ['4', '3', '2', '1', 'null'], bad: ['0', '5', '-1', '2147483647'] },
  threshold: {
    good: ['"0.1"', '"1"', '"5.5"', '"10.000001"', '"25"', '"50"', '"100"', 'null'],
    bad: ['"0"', '"0.099999"', '"-25"', '"100.000001"', '"999999999999999999"', '"a quarter"'],
  },
};
/** Expected of what an object has many of without being asked for a number. */
const partsOfOne = 6;

/** Whether a field has arguments that choose what it is, and is no list. */
function isChosen({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.length > 0 && args.every(({ name, type }) => name !== 'first' && !isNonNullType(type));
}

/** What a literal of names, numbers, texts and lists of names comes to in a variable. */
function valueOfText(text: string): unknown {
  return JSON.parse(text.replace(/\b(?!null\b)[A-Z][A-Z_]+\b/g, '"$&"')) as unknown;
}

function plain(value: string | number | boolean): Given {
  return { text: JSON.stringify(value), value };
}

function objectOf(parts: readonly (readonly [string, GraphQLInputType, Given])[]): Given {
  return {
    text: `{ ${parts.map(([name, , { text }]) => `${name}: ${text}`).join(', ')} }`,
    value: Object.fromEntries(parts.map(([name, , { value }]) => [name, value])),
  };
}

function bare(query: string): Operation {
  return { query, variables: {}, operationName: null };
}

function inChunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
}

function depthOf(selection: string): number {
  let depth = 0;
  let deepestSoFar = 0;
  for (const character of selection) {
    if (character === '{') deepestSoFar = Math.max(deepestSoFar, (depth += 1));
    else if (character === '}') depth -= 1;
  }
  return deepestSoFar;
}
