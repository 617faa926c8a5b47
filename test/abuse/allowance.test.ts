/** Who asks too much, too fast, or for one identifier after another: refused with a code, a limit and when to come again; on record, or counted. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;

beforeAll(async () => {
  demo = await startDemoService({
    scale: { persons: 240, legalPersons: 40 },
    environment: {
      LIMIT_COST: '2000',
      LIMIT_IN_FLIGHT: '40',
      ...{ RATE_CONSUMER: '200', BURST_CONSUMER: '3000', CONCURRENCY_CONSUMER: '4' },
      ...{ RATE_PUBLIC: '1', BURST_PUBLIC: '2000', CONCURRENCY_PUBLIC: '4', BURST_PUBLIC_TOGETHER: '1000000' },
      ...{ LOOKUPS_CONSUMER: '8', MISSES_CONSUMER: '3', LOOKUPS_PUBLIC: '6', MISSES_PUBLIC: '3' },
      ...{ LOOKUP_WINDOW_SECONDS: '600', LOOKUP_PAUSE_SECONDS: '600' },
    },
  });
});
afterAll(() => demo.stop());

/** A consumer of its own for each test, with what the demo's own has, so that none uses up another's allowance. */
let token: string;
let name: string;
let serial = 0;
beforeEach(async () => {
  name = `allowance-app-${(serial += 1)}`;
  const { rows } = await demo.owner.query<{ department: string }>('select department from citygraph.consumer limit 1');
  ({ token } = await demo.policy.registerConsumer({
    ...{ name, department: rows[0]!.department, description: 'for the test', clearance: 'L1' },
  }));
  await demo.policy.issueGrant({
    ...{ code: `ALLOWANCE-${serial}`, consumer: name, purpose: 'the test', legalBasis: 'the test' },
    ...{ validFrom: new Date(0), validUntil: new Date(Date.now() + 3_600_000), divisions: null },
    items: [
      { coordinate: 'Person', mode: 'plain' },
      { coordinate: 'Resident.idNumber', mode: 'match' },
    ],
  });
  await demo.service.policy.refresh();
});
const ask = (query: string, variables?: object): Promise<Answer> => demo.ask(`token:${token}`, query, variables);

const list = (first: number): string => `{ enterpriseRegistrations(first: ${first}) { nodes { name } } }`;
const nested = `{ enterprises(first: 100) { nodes { licences(first: 100) { nodes { id } } } } }`;

async function limit(limits: Partial<Record<'rate' | 'burst' | 'concurrency' | 'lookups' | 'misses', number>>) {
  const none = { rate: null, burst: null, concurrency: null, lookups: null, misses: null };
  await demo.policy.limitConsumer(name, { ...none, ...limits }, 'for the test');
  await demo.service.policy.refresh();
}

describe('an operation', () => {
  test('that costs more than any may is not run, and says what it costs', async () => {
    const { result, libraryStatements } = await demo.capture(() => ask(nested));
    expect([result.status, result.codes, result.data]).toEqual([200, ['COST_EXCEEDED'], undefined]);
    expect(result.errors[0]!.extensions).toEqual({ code: 'COST_EXCEEDED', limit: 'cost', maximum: 2000, came: 10_201 });
    expect(libraryStatements).toEqual([]);
    expect(await demo.recordOf(result.recordId)).toMatchObject({ principal: name, outcome: 'refused' });
  });

  test('costs by what is asked for, whatever the pool holds', async () => {
    const { errors } = await ask(nested.replace('first: 100', 'first: 100, filter: { name: { eq: "none" } }'));
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([{ limit: 'cost', came: 10_201 }]);
  });
});

