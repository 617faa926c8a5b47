/**
 * A socket to PostgreSQL that is read into one buffer, again and again, and hands over whole messages.
 *
 * Otherwise each read takes a buffer of 64 kB of its own, and an answer that comes in several is put together in others: memory outside the
 * heap, for which V8 collects all of the heap several times a second. INVARIANT: whoever is handed messages keeps none of their bytes; pg
 * makes texts and numbers of them at once. For COPY, whose data it passes on as bytes, this is not the socket.
 *
 * Rows that were never described are not handed over but kept, as strings of bytes: pg would decode each text, which is sent on as it came.
 * They are there to be taken when the end of their statement is handed over. INVARIANT: rows of a statement that failed are nobody's; the next one's
 * answer may be somebody else's.
 */
import { Socket } from 'node:net';
import type { ByteString, RowFields } from '../model/byte-string.js';

/** Bytes of the buffer; for a longer message it grows, and goes back when that has been taken. */
const usualBytes = 131_072;
/** Type of a message, and the length of it all but the type. */
const typeBytes = 1;
const headBytes = 5;

/** Types of messages (PostgreSQL, 54.7). */
const rowDescription = code('T');
const dataRow = code('D');
const readyForQuery = code('Z');
const errorResponse = code('E');

/** One that is encrypted keeps no rows. */
export interface MessageSocket extends Socket {
  /** Those of the statement whose end has been handed over. */
  takeRows?(): RowFields[];
}

/** @param ssl of the connection: what is encrypted is read by another, out of this socket's own buffers */
export function openMessageSocket({ ssl }: { readonly ssl?: unknown } = {}): MessageSocket {
  if (ssl) return new Socket();
  let buffer = Buffer.allocUnsafeSlow(usualBytes);
  let filled = 0;
  let described = false;
  let rows: RowFields[] = [];
  /** @returns where the last whole message ends, and the bytes of the next as far as they are known */
  const hand = (): { readonly end: number; readonly next: number } => {
    let [from, end] = [0, 0];
    const handUntilHere = (): void => {
      if (end > from) socket.emit('data', buffer.subarray(from, end));
      from = end;
    };
    while (filled - end >= headBytes) {
      const next = typeBytes + buffer.readUInt32BE(end + typeBytes);
      if (end + next > filled) break;
      const type = buffer[end];
      if (type === rowDescription) described = true;
      else if (type === readyForQuery) described = false;
      // What came before these first: it may be the end of another statement, with rows of its own.
      if (type === errorResponse) {
        handUntilHere();
        rows = [];
      } else if (type === dataRow && !described) {
        handUntilHere();
        rows.push(readRow(buffer, end + headBytes));
        from = end + next;
      }
      end += next;
    }
    handUntilHere();
    return { end, next: filled - end >= headBytes ? typeBytes + buffer.readUInt32BE(end + typeBytes) : headBytes };
  };
  const take = (count: number): boolean => {
    filled += count;
    const { end, next } = hand();
    if (end > 0) {
      buffer.copyWithin(0, end, filled);
      filled -= end;
    }
    const needed = Math.max(next, usualBytes);
    if (needed > buffer.length || (needed === usualBytes && buffer.length > usualBytes)) {
      const other = Buffer.allocUnsafeSlow(needed);
      buffer.copy(other, 0, 0, filled);
      buffer = other;
    }
    return true;
  };
  const takeRows = (): RowFields[] => {
    const taken = rows;
    rows = [];
    return taken;
  };
  const socket = Object.assign(new Socket({ onread: { buffer: () => buffer.subarray(filled), callback: take } }), {
    takeRows,
  });
  return socket;
}

/** The fields of a DataRow: how many, and of each its length, or -1 for null, and its text. */
function readRow(buffer: Buffer, from: number): RowFields {
  const count = buffer.readInt16BE(from);
  const fields: (ByteString | null)[] = [];
  let at = from + 2;
  for (let field = 0; field < count; field += 1) {
    const length = buffer.readInt32BE(at);
    at += 4;
    if (length < 0) fields.push(null);
    else {
      fields.push(buffer.toString('latin1', at, at + length) as ByteString);
      at += length;
    }
  }
  return fields;
}

function code(type: string): number {
  return type.charCodeAt(0);
}
