import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createRefusalCounter } from '../../src/usage-log/refusal-counter.js';
import { type MigratedDatabase, createMigratedDatabase } from '../support/migrated-database.js';

let database: MigratedDatabase;
const unexpected = (error: unknown): never => {
  throw error;
};

beforeAll(async () => {
  database = await createMigratedDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.owner.query('truncate citygraph.usage_refusal'));

async function counted(): Promise<{ minute: Date; node: string; code: string; count: string }[]> {
  const { rows } = await database.owner.query<{ minute: Date; node: string; code: string; count: string }>(
    'select minute, node, code, sum(count) as count from citygraph.usage_refusal group by 1, 2, 3 order by 1, 2, 3',
  );
  return rows;
}

describe('refusals', () => {
  test('are counted by minute and code, and a flood is one row', async () => {
    let now = new Date('2026-11-23T10:00:59.999Z');
    const counter = createRefusalCounter({
      pool: database.pools.logger,
      node: 'node-1',
      onFailure: unexpected,
      now: () => now,
    });
    for (let n = 0; n < 100_000; n++) counter.count('UNAUTHENTICATED');
    counter.count('BODY_TOO_LARGE');
    now = new Date('2026-11-23T10:01:00Z');
    counter.count('UNAUTHENTICATED');
    await counter.stop();
    expect(await counted()).toEqual([
      { minute: new Date('2026-11-23T10:00:00Z'), node: 'node-1', code: 'BODY_TOO_LARGE', count: '1' },
      { minute: new Date('2026-11-23T10:00:00Z'), node: 'node-1', code: 'UNAUTHENTICATED', count: '100000' },
      { minute: new Date('2026-11-23T10:01:00Z'), node: 'node-1', code: 'UNAUTHENTICATED', count: '1' },
    ]);
    expect((await database.owner.query('select from citygraph.usage_refusal')).rowCount).toBe(3);
  });

  test('are written every few seconds, and nothing is when there were none', async () => {
    const counter = createRefusalCounter({
      pool: database.pools.logger,
      node: 'node-1',
      interval: 50,
      onFailure: unexpected,
    });
    await delay(120);
    expect(await counted()).toEqual([]);
    counter.count('OVERLOADED');
    await delay(300);
    expect(await counted()).toMatchObject([{ code: 'OVERLOADED', count: '1' }]);
    await counter.stop();
  });

  test('of a flush that failed are in the next, and the failure is told', async () => {
    let down = true;
    const pool = {
      query: (text: string, values: unknown[]) =>
        down ? Promise.reject(new Error('down')) : database.pools.logger.query(text, values),
    } as unknown as Pool;
    const failures: unknown[] = [];
    const counter = createRefusalCounter({
      pool,
      node: 'node-1',
      interval: 40,
      onFailure: (error) => failures.push(error),
    });
    counter.count('RATE_LIMITED');
    await delay(100);
    counter.count('RATE_LIMITED');
    expect(failures).toContainEqual(new Error('down'));
    down = false;
    await counter.stop();
    expect(await counted()).toMatchObject([{ code: 'RATE_LIMITED', count: '2' }]);
  });

  test('take bounded memory while the database is away for long, and none is forgotten', async () => {
    let minute = 0;
    let written = '';
    const pool = {
      query: (_text: string, [counts]: [string]) => Promise.resolve((written = counts)),
    } as unknown as Pool;
    const counter = createRefusalCounter({
      pool,
      node: 'node-1',
      onFailure: unexpected,
      now: () => new Date(minute * 60_000),
    });
    for (; minute < 1_000; minute++) counter.count('OVERLOADED');
    await counter.stop();
    const counts = JSON.parse(written) as { count: number }[];
    expect(counts).toHaveLength(60);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
  });
});
