/** What a caller shows that it is who it says: tokens that end and overlap, addresses, too many bad ones; and who is behind an application. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createFailureThrottle } from '../../src/server/failure-throttle.js';
import { type Answer, type DemoService, type Json, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let token: string;
let serial = 0;
const consumer = (): string => `holder-${serial}`;

beforeAll(async () => {
  demo = await startDemoService({
    scale: { persons: 240, legalPersons: 40 },
    environment: { TRUSTED_PROXIES: '127.0.0.1/32, 10.9.0.0/16', LIMIT_FAILURES: '5' },
  });
});
afterAll(() => demo.stop());
beforeEach(async () => {
  serial += 1;
  ({ token } = await demo.policy.registerConsumer({
    name: consumer(),
    department: '150600-health',
    description: 'holds tokens',
    clearance: 'L2',
  }));
  await demo.service.policy.refresh();
});

const query = '{ enterprises(first: 1) { nodes { registration { staffCount } } } }';
/** Each test calls from a network of its own, as the proxy on this machine says. */
const from = (address = `203.0.113.${serial}`): Record<string, string> => ({ 'x-forwarded-for': address });
const ask = (held = token, headers = from(), text = query): Promise<Answer> =>
  demo.ask(`token:${held}`, text, undefined, headers);
const isUnknown = ({ status, codes, data }: Answer): void =>
  expect([status, codes, data ?? null]).toEqual([401, ['UNAUTHENTICATED'], null]);

describe('a token', () => {
  test('and the one before it are both good until the overlap ends, by the database’s clock', async () => {
    const { token: next } = await demo.policy.rotateToken(consumer(), { overlap: 2500 });
    await demo.service.policy.refresh();
    const ends = Date.now() + 2500;
    expect((await ask()).codes).toEqual([]);
    expect((await ask(next)).codes).toEqual([]);
    await delay(ends - Date.now() + 50);
    isUnknown(await ask());
    expect((await ask(next)).codes).toEqual([]);
  });

  test('that ends while the clock of the service runs behind is not good for longer', async () => {
    await demo.policy.expireTokenOf('consumer', consumer(), new Date(Date.now() + 400), 'for the test');
    await demo.service.policy.refresh();
    expect((await ask()).codes).toEqual([]);
    await delay(450);
    const clock = setClockBack(600_000);
    try {
      isUnknown(await ask());
    } finally {
      clock.restore();
    }
    const { rows } = await demo.owner.query(
      'select outcome from citygraph.usage_record where principal = $1 order by occurred_at, id',
      [consumer()],
    );
    expect(rows.map(({ outcome }) => outcome as string)).toContain('superseded');
  });

  test('keeps an end that was set for it when it becomes the one before', async () => {
    await demo.policy.expireTokenOf('consumer', consumer(), new Date(Date.now() + 300), 'for the test');
    await demo.policy.rotateToken(consumer(), { overlap: 3_600_000 });
    await demo.service.policy.refresh();
    await delay(350);
    isUnknown(await ask());
  });

  test('is rotated by its holder, who gives itself no more time by it', async () => {
    const ends = new Date(Date.now() + 3_600_000);
    await demo.policy.expireTokenOf('consumer', consumer(), ends, 'for the test');
    await demo.service.policy.refresh();
    const rotated = await ask(
      token,
      from(),
      'mutation { rotateMyToken(expires: "2100-01-01T00:00:00Z") { holder token } }',
    );
    const next = rotated.data.rotateMyToken.token as string;
    isUnknown(await ask());
    expect((await ask(next)).codes).toEqual([]);
    const { rows } = await demo.owner.query('select token_expires_at from citygraph.consumer where name = $1', [
      consumer(),
    ]);
    expect(rows).toEqual([{ token_expires_at: ends }]);
  });

  test('of an official is rotated by that official alone', async () => {
    const { token: held } = await demo.policy.registerOfficial({
      name: `auditor-${serial}`,
      role: 'auditor',
      department: '150600-data',
    });
    await demo.service.policy.refresh();
    const rotated = await ask(held, from(), 'mutation { rotateMyToken(overlapHours: 1) { holder token } }');
    expect(rotated.data.rotateMyToken.holder).toBe(`auditor-${serial}`);
    const records = '{ usageRecords(first: 1) { nodes { id } } }';
    for (const good of [held, rotated.data.rotateMyToken.token as string])
      expect((await ask(good, from(), records)).codes).toEqual([]);
    expect((await demo.ask('public', 'mutation { rotateMyToken { token } }')).codes).toEqual(['FORBIDDEN']);
  });

  test.each([
    ['an overlap without end', 'rotateConsumerToken(name: "dashboard", overlapHours: 721) { token }'],
    ['an overlap before its beginning', 'rotateConsumerToken(name: "dashboard", overlapHours: -1) { token }'],
    ['an end that has been', 'rotateConsumerToken(name: "dashboard", expires: "2020-01-01T00:00:00Z") { token }'],
    ['a holder that is none', 'rotateConsumerToken(name: "nobody") { token }'],
    [
      'addresses that are none',
      'setConsumerAddresses(name: "dashboard", blocks: ["300.1.1.1/8"], reason: "x") { change }',
    ],
    [
      'a prefix that is none',
      'setConsumerAddresses(name: "dashboard", blocks: ["10.0.0.0/33"], reason: "x") { change }',
    ],
    ['no addresses', 'setConsumerAddresses(name: "dashboard", blocks: [], reason: "x") { change }'],
  ])('is not changed for %s', async (_what, mutation) => {
    expect((await demo.ask('operator', `mutation { ${mutation} }`)).codes).toEqual(['BAD_USER_INPUT']);
  });

  test('is nowhere kept but as a hash', async () => {
    const rotated = await demo.ask(
      'operator',
      `mutation { rotateConsumerToken(name: "${consumer()}", overlapHours: 1) { token } }`,
    );
    const next = rotated.data.rotateConsumerToken.token as string;
    const { rows } = await demo.owner.query<{ table: string }>(
      `select table_schema || '.' || table_name as table from information_schema.tables where table_schema = 'citygraph' and table_type = 'BASE TABLE'`,
    );
    for (const { table } of rows) {
      const found = await demo.owner.query(
        `select from ${table} t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0`,
        [token, next],
      );
      expect([table, found.rowCount]).toEqual([table, 0]);
    }
  });
});

