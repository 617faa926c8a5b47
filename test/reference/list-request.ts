/**
 * What a list is asked for, over rows in memory: filter, order, page and cursor, written from the schema's descriptions alone.
 *
 * Filters are two-valued: a comparison with no value is false, and its negation true. Order is by code point; ascending puts nulls last
 * and descending first; ties go by the row's id, in the direction of the first term.
 */
import type { ColumnField, Dataset } from '../../src/model/declaration.js';
import { Refusal } from './refusal.js';

export type Row = Readonly<Record<string, unknown>>;

export interface ListRequest {
  readonly matches: (row: Row) => boolean;
  readonly compare: (a: Row, b: Row) => number;
  readonly first: number;
  /** Whether a row comes after the cursor; null where none was given. */
  readonly follows: ((row: Row) => boolean) | null;
  readonly cursorOf: (row: Row) => string;
}

export interface ListArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly filter?: FilterValue | null;
  readonly orderBy?: readonly string[] | null;
}
type FilterValue = Readonly<Record<string, unknown>>;

interface Term {
  readonly field: ColumnField;
  readonly descending: boolean;
}

/** How the reference writes a cursor: open, with what it is bound to, and marked so that it can be told in an answer. */
export const cursorMark = 'reference-cursor:';
export interface CursorContent {
  readonly principal: string;
  readonly list: string;
  readonly order: readonly string[];
  readonly values: readonly unknown[];
  readonly id: string;
}

const defaultFirst = 20;
const limits = { first: 100, orderTerms: 3, comparisons: 50, listed: 100, searched: 100 };

/** @param refuse told of each fault; when it returns, what is faulty is passed over */
export function readListRequest(
  dataset: Dataset,
  list: string,
  principal: string,
  args: ListArguments,
  refuse: (fault: Refusal) => void,
): ListRequest {
  const fault = findFaultOfForm(args);
  if (fault) refuse(fault);
  const first = args.first ?? defaultFirst;
  if (first < 1 || first > limits.first) refuse(new Refusal('LIMIT_EXCEEDED'));
  const order = args.orderBy ?? [];
  const terms = order.map((value) => termOf(dataset, value));
  const compare = comparatorOf(terms);
  const filter = args.filter ?? null;
  return {
    first,
    matches: filter ? filterOf(dataset, filter, refuse) : () => true,
    compare,
    follows:
      args.after === undefined || args.after === null
        ? null
        : followerOf(args.after, { principal, list, order }, terms, compare, refuse),
    cursorOf: (row) => {
      const content: CursorContent = {
        principal,
        list,
        order,
        values: terms.map(({ field }) => valueOf(row, field)),
        id: String(row['id']),
      };
      return cursorMark + Buffer.from(JSON.stringify(content)).toString('base64url');
    },
  };
}

/** What is wrong with a request before anything is decided about it. */
export function findFaultOfForm({ filter, orderBy }: ListArguments): Refusal | null {
  const comparisons = filter ? operandsOf(filter) : [];
  const isFaulty =
    (orderBy?.length ?? 0) > limits.orderTerms || comparisons.length > limits.comparisons || comparisons.includes(null);
  return isFaulty ? new Refusal('BAD_USER_INPUT') : null;
}

function operandsOf(filter: FilterValue): unknown[] {
  return Object.entries(filter).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (name === 'and' || name === 'or') return (value as FilterValue[]).flatMap(operandsOf);
    return name === 'not' ? operandsOf(value as FilterValue) : Object.values(value);
  });
}

/** The value of a column as it is compared; the property of a subject's division is named after the subject's key. */
export function valueOf(row: Row, field: ColumnField): unknown {
  return row[propertyOf(field)] ?? null;
}

export function propertyOf(field: ColumnField): string {
  return field.control ? camelCase(field.column) : field.name;
}

function camelCase(column: string): string {
  return column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

export function findOrderField(dataset: Dataset, value: string): ColumnField {
  const column = value.replace(/_(ASC|DESC)$/, '').toLowerCase();
  const field = [...dataset.fields.values()].find(
    (it): it is ColumnField => it.kind === 'column' && it.column === column,
  );
  if (!field) throw new Error(`${value} orders ${dataset.name} by nothing`);
  return field;
}

function termOf(dataset: Dataset, value: string): Term {
  return { field: findOrderField(dataset, value), descending: value.endsWith('_DESC') };
}

function comparatorOf(terms: readonly Term[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const { field, descending } of terms) {
      const [x, y] = [valueOf(a, field), valueOf(b, field)];
      // As if null were greater than everything: last when ascending, first when descending.
      const order = x === null || y === null ? Number(x === null) - Number(y === null) : compareValues(field, x, y);
      if (order !== 0) return descending ? -order : order;
    }
    const byId = compareNumbers(BigInt(String(a['id'])), BigInt(String(b['id'])));
    return terms[0]?.descending ? -byId : byId;
  };
}

