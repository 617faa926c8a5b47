/** The canonical form against a plain reading of RFC 8785, and against what the database gives back. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  canonicalJson,
  canonicalRecord,
  commitRecord,
  openCommitment,
  type RecordColumns,
  recordFormat,
} from '../../src/usage-log/canonical-record.js';
import { createUsageLog } from '../../src/usage-log/append-usage.js';
import { readColumns, recordColumnsSql, type SaltedRecord } from '../../src/usage-log/record-columns.js';
import { idColumn, keyOfRow, recordIdOf, rowColumns, RowCommitter } from '../../src/usage-log/tree/commit-row.js';
import { copyBinary } from '../../src/usage-log/tree/copy-binary.js';
import { type MigratedDatabase, createMigratedDatabase } from '../support/migrated-database.js';
import { sampleRecord, samplePlan } from './sample-record.js';
import { describePlan, type UsageRecord } from '../../src/usage-log/usage-record.js';

let database: MigratedDatabase;
beforeAll(async () => {
  database = await createMigratedDatabase();
});
afterAll(() => database.drop());

/** Sorted by code units, otherwise as ECMAScript writes it: all that RFC 8785 asks for. */
function jcs(value: unknown): string {
  const sorted = (it: unknown): unknown => {
    if (Array.isArray(it)) return it.map(sorted);
    if (typeof it !== 'object' || it === null) return it;
    return Object.fromEntries(
      Object.entries(it)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, member]) => [name, sorted(member)]),
    );
  };
  return JSON.stringify(sorted(value));
}

async function stored(): Promise<(SaltedRecord & { commitment: Buffer | null })[]> {
  const { rows } = await database.owner.query<(string | null)[]>({
    text: `select ${recordColumnsSql} from citygraph.usage_record r order by occurred_at`,
    rowMode: 'array',
  } as never);
  const { rows: queue } = await database.owner.query<{ record_id: string; commitment: Buffer | null }>(
    'select record_id, commitment from citygraph.usage_waiting',
  );
  return rows.map((row) => ({
    ...readColumns(row),
    commitment: queue.find(({ record_id }) => record_id === row[0])!.commitment,
  }));
}

test('the example of RFC 8785 comes out as it says', () => {
  const given = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false],"\\ud83d\\ude02":1,"\\ufb33":2,"\\r":3}',
  ) as unknown;
  expect(canonicalJson(given)).toBe(
    '{"\\r":3,"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","😂":1,"\ufb33":2}',
  );
});

