/**
 * The canonical form of a usage record, and the salted commitment to it that stands in the tree. `docs/usage-log.md` pins both for those
 * who check the log with programs of their own: what is here must never change; another form takes another `format`.
 *
 * INVARIANT: every column of the table is covered, save the salt itself; a column that is not could be altered unseen.
 *
 * The text is JSON as RFC 8785 (JCS) writes it. Subjects stand in it as a digest with a salt of its own, so that a consumer can be shown
 * that its record says what it did without being shown the pool's own numbers of subjects.
 *
 * It is put together of what one caller's records have in common, what those of one operation have, and what is each record's own, so that
 * who writes many can keep the first two (`record-parts.ts`).
 */
import { hash } from 'node:crypto';

export const recordFormat = 'citygraph-usage-record/v1';

/** Bytes of a record's salt: the first half goes into the commitment, the second into the digest of subjects. */
export const saltBytes = 32;
const half = saltBytes / 2;

/** A record as the database keeps it. Hashes in lower-case hexadecimal, times as ISO 8601 in UTC with milliseconds. */
export interface RecordColumns extends CallerColumns, OperationColumns {
  readonly id: string;
  readonly occurred_at: string;
  readonly user_name: string | null;
  readonly case_number: string | null;
  readonly arguments: unknown;
  readonly subjects: string;
  readonly row_counts: readonly number[];
  readonly error_codes: readonly string[];
  readonly response_bytes: number;
  readonly response_digest: string | null;
  readonly latency_micros: number;
  readonly client_address: string | null;
}

/** Who asked, under which grants and policy, and where. */
export interface CallerColumns {
  readonly node: string;
  readonly principal_kind: string;
  readonly principal: string;
  readonly department: string | null;
  readonly grants: readonly string[];
  readonly purpose: string | null;
  readonly policy_version: number | null;
  readonly decided_until: string | null;
}

/** What was asked, and what became of it. */
export interface OperationColumns {
  readonly kind: string;
  readonly operation_name: string | null;
  readonly document_hash: string | null;
  /** SHA-256 of the text of the plan description. */
  readonly plan_id: string | null;
  readonly outcome: string;
}

/** Runs of members of the canonical form, each named after its first. */
export interface CallerText {
  readonly decidedUntil: string;
  readonly format: string;
  readonly node: string;
  readonly policyVersion: string;
}

export interface OperationText {
  readonly documentHash: string;
  readonly kind: string;
  readonly operationName: string;
}

/** JSON of the members that are a record's own; of digits, digests and times without their quotation marks. */
export interface OwnText {
  readonly arguments: string;
  readonly caseNumber: string;
  readonly clientAddress: string;
  readonly errorCodes: string;
  readonly id: string;
  readonly latencyMicros: number;
  readonly occurredAt: string;
  readonly responseBytes: number;
  readonly responseDigest: string | null;
  readonly rowCounts: string;
  readonly userName: string;
}

/** SHA-256 of the first half of the salt and the canonical text. */
export function commitRecord(record: RecordColumns, salt: Buffer): Buffer {
  const text = canonicalRecord(record, digestSubjects(record.subjects, salt, 0));
  // By way of characters: to be given a buffer takes several times as long.
  return Buffer.from(hash('sha256', salted(salt, 0, text, 'utf8'), 'binary'), 'latin1');
}

/**
 * The commitment to a record of which all texts are strings of bytes (`model/byte-string.ts`), as such a string.
 * @param salt the salt stands in it at `at`
 */
export function commitTexts(
  own: OwnText,
  caller: CallerText,
  operation: OperationText,
  subjects: string,
  salt: Buffer,
  at: number,
): string {
  const text = joinMembers(own, caller, operation, digestSubjects(subjects, salt, at));
  return hash('sha256', salted(salt, at, text, 'latin1'), 'binary');
}

/** What opens a commitment to somebody who may see the record but no subjects: the text, and the half of the salt that it takes. */
export function openCommitment(record: RecordColumns, salt: Buffer): { text: string; salt: Buffer } {
  return {
    text: canonicalRecord(record, digestSubjects(record.subjects, salt, 0)),
    salt: Buffer.from(salt.subarray(0, half)),
  };
}

