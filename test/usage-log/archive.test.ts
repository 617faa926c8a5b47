/**
 * Months of the usage log moved to files and back: nothing is removed that was not read back and proved, whatever happens in between, and
 * the tree stays whole.
 */
import { afterAll, beforeEach, afterEach, describe, expect, jest, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { runCommandLine } from '../../src/command-line/command-line.js';
import { connectionSettings } from '../../src/database/connection-settings.js';
import { createPools, type Pools } from '../../src/database/pools.js';
import { archiveMonth, type ArchiveStep, findMonths } from '../../src/usage-log/archive/archive-month.js';
import { countUsageRecords } from '../../src/usage-log/count-usage.js';
import { indexNext } from '../../src/usage-log/index/indexer.js';
import { commitRecord } from '../../src/usage-log/canonical-record.js';
import type { ArchiveLine } from '../../src/usage-log/archive/write-archive.js';
import { restoreMonth } from '../../src/usage-log/archive/restore-month.js';
import { leafHashOf } from '../../src/usage-log/tree/leaf.js';
import { type Verification, verifyLog } from '../../src/usage-log/tree/verify-log.js';
import { createLogUnderTest, type LogUnderTest } from './tree/log-under-test.js';

let log: LogUnderTest;
let pools: Pools;
let client: Client;
let folder: string;
const project = join(import.meta.dirname, '..', '..');

const day = 86_400_000;
/** Records of three months, each of the later two with more than one tile of leaves together with the others. */
beforeEach(async () => {
  log = await createLogUnderTest();
  pools = createPools({ url: log.database.url, sizes: { auditor: 4 } });
  client = new Client(connectionSettings(log.database.url, { purpose: 'archive' }));
  await client.connect();
  folder = mkdtempSync(join(tmpdir(), 'citygraph-archive-'));
  await execute(`create table citygraph.usage_record_2025_02 (like citygraph.usage_record including all);
    alter table citygraph.usage_record attach partition citygraph.usage_record_2025_02
      for values from ('2025-02-01T00:00:00Z') to ('2025-03-01T00:00:00Z')`);
  for (const month of [
    '2025-01-31T23:59:59.999Z',
    '2025-02-01T00:00:00.000Z',
    '2025-02-14T08:00:00.000Z',
    '2025-03-01T00:00:00.000Z',
  ])
    await log.append(90, { occurredAt: new Date(month), arguments: { 名: 'a\n"b"\u2028', n: 1.5, list: [1, null] } });
  await log.append(20);
  await log.settle();
});
afterEach(async () => {
  await client.end();
  await pools.close();
  await log.drop();
  rmSync(folder, { recursive: true });
});
afterAll(() => undefined);

async function execute(sql: string, values?: unknown[]): Promise<void> {
  await log.database.owner.query(sql, values);
}
const counts = async (): Promise<Record<string, number>> => {
  const { rows } = await log.database.owner.query<{ month: string; n: string }>(
    `select to_char(occurred_at at time zone 'UTC', 'YYYY-MM') as month, count(*) as n from citygraph.usage_record
      where occurred_at < '2026-01-01' group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ month, n }) => [month, Number(n)]));
};
const content = async (): Promise<unknown> =>
  (await log.database.owner.query('select * from citygraph.usage_record order by occurred_at, id')).rows;
const verify = (): Promise<Verification> =>
  verifyLog({ connect: () => pools.auditor.connect(), origin: log.keys.origin, verifiers: log.keys.verifiers() });
const findings = async (): Promise<string[]> => (await verify()).findings.map(({ kind }) => kind);

const archive = (
  month: string,
  onStep?: (step: ArchiveStep) => void | Promise<void>,
  patience?: number,
): ReturnType<typeof archiveMonth> =>
  archiveMonth(
    { client, keys: log.keys, folder, archivedBy: 'zhao', ...(onStep && { onStep }), ...(patience && { patience }) },
    month,
  );
const restore = (file: string, onCommit?: () => void): ReturnType<typeof restoreMonth> =>
  restoreMonth(
    { client, origin: log.keys.origin, verifiers: log.keys.verifiers(), ...(onCommit && { onCommit }) },
    join(folder, file),
  );
const whole = { '2025-01': 90, '2025-02': 180, '2025-03': 90 };

test('months go to files with their proofs, the log stays whole, and they come back as they were', async () => {
  const before = await content();
  expect(await findMonths(client, '2025-03')).toEqual(['2025-01', '2025-02']);
  // One out of the partition for the rest, and one that has a partition.
  for (const month of ['2025-01', '2025-02']) await archive(month);
  expect(await counts()).toEqual({ '2025-03': 90 });
  expect((await log.database.owner.query(`select to_regclass('citygraph.usage_record_2025_02') as gone`)).rows).toEqual(
    [{ gone: null }],
  );
  expect(readdirSync(folder).sort()).toEqual([
    ...['usage-2025-01.jsonl.gz', 'usage-2025-01.manifest', 'usage-2025-02.jsonl.gz', 'usage-2025-02.manifest'],
  ]);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  const after = await verify();
  expect(after).toMatchObject({
    ...{ size: 380, records: 110, findings: [] },
    archived: [
      { month: '2025-01', records: 90, file: join(folder, 'usage-2025-01.jsonl.gz') },
      { month: '2025-02', records: 180 },
    ],
  });
  // What comes later extends the same tree.
  await log.append(3);
  await log.settle();
  expect(await findings()).toEqual([]);
  await execute(`delete from citygraph.usage_record where occurred_at > '2026-01-01' and response_bytes < 3 and id in (
    select record_id from citygraph.usage_leaf where leaf_index >= 380)`);
  expect(await findings()).toEqual(['record-removed', 'record-removed', 'record-removed']);
  for (const month of ['2025-02', '2025-01']) await restore(`usage-${month}.jsonl.gz`);
  expect(await counts()).toEqual(whole);
  expect(await content()).toEqual(before);
});

test('the index forgets who was looked at with the records, and knows it again with them; counts stay', async () => {
  const { owner } = log.database;
  while ((await indexNext(log.database.pools.indexer)) > 0);
  // Those of the last batches wait to be counted.
  const periods = `(select period, subject_id, sum(records) as records
     from (select * from citygraph.usage_subject_period
            union all
           select citygraph.usage_period(hour), unnest(subject_ids), 1 from citygraph.usage_subject_batch) as all_of_them group by 1, 2)`;
  const entries = async (): Promise<unknown> => {
    const { rows } = await owner.query(
      `select (select json_agg(e order by e.id) from citygraph.usage_entry e) as entries,
              (select json_agg(s order by s.subject_id, s.id) from citygraph.usage_subject_entry s) as subjects,
              (select json_agg(t order by t.period, t.subject_id) from ${periods} t) as periods,
              (select json_agg(h order by h.hour, h.shape_id) from citygraph.usage_hour h) as hours`,
    );
    return rows[0];
  };
  const before = await entries();
  for (const counted of [false, true]) {
    if (counted) await owner.query('select citygraph.usage_count_periods()');
    await archive('2025-02');
    const { rows } = await owner.query(
      `select (select count(*) from citygraph.usage_entry where occurred_at >= '2025-02-01' and occurred_at < '2025-03-01')::int as entries,
              (select count(*) from citygraph.usage_subject_entry where occurred_at >= '2025-02-01' and occurred_at < '2025-03-01')::int as subjects,
              (select count(*) from ${periods} t where period >= '2025-02-01' and period < '2025-03-01')::int as periods,
              (select count(*) from ${periods} t)::int > 0 as others,
              (select sum(records) from citygraph.usage_hour where hour >= '2025-02-01' and hour < '2025-03-01')::int as counted`,
    );
    expect(rows).toEqual([{ entries: 0, subjects: 0, periods: 0, others: true, counted: 180 }]);
    await restore('usage-2025-02.jsonl.gz');
    expect(await entries()).toEqual(before);
  }
});

describe('a month that is not in the index yet', () => {
  const february = { from: new Date('2025-02-01T00:00:00Z'), until: new Date('2025-03-01T00:00:00Z') };
  const indexed = async (): Promise<number> => {
    const { rows } = await log.database.owner.query<{ n: string }>(
      `select count(*) as n from citygraph.usage_entry where occurred_at >= '2025-02-01' and occurred_at < '2025-03-01'`,
    );
    return Number(rows[0]!.n);
  };

  test('is taken into it before it goes, so that searches find it when it is back', async () => {
    expect(await indexed()).toBe(0);
    await archive('2025-02');
    const filter = { outcome: 'answered' as const, ...february };
    expect(await countUsageRecords(pools.auditor, filter)).toEqual({ records: 180, exact: true });
    await restore('usage-2025-02.jsonl.gz');
    while ((await indexNext(log.database.pools.indexer)) > 0);
    expect(await indexed()).toBe(180);
    expect(await countUsageRecords(pools.auditor, filter)).toEqual({ records: 180, exact: true });
  });

  test('is waited for while another node is at it, and stays where that comes to a stand', async () => {
    const other = await log.database.owner.connect();
    await other.query('begin');
    await other.query('select citygraph.usage_index_next(10)');
    await expect(archive('2025-02', undefined, 300)).rejects.toMatchObject({ code: 'LOG_INCONSISTENT' });
    expect(await counts()).toEqual(whole);
    const waiting = archive('2025-02');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await counts()).toEqual(whole);
    await other.query('commit');
    other.release();
    await waiting;
    expect(await counts()).toEqual({ '2025-01': 90, '2025-03': 90 });
  });
});

test('what is gone and was not archived is missing; a forged manifest excuses nothing', async () => {
  await execute(`delete from citygraph.usage_record where occurred_at >= '2025-03-01' and occurred_at < '2025-04-01'`);
  expect(new Set(await findings())).toEqual(new Set(['record-removed']));
  await archive('2025-01');
  await execute(
    `insert into citygraph.usage_archive select '2025-03', file, replace(note, '2025-01', '2025-03'), archived_by, archived_at from citygraph.usage_archive`,
  );
  expect(new Set(await findings())).toEqual(new Set(['archive-invalid', 'record-removed']));
  // Signed, and of another month.
  await execute(
    `update citygraph.usage_archive set note = (select note from citygraph.usage_archive where month = '2025-01') where month = '2025-03'`,
  );
  expect(new Set(await findings())).toEqual(new Set(['archive-invalid', 'record-removed']));
  // One leaf is said to have been of another month.
  await execute(`delete from citygraph.usage_archive where month = '2025-03'`);
  await execute(
    `update citygraph.usage_leaf set occurred_at = '2025-01-20' where leaf_index = (select max(leaf_index) from citygraph.usage_leaf where occurred_at < '2025-03-01')`,
  );
  expect(await findings()).toContain('record-removed');
  await execute(
    `update citygraph.usage_leaf set occurred_at = '2025-02-14T08:00:00Z' where occurred_at = '2025-01-20'`,
  );
  await execute(`update citygraph.usage_leaf set occurred_at = '2025-05-05' where leaf_index = 3`);
  expect(await findings()).toContain('archive-altered');
});

describe('cut short', () => {
  const steps: ArchiveStep[] = ['write', 'check', 'place', 'manifest', 'remove', 'commit'];

  test('at any step, it has removed nothing, the log is whole, and the next run goes on to the end', async () => {
    for (const cut of steps) {
      const passed: ArchiveStep[] = [];
      const broken = archive('2025-02', (step) => {
        passed.push(step);
        if (step === cut) throw new Error(`cut at ${step}`);
      });
      await expect(broken).rejects.toThrow(`cut at ${cut}`);
      expect([cut, await counts()]).toEqual([cut, whole]);
      expect([cut, await findings()]).toEqual([cut, []]);
    }
    await archive('2025-02');
    expect(await counts()).toEqual({ '2025-01': 90, '2025-03': 90 });
    expect(await findings()).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['usage-2025-02.jsonl.gz', 'usage-2025-02.manifest']);
  });

  test('by the end of its connection within the removal, it has removed nothing', async () => {
    const end = archive('2025-01', async (step) => {
      if (step === 'commit')
        await execute(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'citygraph archive' and datname = current_database()`,
        );
    });
    client.on('error', () => undefined);
    await expect(end).rejects.toThrow();
    expect(await counts()).toEqual(whole);
    client = new Client(connectionSettings(log.database.url, { purpose: 'archive' }));
    await client.connect();
    await archive('2025-01');
    expect(await findings()).toEqual([]);
  });

  test('before a restoration is committed, everything is archived as it was', async () => {
    await archive('2025-01');
    await expect(
      restore('usage-2025-01.jsonl.gz', () => {
        throw new Error('cut');
      }),
    ).rejects.toThrow('cut');
    expect(await counts()).toEqual({ '2025-02': 180, '2025-03': 90 });
    expect(await verify()).toMatchObject({ findings: [], archived: [{ month: '2025-01' }] });
  });
});

