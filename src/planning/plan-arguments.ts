/** Filters, orders, page size and cursor of a list: their structure, the parameters they need and the coordinates they use. */
import { createHash } from 'node:crypto';
import { CitygraphError } from '../errors.js';
import { findableColumns, type Operator, orderValueOf } from '../model/connection-type.js';
import type { ColumnField, Dataset } from '../model/declaration.js';
import { type Argument, sourceOf } from './argument.js';
import type {
  ColumnRef,
  Condition,
  ConnectionPlan,
  LoggedArgument,
  OrderTerm,
  Parameter,
  ParameterForm,
  ParameterSource,
} from './plan.js';

export const defaultPageSize = 20;
const maximumConditions = 100;
const maximumOrderTerms = 3;

export interface PlannedArguments {
  readonly page: Pick<ConnectionPlan, 'filter' | 'order' | 'pageSize' | 'after' | 'cursorScope'>;
  /** The columns that are filtered or ordered by, by their coordinates. */
  readonly used: ReadonlyMap<string, ColumnField>;
  readonly arguments: readonly GivenArgument[];
  /** How many of its conditions search within a text. */
  readonly searches: number;
}

/** Whether the log may keep it in plain is for the level that holds of the column to say. */
export interface GivenArgument extends Omit<LoggedArgument, 'sensitive'> {
  /** Of the column that it is compared with; null where it is with none. */
  readonly coordinate: string | null;
}

interface Draft {
  readonly dataset: Dataset;
  readonly label: string;
  readonly used: Map<string, ColumnField>;
  readonly arguments: GivenArgument[];
  conditions: number;
  searches: number;
}

/** @throws BAD_USER_INPUT where structure is wrong; values are checked when they are bound */
export function planConnectionArguments(
  dataset: Dataset,
  label: string,
  given: ReadonlyMap<string, Argument>,
): PlannedArguments {
  const draft: Draft = { dataset, label, used: new Map(), arguments: [], conditions: 0, searches: 0 };
  const first = given.get('first');
  const pageSize: ParameterSource =
    !first || first.kind === 'null' ? { from: 'constant', value: defaultPageSize } : sourceOf(first);
  const filterArgument = given.get('filter');
  const filter = filterArgument && filterArgument.kind !== 'null' ? planFilter(draft, filterArgument) : null;
  const order = planOrder(draft, given.get('orderBy'));
  const cursorScope = createHash('sha256')
    .update(JSON.stringify([label, order]))
    .digest('base64url')
    .slice(0, 12);
  return {
    page: { filter, order, pageSize, after: planAfter(draft, given.get('after'), order, cursorScope), cursorScope },
    used: draft.used,
    arguments: [{ label: `${label}(first:)`, source: pageSize, coordinate: null }, ...draft.arguments],
    searches: draft.searches,
  };
}

function planFilter(draft: Draft, argument: Argument): Condition {
  countCondition(draft);
  const parts: Condition[] = [];
  for (const [name, part] of fieldsOf(draft, 'filter', argument)) {
    if (part.kind === 'null') continue;
    if (name === 'and' || name === 'or')
      parts.push({ kind: name, parts: itemsOf(part).map((item) => planFilter(draft, item)) });
    else if (name === 'not') parts.push({ kind: 'not', part: planFilter(draft, part) });
    else parts.push(planComparisons(draft, name, part));
  }
  return { kind: 'and', parts };
}

function planComparisons(draft: Draft, name: string, argument: Argument): Condition {
  const field = draft.dataset.fields.get(name);
  if (field?.kind !== 'column' || !field.find)
    refuse(draft, `filter.${name}`, 'a column that can be filtered', 'another');
  draft.used.set(`${draft.dataset.name}.${name}`, field);
  const parts: Condition[] = [];
  for (const [operator, value] of fieldsOf(draft, `filter.${name}`, argument)) {
    countCondition(draft);
    parts.push(planComparison(draft, field, operator as Operator, value));
  }
  return { kind: 'and', parts };
}

/** Groups count like comparisons: a filter may neither nest nor widen without end. */
function countCondition(draft: Draft): void {
  draft.conditions += 1;
  if (draft.conditions > maximumConditions)
    refuse(draft, 'filter', `at most ${maximumConditions} conditions`, 'more', {
      ...{ limit: 'conditions', maximum: maximumConditions, came: draft.conditions },
    });
}

