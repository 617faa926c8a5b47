/** The index of the usage log: it says of records what they say themselves, whatever of them it holds already. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { countUsageRecords } from '../../src/usage-log/count-usage.js';
import { findDirectly } from '../../src/usage-log/find-usage.js';
import { indexNext, startIndexer } from '../../src/usage-log/index/indexer.js';
import { auditDatabase, readUsageRecords, type UsageFilter } from '../../src/usage-log/read-usage.js';
import { summarizeUsage, type UsageDimension, usageDimensions } from '../../src/usage-log/summarize-usage.js';
import { describePlan, type UsagePlan, type UsageRecord } from '../../src/usage-log/usage-record.js';
import { sampleRecord } from './sample-record.js';
import { createLogUnderTest, type LogUnderTest } from './tree/log-under-test.js';

let log: LogUnderTest;
let state = 20_260_101;
/** A generator of its own, so that a failure comes back. */
function below(limit: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

const plans = Array.from({ length: 12 }, (_, n) =>
  describePlan({
    nodes: [
      {
        path: `alias${n}`,
        type: 'Resident',
        fields: ['name', 'birthDate', 'telephone'].slice(n % 3).map((name, at) => ({
          ...{ name, reason: 'granted', verdict: ['allow', 'mask', 'deny'][(n + at) % 3]! },
          level: ['L2', 'L3', null][at % 3]!,
        })),
      },
      ...(n % 2
        ? [
            {
              path: 'visits',
              type: 'MedicalVisit',
              fields: [{ name: 'diagnosis', verdict: 'deny', reason: 'x', level: 'L4' }],
            },
          ]
        : []),
    ],
    usedInArguments: n % 4 ? ['Resident.idNumber'] : [],
  }),
);
/** As lists leave them: many nodes, which name the same subjects again and again, some of them nobody. */
const ofList = ['', ...Array.from({ length: 30 }, (_, n) => ['1,2+3,,12', '4,0,2+2', '21'][n % 3]), ''].join(';');
const hours = 60;
const start = Date.UTC(2026, 10, 1, 3, 17, 11);

function drawRecord(): { record: UsageRecord; plan: UsagePlan | null } {
  const plan = below(10) === 0 ? null : pick(plans);
  const consumer = below(4);
  const record = sampleRecord({
    occurredAt: new Date(start + below(hours * 3600) * 1000),
    principalKind: pick(['consumer', 'consumer', 'consumer', 'official', 'public']),
    principal: `app-${consumer}`,
    department: pick([null, '150600-health', '150600-taxation']),
    grants: pick([[], ['G-1'], ['G-1', 'G-2'], [`G-${consumer}`]]),
    purpose: pick([null, '随访', '稽查']),
    user: pick([null, 'zhang', 'li', 'wang']),
    caseNumber: pick([null, null, 'A-1', 'A-2']),
    operationName: pick([null, 'Portrait', 'List']),
    errorCodes: pick([[], [], ['FIELD_DENIED'], ['FIELD_DENIED', 'COST_EXCEEDED']]),
    outcome: pick(['answered', 'answered', 'refused']),
    planId: plan?.hash ?? null,
    subjects: pick(['', '1', '2;3,4', '1+2;0,0', '12,21', '4;4,4', ofList]),
    rowCounts: pick([[], [1], [2, 3]]),
    policyVersion: null,
    decidedUntil: null,
  });
  return { record, plan };
}

function drawFilter(): UsageFilter {
  const may = <T>(value: T): T | undefined => (below(4) === 0 ? value : undefined);
  const from = may(new Date(start + below(hours * 3600) * 1000));
  const until = may(new Date(start + below(hours * 3600) * 1000));
  const drawn: UsageFilter = {
    consumer: may(`app-${below(5)}`),
    department: may(pick(['150600-health', '150600-taxation'])),
    grant: may(pick(['G-1', 'G-2', 'G-9'])),
    purpose: may(pick(['随访', '稽查'])),
    coordinate: may(pick(['Resident.name', 'Resident.idNumber', 'MedicalVisit.diagnosis'])),
    level: may(pick(['L2', 'L3', 'L4'])),
    verdict: may(pick(['allow', 'mask', 'deny', 'argument'])),
    errorCode: may(pick(['FIELD_DENIED', 'COST_EXCEEDED'])),
    outcome: may(pick(['answered', 'refused'])),
    user: may(pick(['zhang', 'li'])),
    caseNumber: may(pick(['A-1', 'A-2'])),
    operationName: may(pick(['Portrait', 'List'])),
    subjects: may(pick([['1'], ['2'], ['1', '2'], ['12'], ['4', '21']])),
    withoutGrants: may(['G-2', 'G-3']),
    anyOfGrants: may(['G-0', 'G-1']),
    from,
    until,
  };
  return Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
}

async function append(count: number): Promise<void> {
  const drawn = Array.from({ length: count }, drawRecord);
  await Promise.all(drawn.map(({ record, plan }) => log.log.append(record, plan ?? undefined)));
}

beforeAll(async () => {
  log = await createLogUnderTest();
  await append(500);
  await log.settle();
});
afterAll(() => log.drop());

/** As the records themselves say, without the index. */
async function idsByRecords(filter: UsageFilter): Promise<string[]> {
  const found = findDirectly({ filter, limit: null });
  const { rows } = await sql<{ id: string }>`${found}`.execute(auditDatabase(log.database.pools.auditor));
  return rows.map(({ id }) => id);
}

async function compare(filters: number): Promise<{ found: number }> {
  const pool = log.database.pools.auditor;
  let found = 0;
  for (let n = 0; n < filters; n++) {
    const filter = drawFilter();
    const expected = await idsByRecords(filter);
    found += expected.length;
    const read: string[] = [];
    for (let page = await readUsageRecords(pool, filter, { first: 7 }); ;) {
      read.push(...page.records.map(({ id }) => id));
      if (!page.hasMore || read.length > 60) break;
      page = await readUsageRecords(pool, filter, { first: 7, after: page.records.at(-1)! });
    }
    expect({ filter, read }).toEqual({ filter, read: expected.slice(0, Math.max(read.length, 1)) });
    expect({ filter, ...(await countUsageRecords(pool, filter)) }).toEqual({
      filter,
      records: expected.length,
      exact: true,
    });
  }
  return { found };
}

async function indexed(): Promise<number> {
  const { rows } = await log.database.owner.query<{ leaves: string }>('select leaves from citygraph.usage_index');
  return Number(rows[0]!.leaves);
}

describe('pages and counts are those of the records', () => {
  test('while nothing is indexed', async () => {
    expect(await indexed()).toBe(0);
    expect((await compare(30)).found).toBeGreaterThan(100);
  });

  test('while part of them is, and others have no leaf yet', async () => {
    expect(await indexNext(log.database.pools.indexer, 200)).toBe(200);
    await append(100);
    expect((await compare(60)).found).toBeGreaterThan(100);
  });

  test('when all of them are', async () => {
    await log.settle();
    while ((await indexNext(log.database.pools.indexer, 150)) > 0);
    expect(await indexed()).toBe(600);
    expect((await compare(60)).found).toBeGreaterThan(200);
  });
});

describe('counts in groups are those of the records', () => {
  interface Plain {
    readonly r: Record<string, unknown> & {
      grants: string[];
      error_codes: string[];
      subjects: string;
      row_counts: number[];
      occurred_at: Date;
    };
    readonly items: readonly { coordinate: string; level: string; verdict: string }[];
  }
  const cityTime = (at: Date, length: number): string =>
    new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, length);
  const subjectsOf = (text: string): string[] => [
    ...new Set(text.split(/[;,+]/).filter((it) => it !== '' && it !== '0')),
  ];
  const orNull = <T>(list: readonly T[]): (T | null)[] => (list.length === 0 ? [null] : [...new Set(list)]);
  const valuesOf: Record<UsageDimension, (it: Plain) => unknown[]> = {
    PRINCIPAL_KIND: ({ r }) => [r['principal_kind']],
    CONSUMER: ({ r }) => [r['principal_kind'] === 'consumer' ? r['principal'] : null],
    DEPARTMENT: ({ r }) => [r['department']],
    PURPOSE: ({ r }) => [r['purpose']],
    OUTCOME: ({ r }) => [r['outcome']],
    GRANT: ({ r }) => orNull(r.grants),
    ERROR_CODE: ({ r }) => orNull(r.error_codes),
    COORDINATE: ({ items }) => orNull(items.map(({ coordinate }) => coordinate)),
    LEVEL: ({ items }) => orNull(items.flatMap(({ level }) => (level === '' ? [] : [level]))),
    VERDICT: ({ items }) => orNull(items.map(({ verdict }) => verdict)),
    SUBJECT: ({ r }) => subjectsOf(r.subjects),
    USER: ({ r }) => [r['user_name']],
    CASE: ({ r }) => [r['case_number']],
    OPERATION: ({ r }) => [r['operation_name']],
    HOUR: ({ r }) => [`${cityTime(r.occurred_at, 13)}:00+08:00`],
    DAY: ({ r }) => [cityTime(r.occurred_at, 10)],
    MONTH: ({ r }) => [cityTime(r.occurred_at, 7)],
  };

  async function plainRecords(filter: UsageFilter): Promise<Plain[]> {
    const { rows } = await log.database.owner.query<
      Plain['r'] & {
        description: {
          nodes: { type: string; fields: { name: string; level: string | null; verdict: string }[] }[];
          usedInArguments: string[];
        } | null;
      }
    >(
      `select r.*, p.description from citygraph.usage_record r left join citygraph.usage_plan p on p.hash = r.plan_id where r.id = any($1)`,
      [await idsByRecords(filter)],
    );
    return rows.map((r) => ({
      r,
      items: [
        ...(r.description?.nodes ?? []).flatMap(({ type, fields }) =>
          fields.map(({ name, level, verdict }) => ({ coordinate: `${type}.${name}`, level: level ?? '', verdict })),
        ),
        ...(r.description?.usedInArguments ?? []).map((coordinate) => ({ coordinate, level: '', verdict: 'argument' })),
      ],
    }));
  }

  test.each(usageDimensions)('by %s, and with the day and another', async (dimension) => {
    const pool = log.database.pools.auditor;
    const itself = { COORDINATE: true, LEVEL: true, VERDICT: true } as Partial<Record<UsageDimension, true>>;
    for (const filter of [
      {},
      { outcome: 'answered' as const, from: new Date(start + 5_400_000), until: new Date(start + 90_000_000) },
      { user: 'li' },
    ]) {
      const records = await plainRecords(filter);
      const others = usageDimensions.filter(
        (it) => it !== dimension && it !== 'DAY' && !(itself[it] && itself[dimension]),
      );
      for (const by of [[dimension], [...new Set<UsageDimension>([dimension, 'DAY', pick(others)])]]) {
        const expected = new Map<string, number>();
        for (const record of records) {
          const keys = by.reduce<unknown[][]>(
            (all, it) => all.flatMap((key) => valuesOf[it](record).map((value) => [...key, value])),
            [[]],
          );
          for (const key of keys) expected.set(JSON.stringify(key), (expected.get(JSON.stringify(key)) ?? 0) + 1);
        }
        const { groups, waiting } = await summarizeUsage(pool, filter, { by, first: 5_000 });
        expect(waiting).toBe(0);
        expect({ by, groups: groups.map(({ keys, records }) => [JSON.stringify(keys), records]).sort() }).toEqual({
          by,
          groups: [...expected].sort(),
        });
      }
    }
  });

  test('rows and subjects are summed, and pages of groups follow one another', async () => {
    const pool = log.database.pools.auditor;
    const records = await plainRecords({});
    const [all] = (await summarizeUsage(pool, {}, { by: ['MONTH'], first: 2 })).groups;
    expect(all).toEqual({
      keys: ['2026-11'],
      records: 600,
      rows: records.reduce((sum, { r }) => sum + r.row_counts.reduce((a, b) => a + b, 0), 0),
      subjects: records.reduce((sum, { r }) => sum + subjectsOf(r.subjects).length, 0),
    });
    const whole = await summarizeUsage(pool, {}, { by: ['CONSUMER', 'PURPOSE'], first: 100 });
    const paged = [];
    for (let page = await summarizeUsage(pool, {}, { by: ['CONSUMER', 'PURPOSE'], first: 3 }); ;) {
      paged.push(...page.groups);
      if (!page.hasMore) break;
      page = await summarizeUsage(pool, {}, { by: ['CONSUMER', 'PURPOSE'], first: 3, after: page.groups.at(-1)! });
    }
    expect(paged).toEqual(whole.groups);
  });
});

