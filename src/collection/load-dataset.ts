/**
 * The story of a load: read, map, write in batches, count. Flat in memory whatever the size of the source, since the next record is
 * read only when the last batch is durable; stopped or failing anywhere, it leaves whole batches.
 *
 * It must not know who runs it, where the source lies or what writes: a command, a schedule and a test bring their own.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { DatasetWriter } from './dataset-writer.js';
import { LoadCounter, type LoadReport } from './load-report.js';
import { createRecordMapper, type MappedRow, type RejectReason, type RejectedRow } from './map-record.js';
import type { Mapping } from './mapping.js';
import { type ByteSource, readRecords } from './read-records.js';

export interface LoadOptions {
  readonly mapping: Mapping;
  readonly source: ByteSource;
  /** Names the source in messages. */
  readonly sourceName: string;
  readonly writer: DatasetWriter;
  readonly isSensitive: (column: string) => boolean;
  /** Rejected rows as JSON lines; it is not ended. */
  readonly rejects?: Writable;
  readonly batchRows?: number;
  /** Stops after the batch that is being written; what is read and not yet written is left out. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (report: LoadReport) => void;
}

interface Pending {
  readonly row: MappedRow;
  readonly emptied: readonly RejectReason[];
}

export async function loadDataset(options: LoadOptions): Promise<LoadReport> {
  const { mapping, signal } = options;
  const counter = new LoadCounter(mapping);
  const mapRecord = createRecordMapper(mapping, options.isSensitive);
  const most = options.batchRows ?? 500;
  let batch = new Map<string, Pending>();

  const reject = async (row: RejectedRow): Promise<void> => {
    counter.countRejected(row);
    await tellRejected(options.rejects, row);
  };
  const flush = async (): Promise<void> => {
    if (batch.size === 0) return;
    const rows = [...batch.values()];
    batch = new Map();
    const result = await options.writer.writeBatch(rows.map(({ row }) => row));
    counter.countBatch(rows, result);
    for (const row of result.rejected) await tellRejected(options.rejects, row);
    options.onProgress?.(counter.report('running'));
  };

  for await (const item of readRecords(options.source, mapping, options.sourceName)) {
    if (signal?.aborted) return counter.report('stopped');
    counter.countRead();
    if ('broken' in item) {
      await reject({ line: item.line, reasons: [item.broken] });
      continue;
    }
    const mapped = mapRecord(item.line, item.record);
    if ('rejected' in mapped) {
      await reject(mapped.rejected);
      continue;
    }
    const key = keyOf(mapped.row, mapping.key);
    // A key that comes again waits for the batch before it: one batch never writes a row twice, and the later line wins.
    if (batch.has(key) || batch.size >= most) await flush();
    batch.set(key, mapped);
  }
  if (signal?.aborted) return counter.report('stopped');
  await flush();
  return counter.report('finished');
}

function keyOf({ values }: MappedRow, key: readonly string[]): string {
  return JSON.stringify(key.map((column) => values[column]));
}

async function tellRejected(rejects: Writable | undefined, row: RejectedRow): Promise<void> {
  if (!rejects || rejects.write(`${JSON.stringify(row)}\n`)) return;
  // One that has failed drains no more.
  if (rejects.errored) throw rejects.errored;
  await once(rejects, 'drain');
}
