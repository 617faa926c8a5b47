import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresReport,
  startEmbeddedPostgres,
} from '../../src/database/embedded-postgres.js';

describe('the embedded PostgreSQL', () => {
  let folder: string;
  let dataDir: string;
  const running: EmbeddedPostgres[] = [];
  const services: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'citygraph-embedded-'));
    dataDir = join(folder, 'data');
  });

  afterEach(async () => {
    for (const service of services.splice(0)) service.kill('SIGKILL');
    for (const server of running.splice(0)) await server.stop();
    rmSync(folder, { recursive: true });
  });

  async function start(options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {}): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ dataDir, ...options });
    running.push(server);
    return server;
  }

  /** A whole process, so that it can be killed; resolves with its connection string. */
  async function startService(): Promise<{ service: ChildProcess; url: string }> {
    const script = new URL('service-process.mjs', import.meta.url).pathname;
    const service = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    services.push(service);
    for await (const url of createInterface({ input: service.stdout })) return { service, url };
    throw new Error('the service ended before its database accepted connections');
  }

  test('is made on first start, speaks UTF-8, listens on loopback alone and keeps its promises of durability', async () => {
    const server = await start();
    const rows = await query(
      server.url('postgres'),
      `select name, setting from pg_settings where name in
       ('listen_addresses', 'unix_socket_directories', 'fsync', 'full_page_writes', 'synchronous_commit', 'password_encryption', 'jit')`,
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      password_encryption: 'scram-sha-256',
      jit: 'off',
    });
    await query(server.url('postgres'), 'create extension pg_trgm');
    expect(await query(server.url('postgres'), `select cardinality(show_trgm('有限公司')) as trigrams`)).toEqual([
      { trigrams: 5 },
    ]);
  });

  test('takes settings over its own', async () => {
    const server = await start({ settings: { max_connections: '20', application_name: 'set by the caller' } });
    expect(await query(server.url('postgres'), 'show max_connections')).toEqual([{ max_connections: '20' }]);
  });

  test('says which line of the server stopped it when a setting is wrong', async () => {
    await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
      code: 'POSTGRES_FAILED',
      message: expect.stringContaining('invalid value for parameter "shared_buffers": "plenty"'),
    });
    await start();
  });

  test('keeps the values of a failed statement out of the log', async () => {
    const reports: EmbeddedPostgresReport[] = [];
    const server = await start({ onReport: (report) => reports.push(report) });
    await query(server.url('postgres'), 'create table person (id_number text primary key)');
    const insert = `insert into person values ('110101199003070000'), ('110101199003070000')`;
    await expect(query(server.url('postgres'), insert)).rejects.toMatchObject({ code: '23505' });
    await server.stop();
    expect(JSON.stringify(reports)).toContain('database system is shut down');
    expect(JSON.stringify(reports)).not.toContain('110101199003070000');
  });

  test('keeps its password to itself, and asks for it', async () => {
    const server = await start();
    expect(statSync(join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600);
    const wrong = new URL(server.url('postgres'));
    wrong.password = 'guessed';
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('keeps committed data through a stop, and leaves no process behind', async () => {
    const first = await start();
    await query(first.url('postgres'), 'create table kept as select 7 as n');
    expect(processesOf(dataDir)).not.toEqual([]);
    await first.stop();
    expect(processesOf(dataDir)).toEqual([]);

    const second = await start();
    expect(await query(second.url('postgres'), 'select n from kept')).toEqual([{ n: 7 }]);
  });

  test('rolls open transactions back instead of waiting for them when stopped', async () => {
    const server = await start();
    const client = new Client({ connectionString: server.url('postgres') });
    const dropped = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await client.query('begin; create table unfinished (n int)');
    const asked = performance.now();
    await server.stop();
    await server.exited;
    await dropped;
    /* It takes a tenth of a second; a server that waits for its clients is given half a minute. */
    expect(performance.now() - asked).toBeLessThan(15_000);
  });

  test('refuses a data directory that another part of this service holds', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIR_LOCKED', details: { holder: String(process.pid) } });
  });

  test('refuses a data directory that another service holds, and takes it once that one has stopped', async () => {
    const { service } = await startService();
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIR_LOCKED', details: { holder: String(service.pid) } });
    const ended = new Promise((resolve) => service.once('exit', resolve));
    service.kill('SIGTERM');
    expect(await ended).toBe(0);
    await start();
  });

  test('comes back by itself, on the same port and with its data, when the server is killed', async () => {
    const reports: EmbeddedPostgresReport[] = [];
    const server = await start({ onReport: (report) => reports.push(report) });
    const { port } = server;
    await query(server.url('postgres'), 'create table kept as select 7 as n');

    process.kill(serverPid(dataDir), 'SIGKILL');
    await until(() => reports.some(({ event }) => event === 'restarted'));
    expect(reports.filter(({ event }) => event !== 'log').map(({ event }) => event)).toEqual(['died', 'restarted']);
    expect(server.port).toBe(port);
    expect(await query(server.url('postgres'), 'select n from kept')).toEqual([{ n: 7 }]);
  });

  test('stops when asked to while it is coming back', async () => {
    const reports: EmbeddedPostgresReport[] = [];
    const server = await start({ onReport: (report) => reports.push(report) });
    process.kill(serverPid(dataDir), 'SIGKILL');
    await until(() => reports.some(({ event }) => event === 'died'));
    await server.stop();
    await server.exited;
    expect(processesOf(dataDir)).toEqual([]);
  });

  test('ends with its service when that is killed, and starts again with what was committed', async () => {
    const { service, url } = await startService();
    await query(url, 'create table kept as select 7 as n');
    service.kill('SIGKILL');
    const server = await start();
    expect(await query(server.url('postgres'), 'select n from kept')).toEqual([{ n: 7 }]);
    await server.stop();

    const again = await startService();
    again.service.kill('SIGKILL');
    await until(() => processesOf(dataDir).length === 0);
  });

  test('stops a server that was left behind, lifeline and all, before it starts', async () => {
    const { service, url } = await startService();
    await query(url, 'create table kept as select 7 as n');
    const left = serverPid(dataDir);
    for (const child of childrenOf(service)) if (child !== left) process.kill(child, 'SIGKILL');
    service.kill('SIGKILL');
    await delay(300);
    expect(processesOf(dataDir)).toContain(left);

    const reports: EmbeddedPostgresReport[] = [];
    const server = await start({ onReport: (report) => reports.push(report) });
    expect(reports[0]).toEqual({ event: 'abandoned-server-stopped', pid: left });
    expect(await query(server.url('postgres'), 'select n from kept')).toEqual([{ n: 7 }]);
  });

  test('leaves a stranger alone who has the process number of a server that is gone', async () => {
    const server = await start();
    await server.stop();
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    services.push(stranger);
    const cluster = join(dataDir, 'postgres');
    writeFileSync(join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n0\n5432\n\n127.0.0.1\n\nready\n`);
    await start();
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  test('makes the cluster again when a start was killed while making it', async () => {
    const unfinished = join(dataDir, 'postgres.new', 'cluster');
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, 'postgresql.conf'), '');
    const server = await start();
    expect(await query(server.url('postgres'), 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(existsSync(join(dataDir, 'postgres.new'))).toBe(false);
  });
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function serverPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Every PostgreSQL process works in its cluster. */
function processesOf(dataDir: string): number[] {
  return processNumbers().filter((pid) => ofProcess(() => readlinkSync(`/proc/${pid}/cwd`))?.startsWith(dataDir));
}

function childrenOf(service: ChildProcess): number[] {
  const parentLine = `PPid:\t${service.pid}\n`;
  return processNumbers().filter((pid) =>
    ofProcess(() => readFileSync(`/proc/${pid}/status`, 'utf8'))?.includes(parentLine),
  );
}

function processNumbers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function ofProcess(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    /* Ended between the two looks, or not ours. */
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('expected it to become true within 30 s');
    await delay(20);
  }
}
