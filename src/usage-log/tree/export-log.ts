/**
 * The log as JSON lines, for an auditor who checks it elsewhere: `bin/verify-usage-log.mjs` does, and is short enough to be read first.
 *
 * Order: header, checkpoints, plan descriptions, manifests of archived months, records in the order of their leaves, tiles. It holds what the records hold, subjects
 * included: where it goes is for whoever runs the export to answer.
 */
import type { PoolClient } from 'pg';
import type { RecordColumns } from '../canonical-record.js';
import { readColumns, recordColumnsSql } from '../record-columns.js';
import { copyRows } from './copy-rows.js';
import { readTreeSize } from './tree-store.js';

export const exportFormat = 'citygraph-usage-export/v1';

export type ExportLine =
  | {
      readonly type: 'header';
      readonly format: string;
      readonly origin: string;
      readonly keys: readonly string[];
      readonly size: number;
    }
  | { readonly type: 'checkpoint'; readonly note: string; readonly cosignatures: readonly string[] }
  | { readonly type: 'plan'; readonly hash: string; readonly description: string }
  /** The signed manifest of a month whose records are in a file of their own. */
  | { readonly type: 'archive'; readonly note: string }
  | {
      readonly type: 'record';
      readonly leafIndex: number;
      readonly recordId: string;
      readonly commitment: string;
      /** Null where the record is gone. */
      readonly record: RecordColumns | null;
      readonly salt: string | null;
    }
  | { readonly type: 'tile'; readonly level: number; readonly index: number; readonly hashes: string };

export interface ExportOptions {
  readonly origin: string;
  /** Verifier keys of all keys there have been. */
  readonly keys: readonly string[];
  readonly onProgress?: (records: number, of: number) => void;
}

/** @param client of the auditor's role; its transaction is begun and ended here, so that all is of one moment */
export async function* exportLog(client: PoolClient, options: ExportOptions): AsyncGenerator<ExportLine> {
  await client.query('begin isolation level repeatable read read only; set local statement_timeout = 0');
  // A record is found by the leaf's time and id, one by one in the order of leaves: never all of them sorted.
  await client.query('set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_sort = off');
  const size = await readTreeSize(client);
  yield { type: 'header', format: exportFormat, origin: options.origin, keys: options.keys, size };
  yield* checkpoints(client);
  yield* plans(client);
  yield* archives(client);
  let done = 0;
  for await (const line of records(client)) {
    yield line;
    if ((done += 1) % 1000 === 0) options.onProgress?.(done, size);
  }
  yield* tiles(client);
  await client.query('commit');
}

async function* checkpoints(client: PoolClient): AsyncGenerator<ExportLine> {
  const query = `select note, array_to_json(array(select line from citygraph.usage_cosignature s where s.size = c.size order by witness))
      from citygraph.usage_checkpoint c order by size`;
  for await (const rows of copyRows(client, query))
    for (const [note, cosignatures] of rows)
      yield { type: 'checkpoint', note: note!, cosignatures: JSON.parse(cosignatures!) as string[] };
}

async function* plans(client: PoolClient): AsyncGenerator<ExportLine> {
  const query = `select encode(hash, 'hex'), description::text from citygraph.usage_plan order by hash`;
  for await (const rows of copyRows(client, query))
    for (const [hash, description] of rows) yield { type: 'plan', hash: hash!, description: description! };
}

async function* archives(client: PoolClient): AsyncGenerator<ExportLine> {
  for await (const rows of copyRows(client, 'select note from citygraph.usage_archive order by month'))
    for (const [note] of rows) yield { type: 'archive', note: note! };
}

async function* records(client: PoolClient): AsyncGenerator<ExportLine> {
  const query = `select l.leaf_index, l.record_id, encode(l.commitment, 'hex'), ${recordColumnsSql}
      from citygraph.usage_leaf l left join citygraph.usage_record r on r.occurred_at = l.occurred_at and r.id = l.record_id
     order by l.leaf_index`;
  for await (const rows of copyRows(client, query)) {
    for (const row of rows) {
      const [leafIndex, recordId, commitment, id] = row as [string, string, string, string | null];
      const found = id === null ? null : readColumns(row, 3);
      yield {
        type: 'record',
        leafIndex: Number(leafIndex),
        recordId,
        commitment,
        record: found?.columns ?? null,
        salt: found?.salt.toString('hex') ?? null,
      };
    }
  }
}

async function* tiles(client: PoolClient): AsyncGenerator<ExportLine> {
  const query = `select level, tile_index, replace(encode(hashes, 'base64'), E'\\n', '') from citygraph.usage_tile order by level, tile_index`;
  for await (const rows of copyRows(client, query))
    for (const [level, index, hashes] of rows)
      yield { type: 'tile', level: Number(level), index: Number(index), hashes: hashes! };
}
