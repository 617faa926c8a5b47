/**
 * Rows of a query as PostgreSQL sends its values, streamed with COPY in its binary format: nothing is written as text there and read again
 * here, which is most of what a verification costs. What a value's bytes mean is the reader's business (`commit-row.ts`).
 */
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** Rows next to one another in one buffer, which is the reader's until it asks for the next. */
export interface BinaryRows {
  readonly bytes: Buffer;
  readonly count: number;
  /** For each field of each row where it begins and ends; null begins at -1. */
  readonly fields: Int32Array;
}

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** Flags and the length of what may follow them. */
const headerBytes = signature.length + 8;

/** @param query without parameters: COPY takes none @param columns how many it gives */
export async function* copyBinary(client: ClientBase, query: string, columns: number): AsyncGenerator<BinaryRows> {
  const stream = client.query(copyTo(`copy (${query}) to stdout (format binary)`));
  let fields = new Int32Array(columns * 2 * 256);
  let rest: Buffer | null = null;
  let begun = false;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const bytes: Buffer = rest ? Buffer.concat([rest, chunk]) : chunk;
    if (!begun && bytes.length < headerBytes) {
      rest = bytes;
      continue;
    }
    let at = begun ? 0 : endOfHeader(bytes);
    begun = true;
    let count = 0;
    for (;;) {
      if ((count + 1) * columns * 2 > fields.length) fields = doubled(fields);
      const end = readRow(bytes, at, columns, fields, count * columns * 2);
      if (end < 0) break;
      at = end;
      count += 1;
    }
    rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
    if (count > 0) yield { bytes, count, fields };
  }
}

function endOfHeader(bytes: Buffer): number {
  if (!bytes.subarray(0, signature.length).equals(signature))
    throw new Error('expected the signature of a binary COPY');
  return headerBytes + bytes.readInt32BE(signature.length + 4);
}

function doubled(fields: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(fields.length * 2);
  larger.set(fields);
  return larger;
}

/** @returns where the row ends; -1 where not all of it is there, or no more rows follow */
function readRow(bytes: Buffer, start: number, columns: number, fields: Int32Array, to: number): number {
  if (start + 2 > bytes.length) return -1;
  const found = bytes.readInt16BE(start);
  if (found === -1) return -1;
  if (found !== columns) throw new Error(`expected ${columns} columns of a COPY, got ${found}`);
  let at = start + 2;
  for (let column = 0; column < columns; column += 1) {
    if (at + 4 > bytes.length) return -1;
    const length = bytes.readInt32BE(at);
    at += 4;
    const isNull = length < 0;
    fields[to + column * 2] = isNull ? -1 : at;
    if (!isNull) at += length;
    if (at > bytes.length) return -1;
    fields[to + column * 2 + 1] = at;
  }
  return at;
}
