/** @long */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { computeCreditCodeCheck, computeOrganisationCodeCheck } from '../../src/model/identifiers.js';
import type { TestDatabase } from '../support/database.js';
import { copyMigrated } from '../support/migrated-database.js';
import { type EndedCommand, runCommand } from '../support/run-command.js';

const project = fileURLToPath(new URL('../../', import.meta.url));
const registrations = join(project, 'test/collection/fixtures/registrations.csv');
const mapping = join(project, 'mappings/enterprise-registration.yml');

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'citygraph-load-'));
  database = await copyMigrated();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const citygraph = (
  args: readonly string[],
  env: Record<string, string> = {},
  onProgress: (kill: () => void) => void = () => undefined,
): Promise<EndedCommand> =>
  runCommand(args, { DATABASE_URL: database.url, DATA_DIR: folder, ...env }, (text, interrupt) => {
    if (/rows\/s/.test(text)) onProgress(interrupt);
  });

async function rows(text: string, url = database.url): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const recorded = `select kind, principal, operation_name, outcome, row_counts, (arguments - 'mapping' - 'file') as counts from citygraph.usage_record order by occurred_at, id`;

describe('citygraph load', () => {
  test('takes a file into the pool, tells what it refused and why, and is on record before and after', async () => {
    const rejects = join(folder, 'rejects.jsonl');
    const run = await citygraph([
      'load',
      'Enterprise',
      registrations,
      '--map',
      mapping,
      '--as',
      'zhang',
      '--rejects',
      rejects,
    ]);
    // A slow machine is told how far it has come.
    expect({ ...run, stderr: run.stderr.replace(/^13 rows read, .*\n$/, '') }).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('Enterprise：读取 13 行，入库 8 行（新增 8，更新 0，未变 0），退回 5 行');
    expect(run.stdout).toContain('establishedOn: 日期不存在 × 1');
    expect(readFileSync(rejects, 'utf8').trimEnd().split('\n')).toHaveLength(5);
    expect(statSync(rejects).mode & 0o777).toBe(0o600);
    const command = { kind: 'command', principal: 'zhang', operation_name: 'load Enterprise' };
    expect(await rows(recorded)).toEqual([
      { ...command, outcome: 'begun', row_counts: [], counts: {} },
      {
        ...command,
        outcome: 'answered',
        row_counts: [8],
        counts: { outcome: 'finished', read: 13, taken: 8, inserted: 8, updated: 0, unchanged: 0, rejected: 5 },
      },
    ]);
    const again = await citygraph(['load', 'Enterprise', registrations, '--map', mapping, '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({
      outcome: 'finished',
      inserted: 0,
      updated: 0,
      unchanged: 8,
      rejected: 5,
    });
  });

  test('stops behind a whole batch when it is interrupted, and says so', async () => {
    const [file, map] = [join(folder, 'many.csv'), join(folder, 'many.yml')];
    const codes = Array.from({ length: 20_000 }, (_, n) => {
      const organisation = String(n + 1_000_000).padStart(8, '0');
      const first17 = `91150602${organisation}${computeOrganisationCodeCheck(organisation)}`;
      return `${first17}${computeCreditCodeCheck(first17)},示例${n}`;
    });
    writeFileSync(file, `code,name\n${codes.join('\n')}\n`);
    writeFileSync(
      map,
      'dataset: Enterprise\nformat: { type: csv }\nkey: creditCode\ncolumns:\n  creditCode: { from: code }\n  name: { from: name }\n',
    );
    const [before] = await rows('select count(*)::int from legal_person.enterprise');
    const run = await citygraph(['load', 'Enterprise', file, '--map', map, '--batch', '10', '--json'], {}, (kill) =>
      kill(),
    );
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('It stops behind the batch') });
    const report = JSON.parse(run.stdout) as { outcome: string; inserted: number };
    expect(report).toMatchObject({ outcome: 'stopped', rejected: 0 });
    expect(report.inserted % 10).toBe(0);
    expect(await rows('select count(*)::int from legal_person.enterprise')).toEqual([
      { count: Number(before?.['count']) + report.inserted },
    ]);
  });

  test('that failed ends with another code, and is on record as failed', async () => {
    const file = join(folder, 'other.csv');
    writeFileSync(file, 'a,b\n1,2\n');
    const run = await citygraph(['load', 'Enterprise', file, '--map', mapping]);
    expect(run).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^BAD_USER_INPUT: other.csv: expected the fields/),
    });
    expect((await rows(recorded)).at(-1)).toMatchObject({ outcome: 'failed' });
    for (const args of [
      ['Enterprise', '/nowhere.csv', '--map', mapping],
      ['Officer', file, '--map', mapping],
      ['Nothing', file, '--map', mapping],
    ]) {
      expect(await citygraph(['load', ...args])).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^BAD_USER_INPUT: expected /),
      });
    }
  });

  test('does not start when the log cannot be written', async () => {
    await rows(
      'truncate legal_person.enterprise; alter table citygraph.usage_record add constraint log_down check (false) not valid',
    );
    const run = await citygraph(['load', 'Enterprise', registrations, '--map', mapping]);
    await rows('alter table citygraph.usage_record drop constraint log_down');
    expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/^LOG_UNAVAILABLE: /) });
    expect(await rows('select count(*)::int from legal_person.enterprise')).toEqual([{ count: 0 }]);
  });

  test('joins the embedded database of a service that is running, and starts it when none is', async () => {
    const dataDir = join(folder, 'data');
    const load = (): Promise<EndedCommand> =>
      citygraph(['load', 'Enterprise', registrations, '--map', mapping, '--json'], {
        DATA_DIR: dataDir,
        DATABASE_URL: '',
      });
    expect(JSON.parse((await load()).stdout)).toMatchObject({ inserted: 8 });
    const server = await startEmbeddedPostgres({ dataDir });
    try {
      const run = await load();
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(run.stdout)).toMatchObject({ unchanged: 8 });
      expect(await rows('select count(*)::int from legal_person.enterprise', server.url('postgres'))).toEqual([
        { count: 8 },
      ]);
    } finally {
      await server.stop();
    }
  });
});
