import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createUsageLog } from '../../src/usage-log/append-usage.js';
import { type UsageFilter, type UsagePosition, readUsageRecords } from '../../src/usage-log/read-usage.js';
import { createRecordId, readSubjects } from '../../src/usage-log/usage-record.js';
import { type MigratedDatabase, createMigratedDatabase } from '../support/migrated-database.js';
import { samplePlan, sampleRecord } from './sample-record.js';

let database: MigratedDatabase;
const ids: string[] = [];
const started = Date.now();
const at = (seconds: number): Date => new Date(started + seconds * 1000);

beforeAll(async () => {
  database = await createMigratedDatabase();
  const log = createUsageLog({ pool: database.pools.logger });
  const changes = [
    {},
    { principal: 'dashboard', department: '150600-statistics', grants: ['G-2', 'G-3'], purpose: '统计分析' },
    { operationName: 'Other', errorCodes: ['ARGUMENT_DENIED', 'COST_EXCEEDED'], outcome: 'refused' as const },
    { subjects: '7;8+9,10', rowCounts: [1, 2] },
    { principalKind: 'official' as const, principal: 'portrait-app', policyVersion: 999_999 },
  ];
  for (const [n, change] of changes.entries()) {
    const record = sampleRecord({ policyVersion: 1, ...change, occurredAt: at(Math.floor(n / 2)) });
    ids.push(record.id);
    await log.append(record, samplePlan);
  }
  const withoutPlan = sampleRecord({
    occurredAt: at(9),
    policyVersion: null,
    planId: null,
    subjects: '',
    rowCounts: [],
    kind: 'failure',
    outcome: 'failed',
  });
  ids.push(withoutPlan.id);
  await log.append(withoutPlan);
  await log.stop();
});
afterAll(() => database.drop());

async function read(filter: UsageFilter): Promise<number[]> {
  const { records } = await readUsageRecords(database.pools.auditor, filter, { first: 100 });
  return records.map(({ id }) => ids.indexOf(id)).sort();
}

describe('reading the usage log', () => {
  test.each<[string, UsageFilter, number[]]>([
    ['nothing in particular', {}, [0, 1, 2, 3, 4, 5]],
    ['a consumer, and no official of its name', { consumer: 'portrait-app' }, [0, 2, 3, 5]],
    ['a kind of principal', { principalKind: 'official' }, [4]],
    ['a department', { department: '150600-statistics' }, [1]],
    ['a grant, whichever place it has', { grant: 'G-3' }, [1]],
    ['a purpose', { purpose: '统计分析' }, [1]],
    ['an operation', { operationName: 'Other' }, [2]],
    ['an error code', { errorCode: 'COST_EXCEEDED' }, [2]],
    ['an outcome', { outcome: 'superseded' }, [4]],
    ['a time range that ends before its end', { from: at(1), until: at(2) }, [2, 3]],
    ['a subject', { subjects: ['9'] }, [3]],
    ['a subject whose id is part of others', { subjects: ['1'] }, []],
    ['two things at once', { consumer: 'portrait-app', outcome: 'refused' }, [2]],
    ['none that there is', { consumer: `x' or true --` }, []],
  ])('by %s', async (_what, filter, expected) => {
    expect(await read(filter)).toEqual(expected);
  });

  test('by id', async () => {
    expect(await read({ ids: [ids[0]!, ids[4]!, createRecordId(new Date(0))] })).toEqual([0, 4]);
    expect(await read({ ids: [] })).toEqual([]);
  });

  test('goes page by page, newest first, each record once', async () => {
    const seen: string[] = [];
    let after: UsagePosition | null = null;
    for (let more = true; more;) {
      const { records, hasMore } = await readUsageRecords(database.pools.auditor, {}, { first: 2, after });
      expect(records.length).toBe(2);
      seen.push(...records.map(({ id }) => id));
      after = records.at(-1) ?? null;
      more = hasMore;
    }
    expect(seen).toEqual([...ids].sort().reverse());
  });

  test('gives each node its fields, verdicts, rows and subjects', async () => {
    const { records } = await readUsageRecords(database.pools.auditor, { subjects: ['7'] }, { first: 1 });
    expect(records).toEqual([
      {
        ...sampleRecord({ id: ids[3], occurredAt: at(1) }),
        subjects: undefined,
        rowCounts: undefined,
        usedInArguments: ['Resident.idNumber'],
        grantTerms: [],
        nodes: [
          {
            ...{ path: 'personPortrait', type: 'PersonPortrait', rowCount: 1, subjects: [['7']] },
            fields: [{ name: 'name', verdict: 'mask', reason: 'granted-masked', level: 'L3' }],
          },
          {
            ...{ path: 'personPortrait.visits', type: 'Visit', rowCount: 2, subjects: [['8', '9'], ['10']] },
            fields: [{ name: 'diagnosis', verdict: 'deny', reason: 'grant-needed', level: 'L4' }],
          },
        ],
      },
    ]);
  });

  test('gives a record without a plan as it is', async () => {
    const { records } = await readUsageRecords(database.pools.auditor, { outcome: 'failed' }, { first: 1 });
    expect(records).toMatchObject([{ kind: 'failure', planId: null, nodes: [], usedInArguments: [] }]);
  });

  test('takes no pattern for a subject', async () => {
    await expect(read({ subjects: ['.*'] })).rejects.toThrow(RangeError);
  });

  test('understands an empty node, an empty answer and rows with several subjects', () => {
    expect(readSubjects('')).toEqual([]);
    expect(readSubjects('1;;2+3,4')).toEqual([[['1']], [], [['2', '3'], ['4']]]);
  });
});
