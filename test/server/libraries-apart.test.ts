/** Libraries in databases of their own: the same bytes and the same record as from one, in a statement for each database; and what is left when one is down. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import { runSeeds } from '../../seeds/run-seeds.js';
import { registry } from '../../src/app.js';
import { createDatabaseWriter } from '../../src/collection/database-writer.js';
import { parseMapping } from '../../src/collection/mapping.js';
import { surroundingsOf } from '../../src/collection/mapping-target.js';
import { derivePool } from '../../src/command-line/derive-pool.js';
import { refreshStatistics } from '../../src/command-line/refresh-statistics.js';
import { datasets } from '../../src/database/entities.js';
import { layoutOf } from '../../src/database/library-databases.js';
import { migrate } from '../../src/database/migrate.js';
import { createReadPools } from '../../src/database/pools.js';
import { digestIdentifier } from '../../src/execution/bind-parameters.js';
import { openKeyring } from '../../src/keyring.js';
import { mergeSubjects } from '../../src/subjects/merge-subjects.js';
import { propagateSubjectScope } from '../../src/subjects/propagate-subject-scope.js';
import { findScopeDrift, repairScopeDrift, type ScopeDrift, settleScopes } from '../../src/subjects/settle-scopes.js';
import { isLibraryStatement } from '../support/capture-statements.js';
import { createTestDatabase } from '../support/database.js';
import { type Answer, type DemoService, startDemoService } from '../support/demo-service.js';
import { createLibraryDatabases, type LibraryDatabases } from '../support/library-databases.js';
import { copyMigrated } from '../support/migrated-database.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

let whole: DemoService;
let apart: DemoService;
let libraries: LibraryDatabases;
let proxy: TcpProxy;
/** Of the second library database, past all rules. */
let there: Pool;
let db: Kysely<unknown>;

beforeAll(async () => {
  libraries = await createLibraryDatabases();
  const [first, second] = libraries.databases.map(({ url }) => url);
  proxy = await startTcpProxy(first!);
  const environment = Object.fromEntries(
    Object.entries(libraries.environment).map(([name, url]) => [name, url === first ? proxy.url : url]),
  );
  [whole, apart] = await Promise.all([startDemoService(), startDemoService({ environment })]);
  there = new Pool({ connectionString: second, max: 2 });
  db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: apart.owner }) });
}, 120_000);

afterAll(async () => {
  await there?.end();
  await Promise.all([whole?.stop(), apart?.stop()]);
  await proxy?.cut();
  await libraries?.drop();
});

const portrait = `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) {
  id registration { name idNumber } household { householdNumber }
  employments(first: 5) { nodes { post legalPerson { id registration { name creditCode } penalties(first: 2) { nodes { decisionNumber } pageInfo { hasNextPage } } } } }
  medicalVisits(first: 3) { nodes { id visitedOn } pageInfo { endCursor } } healthFile { aboBloodType }
  insuranceParticipations(first: 3) { nodes { insuranceType } } creditRecords(first: 3) { nodes { recordNumber } }
  colleagues(first: 3) { nodes { person { registration { name } medicalVisits(first: 1) { nodes { visitedOn } } } } }
  tags(first: 5) { nodes { __typename } } provenance { section collectedAt provider } } }`;

const companies = `{ enterprises(first: 8) { edges { cursor node { registration { name creditCode }
  officers(first: 3) { nodes { name person { registration { name } insuranceParticipations(first: 2) { nodes { insuranceType } } } } }
  staff(first: 2) { nodes { post person { registration { name } } } } riskScore { score } standing { __typename }
  relationGraph(steps: 2) { nodes { number person { registration { name } } legalPerson { registration { name } riskScore { score } } } edges { from to kind } }
  beneficialOwners { sharePercent person { registration { name } creditRecords(first: 1) { nodes { recordNumber } } } }
  pollutionSources(first: 2) { nodes { name } } } } pageInfo { hasNextPage endCursor } } }`;

const places = `{ divisionPortrait(code: "150622") { name enterprises(first: 3) { nodes { name } } roads(first: 2) { nodes { name } }
  indicatorValues(first: 3) { nodes { period } } weatherStations(first: 2) { nodes { name } } }
  airReadings(first: 2) { nodes { __typename } } medicalInstitutions(first: 2) { nodes { name } } persons(first: 2) { nodes { id } } }`;

