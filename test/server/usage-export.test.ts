/** `POST /audit/export` over HTTP: who may have it, what goes out, and that its beginning and its end are on record whatever happens. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type DemoService, type Json, startDemoService, type StoredRecord } from '../support/demo-service.js';

let demo: DemoService;
let person: string;
/** Enough that neither side's buffers hold it. */
const many = 6_000;

beforeAll(async () => {
  demo = await startDemoService({
    environment: { LIMIT_EXPORT_STALL_SECONDS: '1', RATE_OFFICIAL: '1000000', BURST_OFFICIAL: '1000000' },
  });
  person = demo.credentials.samples.idNumbers[0]!;
  for (const operation of ['First', 'Second', 'Third'])
    await demo.ask(
      'portrait-app',
      `query ${operation} ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name } } }`,
      { id: person },
    );
  await demo.owner.query(
    `insert into citygraph.usage_record
     select made.* from citygraph.usage_record r, generate_series(1, ${many}) as n,
            lateral jsonb_populate_record(null::citygraph.usage_record,
              to_jsonb(r) || jsonb_build_object('id', md5(n::text)::uuid, 'principal', 'bulk', 'purpose', repeat('x', 5000))) as made
      where r.operation_name = 'First'`,
  );
});
afterAll(() => demo.stop());

interface Export {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly errors: readonly { readonly message: string; readonly extensions: Json }[];
  /** Of its beginning, or of its refusal. */
  readonly recordId: string;
}

async function send(principal: string, body: unknown, headers: Record<string, string> = {}): Promise<Export> {
  const token = demo.tokenOf(principal);
  const response = await fetch(`${demo.address}/audit/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')!.startsWith('application/json');
  const parsed = isJson ? JSON.parse(text) : {};
  return {
    status: response.status,
    headers: response.headers,
    text,
    errors: parsed.errors ?? [],
    recordId: response.headers.get('x-usage-record') ?? parsed.extensions?.usage.recordId,
  };
}

async function endOf(begun: string): Promise<StoredRecord> {
  for (let n = 0; n < 200; n += 1) {
    const { rows } = await demo.owner.query<StoredRecord>(
      `select * from citygraph.usage_record where arguments ->> 'export(begun:)' = $1`,
      [begun],
    );
    if (rows.length > 0) {
      expect(rows).toHaveLength(1);
      return rows[0]!;
    }
    await delay(25);
  }
  throw new Error('expected a record of the end of the export, got none');
}

const lines = (text: string): Json[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

describe('an auditor', () => {
  test('is given what usageRecords finds, as CSV, with its beginning and its end on record', async () => {
    const { data } = await demo.ask(
      'auditor',
      '{ usageRecords(consumer: "portrait-app", first: 100) { nodes { id principal } } }',
    );
    const { status, headers, text, recordId } = await send('auditor', { format: 'csv', consumer: 'portrait-app' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="usage-${recordId}.csv"`);
    expect(headers.get('cache-control')).toBe('no-store');
    const rows = parse<Record<string, string>>(text, { columns: true });
    expect(rows.map(({ id }) => id)).toEqual(data.usageRecords.nodes.map(({ id }: Json): string => id));
    expect(rows).toHaveLength(3);
    const asked = { 'export(format:)': 'csv', 'export(consumer:)': 'portrait-app' };
    expect(await demo.recordOf(recordId)).toMatchObject({
      ...{ kind: 'query', principal_kind: 'official', outcome: 'begun', operation_name: 'POST /audit/export' },
      arguments: asked,
    });
    const end = await endOf(recordId);
    expect(end).toMatchObject({
      ...{ outcome: 'answered', error_codes: [], row_counts: [3], response_bytes: Buffer.byteLength(text) },
      arguments: { ...asked, 'export(begun:)': recordId, 'export(ended:)': 'complete' },
    });
  });

  test('is given JSON lines by an identifier, which is on record as a digest and leaves with nothing', async () => {
    const { status, headers, text, recordId } = await send('auditor', { format: 'jsonl', idNumber: person });
    expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
    expect(new Set(lines(text).map(({ operationName }) => operationName as string))).toEqual(
      new Set(['First', 'Second', 'Third']),
    );
    // How many subjects, not who they are.
    expect(lines(text)[0].subjects).toBe(1);
    const [begun, end] = [await demo.recordOf(recordId), await endOf(recordId)];
    expect(begun!.arguments['export(idNumber:)']).toMatch(/^digest:/);
    for (const said of [text, JSON.stringify(begun), JSON.stringify(end)]) expect(said).not.toContain(person);
  });

  test('is given nothing where nothing is found, and that is complete', async () => {
    const { status, text, recordId } = await send('auditor', { format: 'jsonl', purpose: 'of nobody' });
    expect([status, text]).toEqual([200, '']);
    expect(await endOf(recordId)).toMatchObject({ outcome: 'answered', row_counts: [0] });
  });

  test.each<[string, unknown, string]>([
    ['no JSON', 'format=csv', 'BAD_USER_INPUT'],
    ['no format', { consumer: 'x' }, 'BAD_USER_INPUT'],
    ['another format', { format: 'xlsx' }, 'BAD_USER_INPUT'],
    ['a member that there is not', { format: 'csv', '11010519491231002X': 'x' }, 'BAD_USER_INPUT'],
    ['a number', { format: 'csv', consumer: 7 }, 'BAD_USER_INPUT'],
    ['a bad time', { format: 'csv', from: '11010519491231002X' }, 'BAD_USER_INPUT'],
    ['a bad identifier', { format: 'csv', idNumber: '110105194912310021' }, 'INVALID_IDENTIFIER'],
    ['two subjects', { format: 'csv', idNumber: '11010519491231002X', subject: 'x' }, 'BAD_USER_INPUT'],
  ])('who sends %s is refused, on record, without the words', async (_what, body, code) => {
    const { status, text, errors, recordId } = await send('auditor', body);
    expect([status, errors.map(({ extensions }) => extensions.code)]).toEqual([400, [code]]);
    const record = await demo.recordOf(recordId);
    expect(record).toMatchObject({ outcome: 'refused', error_codes: [code], operation_name: 'POST /audit/export' });
    for (const said of [text, JSON.stringify(record)]) expect(said).not.toMatch(/1101051949/);
  });
});

