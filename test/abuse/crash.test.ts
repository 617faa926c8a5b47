/**
 * kill -9 of the service, of PostgreSQL, and of both, at random moments under load. After each: whatever a client has received in full is in
 * the log, once; the tree, its checkpoints and those that the witness kept agree; and all of it came back without a hand.
 *
 * A few rounds here; `npm run test:crash` does fifty. The load rests while the log is looked at, so that a round costs as much late as early:
 * each looks at what was received since the one before, at every leaf, record and checkpoint there is, and every tenth and the last at all
 * that was ever received.
 *
 * @long
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DemoCredentials } from '../../seeds/demo-credentials.js';
import { clusterIn } from '../../src/database/data-directory.js';
import { createPools } from '../../src/database/pools.js';
import { findRunningPostgres } from '../../src/database/running-postgres.js';
import { readKeptCheckpoints } from '../../src/usage-log/tree/checkpoint-file.js';
import { openSigningKeys } from '../../src/usage-log/tree/signing-keys.js';
import { verifyLog } from '../../src/usage-log/tree/verify-log.js';

const rounds = Number(process.env['CITYGRAPH_CRASH_ROUNDS'] ?? 3);
const workers = 8;
const dataDir = mkdtempSync(join(tmpdir(), 'citygraph-crash-'));
const program = join(import.meta.dirname, '..', 'support', 'crash-service.mjs');

interface Received {
  readonly recordId: string;
  readonly commitment: string;
}

let port: number;
let service: ChildProcess;
let credentials: DemoCredentials;
/** Of responses that a client has in full. */
const received: Received[] = [];
/** Of these, how many had been looked for when a round ended. */
let lookedFor = 0;
let loading: Promise<unknown>;
let stopped = false;
/** While the log is looked at. */
let resting = false;

beforeAll(async () => {
  port = await freePort();
  service = await start();
  credentials = JSON.parse(readFileSync(join(dataDir, 'demo-credentials.json'), 'utf8')) as DemoCredentials;
  loading = Promise.all(Array.from({ length: workers }, (_, worker) => load(worker)));
}, 120_000);
afterAll(async () => {
  stopped = true;
  await loading;
  const exited = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  await exited;
  rmSync(dataDir, { recursive: true });
}, 60_000);

async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, dataDir, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', (code) => reject(new Error(`the service ended with ${code} before it answered`)));
  });
  return child;
}

async function load(worker: number): Promise<void> {
  const { idNumbers } = credentials.samples;
  const { token } = credentials.consumers['portrait-app']!;
  for (let n = worker; !stopped; n += 1) {
    while (resting && !stopped) await delay(20);
    const answer = await ask(token, idNumbers[n % idNumbers.length]!);
    if (answer === null) {
      await delay(50);
      continue;
    }
    const { data, extensions } = JSON.parse(answer) as { data?: unknown; extensions?: { usage?: Received } };
    if (extensions?.usage) received.push(extensions.usage);
    else if (data) throw new Error('data without a usage record');
    else await delay(50);
  }
}

/** The whole answer, or null where the connection or the service went away on the way. */
async function ask(token: string, id: string): Promise<string | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        query: 'query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name birthDate } } }',
        variables: { id },
      }),
      signal: AbortSignal.timeout(15_000),
    });
    return await response.text();
  } catch (error) {
    if (['TypeError', 'TimeoutError', 'AbortError'].includes((error as Error).name)) return null;
    throw error;
  }
}

function killService(): void {
  service.kill('SIGKILL');
}

function killPostgres(): void {
  process.kill(Number(readFileSync(join(clusterIn(dataDir), 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
}

const crashes = [
  { name: 'the service', kill: killService, restart: true },
  { name: 'PostgreSQL', kill: killPostgres, restart: false },
  {
    name: 'both',
    kill: () => {
      killPostgres();
      killService();
    },
    restart: true,
  },
];

async function expectWholeLog(all: boolean): Promise<void> {
  const running = (await findRunningPostgres(dataDir, 10_000))!;
  const pools = createPools({ url: running.url('postgres'), sizes: { auditor: 4 } });
  const keys = openSigningKeys(join(dataDir, 'log-keys.json'));
  const sofar = received.slice(all ? 0 : lookedFor);
  lookedFor = received.length;
  try {
    const ids = sofar.map(({ recordId }) => recordId);
    expect(ids.length).toBeGreaterThan(20);
    expect(new Set(received.map(({ recordId }) => recordId)).size).toBe(received.length);
    // All that was received is in the tree within a second or so, each record once, with the commitment that its receipt names.
    await waitUntil(async () => {
      const { rows } = await pools.auditor
        .query<{ id: string }>(`select record_id as id from citygraph.usage_leaf where record_id = any($1)`, [ids])
        .catch(untilItIsBack);
      return rows.length === ids.length;
    });
    const { rows } = await pools.auditor.query<Received & { records: string }>(
      `select l.record_id as "recordId", encode(l.commitment, 'hex') as commitment,
              (select count(*) from citygraph.usage_record r where r.id = l.record_id) as records
         from citygraph.usage_leaf l where record_id = any($1)`,
      [ids],
    );
    const leaves = new Map(rows.map((row) => [row.recordId, row]));
    expect(leaves).toEqual(
      new Map(sofar.map(({ recordId, commitment }) => [recordId, { recordId, commitment, records: '1' }])),
    );
    const kept = readKeptCheckpoints(join(dataDir, 'checkpoints')).map((note) => ({ source: 'the witness', note }));
    const verification = await verifyLog({
      connect: () => pools.auditor.connect(),
      origin: keys.origin,
      verifiers: keys.verifiers(),
      checkpoints: kept,
    });
    expect(verification.findings).toEqual([]);
    expect(verification.checkpoints).toBeGreaterThan(kept.length);
  } finally {
    await pools.close();
  }
}

/** For some milliseconds, in which many are answered, sessions outlive a server that was killed; a new one finds nobody. */
function untilItIsBack(error: Error & { readonly code?: string }): { readonly rows: [] } {
  if (['ECONNRESET', 'ECONNREFUSED', '57P03'].includes(error.code ?? '')) return { rows: [] };
  throw error;
}

test.each(Array.from({ length: rounds }, (_, round) => ({ round: round + 1, ...crashes[round % crashes.length]! })))(
  'round $round: $name killed under load',
  async ({ round, kill, restart }) => {
    const before = received.length;
    await waitUntil(() => received.length > before + 20);
    await delay(Math.random() * 400);
    kill();
    if (restart) service = await start();
    const after = received.length;
    await waitUntil(() => received.length > after + 20);
    resting = true;
    try {
      await expectWholeLog(round % 10 === 0 || round === rounds);
    } finally {
      resting = false;
    }
  },
  120_000,
);

async function waitUntil(holds: () => Promise<boolean> | boolean, within = 60_000): Promise<void> {
  const end = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited in vain');
    await delay(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}