/** @param at where the salt begins; the digest takes its second half */
function digestSubjects(subjects: string, salt: Buffer, at: number): string {
  return hash('sha256', salted(salt, at + half, subjects, 'utf8'), 'hex');
}

/** What one call hashes: a hash object, or HMAC, costs several times as much, and this stands before every answer. To be used before the next. */
function salted(salt: Buffer, from: number, content: string, encoding: 'utf8' | 'latin1'): Buffer {
  // No character of a string takes more than three bytes.
  if (input.length < half + content.length * 3) input = Buffer.alloc(half + content.length * 3);
  // In a table that somebody has altered it may be shorter.
  const length = Math.min(half, salt.length - from);
  for (let n = 0; n < length; n += 1) input[n] = salt[from + n]!;
  return input.subarray(0, length + input.write(content, length, encoding));
}

let input = Buffer.alloc(16_384);

export function canonicalRecord(record: RecordColumns, subjectsDigest: string): string {
  const own: OwnText = {
    arguments: canonicalJson(record.arguments),
    caseNumber: text(record.case_number),
    clientAddress: text(record.client_address),
    errorCodes: texts(record.error_codes),
    id: record.id,
    latencyMicros: record.latency_micros,
    occurredAt: record.occurred_at,
    responseBytes: record.response_bytes,
    responseDigest: record.response_digest,
    rowCounts: record.row_counts.join(','),
    userName: text(record.user_name),
  };
  return joinMembers(own, callerText(record), operationText(record), subjectsDigest);
}

/** Keys in the order of RFC 8785, by UTF-16 code units; written out, for this runs for every record. */
function joinMembers(own: OwnText, caller: CallerText, operation: OperationText, subjectsDigest: string): string {
  return (
    `{"arguments":${own.arguments},"case_number":${own.caseNumber},"client_address":${own.clientAddress}` +
    `${caller.decidedUntil}${operation.documentHash},"error_codes":${own.errorCodes}` +
    `${caller.format},"id":"${own.id}"${operation.kind},"latency_micros":${own.latencyMicros}` +
    `${caller.node},"occurred_at":"${own.occurredAt}"${operation.operationName}${caller.policyVersion}` +
    `,"response_bytes":${own.responseBytes},"response_digest":${plain(own.responseDigest)}` +
    `,"row_counts":[${own.rowCounts}],"subjects_digest":"${subjectsDigest}","user_name":${own.userName}}`
  );
}

export function callerText(caller: CallerColumns): CallerText {
  return {
    decidedUntil: `,"decided_until":${plain(caller.decided_until)},"department":${text(caller.department)}`,
    format: `,"format":"${recordFormat}","grants":${texts(caller.grants)}`,
    node: `,"node":${text(caller.node)}`,
    policyVersion:
      `,"policy_version":${caller.policy_version},"principal":${text(caller.principal)}` +
      `,"principal_kind":${text(caller.principal_kind)},"purpose":${text(caller.purpose)}`,
  };
}

export function operationText(operation: OperationColumns): OperationText {
  return {
    documentHash: `,"document_hash":${plain(operation.document_hash)}`,
    kind: `,"kind":${text(operation.kind)}`,
    operationName:
      `,"operation_name":${text(operation.operation_name)},"outcome":${text(operation.outcome)}` +
      `,"plan_id":${plain(operation.plan_id)}`,
  };
}

/** Of digits, hexadecimal and times, which need no escapes. */
function plain(value: string | null): string {
  return value === null ? 'null' : `"${value}"`;
}

export function text(value: string | null): string {
  return value === null ? 'null' : JSON.stringify(value);
}

export function texts(values: readonly string[]): string {
  return values.length === 0 ? '[]' : JSON.stringify(values);
}

/** RFC 8785 of what JSON.parse gives: strings and numbers as ECMAScript writes them, members sorted by UTF-16 code units. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson((value as Record<string, unknown>)[name])}`).join(',')}}`;
}
