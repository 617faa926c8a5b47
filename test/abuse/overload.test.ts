/**
 * More than a node can do, callers that read or write slowly or hang up, and statements that take too long: what is let in is answered, what
 * is not is told so at once, whoever has left is not worked for, and all of it is on record or counted. How fast, `npm run bench:overload` says.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { createBuffers } from '../../src/server/buffers.js';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';
import { startSecondNode } from '../support/second-node.js';

let demo: DemoService;
let port: number;

beforeAll(async () => {
  demo = await startDemoService({
    environment: {
      ...{ LIMIT_IN_FLIGHT: '30', LIMIT_AT_ONCE: '8', LIMIT_WAIT_MS: '1500', STATEMENT_TIMEOUT_MS: '60000' },
      ...{
        LIMIT_HEADERS_SECONDS: '1',
        LIMIT_REQUEST_SECONDS: '2',
        LIMIT_RESPONSE_SECONDS: '1',
        LIMIT_BUFFERED_MB: '1',
      },
    },
  });
  port = Number(new URL(demo.address).port);
});
afterAll(() => demo.stop());

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

async function until(holds: () => Promise<boolean> | boolean, within = 20_000): Promise<void> {
  const deadline = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('expected it to come, and it did not');
    await delay(25);
  }
}

const list = (first = 1, who = 'portrait-app'): Promise<Answer> =>
  demo.ask(who, `{ enterpriseRegistrations(first: ${first}) { nodes { name } } }`);

/** Nothing that reads firms gets on meanwhile. */
async function whileLocked<T>(work: (release: () => Promise<void>) => Promise<T>): Promise<T> {
  const holder: PoolClient = await demo.owner.connect();
  let held = true;
  const release = async (): Promise<void> => {
    if (held) await holder.query('rollback');
    held = false;
  };
  try {
    await holder.query('begin; lock table legal_person.enterprise in access exclusive mode');
    return await work(release);
  } finally {
    await release();
    holder.release();
  }
}

const lockedReaders = async (): Promise<number> =>
  (
    await demo.owner.query(
      `select from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'citygraph reader%'`,
    )
  ).rowCount!;

const countOf = async (where: string): Promise<number> =>
  (
    await demo.owner.query<{ count: number }>(
      `select count(*)::int as count from citygraph.usage_record where ${where}`,
    )
  ).rows[0]!.count;

const figure = async (name: string): Promise<number> => {
  const text = await (await fetch(`${demo.address}/metrics`)).text();
  return Number(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? 0);
};

describe('more requests than can be answered', () => {
  test('are shed with 503 and a time to come again, counted and not recorded; the others are answered and on record', async () => {
    const before = await countOf('true');
    const shedBefore = await figure('citygraph_refusals_total{code="OVERLOADED"}');
    const answers = await whileLocked(async (release) => {
      const asked = Array.from({ length: 60 }, () => list());
      await until(async () => (await figure('citygraph_refusals_total{code="OVERLOADED"}')) - shedBefore >= 50);
      await release();
      return Promise.all(asked);
    });
    const shed = answers.filter(({ status }) => status === 503);
    const answered = answers.filter(({ status }) => status === 200);
    expect([shed.length + answered.length, answered.length]).toEqual([60, 8]);
    for (const { codes, headers, recordId, data } of shed) {
      expect([codes, headers.get('retry-after'), recordId, data]).toEqual([['OVERLOADED'], '1', undefined, undefined]);
    }
    expect(await countOf('true')).toBe(before + answered.length);
    // And it is over as soon as it is over.
    expect((await list()).codes).toEqual([]);
  });

  test('of one who waits in the line and hangs up costs nothing, and is counted', async () => {
    const before = await figure('citygraph_refusals_total{code="CANCELLED"}');
    const records = await countOf('true');
    await whileLocked(async (release) => {
      const asked = Array.from({ length: 8 }, () => list());
      await until(async () => (await figure('citygraph_requests_working')) === 8);
      const leaving = new AbortController();
      const left = fetch(`${demo.address}/graphql`, { ...post('{ __typename }'), signal: leaving.signal });
      await until(async () => (await figure('citygraph_requests_waiting')) === 1);
      leaving.abort();
      await expect(left).rejects.toThrow();
      await until(async () => (await figure('citygraph_refusals_total{code="CANCELLED"}')) === before + 1);
      await release();
      for (const { codes } of await Promise.all(asked)) expect(codes).toEqual([]);
    });
    expect(await countOf('true')).toBe(records + 8);
  });
});

