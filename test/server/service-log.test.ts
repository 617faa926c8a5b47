/** The service's own log: what is pushed through every way of failing, identifiers, names and tokens, is never found in it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { CitygraphError } from '../../src/errors.js';
import { createServiceLog } from '../../src/server/service-log.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';

const lines: string[] = [];
const logTo = { write: (line: string): void => void lines.push(line) };
let demo: DemoService;

beforeAll(async () => {
  demo = await startDemoService({
    logTo,
    environment: { LOG_LEVEL: 'debug', SLOW_STATEMENT_MS: '0', STATEMENT_TIMEOUT_MS: '500' },
  });
});
afterAll(() => demo.stop());

const entries = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

async function whileLocked(table: string, work: () => Promise<unknown>): Promise<void> {
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
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()`,
    [`citygraph ${purpose}`],
  );

/** The ways in which a request may fail, each with all that must not be found afterwards. */
async function failInEveryWay(id: string, creditCode: string, name: string): Promise<void> {
  const portrait = `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name idNumber } } }`;
  const ask = (query: string, variables: object = {}, who = 'portrait-app', headers: Record<string, string> = {}) =>
    demo.ask(who, query, variables, headers);
  await ask(portrait, { id });
  await ask(portrait, { id: `${id}9` });
  await ask(portrait, { id }, 'no-grant-app');
  await ask(portrait, { id }, 'public');
  await ask(portrait, { id }, `token:${id}`);
  await ask(portrait, { id }, 'portrait-app', {
    'x-user': encodeURIComponent(name),
    'x-case': id,
    'x-grant': name.length + id,
  });
  await ask(`query Q${id} { personPortrait(idNumber: "${id}") { nothing${id} } }`);
  await ask(`{ enterprisePortrait(creditCode: "${creditCode}x") { id } }`);
  await ask(`query ($v: Int) { persons(first: $v) { nodes { id } } }`, { v: `${name} ${id}` });
  await ask(`{ persons(filter: { name: { eq: "${name}" } }, first: 100000) { nodes { id } } }`);
  await ask(`query ($v: String) { persons(after: $v) { nodes { id } } }`, { v: `${id}` });
  await ask(`mutation { revokeGrant(code: "${id}", reason: "${name}") { target } }`, {}, 'security-officer');
  await demo.send('portrait-app', `{"query": "${name} ${id}`);
  await demo.send('portrait-app', `${name} ${id}`, { 'content-type': `text/${id}` });
  await demo.send('public', '{}', { authorization: `Basic ${id} ${creditCode}` });
  await demo.send('public', '{}', { 'x-consumer-assertion': `${id}.${creditCode}.x` });
  await whileLocked('population.resident', () => ask(portrait, { id }));
  await whileLocked('population.resident', async () => {
    const answer = ask(portrait, { id });
    await delay(200);
    await endSessions('readerL4');
    await answer;
  });
  await demo.owner.query('revoke execute on function citygraph.usage_append from citygraph_logger');
  await ask(portrait, { id });
  await ask(`query { personPortrait(idNumber: "${id}") { id } }`, {}, 'public');
  await demo.owner.query('grant execute on function citygraph.usage_append to citygraph_logger');
  // A table that is not what the statement expects: PostgreSQL's own words name it, and values.
  await demo.owner.query('alter table population.resident rename column name to name_aside');
  await ask(portrait, { id });
  await demo.owner.query('alter table population.resident rename column name_aside to name');
  const leaving = new AbortController();
  await whileLocked('population.resident', async () => {
    const left = fetch(`${demo.address}/graphql?id=${id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.tokenOf('portrait-app')}` },
      body: JSON.stringify({ query: portrait, variables: { id } }),
      signal: leaving.signal,
    }).catch(() => null);
    await delay(150);
    leaving.abort();
    await left;
  });
  await fetch(`${demo.address}/log/tile/${id}/x${name}`);
  await fetch(`${demo.address}/${id}`);
}

