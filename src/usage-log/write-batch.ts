/** One call of `usage_append`: a batch of records as JSON, in one transaction. */
import type { PoolClient } from 'pg';
import { commitRecord, createSalt, type RecordColumns } from './canonical-record.js';
import type { UsagePlan, UsageRecord } from './usage-record.js';

export interface WrittenBatch {
  readonly policyVersion: number;
  readonly databaseTime: Date;
  readonly superseded: ReadonlySet<string>;
}

export interface WrittenRecord {
  readonly id: string;
  readonly json: string;
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
  const { rows } = await client.query<{ policy_version: string; database_time: Date; superseded: string[] | null }>({
    ...statement,
    values: [
      `[${records.map(({ json }) => json).join(',')}]`,
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

export function writeRecord(record: UsageRecord): WrittenRecord {
  const given = columnsOf(record);
  const text = JSON.stringify(given);
  const fit = mayBeUnfit.test(text) ? text.replace(unfit, writeFit) : text;
  // INVARIANT: committed to is what the database will hold: arguments as they come back from JSON, texts as PostgreSQL can take them.
  const held =
    fit === text
      ? { ...given, arguments: JSON.parse(JSON.stringify(given.arguments)) as unknown }
      : (JSON.parse(fit) as RecordColumns);
  const salt = createSalt();
  const commitment = commitRecord(withBareHashes(held), salt);
  const json = `${fit.slice(0, -1)},"salt":"\\\\x${salt.toString('hex')}","commitment":"\\\\x${commitment.toString('hex')}"}`;
  return { id: record.id, json, commitment };
}

/** As the database takes them: hashes with `\x` before their digits. */
function columnsOf(record: UsageRecord): RecordColumns {
  return {
    id: record.id,
    occurred_at: record.occurredAt.toISOString(),
    node: record.node,
    kind: record.kind,
    principal_kind: record.principalKind,
    principal: record.principal,
    department: record.department,
    grants: record.grants,
    purpose: record.purpose,
    user_name: record.user,
    case_number: record.caseNumber,
    operation_name: record.operationName,
    document_hash: asBytes(record.documentHash),
    arguments: record.arguments,
    plan_id: asBytes(record.planId),
    subjects: record.subjects,
    row_counts: record.rowCounts,
    error_codes: record.errorCodes,
    outcome: record.outcome,
    policy_version: record.policyVersion,
    decided_until: record.decidedUntil?.toISOString() ?? null,
    response_bytes: record.responseBytes,
    response_digest: asBytes(record.responseDigest),
    latency_micros: record.latencyMicros,
    client_address: record.clientAddress,
  };
}

function withBareHashes(columns: RecordColumns): RecordColumns {
  const bare = (bytes: string | null): string | null => bytes && bytes.slice(2);
  return {
    ...columns,
    document_hash: bare(columns.document_hash),
    plan_id: bare(columns.plan_id),
    response_digest: bare(columns.response_digest),
  };
}

/**
 * PostgreSQL takes neither U+0000 nor half a surrogate pair, and JSON.stringify escapes both: what a caller sends must not be able to
 * take down the batch that its record is in. An escape that is itself escaped (`\\u0000`) is plain text and stays.
 */
const mayBeUnfit = /\\u(?:0000|d[89a-f])/;
const unfit = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/g;
function writeFit(escape: string): string {
  return escape.length === 6 ? '\ufffd' : escape;
}

function asBytes(hex: string | null): string | null {
  return hex === null ? null : `\\x${hex}`;
}

function writePlan({ hash, text }: UsagePlan): string {
  return `{"hash":"\\\\x${hash}","description":${text}}`;
}
