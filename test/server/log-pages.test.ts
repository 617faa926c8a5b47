/** Pages of the usage log's tree over HTTP: what is read of them counts as the public's, and no flood of readers becomes one of the database. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let serial = 0;

beforeAll(async () => {
  demo = await startDemoService({
    environment: {
      LIMIT_IN_FLIGHT: '2',
      TRUSTED_PROXIES: '127.0.0.1/32',
      ...{ RATE_PUBLIC: '1', BURST_PUBLIC: '55', RATE_OFFICIAL: '1000000', BURST_OFFICIAL: '1000000' },
    },
  });
  await demo.ask('auditor', '{ usageRecords { hasNextPage } }');
  while (
    Number((await demo.owner.query('select coalesce(max(size), 0) as n from citygraph.usage_checkpoint')).rows[0].n) ===
    0
  )
    await delay(20);
});
afterAll(() => demo.stop());

const page = (path: string, address: string): Promise<Response> =>
  fetch(`${demo.address}/log/${path}`, { headers: { 'x-forwarded-for': address } });

test.each(['checkpoint', 'keys', 'tile/0/000.p/1', 'tile/entries/000.p/1', 'tile/9/000'])(
  '%s is read as often as the allowance of the public has units for, and then with a code and a time to come again',
  async (path) => {
    const address = `192.0.2.${(serial += 1)}`;
    for (let n = 0; n < 5; n += 1) {
      const response = await page(path, address);
      expect(response.status).toBe(path.includes('9') ? 404 : 200);
      await response.arrayBuffer();
    }
    const refused = await page(path, address);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(((await refused.json()) as { errors: { extensions: object }[] }).errors[0]!.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      limit: 'rate',
    });
    // Another address has its own.
    expect((await page('keys', `${address}0`)).status).toBe(200);
  },
);

test('what is asked for by GraphQL and what is read here come out of one allowance', async () => {
  const address = '198.51.100.7';
  const begun = performance.now();
  for (let n = 0; n < 5; n += 1) await (await page('keys', address)).arrayBuffer();
  const asked = (): Promise<{ status: number }> =>
    demo.ask('public', '{ __typename }', {}, { 'x-forwarded-for': address });
  let answered = 0;
  while ((await asked()).status === 200) answered += 1;
  // 55 units at once, and one more each second: five pages have taken 50 of them.
  expect(answered).toBeGreaterThanOrEqual(5);
  expect(answered).toBeLessThanOrEqual(5 + Math.ceil((performance.now() - begun) / 1000));
});

test('a node that has too much under way sheds them, and takes them again', async () => {
  await demo.owner.query(
    `insert into citygraph.usage_record
     select made.* from (select * from citygraph.usage_record limit 1) as r, generate_series(1, 6000) as n,
            lateral jsonb_populate_record(null::citygraph.usage_record,
              to_jsonb(r) || jsonb_build_object('id', md5(n::text)::uuid, 'purpose', repeat('x', 5000))) as made`,
  );
  const held = await Promise.all([1, 2].map(() => hold()));
  const shed = await page('checkpoint', '203.0.113.1');
  expect([shed.status, shed.headers.get('retry-after')]).toEqual([503, '1']);
  expect(((await shed.json()) as { errors: { extensions: object }[] }).errors[0]!.extensions).toMatchObject({
    code: 'OVERLOADED',
    limit: 'inFlight',
  });
  for (const response of held) response.destroy();
  let status = 503;
  for (let n = 0; n < 100 && status === 503; n += 1) {
    await delay(20);
    ({ status } = await page('checkpoint', '203.0.113.2'));
  }
  expect(status).toBe(200);
  // One after another: each gives its place back.
  for (let n = 0; n < 4; n += 1) expect((await page('checkpoint', '203.0.113.3')).status).toBe(200);
});

/** A request that stays under way: an export that is not read on. */
function hold(): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${demo.address}/audit/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.tokenOf('auditor')}` },
    });
    sent.once('response', (response) => resolve(response.pause())).once('error', reject);
    sent.end(JSON.stringify({ format: 'jsonl' }));
  });
}
