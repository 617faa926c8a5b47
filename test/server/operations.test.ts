/** What a service tells of itself: metrics, health, readiness and GraphiQL, each asked over HTTP; to whom, and what it never tells. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { runInNewContext } from 'node:vm';
import parseMetrics from 'parse-prometheus-text-format';
import { createService } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { createServiceLog } from '../../src/server/service-log.js';
import { mayRead } from '../../src/server/operations-pages.js';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
const token = 'a-token-for-the-metrics-alone';

beforeAll(async () => {
  demo = await startDemoService({
    environment: { GRAPHIQL: 'on', READY_SEQUENCING_SECONDS: '1', SLOW_STATEMENT_MS: '0' },
  });
});
afterAll(() => demo.stop());

const portrait = (id = demo.credentials.samples.idNumbers[0]!, who = 'portrait-app'): Promise<Answer> =>
  demo.ask(
    who,
    'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { idNumber name } medicalVisits(first: 1) { nodes { visitedOn } } } }',
    { id },
  );

interface Family {
  readonly name: string;
  readonly type: string;
  readonly metrics: readonly {
    readonly value?: string;
    readonly labels?: Readonly<Record<string, string>>;
  }[];
}

interface Scraped {
  readonly text: string;
  value(name: string, labels?: object): number;
  /** How often a stage was noted; the parser drops the labels of histograms. */
  count(stage: string): number;
}