describe('who has used up the allowance', () => {
  test('is told 429 and when to come again, on record', async () => {
    await limit({ rate: 1, burst: 2000 });
    const answers: Answer[] = [];
    // Each costs 101; after 19 of them less than that is left.
    for (let n = 0; n < 24; n += 1) answers.push(await ask(list(100)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(10);
    for (const { codes, errors, headers, recordId, data } of refused) {
      expect([codes, data]).toEqual([['RATE_LIMITED'], undefined]);
      expect(errors[0]!.extensions).toMatchObject({ limit: 'rate', maximum: 1, came: 101 });
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(headers.get('retry-after')).toBe(String(errors[0]!.extensions['retryAfter']));
      expect(await demo.recordOf(recordId)).toMatchObject({
        principal: name,
        outcome: 'refused',
        error_codes: ['RATE_LIMITED'],
      });
    }
    // What costs no more than is left is served meanwhile.
    expect((await ask(list(1))).codes).toEqual([]);
  });

  test('reads nothing, and others are served meanwhile', async () => {
    await limit({ rate: 1, burst: 1 });
    const { result, libraryStatements } = await demo.capture(() => ask(list(10)));
    expect([result.codes, result.errors[0]!.extensions['limit']]).toEqual([['RATE_LIMITED'], 'burst']);
    expect(libraryStatements).toEqual([]);
    // The one unit went with the first; now the request is not even looked at.
    expect((await ask('{ nothing }')).codes).toEqual(['RATE_LIMITED']);
    expect((await demo.ask('dashboard', list(1))).codes).toEqual([]);
  });

  test('gets another from the operator, and from nobody else, from its commit on', async () => {
    await limit({ rate: 1, burst: 10 });
    expect((await ask(list(100))).codes).toEqual(['RATE_LIMITED']);
    const change = `mutation { limitConsumer(name: "${name}", burst: 2000, reason: "a campaign") { target change } }`;
    for (const principal of ['portrait-app', 'auditor', 'security-officer', 'steward', 'supervisor'])
      expect((await demo.ask(principal, change)).codes).toEqual(['FORBIDDEN']);
    const { data } = await demo.ask('operator', change);
    expect(data).toEqual({ limitConsumer: { target: name, change: 'limited' } });
    await until(async () => (await ask(list(1))).codes.length === 0);
    const { rows } = await demo.owner.query(
      'select l.rate, l.burst, l.reason from citygraph.consumer_limit l join citygraph.consumer c on c.id = l.consumer_id where c.name = $1',
      [name],
    );
    expect(rows).toEqual([{ rate: null, burst: 2000, reason: 'a campaign' }]);
    const wrong = `mutation { limitConsumer(name: "${name}", burst: 0, reason: "x") { target } }`;
    expect((await demo.ask('operator', wrong)).codes).toEqual(['BAD_USER_INPUT']);
  });

  test('by requests under way is refused beside them', async () => {
    await limit({ concurrency: 1 });
    const lock = await demo.owner.connect();
    try {
      await lock.query('begin; lock table legal_person.enterprise in access exclusive mode');
      const first = ask(list(1));
      await until(async () => {
        const { rowCount } = await demo.owner.query(
          `select from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'citygraph reader%'`,
        );
        return rowCount === 1;
      });
      const second = await ask(list(1));
      expect([second.status, second.codes]).toEqual([429, ['RATE_LIMITED']]);
      expect(second.errors[0]!.extensions).toMatchObject({ limit: 'concurrency', maximum: 1, came: 2 });
      await lock.query('rollback');
      expect((await first).codes).toEqual([]);
      expect((await ask(list(1))).codes).toEqual([]);
    } finally {
      lock.release(true);
    }
  });

  test('and is the public is shed: counted, and no record of it is made', async () => {
    const answers: Answer[] = [];
    for (let n = 0; n < 24; n += 1) answers.push(await demo.ask('public', list(100)));
    const costly = answers.find(({ status }) => status === 429)!;
    // Refused for its cost it is on record, for it was planned.
    expect(await demo.recordOf(costly.recordId)).toMatchObject({ principal: 'public', outcome: 'refused' });
    const recorded = async (): Promise<number> =>
      (await demo.owner.query(`select from citygraph.usage_record where principal = 'public'`)).rowCount!;
    const before = await recorded();
    const later: Answer[] = [];
    for (let n = 0; n < 150; n += 1) later.push(await demo.ask('public', '{ __typename }'));
    const shed = later.filter(({ status }) => status === 429);
    expect(shed.length).toBeGreaterThan(0);
    expect(await recorded()).toBe(before + later.length - shed.length);
    for (const { codes, recordId, headers } of shed) {
      expect([codes, recordId]).toEqual([['RATE_LIMITED'], undefined]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    await until(async () => {
      const { rows } = await demo.owner.query<{ count: number }>(
        `select coalesce(sum(count), 0)::int as count from citygraph.usage_refusal where code = 'RATE_LIMITED'`,
      );
      return rows[0]!.count > 0;
    });
  });
});

describe('who looks up one identifier after another', () => {
  const lookUp = (idNumber: string): Promise<Answer> =>
    ask('query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { __typename } }', { id: idNumber });
  /** Valid numbers of nobody. */
  const nobody = ['440524188001010014', '34052419800101001X', '11010519491231002X'];
  const eventsOf = async () =>
    (
      await demo.owner.query<{ tripped_by: string; lookups: number; misses: number; row: string }>(
        `select tripped_by, lookups, misses, to_json(e)::text as row from citygraph.enumeration_event e where principal = $1 order by id`,
        [name],
      )
    ).rows;

  test('is refused after so many distinct ones, for look-ups alone, for a while; and an auditor sees it', async () => {
    const ids = demo.credentials.samples.idNumbers;
    await limit({ lookups: 2 });
    for (const id of [ids[0]!, ids[1]!, ids[0]!]) expect((await lookUp(id)).codes).toEqual([]);
    const { result, libraryStatements } = await demo.capture(() => lookUp(ids[2]!));
    expect([result.status, result.codes]).toEqual([429, ['RATE_LIMITED']]);
    expect(result.errors[0]!.extensions).toEqual({
      ...{ code: 'RATE_LIMITED', limit: 'lookups', maximum: 2, came: 3, retryAfter: 600 },
    });
    expect(libraryStatements).toEqual([]);
    expect(await demo.recordOf(result.recordId)).toMatchObject({ error_codes: ['RATE_LIMITED'], outcome: 'refused' });
    expect((await lookUp(ids[0]!)).codes).toEqual(['RATE_LIMITED']);
    expect((await ask(list(1))).codes).toEqual([]);

    await until(async () => (await eventsOf()).length === 1);
    const [event] = await eventsOf();
    expect(event).toMatchObject({ tripped_by: 'lookups', lookups: 3, misses: 0 });
    for (const id of ids) expect(event!.row).not.toContain(id);
    const query =
      '{ enumerationEvents(first: 100) { principal trippedBy lookups misses maximum clientAddress refusedUntil } }';
    const { data, recordId } = await demo.ask('auditor', query);
    expect(data.enumerationEvents).toContainEqual({
      ...{ principal: name, trippedBy: 'lookups', lookups: 3, misses: 0, maximum: 2, clientAddress: null },
      refusedUntil: expect.any(String),
    });
    expect(await demo.recordOf(recordId)).toMatchObject({ principal: 'auditor', outcome: 'answered' });
    for (const principal of ['portrait-app', 'operator', 'steward', 'supervisor'])
      expect((await demo.ask(principal, query)).codes).toEqual(['FORBIDDEN']);
  });

  test('is refused sooner where nobody is found; a miss and a hit differ by their data alone', async () => {
    await limit({ misses: 1 });
    const miss = await lookUp(nobody[0]!);
    const hit = await lookUp(demo.credentials.samples.idNumbers[0]!);
    expect(miss.textWithoutUsage).toBe('{"data":{"personPortrait":null},"extensions":{"usage":}}');
    expect(hit.textWithoutUsage).toBe('{"data":{"personPortrait":{"__typename" : "Person"}},"extensions":{"usage":}}');
    expect([...miss.headers.keys()]).toEqual([...hit.headers.keys()]);
    expect((await lookUp(nobody[1]!)).text).toContain('{"data":{"personPortrait":null}');
    expect((await lookUp(nobody[2]!)).codes).toEqual(['RATE_LIMITED']);
    await until(async () => (await eventsOf()).length === 1);
    expect(await eventsOf()).toMatchObject([{ tripped_by: 'misses', lookups: 3, misses: 2 }]);
  });

  test('in one operation under many aliases is refused before any of them is looked up', async () => {
    await limit({ lookups: 2 });
    const ids = demo.credentials.samples.idNumbers.slice(0, 3);
    const aliases = ids.map((id, n) => `a${n}: personPortrait(idNumber: "${id}") { __typename }`).join(' ');
    const { result, libraryStatements } = await demo.capture(() => ask(`{ ${aliases} }`));
    expect([result.codes, result.data, libraryStatements]).toEqual([['RATE_LIMITED'], undefined, []]);
  });

  test('without the right to match learns nothing, and is not counted', async () => {
    const query = 'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { __typename } }';
    for (let n = 0; n < 12; n += 1) {
      const { codes } = await demo.ask('no-grant-app', query, { id: demo.credentials.samples.idNumbers[n % 5]! });
      expect(codes).toEqual(['ARGUMENT_DENIED']);
    }
  });
});

test('more requests under way than a node takes are shed before they are read, and counted', async () => {
  await limit({ concurrency: 1000 });
  const lock = await demo.owner.connect();
  try {
    await lock.query('begin; lock table legal_person.enterprise in access exclusive mode');
    await demo.owner.query('delete from citygraph.usage_refusal');
    const answers = Array.from({ length: 60 }, () => ask(list(1)));
    await until(async () => {
      const { rows } = await demo.owner.query<{ count: number }>(
        `select coalesce(sum(count), 0)::int as count from citygraph.usage_refusal where code = 'OVERLOADED'`,
      );
      return rows[0]!.count === 20;
    });
    await lock.query('rollback');
    const shed = (await Promise.all(answers)).filter(({ status }) => status === 503);
    expect(shed.map(({ codes, recordId }) => [codes, recordId])).toEqual(
      Array.from({ length: 20 }, () => [['OVERLOADED'], undefined]),
    );
    for (const { headers, errors } of shed) {
      expect(headers.get('retry-after')).toBe('1');
      expect(errors[0]!.extensions).toMatchObject({ limit: 'inFlight', maximum: 40 });
    }
  } finally {
    lock.release(true);
  }
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('expected it to come, and it did not');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
