/**
 * Records that a filter finds, one after another, newest first, as CSV or JSON lines: a stream with as much in memory for five million as
 * for five hundred. Of one moment of the log, whatever comes in meanwhile.
 *
 * It holds neither identifiers nor ids of subjects, but their number; arguments as the log keeps them. For checking the log there is the
 * other export (`tree/export-log.ts`).
 */
import { stringify } from 'csv-stringify';
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import { Readable } from 'node:stream';
import type { Pool, PoolClient } from 'pg';
import {
  findRecords,
  type FoundRow,
  type ReadUsageRecord,
  readRow,
  selectRecords,
  auditDatabase,
} from './read-usage.js';
import type { UsageFilter } from './usage-filter.js';

export const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const recordsAtOnce = 1_000;

const writer = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** @param pool of the auditor's role, with a statement timeout that a sort of all that is found keeps */
export async function* findAllUsage(pool: Pool, filter: UsageFilter): AsyncGenerator<ReadUsageRecord> {
  // Which of several leads has the fewest records is asked before; only how fast it goes hangs on it.
  const found = await findRecords(auditDatabase(pool), { filter, limit: null });
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    const keys = sql`declare found no scroll cursor for ${found}`.compile(writer);
    await client.query({ text: keys.sql, values: [...keys.parameters] });
    for (;;) {
      const records = await fetchRecords(client);
      yield* records;
      if (records.length < recordsAtOnce) break;
    }
    await client.query('commit');
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A reader that goes away in the middle leaves the transaction open: the connection goes with it.
    client.release(broken ?? true);
  }
}

/** Keys alone are put in order; the records are fetched as they are written. */
async function fetchRecords(client: PoolClient): Promise<ReadUsageRecord[]> {
  const { rows: keys } = await client.query<{ occurred_at: Date; id: string }>(`fetch ${recordsAtOnce} from found`);
  if (keys.length === 0) return [];
  const found = sql`select * from unnest(${keys.map((key) => key.occurred_at)}::timestamptz[], ${keys.map((key) => key.id)}::uuid[]) as key (occurred_at, id)`;
  const query = selectRecords(found).compile(writer);
  const { rows } = await client.query<FoundRow>({ text: query.sql, values: [...query.parameters] });
  return rows.map(readRow);
}

export interface ExportProgress {
  /** After so many records. */
  readonly onProgress?: (records: number) => void;
}

/** The text of the export. Its first piece is asked of the database when it is read. */
export function exportUsage(
  pool: Pool,
  filter: UsageFilter,
  format: ExportFormat,
  { onProgress }: ExportProgress = {},
): Readable {
  const rows = async function* (): AsyncGenerator<ExportedRecord> {
    let records = 0;
    for await (const record of findAllUsage(pool, filter)) {
      yield toExported(record);
      records += 1;
      onProgress?.(records);
    }
  };
  if (format === 'jsonl') {
    const lines = async function* (): AsyncGenerator<string> {
      for await (const row of rows()) yield `${JSON.stringify(row)}\n`;
    };
    return Readable.from(lines());
  }
  const columns = Object.keys(exportedColumns);
  // What a caller chose may begin like a formula, and a spreadsheet would run it.
  const csv = stringify({ header: true, columns, escape_formulas: true });
  return Readable.from(
    (async function* (): AsyncGenerator<Record<string, unknown>> {
      for await (const row of rows()) yield toCells(row);
    })(),
  ).compose(csv) as Readable;
}

const exportedColumns = {
  id: (it) => it.id,
  occurredAt: (it) => it.occurredAt.toISOString(),
  node: (it) => it.node,
  kind: (it) => it.kind,
  principalKind: (it) => it.principalKind,
  principal: (it) => it.principal,
  department: (it) => it.department,
  grants: (it) => it.grants,
  purpose: (it) => it.purpose,
  legalBases: (it) => [...new Set(it.grantTerms.map(({ legalBasis }) => legalBasis))],
  user: (it) => it.user,
  caseNumber: (it) => it.caseNumber,
  operationName: (it) => it.operationName,
  documentHash: (it) => it.documentHash,
  arguments: (it) => it.arguments,
  outcome: (it) => it.outcome,
  errorCodes: (it) => it.errorCodes,
  policyVersion: (it) => it.policyVersion,
  fields: (it) => [
    ...new Set(
      it.nodes.flatMap(({ type, fields }) =>
        fields.map(({ name, level, verdict }) => `${type}.${name} ${level ?? '-'} ${verdict}`),
      ),
    ),
  ],
  usedInArguments: (it) => it.usedInArguments,
  rows: (it) => it.nodes.reduce((sum, { rowCount }) => sum + rowCount, 0),
  subjects: (it) => new Set(it.nodes.flatMap(({ subjects }) => subjects.flat()).filter((id) => id !== '0')).size,
  responseBytes: (it) => it.responseBytes,
  latencyMicros: (it) => it.latencyMicros,
  clientAddress: (it) => it.clientAddress,
} satisfies Record<string, (record: ReadUsageRecord) => unknown>;

export type ExportedRecord = {
  readonly [name in keyof typeof exportedColumns]: ReturnType<(typeof exportedColumns)[name]>;
};

function toExported(record: ReadUsageRecord): ExportedRecord {
  return Object.fromEntries(
    Object.entries(exportedColumns).map(([name, read]) => [name, read(record)]),
  ) as unknown as ExportedRecord;
}

/** Lists by `; `, objects as JSON. */
function toCells(row: ExportedRecord): Record<string, unknown> {
  const cell = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.join('; ');
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)]));
}
