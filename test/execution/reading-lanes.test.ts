import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { createPools, type Pools } from '../../src/database/pools.js';
import { openLanes, type ReadingLanes } from '../../src/execution/reading-lanes.js';
import { queryFields } from '../../src/execution/undescribed-query.js';
import { toByteString } from '../../src/model/byte-string.js';
import type { TestDatabase } from '../support/database.js';
import { copyMigrated } from '../support/migrated-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await copyMigrated();
});
afterAll(() => database.drop());

describe('a connection that reads', () => {
  let pools: Pools;
  let pool: Pool;
  let lanes: ReadingLanes;
  beforeEach(() => {
    pools = createPools({ url: database.url, sizes: { reader: 2 } });
    pool = pools.reader;
    lanes = openLanes(pool, () => true);
  });
  afterEach(() => pools.close());

  const ask = async (text: string): Promise<string | null | undefined> => {
    const rows = await lanes.use(1, ({ client }) => queryFields(client, null, text, []));
    return rows[0]?.[0];
  };
  const session = (): Promise<string | null | undefined> => ask('select pg_backend_pid()::text');
  const untilGivenBack = async (): Promise<void> => {
    while (pool.idleCount < pool.totalCount) await delay(5);
  };

  test('is kept for the statement that comes next, and given back when none does', async () => {
    const first = await session();
    expect(pool.idleCount).toBe(0);
    expect(await session()).toBe(first);
    expect(pool.totalCount).toBe(1);
    await untilGivenBack();
    expect(await session()).toBe(first);
  });

  test('is not used again when it was lost while it waited', async () => {
    const first = await lanes.use(1, async ({ client }) => {
      const [row] = await queryFields(client, null, 'select pg_backend_pid()::text', []);
      // As the server's word that it goes away, or the end of the connection, comes when nobody asks it anything.
      setImmediate(() => client.emit('error', new Error('the connection was lost')));
      return row![0];
    });
    await delay(1);
    const second = await session();
    expect(second).toMatch(/^\d+$/);
    expect(second).not.toBe(first);
    await untilGivenBack();
    expect(pool.totalCount).toBe(1);
  });

  test('is left to whoever asks the pool for one while all of them wait', async () => {
    await Promise.all([session(), session(), session()]);
    expect([pool.totalCount, pool.idleCount]).toEqual([2, 0]);
    const client = await pool.connect();
    client.release();
    await untilGivenBack();
  });

  test('takes many statements at once, and each gets its own answer or its own error', async () => {
    const texts = Array.from({ length: 40 }, (_, n) => (n % 7 === 3 ? 'select 1 / 0' : `select '${n}'`));
    const answers = await Promise.allSettled(texts.map(ask));
    expect(answers.map((it) => (it.status === 'fulfilled' ? it.value : (it.reason as { code: string }).code))).toEqual(
      texts.map((_, n) => (n % 7 === 3 ? '22012' : String(n))),
    );
  });

  test.each(['as pools do', 'as pg does'])('gets texts as their bytes, where the socket is read %s', async (read) => {
    const own = new Pool({ connectionString: database.url, max: 1, pipeline: true });
    const client = await (read === 'as pools do' ? pool : own).connect();
    const half = `select '乙' || 1 / (3 - n) from generate_series(1, 5) as n`;
    const asked = [
      queryFields(client, null, `select '甲', null, ''`, []),
      queryFields(client, null, half, []).catch((error: { code: string }) => error.code),
      client.query('select $1::text as text', ['丙']).then(({ rows }) => rows as unknown),
      queryFields(client, null, `select 'é' union all select repeat('丁', 50000)`, []),
      queryFields(client, null, 'select where false', []),
    ];
    const answers = await Promise.all(asked);
    client.release();
    await own.end();
    const long = toByteString('丁'.repeat(50_000));
    expect(answers.map((answer) => JSON.stringify(answer).replace(long, 'long'))).toEqual(
      [[[toByteString('甲'), null, '']], '22012', [{ text: '丙' }], [[toByteString('é')], ['long']], []].map((it) =>
        JSON.stringify(it),
      ),
    );
  });

  test('knows a statement by its name, and takes no other under it', async () => {
    const named = (text: string, value: string): Promise<unknown> =>
      lanes.use(1, ({ client }) => queryFields(client, 'one', text, [value]));
    expect(await Promise.all([named('select $1::text', 'a'), named('select $1::text', 'b')])).toEqual([
      [['a']],
      [['b']],
    ]);
    await expect(named('select upper($1)', 'a')).rejects.toThrow(/expected one statement of the name one/);
    expect(await named('select $1::text', 'c')).toEqual([['c']]);
  });
});