async function askBoth(query: string, variables?: object): Promise<[Answer, Answer]> {
  return [await whole.ask('portrait-app', query, variables), await apart.ask('portrait-app', query, variables)];
}

const someone = (): object => ({ id: apart.credentials.samples.idNumbers[0] });
const readStatements = (
  statements: Parameters<typeof isLibraryStatement>[0][],
): Parameters<typeof isLibraryStatement>[0][] => statements.filter(isLibraryStatement);

describe('the answer from three databases', () => {
  test.each([
    ['of a person', portrait, someone],
    ['of enterprises', companies, () => ({})],
    ['of places, and of several roots', places, () => ({})],
  ])('%s is that from one, byte for byte, and so is what its record says', async (_, query, variables) => {
    const [one, three] = await askBoth(query, variables());
    expect(one.codes).toEqual([]);
    expect(three.textWithoutUsage).toBe(one.textWithoutUsage);
    const [expected, came] = [await whole.recordOf(one.recordId), await apart.recordOf(three.recordId)];
    expect([came!.subjects, came!.row_counts, came!.error_codes]).toEqual([
      expected!.subjects,
      expected!.row_counts,
      expected!.error_codes,
    ]);
    expect(came!.subjects.length).toBeGreaterThan(0);
  });

  test('of a simple portrait is one statement for each database, the libraries asked by the ids of subjects', async () => {
    const query = `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name }
      medicalVisits(first: 2) { nodes { visitedOn } } creditRecords(first: 2) { nodes { recordNumber } } insuranceParticipations(first: 2) { nodes { insuranceType } } } }`;
    const { statements } = await apart.capture(() => apart.ask('portrait-app', query, someone()));
    const read = readStatements([...statements]);
    expect(new Set(read.map(({ database }) => database)).size).toBe(3);
    expect(read).toHaveLength(3);
    const keys = read.slice(1).flatMap(({ values }) => values.filter((value) => Array.isArray(value)));
    expect(keys).toEqual([[expect.stringMatching(/^\d+$/)], [expect.stringMatching(/^\d+$/)]]);
    expect(keys[0]).toEqual(keys[1]);
  });

  test('of a list is as few statements, whatever its length: its rows ask together', async () => {
    const query = (
      first: number,
    ): string => `{ enterprises(first: ${first}) { nodes { registration { name } riskScore { score }
      staff(first: 1) { nodes { post } } } } }`;
    const counts = [];
    for (const first of [2, 40]) {
      const { statements } = await apart.capture(() => apart.ask('portrait-app', query(first)));
      counts.push(readStatements([...statements]).length);
    }
    expect(counts).toEqual([3, 3]);
  });

  test('refuses an argument that is no good before anything is read, in the words that one database has', async () => {
    const query = `{ enterprises(first: 2) { nodes { registration { name } riskScore { score } staff(first: 1, after: "forged") { nodes { post } } } } }`;
    const { result, statements } = await apart.capture(() => apart.ask('portrait-app', query));
    expect(result.textWithoutUsage).toBe((await whole.ask('portrait-app', query)).textWithoutUsage);
    expect(result.codes).toEqual(['INVALID_CURSOR']);
    expect(readStatements([...statements])).toEqual([]);
  });
});

