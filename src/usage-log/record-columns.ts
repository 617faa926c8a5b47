/** A record as text columns, for those who read many: the sequencer and the verification. */
import type { RecordColumns } from './canonical-record.js';

export interface SaltedRecord {
  readonly columns: RecordColumns;
  readonly salt: Buffer;
}

/** Of a row `r` of `citygraph.usage_record`, in the order that `readColumns` takes them. Arrays as JSON, bytes in hexadecimal. */
export const recordColumnsSql = `
  r.id::text, (extract(epoch from r.occurred_at) * 1000)::bigint::text, r.node, r.kind, r.principal_kind, r.principal, r.department,
  array_to_json(r.grants)::text, r.purpose, r.user_name, r.case_number, r.operation_name, encode(r.document_hash, 'hex'),
  r.arguments::text, encode(r.plan_id, 'hex'), r.subjects, array_to_json(r.row_counts)::text, array_to_json(r.error_codes)::text,
  r.outcome, r.policy_version::text, (extract(epoch from r.decided_until) * 1000)::bigint::text, r.response_bytes::text,
  encode(r.response_digest, 'hex'), r.latency_micros::text, r.client_address, encode(r.salt, 'hex')`;

/** @param from where in `fields` the record begins */
export function readColumns(fields: readonly (string | null)[], from = 0): SaltedRecord {
  const at = (offset: number): string => fields[from + offset]!;
  const orNull = (offset: number): string | null => fields[from + offset] ?? null;
  const columns: RecordColumns = {
    id: at(0),
    occurred_at: timeOf(at(1)),
    node: at(2),
    kind: at(3),
    principal_kind: at(4),
    principal: at(5),
    department: orNull(6),
    grants: list(at(7)),
    purpose: orNull(8),
    user_name: orNull(9),
    case_number: orNull(10),
    operation_name: orNull(11),
    document_hash: orNull(12),
    arguments: at(13) === '{}' ? {} : JSON.parse(at(13)),
    plan_id: orNull(14),
    subjects: at(15),
    row_counts: list(at(16)),
    error_codes: list(at(17)),
    outcome: at(18),
    policy_version: orNull(19) === null ? null : Number(at(19)),
    decided_until: orNull(20) === null ? null : timeOf(at(20)),
    response_bytes: Number(at(21)),
    response_digest: orNull(22),
    latency_micros: Number(at(23)),
    client_address: orNull(24),
  };
  return { columns, salt: Buffer.from(at(25), 'hex') };
}

function timeOf(milliseconds: string): string {
  return new Date(Number(milliseconds)).toISOString();
}

function list<T>(json: string): T[] {
  return json === '[]' ? [] : (JSON.parse(json) as T[]);
}