async function scrape(): Promise<Scraped> {
  const response = await fetch(`${demo.address}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  const families = new Map((parseMetrics(text) as Family[]).map((family) => [family.name, family]));
  return {
    text,
    count: (stage) =>
      Number(new RegExp(`^citygraph_stage_seconds_count\\{stage="${stage}"\\} (\\d+)$`, 'm').exec(text)![1]),
    value(name, labels = {}) {
      const family = families.get(name);
      if (!family) throw new Error(`expected a metric ${name}, found none`);
      const wanted = Object.entries(labels);
      const found = family.metrics.find(({ labels: own = {} }) => wanted.every(([key, value]) => own[key] === value));
      return Number(found?.value ?? 0);
    },
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('expected it to come, and it did not');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('metrics', () => {
  test('move by what was asked, and by nothing else', async () => {
    await portrait();
    const before = await scrape();
    for (let n = 0; n < 3; n += 1) expect((await portrait()).codes).toEqual([]);
    expect((await portrait(undefined, 'no-grant-app')).codes).toEqual(['ARGUMENT_DENIED']);
    expect((await demo.ask('public', '{ nothing }')).codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect((await demo.ask('token:not-a-token', '{ __typename }')).codes).toEqual(['UNAUTHENTICATED']);
    const after = await scrape();
    const moved = (name: string, labels?: object): number => after.value(name, labels) - before.value(name, labels);
    const answered = 'citygraph_requests_total';
    expect(moved(answered, { principal: 'consumer', outcome: 'answered', code: 'OK' })).toBe(3);
    expect(moved(answered, { principal: 'consumer', outcome: 'answered', code: 'ARGUMENT_DENIED' })).toBe(1);
    expect(moved(answered, { principal: 'public', outcome: 'refused', code: 'GRAPHQL_VALIDATION_FAILED' })).toBe(1);
    expect(moved('citygraph_refusals_total', { code: 'UNAUTHENTICATED' })).toBe(1);
    // Each of the three portraits reads name, number and date; what is denied as a whole has one field that is.
    expect(moved('citygraph_verdicts_total', { verdict: 'allow' })).toBeGreaterThanOrEqual(9);
    expect(moved('citygraph_verdicts_total', { verdict: 'allow' }) % 3).toBe(0);
    expect([moved('citygraph_plan_cache_hits_total'), moved('citygraph_plan_cache_misses_total')]).toEqual([3, 1]);
    expect(after.count('run') - before.count('run')).toBe(3);
    expect(after.count('plan') - before.count('plan')).toBe(4);
    expect(after.count('log') - before.count('log')).toBe(5);
    expect(after.count('whole') - before.count('whole')).toBe(6);
    expect(moved('citygraph_log_records_total')).toBe(5);
    expect(moved('citygraph_slow_statements_total')).toBe(3);
  });

  test('tell of pools, the log, witnesses, alerts and the process', async () => {
    await until(async () => {
      const { value } = await scrape();
      return value('citygraph_log_sequencing_lag_records') === 0 && value('citygraph_log_unsigned_records') === 0;
    });
    const { value } = await scrape();
    const { rows } = await demo.owner.query<{ records: number; alerts: number }>(
      `select (select count(*) from citygraph.usage_leaf)::int as records,
              (select count(*) from citygraph.alert where severity = 'high' and status <> 'closed')::int as alerts`,
    );
    expect(value('citygraph_log_tree_size')).toBe(rows[0]!.records);
    expect(value('citygraph_alerts_open', { severity: 'high' })).toBe(rows[0]!.alerts);
    expect(value('citygraph_pool_maximum', { pool: 'reader' })).toBe(4);
    expect(value('citygraph_pool_connections', { pool: 'logger' })).toBeGreaterThanOrEqual(1);
    expect(value('citygraph_witness_lag_records', { witness: '1' })).toBeGreaterThanOrEqual(0);
    expect(value('citygraph_connections')).toBeGreaterThanOrEqual(1);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(value('nodejs_eventloop_lag_seconds', { quantile: '0.99' })).toBeGreaterThan(0);
  });

  test('show a log that is not sequenced, in records and in seconds', async () => {
    const holder = await demo.owner.connect();
    try {
      await holder.query('begin; lock table citygraph.usage_leaf in access exclusive mode');
      const { value: valueBefore } = await scrape();
      const waiting = valueBefore('citygraph_log_sequencing_lag_records');
      await portrait();
      await until(async () => {
        const { value } = await scrape();
        return (
          value('citygraph_log_sequencing_lag_records') > waiting && value('citygraph_log_sequencing_lag_seconds') > 0.2
        );
      });
    } finally {
      await holder.query('rollback');
      holder.release();
    }
  });

  test('hold no identifier, no name, no token and no word of a caller’s', async () => {
    const { samples, consumers } = demo.credentials;
    await demo.send('portrait-app', JSON.stringify({ query: `query Zhang_${samples.idNumbers[0]} { nothing }` }));
    await demo.ask('portrait-app', '{ persons { nodes { id } } }', {}, { 'x-user': 'Zhang San', 'x-grant': 'NOBODYS' });
    await demo.ask('public', 'query ($v: Int!) { __typename }', { v: samples.idNumbers[1]! });
    const { text } = await scrape();
    const secrets = [
      ...[...samples.idNumbers, ...samples.creditCodes, 'Zhang', 'NOBODYS', 'portrait-app', 'no-grant-app'],
      ...Object.values(consumers).map(({ token: secret }) => secret),
      ...Object.values(consumers).flatMap(({ grants }) => grants),
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test('are for this machine alone, and not for what a proxy on it has passed on', async () => {
    for (const name of ['x-forwarded-for', 'forwarded', 'via']) {
      const response = await fetch(`${demo.address}/metrics`, { headers: { [name]: '203.0.113.7' } });
      expect([name, response.status]).toEqual([name, 403]);
      expect(await response.text()).not.toContain('citygraph_');
    }
    const from = (remoteAddress: string | undefined, headers: object = {}) =>
      ({ headers, socket: { remoteAddress } }) as never;
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((address) => mayRead(from(address), null))).toEqual(
      Array(3).fill(true),
    );
    expect(['10.0.0.1', '::ffff:10.0.0.1', '128.0.0.1', '', undefined].map((it) => mayRead(from(it), null))).toEqual(
      Array(5).fill(false),
    );
  });

  test('are for who has the token, where there is one, from wherever; this machine needs it too', () => {
    const from = (authorization?: string) =>
      ({ headers: { ...(authorization && { authorization }) }, socket: { remoteAddress: '127.0.0.1' } }) as never;
    expect(mayRead(from(`Bearer ${token}`), token)).toBe(true);
    for (const wrong of [undefined, 'Bearer ', `Bearer ${token}x`, `Basic ${token}`, token])
      expect(mayRead(from(wrong), token)).toBe(false);
  });
});

interface Report {
  readonly http: number;
  readonly status: string;
  readonly parts: Readonly<Record<string, unknown>>;
}

async function ready(headers: Record<string, string> = {}, address = demo.address): Promise<Report> {
  const response = await fetch(`${address}/readyz`, { headers });
  return { http: response.status, ...((await response.json()) as Omit<Report, 'http'>) };
}
const stranger = { 'x-forwarded-for': '203.0.113.7' };

describe('readiness', () => {
  test('is said part by part; of why, strangers hear nothing', async () => {
    await until(async () => (await ready()).http === 200);
    const ok = { migrations: 'ok', pool: 'ok', log: 'ok', sequencer: 'ok', disk: 'ok' };
    expect(await ready(stranger)).toEqual({ http: 200, status: 'ready', parts: ok });
  });

  test('ends while no record can be written, and comes back', async () => {
    const holder = await demo.owner.connect();
    try {
      await holder.query('begin; lock table citygraph.usage_record in access exclusive mode');
      await until(async () => (await ready()).http === 503);
      const report = await ready(stranger);
      expect([report.status, report.parts['log'], report.parts['pool']]).toEqual(['not ready', 'failed', 'ok']);
      expect((await ready()).parts['log']).toMatchObject({ ok: false, why: expect.any(String) });
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    await until(async () => (await ready()).http === 200);
  });

  test('is found out without leaving anything in the log', async () => {
    const count = async (): Promise<unknown> =>
      (
        await demo.owner.query(
          `select count(*) from citygraph.usage_record where kind = 'failure' and response_bytes = 0`,
        )
      ).rows[0];
    const before = await count();
    await new Promise((resolve) => setTimeout(resolve, 2_600));
    expect((await ready()).http).toBe(200);
    expect(await count()).toEqual(before);
  });

  test('ends while the database is of another version than this service', async () => {
    const moved = `update citygraph.migrations set name = $2 where name = $1`;
    await demo.owner.query(moved, ['0012-audit', '0012-set-aside']);
    try {
      await until(async () => (await ready()).http === 503);
      expect((await ready(stranger)).parts['migrations']).toBe('failed');
      expect((await ready()).parts['migrations']).toMatchObject({ why: expect.stringContaining('0012-audit') });
    } finally {
      await demo.owner.query(moved, ['0012-set-aside', '0012-audit']);
    }
    await until(async () => (await ready()).http === 200);
  });

  test('ends while what is written does not get into the tree', async () => {
    const holder = await demo.owner.connect();
    try {
      await holder.query('begin; lock table citygraph.usage_leaf in access exclusive mode');
      await portrait();
      await until(async () => (await ready()).http === 503);
      expect((await ready(stranger)).parts['sequencer']).toBe('failed');
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    await until(async () => (await ready()).http === 200);
  });

  test('of a service that ends is over, while requests under way are finished', async () => {
    const config = readConfig(
      {
        ...{ PORT: '0', LOG_LEVEL: 'silent', LOG_WITNESSES: 'none', SHUTDOWN_NOTICE_SECONDS: '1' },
        ...{ KEYRING_FILE: demo.keyringFile, DATA_DIR: demo.keyringFile.replace(/keyring$/, '') },
      },
      'ending-node',
    );
    const ending = await createService(config, demo.url, createServiceLog('silent', 'ending-node'));
    const { address } = await ending.listen();
    await until(async () => (await ready({}, address)).http === 200);
    // GraphiQL is there where it is asked for alone.
    expect((await fetch(`${address}/graphiql`)).status).toBe(404);
    const holder = await demo.owner.connect();
    await holder.query('begin; lock table legal_person.enterprise in access exclusive mode');
    const body = JSON.stringify({ query: '{ enterpriseRegistrations(first: 1) { nodes { name } } }' });
    const headers = { 'content-type': 'application/json' };
    const asked = fetch(`${address}/graphql`, { method: 'POST', headers, body });
    await until(async () => {
      const { rowCount } = await demo.owner.query(
        `select from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'citygraph reader%'`,
      );
      return rowCount === 1;
    });
    const stopped = ending.stop();
    const report = await ready({}, address);
    expect([report.http, report.parts]).toMatchObject([503, { shutdown: { ok: false } }]);
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: 'ok' });
    await holder.query('rollback');
    holder.release();
    const answer = (await (await asked).json()) as { data: unknown; extensions: { usage: { recordId: string } } };
    expect(answer.data).toMatchObject({ enterpriseRegistrations: { nodes: [{ name: expect.any(String) }] } });
    await stopped;
    expect(await demo.recordOf(answer.extensions.usage.recordId)).toMatchObject({ outcome: 'answered' });
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  });
});

describe('GraphiQL', () => {
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${demo.address}${path}`, { headers });

  test('is a page whose scripts come from here alone, and that holds no token', async () => {
    const response = await get('/graphiql');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain(`default-src 'none'; script-src 'self'; worker-src 'self'`);
    expect(policy).toContain(`connect-src 'self'`);
    const html = await response.text();
    expect(html).not.toMatch(/https?:|<script(?! src="\/graphiql\/)/);
    for (const { token: secret } of Object.values(demo.credentials.consumers)) expect(html).not.toContain(secret);
    const assets = [...html.matchAll(/(?:src|href)="(\/graphiql\/[^"]+)"/g)].map(([, path]) => path!);
    expect(assets).toHaveLength(4);
    for (const path of assets) {
      const asset = await get(path);
      expect([path, asset.status, asset.headers.get('cache-control')]).toEqual([
        path,
        200,
        'public, max-age=31536000, immutable',
      ]);
      expect(asset.headers.get('content-encoding')).toBe('gzip');
      expect((await asset.text()).length).toBeGreaterThan(100);
    }
  });

  test('keeps nothing in the browser: its storage is memory', async () => {
    const html = await (await get('/graphiql')).text();
    const setUp = await (await get(/src="([^"]*set-up[^"]*)"/.exec(html)![1]!)).text();
    const window: Record<string, { setItem(name: string, value: string): void; getItem(name: string): unknown }> = {};
    const self: { MonacoEnvironment?: { getWorkerUrl(module: string, label: string): string } } = {};
    runInNewContext(setUp, { window, self });
    window['localStorage']!.setItem('a', 'b');
    expect(window['localStorage']!.getItem('a')).toBe('b');
    expect(() => Object.defineProperty(window, 'localStorage', { value: null })).toThrow('Cannot redefine');
    for (const label of ['editorWorkerService', 'graphql', 'json'])
      expect((await get(self.MonacoEnvironment!.getWorkerUrl('', label))).status).toBe(200);
  });

  test('has no other files', async () => {
    for (const path of ['/graphiql/x.js', '/graphiql/..%2f..%2fpackage.json', '/graphiql/'])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  test('asks for the schema of who asks, by its own query', async () => {
    const { getIntrospectionQuery } = await import('graphql');
    const names = async (who: string): Promise<string[]> => {
      const { data, codes } = await demo.ask(who, getIntrospectionQuery({ descriptions: true }));
      expect(codes).toEqual([]);
      return (data.__schema.types as { name: string }[]).map(({ name }) => name);
    };
    const [publics, consumers] = [await names('public'), await names('portrait-app')];
    expect(consumers.length).toBeGreaterThan(publics.length);
    expect(publics).not.toContain('Resident');
    expect(consumers).toContain('Resident');
  });
});

test('a page is answered to a request that has a body, too', async () => {
  const status = await new Promise((resolve, reject) => {
    const request = httpRequest(`${demo.address}/healthz`, { headers: { 'content-length': '2' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.end('{}');
  });
  expect(status).toBe(200);
});
