/**
 * The commitment to a record, made from its row as PostgreSQL sends it: the canonical form of `canonical-record.ts` written as bytes, of which
 * most stand in the row already. For those who check millions; a test holds the two forms against each other.
 *
 * INVARIANT: what a row holds that no record could be committed with comes to a text that no record has.
 */
import { hash } from 'node:crypto';
import { canonicalJson, recordFormat, saltBytes } from '../canonical-record.js';
import type { BinaryRows } from './copy-binary.js';

/** Members in the order of `canonicalRecord`, and what each is to PostgreSQL; in place of the subjects stands a digest of them. */
const kinds = {
  arguments: 'json',
  case_number: 'text',
  client_address: 'text',
  decided_until: 'time',
  department: 'text',
  document_hash: 'hex',
  error_codes: 'texts',
  grants: 'texts',
  id: 'uuid',
  kind: 'text',
  latency_micros: 'integer',
  node: 'text',
  occurred_at: 'time',
  operation_name: 'text',
  outcome: 'text',
  plan_id: 'hex',
  policy_version: 'integer',
  principal: 'text',
  principal_kind: 'text',
  purpose: 'text',
  response_bytes: 'integer',
  response_digest: 'hex',
  row_counts: 'integers',
  subjects: 'digest',
  user_name: 'text',
} as const;
type Kind = (typeof kinds)[keyof typeof kinds];

/** To be selected in this order. */
export const rowColumns: readonly string[] = [...Object.keys(kinds), 'salt'];
export const idColumn = rowColumns.indexOf('id');
export const planColumn = rowColumns.indexOf('plan_id');
const subjectsColumn = rowColumns.indexOf('subjects');
const saltColumn = rowColumns.indexOf('salt');
const width = rowColumns.length * 2;
const half = saltBytes / 2;

/** Sixteen bytes of a UUID as 32 hexadecimal digits: what records and leaves are matched by. */
export type RecordKey = string;