/** The last record with another outcome, its commitment and its leaf's hash made to fit: all that agrees with itself. */
function forgeLast(lines: readonly string[]): string[] {
  const last = JSON.parse(lines.at(-1)!) as ArchiveLine & { type: 'record' };
  const record = { ...last.record, outcome: 'refused' };
  const commitment = commitRecord(record, Buffer.from(last.salt, 'hex'));
  const index = Math.floor(last.leafIndex / 256);
  return lines.map((line, n) => {
    if (n === lines.length - 1) return JSON.stringify({ ...last, record, commitment: commitment.toString('hex') });
    const tile = JSON.parse(line) as ArchiveLine;
    if (tile.type !== 'tile' || tile.level !== 0 || tile.index !== index) return line;
    const hashes = Buffer.from(tile.hashes, 'base64');
    leafHashOf(commitment).copy(hashes, (last.leafIndex % 256) * 32);
    return JSON.stringify({ ...tile, hashes: hashes.toString('base64') });
  });
}

describe('nothing is removed', () => {
  test('while a record of the month waits for its leaf, or is not signed', async () => {
    await log.append(1, { occurredAt: new Date('2025-01-05T00:00:00Z') });
    await expect(archive('2025-01')).rejects.toThrow('1 of its records wait for their leaf');
    expect(await counts()).toMatchObject({ '2025-01': 91 });
  });

  test('of a month that has been tampered with', async () => {
    await execute(
      `update citygraph.usage_record set outcome = 'failed' where id = (select id from citygraph.usage_record where occurred_at < '2025-02-01' limit 1)`,
    );
    await expect(archive('2025-01')).rejects.toThrow('is not the one that was committed to');
    expect(await counts()).toEqual(whole);
    expect(readdirSync(folder)).toEqual(['usage-2025-01.jsonl.gz.partial']);
  });

  test('where the file that is there already is not good', async () => {
    const cut: ArchiveStep = 'manifest';
    await expect(
      archive('2025-01', (step) => {
        if (step === cut) throw new Error('cut');
      }),
    ).rejects.toThrow('cut');
    const path = join(folder, 'usage-2025-01.jsonl.gz');
    const good = readFileSync(path);
    const lines = gunzipSync(good).toString().trimEnd().split('\n');
    const spoiled: [string, string[]][] = [
      [
        'is not the one that was committed to',
        lines.map((line, n) => (n === lines.length - 1 ? line.replace('"answered"', '"refused"') : line)),
      ],
      [
        'is not in the tree that was signed',
        lines.map((line) =>
          line.includes('"type":"tile","level":0') ? line.replace(/"hashes":"..../, '"hashes":"AAAA') : line,
        ),
      ],
      ['other leaves of it than the file', lines.slice(0, -1)],
      [
        'not signed by a key of this log',
        lines.map((line) => (line.includes('"type":"checkpoint"') ? line.replace(/\\n(\d+)\\n/, '\\n9$1\\n') : line)),
      ],
      ['plan description', lines.filter((line) => !line.includes('"type":"plan"'))],
    ];
    spoiled.push(['does not come to the root that was signed', forgeLast(lines)]);
    for (const [fault, text] of spoiled) {
      writeFileSync(path, gzipSync(`${text.join('\n')}\n`));
      await expect(archive('2025-01')).rejects.toThrow(fault);
      expect([fault, await counts()]).toEqual([fault, whole]);
    }
    writeFileSync(path, good.subarray(0, good.length - 30));
    await expect(archive('2025-01')).rejects.toThrow('can’t be read to its end');
    writeFileSync(path, good);
    await archive('2025-01');
  });

  test('and nothing restored, from a file that is another than the manifest says', async () => {
    await archive('2025-01');
    const path = join(folder, 'usage-2025-01.jsonl.gz');
    writeFileSync(path, gzipSync(gunzipSync(readFileSync(path)), { level: 1 }));
    await expect(restore('usage-2025-01.jsonl.gz')).rejects.toThrow(/another (bytes|sha256)/);
    expect(await counts()).toEqual({ '2025-02': 180, '2025-03': 90 });
  });

  test('by any role of the service', async () => {
    for (const pool of [log.database.pools.logger, log.database.pools.auditor, log.database.pools.watcher])
      for (const sql of [
        'delete from citygraph.usage_record',
        'delete from citygraph.usage_archive',
        `insert into citygraph.usage_archive values ('2025-01', 'f', 'n', 'x', now())`,
      ]) {
        const client = await pool.connect();
        await client.query('begin read write');
        await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
        await client.query('rollback');
        client.release();
      }
  });
});

test('the commands archive, verify, export and restore, on record', async () => {
  copyFileSync(log.keysFile, join(folder, 'log-keys.json'));
  Object.assign(process.env, {
    DATABASE_URL: log.database.url,
    DATA_DIR: folder,
    LOG_WITNESSES: 'none',
    LOG_LEVEL: 'silent',
  });
  const said: string[] = [];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line)),
  ];
  const run = async (...args: string[]): Promise<[number, string]> => {
    said.length = 0;
    const code = await runCommandLine(['node', 'citygraph', 'log', ...args]);
    return [code, said.join('\n')];
  };
  try {
    expect(await run('archive', '--before', '2999-01', '--as', 'zhao')).toEqual([
      1,
      expect.stringContaining('BAD_USER_INPUT'),
    ]);
    expect(await run('archive', '--before', '2025-03', '--as', 'zhao')).toEqual([
      0,
      '2025-01: 90 records in usage-2025-01.jsonl.gz\n2025-02: 180 records in usage-2025-02.jsonl.gz',
    ]);
    expect(existsSync(join(folder, 'archive', 'usage-2025-02.manifest'))).toBe(true);
    await log.settle();
    expect(await run('verify')).toEqual([
      0,
      expect.stringMatching(/^whole: .*; archived: 2025-01, 90 records in .*; archived: 2025-02, 180/),
    ]);
    const exported = join(folder, 'export.jsonl');
    expect((await run('export', exported, '--as', 'zhao'))[0]).toBe(0);
    const check = (): { stdout: string; stderr: string } =>
      spawnSync(process.execPath, [join(project, 'bin/verify-usage-log.mjs'), exported, '--key', log.vkey], {
        encoding: 'utf8',
      });
    expect(check().stderr).toBe('');
    expect(check().stdout).toMatch(
      /^GOOD: \d+ records \(archived: 90 of 2025-01 in usage-2025-01.jsonl.gz, 180 of 2025-02/,
    );
    writeFileSync(exported, readFileSync(exported, 'utf8').replace(/\{"type":"archive"[^\n]*2025-02[^\n]*\n/, ''));
    expect(check().stdout).toMatch(/^NOT GOOD: record .*: the record is gone/);
    expect(await run('archive', '--before', '2025-03', '--as', 'zhao')).toEqual([0, 'nothing before 2025-03']);
    expect(await run('restore', join(folder, 'archive', 'usage-2025-02.jsonl.gz'), '--as', 'zhao')).toEqual([
      0,
      '2025-02: 180 records',
    ]);
    expect(await run('restore', join(folder, 'archive', 'usage-2025-02.jsonl.gz'), '--as', 'zhao')).toEqual([
      1,
      expect.stringMatching(/^(BAD_USER_INPUT|database error)/),
    ]);
  } finally {
    for (const spy of spies) spy.mockRestore();
    for (const name of ['DATABASE_URL', 'DATA_DIR', 'LOG_WITNESSES', 'LOG_LEVEL'])
      Reflect.deleteProperty(process.env, name);
  }
  const { rows } = await log.database.owner.query(
    `select operation_name, outcome, row_counts from citygraph.usage_record where principal = 'zhao' and operation_name in ('log archive', 'log restore') order by occurred_at, id`,
  );
  expect(rows.slice(0, 2)).toEqual([
    { operation_name: 'log archive', outcome: 'begun', row_counts: [] },
    { operation_name: 'log archive', outcome: 'answered', row_counts: [270] },
  ]);
  expect(Date.now()).toBeGreaterThan(day);
  await log.settle();
  expect(await findings()).toEqual([]);
});
