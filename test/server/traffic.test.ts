/** The allowance of a principal: cost units that refill, requests under way, and look-ups of identifiers; on a clock of the test's own. */
import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readConfig } from '../../src/config.js';
import type { CitygraphError } from '../../src/errors.js';
import type { Principal } from '../../src/policy/access.js';
import { createLookupGuard } from '../../src/server/lookup-guard.js';
import { networkOf } from '../../src/server/network-of.js';
import { createTraffic } from '../../src/server/traffic.js';
import type { EnumerationEvent } from '../../src/usage-log/enumeration-log.js';

const { traffic: defaults } = readConfig({}, 'test-node');
const settings = {
  ...defaults,
  public: { rate: 10, burst: 20, concurrency: 2, lookups: 3, misses: 2 },
  consumer: { rate: 10, burst: 100, concurrency: 2, lookups: 5, misses: 2 },
  publicTogether: { rate: 10, burst: 50, concurrency: 3 },
};
const consumer: Principal = { kind: 'consumer', name: 'app', department: 'd', clearance: 'L1' };
const publicPrincipal: Principal = { kind: 'public', name: 'public' };

function refusalOf(work: () => unknown): CitygraphError['details'] & { code: string } {
  try {
    work();
  } catch (error) {
    const { code, details } = error as CitygraphError;
    return { code, ...details };
  }
  throw new Error('expected a refusal, got none');
}

describe('cost units', () => {
  test('are taken by what an operation costs, and come back with time', () => {
    let time = 0;
    const traffic = createTraffic(settings, () => time);
    const ask = (cost: number): void => {
      const ticket = traffic.admit(consumer, '');
      if (ticket.refusal) throw ticket.refusal;
      try {
        ticket.charge(cost);
      } finally {
        ticket.release();
      }
    };
    ask(90);
    expect(refusalOf(() => ask(50))).toEqual({
      code: 'RATE_LIMITED',
      limit: 'rate',
      maximum: 10,
      came: 50,
      retryAfter: 4,
    });
    time = 3_900;
    expect(refusalOf(() => ask(50))).toMatchObject({ retryAfter: 1 });
    time = 10_000;
    ask(50);
  });

  test('are taken once, however often an operation is decided anew', () => {
    const traffic = createTraffic(settings, () => 0);
    const ticket = traffic.admit(consumer, '');
    for (let round = 0; round < 5; round += 1) ticket.charge(90);
    ticket.release();
    expect(traffic.admit(consumer, '').refusal).toBeNull();
  });

  test('are never enough for more than there may be at once: to wait would not help', () => {
    const ticket = createTraffic(settings, () => 0).admit(consumer, '');
    const refusal = refusalOf(() => ticket.charge(1000));
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', limit: 'burst', maximum: 100, came: 1000 });
    expect(refusal).not.toHaveProperty('retryAfter');
  });

  test('are those that the operator has set for the consumer, where there are some', () => {
    const limits = { rate: null, burst: 1000, concurrency: null, lookups: null, misses: null };
    const ticket = createTraffic(settings, () => 0).admit({ ...consumer, limits }, '');
    ticket.charge(1000);
    expect(() => ticket.charge(1001)).toThrow('at most 1000 cost units at once, got 1001');
  });

  test('of the public are of an address, and of all addresses together', () => {
    const traffic = createTraffic(settings, () => 0);
    const ask = (address: string): void => {
      const ticket = traffic.admit(publicPrincipal, address);
      ticket.charge(20);
      ticket.release();
    };
    ask('10.0.0.1');
    expect(refusalOf(() => ask('10.0.0.1'))).toMatchObject({ code: 'RATE_LIMITED', limit: 'rate' });
    ask('10.0.0.2');
    expect(refusalOf(() => ask('10.0.0.3'))).toMatchObject({ code: 'RATE_LIMITED', limit: 'rate' });
  });
});

describe('requests under way', () => {
  test('are limited for each principal, and end', () => {
    const traffic = createTraffic(settings, () => 0);
    const first = traffic.admit(consumer, '');
    traffic.admit(consumer, '');
    expect(traffic.admit(consumer, '').refusal).toMatchObject({
      code: 'RATE_LIMITED',
      details: { limit: 'concurrency', maximum: 2, came: 3, retryAfter: 1 },
    });
    expect(traffic.admit({ ...consumer, name: 'other' }, '').refusal).toBeNull();
    first.release();
    expect(traffic.admit(consumer, '').refusal).toBeNull();
  });

  test('of the public are limited for each address and together; one that is refused holds no place', () => {
    const traffic = createTraffic(settings, () => 0);
    const admit = (address: string) => traffic.admit(publicPrincipal, address);
    const held = [admit('a'), admit('a')];
    for (let n = 0; n < 10; n += 1) expect(refusalOf(() => admit('a'))).toMatchObject({ maximum: 2 });
    held.push(admit('b'));
    expect(refusalOf(() => admit('c'))).toMatchObject({ limit: 'concurrency', maximum: 3 });
    for (const ticket of held) ticket.release();
    admit('c');
  });
});

