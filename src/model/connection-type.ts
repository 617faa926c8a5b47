/**
 * Relay connections, typed filters and orders: made for each dataset from its declaration, once, and before the schema is built, for
 * type-graphql takes stock of its types first.
 *
 * Only columns with `find` (indexed) are offered in filters and orders, so that no argument can ask for a scan of a city.
 * What may be filtered or ordered by is decided by the planner like a selection; here is only what can be asked at all.
 */
import { Arg, Int, registerEnumType } from 'type-graphql';
import { GraphQLBoolean, GraphQLString } from 'graphql';
import type { ColumnField, Dataset } from './declaration.js';
import { type ClassRef, defineType } from './define-type.js';
import { enumTypeOf } from './enum-type.js';
import type { ValueType } from './value-type.js';

const pageInfo = defineType('object', 'PageInfo', { zh: '分页信息', en: 'About this page of a connection' }, [
  { name: 'hasNextPage', type: () => GraphQLBoolean, zh: '后面是否还有', en: 'Whether more follow' },
  {
    name: 'hasPreviousPage',
    type: () => GraphQLBoolean,
    zh: '前面是否还有（仅当给出 after 时为真）',
    en: 'Whether the page began after a cursor',
  },
  { name: 'startCursor', type: () => GraphQLString, zh: '首项游标', en: 'Cursor of the first edge' },
  { name: 'endCursor', type: () => GraphQLString, zh: '末项游标', en: 'Cursor of the last edge, to give as `after`' },
]);

const connections = new Map<string, ClassRef>();

/** The connection over nodes of a type; the same for every relation and list of that type. */
export function connectionTypeOf(node: string, nodeClass: () => object): ClassRef {
  const found = connections.get(node);
  if (found) return found;
  const edge = defineType('object', `${node}Edge`, { zh: '连接中的一项', en: `An edge to ${node}` }, [
    { name: 'cursor', type: () => GraphQLString, zh: '对调用方封装的游标', en: 'Cursor, sealed for the caller' },
    { name: 'node', type: nodeClass, zh: '节点', en: 'The node' },
  ]);
  const connection = defineType('object', `${node}Connection`, { zh: '分页列表', en: `A page of ${node}` }, [
    { name: 'edges', type: () => [edge], zh: '各项及其游标', en: 'Edges, in order' },
    { name: 'nodes', type: () => [nodeClass()], zh: '各项', en: 'Nodes, in order' },
    { name: 'pageInfo', type: () => pageInfo, zh: '分页信息', en: 'About the page' },
  ]);
  connections.set(node, connection);
  return connection;
}

export const textOperators = ['eq', 'in', 'contains', 'startsWith', 'isNull'] as const;
export const referenceOperators = ['eq', 'in', 'startsWith', 'isNull'] as const;
export const exactOperators = ['eq', 'in', 'isNull'] as const;
export const rangeOperators = ['eq', 'in', 'gte', 'gt', 'lte', 'lt', 'isNull'] as const;
export const booleanOperators = ['eq', 'isNull'] as const;
export type Operator = (typeof textOperators)[number] | (typeof rangeOperators)[number];

const operatorWords: Record<Operator, { zh: string; en: string }> = {
  eq: { zh: '等于', en: 'Equal to' },
  in: { zh: '属于其一（最多 100 个）', en: 'One of these, 100 at most' },
  contains: { zh: '包含（至少两个字）', en: 'Contains, two characters at least' },
  startsWith: { zh: '以此开头', en: 'Starts with' },
  gte: { zh: '不小于', en: 'At least' },
  gt: { zh: '大于', en: 'Greater than' },
  lte: { zh: '不大于', en: 'At most' },
  lt: { zh: '小于', en: 'Less than' },
  isNull: { zh: '是否为空', en: 'Whether there is no value' },
};

export function operatorsOf(type: ValueType): readonly Operator[] {
  if (type.filter === 'text') return textOperators;
  if (type.filter === 'reference' || type.filter === 'label') return referenceOperators;
  if (type.filter === 'range') return rangeOperators;
  return type.filter === 'boolean' ? booleanOperators : exactOperators;
}

