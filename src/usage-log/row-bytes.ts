/**
 * Bytes as PostgreSQL takes values in binary (`pg_type.dat`, the `_recv` functions), one after another in a buffer that grows: a value of a
 * column stands after the object id of its type and its length, which is -1 for null.
 *
 * By hand where a value has few bytes: a call out of JavaScript takes longer than to write them. It must not know columns.
 */
import { CitygraphError } from '../errors.js';
import { putRandomBytes } from './random-bytes.js';

/** Object ids of PostgreSQL's own types; they never change. */
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

/** PostgreSQL counts microseconds from here. */
const startOf2000 = Date.UTC(2000, 0, 1);

export class RowBytes {
  bytes: Buffer;
  used = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  text(value: string | null): void {
    if (value === null) return this.null(types.text);
    // No character of a string takes more than three bytes.
    this.reserve(8 + value.length * 3);
    this.sized(types.text, this.bytes.write(value, this.used + 8));
  }

  /** @param value JSON as a string of bytes */
  jsonb(value: string): void {
    this.reserve(9 + value.length);
    // The version of its binary form.
    this.bytes[this.used + 8] = 1;
    this.sized(types.jsonb, 1 + this.bytes.write(value, this.used + 9, 'latin1'));
  }

  int(value: number): void {
    if (value !== (value | 0)) throw unfit('a number of 32 bits');
    this.reserve(12);
    this.head(types.int, 4);
    this.int32(value);
  }

  bigint(value: number | null): void {
    if (value === null) return this.null(types.bigint);
    this.reserve(16);
    this.head(types.bigint, 8);
    this.int64(value);
  }

  /** @param value milliseconds since 1970 */
  timestamptz(value: number | null): void {
    if (value === null) return this.null(types.timestamptz);
    this.reserve(16);
    this.head(types.timestamptz, 8);
    this.int64((value - startOf2000) * 1000);
  }

  uuid(value: string): void {
    if (value.length !== 36) throw unfit('a UUID');
    this.reserve(24);
    this.head(types.uuid, 16);
    for (let n = 0; n < value.length; n += n === 6 || n === 11 || n === 16 || n === 21 ? 3 : 2) this.octet(value, n);
  }

  /** @param value hexadecimal */
  bytea(value: string | null): void {
    if (value === null) return this.null(types.bytea);
    this.reserve(8 + value.length / 2);
    this.head(types.bytea, value.length / 2);
    for (let n = 0; n < value.length; n += 2) this.octet(value, n);
  }

  /** @param value a string of bytes */
  byteStringBytea(value: string): void {
    const at = this.roomForBytea(value.length);
    this.bytes.write(value, at, 'latin1');
  }

  /** @returns where they begin */
  randomBytea(length: number): number {
    const at = this.roomForBytea(length);
    putRandomBytes(this.bytes, at, length);
    return at;
  }

  intArray(items: readonly number[]): void {
    this.reserve(28 + items.length * 8);
    const start = this.arrayColumn(types.intArray, types.int, items.length);
    for (const item of items) {
      if (item !== (item | 0)) throw unfit('a number of 32 bits');
      this.int32(4);
      this.int32(item);
    }
    this.closeColumn(start);
  }

  textArray(items: readonly string[]): void {
    this.reserve(28);
    const start = this.arrayColumn(types.textArray, types.text, items.length);
    for (const item of items) {
      this.reserve(4 + item.length * 3);
      const length = this.bytes.write(item, this.used + 4);
      this.int32(length);
      this.used += length;
    }
    this.closeColumn(start);
  }

  /** What has been written elsewhere. */
  copy(piece: Uint8Array): void {
    this.reserve(piece.length);
    this.bytes.set(piece, this.used);
    this.used += piece.length;
  }

  /** Dimensions, whether there are nulls, type of the items; for each dimension its length and its lower bound. */
  arrayHead(itemType: number, length: number): void {
    this.reserve(20);
    this.int32(length === 0 ? 0 : 1);
    this.int32(0);
    this.int32(itemType);
    if (length === 0) return;
    this.int32(length);
    this.int32(1);
  }

  int32(value: number): void {
    this.reserve(4);
    this.putInt(this.used, value);
    this.used += 4;
  }

  putInt(at: number, value: number): void {
    const { bytes } = this;
    bytes[at] = value >>> 24;
    bytes[at + 1] = value >>> 16;
    bytes[at + 2] = value >>> 8;
    bytes[at + 3] = value;
  }

  reserve(bytes: number): void {
    if (this.used + bytes <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(this.used + bytes)));
    this.bytes.copy(larger, 0, 0, this.used);
    this.bytes = larger;
  }

  /** @returns where its value begins; in `bytes` as they are from now on */
  private roomForBytea(length: number): number {
    this.reserve(8 + length);
    this.head(types.bytea, length);
    this.used += length;
    return this.used - length;
  }

  private null(type: number): void {
    this.reserve(8);
    this.head(type, -1);
  }

  private head(type: number, length: number): void {
    this.putInt(this.used, type);
    this.putInt(this.used + 4, length);
    this.used += 8;
  }

  /** Around what stands behind the room for it already. */
  private sized(type: number, length: number): void {
    this.head(type, length);
    this.used += length;
  }

  /** A whole number that a double holds exactly; as a BigInt it would be allocated twice. */
  private int64(value: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.int32(high);
    this.int32(value - high * 2 ** 32);
  }

  private octet(digits: string, at: number): void {
    const high = valueOf[digits.charCodeAt(at)] ?? -1;
    const low = valueOf[digits.charCodeAt(at + 1)] ?? -1;
    if (high < 0 || low < 0) throw unfit('hexadecimal digits');
    this.bytes[this.used++] = (high << 4) | low;
  }

  /** @returns where its value begins */
  private arrayColumn(type: number, itemType: number, length: number): number {
    this.head(type, 0);
    const start = this.used;
    this.arrayHead(itemType, length);
    return start;
  }

  private closeColumn(start: number): void {
    this.putInt(start - 4, this.used - start);
  }
}

function unfit(expected: string): CitygraphError {
  return new CitygraphError('INTERNAL', `expected ${expected} in a usage record, got something else`);
}

/** Of hexadecimal digits by their codes; -1 of everything else. */
const valueOf = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit += 1) {
  const text = digit.toString(16);
  valueOf[text.charCodeAt(0)] = digit;
  valueOf[text.toUpperCase().charCodeAt(0)] = digit;
}
