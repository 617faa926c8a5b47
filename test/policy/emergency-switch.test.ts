/**
 * The emergency switch: thrown on one node, in force from its commit on another that has not heard of it, for requests under way too; with
 * one coded refusal that says neither what was switched off nor why; lifted with a reason.
 */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommandLine } from '../../src/command-line/command-line.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type DemoService, type Json, startDemoService } from '../support/demo-service.js';
import { cutNotifications, type NodeAnswer, type SecondNode, startSecondNode } from '../support/second-node.js';

let database: TestDatabase;
let folder: string;
let demo: DemoService;
let second: SecondNode;
let idNumber: string;
let creditCode: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'citygraph-switch-'));
  const keyringFile = join(folder, 'keyring');
  demo = await startDemoService({
    url: database.url,
    scale: { persons: 240, legalPersons: 40 },
    environment: { KEYRING_FILE: keyringFile },
  });
  idNumber = demo.credentials.samples.idNumbers[0]!;
  creditCode = demo.credentials.samples.creditCodes[0]!;
  second = await startSecondNode(database.url, keyringFile);
  await cutNotifications(demo.owner);
});
afterAll(async () => {
  await second.stop();
  await demo.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** What a test left switched off is not the next one's. */
afterEach(async () => {
  await demo.owner.query(
    `update citygraph.emergency_switch set lifted_by = 'test', lifted_at = now(), lifted_reason = 'test' where lifted_at is null`,
  );
  await Promise.all([demo.service.policy.refresh(), second.service.policy.refresh()]);
});

const secret = 'a leak that nobody is to hear of';
const portrait = `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) {
  registration { name } medicalVisits(first: 1) { nodes { visitedOn } } } }`;
const open = '{ enterprises(first: 1) { nodes { registration { creditCode } } } }';

const tokenOf = (name: string): string | null => demo.tokenOf(name) ?? null;
function elsewhere(who: string, query = portrait, headers = {}): Promise<NodeAnswer> {
  return second.ask(tokenOf(who), query, query.includes('$id') ? { id: idNumber } : {}, headers);
}

async function officer(mutation: string): Promise<Json> {
  const answer = await demo.ask('security-officer', `mutation { ${mutation} }`);
  expect(answer.errors).toEqual([]);
  return answer.data;
}
const throwOn = (target: string): Promise<Json> =>
  officer(`switchOff(${target}, reason: "${secret}") { target change }`);

/** INVARIANT of these tests: the second node has not heard of it before it is asked. */
async function unheard(work: () => Promise<unknown>): Promise<void> {
  const before = second.service.policy.current().version;
  await work();
  expect(second.service.policy.current().version).toBe(before);
}

function expectSwitchedOff({ status, codes, data, text }: NodeAnswer): void {
  expect([status, codes, data ?? null]).toEqual([403, ['SWITCHED_OFF'], null]);
  expect(text).not.toContain(secret);
  expect(text).not.toMatch(/everything|library|grant\b|officer/);
}

async function recordOf(answer: NodeAnswer): Promise<object | undefined> {
  return demo.recordOf(answer.recordId);
}

describe('on the other node, from its commit on,', () => {
  test('a consumer is refused, on record, until the switch is lifted; others go on', async () => {
    expect((await elsewhere('portrait-app')).codes).toEqual([]);
    await unheard(() => throwOn('scope: "consumer", target: "portrait-app"'));
    const refused = await elsewhere('portrait-app');
    expectSwitchedOff(refused);
    expect(await recordOf(refused)).toMatchObject({
      principal: 'portrait-app',
      outcome: 'refused',
      error_codes: ['SWITCHED_OFF'],
    });
    expect((await elsewhere('clinic-app', open)).codes).toEqual([]);
    await unheard(() =>
      officer('liftSwitch(scope: "consumer", target: "portrait-app", reason: "it was nothing") { change }'),
    );
    expect((await elsewhere('portrait-app')).codes).toEqual([]);
  });

  test('a grant gives nothing, whether it was named or taken for the only one', async () => {
    await unheard(() => throwOn('scope: "grant", target: "DEMO-CLINIC"'));
    expectSwitchedOff(await elsewhere('clinic-app', portrait, { 'x-grant': 'DEMO-CLINIC' }));
    expectSwitchedOff(await elsewhere('clinic-app', portrait));
    expect((await elsewhere('portrait-app')).codes).toEqual([]);
  });

  test('a library is closed to all, with what is computed from it; the rest of the answer comes', async () => {
    await unheard(() => throwOn('scope: "library", target: "healthcare"'));
    const answer = await elsewhere('portrait-app');
    expect(answer.codes).toEqual(['SWITCHED_OFF']);
    expect(answer.data.personPortrait).toMatchObject({
      registration: { name: expect.any(String) as unknown },
      medicalVisits: null,
    });
    expect(answer.text).not.toContain(secret);
    const { rows } = await demo.owner.query<{ text: string }>(
      'select p.description::text as text from citygraph.usage_record r join citygraph.usage_plan p on p.hash = r.plan_id where r.id = $1',
      [answer.recordId],
    );
    expect(rows[0]!.text).not.toContain('visitedOn');
    const reasonOf = async (coordinate: string): Promise<string> =>
      (await elsewhere('portrait-app', `{ explainAccess(coordinate: "${coordinate}") { reason verdict } }`)).data
        .explainAccess.reason;
    for (const closed of ['MedicalVisit', 'MedicalVisit.diagnosis', 'MedicalVisitStatistic'])
      expect([closed, await reasonOf(closed)]).toEqual([closed, 'switched-off']);
    for (const other of ['Resident.name', 'HealthTag'])
      expect([other, await reasonOf(other)]).toEqual([other, 'granted']);
    await unheard(() => throwOn('scope: "library", target: "population"'));
    for (const closed of ['Resident.name', 'HealthTag'])
      expect([closed, await reasonOf(closed)]).toEqual([closed, 'switched-off']);
  });

  test('everything is closed to consumers and to the public; officials go on, and lift it', async () => {
    await unheard(() => throwOn('scope: "everything"'));
    expectSwitchedOff(await elsewhere('portrait-app'));
    expectSwitchedOff(await elsewhere('public', open));
    expectSwitchedOff(await elsewhere('dashboard', '{ explainAccess(coordinate: "Resident.name") { verdict } }'));
    expect((await second.ask(tokenOf('auditor'), '{ policyChanges { hasNextPage } }')).codes).toEqual([]);
    await officer('liftSwitch(scope: "everything", reason: "mended") { change }');
    expect((await elsewhere('public', open)).codes).toEqual([]);
  });
});

describe('a request whose statement was running when the switch was thrown', () => {
  async function whileRunning(change: () => Promise<unknown>): Promise<NodeAnswer> {
    const holder = await demo.owner.connect();
    try {
      await holder.query('begin');
      await holder.query('lock table population.resident in access exclusive mode');
      const answer = elsewhere('portrait-app');
      for (let waited = 0; ; waited += 10) {
        const { rowCount } = await demo.owner.query(
          `select from pg_stat_activity where datname = current_database() and application_name like 'citygraph reader%' and wait_event_type = 'Lock'`,
        );
        if (rowCount) break;
        if (waited > 5_000) throw new Error('waited in vain for the statement');
        await delay(10);
      }
      await change();
      await holder.query('rollback');
      return await answer;
    } finally {
      holder.release();
    }
  }

  test.each([
    ['consumer', 'scope: "consumer", target: "portrait-app"'],
    ['grant', 'scope: "grant", target: "DEMO-PORTRAIT"'],
    ['everything', 'scope: "everything"'],
  ])('is not answered, for a %s', async (_scope, target) => {
    expectSwitchedOff(await whileRunning(() => throwOn(target)));
    const { rows } = await demo.owner.query<{ outcome: string }>(
      `select outcome from citygraph.usage_record where principal = 'portrait-app' order by occurred_at desc, id desc limit 2`,
    );
    expect(rows.map(({ outcome }) => outcome)).toContain('superseded');
  });

  test('is answered without the library that was closed', async () => {
    const answer = await whileRunning(() => throwOn('scope: "library", target: "healthcare"'));
    expect(answer.codes).toEqual(['SWITCHED_OFF']);
    expect(answer.data.personPortrait.medicalVisits).toBeNull();
  });
});

test('the history has who threw it and why, and who lifted it and why; the list has those in force', async () => {
  await throwOn('scope: "library", target: "ecology"');
  const list = async (): Promise<Json> =>
    (await demo.ask('auditor', '{ emergencySwitches(inForce: true) { scope target reason thrownBy liftedBy } }')).data
      .emergencySwitches;
  expect(await list()).toEqual([
    { scope: 'library', target: 'ecology', reason: secret, thrownBy: 'security-officer', liftedBy: null },
  ]);
  await officer('liftSwitch(scope: "library", target: "ecology", reason: "mended") { change }');
  expect(await list()).toEqual([]);
  const { data } = await demo.ask(
    'supervisor',
    '{ policyChanges(target: "library:ecology") { nodes { action actor reason } } }',
  );
  expect(data.policyChanges.nodes).toEqual([
    { action: 'switch.lifted', actor: 'security-officer', reason: 'mended' },
    { action: 'switch.thrown', actor: 'security-officer', reason: secret },
  ]);
});

test('what is not there, is off already, or was never off is refused, and nothing is changed', async () => {
  const refusal = async (mutation: string): Promise<readonly string[]> =>
    (await demo.ask('security-officer', `mutation { ${mutation} { change } }`)).codes;
  for (const wrong of [
    'switchOff(scope: "library", target: "nowhere", reason: "why")',
    'switchOff(scope: "grant", target: "NOWHERE", reason: "why")',
    'switchOff(scope: "consumer", target: "nobody", reason: "why")',
    'switchOff(scope: "consumer", reason: "why")',
    'switchOff(scope: "everything", target: "x", reason: "why")',
    'switchOff(scope: "planet", target: "x", reason: "why")',
    `switchOff(scope: "everything", reason: "of ${creditCode}")`,
    'liftSwitch(scope: "everything", reason: "why")',
  ])
    expect([wrong, await refusal(wrong)]).toEqual([wrong, ['BAD_USER_INPUT']]);
  await throwOn('scope: "everything"');
  expect(await refusal('switchOff(scope: "everything", reason: "again")')).toEqual(['BAD_USER_INPUT']);
});

test('the command line throws and lifts it, on record', async () => {
  const env = { DATABASE_URL: database.url, DATA_DIR: folder };
  Object.assign(process.env, env);
  const run = (...args: string[]): Promise<number> =>
    runCommandLine(['node', 'citygraph', 'switch', ...args, '--as', 'li']);
  expect(await run('off', 'everything', '--reason', 'an incident')).toBe(0);
  expectSwitchedOff(await elsewhere('public', open));
  expect(await run('lift', 'everything', '--reason', 'mended')).toBe(0);
  const errors = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(await run('off', 'everything', '--reason', `of ${creditCode}`)).toBe(1);
  errors.mockRestore();
  for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name);
  expect((await elsewhere('public', open)).codes).toEqual([]);
  const { rows } = await demo.owner.query(
    `select operation_name, principal, outcome, arguments ->> 'reason' as reason from citygraph.usage_record
      where operation_name like 'switch %' order by occurred_at, id`,
  );
  expect(rows).toEqual([
    { operation_name: 'switch off everything', principal: 'li', outcome: 'begun', reason: 'an incident' },
    { operation_name: 'switch off everything', principal: 'li', outcome: 'answered', reason: 'an incident' },
    { operation_name: 'switch lift everything', principal: 'li', outcome: 'begun', reason: 'mended' },
    { operation_name: 'switch lift everything', principal: 'li', outcome: 'answered', reason: 'mended' },
  ]);
});
