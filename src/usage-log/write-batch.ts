/** One call of `usage_append`: a batch of records, in one transaction. */
import type { PoolClient } from 'pg';
import { commitRecord, createSalt, type RecordColumns } from './canonical-record.js';
import { encodeBatch, encodeRecord } from './encode-record.js';
import type { UsagePlan, UsageRecord } from './usage-record.js';

export interface WrittenBatch {
  readonly policyVersion: number;
  readonly databaseTime: Date;
  readonly superseded: ReadonlySet<string>;
}

export interface WrittenRecord {
  readonly id: string;
  /** As `usage_append` takes it. */
  readonly row: Buffer;
  /** To the record as it is given; the database makes it void where it writes another outcome. */
  readonly commitment: Buffer;
}

const statement = {
  name: 'citygraph_usage_append',
  text: 'select policy_version::text, database_time, superseded from citygraph.usage_append($1, $2)',
};

export async function writeBatch(
  client: PoolClient,
  records: readonly WrittenRecord[],
  plans: readonly UsagePlan[],
): Promise<WrittenBatch> {
  const typeId = await typeIdOn(client);
  const { rows } = await client.query<{ policy_version: string; database_time: Date; superseded: string[] | null }>({
    ...statement,
    values: [
      encodeBatch(
        records.map(({ row }) => row),
        typeId,
      ),
      plans.length > 0 ? `[${plans.map(writePlan).join(',')}]` : null,
    ],
  });
  const row = rows[0];
  if (rows.length !== 1 || !row) throw new Error(`expected one row of usage_append, got ${rows.length}`);
  return {
    policyVersion: Number(row.policy_version),
    databaseTime: row.database_time,
    superseded: new Set(row.superseded),
  };
}

/** Kept with the connection, as long as which a type keeps its number. */
const typeIds = new WeakMap<PoolClient, number>();

async function typeIdOn(client: PoolClient): Promise<number> {
  let typeId = typeIds.get(client);
  if (typeId === undefined) {
    const { rows } = await client.query<{ id: string }>(`select 'citygraph.usage_given'::regtype::oid::text as id`);
    typeIds.set(client, (typeId = Number(rows[0]!.id)));
  }
  return typeId;
}

export function writeRecord(record: UsageRecord): WrittenRecord {
  // INVARIANT: committed to is what the database will hold: arguments as they come back from JSON, texts as PostgreSQL can take them.
  const held = columnsOf(record);
  const salt = createSalt();
  const commitment = commitRecord(held, salt);
  return { id: record.id, row: encodeRecord(held, salt, commitment), commitment };
}

function columnsOf(record: UsageRecord): RecordColumns {
  return {
    id: record.id,
    occurred_at: record.occurredAt.toISOString(),
    node: fit(record.node),
    kind: record.kind,
    principal_kind: record.principalKind,
    principal: fit(record.principal),
    department: fitOrNull(record.department),
    grants: record.grants.map(fit),
    purpose: fitOrNull(record.purpose),
    user_name: fitOrNull(record.user),
    case_number: fitOrNull(record.caseNumber),
    operation_name: fitOrNull(record.operationName),
    document_hash: record.documentHash,
    arguments: fitArguments(record.arguments),
    plan_id: record.planId,
    subjects: record.subjects,
    row_counts: record.rowCounts,
    error_codes: record.errorCodes.map(fit),
    outcome: record.outcome,
    policy_version: record.policyVersion,
    decided_until: record.decidedUntil?.toISOString() ?? null,
    response_bytes: record.responseBytes,
    response_digest: record.responseDigest,
    latency_micros: record.latencyMicros,
    client_address: fitOrNull(record.clientAddress),
  };
}

/**
 * PostgreSQL takes neither U+0000 nor half a surrogate pair: what a caller sends must not be able to take down the batch that its record
 * is in.
 */
function fit(text: string): string {
  return text.isWellFormed() && !text.includes('\0') ? text : text.toWellFormed().replaceAll('\0', '\ufffd');
}

function fitOrNull(text: string | null): string | null {
  return text === null ? null : fit(text);
}

/** JSON.stringify escapes both. An escape that is itself escaped (`\\u0000`) is plain text and stays. */
const mayBeUnfit = /\\u(?:0000|d[89a-f])/;
const unfitEscape = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g;

function fitArguments(given: UsageRecord['arguments']): unknown {
  const text = JSON.stringify(given);
  if (text === '{}') return {};
  const fitText = mayBeUnfit.test(text)
    ? text.replace(unfitEscape, (escape) => (escape.length === 6 ? '\ufffd' : escape))
    : text;
  return JSON.parse(fitText);
}

function writePlan({ hash, text }: UsagePlan): string {
  return `{"hash":"\\\\x${hash}","description":${text}}`;
}