describe('the address of a caller', () => {
  const allow = async (...blocks: string[]): Promise<void> => {
    await demo.policy.setAddresses('consumer', consumer(), blocks, 'for the test');
    await demo.service.policy.refresh();
  };

  test('is what trusted proxies say, and stands in the record', async () => {
    const answer = await ask(token, from('198.51.100.7'));
    expect(await demo.recordOf(answer.recordId)).toMatchObject({ client_address: '198.51.100.7' });
    const chained = await ask(token, from('6.6.6.6, 198.51.100.8, 10.9.1.1'));
    expect(await demo.recordOf(chained.recordId)).toMatchObject({ client_address: '198.51.100.8' });
  });

  test('is not what a caller claims of itself', async () => {
    await allow('10.1.0.0/16');
    expect((await ask(token, from('10.1.2.3'))).codes).toEqual([]);
    isUnknown(await ask(token, from('10.1.2.3, 203.0.113.99')));
    isUnknown(await ask(token, from('203.0.113.98')));
  });

  test('that is no address ends the chain at the proxy that said so', async () => {
    await allow('127.0.0.1/32');
    expect((await ask(token, from('unknown'))).codes).toEqual([]);
    isUnknown(await ask(token, from('10.1.2.3')));
  });

  test('may be of IPv6, or of IPv4 written as IPv6', async () => {
    await allow('2001:db8:1::/48', '192.0.2.0/24');
    expect((await ask(token, from('2001:DB8:1:2::5'))).codes).toEqual([]);
    expect((await ask(token, from('[2001:db8:1::6]:443'))).codes).toEqual([]);
    expect((await ask(token, from('::ffff:192.0.2.77'))).codes).toEqual([]);
    isUnknown(await ask(token, from('2001:db8:2::5')));
  });
});

describe('too many bad credentials', () => {
  test('of one network are turned away, and who holds a good token there is answered', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await ask(`guess-${serial}-${n}-${'x'.repeat(20)}`)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const late = await ask(`another-${serial}`);
    expect([late.codes, late.headers.get('retry-after')]).toEqual([['RATE_LIMITED'], '12']);
    expect((await ask()).codes).toEqual([]);
    isUnknown(await ask('a guess from elsewhere', from('203.0.114.1')));
  });

  test('of one customer’s IPv6 network are one network’s', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1)
      statuses.push((await ask(`v6-${n}-${'y'.repeat(20)}`, from(`2001:db8:${serial}:1::${n + 1}`))).status);
    expect(statuses.slice(4)).toEqual([401, 429, 429]);
  });

  test('with one beginning are turned away wherever they come from, and the good one with it is answered', async () => {
    const prefix = token.slice(0, 6);
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1)
      statuses.push((await ask(`${prefix}${'z'.repeat(30)}${n}`, from(`198.18.${serial}.${n}`))).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect((await ask()).codes).toEqual([]);
  });

  test('are forgotten in time, and never more are remembered than were said', () => {
    let now = 0;
    const throttle = createFailureThrottle({ burst: 2, remembered: 3, now: () => now });
    const sender = { network: '192.0.2.1', prefix: 'abcdef' };
    throttle.note(sender);
    expect(throttle.isOver(sender)).toBe(false);
    throttle.note(sender);
    expect(throttle.isOver(sender)).toBe(true);
    now += 31_000;
    expect(throttle.isOver(sender)).toBe(false);
    throttle.note(sender);
    expect(throttle.isOver(sender)).toBe(true);
    for (let n = 0; n < 3; n += 1) throttle.note({ network: `198.51.100.${n}`, prefix: `p-${n}` });
    expect(throttle.isOver(sender)).toBe(false);
  });
});

