/** @long */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Client } from 'pg';
import { datasets } from '../../src/database/entities.js';
import { digestIdentifier } from '../../src/execution/bind-parameters.js';
import { deriveKeyring } from '../../src/keyring.js';
import { parseResidentIdNumber, parseUnifiedSocialCreditCode } from '../../src/model/identifiers.js';
import { createCast } from '../../seeds/cast/cast.js';
import { sizeOf } from '../../seeds/seed-table.js';
import { castDate } from '../../seeds/cast/calendar.js';
import { datasetSeeds } from '../../seeds/datasets/index.js';
import { illnesses, childbirth } from '../../seeds/datasets/healthcare/illnesses.js';
import { diagnoses } from '../../src/model/code-lists/diagnoses.js';
import { type SeedReport, runSeeds } from '../../seeds/run-seeds.js';
import type { SeedProgress } from '../../seeds/seed-progress.js';
import type { TestDatabase } from '../support/database.js';
import { copyMigrated } from '../support/migrated-database.js';
import { isSupplied } from '../support/supplied.js';

const keyring = deriveKeyring(Buffer.alloc(32, 1));
// Enough persons that some have former numbers, some are foreign and some protected; not a multiple of a family's block.
/** What departments supply; what is computed from it has no seeds. */
const supplied = datasets.filter(isSupplied);
const scale = { persons: 1_003, legalPersons: 120 };

let database: TestDatabase;
let client: Client;
let report: SeedReport;
let indexesBefore: unknown[];
let settingsBefore: unknown[];
const progress: SeedProgress[] = [];

