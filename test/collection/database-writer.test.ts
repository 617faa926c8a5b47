import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Pool } from 'pg';
import { createDatabaseWriter } from '../../src/collection/database-writer.js';
import type { DatasetWriter } from '../../src/collection/dataset-writer.js';
import { type LoadOptions, loadDataset } from '../../src/collection/load-dataset.js';
import type { LoadReport } from '../../src/collection/load-report.js';
import type { MappedRow, RejectedRow } from '../../src/collection/map-record.js';
import { isSensitiveIn, surroundingsOf } from '../../src/collection/mapping-target.js';
import { type Mapping, parseMapping } from '../../src/collection/mapping.js';
import { datasets } from '../../src/database/entities.js';
import { createOrm } from '../../src/database/orm.js';
import {
  computeCreditCodeCheck,
  computeOrganisationCodeCheck,
  computeResidentIdCheck,
} from '../../src/model/identifiers.js';
import type { TestDatabase } from '../support/database.js';
import { copyMigrated } from '../support/migrated-database.js';

let database: TestDatabase;
let orm: MikroORM;
let owner: Pool;

beforeAll(async () => {
  database = await copyMigrated();
  orm = await createOrm(database.url, { entities: [], poolSize: 4 });
  owner = new Pool({ connectionString: database.url });
  await owner.query(`alter table legal_person.enterprise add constraint refused check (name <> '数据库拒收')`);
  // A session that is ended from outside tells it here too.
  owner.on('error', () => undefined);
});
afterAll(async () => {
  await Promise.all([orm.close(), owner.end()]);
  await database.drop();
});

const tables = [
  'citygraph.subject',
  'citygraph.subject_identifier',
  ...datasets.map(({ schema, table }) => `${schema}.${table}`),
];
beforeEach(() => owner.query(`truncate ${tables.join(', ')} restart identity`));

const surroundings = surroundingsOf(datasets);
const mappingOf = (mapping: object): Mapping =>
  parseMapping(JSON.stringify({ format: { type: 'csv' }, ...mapping }), 'test.yml', surroundings);
const plain = (...columns: string[]): Record<string, object> =>
  Object.fromEntries(columns.map((column) => [column, { from: column }]));
const digest = (kind: string, value: string): Buffer =>
  createHmac('sha256', 'test').update(`${kind}:${value}`).digest();

function writerOf(mapping: Mapping): DatasetWriter {
  const dataset = datasets.find(({ name }) => name === mapping.dataset)!;
  return createDatabaseWriter({ db: orm.em.getKysely(), dataset, datasets, mapping, digest });
}

function load(mapping: Mapping, source: LoadOptions['source'], more: Partial<LoadOptions> = {}): Promise<LoadReport> {
  const dataset = datasets.find(({ name }) => name === mapping.dataset)!;
  return loadDataset({
    mapping,
    source,
    sourceName: 'test.csv',
    writer: writerOf(mapping),
    isSensitive: isSensitiveIn(dataset),
    ...more,
  });
}

/** Records as CSV, a header before them. */
async function* csv(records: readonly Record<string, string>[]): AsyncGenerator<Uint8Array> {
  const names = Object.keys(records[0]!);
  for (const line of [names, ...records.map((record) => names.map((name) => record[name]))])
    yield new TextEncoder().encode(`${line.join(',')}\n`);
}

async function rows(query: string): Promise<Record<string, unknown>[]> {
  return (await owner.query<Record<string, unknown>>(query)).rows;
}

/** Of every row of every table, so that any write shows. */
async function checksums(): Promise<unknown> {
  const texts = tables.map(
    (table) =>
      `select '${table}' as name, md5(coalesce(string_agg(t::text, '|' order by t.id), '')) as sum, count(*) from ${table} t`,
  );
  return rows(texts.join(' union all '));
}

const registrations = mappingFile('enterprise-registration.yml');
function mappingFile(name: string): Mapping {
  return parseMapping(readFileSync(new URL(`../../mappings/${name}`, import.meta.url), 'utf8'), name, surroundings);
}
const fixture = (): LoadOptions['source'] => createReadStream(new URL('fixtures/registrations.csv', import.meta.url));