describe('a database that is down', () => {
  const query = `query ($id: ResidentIdNumber!) { personPortrait(idNumber: $id) { registration { name } healthFile { aboBloodType }
    visits: medicalVisits(first: 2) { nodes { visitedOn } } insuranceParticipations(first: 2) { nodes { insuranceType } } } }`;
  let complete: Answer;

  beforeAll(async () => {
    complete = await apart.ask('portrait-app', query, someone());
    await proxy.cut();
  });
  afterAll(() => proxy.mend());

  test('leaves null in place of its sections, an entry for each, and all the rest', async () => {
    const { data, errors, recordId, status } = await apart.ask('portrait-app', query, someone());
    expect(status).toBe(200);
    expect(data.personPortrait).toEqual({ ...complete.data.personPortrait, visits: null });
    expect(errors.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['personPortrait', 'visits'], { code: 'POOL_UNAVAILABLE' }],
    ]);
    const record = await apart.recordOf(recordId);
    expect(record).toMatchObject({ outcome: 'answered', error_codes: ['POOL_UNAVAILABLE'] });
    expect(record!.row_counts.filter((count) => count > 0)).toHaveLength(
      (await apart.recordOf(complete.recordId))!.row_counts.filter((count) => count > 0).length - 1,
    );
  });

  test('gives one entry at the outermost list, not one for each row, and none of the inside', async () => {
    const { data, errors } = await apart.ask(
      'portrait-app',
      '{ persons(first: 3) { nodes { registration { name } medicalVisits(first: 1) { nodes { visitedOn } } } } }',
    );
    expect(data.persons.nodes.map((node: object) => Object.values(node)[1])).toEqual([null, null, null]);
    expect(errors.map(({ path }) => path)).toEqual([['persons']]);
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONN|citygraph_test/);
  });

  test('costs a list of its own root alone', async () => {
    const { data, errors } = await apart.ask(
      'portrait-app',
      '{ officers(first: 1) { nodes { name } } persons(first: 1) { nodes { id } } }',
    );
    expect([data.officers, data.persons.nodes.length]).toEqual([null, 1]);
    expect(errors.map(({ path }) => path)).toEqual([['officers']]);
  });

  test('is asked again, by itself, when it is back', async () => {
    await proxy.mend();
    const until = performance.now() + 15_000;
    let answer = await apart.ask('portrait-app', query, someone());
    while (answer.codes.length > 0 && performance.now() < until) {
      await delay(50);
      answer = await apart.ask('portrait-app', query, someone());
    }
    expect(answer.textWithoutUsage).toBe(complete.textWithoutUsage);
    await proxy.cut();
  });
});

describe('the second wall stands there too:', () => {
  test.each([
    [
      'a plain column of level L4 is closed to the reader',
      'select base from social_security.insurance_contribution',
      'reader',
    ],
    ['the table of a library that lives elsewhere is closed', 'select id from healthcare.medical_visit', 'readerL4'],
    ['the subject index is closed', 'select id from citygraph.subject', 'readerL4'],
  ] as const)('%s', async (_, text, role) => {
    const pools = createReadPools({ url: libraries.databases[1]!.url });
    try {
      await expect(pools[role].query(text)).rejects.toMatchObject({ code: '42501' });
    } finally {
      await pools.close();
    }
  });

  test('the tables that the pool has of a library elsewhere can not be read by the role for L4', async () => {
    await expect(
      apart.service.pools.readerL4.query('select id from social_security.insurance_participation'),
    ).rejects.toThrow(/user mapping/);
  });
});

/** By table: what differs from the subject index. */
const driftOf = (found: readonly ScopeDrift[], table: string): number[] =>
  found.filter((it) => it.table === table).flatMap(({ narrower, wider, orphans }) => [narrower, wider, orphans]);
const participation = 'social_security.insurance_participation';
const all = registry.datasets;

