/**
 * The policy changes while a request is under way: its statement is held up in the database by a lock, the policy changes, the lock goes.
 * What was decided before must not be released.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, type DemoService, type StoredRecord, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let idNumber: string;
let token: string;
let serial = 0;
const consumer = (): string => `in-flight-${serial}`;
const grant = (): string => `IN-FLIGHT-${serial}`;

beforeAll(async () => {
  demo = await startDemoService();
  idNumber = demo.credentials.samples.idNumbers[0]!;
});
afterAll(() => demo.stop());

beforeEach(async () => {
  serial += 1;
  ({ token } = await demo.policy.registerConsumer({
    name: consumer(),
    department: '150600-health',
    description: 'loses what it has',
    clearance: 'L1',
  }));
});

/** Known to the service when it returns, so that what a test changes next is the only change. */
async function issue(validUntil = new Date(Date.now() + 3_600_000)): Promise<void> {
  await demo.policy.issueGrant({
    ...{
      code: grant(),
      consumer: consumer(),
      purpose: 'a purpose',
      legalBasis: 'a law',
      validFrom: new Date(Date.now() - 3_600_000),
      validUntil,
      divisions: null,
    },
    items: [
      { coordinate: 'Person', mode: 'plain' },
      { coordinate: 'Resident.*', mode: 'plain' },
      { coordinate: 'Resident.idNumber', mode: 'match' },
    ],
  });
  await demo.service.policy.refresh();
}

const portrait = (headers: Record<string, string> = {}): Promise<Answer> =>
  demo.ask(
    `token:${token}`,
    'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name idNumber } } enterprises(first: 1) { nodes { registration { creditCode } } } }',
    { id: idNumber },
    headers,
  );

/** Sends a request, and lets `change` happen between its statement's start and its end. */
async function whileRunning(change: () => Promise<unknown>, headers: Record<string, string> = {}): Promise<Answer> {
  const holder = await demo.owner.connect();
  try {
    await holder.query('begin');
    await holder.query('lock table population.resident in access exclusive mode');
    const answer = portrait(headers);
    await waitUntil(
      `select from pg_stat_activity where datname = current_database() and application_name like 'citygraph reader%' and wait_event_type = 'Lock'`,
    );
    await change();
    await holder.query('rollback');
    return await answer;
  } finally {
    holder.release();
  }
}

async function waitUntil(query: string): Promise<void> {
  for (let waited = 0; (await demo.owner.query(query)).rowCount === 0; waited += 10) {
    if (waited > 5_000) throw new Error(`waited in vain for: ${query}`);
    await delay(10);
  }
}

async function records(): Promise<
  Pick<StoredRecord, 'id' | 'outcome' | 'error_codes' | 'subjects' | 'policy_version'>[]
> {
  const { rows } = await demo.owner.query<StoredRecord>(
    'select id, outcome, error_codes, subjects, policy_version from citygraph.usage_record where principal = $1 order by occurred_at, id',
    [consumer()],
  );
  return rows;
}

/** Nothing of the person, and the open part all the same. */
function expectWithdrawn(answer: Answer): void {
  expect(answer.text).not.toContain(idNumber);
  expect(answer.data.personPortrait).toBeNull();
  expect(answer.codes).toEqual(['ARGUMENT_DENIED']);
  expect(answer.data.enterprises.nodes).toHaveLength(1);
}