/** What sets a filter over a text apart from one over an exact value of the same scalar. */
const kindsOfText: Partial<Record<ValueType['filter'], string>> = {
  text: 'Search',
  reference: 'Reference',
  label: 'Label',
};

const valueFilters = new Map<string, ClassRef>();

function valueFilterOf(type: ValueType): ClassRef {
  const scalar = type.enum ? enumTypeOf(type.enum) : type.scalar;
  const base = type.enum?.name ?? type.scalar?.name ?? '';
  const name = `${base}${kindsOfText[type.filter] ?? ''}Filter`;
  const found = valueFilters.get(name);
  if (found) return found;
  const members = operatorsOf(type).map((operator) => ({
    name: operator,
    type: operator === 'isNull' ? () => GraphQLBoolean : operator === 'in' ? () => [scalar] : () => scalar,
    ...operatorWords[operator],
  }));
  const made = defineType('input', name, { zh: '比较条件，同时成立', en: 'Comparisons; all given ones hold' }, members);
  valueFilters.set(name, made);
  return made;
}

export function findableColumns(dataset: Dataset): ColumnField[] {
  return [...dataset.fields.values()].filter((field): field is ColumnField => field.kind === 'column' && field.find);
}

const filters = new Map<string, ClassRef>();

/** The filter over a dataset's findable columns, with and, or, not. */
function filterTypeOf(dataset: Dataset): ClassRef {
  const found = filters.get(dataset.name);
  if (found) return found;
  const name = `${dataset.name}Filter`;
  const columns = findableColumns(dataset).map((field) => {
    const type = valueFilterOf(field.type);
    return { name: field.name, type: () => type, zh: field.zh, en: field.en };
  });
  const made: ClassRef = defineType(
    'input',
    name,
    { zh: `${dataset.zh}的筛选条件`, en: `Filter over ${dataset.name}` },
    [
      ...columns,
      { name: 'and', type: () => [made], zh: '全部成立', en: 'All of these' },
      { name: 'or', type: () => [made], zh: '任一成立', en: 'Any of these' },
      { name: 'not', type: () => made, zh: '不成立', en: 'Not this' },
    ],
  );
  filters.set(dataset.name, made);
  return made;
}

const orders = new Map<string, object>();

/** `NAME_ASC` and so on: ascending puts nulls last, descending first; ties are broken by the row's id. */
export function orderValueOf(field: ColumnField, direction: 'ASC' | 'DESC'): string {
  return `${field.column.toUpperCase()}_${direction}`;
}

function orderTypeOf(dataset: Dataset): object {
  const found = orders.get(dataset.name);
  if (found) return found;
  const values: Record<string, string> = {};
  const valuesConfig: Record<string, { description: string }> = {};
  for (const field of findableColumns(dataset)) {
    for (const [direction, zh, en] of [
      ['ASC', '升序', 'ascending'],
      ['DESC', '降序', 'descending'],
    ] as const) {
      const value = orderValueOf(field, direction);
      values[value] = value;
      valuesConfig[value] = {
        description: `${field.zh}${zh}。${field.name}, ${en}${direction === 'ASC' ? ', nulls last' : ', nulls first'}.`,
      };
    }
  }
  registerEnumType(values, {
    name: `${dataset.name}Order`,
    description: `${dataset.zh}的排序。Order of ${dataset.name}.`,
    valuesConfig,
  });
  orders.set(dataset.name, values);
  return values;
}

/** Gives a field the arguments of a list over a dataset. */
export function addConnectionArguments(prototype: object, field: string, dataset: Dataset): void {
  const add = (index: number, name: string, type: () => unknown, description: string): void =>
    Arg(name, type as never, { nullable: true, description })(prototype, field, index);
  add(0, 'first', () => Int, '每页条数，默认 20，最多 100。Page size, 20 by default, 100 at most.');
  add(1, 'after', () => GraphQLString, '从此游标之后开始。Start after this cursor.');
  if (findableColumns(dataset).length === 0) return;
  const filter = filterTypeOf(dataset);
  const order = orderTypeOf(dataset);
  add(2, 'filter', () => filter, '筛选条件。Filter.');
  add(3, 'orderBy', () => [order], '排序，最多三项。Order, three at most.');
}
