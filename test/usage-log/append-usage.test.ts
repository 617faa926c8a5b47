import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import {
  type Appended,
  type UsageLog,
  type UsageLogOptions,
  createUsageLog,
} from '../../src/usage-log/append-usage.js';
import { createRecordId, createUsageRecord, describePlan, type UsageRecord } from '../../src/usage-log/usage-record.js';
import { type MigratedDatabase, createMigratedDatabase } from '../support/migrated-database.js';
import { samplePlan, sampleRecord } from './sample-record.js';

let database: MigratedDatabase;
let owner: Pool;
let version: number;
const logs: UsageLog[] = [];

beforeAll(async () => {
  database = await createMigratedDatabase();
  owner = database.owner;
  await database.pools.logger.query('select citygraph.usage_make_partitions()');
});
afterAll(() => database.drop());
beforeEach(async () => {
  await owner.query('truncate citygraph.usage_record, citygraph.usage_plan');
  version = await policyVersion();
});
afterEach(async () => {
  await Promise.all(logs.splice(0).map((log) => log.stop()));
});

async function policyVersion(): Promise<number> {
  const { rows } = await owner.query<{ version: string }>('select version from citygraph.policy_version');
  return Number(rows[0]?.version);
}

function open(options: Partial<UsageLogOptions> = {}): UsageLog {
  const log = createUsageLog({ pool: database.pools.logger, ...options });
  logs.push(log);
  return log;
}

const record = (changes: Partial<UsageRecord> = {}): UsageRecord =>
  sampleRecord({ policyVersion: version, ...changes });
const append = (log: UsageLog, changes: Partial<UsageRecord> = {}): Promise<Appended> =>
  log.append(record(changes), samplePlan);

async function stored(columns = '*'): Promise<Record<string, unknown>[]> {
  return (
    await owner.query<Record<string, unknown>>(`select ${columns} from citygraph.usage_record order by response_bytes`)
  ).rows;
}

/** Batches as PostgreSQL committed them: records of one have one transaction. */
async function batches(): Promise<number[]> {
  const { rows } = await owner.query<{ size: string }>(
    'select count(*) as size from citygraph.usage_record group by xmin order by min(response_bytes)',
  );
  return rows.map(({ size }) => Number(size));
}

async function changePolicy(client: Pool | PoolClient): Promise<void> {
  await client.query('delete from citygraph.official where false');
}