function planComparison(draft: Draft, field: ColumnField, operator: Operator, value: Argument): Condition {
  const label = `${draft.label}(filter.${field.name}.${operator}:)`;
  if (value.kind === 'null')
    refuse(draft, `filter.${field.name}.${operator}`, 'a value (use isNull to ask for none)', 'null');
  const column = columnRefOf(field);
  if (operator === 'isNull') return { kind: 'null', column, isNull: value.kind === 'value' && value.value === true };
  const source = sourceOf(value);
  draft.arguments.push({ label, source, coordinate: `${draft.dataset.name}.${field.name}` });
  const parameter = (form: ParameterForm, sql = column.sql): Parameter => ({ source, form, sql, label });
  switch (operator) {
    case 'eq':
      return { kind: 'compare', column, operator: '=', parameter: parameter({ as: 'value' }) };
    case 'in':
      return { kind: 'any', column, parameter: parameter({ as: 'list' }, `${column.sql}[]`) };
    case 'gt':
      return { kind: 'compare', column, operator: '>', parameter: parameter({ as: 'value' }) };
    case 'gte':
      return { kind: 'compare', column, operator: '>=', parameter: parameter({ as: 'value' }) };
    case 'lt':
      return { kind: 'compare', column, operator: '<', parameter: parameter({ as: 'value' }) };
    case 'lte':
      return { kind: 'compare', column, operator: '<=', parameter: parameter({ as: 'value' }) };
    case 'contains':
      draft.searches += 1;
      return {
        kind: 'contains',
        column,
        word: parameter({ as: 'search-word' }, 'text'),
        pattern: parameter({ as: 'contains-pattern' }, 'text'),
      };
    case 'startsWith':
      return {
        kind: 'prefix',
        column,
        start: parameter({ as: 'prefix' }, 'text'),
        end: parameter({ as: 'prefix-end' }, 'text'),
      };
  }
}

function planOrder(draft: Draft, argument: Argument | undefined): OrderTerm[] {
  if (!argument || argument.kind === 'null') return [];
  const items = itemsOf(argument);
  if (items.length > maximumOrderTerms)
    refuse(draft, 'orderBy', `at most ${maximumOrderTerms} terms`, String(items.length), {
      ...{ limit: 'orderTerms', maximum: maximumOrderTerms, came: items.length },
    });
  return items.map((item) => {
    const value = item.kind === 'value' ? item.value : null;
    for (const field of findableColumns(draft.dataset)) {
      for (const direction of ['ASC', 'DESC'] as const) {
        if (orderValueOf(field, direction) !== value) continue;
        draft.used.set(`${draft.dataset.name}.${field.name}`, field);
        return { column: columnRefOf(field), descending: direction === 'DESC' };
      }
    }
    return refuse(draft, 'orderBy', `a value of ${draft.dataset.name}Order`, 'another');
  });
}

function planAfter(
  draft: Draft,
  argument: Argument | undefined,
  order: readonly OrderTerm[],
  scope: string,
): Parameter[] | null {
  if (!argument || argument.kind === 'null') return null;
  const source = sourceOf(argument);
  const parameter = (position: number, sql: string): Parameter => ({
    source,
    form: { as: 'cursor', scope, position },
    sql,
    label: `${draft.label}(after:)`,
  });
  return [...order.map((term, position) => parameter(position, term.column.sql)), parameter(order.length, 'bigint')];
}

function columnRefOf(field: ColumnField): ColumnRef {
  return { column: field.column, sql: parameterTypeOf(field.type.sql), nullable: !field.required };
}

/** Without length or precision: a cast to those would cut or round what the caller asked for, and so match what it did not. */
function parameterTypeOf(columnType: string): string {
  const bare = columnType.replace(/\(.*\)/, '');
  return bare === 'varchar' ? 'text' : bare;
}

function fieldsOf(draft: Draft, where: string, argument: Argument): ReadonlyMap<string, Argument> {
  return argument.kind === 'object' ? argument.fields : refuse(draft, where, 'an object', argument.kind);
}

/** A single value stands for a list of one, as GraphQL coerces it. */
function itemsOf(argument: Argument): readonly Argument[] {
  return argument.kind === 'list' ? argument.items : [argument];
}

function refuse(
  draft: Draft,
  where: string,
  expected: string,
  came: string,
  details: Readonly<Record<string, unknown>> = {},
): never {
  throw new CitygraphError('BAD_USER_INPUT', `${draft.label}(${where}): expected ${expected}, got ${came}`, details);
}
