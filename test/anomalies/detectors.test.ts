/**
 * The detectors over a log with a past: what each finds and on which figures, that nothing is found twice, and that a run that was cut short
 * goes on where it stopped.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runDetectors } from '../../src/anomalies/run-detectors.js';
import type { AnomalySettings } from '../../src/anomalies/settings.js';
import { readConfig } from '../../src/config.js';
import { createPolicyManager } from '../../src/policy/manage-grants.js';
import { registry } from '../../src/app.js';
import { describePlan, type UsageRecord } from '../../src/usage-log/usage-record.js';
import { sampleRecord } from '../usage-log/sample-record.js';
import { createLogUnderTest, type LogUnderTest } from '../usage-log/tree/log-under-test.js';

let log: LogUnderTest;
let serial = 0;
const consumer = (): string => `watched-${serial}`;
const day = 86_400_000;

const settings: AnomalySettings = {
  ...readConfig({}, 'test').anomalies,
  ...{ volumeFloor: 10, volumeNewcomer: 40, breadthFloor: 1, deniedFloor: 5, outOfHoursFloor: 3 },
};

beforeAll(async () => {
  log = await createLogUnderTest();
  await createPolicyManager({ em: log.database.orm.em, coordinates: registry.coordinates }).registerConsumer({
    ...{ name: 'portrait-app', department: '150600-health', description: 'a consumer', clearance: 'L1' },
  });
});
afterAll(() => log.drop());
beforeEach(() => {
  serial += 1;
});

/** Noon of a Wednesday some weeks ago, `days` before it. */
const wednesday = (() => {
  const date = new Date(Date.now() - 60 * day);
  date.setUTCHours(4, 0, 0, 0);
  while (date.getUTCDay() !== 3) date.setTime(date.getTime() - day);
  return date.getTime();
})();
let ids = 1000;

async function request(daysBefore: number, changes: Partial<UsageRecord> = {}, hours = 0): Promise<string> {
  // Apart, so that no two have one time.
  const occurredAt = new Date(wednesday - daysBefore * day + hours * 3_600_000 + (ids += 1));
  const [id] = await log.append(1, {
    ...{ principal: consumer(), occurredAt, errorCodes: [], decidedUntil: null, subjects: '', rowCounts: [] },
    ...changes,
  });
  return id!;
}
const releasing = (count: number, from = 0): Partial<UsageRecord> => ({
  subjects: count === 0 ? '' : `${Array.from({ length: count }, (_, n) => from + n + 1).join(',')};`,
  rowCounts: [count, 0],
});
/** On each of the ten days before: two subjects, in one request. */
async function withPast(changes: Partial<UsageRecord> = releasing(2)): Promise<void> {
  for (let before = 10; before >= 1; before -= 1) await request(before, changes);
}

const run = (options: object = {}): ReturnType<typeof runDetectors> =>
  runDetectors({ pool: log.database.pools.watcher, settings, byHand: true, ...options });
interface FoundAlert {
  readonly detector: string;
  readonly severity: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly day: string;
}
async function found(principal = consumer()): Promise<FoundAlert[]> {
  const { rows } = await log.database.owner.query<FoundAlert>(
    `select detector, severity, evidence, to_char(window_start at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as day
       from citygraph.alert where principal = $1 order by detector`,
    [principal],
  );
  return rows;
}
const days = async (): Promise<unknown[]> =>
  (
    await log.database.owner.query(
      'select principal, day::text, requests, denied, out_of_hours, releasing, subjects, coordinates from citygraph.usage_day order by 1, 2',
    )
  ).rows;

test('a day has each subject that its records name once, however they name it, and nobody is none', async () => {
  for (const subjects of ['1+2;0,2', ';2,3+4,,;1+2', '1+2;0,2', '0;'])
    await request(0, { subjects, rowCounts: [1, 2, 3] });
  await log.settle();
  await run();
  const { rows } = await log.database.owner.query(
    'select requests, subjects from citygraph.usage_day where principal = $1',
    [consumer()],
  );
  expect(rows).toEqual([{ requests: '4', subjects: '4' }]);
});

