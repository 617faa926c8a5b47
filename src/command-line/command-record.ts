/**
 * A command that reads or writes the pool is on record: before it starts, and again with what it did. It holds counts and names of files,
 * never a value of a row.
 */
import { CitygraphError } from '../errors.js';
import type { UsageLog } from '../usage-log/append-usage.js';
import { createRecordId, createUsageRecord, type UsageOutcome } from '../usage-log/usage-record.js';

export interface CommandRecord {
  /** As typed, without options: `load Enterprise`. */
  readonly operation: string;
  /** Who answers for it. */
  readonly principal: string;
  readonly node: string;
  /** SHA-256 in hexadecimal of what tells the command what to do, where a file does. */
  readonly documentHash: string | null;
  readonly arguments: Readonly<Record<string, unknown>>;
}

interface CommandOutcome {
  readonly outcome: UsageOutcome;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly errorCodes?: readonly string[];
  /** Rows written. */
  readonly rows?: number;
}

/**
 * INVARIANT: `work` runs only once the record of its beginning is durable.
 *
 * @param work returns its result and what of it goes on record
 * @throws LOG_UNAVAILABLE: nothing was done; or, from the record of its end, all of it was, as the record of its beginning says
 */
export async function runOnRecord<T>(
  log: UsageLog,
  command: CommandRecord,
  work: () => Promise<{ result: T; told: Omit<CommandOutcome, 'outcome'> }>,
): Promise<T> {
  const startedAt = performance.now();
  await appendRecord(log, command, startedAt, { outcome: 'begun' });
  let done: Awaited<ReturnType<typeof work>>;
  try {
    done = await work();
  } catch (error) {
    await recordFailure(
      () => appendRecord(log, command, startedAt, { outcome: 'failed', errorCodes: [codeOf(error)] }),
      error,
    );
    throw error;
  }
  await appendRecord(log, command, startedAt, { ...done.told, outcome: 'answered' });
  return done.result;
}

async function appendRecord(
  log: UsageLog,
  command: CommandRecord,
  startedAt: number,
  outcome: CommandOutcome,
): Promise<void> {
  const occurredAt = new Date();
  await log.append(
    createUsageRecord({
      id: createRecordId(occurredAt),
      occurredAt,
      node: command.node,
      kind: 'command',
      principalKind: 'command',
      principal: command.principal,
      department: null,
      grants: [],
      purpose: null,
      user: null,
      caseNumber: null,
      operationName: command.operation,
      documentHash: command.documentHash,
      arguments: { ...command.arguments, ...outcome.arguments },
      planId: null,
      subjects: '',
      rowCounts: outcome.rows === undefined ? [] : [outcome.rows],
      errorCodes: outcome.errorCodes ?? [],
      outcome: outcome.outcome,
      policyVersion: null,
      decidedUntil: null,
      responseBytes: 0,
      responseDigest: null,
      latencyMicros: Math.min(Math.round((performance.now() - startedAt) * 1000), 2_147_483_647),
      clientAddress: null,
    }),
  );
}

/** Why it failed is not to be lost where the log fails with it. */
async function recordFailure(record: () => Promise<void>, failure: unknown): Promise<void> {
  try {
    await record();
  } catch {
    throw new CitygraphError(
      'LOG_UNAVAILABLE',
      `the command failed (${codeOf(failure)}), and its end could not be recorded`,
      {},
      { cause: failure },
    );
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'INTERNAL';
}
