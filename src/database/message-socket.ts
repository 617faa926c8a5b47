/**
 * A socket to PostgreSQL that is read into one buffer, again and again, and hands over whole messages.
 *
 * Otherwise each read takes a buffer of 64 kB of its own, and an answer that comes in several is put together in others: memory outside the
 * heap, for which V8 collects all of the heap several times a second. INVARIANT: whoever is handed messages keeps none of their bytes; pg
 * makes texts and numbers of them at once. For COPY, whose data it passes on as bytes, this is not the socket.
 */
import { Socket } from 'node:net';

/** Bytes of the buffer; for a longer message it grows, and goes back when that has been taken. */
const usualBytes = 131_072;
/** Type of a message, and the length of it all but the type (PostgreSQL, 54.7). */
const typeBytes = 1;
const headBytes = 5;

/** @param ssl of the connection: what is encrypted is read by another, out of this socket's own buffers */
export function openMessageSocket({ ssl }: { readonly ssl?: unknown } = {}): Socket {
  if (ssl) return new Socket();
  let buffer = Buffer.allocUnsafeSlow(usualBytes);
  let filled = 0;
  const take = (count: number): boolean => {
    filled += count;
    const { end, next } = findWhole(buffer, filled);
    if (end > 0) {
      socket.emit('data', buffer.subarray(0, end));
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
  const socket = new Socket({ onread: { buffer: () => buffer.subarray(filled), callback: take } });
  return socket;
}

/** @returns where the last whole message ends, and the bytes of the next as far as they are known */
function findWhole(buffer: Buffer, filled: number): { readonly end: number; readonly next: number } {
  let end = 0;
  while (filled - end >= headBytes) {
    const next = typeBytes + buffer.readUInt32BE(end + typeBytes);
    if (end + next > filled) return { end, next };
    end += next;
  }
  return { end, next: headBytes };
}