describe('the indexer', () => {
  test('takes each leaf once, however many are at it and wherever one was stopped', async () => {
    await append(60);
    await log.settle();
    const client = await log.database.owner.connect();
    await client.query('begin');
    await client.query('select citygraph.usage_index_next(10)');
    // Another finds nothing to do meanwhile, and what was not committed was not done.
    expect(await indexNext(log.database.pools.indexer)).toBe(0);
    await client.query('rollback');
    client.release();
    expect(await indexed()).toBe(600);
    const failures: unknown[] = [];
    const nodes = [1, 2, 3].map(() =>
      startIndexer({
        pool: log.database.pools.indexer,
        interval: 5,
        batchSize: 7,
        onFailure: (error) => failures.push(error),
      }),
    );
    while ((await indexed()) < 660) await new Promise((resolve) => setTimeout(resolve, 5));
    await Promise.all(nodes.map((node) => node.stop()));
    expect(failures).toEqual([]);
    const { rows } = await log.database.owner.query(
      `select (select count(*) from citygraph.usage_entry)::int as entries, (select sum(records) from citygraph.usage_hour)::int as hours,
              (select sum(records) from citygraph.usage_shape)::int as shapes`,
    );
    expect(rows).toEqual([{ entries: 660, hours: 660, shapes: 660 }]);
  });

  test('its role can do that and nothing else', async () => {
    const { pools } = log.database;
    for (const table of ['usage_record', 'usage_entry', 'usage_hour', 'usage_leaf'])
      await expect(pools.indexer.query(`select from citygraph.${table}`)).rejects.toMatchObject({ code: '42501' });
    await expect(pools.auditor.query('select citygraph.usage_index_next(1)')).rejects.toMatchObject({ code: '42501' });
    await expect(pools.indexer.query(`select citygraph.usage_append('{}', null)`)).rejects.toMatchObject({
      code: '42501',
    });
  });
});