describe('nobody else', () => {
  test.each(['security-officer', 'operator', 'steward', 'supervisor', 'portrait-app', 'public'])(
    '%s: it is refused, on record',
    async (who) => {
      const { status, errors, recordId } = await send(who, { format: 'csv', idNumber: person });
      expect([status, errors[0]!.extensions.code]).toEqual([403, 'FORBIDDEN']);
      const record = await demo.recordOf(recordId);
      expect(record).toMatchObject({ outcome: 'refused', error_codes: ['FORBIDDEN'] });
      expect(JSON.stringify(record)).not.toContain(person);
    },
  );

  test('a bad token is turned away, and counted', async () => {
    const { status, errors, recordId } = await send('token:nobody', { format: 'csv' });
    expect([status, errors[0]!.extensions.code, recordId]).toEqual([401, 'UNAUTHENTICATED', undefined]);
  });

  test('and it is asked for by POST alone', async () => {
    const response = await fetch(`${demo.address}/audit/export?format=csv`, {
      headers: { authorization: `Bearer ${demo.tokenOf('auditor')}` },
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

/** An export that is not read on after its first piece. */
async function begin(): Promise<{ response: IncomingMessage; recordId: string; broken: Promise<boolean> }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = httpRequest(`${demo.address}/audit/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.tokenOf('auditor')}` },
    });
    sent.once('response', resolve).once('error', reject);
    sent.end(JSON.stringify({ format: 'jsonl' }));
  });
  expect(response.statusCode).toBe(200);
  response.pause();
  const broken = new Promise<boolean>((resolve) => {
    response.once('end', () => resolve(false));
    response.once('error', () => resolve(true));
  });
  return { response, recordId: response.headers['x-usage-record'] as string, broken };
}

async function expectCutShort(recordId: string, ended: string, code: string): Promise<void> {
  const end = await endOf(recordId);
  expect(end).toMatchObject({
    ...{ outcome: 'failed', error_codes: [code] },
    arguments: { 'export(ended:)': ended },
  });
  expect(end.row_counts[0]).toBeGreaterThan(0);
  expect(end.row_counts[0]).toBeLessThan(many);
}

describe('a long export', () => {
  /** How many read for an export; once its end is on record, its own is given back within moments. */
  const connections = async (): Promise<number> => {
    const { rows } = await demo.owner.query(
      `select from pg_stat_activity
       where datname = current_database() and application_name = 'citygraph auditor' and state like 'idle in transaction%'`,
    );
    return rows.length;
  };
  const expectNoneHeld = async (): Promise<void> => {
    const until = Date.now() + 5_000;
    while ((await connections()) > 0 && Date.now() < until) await delay(50);
    expect(await connections()).toBe(0);
  };

  test('is streamed at the pace of who reads it, and whole', async () => {
    const { response, recordId } = await begin();
    let bytes = 0;
    let records = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) records += 1;
    }
    expect(records).toBeGreaterThan(many);
    expect(await endOf(recordId)).toMatchObject({
      ...{ outcome: 'answered', row_counts: [records], response_bytes: bytes },
      arguments: { 'export(ended:)': 'complete' },
    });
  });

  test('from which the client goes away has ended short, and holds no connection', async () => {
    const { response, recordId } = await begin();
    expect(await connections()).toBe(1);
    response.destroy();
    await expectCutShort(recordId, 'aborted', 'INTERRUPTED');
    await expectNoneHeld();
  });

  test('that the client leaves unread is cut off', async () => {
    const { response, recordId, broken } = await begin();
    await expectCutShort(recordId, 'aborted', 'INTERRUPTED');
    response.resume();
    expect(await broken).toBe(true);
    await expectNoneHeld();
  });

  test('ends when its reader may no longer have it', async () => {
    const { response, recordId, broken } = await begin();
    const { principal } = (await demo.recordOf(recordId))!;
    await demo.policy.suspendOfficial(principal, 'for the test');
    await demo.service.policy.refresh();
    response.resume();
    expect(await broken).toBe(true);
    await demo.policy.resumeOfficial(principal, 'for the test');
    await demo.service.policy.refresh();
    const end = await endOf(recordId);
    expect([end.outcome, end.arguments['export(ended:)']]).toEqual(['failed', 'failed']);
    expect(end.row_counts[0]).toBeLessThan(many);
  });

  test('goes on when the policy has changed and lets it', async () => {
    const { response, recordId, broken } = await begin();
    await demo.policy.registerConsumer({
      ...{ name: 'another-app', department: '150600-health', description: 'for the test', clearance: 'L1' },
    });
    await demo.service.policy.refresh();
    response.resume();
    expect(await broken).toBe(false);
    expect(await endOf(recordId)).toMatchObject({ outcome: 'answered' });
  });

  test('is one of two at once: a third is refused until one has ended', async () => {
    const held = [await begin(), await begin()];
    const third = await send('auditor', { format: 'csv', purpose: 'of nobody' });
    expect(third.status).toBe(429);
    expect(third.headers.get('retry-after')).toBe('10');
    expect(third.errors[0]!.extensions).toMatchObject({ code: 'RATE_LIMITED', limit: 'exports', maximum: 2, came: 3 });
    expect(await demo.recordOf(third.recordId)).toMatchObject({ outcome: 'refused', error_codes: ['RATE_LIMITED'] });
    for (const { response, recordId } of held) {
      response.destroy();
      await endOf(recordId);
    }
    expect((await send('auditor', { format: 'csv', purpose: 'of nobody' })).status).toBe(200);
  });

  test('gives nothing while the log can’t be written, and is not whole where its end can’t be', async () => {
    const held = await begin();
    await demo.owner.query('alter function citygraph.usage_append rename to usage_append_gone');
    try {
      const { status, errors, text } = await send('auditor', { format: 'csv' });
      expect([status, errors[0]!.extensions.code]).toEqual([503, 'LOG_UNAVAILABLE']);
      expect(text).not.toContain('portrait-app');
      held.response.resume();
      expect(await held.broken).toBe(true);
    } finally {
      await demo.owner.query('alter function citygraph.usage_append_gone rename to usage_append');
    }
    const { rows } = await demo.owner.query(
      `select from citygraph.usage_record where arguments ->> 'export(begun:)' = $1`,
      [held.recordId],
    );
    expect(rows).toEqual([]);
    expect((await demo.recordOf(held.recordId))!.outcome).toBe('begun');
  });

  test('is broken off when the service stops, and that is on record', async () => {
    const { response, recordId, broken } = await begin();
    // Read, but so slowly that it would not come to its end by itself.
    const reading = setInterval(() => void response.read(16_384), 100);
    await demo.stopService();
    clearInterval(reading);
    response.resume();
    expect(await broken).toBe(true);
    await expectCutShort(recordId, 'aborted', 'INTERRUPTED');
  });
});