describe('a record', () => {
  test('is in the table as it was given when append resolves', async () => {
    const given = record();
    const before = Date.now();
    const appended = await open().append(given, samplePlan);
    expect(appended).toEqual({ accepted: true, policyVersion: version, databaseTime: expect.any(Date), receipt: null });
    expect(Math.abs(appended.databaseTime.getTime() - before)).toBeLessThan(60_000);
    const { id, occurredAt } = given;
    expect(await stored()).toEqual([
      {
        ...{
          id,
          occurred_at: occurredAt,
          node: 'node-1',
          kind: 'query',
          principal_kind: 'consumer',
          principal: 'portrait-app',
        },
        ...{
          department: '150600-health',
          grants: ['G-1'],
          purpose: '公共卫生随访',
          user_name: 'doctor-7',
          case_number: null,
        },
        ...{
          operation_name: 'Portrait',
          document_hash: Buffer.alloc(32, 0xab),
          arguments: { idNumber: 'digest:q83vEjRWeJA', first: 20 },
        },
        ...{
          plan_id: Buffer.from(samplePlan.hash, 'hex'),
          subjects: '41;41,41',
          row_counts: [1, 2],
          error_codes: ['FIELD_DENIED'],
        },
        ...{
          outcome: 'answered',
          policy_version: String(version),
          decided_until: new Date('2999-01-01T00:00:00Z'),
          response_bytes: 2048,
        },
        ...{ response_digest: Buffer.alloc(32, 0xab), latency_micros: 2345, client_address: '127.0.0.1' },
        salt: expect.any(Buffer),
      },
    ]);
  });

  test('without plan, grants and principal of its own is taken as well', async () => {
    const none = {
      department: null,
      purpose: null,
      user: null,
      operationName: null,
      documentHash: null,
      planId: null,
      policyVersion: null,
    };
    const given = record({
      ...none,
      principalKind: 'public',
      principal: 'public',
      grants: [],
      arguments: {},
      decidedUntil: null,
      responseDigest: null,
      clientAddress: null,
    });
    expect(await open().append(given)).toMatchObject({ accepted: true });
    expect(await stored('plan_id, policy_version, grants, department')).toEqual([
      { plan_id: null, policy_version: null, grants: [], department: null },
    ]);
  });

  test('lies in the partition of its month, and in the default one where there is none', async () => {
    const log = open();
    await append(log);
    await append(log, { occurredAt: new Date('2001-02-03T04:05:06.789Z') });
    const { rows } = await owner.query<{ name: string }>(
      'select tableoid::regclass::text as name from citygraph.usage_record order by occurred_at',
    );
    const month = new Date().toISOString().slice(0, 7).replace('-', '_');
    expect(rows.map(({ name }) => name)).toEqual(['citygraph.usage_record_rest', `citygraph.usage_record_${month}`]);
    await owner.query(`delete from citygraph.usage_record where occurred_at < '2002-01-01'`);
  });

  test('may hold any text a caller can send: U+0000 and halves of surrogate pairs are replaced, the rest is kept', async () => {
    const hostile = 'a\0b\ud800c 😀 \\u0000 "quoted" \' ; drop table';
    await append(open(), { user: hostile, arguments: { [hostile]: [hostile] } });
    const kept = 'a\ufffdb\ufffdc 😀 \\u0000 "quoted" \' ; drop table';
    expect(await stored('user_name, arguments')).toEqual([{ user_name: kept, arguments: { [kept]: [kept] } }]);
  });

  test('has an id that holds its time, or is not made at all', () => {
    expect(() => createUsageRecord({ ...record(), id: createRecordId(new Date(0)) })).toThrow(
      'an id that was not made of its time',
    );
    expect(createRecordId(new Date())).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('a plan description', () => {
  test('is stored once, byte for byte what its hash was made of', async () => {
    const log = open();
    await Promise.all(Array.from({ length: 20 }, () => append(log)));
    await append(open());
    const { rows } = await owner.query<{ text: string; hash: string; same: boolean }>(
      `select description::text as text, encode(hash, 'hex') as hash, hash = sha256(convert_to(description::text, 'UTF8')) as same from citygraph.usage_plan`,
    );
    expect(rows).toEqual([{ text: samplePlan.text, hash: samplePlan.hash, same: true }]);
  });

  test('of a batch that failed goes with the next record that names it', async () => {
    const log = open();
    const given = record();
    await append(log, given);
    await owner.query('truncate citygraph.usage_plan');
    await endLoggerSessionsDuring(() => append(log));
    await append(log);
    expect((await owner.query('select from citygraph.usage_plan')).rowCount).toBe(1);
  });

  test('must come with the record that names it', async () => {
    await expect(open().append(record())).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(open().append(record(), describePlan({ nodes: [], usedInArguments: [] }))).rejects.toMatchObject({
      code: 'INTERNAL',
    });
  });
});

describe('group commit', () => {
  test('writes together what comes together, and all that came meanwhile after it, in their order', async () => {
    const log = open();
    const done: number[] = [];
    const give = (from: number, until: number): Promise<number>[] =>
      Array.from({ length: until - from }, (_, n) =>
        append(log, { responseBytes: from + n }).then(() => done.push(from + n)),
      );
    const { all } = await whilePolicyIsChanging(async () => {
      const first = give(0, 3);
      await delay(100);
      const second = give(3, 20);
      await delay(100);
      return { all: Promise.all([...first, ...second, ...give(20, 40)]) };
    });
    await all;
    expect(await batches()).toEqual([3, 37]);
    expect(done).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  test('waits for what comes in the turns of the event loop right after, and for nobody else', async () => {
    const log = open();
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const given: Promise<unknown>[] = [];
    for (let n = 0; n < 3; n += 1) {
      // Asked for before the log asks for one of its own, so that the next record is there when that comes.
      const next = turn();
      given.push(append(log, { responseBytes: n }));
      await next;
    }
    await delay(20);
    given.push(append(log, { responseBytes: 3 }));
    await Promise.all(given);
    expect(await batches()).toEqual([3, 1]);
  });

  test('keeps a batch within its bound', async () => {
    const log = open({ batchSize: 16 });
    await Promise.all(Array.from({ length: 40 }, (_, n) => append(log, { responseBytes: n })));
    expect(await batches()).toEqual([16, 16, 8]);
  });

  test('has one batch in flight', async () => {
    const log = open({ batchSize: 2 });
    const { waiting } = await whilePolicyIsChanging(async () => {
      const all = Array.from({ length: 10 }, () => append(log));
      await delay(200);
      const { rows } = await owner.query<{ n: string }>(
        `select count(*) as n from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
      );
      expect(rows[0]?.n).toBe('1');
      return { waiting: Promise.all(all) };
    });
    await waiting;
  });

  test('refuses what exceeds the queue, and takes again when there is room', async () => {
    const log = open({ queueSize: 3 });
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => append(log)));
    expect(results.map(({ status }) => status)).toEqual([
      ...Array<string>(3).fill('fulfilled'),
      ...Array<string>(7).fill('rejected'),
    ]);
    expect(results[9]).toMatchObject({ reason: { code: 'LOG_UNAVAILABLE' } });
    expect(await append(log)).toMatchObject({ accepted: true });
  });

  test('stop writes what was taken and takes no more', async () => {
    const log = open();
    const all = Array.from({ length: 10 }, () => append(log));
    await log.stop();
    expect(await stored('id')).toHaveLength(10);
    await expect(append(log)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    await Promise.all(all);
  });
});

describe('a failure', () => {
  test('reaches each waiter of the batch with its cause, nothing is written twice, and the next record is taken', async () => {
    const log = open();
    await append(log);
    const results = await endLoggerSessionsDuring(() =>
      Promise.allSettled(Array.from({ length: 5 }, () => append(log))),
    );
    expect(results[0]).toMatchObject({
      status: 'rejected',
      reason: { code: 'LOG_UNAVAILABLE', cause: expect.any(Error) },
    });
    const accepted = results.filter(({ status }) => status === 'fulfilled').length;
    expect(await append(log)).toMatchObject({ accepted: true });
    expect(await stored('id')).toHaveLength(accepted + 2);
  });

  test('of the connection itself is one too', async () => {
    const pool = { connect: () => Promise.reject(new Error('connect ECONNREFUSED')) } as unknown as Pool;
    await expect(append(open({ pool }))).rejects.toMatchObject({
      code: 'LOG_UNAVAILABLE',
      cause: { message: 'connect ECONNREFUSED' },
    });
  });

  test('is what silence becomes after the deadline; those behind are not held up for ever, and the log comes back', async () => {
    const log = open({ deadline: 300 });
    await whilePolicyIsChanging(async () => {
      const started = performance.now();
      const results = await Promise.allSettled([append(log), append(log), append(log)]);
      expect(performance.now() - started).toBeLessThan(1_500);
      for (const result of results)
        expect(result).toMatchObject({ status: 'rejected', reason: { code: 'LOG_UNAVAILABLE' } });
    });
    version = await policyVersion();
    await delay(400);
    expect(await append(log)).toMatchObject({ accepted: true });
  });

  test('is told to each as its own time runs out, and what has not been sent by then is not', async () => {
    const log = open({ deadline: 1_000, batchSize: 2 });
    const { early, late, ids } = await whilePolicyIsChanging(async () => {
      const ids = Array.from({ length: 6 }, () => record({ policyVersion: null, decidedUntil: null }));
      // Two in flight, two behind them, and one that shares its batch with who comes later.
      const early = Promise.allSettled(ids.slice(0, 5).map((given) => log.append(given, samplePlan)));
      await delay(700);
      expect(log.figures.waiting).toBe(3);
      const late = log.append(ids[5]!, samplePlan);
      await delay(600);
      return { early, late, ids: ids.map(({ id }) => id) };
    });
    expect((await early).map(({ status }) => status)).toEqual(Array<string>(5).fill('rejected'));
    expect(await late).toMatchObject({ accepted: true });
    const written = (await stored('id')).map(({ id }) => id);
    expect([written.includes(ids[4]), written.includes(ids[5])]).toEqual([false, true]);
    expect(log.figures.waiting).toBe(0);
  });

  test('that one record causes by what is in it is refused to that one alone', async () => {
    const log = open();
    const bad = 17;
    const duplicate = record();
    await log.append(duplicate, samplePlan);
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, n) =>
        n === bad ? log.append(duplicate, samplePlan) : append(log, { responseBytes: n }),
      ),
    );
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([bad]);
    expect(results[bad]).toMatchObject({ reason: { code: 'LOG_UNAVAILABLE', cause: { code: '23505' } } });
    expect(await stored('id')).toHaveLength(40);
  });

  test('that comes before writing (it cannot be put into the form that the database takes) is refused to that one alone', async () => {
    const log = open();
    const bad: Partial<UsageRecord>[] = [
      { arguments: { big: 1n } },
      { responseBytes: 2 ** 31 },
      { latencyMicros: 0.5 },
      { rowCounts: [1, -(2 ** 31) - 1] },
      { responseDigest: 'ab'.repeat(31) + 'ag' },
      { responseDigest: 'abc' },
      { decidedUntil: new Date(NaN) },
    ];
    const results = await Promise.allSettled(bad.flatMap((changes) => [append(log), append(log, changes)]));
    expect(results.map(({ status }) => status)).toEqual(bad.flatMap(() => ['fulfilled', 'rejected']));
    expect(await stored('id')).toHaveLength(bad.length);
    expect(await append(log)).toMatchObject({ accepted: true });
  });
});

describe('a change of policy', () => {
  test('made after the decision supersedes it: the record says so and append does not accept', async () => {
    await changePolicy(owner);
    const log = open();
    const [old, current] = await Promise.all([
      append(log, { responseBytes: 1 }),
      append(log, { responseBytes: 2, policyVersion: version + 1 }),
    ]);
    expect(old).toMatchObject({ accepted: false, policyVersion: version + 1 });
    expect(current).toMatchObject({ accepted: true, policyVersion: version + 1 });
    expect(await stored('outcome, policy_version')).toEqual([
      { outcome: 'superseded', policy_version: String(version) },
      { outcome: 'answered', policy_version: String(version + 1) },
    ]);
  });

  test('is one whatever the statement and the table, and also when it changes nothing', async () => {
    const statements = ['consumer', 'access_grant', 'access_grant_item', 'official'].flatMap((table) => [
      `delete from citygraph.${table} where false`,
      `truncate citygraph.${table} cascade`,
      `update citygraph.${table} set id = id`,
    ]);
    for (const statement of statements) {
      const before = await policyVersion();
      await owner.query(statement);
      expect([statement, await policyVersion()]).not.toEqual([statement, before]);
    }
  });

  test('in an open transaction makes the log wait, and is seen once it has committed', async () => {
    const log = open();
    let settled = false;
    const { waiting } = await whilePolicyIsChanging(async () => {
      const waiting = append(log).finally(() => (settled = true));
      await delay(300);
      expect(settled).toBe(false);
      return { waiting };
    });
    expect(await waiting).toMatchObject({ accepted: false, policyVersion: version + 1 });
  });

  test('that is rolled back supersedes nothing', async () => {
    const log = open();
    const { waiting } = await whilePolicyIsChanging(async () => ({ waiting: append(log) }), 'rollback');
    expect(await waiting).toMatchObject({ accepted: true, policyVersion: version });
  });

  test('waits for a batch that is being written', async () => {
    let changed = false;
    const { changing } = await withClient(async (batch) => {
      await batch.query('begin');
      await batch.query(`select citygraph.usage_append('{}', null)`);
      const changing = changePolicy(owner).then(() => (changed = true));
      await delay(300);
      expect(changed).toBe(false);
      await batch.query('commit');
      return { changing };
    });
    await changing;
  });

  test('is announced with its version', async () => {
    await withClient(async (listener) => {
      const heard = new Promise<string | undefined>((resolve) =>
        listener.once('notification', ({ payload }) => resolve(payload)),
      );
      await listener.query('listen citygraph_policy');
      await changePolicy(owner);
      expect(await Promise.race([heard, delay(2_000, 'nothing')])).toBe(String(version + 1));
    });
  });

  test('left open by a session that went idle does not hold the log for ever', async () => {
    await whilePolicyIsChanging(async (client) => {
      const { rows } = await client.query<{ idle_in_transaction_session_timeout: string }>(
        'show idle_in_transaction_session_timeout',
      );
      expect(rows).toEqual([{ idle_in_transaction_session_timeout: '10s' }]);
    });
  });
});

describe('the end of a grant', () => {
  test('is checked against the database clock', async () => {
    const log = open();
    const { rows } = await owner.query<{ soon: Date }>(`select clock_timestamp() + interval '300 ms' as soon`);
    const decidedUntil = rows[0]?.soon ?? null;
    expect(await append(log, { decidedUntil, responseBytes: 1 })).toMatchObject({ accepted: true });
    await delay(400);
    const ended = await append(log, { decidedUntil, responseBytes: 2 });
    expect(ended).toMatchObject({ accepted: false, policyVersion: version });
    expect(ended.databaseTime.getTime()).toBeGreaterThanOrEqual(decidedUntil?.getTime() ?? Infinity);
    expect(await stored('outcome')).toEqual([{ outcome: 'answered' }, { outcome: 'superseded' }]);
  });
});

describe('the role that logs', () => {
  test.each([
    'select from citygraph.usage_record',
    'update citygraph.usage_record set outcome = outcome',
    'delete from citygraph.usage_record',
    'truncate citygraph.usage_record',
    `insert into citygraph.usage_plan values ('', '{}')`,
    'delete from citygraph.usage_refusal',
    'drop table citygraph.usage_record',
    'update citygraph.policy_version set version = 1',
  ])('can do nothing but append: %s', async (statement) => {
    await expect(database.pools.logger.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('alone may append', async () => {
    await expect(database.pools.auditor.query(`select citygraph.usage_append('{}', null)`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('is not asked whether a commit must be on disk', async () => {
    await withClient(async (client) => {
      await client.query('begin; set local synchronous_commit = off');
      await client.query(`select citygraph.usage_append('{}', null)`);
      expect((await client.query('show synchronous_commit')).rows).toEqual([{ synchronous_commit: 'on' }]);
      await client.query('rollback; begin isolation level repeatable read');
      await expect(client.query(`select citygraph.usage_append('{}', null)`)).rejects.toThrow(
        'expects isolation read committed',
      );
    });
  });
});

/** Runs `work` while another session holds a change of policy in an open transaction. */
async function whilePolicyIsChanging<T>(work: (client: PoolClient) => Promise<T>, end = 'commit'): Promise<T> {
  return withClient(async (client) => {
    await client.query('begin');
    await changePolicy(client);
    try {
      return await work(client);
    } finally {
      await client.query(end);
    }
  });
}

/** A session of its own, ended afterwards whatever happened in it. */
async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await owner.connect();
  try {
    return await work(client);
  } finally {
    client.release(true);
  }
}

/** Holds the first batch of `work` at the policy lock and ends its session there. */
async function endLoggerSessionsDuring<T>(work: () => Promise<T>): Promise<T> {
  return withClient(async (client) => {
    await client.query('select pg_advisory_lock(citygraph.policy_lock())');
    const running = work().catch((error: unknown) => error as T);
    await delay(100);
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
    );
    await delay(100);
    await client.query('select pg_advisory_unlock(citygraph.policy_lock())');
    return running;
  });
}