test('identifiers, names and tokens are pushed through every way of failing, and none of them is in the log', async () => {
  const [id] = demo.credentials.samples.idNumbers as [string];
  const [creditCode] = demo.credentials.samples.creditCodes as [string];
  const { rows } = await demo.owner.query<{ name: string }>(
    `select r.name from population.resident r join citygraph.subject_identifier i on i.subject_id = r.person_id where i.value = $1`,
    [id],
  );
  const { name } = rows[0]!;
  await failInEveryWay(id, creditCode, name);
  const text = lines.join('');
  const codes = new Set(entries().flatMap(({ code, err }) => [code, (err as { code?: unknown } | undefined)?.code]));
  // The ways were indeed taken.
  for (const code of ['OK', 'ARGUMENT_DENIED', 'STATEMENT_TIMEOUT', 'POOL_UNAVAILABLE', 'LOG_UNAVAILABLE', 'INTERNAL'])
    expect([code, codes.has(code)]).toEqual([code, true]);
  for (const secret of [id, creditCode, name, encodeURIComponent(name)]) expect(text).not.toContain(secret);
  for (const { token } of Object.values(demo.credentials.consumers)) expect(text).not.toContain(token);
  expect(text).not.toMatch(/select |insert |"query"|password|postgres:\/\//i);
});

test('a line for each request bears the id of its usage record', async () => {
  const { recordId } = await demo.ask('portrait-app', '{ enterpriseRegistrations(first: 1) { nodes { name } } }');
  const own = entries().filter((entry) => entry['recordId'] === recordId);
  expect(own.map(({ msg }) => msg)).toEqual(['a statement was slow', 'a request was answered']);
  expect(own[0]).toMatchObject({
    level: 'warn',
    planHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    milliseconds: expect.any(Number),
  });
  expect(own[1]).toMatchObject({
    level: 'debug',
    outcome: 'answered',
    code: 'OK',
    principalKind: 'consumer',
    status: 200,
  });
});

describe('what may be logged', () => {
  const write = (act: (log: ReturnType<typeof createServiceLog>) => void, level: 'info' | 'debug' = 'debug') => {
    const written: string[] = [];
    act(createServiceLog(level, 'n', { write: (line: string) => void written.push(line) }));
    return written.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  test('is listed: whatever else is handed over stays out', () => {
    const [line] = write((log) =>
      log.warn({ name: '张三', idNumber: '11010519491231002X', code: 'X', pool: { a: 1 } }, 'm'),
    );
    expect(line).toEqual({ level: 'warn', time: expect.any(String), node: 'n', code: 'X', msg: 'm' });
  });

  test('of an error are its words where they were written for the reader, else its kind, code and place', () => {
    const foreign = Object.assign(new Error('value "张三" is out of range'), {
      code: '22003',
      detail: '张三',
      where: '张三',
    });
    const own = new CitygraphError('POOL_UNAVAILABLE', 'the pool', { secret: '张三' }, { cause: foreign });
    const [line] = write((log) => log.error({ err: own }, 'failed for 11010519491231002X'));
    expect(JSON.stringify(line)).not.toMatch(/张三|11010519491231002X|out of range/);
    expect(line!['err']).toMatchObject({
      ...{ type: 'CitygraphError', code: 'POOL_UNAVAILABLE', message: 'the pool' },
      cause: { type: 'Error', code: '22003', stack: expect.stringMatching(/^at .*service-log\.test/) },
    });
  });

  test('over and over is written a few times and then counted', async () => {
    const written = write((log) => {
      for (let n = 0; n < 1_000; n += 1)
        log.error({ err: new CitygraphError('LOG_UNAVAILABLE', `the ${n}th`) }, `the ${n}th`);
      log.error('another');
    }, 'info');
    expect(written).toHaveLength(21);
    expect(written.at(-1)).toMatchObject({ msg: 'another' });
  });
});
