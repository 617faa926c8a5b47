import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Client } from 'pg';
import type { RowsProgress, SeedProgress } from '../../seeds/seed-progress.js';
import { createProgressDisplay, timeLeft } from '../../src/command-line/seed-progress-display.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type EndedCommand, runCommand } from '../support/run-command.js';

describe('citygraph seed', () => {
  let folder: string;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'citygraph-seed-'));
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const seed = (watch?: (text: string, interrupt: () => void) => void): Promise<EndedCommand> =>
    runCommand(
      ['seed', '--persons', '120', '--legal-persons', '20', '--as', 'wang'],
      { DATABASE_URL: database.url, DATA_DIR: folder },
      watch,
    );

  async function ask(text: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  }

  test('that is interrupted says how to go on; a second run goes on, tells its rows, time and memory, and a third has nothing to do', async () => {
    const first = await seed((text, interrupt) => text.includes('population.resident: ') && interrupt());
    expect(first).toMatchObject({ code: 1, stdout: '' });
    const lines = first.stderr.trimEnd().split('\n');
    // Without a terminal, a line for each table that is complete and nothing else.
    expect(lines[0]).toMatch(
      /^citygraph\.subject: 140 rows, \d+ subjects\/s \(1 of \d+ tables, (\d+ s|\d+ min) left in all\)$/,
    );
    // A table that was nearly written may be complete a moment later.
    const words = lines.filter((line) => !line.includes(' subjects/s '));
    expect(words.at(-2)).toMatch(/^正在停止…… Stopping/);
    expect(lines.at(-1)).toMatch(
      /^INTERRUPTED: .*再次运行同一命令即可继续。 Stopped.*run the same command again to go on\.$/,
    );
    const complete = lines.slice(0, -2).map((line) => line.split(':')[0]!);
    expect(complete.slice(0, 3)).toEqual(['citygraph.subject', 'citygraph.subject_identifier', 'population.resident']);
    const [kept] = await ask(
      'select (select count(*) from population.resident)::int as residents, tables from citygraph.seeding',
    );
    expect(Object.keys(kept!['tables'] as object).sort()).toEqual([...complete].sort());
    expect(kept!['residents']).toBeGreaterThan(90);

    const second = await seed();
    expect(second.code).toBe(0);
    const table = second.stdout.trimEnd().split('\n');
    expect(table.slice(0, -2).map((line) => line.split(' ')[0])).not.toEqual(expect.arrayContaining(complete));
    expect(table.at(-2)).toMatch(/^in all {2,}[\d,]+$/);
    expect(table.at(-1)).toMatch(/^\d+ s, peak memory of node \d+ MB$/);
    // One aligned table.
    expect(new Set(table.slice(0, -1).map((line) => line.length)).size).toBe(1);
    const [written] = await ask(
      `select count(*)::int as tables from jsonb_object_keys((select tables::jsonb from citygraph.seeding))`,
    );
    expect(complete.length + table.length - 2).toBe(written!['tables']);

    const third = await seed();
    expect(third).toMatchObject({ code: 0, stderr: '' });
    expect(third.stdout).toMatch(/Everything had been written before/);
    const outcomes = await ask(
      `select outcome, error_codes from citygraph.usage_record where operation_name = 'seed demo' and principal = 'wang' order by occurred_at, id`,
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'begun',
      'failed',
      'begun',
      'answered',
      'begun',
      'answered',
    ]);
    expect(outcomes[1]).toMatchObject({ error_codes: ['INTERRUPTED'] });
  });
});

describe('the progress of a seeding', () => {
  const progress = (more: Partial<RowsProgress> = {}): RowsProgress => ({
    table: 'population.resident',
    phase: 'rows',
    done: 500_000,
    total: 2_200_000,
    rate: 12_000,
    secondsLeft: 142,
    rows: null,
    overall: { tablesComplete: 2, tables: 55, done: 5_560_000, total: 80_000_000, rate: 20_000, secondsLeft: 3_722 },
    ...more,
  });
  const indexes: SeedProgress = { phase: 'indexes', table: 'population.resident', done: 3, total: 12 };
  const show = (isTTY: boolean, ...told: SeedProgress[]): string => {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 160 });
    const display = createProgressDisplay(stream as never);
    for (const it of told) display.show(it);
    display.close();
    return String(stream.read() ?? '');
  };

  test('on a terminal has the rate and the time left, of the table and over all', () => {
    const shown = show(true, progress());
    expect(shown).toMatch(/population\.resident .*22% {2}500000\/2200000 {2}12000\/s {2}2 min/);
    expect(shown).toMatch(/2 of 55 tables .*6% {2}5560000\/80000000 {2}20000\/s {2}62 min/);
    expect(show(true, indexes)).toMatch(/indexes, now of population\.resident .*3\/12/);
  });

  test('elsewhere is a line for each table whose rows are complete', () => {
    expect(show(false, progress(), indexes)).toBe('');
    expect(show(false, progress({ phase: 'complete', rows: 2_190_000 }))).toBe(
      'population.resident: 2190000 rows, 12000 subjects/s (2 of 55 tables, 62 min left in all)\n',
    );
  });

  test('tells time in the unit that says most', () => {
    expect([0, 99, 100, 3_722, 7_500].map(timeLeft)).toEqual(['0 s', '99 s', '2 min', '62 min', '2 h 5 min']);
  });
});
