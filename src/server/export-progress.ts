/** How far an export has come: what has gone out, whether it is being read, and the record of its end. */
import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createRecordId, createUsageRecord, type UsageRecord } from '../usage-log/usage-record.js';

/** What has gone out so far. */
export class SentPart {
  records = 0;
  bytes = 0;
  /** Since when the client has left it unread. */
  unread: number | null = null;
  private readonly hmac;

  constructor(key: Buffer) {
    this.hmac = createHmac('sha256', key);
  }

  add(piece: string | Buffer): void {
    this.bytes += Buffer.byteLength(piece);
    this.hmac.update(piece);
  }

  digest(): string {
    return this.hmac.digest('hex');
  }
}

/** INVARIANT: nobody holds a transaction open by not reading. */
export function watchReader(response: ServerResponse, sent: SentPart, patience: number): NodeJS.Timeout {
  return setInterval(() => {
    if (sent.unread !== null && performance.now() - sent.unread > patience) response.destroy();
  }, 500).unref();
}

export interface EndOfExport {
  /** Of the request, by `performance.now()`. */
  readonly startedAt: number;
  readonly sent: SentPart;
  /** In one word. */
  readonly ended: 'complete' | 'aborted' | 'failed';
  /** Of what broke it off. */
  readonly code: string | null;
}

const largestInteger = 2_147_483_647;

/** A record of its own, that says of which beginning it is the end. */
export function recordOfEnd(begun: UsageRecord, { startedAt, sent, ended, code }: EndOfExport): UsageRecord {
  const occurredAt = new Date();
  return createUsageRecord({
    ...begun,
    id: createRecordId(occurredAt),
    occurredAt,
    arguments: {
      ...begun.arguments,
      'export(begun:)': begun.id,
      'export(ended:)': ended,
      // A column of the record holds no more than 2^31.
      'export(bytes:)': sent.bytes,
    },
    rowCounts: [Math.min(sent.records, largestInteger)],
    errorCodes: code === null ? [] : [code],
    outcome: code === null ? 'answered' : 'failed',
    // Decided when it began; what came of it is on record whatever has changed since.
    policyVersion: null,
    decidedUntil: null,
    responseBytes: Math.min(sent.bytes, largestInteger),
    responseDigest: sent.digest(),
    latencyMicros: Math.min(Math.round((performance.now() - startedAt) * 1000), largestInteger),
  });
}
