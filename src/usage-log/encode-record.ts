/**
 * A usage record as PostgreSQL takes a row in binary: a value of the type `citygraph.usage_given` of the migrations, whose columns and order
 * these are. Text forms, JSON above all, take the database longer to read than the record takes to write.
 *
 * It must not know what a column means.
 */
import { CitygraphError } from '../errors.js';
import type { RecordColumns } from './canonical-record.js';

/** Object ids of PostgreSQL's own types (`pg_type.dat`); they never change. */
const types = {
  bytea: 17,
  bigint: 20,
  int: 23,
  text: 25,
  intArray: 1007,
  textArray: 1009,
  timestamptz: 1184,
  uuid: 2950,
  jsonb: 3802,
} as const;
type ColumnType = keyof typeof types;

const columns: readonly (readonly [keyof RecordColumns, ColumnType])[] = [
  ['id', 'uuid'],
  ['occurred_at', 'timestamptz'],
  ['node', 'text'],
  ['kind', 'text'],
  ['principal_kind', 'text'],
  ['principal', 'text'],
  ['department', 'text'],
  ['grants', 'textArray'],
  ['purpose', 'text'],
  ['user_name', 'text'],
  ['case_number', 'text'],
  ['operation_name', 'text'],
  ['document_hash', 'bytea'],
  ['arguments', 'jsonb'],
  ['plan_id', 'bytea'],
  ['subjects', 'text'],
  ['row_counts', 'intArray'],
  ['error_codes', 'textArray'],
  ['outcome', 'text'],
  ['policy_version', 'bigint'],
  ['decided_until', 'timestamptz'],
  ['response_bytes', 'int'],
  ['response_digest', 'bytea'],
  ['latency_micros', 'int'],
  ['client_address', 'text'],
];
const columnCount = columns.length + 2;

/** Grows to the largest record that there was; what is handed out is copied from it. */
let scratch = Buffer.alloc(16_384);
let used = 0;

/** @returns the row without its length */
export function encodeRecord(record: RecordColumns, salt: Buffer, commitment: Buffer): Buffer {
  used = 0;
  putInt(columnCount);
  for (const [name, type] of columns) {
    putInt(types[type]);
    const value = record[name];
    if (value === null) putInt(-1);
    else putSized(put[type] as Put<unknown>, value);
  }
  putInt(types.bytea);
  putSized(putBytes, salt);
  putInt(types.bytea);
  putSized(putBytes, commitment);
  return Buffer.from(scratch.subarray(0, used));
}

/** @param typeId of `citygraph.usage_given`, which each database numbers for itself */
export function encodeBatch(rows: readonly Buffer[], typeId: number): Buffer {
  const size = rows.reduce((sum, row) => sum + 4 + row.length, 20);
  const batch = Buffer.allocUnsafe(size);
  let at = writeArrayHead(batch, 0, rows.length, typeId);
  for (const row of rows) {
    at = batch.writeInt32BE(row.length, at);
    at += row.copy(batch, at);
  }
  return batch;
}

type Put<Value> = (value: Value) => void;

const put: Readonly<Record<ColumnType, Put<never>>> = {
  bytea: putHex,
  uuid: (value: string) => putHex(value.replaceAll('-', '')),
  text: putText,
  // The version of its binary form, and the text.
  jsonb: (value: unknown) => {
    reserve(1);
    scratch[used++] = 1;
    putText(JSON.stringify(value));
  },
  int: putInt,
  bigint: putLong,
  timestamptz: (value: string) => putLong((Date.parse(value) - startOf2000) * 1000),
  intArray: (items: readonly number[]) => putArray(items, types.int, putInt),
  textArray: (items: readonly string[]) => putArray(items, types.text, putText),
};

/** PostgreSQL counts microseconds from here. */
const startOf2000 = Date.UTC(2000, 0, 1);

function putArray<Item>(items: readonly Item[], itemType: number, putItem: Put<Item>): void {
  reserve(20);
  used = writeArrayHead(scratch, used, items.length, itemType);
  for (const item of items) putSized(putItem, item);
}

/** Dimensions, whether there are nulls, type of the items; for each dimension its length and its lower bound. */
function writeArrayHead(buffer: Buffer, from: number, length: number, itemType: number): number {
  let at = buffer.writeInt32BE(length === 0 ? 0 : 1, from);
  at = buffer.writeInt32BE(0, at);
  at = buffer.writeInt32BE(itemType, at);
  if (length === 0) return at;
  at = buffer.writeInt32BE(length, at);
  return buffer.writeInt32BE(1, at);
}

function putSized<Value>(putValue: Put<Value>, value: Value): void {
  reserve(4);
  const start = used;
  used += 4;
  putValue(value);
  scratch.writeInt32BE(used - start - 4, start);
}

function putInt(value: number): void {
  reserve(4);
  used = scratch.writeInt32BE(value, used);
}

/** A whole number that a double holds exactly; as a BigInt it would be allocated twice. */
function putLong(value: number): void {
  reserve(8);
  const high = Math.floor(value / 2 ** 32);
  used = scratch.writeInt32BE(high, used);
  used = scratch.writeUInt32BE(value - high * 2 ** 32, used);
}

function putText(value: string): void {
  // No character of a string takes more than three bytes.
  reserve(value.length * 3);
  used += scratch.write(value, used);
}

function putHex(value: string): void {
  reserve(value.length / 2);
  const written = scratch.write(value, used, 'hex');
  if (written * 2 !== value.length) throw new CitygraphError('INTERNAL', 'a usage record holds no hexadecimal digits');
  used += written;
}

function putBytes(value: Buffer): void {
  reserve(value.length);
  used += value.copy(scratch, used);
}

function reserve(bytes: number): void {
  if (used + bytes <= scratch.length) return;
  const larger = Buffer.alloc(2 ** Math.ceil(Math.log2(used + bytes)));
  scratch.copy(larger, 0, 0, used);
  scratch = larger;
}
