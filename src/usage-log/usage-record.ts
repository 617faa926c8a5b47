/**
 * The record of one request: who, under which grants, which fields, which subjects, what was decided. No data leaves without it.
 *
 * What is the same for every run of a plan (fields, verdicts, levels) is a plan description, stored once; the record names its hash.
 * A record knows no planning and no GraphQL: the pipeline fills it in. It holds no identifier and no value of level L3 or L4, only
 * subject ids and keyed digests: that is the caller's part, for only the plan knows which argument is which.
 */
import { createHash } from 'node:crypto';
import { CitygraphError } from '../errors.js';
import { redactIdentifiers } from '../model/redact-identifiers.js';
import { putRandomBytes } from './random-bytes.js';

export type UsageKind = 'query' | 'mutation' | 'command' | 'failure';

/** Under which arguments say who forwarded the request. No field of the schema has this name. */
export const gatewayLabel = 'request(gateway:)';

/** What became of the request; `begun` stands before the effect of a mutation, whose own record follows. */
export type UsageOutcome = 'answered' | 'refused' | 'failed' | 'begun';
/** `superseded` is written by the database alone: decided under a policy or a grant that no longer held, and not released. */
export type StoredOutcome = UsageOutcome | 'superseded';

export interface UsageRecord {
  /** UUID v7 of `occurredAt`. */
  readonly id: string;
  readonly occurredAt: Date;
  /** The instance of the service. */
  readonly node: string;
  readonly kind: UsageKind;
  /** A gateway where what it forwards was refused; a request that it forwards is the consumer's. */
  readonly principalKind: 'public' | 'consumer' | 'official' | 'gateway' | 'command';
  readonly principal: string;
  readonly department: string | null;
  readonly grants: readonly string[];
  readonly purpose: string | null;
  /** X-User and X-Case: the human and the case behind the application. */
  readonly user: string | null;
  readonly caseNumber: string | null;
  readonly operationName: string | null;
  /** SHA-256 of the document, in hexadecimal. */
  readonly documentHash: string | null;
  /** Label -> plain value, or `digest:…`. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Hash of the plan description (`describePlan`). */
  readonly planId: string | null;
  /** Ids of subjects released: nodes of the plan parted by `;`, rows by `,`, the subjects of one row by `+`; empty where none. */
  readonly subjects: string;
  /** Rows of each node of the plan. */
  readonly rowCounts: readonly number[];
  readonly errorCodes: readonly string[];
  readonly outcome: UsageOutcome;
  /** Under which it was decided; null where it rests on no policy. */
  readonly policyVersion: number | null;
  /** The earliest end of the grants it rests on. */
  readonly decidedUntil: Date | null;
  readonly responseBytes: number;
  /** HMAC-SHA-256 in hexadecimal. */
  readonly responseDigest: string | null;
  readonly latencyMicros: number;
  readonly clientAddress: string | null;
}

/** One node of a plan: where, which fields, with which verdicts. */
export interface UsagePlanNode {
  readonly path: string;
  readonly type: string;
  readonly fields: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly reason: string;
    readonly level: string | null;
  }[];
}

export interface UsagePlanDescription {
  readonly nodes: readonly UsagePlanNode[];
  /** Coordinates used in filters, orders and look-ups. */
  readonly usedInArguments: readonly string[];
}

/** To be made once with a plan and kept beside it. */
export interface UsagePlan {
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash: string;
  readonly text: string;
}

export function describePlan({ nodes, usedInArguments }: UsagePlanDescription): UsagePlan {
  const description: UsagePlanDescription = {
    nodes: nodes.map(({ path, type, fields }) => ({
      // An alias may hold what was looked up.
      path: redactIdentifiers(path),
      type,
      fields: fields.map(({ name, verdict, reason, level }) => ({ name, verdict, reason, level })),
    })),
    usedInArguments,
  };
  const text = JSON.stringify(description);
  return Object.freeze({ hash: createHash('sha256').update(text).digest('hex'), text });
}

/** @throws INTERNAL where the id does not hold the record's time: it could not be found by its id. */
export function createUsageRecord(fields: UsageRecord): UsageRecord {
  if (timeOfRecordId(fields.id) !== fields.occurredAt.getTime()) {
    throw new CitygraphError('INTERNAL', 'a usage record was given an id that was not made of its time');
  }
  return Object.freeze({ ...fields });
}

const idBytes = Buffer.alloc(16);

/** UUID v7 (RFC 9562): 48 bits of milliseconds, the rest random. */
export function createRecordId(occurredAt: Date): string {
  idBytes.writeUIntBE(occurredAt.getTime(), 0, 6);
  putRandomBytes(idBytes, 6, 10);
  idBytes[6] = (idBytes[6]! & 0x0f) | 0x70;
  idBytes[8] = (idBytes[8]! & 0x3f) | 0x80;
  const hex = idBytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const recordId = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isRecordId(text: string): boolean {
  return recordId.test(text);
}

/** Milliseconds since 1970; a record is found by its id through its time. */
export function timeOfRecordId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** For each node, for each of its rows, the subjects it is about. */
export function readSubjects(text: string): string[][][] {
  if (text === '') return [];
  return text
    .split(';')
    .map((rows) => (rows === '' ? [] : rows.split(',').map((row) => (row === '' ? [] : row.split('+')))));
}