beforeAll(async () => {
  database = await copyMigrated();
  client = await connect(database);
  indexesBefore = await rowsOf(indexes);
  settingsBefore = await rowsOf(settings);
  report = await runSeeds({ url: database.url, keyring, scale, onProgress: (it) => progress.push(it) });
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('what is written', () => {
  test('the subject index and every dataset, with as many rows as it says', async () => {
    expect(Object.keys(report.written)).toEqual(tables());
    for (const [table, rows] of Object.entries(report.written)) {
      expect([table, await numberOf(`select count(*) from ${table}`)]).toEqual([table, rows]);
      // A city this small has two state-owned enterprises.
      expect(rows).toBeGreaterThan(1);
    }
  });

  test('persons first in the subject index, legal persons after, and the next id free', async () => {
    expect(
      await rowsOf(
        `select kind, count(*)::int, min(id)::int, max(id)::int from citygraph.subject group by kind order by 3`,
      ),
    ).toEqual([
      { kind: 'person', count: scale.persons, min: 1, max: scale.persons },
      { kind: 'legal-person', count: scale.legalPersons, min: 1_000_001, max: 1_000_000 + scale.legalPersons },
    ]);
    for (const table of tables()) {
      expect(await numberOf(`select nextval(pg_get_serial_sequence('${table}', 'id')) - max(id) from ${table}`)).toBe(
        1,
      );
    }
  });

  test('a column has values where its seed gives some, and the indexes are back', async () => {
    for (const { schema, table, fields, name } of supplied) {
      const given = columnsGiven(name);
      for (const field of fields.values()) {
        if (field.kind !== 'column' || field.control || field.provenance) continue;
        const filled = await numberOf(`select count("${field.column}") from "${schema}"."${table}"`);
        expect([`${table}.${field.column}`, filled > 0]).toEqual([`${table}.${field.column}`, given.has(field.name)]);
      }
    }
    expect(await rowsOf(indexes)).toEqual(indexesBefore);
    expect(await rowsOf(settings)).toEqual(settingsBefore);
  });

  test('rows stand as if they had always been there: nothing has to go over a table again', async () => {
    for (const table of tables()) {
      const [pages] = await rowsOf(
        `select (select relallvisible from pg_class where oid = '${table}'::regclass) as "forAll",
                (select count(distinct (ctid::text::point)[0])::int from ${table}) as "withRows"`,
      );
      expect({ table, ...pages }).toEqual({ table, forAll: pages!['withRows'], withRows: pages!['withRows'] });
    }
  });

  test('rows say which department and resource they come from', async () => {
    for (const { schema, table, provider, resource } of supplied) {
      expect(await rowsOf(`select distinct provider, resource from "${schema}"."${table}"`)).toEqual([
        { provider, resource },
      ]);
    }
  });

  test('codes and enum values are those of their lists', async () => {
    for (const { schema, table, fields } of datasets) {
      for (const field of fields.values()) {
        if (field.kind !== 'column' || !(field.type.codeList ?? field.type.enum)) continue;
        const { codeList, enum: declaration } = field.type;
        const known = codeList ? codeList.entries.map(({ code }) => code) : Object.keys(declaration!.values);
        const values = await rowsOf(
          `select distinct "${field.column}" as value from "${schema}"."${table}" where "${field.column}" is not null`,
        );
        expect(values.map(({ value }) => value as string).filter((value) => !known.includes(value))).toEqual([]);
      }
    }
  });

  test('progress counts up to all of each table', () => {
    const ends = progress.flatMap((it) => (it.phase === 'complete' ? [it] : []));
    expect(ends.map(({ table }) => table)).toEqual(tables());
    expect(new Set(progress.filter(({ phase }) => phase === 'indexes').map(({ table }) => table))).toEqual(
      new Set(tables()),
    );
    for (const { done, total, rate } of ends) expect([done, rate > 0]).toEqual([total, true]);
  });
});

describe('identifiers', () => {
  test('are valid by the checks of the model, and agree with birth date and sex', async () => {
    const numbers = await rowsOf(
      `select value, birth_date::text as birth, sex from citygraph.subject_identifier i left join population.resident r on r.person_id = i.subject_id
        where i.kind = 'resident-id-number' and (is_current or ended_as = 'upgraded')`,
    );
    for (const { value, birth, sex } of numbers) {
      const result = parseResidentIdNumber(value as string);
      if (!result.ok) throw new Error('expected a valid number');
      const { holder, birthDate } = result.value;
      expect(birth === null).toBe(holder === 'foreign-permanent-resident');
      if (birth !== null) expect([birthDate, result.value.sex]).toEqual([birth, sex === '1' ? 'male' : 'female']);
    }
    const codes = await rowsOf(
      `select value from citygraph.subject_identifier where kind = 'unified-social-credit-code'`,
    );
    for (const { value } of codes) expect(parseUnifiedSocialCreditCode(value as string).ok).toBe(true);
  });

  test('have the digest of their kind and value under the key of the keyring', async () => {
    for (const { kind, value, digest } of await rowsOf(
      'select kind, value, digest from citygraph.subject_identifier',
    )) {
      expect(digestIdentifier(keyring.identifiers, kind as never, value as string).equals(digest as Buffer)).toBe(true);
    }
  });

  test('of old form and wrong ones are history, and lead to their holder as they are looked up', async () => {
    const history = await rowsOf(
      'select value, subject_id, ended_as, valid_to::text from citygraph.subject_identifier where not is_current',
    );
    expect(new Set(history.map((it) => it.ended_as))).toEqual(new Set(['upgraded', 'corrected']));
    for (const { value, subject_id: subject, ended_as: endedAs } of history) {
      expect((value as string).length).toBe(endedAs === 'upgraded' ? 15 : 18);
      const asked = parseResidentIdNumber(value as string);
      if (!asked.ok) throw new Error('expected a valid number');
      const digest = digestIdentifier(keyring.identifiers, 'resident-id-number', asked.value.number);
      const { rows } = await client.query<{ subject_id: string }>(
        'select subject_id from citygraph.subject_identifier where kind = $1 and digest = $2',
        ['resident-id-number', digest],
      );
      expect(rows).toEqual([{ subject_id: subject }]);
    }
  });

  test('every subject has just one current', async () => {
    expect(
      await numberOf(`select count(*) from citygraph.subject s
        where 1 <> (select count(*) from citygraph.subject_identifier i where i.subject_id = s.id and i.is_current)`),
    ).toBe(0);
  });
});

describe('libraries agree', () => {
  test('every subject of a row is in the index, of the right kind, with the same division and protection', async () => {
    for (const { schema, table, fields } of datasets) {
      for (const field of fields.values()) {
        if (field.kind !== 'subject') continue;
        const strangers = await numberOf(
          `select count(*) from "${schema}"."${table}" r left join citygraph.subject s
               on s.id = r."${field.idColumn}" and s.kind = '${field.subject}'
              and s.division = r."${field.divisionColumn}" and s.protected_until = r."${field.protectedColumn}"
            where r."${field.idColumn}" is not null and s.id is null`,
        );
        expect([`${table}.${field.name}`, strangers]).toEqual([`${table}.${field.name}`, 0]);
      }
    }
    expect(
      await numberOf(`select count(*) from citygraph.subject_identifier i left join citygraph.subject s
             on s.id = i.subject_id and s.division = i.subject_division and s.protected_until = i.subject_protected_until
          where s.id is null`),
    ).toBe(0);
  });

  test('children are protected until their fourteenth birthday, a few others for good', async () => {
    expect(
      await numberOf(`select count(*) from citygraph.subject s join population.resident r on r.person_id = s.id
        where s.protected_until not in ('infinity')
          and s.protected_until <> case when r.birth_date + interval '14 years' > '${castDate}' then r.birth_date + interval '14 years' else '-infinity' end`),
    ).toBe(0);
    const kinds = await rowsOf(
      `select distinct protected_until = 'infinity' as always from citygraph.subject where protected_until <> '-infinity'`,
    );
    expect(kinds.length).toBe(2);
    expect(
      await numberOf(
        `select count(*) from citygraph.subject where kind = 'legal-person' and protected_until <> '-infinity'`,
      ),
    ).toBe(0);
  });

  test('officers bear the names of residents, are of age, and stay with firms that closed', async () => {
    expect(
      await numberOf(
        `select count(*) from legal_person.officer o left join population.resident r using (person_id) where r.name <> o.name`,
      ),
    ).toBe(0);
    expect(
      await numberOf(`select count(*) from legal_person.officer o join legal_person.enterprise e using (legal_person_id)
        where o.left_on is distinct from least(o.left_on, e.closed_on) or o.appointed_on < e.established_on or o.left_on < o.appointed_on`),
    ).toBe(0);
    expect(
      await numberOf(`select count(*) from legal_person.enterprise e where (closed_on is not null) <> (status <> '1')
           or not exists (select from legal_person.officer o where o.legal_person_id = e.legal_person_id and o.is_legal_representative)`),
    ).toBe(0);
    expect(await numberOf(`select count(*) from legal_person.enterprise where closed_on is not null`)).toBeGreaterThan(
      0,
    );
  });

  test('towns and addresses lie in the division', async () => {
    expect(
      await numberOf(`select (select count(*) from population.resident where left(town, 6) <> person_division)
                           + (select count(*) from legal_person.enterprise where left(town, 6) <> legal_person_division)`),
    ).toBe(0);
  });

  test('nobody is at the doctor before birth, after death or after moving away', async () => {
    expect(
      await numberOf(`select count(*) from healthcare.medical_visit v join population.resident r using (person_id)
        where visited_on < birth_date or greatest(visited_on, discharged_on) > coalesce(status_since, '${castDate}')
           or discharged_on < visited_on or insurance_paid > total_cost
           or (outcome = 'DIED' and (r.status <> 'DECEASED' or discharged_on <> status_since))`),
    ).toBe(0);
    expect(await numberOf(`select count(*) from healthcare.medical_visit where outcome = 'DIED'`)).toBeGreaterThan(0);
  });

  test('a birth in hospital has a mother and a child born that day', async () => {
    const births = `healthcare.medical_visit v join population.resident m using (person_id) where v.department = '产科'`;
    expect(await numberOf(`select count(*) from ${births}`)).toBeGreaterThan(0);
    expect(
      await numberOf(
        `select count(*) from ${births} and (m.sex <> '2' or not exists (select from population.resident c where c.birth_date = v.visited_on))`,
      ),
    ).toBe(0);
  });

  test('illnesses are of the list of diagnoses, and everyone has one to choose from', () => {
    for (const { diagnosis } of [...illnesses, ...childbirth]) expect(diagnoses.find(diagnosis)).toBeDefined();
    for (let age = 0; age <= 110; age++)
      expect(illnesses.some(({ ages }) => age >= ages[0] && age <= ages[1])).toBe(true);
  });
});

test('masked columns are made by the database', async () => {
  expect(
    await numberOf(`select count(*) from population.resident where name_masked <> left(name, 1) || '**' or birth_date_masked <> left(birth_date::text, 4)
       or address_masked <> person_division or telephone_masked <> left(telephone, 3) || '******' || right(telephone, 2)`),
  ).toBe(0);
  expect(
    await numberOf(`select count(*) from citygraph.subject_identifier where kind = 'resident-id-number'
      and (open_value is not null or value_masked <> left(value, 6) || repeat('*', length(value) - 6))`),
  ).toBe(0);
});

describe('runs again', () => {
  test('a seeded database is left alone', async () => {
    const before = await checksums(client);
    const again = await runSeeds({ url: database.url, keyring, scale });
    expect(again.written).toEqual({});
    expect(await checksums(client)).toEqual(before);
  });

  test('what was interrupted in the middle of a table goes on, and ends as if it had not been', async () => {
    const other = await copyMigrated();
    const stop = new AbortController();
    // A clock that runs fast has progress told every few persons.
    const now = performance.now.bind(performance);
    let looks = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now() + 100 * (looks += 1));
    const interrupted = runSeeds({
      url: other.url,
      keyring,
      scale,
      onProgress: ({ phase, table, done }) =>
        phase === 'rows' && table === 'population.resident' && done > 300 && stop.abort(new Error('interrupted')),
      signal: stop.signal,
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    clock.mockRestore();
    const session = await connect(other);
    expect(await numberOf('select count(*) from citygraph.subject_identifier', session)).toBeGreaterThan(0);
    expect(await numberOf('select count(*) from population.resident', session)).toBe(0);

    const rest = await runSeeds({ url: other.url, keyring, scale });
    expect(Object.keys(rest.written)).toEqual(tables().slice(2));
    expect(await checksums(session)).toEqual(await checksums(client));
    expect(await rowsOf(indexes, session)).toEqual(await rowsOf(indexes));
    await session.end();
    await other.drop();
  });

  test('what was interrupted while indexes were made has them after the next run', async () => {
    const other = await copyMigrated();
    const stop = new AbortController();
    let begun = 0;
    const interrupted = runSeeds({
      url: other.url,
      keyring,
      scale,
      onProgress: ({ phase, table }) =>
        phase === 'indexes' && table === 'population.resident' && ++begun === 3 && stop.abort(new Error('interrupted')),
      signal: stop.signal,
    });
    await expect(interrupted).rejects.toThrow('interrupted');
    const session = await connect(other);
    expect(await numberOf('select count(*) from population.resident', session)).toBeGreaterThan(0);
    // Those that were made are kept.
    const ofResidents = async (): Promise<number> =>
      numberOf(`select count(*) from (${indexes}) as them where indexdef like '% ON population.resident %'`, session);
    const made = await ofResidents();
    expect(made).toBeGreaterThanOrEqual(4);
    await runSeeds({ url: other.url, keyring, scale });
    expect(await ofResidents()).toBeGreaterThan(made);
    expect(await checksums(session)).toEqual(await checksums(client));
    expect(await rowsOf(indexes, session)).toEqual(await rowsOf(indexes));
    expect(await rowsOf(settings, session)).toEqual(settingsBefore);
    await session.end();
    await other.drop();
  });

  test('a table that failed on the way is as if it had not been begun', async () => {
    const other = await copyMigrated();
    const session = await connect(other);
    await session.query(
      `alter table population.resident add constraint nobody_older check (birth_date > '1940-01-01')`,
    );
    await expect(runSeeds({ url: other.url, keyring, scale })).rejects.toThrow('nobody_older');
    expect(await numberOf('select count(*) from population.resident', session)).toBe(0);
    await session.query('alter table population.resident drop constraint nobody_older');
    await runSeeds({ url: other.url, keyring, scale });
    expect(await checksums(session)).toEqual(await checksums(client));
    await session.end();
    await other.drop();
  });

  test('refuses another city, another key, and a pool with data of its own', async () => {
    await expect(runSeeds({ url: database.url, keyring, scale, seed: 2 })).rejects.toMatchObject({
      code: 'DATABASE_UNSUITABLE',
    });
    const otherKeyring = deriveKeyring(Buffer.alloc(32, 2));
    await expect(runSeeds({ url: database.url, keyring: otherKeyring, scale })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
    const other = await copyMigrated();
    const session = await connect(other);
    await session.query(`insert into citygraph.subject (kind) values ('person')`);
    await session.end();
    await expect(runSeeds({ url: other.url, keyring, scale })).rejects.toMatchObject({ code: 'DATABASE_UNSUITABLE' });
    await other.drop();
  });
});

const indexes = `select schemaname, indexname, indexdef from pg_indexes
  where schemaname !~ '^pg_' and tablename <> 'seeding' order by 1, 2`;

/** What is set of tables and their columns, and what of that is not as it was made. */
const settings = `select c.oid::regclass::text as table, reloptions, array_agg(attname || ' ' || pg_get_expr(adbin, adrelid) order by attnum) as defaults
   from pg_class c left join pg_attrdef d on d.adrelid = c.oid left join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
  where c.relkind = 'r' and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' and c.relname <> 'seeding'
  group by c.oid order by 1`;

/** In the order in which they are seeded. */
function tables(): string[] {
  const seeded = datasetSeeds.map(({ dataset }) => datasets.find(({ entity }) => entity === dataset)!);
  return [
    'citygraph.subject',
    'citygraph.subject_identifier',
    ...seeded.map(({ schema, table }) => `${schema}.${table}`),
  ];
}

async function checksums(session: Client): Promise<Record<string, unknown>> {
  const sums: Record<string, unknown> = {};
  for (const table of tables()) {
    [sums[table]] = await rowsOf(
      `select count(*), md5(string_agg(t::text, ' ' order by id)) as sum from ${table} t`,
      session,
    );
  }
  return sums;
}

async function rowsOf(sql: string, session = client): Promise<Record<string, unknown>[]> {
  return (await session.query<Record<string, unknown>>(sql)).rows;
}

async function numberOf(sql: string, session = client): Promise<number> {
  return Number(Object.values((await rowsOf(sql, session))[0]!)[0]);
}

async function connect({ url }: TestDatabase): Promise<Client> {
  const session = new Client({ connectionString: url });
  await session.connect();
  return session;
}

/** The columns that any row of a dataset's seed fills, in the city of this file. */
function columnsGiven(name: string): ReadonlySet<string> {
  const seed = datasetSeeds.find(({ dataset }) => dataset.name === name)!;
  const cast = createCast({ ...scale, seed: 1 });
  const given = new Set<string>();
  for (let index = 0; index < sizeOf(seed, cast); index += 1) {
    for (const row of seed.rows(cast, index)) {
      for (const [column, value] of Object.entries(row)) if (value !== null) given.add(column);
    }
  }
  return given;
}
