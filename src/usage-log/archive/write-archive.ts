/**
 * A month's records into a compressed file, with all that takes to check it alone: the last checkpoint, the tiles that lead from the month's
 * leaves to its root, plan descriptions, and the records with their salts. JSON lines, in this order, so that who reads it needs to look
 * at nothing twice.
 */
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientBase } from 'pg';
import { CitygraphError } from '../../errors.js';
import { type RecordColumns } from '../canonical-record.js';
import { readColumns, recordColumnsSql } from '../record-columns.js';
import { parseCheckpoint } from '../tree/checkpoint.js';
import { copyRows } from '../tree/copy-rows.js';
import { inclusionProof } from '../tree/proofs.js';
import { readLastCheckpoint, tileReader } from '../tree/tree-store.js';
import { type ReadTiles, type TilePosition, tileWidth } from '../tree/tile.js';
import { archiveFormat, boundsOf } from './manifest.js';

export type ArchiveLine =
  | { readonly type: 'header'; readonly format: string; readonly origin: string; readonly month: string }
  | { readonly type: 'checkpoint'; readonly note: string }
  | { readonly type: 'tile'; readonly level: number; readonly index: number; readonly hashes: string }
  | { readonly type: 'plan'; readonly hash: string; readonly description: string }
  | {
      readonly type: 'record';
      readonly leafIndex: number;
      readonly recordId: string;
      readonly commitment: string;
      readonly record: RecordColumns;
      readonly salt: string;
    };

/**
 * @param client of a user that may read all of the log; in a transaction of one moment
 * @throws LOG_INCONSISTENT where the month is not all in the tree as it was last signed
 */
export async function writeArchive(client: ClientBase, origin: string, month: string, path: string): Promise<void> {
  const lines = async function* (): AsyncGenerator<string> {
    for await (const line of archiveLines(client, origin, month)) yield `${JSON.stringify(line)}\n`;
  };
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(path, { mode: 0o600 }));
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* archiveLines(client: ClientBase, origin: string, month: string): AsyncGenerator<ArchiveLine> {
  const range = rangeOf(month);
  const checkpoint = await readLastCheckpoint(client);
  if (!checkpoint) throw notReady(month, 'no checkpoint has been signed yet');
  await requireSequenced(client, month, parseCheckpoint(checkpoint.note).size);
  yield { type: 'header', format: archiveFormat, origin, month };
  yield { type: 'checkpoint', note: checkpoint.note };
  yield* tileLines(client, range, checkpoint.size);
  const plans = `select encode(hash, 'hex'), description::text from citygraph.usage_plan p
    where exists (select from citygraph.usage_record r where r.plan_id = p.hash and ${range('r')}) order by hash`;
  for await (const rows of copyRows(client, plans))
    for (const [hash, description] of rows) yield { type: 'plan', hash: hash!, description: description! };
  const records = `select l.leaf_index, l.record_id, encode(l.commitment, 'hex'), ${recordColumnsSql}
      from citygraph.usage_leaf l join citygraph.usage_record r on r.occurred_at = l.occurred_at and r.id = l.record_id
     where ${range('l')} and ${range('r')} order by l.leaf_index`;
  for await (const rows of copyRows(client, records)) {
    for (const row of rows) {
      const [leafIndex, recordId, commitment] = row as [string, string, string];
      const { columns, salt } = readColumns(row, 3);
      yield {
        ...{ type: 'record', leafIndex: Number(leafIndex), recordId, commitment },
        ...{ record: columns, salt: salt.toString('hex') },
      };
    }
  }
}

/** Every record of the month has its leaf, every leaf its record, and all of them are under the checkpoint. */
async function requireSequenced(client: ClientBase, month: string, size: number): Promise<void> {
  const range = rangeOf(month);
  const { rows } = await client.query<{ records: string; leaves: string; last: string | null; waiting: string }>(
    `select (select count(*) from citygraph.usage_record r where ${range('r')}) as records,
            (select count(*) from citygraph.usage_leaf l where ${range('l')}) as leaves,
            (select max(leaf_index) from citygraph.usage_leaf l where ${range('l')}) as last,
            (select count(*) from citygraph.usage_waiting q where ${range('q')}) as waiting`,
  );
  const { records, leaves, last, waiting } = rows[0]!;
  if (Number(waiting) > 0)
    throw notReady(month, `${waiting} of its records wait for their leaf; try again in a moment`);
  if (records !== leaves)
    throw notReady(month, `it has ${records} records and ${leaves} leaves; run citygraph log verify`);
  if (Number(last) >= size) throw notReady(month, 'its last leaves are not signed yet; try again in a moment');
}

/** The tiles of the month's leaves, and those that a proof from each of them to the root takes. */
async function* tileLines(client: ClientBase, range: Range, size: number): AsyncGenerator<ArchiveLine> {
  const { rows } = await client.query<{ at: number; leaf: number }>(
    `select (leaf_index / ${tileWidth})::float8 as at, min(leaf_index)::float8 as leaf
       from citygraph.usage_leaf l where ${range('l')} group by 1 order by 1`,
  );
  const tiles = new Map<string, Buffer>();
  const read = tileReader(client);
  const remembering: ReadTiles = async (positions) => {
    const missing = positions.filter((it) => !tiles.has(keyOf(it)));
    const found = await read(missing);
    missing.forEach((it, n) => found[n] && tiles.set(keyOf(it), found[n]));
    return positions.map((it) => tiles.get(keyOf(it)) ?? null);
  };
  for (const { at, leaf } of rows) {
    await remembering([{ level: 0, index: at }]);
    await inclusionProof(leaf, size, remembering);
  }
  for (const [key, hashes] of tiles) {
    const [level, index] = key.split('/').map(Number) as [number, number];
    yield { type: 'tile', level, index, hashes: hashes.toString('base64') };
  }
}

export function keyOf({ level, index }: TilePosition): string {
  return `${level}/${index}`;
}

type Range = (alias: 'r' | 'l' | 'q') => string;

/** As text, for COPY takes no parameters; made of our own dates alone. */
export function rangeOf(month: string): Range {
  const { from, until } = boundsOf(month);
  return (alias) =>
    `${alias}.occurred_at >= '${from.toISOString()}' and ${alias}.occurred_at < '${until.toISOString()}'`;
}

function notReady(month: string, why: string): CitygraphError {
  return new CitygraphError('LOG_INCONSISTENT', `${month} can’t be archived: ${why}`);
}
