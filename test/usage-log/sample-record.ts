import { createRecordId, createUsageRecord, describePlan, type UsageRecord } from '../../src/usage-log/usage-record.js';

export const samplePlan = describePlan({
  nodes: [
    {
      path: 'personPortrait',
      type: 'PersonPortrait',
      fields: [{ name: 'name', verdict: 'mask', reason: 'granted-masked', level: 'L3' }],
    },
    {
      path: 'personPortrait.visits',
      type: 'Visit',
      fields: [{ name: 'diagnosis', verdict: 'deny', reason: 'grant-needed', level: 'L4' }],
    },
  ],
  usedInArguments: ['Resident.idNumber'],
});
const digest = 'ab'.repeat(32);

/** A record as a portrait leaves it: about 650 bytes of JSON. */
export function sampleRecord(changes: Partial<UsageRecord> = {}): UsageRecord {
  const occurredAt = changes.occurredAt ?? new Date();
  return createUsageRecord({
    id: createRecordId(occurredAt),
    occurredAt,
    node: 'node-1',
    kind: 'query',
    principalKind: 'consumer',
    principal: 'portrait-app',
    department: '150600-health',
    grants: ['G-1'],
    purpose: '公共卫生随访',
    user: 'doctor-7',
    caseNumber: null,
    operationName: 'Portrait',
    documentHash: digest,
    arguments: { idNumber: 'digest:q83vEjRWeJA', first: 20 },
    planId: samplePlan.hash,
    subjects: '41;41,41',
    rowCounts: [1, 2],
    errorCodes: ['FIELD_DENIED'],
    outcome: 'answered',
    policyVersion: 1,
    decidedUntil: new Date('2999-01-01T00:00:00Z'),
    responseBytes: 2_048,
    responseDigest: digest,
    latencyMicros: 2_345,
    clientAddress: '127.0.0.1',
    ...changes,
  });
}
