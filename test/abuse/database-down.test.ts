/**
 * The log away, the pool away, the whole database killed under load: nothing leaves without its record, and the service comes back by
 * itself. On a PostgreSQL of this file's own, which may be killed.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clusterIn } from '../../src/database/data-directory.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';

const dataDir = mkdtempSync(join(tmpdir(), 'citygraph-killed-'));
let server: EmbeddedPostgres;
let demo: DemoService;
let idNumber: string;

beforeAll(async () => {
  server = await startEmbeddedPostgres({ dataDir });
  demo = await startDemoService({
    url: server.url('postgres'),
    scale: { persons: 240, legalPersons: 40 },
    environment: { NODE_NAME: 'killed-node' },
  });
  idNumber = demo.credentials.samples.idNumbers[0]!;
});
afterAll(async () => {
  await demo.stop();
  await server.stop();
  rmSync(dataDir, { recursive: true });
});

const portrait = (id = idNumber): Promise<Answer> =>
  demo.ask(
    'portrait-app',
    'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { idNumber name } medicalVisits(first: 1) { nodes { visitedOn } } } }',
    { id },
  );

function expectNothing(answer: Answer, code: string): void {
  expect({ status: answer.status, codes: answer.codes, data: answer.data ?? null }).toEqual({
    status: 503,
    codes: [code],
    data: null,
  });
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(answer.text).not.toContain(idNumber);
  expect(answer.text).not.toMatch(/permission|terminat|relation|127\.0\.0\.1|\.ts\b/i);
}

function expectAnswered(answer: Answer): void {
  expect(answer.codes).toEqual([]);
  expect(answer.data.personPortrait.registration.idNumber).toBe(idNumber);
}

async function countRecords(): Promise<number> {
  const { rows } = await demo.owner.query<{ count: number }>(
    'select count(*)::int as count from citygraph.usage_record',
  );
  return rows[0]!.count;
}

async function waitUntil(holds: () => Promise<boolean>, within = 10_000): Promise<void> {
  const end = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await delay(20);
  }
}

const waiting = (purpose: string) => async (): Promise<boolean> =>
  ((
    await demo.owner.query(
      `select from pg_stat_activity where application_name = 'citygraph ${purpose}' and wait_event_type = 'Lock'`,
    )
  ).rowCount ?? 0) > 0;

/** Holds a table that the work needs, from another connection. */
async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
  const holder = await demo.owner.connect();
  try {
    await holder.query(`begin; lock table ${table} in access exclusive mode`);
    await work();
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

const endSessions = (purpose: string): Promise<unknown> =>
  demo.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'citygraph ${purpose}'`,
  );

describe('while the usage log', () => {
  test('may not be written, no data leaves, denials neither', async () => {
    await demo.owner.query('revoke execute on function citygraph.usage_append from citygraph_logger');
    const before = await countRecords();
    expectNothing(await portrait(), 'LOG_UNAVAILABLE');
    expectNothing(await demo.ask('public', '{ persons { nodes { id } } }'), 'LOG_UNAVAILABLE');
    expectNothing(await demo.ask('auditor', '{ usageRecords { nodes { id } } }'), 'LOG_UNAVAILABLE');
    expectNothing(await demo.ask('dashboard', '{ nothing }'), 'LOG_UNAVAILABLE');
    expectNothing(
      await demo.ask(
        'security-officer',
        'mutation { revokeGrant(code: "DEMO-CLINIC", reason: "for the test") { target } }',
      ),
      'LOG_UNAVAILABLE',
    );
    const { rows } = await demo.owner.query(`select revoked_at from citygraph.access_grant where code = 'DEMO-CLINIC'`);
    expect(rows).toEqual([{ revoked_at: null }]);
    expect(await countRecords()).toBe(before);
    await demo.owner.query('grant execute on function citygraph.usage_append to citygraph_logger');
    expectAnswered(await portrait());
  });

  test('loses its session with a record on the way, no data leaves', async () => {
    await whileLocked('citygraph.usage_record', async () => {
      const answer = portrait();
      await waitUntil(waiting('logger'));
      await endSessions('logger');
      expectNothing(await answer, 'LOG_UNAVAILABLE');
    });
    expectAnswered(await portrait());
  });

  test('is held up for longer than a request may wait, no data leaves', async () => {
    await whileLocked('citygraph.usage_record', async () => expectNothing(await portrait(), 'LOG_UNAVAILABLE'));
    expectAnswered(await portrait());
  });
});

describe('while the pool', () => {
  test('loses its sessions, the request is refused on record, and the next is answered', async () => {
    await whileLocked('population.resident', async () => {
      const answer = portrait();
      await waitUntil(waiting('readerL4'));
      await endSessions('readerL4');
      expectNothing(await answer, 'POOL_UNAVAILABLE');
      expect(await demo.recordOf((await answer).recordId)).toMatchObject({
        outcome: 'failed',
        error_codes: ['POOL_UNAVAILABLE'],
        subjects: '',
      });
    });
    await endSessions('readerL4');
    expectAnswered(await portrait());
  });
});

/** Of this file's own data directory: what is on disk when it is killed is all that there is. */
async function postmaster(): Promise<number> {
  return Number(readFileSync(join(clusterIn(dataDir), 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Its end makes the postmaster end all others, and recover. */
async function loggerBackend(): Promise<number> {
  const { rows } = await demo.owner.query<{ pid: number }>(
    `select pid from pg_stat_activity where application_name = 'citygraph logger' limit 1`,
  );
  return rows[0]!.pid;
}

describe('a database killed under load', () => {
  test('keeps the record of every response that was released with data, and the service comes back without a restart', async () => {
    const released: Answer[] = [];
    const refused = new Map<string, number>();
    let killedAt = Infinity;
    let answeredAfter = 0;
    let stop = false;
    const ids = demo.credentials.samples.idNumbers;
    const ask = async (worker: number): Promise<void> => {
      for (let n = worker; !stop; n += 1) {
        const answer = await portrait(ids[n % ids.length]);
        if (answer.data?.personPortrait) {
          released.push(answer);
          if (performance.now() > killedAt) answeredAfter += 1;
          continue;
        }
        for (const code of answer.codes) refused.set(code, (refused.get(code) ?? 0) + 1);
        await delay(20);
      }
    };
    const workers = Array.from({ length: 8 }, (_, worker) => ask(worker));
    for (const victim of [postmaster, loggerBackend, postmaster]) {
      const enough = released.length + 40;
      await waitUntil(async () => released.length > enough);
      process.kill(await victim(), 'SIGKILL');
      [killedAt, answeredAfter] = [performance.now() + 200, 0];
      await waitUntil(async () => answeredAfter > 20, 20_000);
    }
    stop = true;
    await Promise.all(workers);

    expect([...refused.keys()].filter((code) => !['POOL_UNAVAILABLE', 'LOG_UNAVAILABLE'].includes(code))).toEqual([]);
    expect(refused.size).toBeGreaterThan(0);
    const ofReleased = released.map(({ recordId }) => recordId);
    expect(new Set(ofReleased).size).toBe(ofReleased.length);
    const { rows } = await demo.owner.query<{ id: string }>(
      `select id from citygraph.usage_record where outcome = 'answered' and subjects <> '' and id = any($1)`,
      [ofReleased],
    );
    const kept = new Set(rows.map(({ id }) => id));
    expect(ofReleased.filter((id) => !kept.has(id!))).toEqual([]);
  });

  test('lets a change of policy be heard again afterwards', async () => {
    await demo.policy.revokeGrant('DEMO-PORTRAIT', 'for the test');
    expect((await portrait()).codes).toEqual(['ARGUMENT_DENIED']);
    expect((await fetch(`${demo.address}/readyz`)).status).toBe(200);
  });
});

describe('a database that is stopped', () => {
  test('is said by /readyz, part by part, while the service goes on, and it can still be ended in order', async () => {
    await demo.ask('token:none', '{ __typename }');
    // With it all that was refused before is written, which could not be later.
    await waitUntil(
      async () =>
        (await demo.owner.query(`select from citygraph.usage_refusal where code = 'UNAUTHENTICATED'`)).rowCount! > 0,
    );
    await waitUntil(async () => (await fetch(`${demo.address}/readyz`)).status === 200);
    await server.stop();
    await waitUntil(async () => (await fetch(`${demo.address}/readyz`)).status === 503);
    const readParts = async (): Promise<object> => {
      const response = await fetch(`${demo.address}/readyz`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
      return response.json() as Promise<object>;
    };
    // What was found a moment ago is said a moment longer.
    await waitUntil(async () => !JSON.stringify(await readParts()).includes('"log":"ok"'));
    expect(await readParts()).toEqual({
      status: 'not ready',
      parts: { migrations: 'failed', pool: 'failed', log: 'failed', sequencer: 'failed', disk: 'ok' },
    });
    expect(await (await fetch(`${demo.address}/healthz`)).json()).toEqual({ status: 'ok' });
    const metrics = await (await fetch(`${demo.address}/metrics`)).text();
    expect(metrics).toContain('citygraph_log_failures_total');
    // What the database alone knows is left out, not made up.
    expect(metrics).not.toMatch(/^citygraph_log_tree_size /m);
    await demo.stopService();
  });
});
