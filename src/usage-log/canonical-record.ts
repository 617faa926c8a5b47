/**
 * The canonical form of a usage record, and the salted commitment to it that stands in the tree. `docs/usage-log.md` pins both for those
 * who check the log with programs of their own: what is here must never change; another form takes another `format`.
 *
 * INVARIANT: every column of the table is covered, save the salt itself; a column that is not could be altered unseen.
 *
 * The text is JSON as RFC 8785 (JCS) writes it. Subjects stand in it as a digest with a salt of its own, so that a consumer can be shown
 * that its record says what it did without being shown the pool's own numbers of subjects.
 */
import { hash } from 'node:crypto';
import { takeRandomBytes } from './random-bytes.js';

export const recordFormat = 'citygraph-usage-record/v1';

/** Bytes of a record's salt: the first half goes into the commitment, the second into the digest of subjects. */
export const saltBytes = 32;
const half = saltBytes / 2;

/** A record as the database keeps it. Hashes in lower-case hexadecimal, times as ISO 8601 in UTC with milliseconds. */
export interface RecordColumns {
  readonly id: string;
  readonly occurred_at: string;
  readonly node: string;
  readonly kind: string;
  readonly principal_kind: string;
  readonly principal: string;
  readonly department: string | null;
  readonly grants: readonly string[];
  readonly purpose: string | null;
  readonly user_name: string | null;
  readonly case_number: string | null;
  readonly operation_name: string | null;
  readonly document_hash: string | null;
  readonly arguments: unknown;
  /** SHA-256 of the text of the plan description. */
  readonly plan_id: string | null;
  readonly subjects: string;
  readonly row_counts: readonly number[];
  readonly error_codes: readonly string[];
  readonly outcome: string;
  readonly policy_version: number | null;
  readonly decided_until: string | null;
  readonly response_bytes: number;
  readonly response_digest: string | null;
  readonly latency_micros: number;
  readonly client_address: string | null;
}

export function createSalt(): Buffer {
  return takeRandomBytes(saltBytes);
}

/** SHA-256 of the first half of the salt and the canonical text. */
export function commitRecord(record: RecordColumns, salt: Buffer): Buffer {
  return saltedHash(salt, 0, canonicalRecord(record, digestSubjects(record.subjects, salt)));
}

/** What opens a commitment to somebody who may see the record but no subjects: the text, and the half of the salt that it takes. */
export function openCommitment(record: RecordColumns, salt: Buffer): { text: string; salt: Buffer } {
  return {
    text: canonicalRecord(record, digestSubjects(record.subjects, salt)),
    salt: Buffer.from(salt.subarray(0, half)),
  };
}

function digestSubjects(subjects: string, salt: Buffer): string {
  return hash('sha256', salted(salt, half, subjects), 'hex');
}

/** One call for a hash: a hash object, or HMAC, costs several times as much, and this stands before every answer. */
function saltedHash(salt: Buffer, from: number, content: string): Buffer {
  // To be given a buffer takes several times as long.
  return Buffer.from(hash('sha256', salted(salt, from, content), 'binary'), 'latin1');
}

/** To be used before the next is made. */
function salted(salt: Buffer, from: number, content: string): Buffer {
  // No character of a string takes more than three bytes.
  if (input.length < half + content.length * 3) input = Buffer.alloc(half + content.length * 3);
  salt.copy(input, 0, from, from + half);
  const length = half + input.write(content, half);
  return input.subarray(0, length);
}

let input = Buffer.alloc(16_384);

/** Keys in the order of RFC 8785, by UTF-16 code units; written out, for this runs for every record of every verification. */
export function canonicalRecord(record: RecordColumns, subjectsDigest: string): string {
  return (
    `{"arguments":${canonicalJson(record.arguments)}` +
    `,"case_number":${text(record.case_number)}` +
    `,"client_address":${text(record.client_address)}` +
    `,"decided_until":${plain(record.decided_until)}` +
    `,"department":${text(record.department)}` +
    `,"document_hash":${plain(record.document_hash)}` +
    `,"error_codes":${texts(record.error_codes)}` +
    `,"format":"${recordFormat}"` +
    `,"grants":${texts(record.grants)}` +
    `,"id":${plain(record.id)}` +
    `,"kind":${text(record.kind)}` +
    `,"latency_micros":${record.latency_micros}` +
    `,"node":${text(record.node)}` +
    `,"occurred_at":${plain(record.occurred_at)}` +
    `,"operation_name":${text(record.operation_name)}` +
    `,"outcome":${text(record.outcome)}` +
    `,"plan_id":${plain(record.plan_id)}` +
    `,"policy_version":${record.policy_version}` +
    `,"principal":${text(record.principal)}` +
    `,"principal_kind":${text(record.principal_kind)}` +
    `,"purpose":${text(record.purpose)}` +
    `,"response_bytes":${record.response_bytes}` +
    `,"response_digest":${plain(record.response_digest)}` +
    `,"row_counts":[${record.row_counts.join(',')}]` +
    `,"subjects_digest":"${subjectsDigest}"` +
    `,"user_name":${text(record.user_name)}}`
  );
}

/** Of digits, hexadecimal and times, which need no escapes. */
function plain(value: string | null): string {
  return value === null ? 'null' : `"${value}"`;
}

function text(value: string | null): string {
  return value === null ? 'null' : JSON.stringify(value);
}

function texts(values: readonly string[]): string {
  return values.length === 0 ? '[]' : JSON.stringify(values);
}

/** RFC 8785 of what JSON.parse gives: strings and numbers as ECMAScript writes them, members sorted by UTF-16 code units. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalJson((value as Record<string, unknown>)[name])}`).join(',')}}`;
}