describe('the human and the case behind an application', () => {
  const headersOf = async (headers: Record<string, string>): Promise<Json> =>
    demo.recordOf((await ask(token, { ...from(), ...headers })).recordId);

  test('are on record as they were sent, in Chinese too', async () => {
    // Headers are bytes: what fetch takes one by one is sent as such.
    const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
    expect(
      await headersOf({ 'x-user': utf8('王警官（二中队）'), 'x-case': utf8('（2026）内0602刑初12号') }),
    ).toMatchObject({ user_name: '王警官（二中队）', case_number: '（2026）内0602刑初12号' });
    expect(await headersOf({ 'x-user': 'w.li@health.local', 'x-case': 'A1506020000002026010001' })).toMatchObject({
      user_name: 'w.li@health.local',
      case_number: 'A1506020000002026010001',
    });
  });

  test.each([
    ['a resident ID number', '11010519491231002X'],
    ['one of 15 digits', '110105491231002'],
    ['one in parts', '110105 19491231 002X'],
    ['one in full-width digits', '１１０１０５１９４９１２３１００２Ｘ'],
    ['a telephone number', '13800138000'],
    ['one in parts', '138-0013-8000'],
    ['one with the country’s code', '+86 138 0013 8000'],
    ['one beside a name', 'wang 13800138000'],
  ])('that are %s are on record as a digest, the same each time', async (_what, identifier) => {
    const utf8 = Buffer.from(identifier).toString('latin1');
    const [first, again] = [await headersOf({ 'x-user': utf8, 'x-case': utf8 }), await headersOf({ 'x-user': utf8 })];
    expect(first.user_name).toMatch(/^digest:[\w-]{43}$/);
    expect(first.case_number).toMatch(/^digest:[\w-]{43}$/);
    expect(again.user_name).toBe(first.user_name);
  });

  test.each([
    ['too long', { 'x-user': 'x'.repeat(101) }, 'X-User'],
    ['too long', { 'x-case': '9'.repeat(101) }, 'X-Case'],
    ['not in UTF-8', { 'x-user': 'ÿþ' }, 'X-User'],
    ['of letters that mean something elsewhere', { 'x-user': `'; drop table x;<script>` }, 'X-User'],
    ['with a tab', { 'x-case': 'a\tb' }, 'X-Case'],
  ])('that are %s are refused, on record without them', async (_what, headers, header) => {
    const answer = await ask(token, { ...from(), ...(headers as Record<string, string>) });
    expect([answer.status, answer.codes, answer.data ?? null]).toEqual([400, ['HEADER_INVALID'], null]);
    expect(answer.errors[0]!.message).toContain(header);
    expect(await demo.recordOf(answer.recordId)).toMatchObject({
      principal: consumer(),
      outcome: 'refused',
      error_codes: ['HEADER_INVALID'],
      user_name: null,
      case_number: null,
    });
  });

  test.each([
    ['the human', { requiresUser: true }, { 'x-user': 'officer-7' }, 'X-User'],
    ['the case', { requiresCase: true }, { 'x-case': 'C-1' }, 'X-Case'],
  ])('must be there where the grant requires %s, and blanks are nobody', async (_what, requires, headers, header) => {
    await demo.policy.issueGrant({
      ...{ code: `BEHIND-${serial}`, consumer: consumer(), purpose: 'a purpose', legalBasis: 'a law', divisions: null },
      ...{ validFrom: new Date(Date.now() - 1_000), validUntil: new Date(Date.now() + 60_000) },
      items: [{ coordinate: 'Resident.name', mode: 'plain' }],
      ...requires,
    });
    await demo.service.policy.refresh();
    for (const sent of [{}, { [header.toLowerCase()]: ' ' }, { [header.toLowerCase()]: '' }]) {
      const answer = await ask(token, { ...from(), ...(sent as Record<string, string>) });
      expect([answer.status, answer.codes]).toEqual([403, ['GRANT_INVALID']]);
      expect(answer.errors[0]!.message).toContain(header);
    }
    expect((await ask(token, { ...from(), ...(headers as Record<string, string>) })).codes).toEqual([]);
  });
});

test('a header that was sent twice is one claim, read from the right', async () => {
  const answer = await new Promise<Json>((resolve, reject) => {
    const url = new URL(`${demo.address}/graphql`);
    const request = httpRequest(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          'x-forwarded-for': ['6.6.6.6', '198.51.100.9'],
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(JSON.parse(text)));
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify({ query }));
  });
  expect(await demo.recordOf(answer.extensions.usage.recordId)).toMatchObject({ client_address: '198.51.100.9' });
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
