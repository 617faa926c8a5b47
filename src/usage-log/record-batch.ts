/**
 * Records that go to the database together, each put into bytes as it comes: behind one another in one buffer, as the array of rows that
 * `usage_append` takes, each with the commitment to it. The buffer is used again for the next batch, so that a record leaves nothing behind.
 *
 * It must not know what a column means, nor what becomes of a batch.
 */
import { toByteString } from '../model/byte-string.js';
import { commitTexts, jsonText, jsonTexts, type OwnText, saltBytes } from './canonical-record.js';
import { fitAll, fitArguments, fitOrNull } from './fit-text.js';
import { type CallerParts, callerPartsOf, type OperationParts, operationPartsOf } from './record-parts.js';
import { RowBytes } from './row-bytes.js';
import type { UsageRecord } from './usage-record.js';

/** Of the type `citygraph.usage_given` of the migrations, in whose order they are written. */
const columnCount = 27;
const commitmentBytes = 32;
/** Of an array that is not empty, before its items. */
const arrayHeadBytes = 20;
const usualBytes = 65_536;
/** What a buffer has grown to beyond this is not kept. */
const longestKept = 1_048_576;

export class RecordBatch {
  private readonly rows = new RowBytes(usualBytes);
  /** Where each record begins, and behind the last. */
  private readonly starts: number[] = [arrayHeadBytes];

  constructor() {
    this.clear();
  }

  get size(): number {
    return this.starts.length - 1;
  }

  /** Whether it may be kept to be used again. */
  get isUsual(): boolean {
    return this.rows.bytes.length <= longestKept;
  }

  /** The bytes of what was in it are written over. */
  clear(): void {
    this.starts.length = 1;
    this.rows.used = arrayHeadBytes;
  }

  /**
   * @returns its place
   * @throws where it cannot be written; then it is not in the batch
   */
  add(record: UsageRecord): number {
    const { rows } = this;
    const start = rows.used;
    try {
      rows.int32(0);
      writeRow(rows, record);
    } catch (error) {
      rows.used = start;
      throw error;
    }
    rows.putInt(start, rows.used - start - 4);
    return this.starts.push(rows.used) - 2;
  }

  /** The commitment to the record in a place, in hexadecimal: it stands at the end of its row. */
  commitment(place: number): string {
    const end = this.starts[place + 1]!;
    return this.rows.bytes.toString('hex', end - commitmentBytes, end);
  }

  /**
   * The array of the records in these places, which are in order. Of all of them it is the buffer itself: good until the batch is cleared.
   *
   * @param typeId of `citygraph.usage_given`, which each database numbers for itself
   */
  encode(places: readonly number[], typeId: number): Buffer {
    const { rows, starts } = this;
    if (places.length === this.size) {
      const { used } = rows;
      rows.used = 0;
      rows.arrayHead(typeId, places.length);
      rows.used = used;
      return rows.bytes.subarray(0, used);
    }
    const some = new RowBytes(arrayHeadBytes + places.reduce((sum, at) => sum + starts[at + 1]! - starts[at]!, 0));
    some.arrayHead(typeId, places.length);
    for (const at of places) some.copy(rows.bytes.subarray(starts[at], starts[at + 1]));
    return some.bytes.subarray(0, some.used);
  }
}

function writeRow(row: RowBytes, record: UsageRecord): void {
  const caller = callerPartsOf(record);
  const operation = operationPartsOf(record);
  const user = fitOrNull(record.user);
  const caseNumber = fitOrNull(record.caseNumber);
  const clientAddress = fitOrNull(record.clientAddress);
  const errorCodes = fitAll(record.errorCodes);
  // INVARIANT: committed to is what the database will hold: arguments as they come back from JSON, texts as PostgreSQL can take them.
  const own: OwnText = {
    arguments: toByteString(fitArguments(record.arguments)),
    caseNumber: bytesOf(caseNumber),
    clientAddress: bytesOf(clientAddress),
    errorCodes: errorCodes.length === 0 ? '[]' : toByteString(jsonTexts(errorCodes)),
    id: record.id,
    latencyMicros: record.latencyMicros,
    occurredAt: record.occurredAt.toISOString(),
    responseBytes: record.responseBytes,
    responseDigest: record.responseDigest,
    rowCounts: record.rowCounts.join(','),
    userName: bytesOf(user),
  };
  row.int32(columnCount);
  row.uuid(record.id);
  row.timestamptz(record.occurredAt.getTime());
  row.copy(caller.row.node);
  row.copy(operation.row.kind);
  row.copy(caller.row.principalKind);
  row.text(user);
  row.text(caseNumber);
  row.copy(operation.row.operationName);
  row.jsonb(own.arguments);
  row.copy(operation.row.planId);
  row.text(record.subjects);
  row.intArray(record.rowCounts);
  row.textArray(errorCodes);
  row.copy(operation.row.outcome);
  row.copy(caller.row.policyVersion);
  row.int(record.responseBytes);
  row.bytea(record.responseDigest);
  row.int(record.latencyMicros);
  row.text(clientAddress);
  commit(row, own, caller, operation, record.subjects);
}

/** Salt and commitment, the last two columns. */
function commit(row: RowBytes, own: OwnText, caller: CallerParts, operation: OperationParts, subjects: string): void {
  const salt = row.randomBytea(saltBytes);
  const commitment = commitTexts(own, caller.text, operation.text, subjects, row.bytes, salt);
  row.byteStringBytea(commitment);
}

function bytesOf(value: string | null): string {
  return value === null ? 'null' : toByteString(jsonText(value));
}
