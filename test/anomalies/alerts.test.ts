/**
 * Alerts at the edge: a canary's release alarms within seconds, other systems are told with a signature, the security officer acts with a
 * reason, and the month's report says it all. Everything else in this file is refused to everybody else.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { runCommandLine } from '../../src/command-line/command-line.js';
import { officialRoles } from '../../src/policy/access.js';
import { type Answer, type DemoService, type Json, startDemoService } from '../support/demo-service.js';
import { waitUntil } from '../usage-log/tree/log-under-test.js';

interface Told {
  readonly signature: string;
  readonly body: string;
}

let demo: DemoService;
let idNumber: string;
let creditCode: string;
let hook: Server;
const told: Told[] = [];
/** How many of the next deliveries the other side fails. */
let failures = 0;
const secret = 'a secret of thirty-two characters';

beforeAll(async () => {
  hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.writeHead(failures > 0 ? 503 : 204).end();
      if (failures > 0) failures -= 1;
      else told.push({ signature: String(request.headers['citygraph-signature']), body });
    });
  });
  hook.listen(0, '127.0.0.1');
  await once(hook, 'listening');
  demo = await startDemoService({
    scale: { persons: 240, legalPersons: 40 },
    environment: {
      ANOMALY_INTERVAL_MS: '200',
      ANOMALY_RULES_SECONDS: '0',
      ALERT_WEBHOOK_URLS: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/alerts`,
      ALERT_WEBHOOK_SECRET: secret,
      ALERT_WEBHOOK_RETRY_MS: '50',
    },
  });
  idNumber = demo.credentials.samples.idNumbers[0]!;
  creditCode = demo.credentials.samples.creditCodes[0]!;
});
afterAll(async () => {
  await demo.stop();
  hook.close();
});

const officer = (mutation: string, variables: object = {}): Promise<Answer> =>
  demo.ask('security-officer', mutation, variables);
async function done(mutation: string, variables: object = {}): Promise<Json> {
  const answer = await officer(mutation, variables);
  expect(answer.errors).toEqual([]);
  return answer.data;
}

const fields = 'id detector severity status principal grant evidence records actions { action actor reason }';
async function alertsOf(filter: string): Promise<Json[]> {
  const answer = await demo.ask('auditor', `{ alerts(${filter}) { nodes { ${fields} } } }`);
  expect(answer.errors).toEqual([]);
  return answer.data.alerts.nodes as Json[];
}
const lookUp = (who = 'portrait-app', id = idNumber): Promise<Answer> =>
  demo.ask(who, 'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name } } }', { id });

describe('a canary', () => {
  test('alarms within seconds of its release, with the record, and is told to other systems, signed, without personal data', async () => {
    const declared = await done(
      'mutation ($id: ResidentIdNumber!) { declareCanary(idNumber: $id, label: "decoy 1", reason: "an exercise") { id change } }',
      { id: idNumber },
    );
    failures = 2;
    const release = await lookUp();
    expect(release.codes).toEqual([]);
    await waitUntil(async () => (await alertsOf('detector: "canary"')).length > 0, 5_000);
    const [alert] = await alertsOf('detector: "canary", consumer: "portrait-app", status: "open"');
    expect(alert).toMatchObject({
      ...{ severity: 'critical', principal: 'portrait-app', records: [release.recordId] },
      actions: [{ action: 'raised', actor: 'citygraph', reason: null }],
    });
    expect(JSON.parse(alert.evidence as string)).toEqual({ value: 1, canaries: [declared.declareCanary.id] });

    await waitUntil(() => told.some(({ body }) => body.includes('"canary"')));
    const { signature, body } = told.find((it) => it.body.includes('"canary"'))!;
    const [, sentAt, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature)!;
    expect(mac).toBe(createHmac('sha256', secret).update(`${sentAt}.${body}`).digest('hex'));
    const { rows } = await demo.owner.query<{ id: string }>('select id::text from citygraph.subject');
    const message = JSON.parse(body) as Record<string, unknown>;
    expect(Object.keys(message)).toEqual([
      ...['format', 'id', 'event', 'at', 'alert', 'detector', 'severity', 'principalKind', 'consumer', 'grant'],
      ...['windowStart', 'windowEnd'],
    ]);
    expect(message).toMatchObject({
      format: 'citygraph-alert/v1',
      event: 'raised',
      alert: alert.id,
      consumer: 'portrait-app',
    });
    for (const value of [idNumber, release.recordId!, release.data.personPortrait.registration.name as string])
      expect(body).not.toContain(value);
    expect(rows.length).toBeGreaterThan(100);
    // It is put down a moment after it has arrived.
    await waitUntil(async () => {
      const { rows: deliveries } = await demo.owner.query<{ attempts: number }>(
        'select attempts from citygraph.alert_delivery where action_id = $1 and delivered_at is not null',
        [message['id']],
      );
      return deliveries[0]?.attempts === 3;
    });
  });

  test('is nowhere in plain: not in its table, the log, the history or an answer', async () => {
    const { rows } = await demo.owner.query<{ text: string }>(
      `select coalesce(string_agg(t::text, ' '), '') as text from (
         select row_to_json(c)::text as t from citygraph.canary c
         union all select row_to_json(p)::text from citygraph.policy_change p
         union all select row_to_json(r)::text from citygraph.usage_record r
         union all select row_to_json(a)::text from citygraph.alert a) as all_of_it`,
    );
    expect(rows[0]!.text).toContain('canary.declared');
    expect(rows[0]!.text).not.toContain(idNumber);
    const answer = await officer('{ canaries { id label declaredBy declaredAt withdrawnAt } }');
    expect(answer.data.canaries).toMatchObject([
      { label: 'decoy 1', declaredBy: 'security-officer', withdrawnAt: null },
    ]);
    expect(answer.text).not.toContain(idNumber);
    const { rows: subject } = await demo.owner.query<{ id: string }>(
      `select subject_id::text as id from citygraph.subject_identifier i join citygraph.canary c using (kind, digest)`,
    );
    const evidence = await alertsOf('detector: "canary"');
    expect(JSON.stringify(evidence.map((it: Json) => it.evidence as string))).not.toContain(`"${subject[0]!.id}"`);
  });

  test('may be of an identifier that the pool does not know, and the answer is the same', async () => {
    const unknown = await officer(
      'mutation { declareCanary(idNumber: "11010519491231002X", label: "decoy 2", reason: "an exercise") { change } }',
    );
    expect([unknown.codes, unknown.data]).toEqual([[], { declareCanary: { change: 'declared' } }]);
  });

  test('that was withdrawn alarms no more; one of an enterprise does', async () => {
    const { canaries } = (await officer('{ canaries { id } }')).data as { canaries: { id: string }[] };
    for (const { id } of canaries) await done(`mutation { withdrawCanary(id: "${id}", reason: "over") { change } }`);
    await done(
      `mutation { declareCanary(creditCode: "${creditCode}", label: "decoy 3", reason: "an exercise") { id } }`,
    );
    const before = (await alertsOf('detector: "canary"')).length;
    await lookUp();
    await demo.ask('dashboard', `{ enterprisePortrait(creditCode: "${creditCode}") { registration { name } } }`);
    await waitUntil(async () => (await alertsOf('detector: "canary", consumer: "dashboard"')).length > 0, 5_000);
    expect(await alertsOf('detector: "canary"')).toHaveLength(before + 1);
  });

  test('alarms anew when the alert was closed before a further release', async () => {
    const [alert] = await alertsOf('detector: "canary", consumer: "dashboard"');
    await done(`mutation { closeAlert(id: "${alert.id}", reason: "our own test") { change } }`);
    await demo.ask('dashboard', `{ enterprisePortrait(creditCode: "${creditCode}") { registration { name } } }`);
    // The same alert where the minute is the same, and else another.
    await waitUntil(
      async () => (await alertsOf('detector: "canary", consumer: "dashboard", status: "open"')).length > 0,
      5_000,
    );
  });
});

describe('about an alert', () => {
  test('the security officer acknowledges it and closes it, with reasons on record', async () => {
    const [alert] = await alertsOf('detector: "canary", consumer: "portrait-app"');
    await done(`mutation { acknowledgeAlert(id: "${alert.id}", reason: "being looked at") { change } }`);
    await done(`mutation { closeAlert(id: "${alert.id}", reason: "an exercise") { change } }`);
    const [after] = await alertsOf('status: "closed", consumer: "portrait-app"');
    expect(after).toMatchObject({
      status: 'closed',
      actions: [
        { action: 'raised' },
        { action: 'acknowledged', actor: 'security-officer', reason: 'being looked at' },
        { action: 'closed', actor: 'security-officer', reason: 'an exercise' },
      ],
    });
    for (const wrong of [
      `acknowledgeAlert(id: "${alert.id}", reason: "again")`,
      `closeAlert(id: "${alert.id}", reason: "again")`,
      'closeAlert(id: "999999", reason: "why")',
      'closeAlert(id: "1; drop", reason: "why")',
      `closeAlert(id: "${alert.id}", reason: "of ${creditCode}")`,
      `closeAlert(id: "${alert.id}", reason: " ")`,
    ])
      expect([wrong, (await officer(`mutation { ${wrong} { change } }`)).codes]).toEqual([wrong, ['BAD_USER_INPUT']]);
  });

  test('whom it is about is suspended by one mutation, from its commit on', async () => {
    const [alert] = await alertsOf('detector: "canary", consumer: "dashboard"');
    const { suspendFromAlert } = await done(
      `mutation { suspendFromAlert(id: "${alert.id}", reason: "it went for a decoy") { id change suspended } }`,
    );
    expect(suspendFromAlert).toEqual({ id: alert.id, change: 'suspended', suspended: 'dashboard' });
    const refused = await demo.ask('dashboard', '{ enterprises(first: 1) { nodes { registration { name } } } }');
    expect([refused.status, refused.codes]).toEqual([401, ['UNAUTHENTICATED']]);
    const { data } = await demo.ask(
      'auditor',
      '{ policyChanges(target: "dashboard", first: 1) { nodes { action reason details } } }',
    );
    expect(data.policyChanges.nodes[0]).toEqual({
      ...{ action: 'consumer.suspended', reason: 'it went for a decoy' },
      details: JSON.stringify({ alert: alert.id }),
    });
    const [after] = await alertsOf('detector: "canary", consumer: "dashboard"');
    expect(after.actions.at(-1)).toEqual({
      action: 'suspended',
      actor: 'security-officer',
      reason: 'it went for a decoy',
    });
    await waitUntil(() => told.some(({ body }) => body.includes('"event":"suspended"')));
  });

  test.each([
    ['alerts { hasNextPage }', false, ['auditor', 'security-officer']],
    ['riskReport(month: "2026-10") { month }', false, ['auditor', 'security-officer']],
    ['canaries { id }', false, ['security-officer']],
    ['acknowledgeAlert(id: "999999", reason: "why") { change }', true, ['security-officer']],
    ['closeAlert(id: "999999", reason: "why") { change }', true, ['security-officer']],
    ['suspendFromAlert(id: "999999", reason: "why") { change }', true, ['security-officer']],
    ['declareCanary(label: "x", reason: "why") { id }', true, ['security-officer']],
    ['withdrawCanary(id: "999999", reason: "why") { id }', true, ['security-officer']],
  ])('%s is closed to all others', async (field, mutation, may) => {
    const allowed: string[] = [];
    for (const who of ['public', 'no-grant-app', ...officialRoles])
      if (!(await demo.ask(who, `${mutation ? 'mutation ' : ''}{ ${field} }`)).codes.includes('FORBIDDEN'))
        allowed.push(who);
    expect(allowed.sort()).toEqual(may);
  });
});

test('alerts are walked page by page, and found by detector, severity and time', async () => {
  const page = async (after?: string): Promise<Json> =>
    (
      await demo.ask(
        'security-officer',
        'query ($after: ID) { alerts(first: 1, after: $after) { nodes { id raisedAt } hasNextPage } }',
        {
          after,
        },
      )
    ).data.alerts;
  const first = await page();
  const next = await page(first.nodes[0].id as string);
  expect(first.hasNextPage).toBe(true);
  expect(Number(next.nodes[0].id)).toBeLessThan(Number(first.nodes[0].id));
  expect(await alertsOf('severity: "critical", from: "2020-01-01T00:00:00Z"')).not.toEqual([]);
  expect(await alertsOf('until: "2020-01-01T00:00:00Z"')).toEqual([]);
  for (const wrong of ['first: 0', 'first: 101', 'after: "1; drop"'])
    expect((await demo.ask('auditor', `{ alerts(${wrong}) { hasNextPage } }`)).codes).toHaveLength(1);
});

describe('the report of a month', () => {
  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
  const read = async (): Promise<Json> =>
    (await demo.ask('auditor', `{ riskReport(month: "${month}") { markdown json } }`)).data.riskReport;

  test('has use, alerts with their state, measures, grants and the tree', async () => {
    await demo.ask(
      'security-officer',
      'mutation { switchOff(scope: "library", target: "ecology", reason: "an exercise") { change } }',
    );
    const { markdown, json } = (await read()) as { markdown: string; json: string };
    const report = JSON.parse(json);
    expect(report).toMatchObject({ format: 'citygraph-risk-report/v1', month });
    expect(report.consumers.map((it: Json) => it.consumer as string)).toEqual([
      'clinic-app',
      'dashboard',
      'no-grant-app',
      'portrait-app',
    ]);
    expect(report.consumers[1]).toMatchObject({ consumer: 'dashboard', status: 'suspended' });
    expect(report.consumers[3].requests).toBeGreaterThan(0);
    expect(report.alerts.map((it: Json) => it.detector as string)).toContain('canary');
    expect(report.measures.map((it: Json) => it.action as string)).toEqual(
      expect.arrayContaining(['consumer.suspended', 'switch.thrown', 'canary.declared']),
    );
    expect(report.switchesInForce).toMatchObject([{ scope: 'library', target: 'ecology' }]);
    expect(report.tree.size).toBeGreaterThan(0);
    for (const part of [
      '# 安全风险月报 Risk report',
      '| dashboard |',
      'canary',
      'consumer.suspended',
      '检查点 Last checkpoint',
    ])
      expect(markdown).toContain(part);
    expect(markdown + json).not.toContain(idNumber);
  });

  test('is the same for the same data, on the command line too, which is on record', async () => {
    await demo.stopService();
    Object.assign(process.env, { DATABASE_URL: demo.url, KEYRING_FILE: demo.keyringFile, LOG_LEVEL: 'silent' });
    const said: string[] = [];
    const spy = jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
    const run = async (...args: string[]): Promise<string> => {
      said.length = 0;
      expect(await runCommandLine(['node', 'citygraph', ...args, '--as', 'zhao'])).toBe(0);
      return said.join('\n');
    };
    try {
      expect(await run('anomalies', 'run')).toMatch(/^\d+ records, \d+ new alerts$/);
      const one = await run('report', 'risk', '--month', month);
      expect(one).toContain('# 安全风险月报');
      expect(await run('report', 'risk', '--month', month)).toBe(one);
      expect(JSON.parse(await run('report', 'risk', '--month', month, '--format', 'json'))).toMatchObject({ month });
      expect(await run('anomalies', 'run')).toBe('0 records, 0 new alerts');
      const id = await run('canary', 'declare', '34052419800101001X', '--label', 'decoy 4', '--reason', 'an exercise');
      expect(id).toMatch(/^\d+$/);
      await run('canary', 'withdraw', id, '--reason', 'over');
    } finally {
      spy.mockRestore();
      for (const name of ['DATABASE_URL', 'KEYRING_FILE', 'LOG_LEVEL']) Reflect.deleteProperty(process.env, name);
    }
    const { rows } = await demo.owner.query<{ operation_name: string; arguments: string }>(
      `select operation_name, arguments::text from citygraph.usage_record where kind = 'command' and principal = 'zhao' and outcome = 'answered' order by id`,
    );
    expect(rows.map((it) => it.operation_name)).toEqual([
      ...['anomalies run', 'report risk', 'report risk', 'report risk', 'anomalies run', 'canary declare'],
      expect.stringMatching(/^canary withdraw \d+$/),
    ]);
    expect(rows.map((it) => it.arguments).join()).not.toContain('34052419800101001X');
  });
});
