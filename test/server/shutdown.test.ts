/** The service as a process, told to end while it is busy: what a client has received is in the log, what can't be finished says so, on record. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { type DemoService, startDemoService } from '../support/demo-service.js';

let demo: DemoService;
let dataDir: string;

beforeAll(async () => {
  demo = await startDemoService();
  // Its database and its keys are what is wanted.
  await demo.stopService();
  dataDir = mkdtempSync(join(tmpdir(), 'citygraph-ending-'));
});
afterAll(async () => {
  await demo.stop();
  rmSync(dataDir, { recursive: true });
});

interface Process {
  readonly child: ChildProcess;
  readonly address: string;
  /** Code and signal. */
  readonly exited: Promise<unknown[]>;
  readonly said: string[];
}

async function start(environment: Record<string, string> = {}): Promise<Process> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'dist', 'src', 'main.js'), 'start'], {
    env: {
      ...{ PATH: process.env['PATH'], DATABASE_URL: demo.url, KEYRING_FILE: demo.keyringFile, DATA_DIR: dataDir },
      ...{ PORT: '0', LOG_WITNESSES: 'none', LIMIT_WAIT_MS: '60000', ...environment },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<unknown[]>((resolve) => child.once('exit', (...how) => resolve(how)));
  const said: string[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    void exited.then(() => reject(new Error('the service ended before it listened')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const found = /listens on (http:\S+)\/graphql/.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  return { child, address, exited, said };
}

interface Given {
  readonly status: number;
  readonly data: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly usage?: { readonly recordId: string } };
}

async function ask(address: string, query: string, variables: object = {}): Promise<Given> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${demo.tokenOf('portrait-app')}` },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Omit<Given, 'status'>) };
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error('expected it to come, and it did not');
    await delay(25);
  }
}

async function lockFirms(): Promise<{ waiting(): Promise<boolean>; release(): Promise<void> }> {
  const holder: PoolClient = await demo.owner.connect();
  await holder.query('begin; lock table legal_person.enterprise in access exclusive mode');
  return {
    waiting: async () =>
      (
        await demo.owner.query(
          `select from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'citygraph reader%'`,
        )
      ).rowCount === 1,
    release: async () => {
      await holder.query('rollback');
      holder.release();
    },
  };
}
const firms = '{ enterpriseRegistrations(first: 1) { nodes { name } } }';

test('under load all that was received is in the log and in its tree, and it ends with 0', async () => {
  const { child, address, exited } = await start();
  const received: string[] = [];
  const refused: string[] = [];
  let over = false;
  const worker = async (at: number): Promise<void> => {
    const { idNumbers } = demo.credentials.samples;
    const query = 'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name } } }';
    for (let n = at; !over; n += 1) {
      let given: Given;
      try {
        given = await ask(address, query, { id: idNumbers[n % idNumbers.length] });
      } catch (error) {
        // Nothing listens any more, or the connection was closed before it was answered.
        if ((error as Error).name !== 'TypeError') throw error;
        return;
      }
      const id = given.extensions?.usage?.recordId;
      if (id) received.push(id);
      else if (given.data) throw new Error('data without a usage record');
      else refused.push(given.errors![0]!.extensions.code);
    }
  };
  const load = Promise.all(Array.from({ length: 16 }, (_, at) => worker(at)));
  await until(() => received.length > 200);
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  over = true;
  await load;
  expect(refused.filter((code) => code !== 'SHUTTING_DOWN')).toEqual([]);
  const { rows } = await demo.owner.query<{ records: number; leaves: number; waiting: number }>(
    `select (select count(*) from citygraph.usage_record where id = any($1))::int as records,
            (select count(*) from citygraph.usage_leaf where record_id = any($1))::int as leaves,
            (select count(*) from citygraph.usage_waiting)::int as waiting`,
    [received],
  );
  expect(rows[0]).toEqual({ records: received.length, leaves: received.length, waiting: 0 });
});

describe('with a request that does not end', () => {
  test('it waits for as long as was set, then stops it, on record, and ends with 0', async () => {
    const { child, address, exited } = await start({ SHUTDOWN_SECONDS: '1' });
    const lock = await lockFirms();
    try {
      const asked = ask(address, firms);
      await until(lock.waiting);
      child.kill('SIGTERM');
      const given = await asked;
      expect([given.status, given.errors!.map(({ extensions }) => extensions.code), given.data ?? null]).toEqual([
        503,
        ['SHUTTING_DOWN'],
        null,
      ]);
      expect(await exited).toEqual([0, null]);
      expect(await demo.recordOf(given.extensions?.usage?.recordId)).toMatchObject({
        outcome: 'failed',
        error_codes: ['SHUTTING_DOWN'],
        subjects: '',
      });
    } finally {
      await lock.release();
    }
  });

  test('a second signal ends it at once; the same one twice, as a terminal gives it, does not', async () => {
    const { child, address, exited, said } = await start({ SHUTDOWN_SECONDS: '600' });
    const lock = await lockFirms();
    try {
      const asked = ask(address, firms).catch((error: unknown) => error);
      await until(lock.waiting);
      child.kill('SIGINT');
      await until(() => said.some((line) => line.includes('the service ends')));
      child.kill('SIGINT');
      await delay(1_100);
      expect(child.exitCode).toBeNull();
      child.kill('SIGTERM');
      expect(await exited).toEqual([143, null]);
      expect(await asked).toMatchObject({ name: 'TypeError' });
    } finally {
      await lock.release();
    }
  });
});

test('a setting that is wrong ends it with 2 before it starts, and names all of them', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'dist', 'src', 'main.js'), 'start'], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: 'x', LIMIT_COST: 'y', METRICS_TOKEN: 'pass-word-1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code).toBe(2);
  for (const name of ['PORT', 'LIMIT_COST', 'METRICS_TOKEN']) expect(said).toMatch(new RegExp(`${name}: expected`));
  expect(said).not.toMatch(/pass-word-1|\n\s+at /);
});
