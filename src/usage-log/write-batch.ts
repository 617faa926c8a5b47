/** One call of `usage_append`: a batch of records as JSON, in one transaction. */
import type { PoolClient } from 'pg';
import type { UsagePlan, UsageRecord } from './usage-record.js';

export interface WrittenBatch {
  readonly policyVersion: number;
  readonly databaseTime: Date;
  readonly superseded: ReadonlySet<string>;
}

export interface WrittenRecord {
  readonly id: string;
  readonly json: string;
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
  const text = JSON.stringify({
    id: record.id,
    occurred_at: record.occurredAt,
    node: record.node,
    kind: record.kind,
    principal_kind: record.principalKind,
    principal: record.principal,
    department: record.department ?? undefined,
    grants: record.grants,
    purpose: record.purpose ?? undefined,
    user_name: record.user ?? undefined,
    case_number: record.caseNumber ?? undefined,
    operation_name: record.operationName ?? undefined,
    document_hash: asBytes(record.documentHash),
    arguments: record.arguments,
    plan_id: asBytes(record.planId),
    subjects: record.subjects,
    row_counts: record.rowCounts,
    error_codes: record.errorCodes,
    outcome: record.outcome,
    policy_version: record.policyVersion ?? undefined,
    decided_until: record.decidedUntil ?? undefined,
    response_bytes: record.responseBytes,
    response_digest: asBytes(record.responseDigest),
    latency_micros: record.latencyMicros,
    client_address: record.clientAddress ?? undefined,
  });
  return { id: record.id, json: mayBeUnfit.test(text) ? text.replace(unfit, writeFit) : text };
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

function asBytes(hex: string | null): string | undefined {
  return hex === null ? undefined : `\\x${hex}`;
}

function writePlan({ hash, text }: UsagePlan): string {
  return `{"hash":"\\\\x${hash}","description":${text}}`;
}
