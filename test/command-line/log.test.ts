/**
 * `citygraph log …` as its user runs it.
 *
 * @long
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkProof } from '../usage-log/tree/rfc6962.js';
import { createLogUnderTest, type LogUnderTest } from '../usage-log/tree/log-under-test.js';

const project = join(import.meta.dirname, '..', '..');
let log: LogUnderTest;
let folder: string;
let ids: string[];

beforeAll(async () => {
  log = await createLogUnderTest();
  folder = mkdtempSync(join(tmpdir(), 'citygraph-log-command-'));
  copyFileSync(log.keysFile, join(folder, 'log-keys.json'));
  ids = await log.append(30);
  await log.settle();
});
afterAll(async () => {
  await log.drop();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function citygraph(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(project, 'dist/src/main.js'), 'log', ...args], {
    env: {
      ...process.env,
      DATABASE_URL: log.database.url,
      DATA_DIR: folder,
      NODE_OPTIONS: '',
      LOG_WITNESSES: `file:${join(folder, 'kept')}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

test('prove gives a proof for offline checking, and with --open, on record, what opens it', async () => {
  const { code, stdout } = await citygraph('prove', ids[3]!, '--open', '--as', 'auditor-1');
  expect(code).toBe(0);
  const end = stdout.indexOf('\n');
  const { salt, canonicalRecord } = JSON.parse(stdout.slice(0, end)) as { salt: string; canonicalRecord: string };
  const commitment = createHash('sha256').update(Buffer.from(salt, 'hex')).update(canonicalRecord).digest('hex');
  expect(JSON.parse(canonicalRecord)).toMatchObject({ id: ids[3] });
  expect(checkProof(stdout.slice(end + 1), Buffer.from(`citygraph-usage/v1 ${commitment}\n`), log.vkey)).not.toBeNull();
  const { rows } = await log.database.owner.query(
    `select principal, outcome from citygraph.usage_record where operation_name = 'log prove --open' order by id`,
  );
  expect(rows).toEqual([
    { principal: 'auditor-1', outcome: 'begun' },
    { principal: 'auditor-1', outcome: 'answered' },
  ]);
  const unknown = await citygraph('prove', '01900000-0000-7000-8000-000000000000');
  expect(unknown).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('expected a record that is in the tree') as unknown,
  });
});

test('export is on record, and its file passes the script', async () => {
  const file = join(folder, 'export.jsonl');
  const { code, stdout } = await citygraph('export', file, '--as', 'auditor-1');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^30 records; check with/) as unknown });
  const script = spawnSync(process.execPath, [join(project, 'bin/verify-usage-log.mjs'), file, '--key', log.vkey], {
    encoding: 'utf8',
  });
  expect(script.stdout).toMatch(/^GOOD: 30 records/);
});

test('verify says what it checked; of a log that was altered it names the first bad record and fails', async () => {
  await log.settle();
  writeFileSync(join(folder, 'kept'), `${await log.lastNote()}\n`);
  const whole = await citygraph('verify', '--checkpoint', join(folder, 'kept'));
  expect(whole.code).toBe(0);
  expect(whole.stdout).toMatch(
    /^whole: 34 records \(0 wait for their leaf\), 34 leaves, 4 checkpoints of example.com\/log, 2 of them kept outside/,
  );
  await log.database.owner.query(`update citygraph.usage_record set outcome = 'refused' where id = $1`, [ids[7]]);
  const altered = await citygraph('verify');
  expect(altered.code).toBe(1);
  expect(altered.stderr).toContain(
    `LOG_INCONSISTENT: the usage log is not whole; the first bad record is ${ids[7]} (leaf `,
  );
  const untrusted = await citygraph(
    'verify',
    '--key',
    'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  );
  expect(untrusted.stderr).toContain('checkpoint-invalid');
});

test('keys are shown, added and retired', async () => {
  const [origin, first] = (await citygraph('keys')).stdout.split('\n') as [string, string];
  expect(origin).toBe('example.com/log');
  expect(first).toContain(log.vkey);
  const added = (await citygraph('rotate-key')).stdout.split('+')[1]!;
  expect((await citygraph('retire-key', log.vkey.split('+')[1]!)).stdout).toContain('retired');
  expect((await citygraph('retire-key', added)).stderr).toContain('expected another key that signs');
});