describe('copies of division and protection', () => {
  let person: { id: string; division: string };
  const scopesThere = async (): Promise<unknown[]> =>
    (
      await there.query<Record<string, unknown>>(
        `select distinct person_division as division, person_protected_until::text as until from ${participation} where person_id = $1`,
        [person.id],
      )
    ).rows;
  const propagate = (scope: { division: string; protectedUntil: string }): Promise<void> =>
    db
      .transaction()
      .execute((transaction) => propagateSubjectScope(transaction, all.values(), [{ id: person.id, ...scope }]));

  beforeAll(async () => {
    await proxy.mend();
    const { rows } = await there.query<{ id: string; division: string }>(
      `select person_id as id, person_division as division from ${participation} where person_protected_until = '-infinity' order by id limit 1`,
    );
    person = rows[0]!;
  });
  afterAll(() =>
    propagate({ division: person.division, protectedUntil: '-infinity' }).then(() => settleScopes(db, all.values())),
  );

  test('agree with the subject index', async () => {
    const found = await findScopeDrift(db, all.values());
    expect(found.length).toBeGreaterThan(20);
    expect(found.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(1000);
    expect(found.filter(({ narrower, wider, orphans }) => narrower + wider + orphans > 0)).toEqual([]);
  });

  test('protect a subject no later than the index does', async () => {
    await propagate({ division: person.division, protectedUntil: 'infinity' });
    expect(await scopesThere()).toEqual([{ division: person.division, until: 'infinity' }]);
  });

  test('never allow more than the index did before a change and does after it, until that holds', async () => {
    const other = person.division === '150602' ? '150603' : '150602';
    // The service settles as well, at any time: so what was written there is put down there, in its order.
    await there.query(`create table public.seen (at bigserial, division text, until text);
      create function public.see() returns trigger language plpgsql as $$ begin
        insert into public.seen (division, until) values (new.person_division, new.person_protected_until::text); return null; end $$;
      create trigger see after update on ${participation} for each row when (new.person_id = ${person.id}) execute function public.see()`);
    await propagate({ division: other, protectedUntil: '-infinity' });
    await settleScopes(db, all.values());
    expect(await scopesThere()).toEqual([{ division: other, until: '-infinity' }]);
    const { rows } = await there.query<object>('select division, until from public.seen order by at');
    await there.query(`drop trigger see on ${participation}`);
    expect([rows[0], rows.at(-1)]).toEqual([
      { division: null, until: 'infinity' },
      { division: other, until: '-infinity' },
    ]);
  });

  test('that were altered there are found and repaired', async () => {
    await there.query(
      `update ${participation} set person_protected_until = '-infinity', person_division = '150627' where person_id = $1`,
      [person.id],
    );
    await sql`update citygraph.subject set protected_until = 'infinity' where id = ${person.id}`.execute(db);
    const [narrower, wider] = driftOf(await findScopeDrift(db, all.values()), participation);
    expect([narrower, wider! > 0]).toEqual([0, true]);
    await repairScopeDrift(db, all.values());
    expect((await findScopeDrift(db, all.values())).filter((it) => it.narrower + it.wider > 0)).toEqual([]);
    expect(await scopesThere()).toMatchObject([{ until: 'infinity' }]);
  });
});

describe('what is written', () => {
  const keyring = () => openKeyring(apart.keyringFile);

  test('by a load goes to the library, with the scope of its subjects, and again nothing is written', async () => {
    const values = {
      ...{
        legalPerson: apart.credentials.samples.creditCodes[0]!,
        decisionNumber: 'APART-1',
        certificateName: '测试许可',
      },
      ...{ decidedOn: '2024-01-02', validFrom: '2024-01-02', authority: '测试机关', status: 'VALID' },
    };
    const mapping = parseMapping(
      JSON.stringify({
        format: { type: 'csv' },
        dataset: 'Licence',
        key: ['decisionNumber'],
        columns: Object.fromEntries(Object.keys(values).map((column) => [column, { from: column }])),
      }),
      'test.yml',
      surroundingsOf(datasets),
    );
    const dataset = datasets.find(({ name }) => name === 'Licence')!;
    const writer = createDatabaseWriter({
      ...{ db, dataset, datasets, mapping },
      digest: (kind, value) => digestIdentifier(keyring().identifiers, kind, value),
    });
    const row = { line: 1, values };
    expect(await writer.writeBatch([row])).toMatchObject({ inserted: 1, updated: 0, rejected: [] });
    expect(await writer.writeBatch([row])).toMatchObject({ inserted: 0, updated: 0, unchanged: 1 });
    expect(await writer.writeBatch([{ ...row, values: { ...values, certificateName: '改名' } }])).toMatchObject({
      updated: 1,
    });
    const { data } = await apart.ask(
      'portrait-app',
      'query ($code: UnifiedSocialCreditCode!) { enterprisePortrait(creditCode: $code) { licences(first: 50) { nodes { decisionNumber certificateName } } } }',
      { code: values.legalPerson },
    );
    expect(data.enterprisePortrait.licences.nodes).toContainEqual({
      decisionNumber: 'APART-1',
      certificateName: '改名',
    });
    expect(driftOf(await findScopeDrift(db, all.values()), 'legal_person.licence')).toEqual([0, 0, 0]);
  });

  test('by seeding goes to the library’s own database from the first', async () => {
    const [pool, elsewhere] = [await copyMigrated(), await createTestDatabase()];
    await migrate(
      pool.url,
      layoutOf({ libraries: { healthcare: elsewhere.url }, distributed: [] }, new Map(), pool.url),
    );
    const { written } = await runSeeds({
      url: pool.url,
      keyring: keyring(),
      scale: { persons: 120, legalPersons: 20 },
    });
    const client = new Pool({ connectionString: elsewhere.url, max: 1 });
    const { rows } = await client.query<{ count: number }>(
      'select count(*)::int as count from healthcare.medical_visit',
    );
    await client.end();
    expect(rows[0]!.count).toBe(written['healthcare.medical_visit']);
    expect(rows[0]!.count).toBeGreaterThan(0);
    await Promise.all([pool.drop(), elsewhere.drop()]);
  });

  test('by a merge moves rows there too, and neither identifier finds less than before', async () => {
    const { rows } = await there.query<{ id: string }>(
      `select person_id as id from ${participation} where person_protected_until = '-infinity' group by person_id having count(*) = 1 order by person_id desc limit 1`,
    );
    const from = rows[0]!.id;
    const { rows: made } = await sql<{ id: string }>`
      insert into citygraph.subject (kind, division, protected_until) select kind, division, protected_until from citygraph.subject where id = ${from}
      returning id::text as id`.execute(db);
    const into = made[0]!.id;
    await mergeSubjects(db, all.values(), { from, into });
    await settleScopes(db, all.values());
    const { rows: moved } = await there.query(
      `select person_id::text from ${participation} where person_id in ($1, $2)`,
      [from, into],
    );
    expect(moved).toEqual([{ person_id: into }]);
    expect((await findScopeDrift(db, all.values())).filter((it) => it.narrower + it.wider + it.orphans > 0)).toEqual(
      [],
    );
  });

  test('by derivation and statistics is what one database computes', async () => {
    const contents = async (demo: DemoService, table: string): Promise<unknown> =>
      (
        await demo.owner.query(
          `select md5(string_agg((to_jsonb(t) - 'id' - 'collected_at' - 'computed_at' - 'edition')::text, ',' order by (to_jsonb(t) - 'id' - 'collected_at' - 'computed_at' - 'edition')::text)) as all, count(*) from ${table} as t`,
        )
      ).rows[0];
    // What the tests before wrote is in one of them alone, so what is compared is what they did not touch.
    const tables = ['portrait.standing', 'statistics.employment_statistic', 'statistics.population_statistic'];
    const ids = await there.query('select id, legal_person_id from portrait.standing order by legal_person_id');
    for (const { url } of [whole, apart]) {
      await derivePool({ url });
      await refreshStatistics({ url, again: true });
    }
    for (const table of tables)
      expect([table, await contents(apart, table)]).toEqual([table, await contents(whole, table)]);
    expect(
      (await there.query('select id, legal_person_id from portrait.standing order by legal_person_id')).rows,
    ).toEqual(ids.rows);
  });
});

describe('a setting', () => {
  test('that names no library is refused, with those that there are', () => {
    const libraries = { hospitals: 'postgres://h/x' };
    expect(() => layoutOf({ libraries, distributed: [] }, new Map(), 'postgres://h/y')).toThrow(
      /^LIBRARY_HOSPITALS_URL: expected a library of the pool, got 'hospitals'\. There are LIBRARY_POPULATION_URL, /,
    );
  });

  test('that was forgotten does not let an empty library be answered', async () => {
    await expect(migrate(apart.url)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/LIBRARY_LEGAL_PERSON_URL.*expected the address/) as unknown,
    });
  });

  test('that names a pool of its own is refused, and its rights stay as they were', async () => {
    const settings = { libraries: { emergency: whole.url }, distributed: [] };
    const { url, drop } = await createTestDatabase();
    await expect(migrate(url, layoutOf(settings, new Map(), url))).rejects.toMatchObject({
      code: 'DATABASE_UNSUITABLE',
      message: expect.stringMatching(/^LIBRARY_EMERGENCY_URL: expected a database for libraries alone/) as unknown,
    });
    await drop();
    expect((await whole.ask('portrait-app', portrait, someone())).codes).toEqual([]);
  });
});
