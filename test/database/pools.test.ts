import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { listen } from '../../src/database/listener.js';
import { migrate } from '../../src/database/migrate.js';
import { createPools, poolNames, type PoolSettings, type Pools } from '../../src/database/pools.js';
import type { TestDatabase } from '../support/database.js';
import { copyMigrated } from '../support/migrated-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await copyMigrated();
});
afterAll(() => database.drop());

async function withPools(
  settings: Omit<PoolSettings, 'url'> & { url?: string },
  work: (pools: Pools) => Promise<void>,
): Promise<void> {
  const pools = createPools({ url: database.url, ...settings });
  try {
    await work(pools);
  } finally {
    await pools.close();
  }
}

async function asOwner(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Passes everything on, save for `options` of the startup message: length, protocol, then names and values that end with a zero. */
async function startPoolerWithoutOptions(target: string): Promise<{ url: string; close(): Promise<void> }> {
  const { hostname, port } = new URL(target);
  const server = createServer((socket) => {
    const upstream = connect({ host: hostname, port: Number(port) });
    socket.once('data', (startup: Buffer) => {
      const words = startup.subarray(8).toString('utf8').split('\0');
      const at = words.indexOf('options');
      words.splice(at, at < 0 ? 0 : 2);
      const rest = Buffer.from(words.join('\0'));
      const head = Buffer.alloc(8);
      head.writeInt32BE(rest.length + 8, 0);
      startup.copy(head, 4, 4, 8);
      upstream.write(Buffer.concat([head, rest]));
      socket.pipe(upstream).pipe(socket);
    });
    const end = (): void => void (socket.destroy(), upstream.destroy());
    for (const side of [socket, upstream]) side.on('error', end).on('close', end);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + 15_000;
  while (!(await condition())) {
    if (performance.now() > until) throw new Error('expected it to come true within 15 s');
    await delay(20);
  }
}

describe('a pool', () => {
  test.each([
    ['reader', 'citygraph_reader'],
    ['readerL4', 'citygraph_reader_l4'],
    ['logger', 'citygraph_logger'],
    ['auditor', 'citygraph_auditor'],
  ] as const)('%s has the role %s, and falls back to it', async (name, role) => {
    await withPools({}, async (pools) => {
      expect((await pools[name].query('select current_user')).rows).toEqual([{ current_user: role }]);
      await pools[name].query('reset role');
      expect((await pools[name].query('select current_user')).rows).toEqual([{ current_user: role }]);
    });
  });

  test('has its session pinned, whatever database and connection string say', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await asOwner(database.url, `alter database "${name}" set timezone = 'America/New_York'`);
    await asOwner(database.url, `alter database "${name}" set datestyle = 'German'`);
    const settings = [
      'timezone',
      'datestyle',
      'application_name',
      'statement_timeout',
      'default_transaction_read_only',
    ];
    const sql = `select ${settings.map((it) => `current_setting('${it}') as ${it}`).join(', ')}, current_user`;
    const url = `${database.url}?application_name=other&options=-c%20role%3Dnone%20-c%20work_mem%3D5MB`;
    await withPools({ url, statementTimeoutMilliseconds: 1234 }, async (pools) => {
      expect((await pools.reader.query(sql)).rows).toEqual([
        {
          timezone: 'Asia/Shanghai',
          datestyle: 'ISO, YMD',
          application_name: 'citygraph reader',
          statement_timeout: '1234ms',
          default_transaction_read_only: 'on',
          current_user: 'citygraph_reader',
        },
      ]);
      expect((await pools.reader.query('show work_mem')).rows).toEqual([{ work_mem: '5MB' }]);
      expect((await pools.logger.query('show default_transaction_read_only')).rows).toEqual([
        { default_transaction_read_only: 'off' },
      ]);
    });
  });

  test('writes durably though the database was told otherwise after the start', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await asOwner(database.url, `alter database "${name}" set synchronous_commit = off`);
    try {
      await withPools({}, async (pools) => {
        expect((await pools.logger.query('show synchronous_commit')).rows).toEqual([{ synchronous_commit: 'on' }]);
      });
    } finally {
      await asOwner(database.url, `alter database "${name}" reset synchronous_commit`);
    }
  });

  test('gives up a statement that takes too long', async () => {
    await withPools({ statementTimeoutMilliseconds: 50 }, async (pools) => {
      await expect(pools.reader.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57014' });
    });
  });

  test('opens as many connections as it was told', async () => {
    await withPools({ sizes: { reader: 3 } }, async (pools) => {
      await Promise.all(Array.from({ length: 8 }, () => pools.reader.query('select pg_sleep(0.02)')));
      expect(pools.reader.totalCount).toBe(3);
    });
  });

  test('takes a URL of its own', async () => {
    const url = `${database.url}?options=-c%20work_mem%3D7MB`;
    await withPools({ urls: { readerL4: url } }, async (pools) => {
      expect((await pools.readerL4.query('show work_mem')).rows).toEqual([{ work_mem: '7MB' }]);
      expect((await pools.reader.query('show work_mem')).rows).not.toEqual([{ work_mem: '7MB' }]);
    });
  });

  test('refuses a session that did not get its role, as through a pooler that drops options', async () => {
    const pooler = await startPoolerWithoutOptions(database.url);
    try {
      await withPools({ url: pooler.url }, async (pools) => {
        for (const name of poolNames) {
          await expect(pools[name].query('select 1')).rejects.toMatchObject({ code: 'POOL_UNAVAILABLE' });
        }
      });
    } finally {
      await pooler.close();
    }
  });

  test('loses connections, idle or busy, without harm to the process', async () => {
    const lost: string[] = [];
    await withPools({ onConnectionLost: (name) => lost.push(name) }, async (pools) => {
      const idle = await Promise.all(poolNames.map((name) => pools[name].query('select 1')));
      expect(idle).toHaveLength(poolNames.length);
      const busy = expect(pools.reader.query('select pg_sleep(5)')).rejects.toMatchObject({ code: '57P01' });
      const held = await pools.auditor.connect();
      await eventually(
        async () =>
          (
            await asOwner(
              database.url,
              `select from pg_stat_activity where query like '%pg_sleep(5)%' and usename = current_user and pid <> pg_backend_pid()`,
            )
          ).length > 0,
      );
      await asOwner(
        database.url,
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name ~ '^citygraph ' and datname = current_database()`,
      );
      await busy;
      await eventually(() => lost.includes('logger') && lost.includes('readerL4'));
      await expect(held.query('select 1')).rejects.toThrow();
      held.release(true);
      for (const name of poolNames) await pools[name].query('select 1');
    });
  });
});

test('the listener hears, reconnects and says so', async () => {
  const heard: string[] = [];
  const lost: Error[] = [];
  let reconnected = 0;
  const listener = await listen(
    database.url,
    'policy news',
    (payload) => heard.push(payload),
    () => reconnected++,
    {
      onLost: (error) => lost.push(error),
    },
  );
  try {
    await asOwner(database.url, `notify "policy news", 'one'`);
    await eventually(() => heard.length === 1);
    await asOwner(
      database.url,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'citygraph listener' and datname = current_database()`,
    );
    await eventually(() => reconnected === 1);
    expect(lost).not.toHaveLength(0);
    await asOwner(database.url, `notify "policy news", 'two'`);
    await eventually(() => heard.length === 2);
    expect(heard).toEqual(['one', 'two']);
  } finally {
    await listener.close();
  }
  await delay(200);
  expect(reconnected).toBe(1);
});

describe('when the whole server dies and comes back', () => {
  let dataDir: string;
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'citygraph-pools-'));
    server = await startEmbeddedPostgres({ dataDir });
    await migrate(server.url('postgres'));
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('pools and listener work again', async () => {
    const url = server.url('postgres');
    const pools = createPools({ url });
    let reconnected = 0;
    const heard: string[] = [];
    const listener = await listen(
      url,
      'news',
      (payload) => heard.push(payload),
      () => reconnected++,
    );
    try {
      for (const name of poolNames) await pools[name].query('select 1');
      const pid = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      await eventually(() => reconnected > 0);
      for (const name of poolNames) await pools[name].query('select 1');
      await asOwner(url, `notify news, 'again'`);
      await eventually(() => heard.length > 0);
    } finally {
      await listener.close();
      await pools.close();
    }
  });
});