describe('the canonical form of a record', () => {
  const variants: Partial<UsageRecord>[] = [
    {},
    {
      department: null,
      purpose: null,
      user: null,
      operationName: null,
      documentHash: null,
      planId: null,
      policyVersion: null,
      decidedUntil: null,
      responseDigest: null,
      clientAddress: null,
      grants: [],
      rowCounts: [],
      errorCodes: [],
      subjects: '',
      arguments: {},
    },
    {
      user: 'a\0b\ud800c 😀 \\u0000 "quoted" \t\r\n\\ \u007f\u2028',
      caseNumber: '\\N',
      purpose: '',
      operationName: '\\x41',
    },
    {
      arguments: {
        b: [1, -0, 1e21, 1.5e-9, 0.1, 12345678901234567000],
        a: { '\ufb33': null, '😂': true, '': '\\u0000\0' },
        'ключ\ud800': '值',
        n: 1.0,
        e: [],
      },
    },
    {
      grants: ['G "1"', 'G,2', '{}', 'NULL', ''],
      errorCodes: ['A', 'B'],
      rowCounts: [0, 2147483647],
      subjects: '1+2,3;;4',
    },
    {
      occurredAt: new Date('2001-02-03T04:05:06.789Z'),
      decidedUntil: new Date('2030-12-31T23:59:59.999Z'),
      responseBytes: 0,
    },
  ];

  test('is RFC 8785 of its columns, and the same from the database as before it was written', async () => {
    const log = createUsageLog({ pool: database.pools.logger });
    for (const changes of variants) {
      const policyVersion = changes.policyVersion === null ? null : 1;
      await log.append(sampleRecord({ ...changes, policyVersion }), changes.planId === null ? undefined : samplePlan);
    }
    await log.stop();
    const records = await stored();
    expect(records).toHaveLength(variants.length);
    for (const { columns, salt, commitment } of records) {
      const { subjects, ...rest } = columns;
      const subjectsDigest = createHash('sha256').update(salt.subarray(16)).update(subjects).digest('hex');
      const text = jcs({ ...rest, format: recordFormat, subjects_digest: subjectsDigest });
      expect(canonicalRecord(columns, subjectsDigest)).toBe(text);
      expect(openCommitment(columns, salt)).toEqual({ text, salt: salt.subarray(0, 16) });
      const expected = createHash('sha256').update(salt.subarray(0, 16)).update(text).digest();
      expect(commitRecord(columns, salt)).toEqual(expected);
      expect(commitment).toEqual(expected);
    }
  });

  test('is the same wherever the bytes of a batch outgrow their room', async () => {
    await database.owner.query('truncate citygraph.usage_record, citygraph.usage_queue');
    // Room for 64 kB, which one of the last records does not find any more, now at this column, now at that.
    for (let length = 0; length < 1_200; length += 16) {
      const log = createUsageLog({ pool: database.pools.logger });
      const lengths = [0, ...Array<number>(10).fill(4_000), length, ...Array<number>(32).fill(0)];
      await Promise.all(
        lengths.map((it) => log.append(sampleRecord({ subjects: '7'.repeat(it), policyVersion: null }), samplePlan)),
      );
    }
    const records = await stored();
    expect(records).toHaveLength(75 * 44);
    for (const { columns, salt, commitment } of records) expect(commitment).toEqual(commitRecord(columns, salt));
  });

  test('is each record’s own, whatever it shares with those before it', async () => {
    const log = createUsageLog({ pool: database.pools.logger });
    const other = describePlan({ nodes: [], usedInArguments: ['Resident.name'] });
    const common = { policyVersion: null, decidedUntil: new Date('2030-01-01T00:00:00.000Z') } as const;
    const others: Partial<UsageRecord>[] = [
      { node: '节点-2' },
      { principalKind: 'official' },
      { principal: '别的应用' },
      { department: '150600-education' },
      { department: null },
      { grants: ['G-1', 'G-2'] },
      { grants: ['G-2'] },
      { grants: [] },
      { purpose: '别的目的' },
      { policyVersion: 1 },
      { decidedUntil: new Date('2030-01-01T00:00:00.001Z') },
      { decidedUntil: null },
      { kind: 'mutation' },
      { operationName: 'Other' },
      { documentHash: 'cd'.repeat(32) },
      { planId: other.hash },
      { outcome: 'failed' },
      { user: '用户' },
      { caseNumber: '案 1' },
      { arguments: { first: 1, 名: '值', a: 'é' } },
      { subjects: '7' },
      { rowCounts: [] },
      { errorCodes: [] },
      { responseBytes: 1 },
      { responseDigest: null },
      { latencyMicros: 0 },
      { clientAddress: '::1' },
    ];
    // Each between two that it differs from in one thing, so that none can be taken for the one before it.
    const given = [{}, ...others.flatMap((changes) => [changes, {}])].map((changes) =>
      sampleRecord({ ...common, ...changes }),
    );
    for (const record of given) await log.append(record, record.planId === other.hash ? other : samplePlan);
    await log.stop();
    const records = new Map((await stored()).map((record) => [record.columns.id, record]));
    for (const record of given) {
      const { columns, salt, commitment } = records.get(record.id)!;
      expect(columns).toEqual(columnsOf(record));
      expect(commitment).toEqual(commitRecord(columns, salt));
    }
  });

  test('is what a verification makes of the rows that PostgreSQL sends, however they are cut on their way', async () => {
    // Longer than what comes at once, and with what must be escaped beyond what was written as it was.
    const log = createUsageLog({ pool: database.pools.logger });
    const long = Array.from({ length: 40_000 }, (_, n) => String.fromCodePoint(0x4e00 + (n % 20_000))).join('');
    for (const changes of [
      { purpose: `${long}"`, policyVersion: null, decidedUntil: null },
      { subjects: Array.from({ length: 50_000 }, (_, n) => n).join(','), policyVersion: null, decidedUntil: null },
      { user: '\u001f'.repeat(30_000), policyVersion: null, decidedUntil: null },
      { decidedUntil: new Date('9999-12-31T23:59:59.999Z'), policyVersion: null },
      { occurredAt: new Date('1970-01-01T00:00:00.001Z'), policyVersion: null, decidedUntil: null },
    ])
      await log.append(sampleRecord(changes), samplePlan);
    await log.stop();
    const records = await stored();
    const client = await database.owner.connect();
    const committer = new RowCommitter();
    const made = new Map<string, string>();
    const query = `select ${rowColumns.join(', ')} from citygraph.usage_record order by occurred_at`;
    for await (const rows of copyBinary(client, query, rowColumns.length))
      for (let row = 0; row < rows.count; row += 1)
        made.set(
          recordIdOf(keyOfRow(rows, row, rowColumns.length, idColumn)),
          Buffer.from(committer.commit(rows, row), 'latin1').toString('hex'),
        );
    client.release();
    expect(made).toEqual(
      new Map(records.map(({ columns, salt }) => [columns.id, commitRecord(columns, salt).toString('hex')])),
    );
    expect([...rowColumns].sort()).toEqual([...Object.keys(records[0]!.columns), 'salt'].sort());
  });

  test.each([
    ['a list within a list', `grants = '{{a},{b}}'`],
    ['a list of nothing', `grants = '{null}'`],
    ['another time', `occurred_at = 'infinity'`],
    ['another end', `decided_until = '-infinity'`],
    ['a year that has five digits', `decided_until = '12026-01-01'`],
    ['a salt that is cut', `salt = substr(salt, 1, 31)`],
    ['a salt that is longer', `salt = salt || '\\x00'`],
    ['one digit of a digest', `response_digest = response_digest || '\\x00'`],
  ])('a row with %s comes to no commitment that is known', async (_what, change) => {
    const log = createUsageLog({ pool: database.pools.logger });
    await log.append(sampleRecord({ policyVersion: null, decidedUntil: null }), samplePlan);
    await log.stop();
    const client = await database.owner.connect();
    const committer = new RowCommitter();
    const known = new Set((await stored()).map(({ columns, salt }) => commitRecord(columns, salt).toString('latin1')));
    await client.query('begin');
    try {
      const { rowCount } = await client.query(
        `update citygraph.usage_record set ${change} where id = (select id from citygraph.usage_record where grants <> '{}' order by id limit 1)`,
      );
      expect(rowCount).toBe(1);
      const found: string[] = [];
      const query = `select ${rowColumns.join(', ')} from citygraph.usage_record`;
      for await (const rows of copyBinary(client, query, rowColumns.length))
        for (let row = 0; row < rows.count; row += 1) found.push(committer.commit(rows, row));
      expect(found.filter((commitment) => !known.has(commitment))).toHaveLength(1);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  test('covers every column of the table but the salt', async () => {
    const { rows } = await database.owner.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'citygraph' and table_name = 'usage_record'`,
    );
    const [record] = await stored();
    const { format, subjects_digest, ...covered } = JSON.parse(canonicalRecord(record!.columns, 'x')) as Record<
      string,
      unknown
    >;
    expect({ format, subjects_digest }).toEqual({ format: recordFormat, subjects_digest: 'x' });
    expect(Object.keys(covered).concat('subjects', 'salt').sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  test('changes with every column', async () => {
    const [record] = await stored();
    const { columns, salt } = record!;
    const before = commitRecord(columns, salt).toString('hex');
    const seen = new Set([before]);
    for (const name of Object.keys(columns) as (keyof typeof columns)[])
      seen.add(commitRecord({ ...columns, [name]: changed(columns[name]) }, salt).toString('hex'));
    expect(seen.size).toBe(Object.keys(columns).length + 1);
  });

  test('salts are not given twice', async () => {
    const salts = (await stored()).map(({ salt }) => salt.toString('hex'));
    expect(new Set(salts).size).toBe(salts.length);
    expect(salts.every((salt) => salt.length === 64)).toBe(true);
  });
});

/** What is given, by the names of the table. */
function columnsOf(record: UsageRecord): RecordColumns {
  return {
    id: record.id,
    occurred_at: record.occurredAt.toISOString(),
    node: record.node,
    kind: record.kind,
    principal_kind: record.principalKind,
    principal: record.principal,
    department: record.department,
    grants: record.grants,
    purpose: record.purpose,
    user_name: record.user,
    case_number: record.caseNumber,
    operation_name: record.operationName,
    document_hash: record.documentHash,
    arguments: record.arguments,
    plan_id: record.planId,
    subjects: record.subjects,
    row_counts: record.rowCounts,
    error_codes: record.errorCodes,
    outcome: record.outcome,
    policy_version: record.policyVersion,
    decided_until: record.decidedUntil?.toISOString() ?? null,
    response_bytes: record.responseBytes,
    response_digest: record.responseDigest,
    latency_micros: record.latencyMicros,
    client_address: record.clientAddress,
  };
}

function changed(value: unknown): unknown {
  if (typeof value === 'string') return `${value}.`;
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return [...(value as unknown[]), 7];
  return value === null ? 'something' : { ...(value as object), more: 1 };
}
