/** Counts by subject that are kept by period say what the records say, whatever part of time is asked for and however late a record came. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { findDirectly } from '../../src/usage-log/find-usage.js';
import { indexNext } from '../../src/usage-log/index/indexer.js';
import { auditDatabase, type UsageFilter } from '../../src/usage-log/read-usage.js';
import { summarizeUsage, type UsageDimension } from '../../src/usage-log/summarize-usage.js';
import { createLogUnderTest, type LogUnderTest } from './tree/log-under-test.js';

let log: LogUnderTest;
/** On both sides of where months begin, of UTC and of the city, and within them. */
const moments = [8, 9, 10, 11].flatMap((month) => {
  const ofUtc = Date.UTC(2026, month, 1);
  const ofCity = ofUtc - 8 * 3_600_000;
  return [ofCity - 1, ofCity, ofCity + 1, ofUtc - 1, ofUtc, ofUtc + 1, ofUtc + 12.5 * 86_400_000];
});
const subjects = ['1;1', '2', '2;3,4', '1+2;0,0', '', '5;5,5'];

async function append(): Promise<void> {
  for (const [n, moment] of moments.entries())
    await log.append(2 + (n % 3), {
      occurredAt: new Date(moment),
      subjects: subjects[n % subjects.length]!,
      outcome: n % 4 === 0 ? 'refused' : 'answered',
      decidedUntil: null,
    });
}

beforeAll(async () => {
  log = await createLogUnderTest();
  await append();
  await log.settle();
  expect(await indexNext(log.database.pools.indexer, 40)).toBe(40);
  await log.database.owner.query('select citygraph.usage_count_periods()');
  // Of the same months, after others of them have been counted.
  await append();
  await log.settle();
  while ((await indexNext(log.database.pools.indexer, 17)) > 0);
});
afterAll(() => log.drop());

async function bySubject(filter: UsageFilter, by: readonly UsageDimension[]): Promise<Map<string, number>> {
  const { groups, waiting } = await summarizeUsage(log.database.pools.auditor, filter, { by, first: 1_000 });
  expect(waiting).toBe(0);
  return new Map(groups.map(({ keys, records }) => [keys.join(' '), records]).sort() as [string, number][]);
}

/** Of the records themselves. */
async function counted(filter: UsageFilter, withMonth: boolean): Promise<Map<string, number>> {
  const { subjects: named, ...others } = filter;
  const { rows } = await sql<{ at: Date; subjects: string }>`
    select occurred_at as at, subjects from citygraph.usage_record
     where id in (select id from (${findDirectly({ filter: others, limit: null })}) as found)`.execute(
    auditDatabase(log.database.pools.auditor),
  );
  const found = new Map<string, number>();
  for (const { at, subjects: text } of rows) {
    const month = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
    const ids = new Set(text.split(/[;,+]/).filter((id) => id !== '' && id !== '0'));
    for (const id of ids) {
      if (named && !named.includes(id)) continue;
      const key = withMonth ? `${id} ${month}` : id;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
  }
  return new Map([...found].sort());
}

const time = (text: string): Date => new Date(text);
const spans: Record<string, Pick<UsageFilter, 'from' | 'until'>> = {
  'all time': {},
  'a month of UTC': { from: time('2026-10-01T00:00:00Z'), until: time('2026-11-01T00:00:00Z') },
  'a month of the city': { from: time('2026-10-01T00:00:00+08:00'), until: time('2026-11-01T00:00:00+08:00') },
  'two months': { from: time('2026-09-01T00:00:00+08:00'), until: time('2026-11-01T00:00:00Z') },
  'the hours between the two': { from: time('2026-10-31T16:00:00Z'), until: time('2026-11-01T00:00:00Z') },
  'a part of a month': { from: time('2026-10-05T00:00:00Z'), until: time('2026-10-20T00:00:00Z') },
  'parts of two months': { from: time('2026-09-10T00:00:00Z'), until: time('2026-10-14T00:00:00Z') },
  'from within a month on': { from: time('2026-10-05T12:00:00Z') },
  'until within a month': { until: time('2026-10-31T16:00:00.001Z') },
  'a millisecond': { from: time('2026-10-31T16:00:00Z'), until: time('2026-10-31T16:00:00.001Z') },
  'no time at all': { from: time('2026-10-31T16:00:00Z'), until: time('2026-10-31T16:00:00Z') },
};

test.each(Object.entries(spans))('of %s', async (_name, span) => {
  for (const filter of [span, { ...span, subjects: ['2', '5'] }, { ...span, outcome: 'refused' as const }]) {
    expect(await bySubject(filter, ['SUBJECT'])).toEqual(await counted(filter, false));
    expect(await bySubject(filter, ['SUBJECT', 'MONTH'])).toEqual(await counted(filter, true));
  }
});

test('subjects of many batches are counted together, and then in no other way', async () => {
  const { owner } = log.database;
  const waiting = async (): Promise<unknown> =>
    (await owner.query('select count(*)::int as batches from citygraph.usage_subject_batch')).rows[0];
  expect(await waiting()).not.toEqual({ batches: 0 });
  const before = await bySubject({}, ['SUBJECT', 'MONTH']);
  await owner.query('select citygraph.usage_count_periods()');
  expect(await waiting()).toEqual({ batches: 0 });
  expect(await bySubject({}, ['SUBJECT', 'MONTH'])).toEqual(before);
  await owner.query('select citygraph.usage_count_periods()');
  expect(await bySubject({}, ['SUBJECT', 'MONTH'])).toEqual(before);
});

test('a month is read from its counts, not from its entries', async () => {
  const { owner } = log.database;
  const month = spans['a month of the city']!;
  const before = await bySubject(month, ['SUBJECT']);
  await owner.query(`update citygraph.usage_subject_period set records = records + 1000 where subject_id = 2`);
  // Two periods: the hours by which the city is ahead, and the rest.
  expect((await bySubject(month, ['SUBJECT'])).get('2')).toBe(before.get('2')! + 2000);
  expect(await bySubject(spans['a part of a month']!, ['SUBJECT'])).toEqual(
    await counted(spans['a part of a month']!, false),
  );
  await owner.query(`update citygraph.usage_subject_period set records = records - 1000 where subject_id = 2`);
});

test('what is counted by period is what a count of all entries gives', async () => {
  const { rows } = await log.database.owner.query(
    `select period, subject_id, records from citygraph.usage_subject_period
     except
     select citygraph.usage_period(occurred_at), subject_id, count(*) from citygraph.usage_subject_entry group by 1, 2`,
  );
  expect(rows).toEqual([]);
});
