/** What an answer gives to come back with: cursors with the order they belong to, and ids. Read off the operation and its data. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { Souvenirs } from '../reference/generate-operations.js';
import type { Operation } from '../reference/reference-executor.js';

type Cursor = { readonly cursor: string; readonly order: readonly string[] };
export interface Kept extends Souvenirs {
  readonly cursors: Map<string, Cursor[]>;
  readonly ids: Map<string, string[]>;
}
const keptOfEach = 20;

export function newSouvenirs(): Kept {
  return { cursors: new Map(), ids: new Map() };
}

export function keepSouvenirs(schema: GraphQLSchema, operation: Operation, data: unknown, kept: Kept): void {
  if (typeof data !== 'object' || data === null) return;
  const document = parse(operation.query);
  const fragments = new Map(
    document.definitions.flatMap((it) => (it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it] as const] : [])),
  );
  const asked = operationOf(document, operation.operationName);
  const variables = { ...defaultsOf(asked), ...operation.variables };
  new Reader(schema, fragments, variables, kept).read('Query', [asked.selectionSet], data as Data);
}

type Data = Readonly<Record<string, unknown>>;

class Reader {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
    private readonly kept: Kept,
  ) {}

  read(
    typeName: string,
    sets: readonly SelectionSetNode[],
    data: Data,
    list: { coordinate: string; order: string[] } | null = null,
  ): void {
    const type = this.schema.getType(typeName);
    if (!isObjectType(type)) return;
    for (const [key, fields] of this.fieldsByKey(sets)) {
      const field = fields[0]!;
      const value = data[key];
      if (value === null || value === undefined) continue;
      const name = field.name.value;
      if (typeof value === 'string') {
        if (list && (name === 'cursor' || name === 'endCursor' || name === 'startCursor'))
          keep(this.kept.cursors, list.coordinate, { cursor: value, order: list.order }, (it) => it.cursor === value);
        if (name === 'id') keep(this.kept.ids, typeName, value, (it) => it === value);
      }
      const declared = type.getFields()[name];
      if (typeof value !== 'object' || !declared) continue;
      const inner = getNamedType(declared.type).name;
      const innerList = inner.endsWith('Connection')
        ? { coordinate: `${typeName}.${name}`, order: this.orderOf(field) }
        : inner === 'PageInfo' || inner.endsWith('Edge')
          ? list
          : null;
      const innerSets = fields.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
      for (const item of Array.isArray(value) ? value : [value]) this.read(inner, innerSets, item as Data, innerList);
    }
  }

  private fieldsByKey(sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
    const groups = new Map<string, FieldNode[]>();
    const walk = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const key = selection.alias?.value ?? selection.name.value;
          groups.set(key, [...(groups.get(key) ?? []), selection]);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
        else walk(this.fragments.get(selection.name.value)!.selectionSet);
      }
    };
    sets.forEach(walk);
    return groups;
  }

  private orderOf(field: FieldNode): string[] {
    const given = field.arguments?.find(({ name }) => name.value === 'orderBy')?.value;
    const value = given && this.valueOf(given);
    return value === undefined || value === null ? [] : ([value].flat() as string[]);
  }

  private valueOf(node: ValueNode): unknown {
    if (node.kind === Kind.VARIABLE) return this.variables[node.name.value];
    if (node.kind === Kind.LIST) return node.values.map((item) => this.valueOf(item));
    return node.kind === Kind.ENUM ? node.value : null;
  }
}

function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode {
  return document.definitions.find(
    (it): it is OperationDefinitionNode =>
      it.kind === Kind.OPERATION_DEFINITION && (name === null || it.name?.value === name),
  )!;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) => {
      if (!defaultValue) return [];
      const items = defaultValue.kind === Kind.LIST ? defaultValue.values : [defaultValue];
      return [[variable.name.value, items.map((it) => (it.kind === Kind.ENUM ? it.value : null))]];
    }),
  );
}

function keep<T>(book: Map<string, T[]>, name: string, it: T, isSame: (other: T) => boolean): void {
  const known = book.get(name) ?? [];
  book.set(name, known);
  if (!known.some(isSame)) known.push(it);
  if (known.length > keptOfEach) known.shift();
}