export function recordIdOf(key: RecordKey): string {
  return key.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const literal = (text: string): Buffer => Buffer.from(text, 'latin1');
const members = Object.entries(kinds).map(([name, kind], at) => {
  const named = kind === 'digest' ? `"${name}_digest":` : `"${name}":`;
  // The one member that is no column comes before the grants.
  const before = name === 'grants' ? `"format":"${recordFormat}",${named}` : named;
  return { kind, before: literal(`${at === 0 ? '{' : ','}${before}`) };
});
const nothing = literal('null');
/** No value of a record is written so. */
const unfit = literal('unfit');
const hexDigits = literal('0123456789abcdef');
const [quote, comma, open, close, brace, dash] = [0x22, 0x2c, 0x5b, 0x5d, 0x7d, 0x2d];

export class RowCommitter {
  private out = Buffer.alloc(16_384);
  private at = 0;
  private bytes: Buffer = this.out;
  private fields = new Int32Array(0);
  private row = 0;
  private readonly days = new Map<number, Buffer>();

  /** @returns 32 bytes as characters, as in the rows of leaves; empty where the row has no salt as they are made */
  commit({ bytes, fields }: BinaryRows, row: number): string {
    this.bytes = bytes;
    this.fields = fields as Int32Array<ArrayBuffer>;
    this.row = row * width;
    const salt = this.start(saltColumn);
    if (salt < 0 || this.end(saltColumn) - salt !== saltBytes) return '';
    // An escape takes six bytes at most, and what is not a text fewer than that.
    const needed = (this.end(saltColumn) - this.start(0)) * 6 + 4_096;
    if (this.out.length < needed) this.out = Buffer.alloc(needed * 2);
    const digest = this.digestSubjects(salt);
    this.at = 0;
    this.copy(salt, salt + half);
    this.writeRecord(digest);
    return hash('sha256', this.out.subarray(0, this.at), 'binary');
  }

  private digestSubjects(salt: number): string {
    this.at = 0;
    this.copy(salt + half, salt + saltBytes);
    this.copy(this.start(subjectsColumn), this.end(subjectsColumn));
    return hash('sha256', this.out.subarray(0, this.at), 'hex');
  }

  private writeRecord(subjectsDigest: string): void {
    for (let of = 0; of < members.length; of += 1) {
      const { before, kind } = members[of]!;
      this.put(before);
      const start = this.start(of);
      if (start < 0) this.put(nothing);
      else if (kind === 'digest') this.digest(subjectsDigest);
      else this.value(kind, start, this.end(of));
    }
    this.out[this.at++] = brace;
  }

  private value(kind: Exclude<Kind, 'digest'>, start: number, end: number): void {
    switch (kind) {
      case 'text':
        return this.text(start, end);
      case 'texts':
        return this.list(start, false);
      case 'integer':
        return this.integer(start, end);
      case 'integers':
        return this.list(start, true);
      case 'time':
        return this.time(start);
      case 'hex':
        return this.hex(start, end);
      case 'uuid':
        return this.uuid(start);
      case 'json':
        return this.json(start, end);
    }
  }

  private digest(hex: string): void {
    this.out[this.at++] = quote;
    this.at += this.out.write(hex, this.at, 'latin1');
    this.out[this.at++] = quote;
  }

  private start(of: number): number {
    return this.fields[this.row + of * 2]!;
  }

  private end(of: number): number {
    return this.fields[this.row + of * 2 + 1]!;
  }

  private put(bytes: Buffer): void {
    const { out } = this;
    for (let n = 0; n < bytes.length; n += 1) out[this.at++] = bytes[n]!;
  }

  private copy(start: number, end: number): void {
    this.at += this.bytes.copy(this.out, this.at, start, end);
  }

  /** UTF-8 as it is, unless a character of it must be escaped. */
  private text(start: number, end: number): void {
    const { out, bytes } = this;
    const from = this.at;
    let to = from;
    out[to++] = quote;
    for (let n = start; n < end; n += 1) {
      const byte = bytes[n]!;
      if (byte < 0x20 || byte === quote || byte === 0x5c) {
        this.at = from + out.write(JSON.stringify(bytes.toString('utf8', start, end)), from);
        return;
      }
      out[to++] = byte;
    }
    out[to++] = quote;
    this.at = to;
  }

  /** After a byte that says which form of jsonb it is. */
  private json(start: number, end: number): void {
    if (this.bytes[start] !== 1) return this.put(unfit);
    const text = this.bytes.toString('utf8', start + 1, end);
    this.at += this.out.write(text === '{}' ? text : canonicalJson(JSON.parse(text)), this.at);
  }

  private hex(start: number, end: number): void {
    this.out[this.at++] = quote;
    this.digits(start, end);
    this.out[this.at++] = quote;
  }

  private digits(start: number, end: number): void {
    const { out, bytes } = this;
    for (let n = start; n < end; n += 1) {
      out[this.at++] = hexDigits[bytes[n]! >> 4]!;
      out[this.at++] = hexDigits[bytes[n]! & 15]!;
    }
  }

  private uuid(start: number): void {
    this.out[this.at++] = quote;
    let from = start;
    for (const length of [4, 2, 2, 2, 6]) {
      if (from > start) this.out[this.at++] = dash;
      this.digits(from, from + length);
      from += length;
    }
    this.out[this.at++] = quote;
  }

  private integer(start: number, end: number): void {
    const value = end - start === 4 ? this.bytes.readInt32BE(start) : this.readInt64(start);
    this.decimal(value);
  }

  /** Exact up to 2^53, as what is committed to is. */
  private readInt64(start: number): number {
    return this.bytes.readInt32BE(start) * 2 ** 32 + this.bytes.readUInt32BE(start + 4);
  }

  private decimal(value: number): void {
    if (value >= 0 && value < 10) this.out[this.at++] = 0x30 + value;
    else this.at += this.out.write(String(value), this.at, 'latin1');
  }

  /** Microseconds since 2000 as ISO 8601 in UTC with milliseconds. */
  private time(start: number): void {
    const micros = this.readInt64(start);
    const milliseconds = micros / 1000 + Date.UTC(2000, 0, 1);
    const day = Math.floor(milliseconds / 86_400_000);
    const ofDay = milliseconds - day * 86_400_000;
    const date = this.days.get(day) ?? this.dayOf(day);
    if (date === null || !Number.isInteger(ofDay)) return this.put(unfit);
    this.put(date);
    const { out } = this;
    const two = (value: number, after: number): void => {
      out[this.at++] = 0x30 + Math.floor(value / 10);
      out[this.at++] = 0x30 + (value % 10);
      out[this.at++] = after;
    };
    const seconds = Math.floor(ofDay / 1000);
    two(Math.floor(seconds / 3600), 0x3a);
    two(Math.floor(seconds / 60) % 60, 0x3a);
    two(seconds % 60, 0x2e);
    const fraction = ofDay % 1000;
    out[this.at++] = 0x30 + Math.floor(fraction / 100);
    out[this.at++] = 0x30 + (Math.floor(fraction / 10) % 10);
    out[this.at++] = 0x30 + (fraction % 10);
    out[this.at++] = 0x5a;
    out[this.at++] = quote;
  }

  /** A quote, the date and a T; null where there is no such day. */
  private dayOf(day: number): Buffer | null {
    const date = new Date(day * 86_400_000);
    if (Number.isNaN(date.getTime())) return null;
    const text = literal(`"${date.toISOString().slice(0, -13)}`);
    if (this.days.size < 10_000) this.days.set(day, text);
    return text;
  }

  /** A list of PostgreSQL: dimensions, two words, of each dimension its size and lower bound, and each element after its length. */
  private list(start: number, ofIntegers: boolean): void {
    const dimensions = this.bytes.readInt32BE(start);
    // Nothing is committed with lists within lists.
    if (dimensions > 1) return this.put(unfit);
    const { out } = this;
    out[this.at++] = open;
    if (dimensions === 1) {
      const size = this.bytes.readInt32BE(start + 12);
      let at = start + 20;
      for (let n = 0; n < size; n += 1) {
        if (n > 0) out[this.at++] = comma;
        const length = this.bytes.readInt32BE(at);
        at += 4;
        if (length < 0) {
          this.put(nothing);
          continue;
        }
        if (ofIntegers) this.integer(at, at + length);
        else this.text(at, at + length);
        at += length;
      }
    }
    out[this.at++] = close;
  }
}

export function keyOfRow({ bytes, fields }: BinaryRows, row: number, columns: number, of: number): RecordKey {
  const start = fields[(row * columns + of) * 2]!;
  return bytes.toString('hex', start, start + 16);
}