function followerOf(
  cursor: string,
  bound: Pick<CursorContent, 'principal' | 'list' | 'order'>,
  terms: readonly Term[],
  compare: (a: Row, b: Row) => number,
  refuse: (fault: Refusal) => void,
): (row: Row) => boolean {
  const content = openCursor(cursor);
  if (
    !content ||
    content.principal !== bound.principal ||
    content.list !== bound.list ||
    content.order.join() !== bound.order.join()
  ) {
    refuse(new Refusal('INVALID_CURSOR'));
    return () => true;
  }
  const last: Record<string, unknown> = { id: content.id };
  terms.forEach(({ field }, index) => (last[propertyOf(field)] = content.values[index]));
  return (row) => compare(row, last) > 0;
}

/** Null for what is no cursor. */
export function openCursor(cursor: string): CursorContent | null {
  if (!cursor.startsWith(cursorMark)) return null;
  return JSON.parse(Buffer.from(cursor.slice(cursorMark.length), 'base64url').toString()) as CursorContent;
}

function filterOf(dataset: Dataset, filter: FilterValue, refuse: (fault: Refusal) => void): (row: Row) => boolean {
  const parts = Object.entries(filter).flatMap(([name, value]): ((row: Row) => boolean)[] => {
    if (value === null || value === undefined) return [];
    if (name === 'not') {
      const part = filterOf(dataset, value as FilterValue, refuse);
      return [(row) => !part(row)];
    }
    if (name === 'and' || name === 'or') {
      const branches = (value as FilterValue[]).map((branch) => filterOf(dataset, branch, refuse));
      return [
        name === 'and'
          ? (row) => branches.every((branch) => branch(row))
          : (row) => branches.some((branch) => branch(row)),
      ];
    }
    const field = dataset.fields.get(name) as ColumnField;
    return Object.entries(value).map(([operator, operand]) => comparisonOf(field, operator, operand, refuse));
  });
  return (row) => parts.every((part) => part(row));
}

function comparisonOf(
  field: ColumnField,
  operator: string,
  operand: unknown,
  refuse: (fault: Refusal) => void,
): (row: Row) => boolean {
  if (operator === 'isNull') return (row) => (valueOf(row, field) === null) === operand;
  const fault = findFaultOfOperand(operator, operand);
  if (fault) refuse(fault);
  const holds = (value: unknown): boolean => {
    switch (operator) {
      case 'eq':
        return compareValues(field, value, operand) === 0;
      case 'in':
        return (operand as unknown[]).some((item) => compareValues(field, value, item) === 0);
      case 'gt':
        return compareValues(field, value, operand) > 0;
      case 'gte':
        return compareValues(field, value, operand) >= 0;
      case 'lt':
        return compareValues(field, value, operand) < 0;
      case 'lte':
        return compareValues(field, value, operand) <= 0;
      case 'contains':
        return (value as string).includes(operand as string);
      case 'startsWith':
        return (value as string).startsWith(operand as string);
      default:
        throw new Error(`${operator} is no operator`);
    }
  };
  return (row) => {
    const value = valueOf(row, field);
    return value !== null && holds(value);
  };
}

function findFaultOfOperand(operator: string, operand: unknown): Refusal | null {
  if (operand === null) return null; // Said already, of the form.
  if (operator === 'in') return (operand as unknown[]).length > limits.listed ? new Refusal('LIMIT_EXCEEDED') : null;
  if (operator !== 'contains' && operator !== 'startsWith') return null;
  const { length } = [...(operand as string)];
  return length < (operator === 'contains' ? 2 : 1) || length > limits.searched ? new Refusal('BAD_USER_INPUT') : null;
}

/** Values of one column, neither of them null. */
function compareValues({ type }: ColumnField, a: unknown, b: unknown): number {
  if (type.name === 'decimal' || type.name === 'bigInteger')
    return compareNumbers(scaled(String(a)), scaled(String(b)));
  if (type.name === 'moment') return compareNumbers(new Date(a as string).getTime(), new Date(b as string).getTime());
  if (typeof a === 'number' || typeof a === 'boolean') return compareNumbers(Number(a), Number(b));
  // UTF-8 sorts by code point, JavaScript's own comparison does not.
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

function compareNumbers(a: bigint | number, b: bigint | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const fractionDigits = 6;
function scaled(decimal: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal)!;
  const magnitude = BigInt(whole + fraction.padEnd(fractionDigits, '0'));
  return sign ? -magnitude : magnitude;
}
