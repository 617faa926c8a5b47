/** Rows into a table by COPY, in its text format, a piece at a time: the database sets the pace and memory stays flat. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | boolean | Uint8Array | null;

/** Characters to a piece: enough that a piece's own cost does not count. */
const pieceLength = 64 * 1024;

/**
 * @param table and columns are names of ours, without a need for quotes
 * @param groups rows that are taken from the source together; it is asked for no more than is written
 * @returns the number of rows
 */
export async function copyRows(
  client: Client,
  table: string,
  columns: readonly string[],
  groups: Iterable<readonly (readonly CopyValue[])[]>,
): Promise<number> {
  const copy = client.query(
    copyFrom(`copy ${table} (${columns.map((column) => `"${column}"`).join(', ')}) from stdin`),
  );
  await pipeline(Readable.from(piecesOf(groups), { highWaterMark: 4 }), copy);
  return copy.rowCount;
}

function* piecesOf(groups: Iterable<readonly (readonly CopyValue[])[]>): Generator<string> {
  let piece = '';
  for (const rows of groups) {
    for (const row of rows) piece += `${row.map(encode).join('\t')}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function encode(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string')
    return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (it) => escapes[it]!) : value;
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
  return String(value);
}