describe('a principal is held against its own past:', () => {
  test('many more subjects than usual are an alert, with figures, window and records', async () => {
    await withPast();
    const large = await request(0, releasing(8));
    const larger = await request(0, releasing(9, 5));
    await log.settle();
    await run();
    expect(await found()).toEqual([
      {
        detector: 'volume',
        severity: 'high',
        day: `${new Date(wednesday).toISOString().slice(0, 10)} 00:00`,
        // 14 distinct ones, for some are in both.
        evidence: { value: 14, threshold: 10, usual: 2, activeDays: 10, records: [larger, large] },
      },
    ]);
  });

  test('as many as usual are none, nor the same subjects again and again', async () => {
    await withPast(releasing(9));
    for (let n = 0; n < 10; n += 1) await request(0, releasing(9));
    await log.settle();
    await run();
    expect(await found()).toEqual([]);
  });

  test('one without a past has a bound of its own', async () => {
    await request(0, releasing(39));
    await log.settle();
    await run();
    expect(await found()).toEqual([]);
    await request(0, releasing(41));
    await log.settle();
    await run();
    expect(await found()).toMatchObject([{ detector: 'volume', evidence: { value: 41, threshold: 40 } }]);
  });

  test('more coordinates than usual are an alert', async () => {
    const plan = wider();
    await withPast();
    await log.log.append(wideRecord(plan.hash), plan);
    await log.settle();
    await run();
    expect(await found()).toMatchObject([{ detector: 'breadth', evidence: { value: 30, threshold: 2, usual: 1 } }]);
  });

  test('denials beyond its usual are an alert; an emergency switch’s refusals are not', async () => {
    await withPast();
    for (let n = 0; n < 6; n += 1) await request(0, { errorCodes: ['SWITCHED_OFF'], outcome: 'refused' });
    await log.settle();
    await run();
    expect(await found()).toEqual([]);
    for (let n = 0; n < 6; n += 1) await request(0, { errorCodes: ['FIELD_DENIED'] });
    await log.settle();
    await run();
    expect(await found()).toMatchObject([{ detector: 'denials', evidence: { value: 6, threshold: 5, usual: 0 } }]);
    expect((await found())[0]!.evidence['records']).toHaveLength(6);
  });

  test('nights and week-ends are an alert for who does not work then, and none for who does', async () => {
    await withPast();
    for (let n = 0; n < 4; n += 1) await request(0, releasing(1), 11);
    await log.settle();
    await run();
    // Of its ten days before, a week-end and more were no working days: it works then.
    expect(await found()).toEqual([]);
    serial += 1;
    // Weekdays alone: the days before hold a week-end.
    for (const before of [9, 8, 7, 6, 2, 1]) await request(before, releasing(2));
    for (let n = 0; n < 4; n += 1) await request(0, releasing(1), 11);
    await log.settle();
    await run();
    expect(await found()).toMatchObject([
      { detector: 'out-of-hours', evidence: { value: 4, threshold: 3, pastShare: 0 } },
    ]);
  });
});

function wider(): ReturnType<typeof describePlan> {
  const fields = Array.from({ length: 30 }, (_, n) => ({
    ...{ name: `f${n}`, verdict: 'allow', reason: 'granted', level: 'L2' },
  }));
  return describePlan({ nodes: [{ path: 'a', type: 'Resident', fields }], usedInArguments: [] });
}

function wideRecord(planId: string): UsageRecord {
  const occurredAt = new Date(wednesday + (ids += 1));
  return sampleRecord({
    ...{ principal: consumer(), occurredAt, planId, errorCodes: [], subjects: '', policyVersion: null },
    decidedUntil: null,
  });
}

