/**
 * The types a column may have: its SQL type, its GraphQL type, its JSON form and what may be asked of it.
 * One table for all of them, so that DDL, schema, compiled SQL and parameters can't disagree.
 */
import { GraphQLBoolean, GraphQLFloat, GraphQLInt, GraphQLString, type GraphQLScalarType } from 'graphql';
import { BigIntegerScalar, DateScalar, DateTimeScalar, DecimalScalar } from './scalars.js';
import type { CodeList } from './code-lists/code-list.js';

/** How a value is put into finished JSON: as it is, as text (64-bit and decimal numbers), or as a pinned moment in UTC. */
export type JsonForm = 'plain' | 'text' | 'moment';

/** Which operators a filter on the column offers. */
export type FilterKind = 'text' | 'reference' | 'label' | 'exact' | 'range' | 'boolean' | 'enum';

export interface EnumDeclaration {
  /** GraphQL name. */
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly values: Readonly<Record<string, { readonly zh: string; readonly en: string; readonly code?: string }>>;
}

export interface ValueType {
  readonly name: string;
  /** SQL type of the column, and of a parameter that is compared with it. */
  readonly sql: string;
  readonly json: JsonForm;
  readonly filter: FilterKind;
  readonly scalar: GraphQLScalarType | null;
  readonly enum: EnumDeclaration | null;
  readonly codeList: CodeList | null;
}

function declareType(
  name: string,
  sql: string,
  json: JsonForm,
  filter: FilterKind,
  scalar: GraphQLScalarType,
): ValueType {
  return { name, sql, json, filter, scalar, enum: null, codeList: null };
}

/** Free text of at most `length` characters. */
export function text(length = 200): ValueType {
  return declareType('text', `varchar(${length})`, 'plain', 'text', GraphQLString);
}

/** A number or code as whoever issued it writes it: found as a whole or by how it begins, never by a part, which would cost an index of its own. */
export function reference(length: number): ValueType {
  return declareType('reference', `varchar(${length})`, 'plain', 'reference', GraphQLString);
}

/** A code of a standard's list, kept and answered as the code. */
export function code(codeList: CodeList): ValueType {
  const length = Math.max(...codeList.entries.map((entry) => entry.code.length));
  return { ...declareType('code', `varchar(${length})`, 'plain', 'exact', GraphQLString), codeList };
}

/** One of a few declared values, kept and answered by name. */
export function oneOf(declaration: EnumDeclaration): ValueType {
  const length = Math.max(...Object.keys(declaration.values).map((value) => value.length));
  return {
    name: 'enum',
    sql: `varchar(${length})`,
    json: 'plain',
    filter: 'enum',
    scalar: null,
    enum: declaration,
    codeList: null,
  };
}

/** Exact decimal with `scale` digits after the point, answered as a string with just these digits. */
export function decimal(precision: number, scale: number): ValueType {
  return declareType('decimal', `numeric(${precision},${scale})`, 'text', 'range', DecimalScalar);
}

export const integer = declareType('integer', 'int', 'plain', 'range', GraphQLInt);
export const bigInteger = declareType('bigInteger', 'bigint', 'text', 'range', BigIntegerScalar);
export const float = declareType('float', 'double precision', 'plain', 'range', GraphQLFloat);
export const boolean = declareType('boolean', 'boolean', 'plain', 'boolean', GraphQLBoolean);
export const date = declareType('date', 'date', 'plain', 'range', DateScalar);
export const moment = declareType('moment', 'timestamptz(3)', 'moment', 'range', DateTimeScalar);
/** A year, month or day as ISO 8601 writes it, at whatever depth: `2026`, `2026-03`, `2026-03-07`; `all` for all time. */
export const period = declareType('period', 'varchar(10)', 'plain', 'exact', GraphQLString);
/**
 * Short text of a fixed stock of words: an authority, a kind of thing. Found as a whole or by how it begins, never by a part: who wants a part
 * chooses from the stock, and every row of the table would pay for the index.
 */
export function label(length: number): ValueType {
  return declareType('label', `varchar(${length})`, 'plain', 'label', GraphQLString);
}
/** CNY yuan with two decimals. */
export const money = decimal(20, 2);
/** A telephone number, digits, with + and - allowed. */
export const telephone = declareType('telephone', 'varchar(20)', 'plain', 'exact', GraphQLString);