describe('a request under way', () => {
  test('is released where nothing changes, however long it takes', async () => {
    await issue();
    const answer = await whileRunning(() => delay(50));
    expect(answer.data.personPortrait.registration.idNumber).toBe(idNumber);
    expect(await records()).toMatchObject([{ id: answer.recordId, outcome: 'answered' }]);
  });

  test('is decided again when its grant is revoked: the first decision is on record as superseded', async () => {
    await issue();
    const answer = await whileRunning(() => demo.policy.revokeGrant(grant(), 'for the test'));
    expectWithdrawn(answer);
    const [first, second, ...more] = await records();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ outcome: 'superseded', error_codes: [] });
    expect(first!.subjects).not.toBe('');
    expect(second).toMatchObject({ id: answer.recordId, outcome: 'answered', error_codes: ['ARGUMENT_DENIED'] });
    expect(Number(second!.policy_version)).toBeGreaterThan(Number(first!.policy_version));
  });

  test('is refused when the grant that it names is revoked', async () => {
    await issue();
    const answer = await whileRunning(() => demo.policy.revokeGrant(grant(), 'for the test'), { 'x-grant': grant() });
    expect([answer.status, answer.codes, answer.data ?? null]).toEqual([403, ['GRANT_INVALID'], null]);
    expect(await records()).toMatchObject([
      { outcome: 'superseded' },
      { id: answer.recordId, outcome: 'refused', error_codes: ['GRANT_INVALID'], subjects: '' },
    ]);
  });

  test('is refused like one of an unknown token when its consumer is suspended, and answered again when that ends', async () => {
    await issue();
    const answer = await whileRunning(() => demo.policy.suspendConsumer(consumer(), 'for the test'));
    expect([answer.status, answer.codes, answer.data ?? null]).toEqual([401, ['UNAUTHENTICATED'], null]);
    const unknown = await demo.ask('token:of-nobody', '{ __typename }');
    expect(answer.text).toBe(unknown.text);
    expect(await records()).toMatchObject([{ outcome: 'superseded' }]);
    await demo.policy.resumeConsumer(consumer(), 'for the test');
    await demo.service.policy.refresh();
    expect((await portrait()).data.personPortrait.registration.idNumber).toBe(idNumber);
  });

  test('is decided again when the policy is changed by a hand in psql, one field of the grant taken away', async () => {
    await issue();
    const answer = await whileRunning(() =>
      demo.owner.query(
        `delete from citygraph.access_grant_item i using citygraph.access_grant g where g.id = i.grant_id and g.code = $1 and i.coordinate = 'Resident.idNumber' and i.mode = 'plain'`,
        [grant()],
      ),
    );
    expect(answer.codes).toEqual(['FIELD_DENIED']);
    expect(answer.data.personPortrait.registration).toEqual({ name: expect.any(String), idNumber: null });
    expect(answer.text).not.toContain(idNumber);
    expect((await records()).map(({ outcome }) => outcome)).toEqual(['superseded', 'answered']);
  });

  test('is decided again, and answered the same, when the change is none of its business', async () => {
    await issue();
    const answer = await whileRunning(() =>
      demo.policy.registerConsumer({
        name: `other-${serial}`,
        department: '150600-health',
        description: 'another',
        clearance: 'L1',
      }),
    );
    expect(answer.data.personPortrait.registration.idNumber).toBe(idNumber);
    expect((await records()).map(({ outcome }) => outcome)).toEqual(['superseded', 'answered']);
  });

  test('is decided again when its grant ends meanwhile', async () => {
    await issue(new Date(Date.now() + 700));
    const answer = await whileRunning(() => delay(800));
    expectWithdrawn(answer);
    expect((await records()).map(({ outcome }) => outcome)).toEqual(['superseded', 'answered']);
  });

  test('rests on a grant by the database’s clock, also on a machine whose own runs behind', async () => {
    await issue(new Date(Date.now() + 500));
    await delay(550);
    const backwards = setClockBack(600_000);
    try {
      expectWithdrawn(await portrait());
      const named = await portrait({ 'x-grant': grant() });
      expect([named.status, named.codes]).toEqual([403, ['GRANT_INVALID']]);
    } finally {
      backwards.restore();
    }
    expect((await records()).map(({ outcome }) => outcome)).toEqual([
      'superseded',
      'answered',
      'superseded',
      'refused',
    ]);
  });
});

/** The clock of this process, and so of the service in it. */
function setClockBack(milliseconds: number): { restore(): void } {
  const RealDate = globalThis.Date;
  class LateDate extends RealDate {
    constructor(...given: [] | [number | string]) {
      super(given.length === 0 ? RealDate.now() - milliseconds : given[0]);
    }
    static override now(): number {
      return RealDate.now() - milliseconds;
    }
  }
  globalThis.Date = LateDate as DateConstructor;
  return { restore: () => void (globalThis.Date = RealDate) };
}

describe('many requests under way', () => {
  /** However slow the machine is, within reason. */
  const patiently = async (holds: () => boolean): Promise<void> => {
    for (const end = performance.now() + 20_000; !holds() && performance.now() < end;) await delay(10);
  };

  test('hold none of what was withdrawn, once the change is committed', async () => {
    await issue();
    let committed = false;
    let stop = false;
    const late: Answer[] = [];
    let early = 0;
    const ask = async (): Promise<void> => {
      while (!stop) {
        const afterwards = committed;
        const answer = await portrait();
        if (afterwards) late.push(answer);
        else if (answer.text.includes(idNumber)) early += 1;
      }
    };
    const askers = Array.from({ length: 6 }, ask);
    await patiently(() => early > 5);
    await demo.policy.revokeGrant(grant(), 'for the test');
    committed = true;
    await patiently(() => late.length > 5);
    stop = true;
    await Promise.all(askers);
    expect([early > 5, late.length > 5]).toEqual([true, true]);
    for (const answer of late) expectWithdrawn(answer);
    const { rows } = await demo.owner.query(
      `select count(*)::int as count from citygraph.usage_record r where r.principal = $1 and r.outcome = 'answered' and r.subjects <> ''
         and r.policy_version >= (select min(x.policy_version) from citygraph.usage_record x where x.principal = $1 and 'ARGUMENT_DENIED' = any(x.error_codes)) and 'ARGUMENT_DENIED' <> all(r.error_codes)`,
      [consumer()],
    );
    expect(rows).toEqual([{ count: 0 }]);
  });
});
