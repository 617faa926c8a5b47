/** A record that is written to see whether one can be, and rolled back: it is in no log. */
import { createRecordId, createUsageRecord, type UsageRecord } from '../usage-log/usage-record.js';

export function createProbeRecord(node: string): UsageRecord {
  const occurredAt = new Date();
  return createUsageRecord({
    ...nothing,
    id: createRecordId(occurredAt),
    occurredAt,
    node,
  });
}

const nothing = {
  ...({ kind: 'failure', outcome: 'refused', principalKind: 'public', principal: 'public', department: null } as const),
  ...{ grants: [], purpose: null, user: null, caseNumber: null, operationName: null, documentHash: null },
  ...{ arguments: {}, planId: null, subjects: '', rowCounts: [], errorCodes: [], policyVersion: null },
  ...{ decidedUntil: null, responseBytes: 0, responseDigest: null, latencyMicros: 0, clientAddress: '' },
};
