/**
 * The records of a CSV or JSON lines source, one at a time with their line numbers; the source is asked for more only when the last
 * record was taken, so that memory stays flat. A broken line is an item of its own; only a file that cannot be what the mapping says
 * (no text, other columns) is an error. Messages name fields that were expected, never what the file holds.
 */
import { CitygraphError } from '../errors.js';
import { readCsvRecords } from './csv-records.js';
import { cutLines, longestLine } from './cut-lines.js';
import { type ByteSource, decodeText } from './decode-text.js';
import type { RecordFormat } from './mapping.js';
import { type ReasonCode, reasons } from './reasons.js';

export type { ByteSource } from './decode-text.js';

/** A number of JSON comes as the text it was written as; an object or a list as it is. */
export type FieldValue = string | null | object;
export type SourceRecord = ReadonlyMap<string, FieldValue>;

export interface BrokenLine {
  readonly column: null;
  readonly reason: string;
  readonly zh: string;
  readonly en: string;
}

export type ReadItem =
  { readonly line: number; readonly record: SourceRecord } | { readonly line: number; readonly broken: BrokenLine };

export interface ReadOptions {
  readonly format: RecordFormat;
  /** The fields that will be asked for: a file without them is refused. */
  readonly fields: readonly string[];
}

/** @throws CitygraphError BAD_USER_INPUT when the file is no text or lacks a field. */
export function readRecords(
  source: ByteSource,
  { format, fields }: ReadOptions,
  name: string,
): AsyncGenerator<ReadItem> {
  const text = decodeText(source, format.encoding, name);
  return format.type === 'csv' ? readCsv(text, format, fields, name) : readJsonLines(text, fields, name);
}

async function* readCsv(
  chunks: AsyncIterable<string>,
  format: RecordFormat,
  wanted: readonly string[],
  name: string,
): AsyncGenerator<ReadItem> {
  let names = format.fieldNames;
  if (names) requireFields(names, wanted, name);
  for await (const piece of readCsvRecords(chunks, format.delimiter)) {
    if ('reason' in piece) {
      if (!names)
        throw new CitygraphError(
          'BAD_USER_INPUT',
          `${name}: expected a header line, got one that is broken (${piece.reason})`,
        );
      yield broken(piece.line, piece.reason);
    } else if (!names) {
      names = piece.fields.map((field) => field.trim());
      requireFields(names, wanted, name);
    } else {
      yield toItem(piece.line, piece.fields, names);
    }
  }
  if (!names) throw new CitygraphError('BAD_USER_INPUT', `${name}: expected a header line, got an empty file`);
}

function toItem(line: number, fields: readonly string[], names: readonly string[]): ReadItem {
  const spare = fields.slice(names.length);
  if (fields.length < names.length || spare.some((field) => field.trim() !== '')) return broken(line, 'field-count');
  if (fields.some((field) => !isCleanText(field))) return broken(line, 'not-decodable');
  return { line, record: new Map(names.map((name, index) => [name, fields[index] ?? ''])) };
}

function requireFields(names: readonly string[], wanted: readonly string[], name: string): void {
  const lacking = wanted.filter((field) => !names.includes(field));
  if (lacking.length > 0) {
    const got = `a header of ${names.length} field(s) without ${lacking.join(', ')}`;
    throw new CitygraphError('BAD_USER_INPUT', `${name}: expected the fields ${wanted.join(', ')}, got ${got}`, {
      lacking,
    });
  }
  const twice = wanted.find((field) => names.indexOf(field) !== names.lastIndexOf(field));
  if (twice !== undefined)
    throw new CitygraphError('BAD_USER_INPUT', `${name}: expected the field ${twice} once, got it twice`);
}

async function* readJsonLines(
  chunks: AsyncIterable<string>,
  wanted: readonly string[],
  name: string,
): AsyncGenerator<ReadItem> {
  let first = true;
  for await (const lines of cutLines(chunks)) {
    for (const { line, text } of lines) {
      if (text.trim() === '') continue;
      const item = text.length > longestLine ? broken(line, 'record-too-large') : parseJsonLine(line, text);
      if (first && 'record' in item && !wanted.some((field) => item.record.has(field))) {
        throw new CitygraphError(
          'BAD_USER_INPUT',
          `${name}: expected objects with the fields ${wanted.join(', ')}, got a first object with none of them`,
        );
      }
      if ('record' in item) first = false;
      yield item;
    }
  }
}

/** Numbers keep the digits they were written with, where the runtime tells them (`context.source`). */
function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}

function parseJsonLine(line: number, text: string): ReadItem {
  let value: unknown;
  try {
    value = JSON.parse(text, keepDigits);
  } catch {
    // The parser's message quotes the line, which may hold an identifier: the reason is all that goes on.
    return broken(line, 'not-json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return broken(line, 'not-an-object');
  const record = new Map<string, FieldValue>();
  for (const [field, given] of Object.entries(value)) {
    if (typeof given === 'string' && !isCleanText(given)) return broken(line, 'not-decodable');
    record.set(field, typeof given === 'boolean' ? String(given) : (given as FieldValue));
  }
  return { line, record };
}

/** Text that the pool can hold: no character that could not be read, no NUL, no half of a surrogate pair. */
function isCleanText(text: string): boolean {
  return !text.includes('\uFFFD') && !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

function broken(line: number, code: ReasonCode): ReadItem {
  const { zh, en } = reasons[code];
  return { line, broken: { column: null, reason: code, zh, en } };
}