const post = (query: string, who = 'portrait-app') => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.tokenOf(who)}` },
  body: JSON.stringify({ query }),
});

describe('who hangs up', () => {
  test('has its statement cancelled in the database, on record, and its connection is used by nobody else', async () => {
    const cancelled = `error_codes = '{CANCELLED}' and outcome = 'failed' and subjects = ''`;
    const before = await countOf(cancelled);
    await whileLocked(async () => {
      const leaving = new AbortController();
      const left = fetch(`${demo.address}/graphql`, {
        ...post('{ enterpriseRegistrations(first: 1) { nodes { name } } }'),
        signal: leaving.signal,
      });
      await until(async () => (await lockedReaders()) === 1);
      const { rows } = await demo.owner.query<{ pid: number }>(
        `select pid from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'citygraph reader%'`,
      );
      leaving.abort();
      await expect(left).rejects.toThrow();
      // The lock is still held: but for the cancelling it would wait on.
      await until(async () => (await countOf(cancelled)) === before + 1);
      expect(await lockedReaders()).toBe(0);
      const isThere = async (): Promise<boolean> =>
        (await demo.owner.query('select from pg_stat_activity where pid = $1', [rows[0]!.pid])).rowCount === 1;
      // Idle it would be kept for ten seconds.
      await until(async () => !(await isThere()), 4_000);
    });
    expect(await figure('citygraph_cancelled_statements_total')).toBeGreaterThanOrEqual(1);
    for (let n = 0; n < 10; n += 1) expect((await list()).codes).toEqual([]);
  });

  test('before the body has come is counted, and nothing else', async () => {
    const before = await figure('citygraph_refusals_total{code="CANCELLED"}');
    const socket = await open();
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"query"',
    );
    await delay(50);
    socket.destroy();
    await until(async () => (await figure('citygraph_refusals_total{code="CANCELLED"}')) === before + 1);
    expect(await figure('citygraph_refusals_total{code="INTERNAL"}')).toBe(0);
  });
});

test('a statement that takes too long ends in an error of its own, on record', async () => {
  const node = await startSecondNode(demo.url, demo.keyringFile, {
    STATEMENT_TIMEOUT_MS: '300',
    LOG_WITNESSES: 'none',
  });
  try {
    await whileLocked(async () => {
      const { status, codes, data, recordId } = await node.ask(demo.tokenOf('portrait-app')!, firms);
      expect([status, codes, data]).toEqual([503, ['STATEMENT_TIMEOUT'], null]);
      expect(await demo.recordOf(recordId)).toMatchObject({
        outcome: 'failed',
        error_codes: ['STATEMENT_TIMEOUT'],
        subjects: '',
      });
    });
  } finally {
    await node.stop();
  }
});
const firms = '{ enterpriseRegistrations(first: 1) { nodes { name } } }';

async function open(at = port): Promise<Socket> {
  const socket = connect(at, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

const closed = (socket: Socket): Promise<unknown> =>
  socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve));

describe('slow callers', () => {
  test('that write a request byte by byte hold up nobody, and are cut off', async () => {
    const slow = await Promise.all(Array.from({ length: 40 }, () => open()));
    slow.forEach((socket, at) => {
      socket.resume();
      socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\n');
      if (at % 2 === 0) socket.write('Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{');
    });
    const drip = setInterval(() => slow.forEach((socket) => socket.writable && socket.write(' ')), 200);
    try {
      // More of them than requests may be under way: they hold no place.
      for (let n = 0; n < 5; n += 1) expect((await list()).codes).toEqual([]);
      await Promise.all(slow.map(closed));
    } finally {
      clearInterval(drip);
    }
    expect(await figure('citygraph_buffered_bytes')).toBe(0);
  });

  test('that take no answers are broken off after a while', async () => {
    const before = await figure('citygraph_responses_broken_off_total');
    const query =
      '{ enterpriseRegistrations(first: 90) { nodes { name creditCode address businessScope enterpriseType } } }';
    const body = JSON.stringify({ query });
    expect((await demo.ask('portrait-app', query)).text.length).toBeGreaterThan(10_000);
    const head = [
      ...['POST /graphql HTTP/1.1', 'Host: x', 'Content-Type: application/json'],
      ...[`Authorization: Bearer ${demo.tokenOf('portrait-app')}`, `Content-Length: ${Buffer.byteLength(body)}`],
    ].join('\r\n');
    const lazy = await open();
    lazy.pause();
    // One behind the other, for the kernel takes some megabytes off our hands; few at once, for it is not about shedding.
    const more = setInterval(() => lazy.writable && lazy.write(`${head}\r\n\r\n${body}`.repeat(12)), 50);
    try {
      await until(async () => (await figure('citygraph_responses_broken_off_total')) > before);
    } finally {
      clearInterval(more);
    }
    await until(async () => (await figure('citygraph_buffered_bytes')) === 0);
    expect((await list()).codes).toEqual([]);
  });
});

describe('responses that wait to be taken', () => {
  const patience = 60_000;

  test('are in memory up to a bound: beyond it who has waited longest gives way, and nobody else comes in', async () => {
    const [size, maximum] = [8_000_000, 30_000_000];
    const buffers = createBuffers({ maximum, patience });
    const text = 'x'.repeat(size);
    const refusals: string[] = [];
    const server = createServer((_request, response) => {
      const overload = buffers.overload();
      if (overload) refusals.push(overload.code);
      response.end(text);
      buffers.sent(response, size);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const lazy: Socket[] = [];
    for (let n = 0; n < 8; n += 1) {
      const socket = await open((server.address() as AddressInfo).port);
      socket.pause();
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      lazy.push(socket);
      await until(() => buffers.brokenOff + buffers.bytes / size === n + 1);
      expect(buffers.bytes).toBeLessThanOrEqual(maximum);
    }
    expect(buffers.brokenOff).toBe(5);
    expect(refusals).toEqual([]);
    // What is taken is no longer counted.
    lazy.at(-1)!.resume();
    await until(() => buffers.bytes === 2 * size);
    buffers.hold(maximum);
    expect(buffers.overload()?.message).toContain('callers that take their answers');
    buffers.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

test('a thousand idle connections harm nobody', async () => {
  const idle: Socket[] = [];
  for (let n = 0; n < 20; n += 1) idle.push(...(await Promise.all(Array.from({ length: 50 }, () => open()))));
  for (const socket of idle) {
    socket.resume();
    socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  }
  await until(async () => (await figure('citygraph_connections')) >= 1_000);
  expect((await Promise.all(Array.from({ length: 8 }, () => list()))).map(({ codes }) => codes)).toEqual(
    Array(8).fill([]),
  );
  expect(idle.filter((socket) => socket.closed)).toHaveLength(0);
});