describe('a run', () => {
  test('finds nothing twice, counts nothing twice, and leaves an alert that was closed closed', async () => {
    await withPast();
    await request(0, releasing(20));
    await log.settle();
    await run();
    const [before, alerts] = [await days(), await found()];
    await log.database.owner.query(`update citygraph.alert set status = 'closed' where principal = $1`, [consumer()]);
    expect(await run()).toMatchObject({ records: 0, raised: 0 });
    expect([await days(), await found()]).toEqual([before, alerts]);
    await request(0, releasing(30));
    await log.settle();
    expect(await run()).toMatchObject({ records: 1, raised: 0 });
    expect(await found()).toMatchObject([{ detector: 'volume', evidence: { value: 30 } }]);
    const { rows } = await log.database.owner.query('select status from citygraph.alert where principal = $1', [
      consumer(),
    ]);
    expect(rows).toEqual([{ status: 'closed' }]);
  });

  test('that is cut short leaves nothing half done, and the next comes to the same figures', async () => {
    for (let n = 0; n < 25; n += 1) await request(0, releasing(n % 7));
    await log.settle();
    const { owner } = log.database;
    await owner.query(`create function public.refuse_some() returns trigger language plpgsql as $$
      begin if new.requests > 12 then raise exception 'cut short'; end if; return new; end $$`);
    await owner.query(
      'create trigger cut before insert or update on citygraph.usage_day for each row execute function public.refuse_some()',
    );
    await expect(run({ batchSize: 5 })).rejects.toThrow('cut short');
    const progress = async (): Promise<number> =>
      Number(
        (await owner.query<{ counted: string }>('select counted from citygraph.anomaly_progress')).rows[0]!.counted,
      );
    const stopped = await progress();
    expect(stopped).toBeLessThan(await log.treeSize());
    await owner.query('drop trigger cut on citygraph.usage_day; drop function public.refuse_some()');
    await run({ batchSize: 4 });
    expect(await progress()).toBe(await log.treeSize());
    const { rows } = await owner.query(
      'select requests, releasing, subjects from citygraph.usage_day where principal = $1',
      [consumer()],
    );
    expect(rows).toEqual([{ requests: '25', releasing: '21', subjects: '6' }]);
  });

  test('that meets another one counts nothing twice', async () => {
    for (let n = 0; n < 12; n += 1) await request(0, releasing(n));
    await log.settle();
    await Promise.all([run({ batchSize: 3 }), run({ batchSize: 2 })]);
    const { rows } = await log.database.owner.query(
      'select requests, releasing, subjects from citygraph.usage_day where principal = $1',
      [consumer()],
    );
    expect(rows).toEqual([{ requests: '12', releasing: '11', subjects: '11' }]);
  });

  test('does not judge a day anew of which nothing is new', async () => {
    await request(0, releasing(3));
    await log.settle();
    await run();
    const { owner } = log.database;
    await owner.query(`create function public.refuse_all() returns trigger language plpgsql as $$
      begin raise exception 'a day was written'; end $$`);
    await owner.query(
      'create trigger refuse before insert or update on citygraph.usage_day for each row execute function public.refuse_all()',
    );
    await run();
    await owner.query('drop trigger refuse on citygraph.usage_day; drop function public.refuse_all()');
  });

  test('waits, by hand, for another session that indexes, and in the service leaves the rules due', async () => {
    await request(0, releasing(3));
    await log.settle();
    const holder = await log.database.owner.connect();
    await holder.query('begin; select from citygraph.usage_index for update');
    expect(await run({ byHand: false, settings: { ...settings, rulesInterval: 0 } })).toMatchObject({ busy: true });
    const waiting = run();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await holder.query('rollback');
    holder.release();
    expect(await waiting).toMatchObject({ records: 1 });
  });

  test('forgets whom a consumer was shown some days ago, and a record that comes later still counts', async () => {
    const { owner } = log.database;
    await request(6, releasing(4));
    await request(1, releasing(4));
    await log.settle();
    await run();
    const remembered = async (): Promise<unknown[]> =>
      (
        await owner.query(
          `select c.subjects, count(s.subject_id)::int as known from citygraph.usage_day_consumer c
             left join citygraph.usage_day_subject s on s.consumer_day = c.id where c.principal = $1 group by c.id`,
          [consumer()],
        )
      ).rows;
    expect(await remembered()).toEqual([{ subjects: '4', known: 4 }]);
    await request(6, releasing(1, 90));
    await log.settle();
    await run();
    const { rows } = await owner.query(
      'select requests, subjects from citygraph.usage_day where principal = $1 order by day',
      [consumer()],
    );
    expect(rows).toEqual([
      { requests: '2', subjects: '5' },
      { requests: '1', subjects: '4' },
    ]);
    expect(await remembered()).toHaveLength(1);
  });

  test('is left to the node that holds the lease', async () => {
    const holder = await log.database.owner.connect();
    try {
      await holder.query(`begin; select pg_advisory_xact_lock(7163384747067780973)`);
      expect(await run({ byHand: false })).toEqual({ busy: true, records: 0, raised: 0 });
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    expect(await run({ byHand: false })).toMatchObject({ busy: false });
  });
});

describe('of grants,', () => {
  async function grant(code: string, until: Date): Promise<void> {
    const policy = createPolicyManager({
      em: log.database.orm.em,
      coordinates: registry.coordinates,
      now: () => new Date(Date.now() - 200 * day),
    });
    await policy.issueGrant({
      ...{ code, consumer: 'portrait-app', purpose: 'a purpose', legalBasis: 'a law', divisions: null },
      ...{ validFrom: new Date(Date.now() - 200 * day), validUntil: until },
      items: [
        { coordinate: 'Resident.name', mode: 'plain' },
        { coordinate: 'Resident.sex', mode: 'plain' },
        { coordinate: 'Resident.idNumber', mode: 'match' },
      ],
    });
  }
  const ofGrant = async (code: string): Promise<unknown[]> =>
    (
      await log.database.owner.query(
        'select detector, severity, evidence from citygraph.alert where grant_code = $1 order by detector',
        [code],
      )
    ).rows;

  test('one near its end is an alert, once', async () => {
    await grant('ENDS-SOON', new Date(Date.now() + 10 * day));
    await grant('ENDS-LATE', new Date(Date.now() + 100 * day));
    await run();
    await run();
    expect((await ofGrant('ENDS-SOON')).slice(0, 1)).toMatchObject([
      { detector: 'grant-ending', evidence: { value: 10, threshold: 30 } },
    ]);
    expect(await ofGrant('ENDS-LATE')).toMatchObject([{ detector: 'grant-unused' }]);
  });

  test('fields that were never used are an alert, by name; what was matched with counts as used', async () => {
    const used = describePlan({
      nodes: [
        { path: 'p', type: 'Resident', fields: [{ name: 'name', verdict: 'allow', reason: 'granted', level: 'L3' }] },
      ],
      usedInArguments: ['Resident.idNumber'],
    });
    await grant('PARTLY-USED', new Date(Date.now() + 100 * day));
    const occurredAt = new Date(Date.now() - 20 * day);
    await log.log.append(
      sampleRecord({
        grants: ['PARTLY-USED'],
        planId: used.hash,
        occurredAt,
        policyVersion: null,
        decidedUntil: null,
        errorCodes: [],
      }),
      used,
    );
    await log.settle();
    await run();
    expect(await ofGrant('PARTLY-USED')).toEqual([
      {
        detector: 'grant-unused',
        severity: 'low',
        evidence: { value: 1, items: 3, threshold: 90, coordinates: ['Resident.sex'] },
      },
    ]);
  });
});

test('a type that was reached without a field of it counts as used, as of the last use', async () => {
  const reaching = (type: string): ReturnType<typeof describePlan> =>
    describePlan({ nodes: [{ path: 'p', type, fields: [] }], usedInArguments: [] });
  // Known first, and alike in all but the type.
  await log.log.append(sampleRecord({ planId: reaching('Visit').hash, policyVersion: null }), reaching('Visit'));
  const used = reaching('Household');
  const { owner } = log.database;
  await owner.query(
    `insert into citygraph.access_grant_item (grant_id, coordinate, mode)
     select id, 'Household', 'plain' from citygraph.access_grant where code = 'PARTLY-USED'`,
  );
  const times = [5, 3, 4].map((days) => new Date(Date.now() - days * day));
  for (const occurredAt of times)
    await log.log.append(
      sampleRecord({ grants: ['PARTLY-USED'], planId: used.hash, occurredAt, policyVersion: null, decidedUntil: null }),
      used,
    );
  await log.settle();
  await run();
  const { rows } = await owner.query(
    `select coordinate, last_used_at from citygraph.grant_use where grant_code = 'PARTLY-USED' order by coordinate desc`,
  );
  expect(rows.filter((row: { coordinate: string }) => row.coordinate === 'Household')).toEqual([
    { coordinate: 'Household', last_used_at: times[1] },
  ]);
});

test('a canary is found in a record that waits for its leaf, and not again in the leaf', async () => {
  const { owner } = log.database;
  await owner.query(`insert into citygraph.subject (id, kind) values (777001, 'person')`);
  await owner.query(`insert into citygraph.subject_identifier (subject_id, kind, digest, value, is_current)
    values (777001, 'resident-id-number', '\\x01', 'x', true)`);
  await owner.query(`insert into citygraph.canary (kind, digest, label, declared_by, declared_at)
    values ('resident-id-number', '\\x01', 'decoy', 'test', now())`);
  await request(0, { subjects: '41,1777001;777,1+7770010' });
  await request(0, { subjects: '777001;', outcome: 'failed' });
  const released = await request(0, { subjects: '41;5+777001,6' });
  await run();
  const expected = [
    { detector: 'canary', severity: 'critical', evidence: { value: 1, records: [released], canaries: ['1'] } },
  ];
  expect(await found()).toMatchObject(expected);
  await log.settle();
  await run();
  expect((await found()).filter(({ detector }) => detector === 'canary')).toMatchObject(expected);
  await owner.query('update citygraph.canary set withdrawn_by = $1, withdrawn_at = now()', ['test']);
});

test('an enumeration that the limits put down is an alert, for the public by its network', async () => {
  const asked = await request(0);
  const event = (principal: string, clientAddress: string | null) => ({
    ...{
      occurredAt: new Date(),
      node: 'n',
      principalKind: clientAddress ? 'public' : 'consumer',
      principal,
      clientAddress,
    },
    ...{
      windowStart: new Date(wednesday),
      trippedBy: 'misses',
      lookups: 40,
      misses: 31,
      maximum: 30,
      refusedUntil: new Date(),
    },
  });
  await log.database.pools.logger.query('select citygraph.usage_note_enumeration($1)', [
    JSON.stringify([event('public', '192.0.2.0'), event(consumer(), null)]),
  ]);
  await run();
  await run();
  const evidence = { lookups: 40, misses: 31, maximum: 30, trippedBy: 'misses' };
  expect(await found('192.0.2.0')).toMatchObject([{ detector: 'enumeration', severity: 'high', evidence }]);
  expect(await found()).toMatchObject([{ detector: 'enumeration', evidence: { ...evidence, records: [asked] } }]);
});

test('the watcher can change neither the log nor a grant nor what was done about an alert, and readers see no canary', async () => {
  const { watcher, reader, auditor, policy, logger } = log.database.pools;
  const refused = { code: '42501' };
  for (const sql of [
    'delete from citygraph.usage_record',
    'update citygraph.usage_record set outcome = outcome',
    'select salt from citygraph.usage_record',
    'delete from citygraph.alert',
    `update citygraph.alert set raised_at = now()`,
    'delete from citygraph.alert_action',
    'update citygraph.alert_action set reason = null',
    'update citygraph.access_grant set revoked_at = null',
    'select token_hash from citygraph.consumer',
    'select value from citygraph.subject_identifier',
    'select name from population.resident',
    'delete from citygraph.canary',
  ])
    await expect(watcher.query(sql)).rejects.toMatchObject(refused);
  for (const pool of [reader, auditor, policy, logger])
    for (const table of ['canary', 'usage_day_consumer', 'usage_day_subject'])
      await expect(pool.query(`select from citygraph.${table}`)).rejects.toMatchObject(refused);
  await expect(log.database.owner.query('delete from citygraph.alert_action')).rejects.toThrow('is not changed');
});
