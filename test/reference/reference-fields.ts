/** What a field of the reference is - how it is found, and what is asked before - and the few ways to give a value. */
import type { GraphQLResolveInfo } from 'graphql';
import type { ColumnField, LinkField } from '../../src/model/declaration.js';
import type { Dataset } from '../../src/model/declaration.js';
import { type ListArguments, propertyOf, readListRequest, type Row } from './list-request.js';
import type { Check, ReferenceContext } from './rules.js';
import type { ByKey, PageOfRows, RowSource } from './row-source.js';

export type Resolve = (
  parent: never,
  args: never,
  context: ReferenceContext,
  coordinate: string,
  info: GraphQLResolveInfo,
) => unknown;

export interface FieldOfReference {
  readonly resolve: Resolve;
  /** One after the other: nothing is asked about what is denied already. */
  readonly checks: readonly Check[];
}
export type FieldsOfType = Record<string, FieldOfReference>;

/** A portrait, as its fields get it. */
export interface SubjectRef {
  readonly subject: string;
}

export interface Page extends PageOfRows {
  readonly nodeOf: (row: Row) => unknown;
  readonly cursorOf: (row: Row) => string;
  readonly began: boolean;
}

export function open<Parent>(resolve: (parent: Parent) => unknown): FieldOfReference {
  return { checks: [], resolve: resolve };
}

export function asPortrait(subject: string | null): SubjectRef | null {
  return subject === null ? null : { subject };
}

export function serve(context: ReferenceContext, coordinate: string, value: unknown): unknown {
  if (value !== null && value !== undefined)
    context.note(coordinate, context.decide(coordinate).kind === 'mask' ? 'masked' : 'served');
  return value;
}

export function readColumn({ decide }: ReferenceContext, coordinate: string, field: ColumnField, row: Row): unknown {
  if (decide(coordinate).kind === 'mask') return row[`${field.name}Masked`];
  const value = row[propertyOf(field)];
  return value instanceof Date ? value.toISOString() : value;
}

/** @param among from the parent to the rows in question, of which the list is a page */
export function list<Parent>(
  dataset: Dataset,
  among: (parent: Parent, rows: RowSource) => Promise<readonly Row[]>,
  nodeOf: (row: Row) => unknown,
): Resolve {
  return async (parent: Parent, args: ListArguments, context, coordinate) => {
    const request = readListRequest(dataset, coordinate, context.principal, args, context.refuse);
    const page: Page = {
      ...context.rows.cut(dataset, await among(parent, context.rows), request),
      nodeOf,
      cursorOf: request.cursorOf,
      began: request.follows !== null,
    };
    if (page.rows.length > 0) context.note(coordinate, 'served');
    return page;
  };
}

export function asKey(key: string, value: unknown): ByKey | null {
  return value === null || value === undefined ? null : { key, value: (value as string | number | bigint).toString() };
}

export function fieldOfColumn(dataset: Dataset, column: string): ColumnField {
  const field = [...dataset.fields.values()].find(
    (it): it is ColumnField => it.kind === 'column' && it.column === column,
  );
  if (!field) throw new Error(`${dataset.name} has no column ${column}`);
  return field;
}

/** Columns that a link joins or chooses by, on its own side and then on the other. */
export function columnsOfLink(dataset: Dataset, field: LinkField): { own: ColumnField; other: ColumnField } {
  return { own: fieldOfColumn(dataset, field.ownColumn), other: fieldOfColumn(field.target, field.targetColumn) };
}
