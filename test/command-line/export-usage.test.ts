/**
 * `citygraph log export --format …` as its user runs it.
 *
 * @long
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestIdentifier } from '../../src/execution/bind-parameters.js';
import { openKeyring } from '../../src/keyring.js';
import { type EndedCommand, runCommand } from '../support/run-command.js';
import { createLogUnderTest, type LogUnderTest } from '../usage-log/tree/log-under-test.js';

const person = '11010519491231002X';
let log: LogUnderTest;
let folder: string;
let ids: string[];
let serial = 0;

beforeAll(async () => {
  log = await createLogUnderTest();
  folder = mkdtempSync(join(tmpdir(), 'citygraph-export-'));
  ids = await log.append(3);
  ids.push(...(await log.append(1, { subjects: '9;9', user: '=cmd()', purpose: 'a "purpose", of two' })));
  // Some in the index, some only in the tree, some not even there.
  await log.settle();
  await log.database.owner.query('select citygraph.usage_index_next(2)');
  ids.push(...(await log.append(1, { principal: 'dashboard', subjects: '', rowCounts: [] })));
  const digest = digestIdentifier(openKeyring(join(folder, 'keyring')).identifiers, 'resident-id-number', person);
  await log.database.owner.query(
    `insert into citygraph.subject (id, kind) overriding system value values (9, 'person')`,
  );
  await log.database.owner.query(
    `insert into citygraph.subject_identifier (subject_id, kind, digest, value, is_current) values (9, 'resident-id-number', $1, $2, true)`,
    [digest, person],
  );
});
afterAll(async () => {
  await log.drop();
  rmSync(folder, { recursive: true });
});

async function exported(format: string, ...args: string[]): Promise<EndedCommand & { file: string; text: string }> {
  const file = join(folder, `${(serial += 1)}.${format}`);
  const ended = await runCommand(['log', 'export', file, '--format', format, '--as', 'auditor-1', ...args], {
    DATABASE_URL: log.database.url,
    DATA_DIR: folder,
    LOG_WITNESSES: 'none',
  });
  return { ...ended, file, text: ended.code === 0 ? readFileSync(file, 'utf8') : '' };
}

test('JSON lines hold each record once, newest first, with fields and verdicts and without ids of subjects', async () => {
  const { stdout, text, file } = await exported('jsonl', '--consumer', 'portrait-app');
  const rows = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows.map(({ id }) => id)).toEqual(ids.slice(0, 4).sort().reverse());
  expect(stdout).toBe('4 records\n');
  expect(rows.at(-1)).toMatchObject({
    principal: 'portrait-app',
    fields: ['PersonPortrait.name L3 mask', 'Visit.diagnosis L4 deny'],
    usedInArguments: ['Resident.idNumber'],
    rows: 3,
    subjects: 1,
  });
  expect(text).not.toContain('"41"');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('CSV has a header, keeps what stands in a cell, and no cell is a formula', async () => {
  const { text } = await exported(
    'csv',
    '--coordinate',
    'Visit.diagnosis',
    '--verdict',
    'deny',
    '--until',
    '2999-01-01T00:00:00Z',
  );
  const rows = parse<Record<string, string>>(text, { columns: true });
  expect(rows).toHaveLength(5);
  const row = rows.find(({ id }) => id === ids[3])!;
  expect(row).toMatchObject({
    purpose: 'a "purpose", of two',
    user: "'=cmd()",
    grants: 'G-1',
    errorCodes: 'FIELD_DENIED',
    fields: 'PersonPortrait.name L3 mask; Visit.diagnosis L4 deny',
  });
});

test('it is on record before it is read and after, a subject as a digest', async () => {
  const { text, stderr } = await exported('jsonl', '--subject', person, '--from', '2026-01-01T00:00:00Z');
  expect(stderr).toBe('');
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id),
  ).toEqual([ids[3]]);
  const { rows } = await log.database.owner.query<{
    outcome: string;
    arguments: Record<string, unknown>;
    row_counts: number[];
  }>(
    `select outcome, arguments, row_counts from citygraph.usage_record where operation_name = 'log export' order by occurred_at desc, id desc limit 2`,
  );
  expect(rows).toEqual([
    { outcome: 'answered', row_counts: [1], arguments: rows[1]!.arguments },
    {
      outcome: 'begun',
      row_counts: [],
      arguments: {
        format: 'jsonl',
        from: '2026-01-01T00:00:00Z',
        subject: expect.stringMatching(/^digest:/) as unknown,
      },
    },
  ]);
});

test('no file is overwritten, nothing is exported that cannot be recorded, and a bad filter is refused', async () => {
  const { file } = await exported('csv');
  const before = readFileSync(file, 'utf8');
  const again = await runCommand(['log', 'export', file, '--format', 'csv'], {
    DATABASE_URL: log.database.url,
    DATA_DIR: folder,
    LOG_WITNESSES: 'none',
  });
  expect([again.code, readFileSync(file, 'utf8') === before]).toEqual([1, true]);
  expect((await exported('xml')).code).not.toBe(0);
  expect((await exported('csv', '--from', 'yesterday')).stderr).toContain('BAD_USER_INPUT');
  expect((await exported('csv', '--subject', '123')).stderr).toContain('INVALID_IDENTIFIER');
  const blocked = join(folder, 'unfiltered.jsonl');
  const filtered = await runCommand(['log', 'export', blocked, '--consumer', 'x'], {
    DATABASE_URL: log.database.url,
    DATA_DIR: folder,
    LOG_WITNESSES: 'none',
  });
  expect(filtered.stderr).toContain('expected --format with filters');
  await log.database.owner.query(
    'create trigger refuse before insert on citygraph.usage_queue for each statement execute function citygraph.refuse_rewriting()',
  );
  try {
    const unrecorded = await exported('csv');
    expect(unrecorded.stderr).toContain('LOG_UNAVAILABLE');
    expect(() => statSync(unrecorded.file)).toThrow();
  } finally {
    await log.database.owner.query('drop trigger refuse on citygraph.usage_queue');
  }
});
