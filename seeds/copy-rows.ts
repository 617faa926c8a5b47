/** Rows into a table by COPY, in its text format, a piece at a time: the database sets the pace and memory stays flat. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | boolean | Uint8Array | null;

/** Characters to a piece: enough that a piece's own cost does not count. */
const pieceLength = 64 * 1024;

export interface CopyTarget {
  /** Table and columns are names of ours, without a need for quotes. */
  readonly table: string;
  readonly columns: readonly string[];
  /** Where this transaction has emptied the table: nobody has to find out later that its rows are there for everyone. */
  readonly freeze: boolean;
}

/**
 * @param groups rows that are taken from the source together; it is asked for no more than is written
 * @returns the number of rows
 */
export async function copyRows(
  client: Client,
  { table, columns, freeze }: CopyTarget,
  groups: Iterable<readonly (readonly CopyValue[])[]>,
): Promise<number> {
  const copy = client.query(
    copyFrom(`copy ${table} (${columns.map((column) => `"${column}"`).join(', ')}) from stdin (freeze ${freeze})`),
  );
  await pipeline(Readable.from(piecesOf(groups), { highWaterMark: 4 }), copy);
  return copy.rowCount;
}

function* piecesOf(groups: Iterable<readonly (readonly CopyValue[])[]>): Generator<string> {
  let piece = '';
  for (const rows of groups) {
    for (const row of rows) piece += lineOf(row);
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function lineOf(row: readonly CopyValue[]): string {
  let line = encode(row[0]!);
  for (let i = 1; i < row.length; i++) line += `\t${encode(row[i]!)}`;
  return `${line}\n`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function encode(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value === 'string')
    return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (it) => escapes[it]!) : value;
  if (value instanceof Uint8Array) return `\\\\x${Buffer.from(value).toString('hex')}`;
  return String(value);
}