test('one caller of the public is one IPv4 address, or one network of 64 bits', () => {
  expect(networkOf('::ffff:10.1.2.3')).toBe('10.1.2.3');
  expect(networkOf('10.1.2.3')).toBe('10.1.2.3');
  const site = networkOf('2001:db8:0:7::1');
  for (const address of ['2001:db8:0:7:ffff:ffff:ffff:ffff', '2001:0db8::7:a:b:c:d', '2001:DB8:0:7::'])
    expect(networkOf(address)).toBe(site);
  expect(networkOf('2001:db8:0:8::1')).not.toBe(site);
  expect(networkOf('::1')).toBe(networkOf('::2'));
  expect(networkOf('fe80::1%eth0')).toBe(networkOf('fe80::2'));
  expect(networkOf('')).toBe('');
});

describe('look-ups', () => {
  const digest = (n: number): Buffer => createHash('sha256').update(String(n)).digest();
  const start = Date.UTC(2026, 0, 1);

  function open() {
    const events: EnumerationEvent[] = [];
    const clock = { now: start };
    const guard = createLookupGuard({ settings, note: (event) => events.push(event), now: () => clock.now });
    const lookUp = (numbers: readonly number[], missed: readonly number[] = [], principal = consumer): void => {
      const watch = guard.watch(principal, '10.0.0.1');
      watch.before(numbers.map(digest));
      watch.after(missed.map(digest));
    };
    return { events, clock, lookUp };
  }

  test('of the same identifiers may go on', () => {
    const { events, lookUp } = open();
    for (let n = 0; n < 100; n += 1) lookUp([1, 2, 3, 4, 5], [1, 2]);
    expect(events).toEqual([]);
  });

  test('of one too many are refused before it is looked up, and until the pause is over', () => {
    const { events, clock, lookUp } = open();
    lookUp([1, 2, 3, 4, 5]);
    const refusal = { code: 'RATE_LIMITED', limit: 'lookups', maximum: 5, came: 6, retryAfter: 600 };
    expect(refusalOf(() => lookUp([6]))).toEqual(refusal);
    clock.now += 599_000;
    expect(refusalOf(() => lookUp([1]))).toEqual({ ...refusal, retryAfter: 1 });
    clock.now += 1_000;
    lookUp([1]);
    expect(events).toEqual([
      {
        ...{ occurredAt: new Date(start), principalKind: 'consumer', principal: 'app', clientAddress: null },
        ...{ windowStart: new Date(start), trippedBy: 'lookups', lookups: 6, misses: 0, maximum: 5 },
        refusedUntil: new Date(start + 600_000),
      },
    ]);
  });

  test('that find nothing close sooner; the answer that was one too many is given', () => {
    const { events, lookUp } = open();
    lookUp([1], [1]);
    lookUp([2], [2]);
    lookUp([3], [3]);
    expect(refusalOf(() => lookUp([1]))).toMatchObject({ limit: 'misses', maximum: 2, came: 3 });
    expect(events).toMatchObject([{ trippedBy: 'misses', lookups: 3, misses: 3 }]);
  });

  test('are counted in windows, and for each principal', () => {
    const { events, clock, lookUp } = open();
    lookUp([1, 2, 3, 4, 5], [1, 2]);
    clock.now += 600_000;
    lookUp([6, 7, 8, 9, 10], [6, 7]);
    lookUp([11, 12, 13, 14, 15], [], { ...consumer, name: 'other' });
    expect(events).toEqual([]);
  });

  test('of the public are put down with its network, and of everyone without an identifier', () => {
    const { events, lookUp } = open();
    expect(refusalOf(() => lookUp([1, 2, 3, 4], [], publicPrincipal))).toMatchObject({ limit: 'lookups', maximum: 3 });
    expect(events).toMatchObject([{ principal: 'public', clientAddress: '10.0.0.1', lookups: 4 }]);
    expect(JSON.stringify(events)).not.toContain(digest(1).toString('hex').slice(0, 8));
  });

  test('of a consumer with a very wide window are counted all the same', () => {
    const { events, lookUp } = open();
    const limits = { rate: null, burst: null, concurrency: null, lookups: 1_000_000_000, misses: 1 };
    const wide: Principal = { ...consumer, limits };
    lookUp([1], [1], wide);
    lookUp([2], [2], wide);
    expect(events).toMatchObject([{ trippedBy: 'misses' }]);
  });
});