test('a record with more than a megabyte of subjects has each of them once', async () => {
  const subjects = `0,${'900001,900002+900003;'.repeat(60_000)}`;
  await log.append(1, { principal: 'large-app', subjects, decidedUntil: null });
  await log.settle();
  while ((await indexNext(log.database.pools.indexer)) > 0);
  const { rows } = await log.database.owner.query(
    `select subject_id from citygraph.usage_subject_entry where subject_id > 900000 order by 1`,
  );
  expect(rows).toEqual(['900001', '900002', '900003'].map((subject) => ({ subject_id: subject })));
});

test('a page of what few shapes fit has their older records, too', async () => {
  const days = Array.from({ length: 12 }, (_, n) => new Date(start - n * 86_400_000 * 5));
  for (const occurredAt of days) await log.append(1, { occurredAt, principal: 'lonely-app', decidedUntil: null });
  await log.settle();
  while ((await indexNext(log.database.pools.indexer)) > 0);
  const { pools } = log.database;
  const page = await readUsageRecords(pools.auditor, { consumer: 'lonely-app' }, { first: 10 });
  expect(page.records.map(({ occurredAt }) => occurredAt)).toEqual(days.slice(0, 10));
  const rest = await readUsageRecords(
    pools.auditor,
    { consumer: 'lonely-app' },
    { first: 10, after: page.records.at(-1)! },
  );
  expect(rest.records.map(({ occurredAt }) => occurredAt)).toEqual(days.slice(10));
});