function creditCode(serial: number): string {
  const organisation = String(serial).padStart(8, '0');
  const first17 = `91150602${organisation}${computeOrganisationCodeCheck(organisation)}`;
  return first17 + computeCreditCodeCheck(first17);
}

function idNumber(birthDate: string, sequence = 1): string {
  const first17 = `150602${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return first17 + computeResidentIdCheck(first17);
}

const enterprises = mappingOf({
  dataset: 'Enterprise',
  key: 'creditCode',
  columns: plain('creditCode', 'name', 'division'),
});
const officers = mappingOf({
  dataset: 'Officer',
  key: ['legalPerson', 'officerNumber'],
  columns: {
    ...plain('legalPerson', 'person', 'officerNumber', 'name'),
    isLegalRepresentative: { from: 'head', transforms: ['truth'] },
  },
});
const residents = mappingOf({
  dataset: 'Resident',
  key: 'idNumber',
  columns: plain('idNumber', 'name', 'status', 'division'),
});
const firms = (count: number, from = 0): Record<string, string>[] =>
  Array.from({ length: count }, (_, n) => ({
    creditCode: creditCode(from + n + 1),
    name: `甲${from + n}`,
    division: '150602',
  }));

describe('a file of registrations', () => {
  it('goes into the pool with its subjects, their division and its provenance', async () => {
    const rejected: RejectedRow[] = [];
    const rejects = {
      write: (line: string) => rejected.push(JSON.parse(line) as RejectedRow) > 0,
    } as unknown as LoadOptions['rejects'];
    const report = await load(registrations, fixture(), { rejects });
    expect(report).toMatchObject({ outcome: 'finished', read: 13, inserted: 8, updated: 0, unchanged: 0, rejected: 5 });
    expect(rejected.map(({ line, reasons: [reason] }) => [line, reason?.column, reason?.reason])).toEqual([
      [11, 'enterpriseType', 'not-in-code-list'],
      [12, 'establishedOn', 'impossible-date'],
      [13, 'creditCode', 'credit-code-check-character'],
      [14, null, 'field-count'],
      [15, 'name', 'required-missing'],
    ]);
    const kept = await rows(
      `select e.legal_person_division, s.division, i.subject_division, s.kind, i.kind as identifier, i.is_current, e.registered_capital::text, e.town, e.provider, e.resource,
              e.collected_at > now() - interval '1 minute' as fresh, i.digest = decode('${digest('unified-social-credit-code', '91150602000000027J').toString('hex')}', 'hex') as found
         from legal_person.enterprise e join citygraph.subject s on s.id = e.legal_person_id join citygraph.subject_identifier i on i.subject_id = s.id
        where i.value = '91150602000000027J'`,
    );
    expect(kept).toEqual([
      {
        legal_person_division: '150602',
        division: '150602',
        subject_division: '150602',
        kind: 'legal-person',
        identifier: 'unified-social-credit-code',
        is_current: true,
        registered_capital: '50000000.00',
        town: null,
        provider: '150600-market-regulation',
        resource: '3/06/02/001/000001',
        fresh: true,
        found: true,
      },
    ]);
    expect(await rows('select count(*)::int as subjects from citygraph.subject')).toEqual([{ subjects: 8 }]);
  });

  it('loaded again changes nothing', async () => {
    await load(registrations, fixture());
    const before = await checksums();
    expect(await load(registrations, fixture())).toMatchObject({ inserted: 0, updated: 0, unchanged: 8, rejected: 5 });
    expect(await checksums()).toEqual(before);
  });

  it('updates what differs and leaves alone what the mapping does not fill', async () => {
    await load(enterprises, csv(firms(3)));
    await owner.query(
      `update legal_person.enterprise set telephone = '0477-1', collected_at = '2020-01-01', staff_count = 7`,
    );
    const [first, ...more] = firms(3);
    expect(await load(enterprises, csv([{ ...first!, name: '乙' }, ...more]))).toMatchObject({
      inserted: 0,
      updated: 1,
      unchanged: 2,
    });
    expect(
      await rows(
        `select name, telephone, staff_count, collected_at > '2021-01-01' as moved from legal_person.enterprise order by name`,
      ),
    ).toEqual([
      { name: '乙', telephone: '0477-1', staff_count: 7, moved: true },
      { name: '甲1', telephone: '0477-1', staff_count: 7, moved: false },
      { name: '甲2', telephone: '0477-1', staff_count: 7, moved: false },
    ]);
  });

  it('fills what is empty and leaves what stands, where a column is only inferred', async () => {
    const supplied = mappingOf({
      dataset: 'Enterprise',
      key: 'creditCode',
      columns: plain('creditCode', 'name', 'industry'),
    });
    const inferred = mappingOf({
      dataset: 'Enterprise',
      key: 'creditCode',
      columns: { ...plain('creditCode', 'name'), industry: { from: 'industry', existing: 'keep' } },
    });
    const row = (serial: number, industry: string) => ({
      creditCode: creditCode(serial),
      name: `甲${serial}`,
      industry,
    });
    const industries = async (): Promise<unknown[]> =>
      (await rows('select industry from legal_person.enterprise order by name')).map(({ industry }) => industry);
    await load(supplied, csv([row(1, '061')]));
    await load(supplied, csv([{ ...row(2, ''), industry: '' }]));
    expect(await load(inferred, csv([row(1, '516'), row(2, '516')]))).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await industries()).toEqual(['061', '516']);
    expect(await load(inferred, csv([row(1, '701'), row(2, '')]))).toMatchObject({ updated: 0, unchanged: 2 });
    expect(await industries()).toEqual(['061', '516']);
    expect(await load(supplied, csv([row(2, '702')]))).toMatchObject({ updated: 1 });
    expect(await industries()).toEqual(['061', '702']);
    expect(() =>
      writerOf(
        mappingOf({
          dataset: 'Enterprise',
          key: 'creditCode',
          columns: { creditCode: { from: 'a', existing: 'keep' }, name: { from: 'b' } },
        }),
      ),
    ).toThrow('columns.creditCode.existing: expected replace');
  });
});

describe('a row that does not fit', () => {
  const wide = mappingOf({
    dataset: 'Enterprise',
    key: 'creditCode',
    columns: {
      ...plain('creditCode', 'name', 'registeredCapital', 'staffCount', 'establishedOn', 'division', 'capitalCurrency'),
    },
  });
  const good = {
    creditCode: creditCode(1),
    name: '甲',
    registeredCapital: '1.50',
    staffCount: '3',
    establishedOn: '2020-02-29',
    division: '150602',
    capitalCurrency: 'CNY',
  };

  it.each<[string, Partial<typeof good>, string, string]>([
    ['a text too long, counted in characters', { name: '𠮷'.repeat(201) }, 'name', 'too-long'],
    [
      'an amount with too many digits',
      { registeredCapital: `1${'0'.repeat(18)}` },
      'registeredCapital',
      'number-out-of-range',
    ],
    ['an amount with too many decimals', { registeredCapital: '1.005' }, 'registeredCapital', 'number-too-precise'],
    ['an amount that is none', { registeredCapital: '1e3' }, 'registeredCapital', 'not-a-number'],
    ['an integer out of range', { staffCount: '2147483648' }, 'staffCount', 'number-out-of-range'],
    ['a day that does not exist', { establishedOn: '2021-02-29' }, 'establishedOn', 'not-a-date'],
    ['a day of a year that is none', { establishedOn: '0000-01-01' }, 'establishedOn', 'not-a-date'],
    ['what the database alone refuses', { name: '数据库拒收' }, '', 'refused-by-database'],
    ['a division of elsewhere', { division: '110000' }, 'division', 'not-in-code-list'],
    [
      'a bad identifier',
      { creditCode: '91350100M000100Y4Z' },
      'creditCode',
      'credit-code-organisation-check-character',
    ],
  ])('is refused with its line, and the others are taken: %s', async (_name, bad, column, reason) => {
    const others = Array.from({ length: 9 }, (_, n) => ({
      ...good,
      creditCode: creditCode(n + 10),
      name: '𠮷'.repeat(200),
      registeredCapital: `${'9'.repeat(18)}.90`,
    }));
    const rejected: RejectedRow[] = [];
    const rejects = {
      write: (line: string) => rejected.push(JSON.parse(line) as RejectedRow) > 0,
    } as unknown as LoadOptions['rejects'];
    const report = await load(wide, csv([...others.slice(0, 4), { ...good, ...bad }, ...others.slice(4)]), { rejects });
    expect(report).toMatchObject({ read: 10, inserted: 9, rejected: 1 });
    expect(rejected).toEqual([
      { line: 6, reasons: [expect.objectContaining({ column: column === '' ? null : column })] },
    ]);
    expect(rejected[0]?.reasons[0]?.reason).toMatch(
      reason === 'credit-code-organisation-check-character' ? /^credit-code-/ : reason,
    );
    // The subject of a refused row is not made.
    expect(await rows('select count(*)::int as subjects from citygraph.subject')).toEqual([{ subjects: 9 }]);
  });
});

describe('the division of a subject', () => {
  it('follows its home dataset into every table', async () => {
    const [firm] = firms(1);
    const manager = idNumber('1980-01-01');
    await load(enterprises, csv([firm!]));
    await load(residents, csv([{ idNumber: manager, name: '王', status: 'NORMAL', division: '150621' }]));
    await load(
      officers,
      csv([{ legalPerson: firm!.creditCode!, person: manager, officerNumber: '1', name: '王', head: '是' }]),
    );
    const scopes = (): Promise<Record<string, unknown>[]> =>
      rows(`select e.legal_person_division as enterprise, o.legal_person_division as office, o.person_division as officer, r.person_division as resident,
                   (select array_agg(division order by kind) from citygraph.subject) as subjects, (select array_agg(subject_division order by kind) from citygraph.subject_identifier) as identifiers
              from legal_person.enterprise e, legal_person.officer o, population.resident r`);
    const both = ['150602', '150621'];
    expect(await scopes()).toEqual([
      {
        enterprise: '150602',
        office: '150602',
        officer: '150621',
        resident: '150621',
        subjects: both,
        identifiers: ['150621', '150602'],
      },
    ]);
    const collected = await rows('select collected_at from legal_person.officer');

    expect(await load(enterprises, csv([{ ...firm!, division: '150627' }]))).toMatchObject({ updated: 1 });
    await load(residents, csv([{ idNumber: manager, name: '王', status: 'NORMAL', division: '' }]));
    expect(await scopes()).toEqual([
      {
        enterprise: '150627',
        office: '150627',
        officer: null,
        resident: null,
        subjects: ['150627', null],
        identifiers: [null, '150627'],
      },
    ]);
    expect(await rows('select collected_at from legal_person.officer')).toEqual(collected);
    expect(await load(enterprises, csv([{ ...firm!, division: '150627' }]))).toMatchObject({ unchanged: 1 });
  });

  it('is not for another dataset to set', () => {
    expect(() =>
      mappingOf({
        dataset: 'Officer',
        key: ['legalPerson', 'officerNumber'],
        columns: plain('legalPerson', 'officerNumber', 'division'),
      }),
    ).toThrow('division');
  });

  it('can be changed while rows are written that copy it, and none keeps the old one', async () => {
    const all = firms(40);
    await load(enterprises, csv(all));
    const offices = all.map(({ creditCode: code }, n) => ({
      legalPerson: code!,
      person: '',
      officerNumber: String(n),
      name: '王',
      head: '否',
    }));
    await Promise.all([
      load(enterprises, csv(all.map((firm) => ({ ...firm, division: '150625' }))), { batchRows: 7 }),
      load(officers, csv(offices.reverse()), { batchRows: 3 }),
    ]);
    expect(
      await rows('select legal_person_division as division, count(*)::int from legal_person.officer group by 1'),
    ).toEqual([{ division: '150625', count: 40 }]);
  });
});

describe('subjects', () => {
  it('of persons are made with protection until the fourteenth birthday of who is younger', async () => {
    const year = new Date().getUTCFullYear();
    const people = [idNumber('1980-01-01'), idNumber(`${year - 3}-12-31`), idNumber('2024-02-29')];
    const records = people.map((number) => ({ idNumber: number, name: '王', status: 'NORMAL', division: '150603' }));
    expect(await load(residents, csv(records))).toMatchObject({ inserted: 3 });
    const kept = await rows(
      `select s.kind, s.protected_until::text as until, i.value = any('{${people.join(',')}}') as named,
              r.person_protected_until = s.protected_until and i.subject_protected_until = s.protected_until as copied
         from citygraph.subject s join citygraph.subject_identifier i on i.subject_id = s.id join population.resident r on r.person_id = s.id order by s.protected_until`,
    );
    const expected = ['-infinity', `${year + 11}-12-31`, '2038-03-01'].map((until) => ({
      kind: 'person',
      until,
      named: true,
      copied: true,
    }));
    expect(kept).toEqual(expected.sort((a, b) => (a.until < b.until ? -1 : 1)));
    const before = await checksums();
    expect(await load(residents, csv(records))).toMatchObject({ unchanged: 3 });
    expect(await checksums()).toEqual(before);
  });

  it('are one, whichever library names them first, and an officer may be unknown as a person', async () => {
    const person = idNumber('1980-01-01');
    const records = [
      { legalPerson: creditCode(1), person, officerNumber: '1', name: '王', head: '是' },
      { legalPerson: creditCode(1), person: '', officerNumber: '2', name: '李', head: '否' },
      { legalPerson: creditCode(2), person, officerNumber: '1', name: '王', head: '否' },
    ];
    expect(await load(officers, csv(records))).toMatchObject({ inserted: 3 });
    await load(residents, csv([{ idNumber: person, name: '王', status: 'NORMAL', division: '150602' }]));
    await load(enterprises, csv(firms(1)));
    expect(await rows('select kind, count(*)::int from citygraph.subject group by kind order by kind')).toEqual([
      { kind: 'legal-person', count: 2 },
      { kind: 'person', count: 1 },
    ]);
    expect(
      await rows(
        'select person_division, legal_person_division, person_id is null as unknown from legal_person.officer order by legal_person_division, officer_number',
      ),
    ).toEqual([
      { person_division: '150602', legal_person_division: '150602', unknown: false },
      { person_division: null, legal_person_division: '150602', unknown: true },
      { person_division: '150602', legal_person_division: null, unknown: false },
    ]);
    const before = await checksums();
    expect(await load(officers, csv(records))).toMatchObject({ unchanged: 3 });
    expect(await checksums()).toEqual(before);
  });

  it('are found by an identifier that is history, and two identifiers of one are one row', async () => {
    await load(enterprises, csv(firms(2)));
    // The second turns out to be the first under its former code.
    await owner.query(`delete from legal_person.enterprise where name = '甲1'`);
    await owner.query(
      `update citygraph.subject_identifier set is_current = false, subject_id = (select legal_person_id from legal_person.enterprise) where value = '${creditCode(2)}'`,
    );
    expect(await load(enterprises, csv(firms(2)))).toMatchObject({ inserted: 0, updated: 1, unchanged: 1 });
    expect(await rows('select name from legal_person.enterprise')).toEqual([{ name: '甲1' }]);
  });
});

describe('loaders', () => {
  it('that stop in the middle leave whole batches, and a second run completes them', async () => {
    const stop = new AbortController();
    const report = await load(enterprises, csv(firms(100)), {
      batchRows: 30,
      signal: stop.signal,
      onProgress: ({ taken }) => taken === 60 && stop.abort(),
    });
    expect(report).toMatchObject({ outcome: 'stopped', inserted: 60 });
    expect(await rows('select count(*)::int from legal_person.enterprise')).toEqual([{ count: 60 }]);
    expect(await load(enterprises, csv(firms(100)), { batchRows: 30 })).toMatchObject({ inserted: 40, unchanged: 60 });
  });

  it('whose connection breaks leave nothing of the batch', async () => {
    const writer = writerOf(enterprises);
    const cut = {
      writeBatch: (batch: readonly MappedRow[]) =>
        batch[0]?.line === 2 ? writer.writeBatch(batch) : cutWhile(() => writer.writeBatch(batch)),
    };
    await expect(load(enterprises, csv(firms(60)), { batchRows: 30, writer: cut })).rejects.toBeDefined();
    expect(
      await rows(
        'select (select count(*)::int from legal_person.enterprise) as rows, (select count(*)::int from citygraph.subject) as subjects',
      ),
    ).toEqual([{ rows: 30, subjects: 30 }]);
    expect(await load(enterprises, csv(firms(60)))).toMatchObject({ inserted: 30, unchanged: 30 });
  });

  it('at work at once, in opposite order, make one subject for each identifier', async () => {
    const all = firms(300);
    const reports = await Promise.all([
      load(enterprises, csv(all), { batchRows: 40 }),
      load(enterprises, csv([...all].reverse()), { batchRows: 30 }),
      load(
        officers,
        csv(
          all.map(({ creditCode: code }) => ({
            legalPerson: code!,
            person: idNumber('1980-01-01'),
            officerNumber: '1',
            name: '王',
            head: '是',
          })),
        ),
        { batchRows: 50 },
      ),
    ]);
    expect(reports.map(({ taken, rejected }) => [taken, rejected])).toEqual(Array.from({ length: 3 }, () => [300, 0]));
    expect(reports[0].inserted + reports[1].inserted).toBe(300);
    expect(
      await rows(`select (select count(*)::int from citygraph.subject) as subjects, (select count(*)::int from citygraph.subject_identifier) as identifiers,
                         (select count(distinct legal_person_id)::int from legal_person.enterprise) as enterprises,
                         (select count(*)::int from legal_person.officer o join legal_person.enterprise e using (legal_person_id) where e.legal_person_division = o.legal_person_division) as officers`),
    ).toEqual([{ subjects: 301, identifiers: 301, enterprises: 300, officers: 300 }]);
  });

  it('wait for a subject that another is making, and take that one', async () => {
    const [firm] = firms(1);
    const other = await owner.connect();
    await other.query('begin');
    await other.query(`insert into citygraph.subject (id, kind, division) values (1000, 'legal-person', '150602')`);
    await other.query(
      `insert into citygraph.subject_identifier (subject_id, kind, digest, value, is_current) values (1000, 'unified-social-credit-code', $1, $2, true)`,
      [digest('unified-social-credit-code', firm!.creditCode!), firm!.creditCode],
    );
    const loading = load(enterprises, csv([firm!]));
    await untilBlocked();
    await other.query('commit');
    other.release();
    expect(await loading).toMatchObject({ inserted: 1 });
    expect(
      await rows(
        'select legal_person_id::int as id, (select count(*)::int from citygraph.subject) as subjects from legal_person.enterprise',
      ),
    ).toEqual([{ id: 1000, subjects: 1 }]);
  });

  it('begin a batch again that the database gave up in a deadlock', async () => {
    await load(enterprises, csv(firms(2)));
    const other = await owner.connect();
    await other.query(`set deadlock_timeout = '1min'; begin; select from citygraph.subject where id = 2 for update`);
    const loading = load(enterprises, csv(firms(2).map((firm) => ({ ...firm, name: '乙' }))));
    await untilBlocked();
    await other.query('select from citygraph.subject where id = 1 for update; commit');
    other.release(true);
    expect(await loading).toMatchObject({ updated: 2, rejected: 0 });
  });

  it('refuse a mapping by whose key a row could not be found again', () => {
    const byName = mappingOf({ dataset: 'Enterprise', key: 'name', columns: plain('creditCode', 'name') });
    expect(() => writerOf(byName)).toThrow(
      'test.yml: key: expected creditCode, by which Enterprise knows its rows, got name',
    );
  });
});

/** Ends the loader's sessions once one of them waits for a lock that is held here. */
async function cutWhile<T>(work: () => Promise<T>): Promise<T> {
  const client = await owner.connect();
  await client.query('begin; lock table legal_person.enterprise');
  const running = work();
  running.catch((error: unknown) => error);
  await untilBlocked();
  await client.query(`select pg_terminate_backend(pid) from (${blocked}) as blocked`);
  await client.query('rollback');
  client.release();
  return running;
}

const blocked = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

async function untilBlocked(): Promise<void> {
  while ((await rows(blocked)).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
}
