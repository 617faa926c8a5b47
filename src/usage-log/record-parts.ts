/**
 * What the records of one caller, or of one operation, have in common: parts of the canonical form and of the row, as bytes, kept so that a
 * record is put together of a few copies and of what is its own.
 *
 * They cannot be wrong: parts are taken only where all that they were made of is equal, value by value, to what the record has. They cannot
 * grow without bound: of each kind as many bytes are kept as `keptBytes` says, the least recently used go first, and a caller that sends
 * another operation each time only has its own made anew.
 */
import { LRUCache } from 'lru-cache';
import { toByteString } from '../model/byte-string.js';
import { type CallerText, callerText, type OperationText, operationText } from './canonical-record.js';
import { fit, fitAll, fitOrNull } from './fit-text.js';
import { RowBytes } from './row-bytes.js';
import type { UsageRecord } from './usage-record.js';

export interface CallerParts {
  readonly text: CallerText;
  /** Runs of columns of the row, each named after its first. */
  readonly row: { readonly node: Uint8Array; readonly principalKind: Uint8Array; readonly policyVersion: Uint8Array };
}

export interface OperationParts {
  readonly text: OperationText;
  readonly row: {
    readonly kind: Uint8Array;
    readonly operationName: Uint8Array;
    readonly planId: Uint8Array;
    readonly outcome: Uint8Array;
  };
}

type Caller = Pick<
  UsageRecord,
  'node' | 'principalKind' | 'principal' | 'department' | 'grants' | 'purpose' | 'policyVersion'
> & { readonly decidedUntil: number | null };
type Operation = Pick<UsageRecord, 'kind' | 'operationName' | 'documentHash' | 'planId' | 'outcome'>;

interface Known<Of, Parts> {
  readonly of: Of;
  readonly parts: Parts;
}

const keptBytes = 4_000_000;
/** Of objects, keys and buffers around what is kept. */
const bytesAround = 2_000;

const callers = new LRUCache<string, Known<Caller, CallerParts>>({ maxSize: keptBytes, sizeCalculation: sizeOf });
const operations = new LRUCache<string, Known<Operation, OperationParts>>({
  maxSize: keptBytes,
  sizeCalculation: sizeOf,
});

export function callerPartsOf(record: UsageRecord): CallerParts {
  const known = callers.get(record.principal);
  if (known && isSameCaller(known.of, record)) return known.parts;
  const made = makeCallerParts(record);
  const { node, principalKind, principal, department, purpose, policyVersion } = record;
  const [grants, decidedUntil] = [[...record.grants], record.decidedUntil?.getTime() ?? null];
  const of = { node, principalKind, principal, department, grants, purpose, policyVersion, decidedUntil };
  callers.set(principal, { of, parts: made });
  return made;
}

export function operationPartsOf(record: UsageRecord): OperationParts {
  const key = record.planId ?? record.documentHash ?? '';
  const known = operations.get(key);
  if (known && isSameOperation(known.of, record)) return known.parts;
  const made = makeOperationParts(record);
  const { kind, operationName, documentHash, planId, outcome } = record;
  operations.set(key, { of: { kind, operationName, documentHash, planId, outcome }, parts: made });
  return made;
}

/** INVARIANT: every member of `Caller` is compared: one that is not would put another's on record. */
function isSameCaller(of: Caller, record: UsageRecord): boolean {
  return (
    of.principal === record.principal &&
    of.policyVersion === record.policyVersion &&
    of.purpose === record.purpose &&
    of.department === record.department &&
    of.principalKind === record.principalKind &&
    of.node === record.node &&
    of.decidedUntil === (record.decidedUntil?.getTime() ?? null) &&
    areSame(of.grants, record.grants)
  );
}

/** INVARIANT: as above. */
function isSameOperation(of: Operation, record: UsageRecord): boolean {
  return (
    of.planId === record.planId &&
    of.documentHash === record.documentHash &&
    of.operationName === record.operationName &&
    of.outcome === record.outcome &&
    of.kind === record.kind
  );
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}

function makeCallerParts(record: UsageRecord): CallerParts {
  const { policyVersion, decidedUntil, principalKind } = record;
  const node = fit(record.node);
  const principal = fit(record.principal);
  const department = fitOrNull(record.department);
  const grants = fitAll(record.grants);
  const purpose = fitOrNull(record.purpose);
  const text = callerText({
    ...{ node, principal, department, grants, purpose },
    principal_kind: principalKind,
    policy_version: policyVersion,
    decided_until: decidedUntil?.toISOString() ?? null,
  });
  return {
    text: toByteStrings(text),
    row: {
      node: rowOf((row) => row.text(node)),
      principalKind: rowOf((row) => {
        row.text(principalKind);
        row.text(principal);
        row.text(department);
        row.textArray(grants);
        row.text(purpose);
      }),
      policyVersion: rowOf((row) => {
        row.bigint(policyVersion);
        row.timestamptz(decidedUntil?.getTime() ?? null);
      }),
    },
  };
}

function makeOperationParts({ kind, outcome, documentHash, planId, ...record }: UsageRecord): OperationParts {
  const operationName = fitOrNull(record.operationName);
  const text = operationText({
    ...{ kind, outcome },
    operation_name: operationName,
    document_hash: documentHash,
    plan_id: planId,
  });
  return {
    text: toByteStrings(text),
    row: {
      kind: rowOf((row) => row.text(kind)),
      operationName: rowOf((row) => {
        row.text(operationName);
        row.bytea(documentHash);
      }),
      planId: rowOf((row) => row.bytea(planId)),
      outcome: rowOf((row) => row.text(outcome)),
    },
  };
}

function toByteStrings<Texts extends CallerText | OperationText>(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, toByteString(text as string)])) as never;
}

const scratch = new RowBytes(1_024);

function rowOf(write: (row: RowBytes) => void): Uint8Array {
  scratch.used = 0;
  write(scratch);
  return Uint8Array.from(scratch.bytes.subarray(0, scratch.used));
}

function sizeOf({ parts }: Known<unknown, CallerParts | OperationParts>): number {
  let size = bytesAround;
  // What they were made of is about as long as its text.
  for (const text of Object.values<string>({ ...parts.text })) size += 2 * text.length;
  for (const piece of Object.values<Uint8Array>({ ...parts.row })) size += piece.length;
  return size;
}
