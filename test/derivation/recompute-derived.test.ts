/** The job: what it reads, what it leaves, and that it leaves all of it or nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import {
  derivations,
  derivationGroups,
  nextEdition,
  recomputeDerived,
} from '../../src/derivation/recompute-derived.js';
import { stageStatement, derivedBy } from '../../src/derivation/replace-rows.js';
import { EnterpriseListEntry } from '../../src/libraries/credit/enterprise-list-entry.js';
import { Enterprise } from '../../src/libraries/legal-person/enterprise.js';
import { Officer } from '../../src/libraries/legal-person/officer.js';
import { Penalty } from '../../src/libraries/legal-person/penalty.js';
import { EnergyUse } from '../../src/libraries/industry-energy/energy-use.js';
import { Employment } from '../../src/libraries/population/employment.js';
import { HealthFile } from '../../src/libraries/population/health-file.js';
import { Resident } from '../../src/libraries/population/resident.js';
import { portrait } from '../../src/libraries/portrait/library.js';
import { InsuranceParticipation } from '../../src/libraries/social-security/insurance-participation.js';
import { snakeCase } from '../../src/model/snake-case.js';
import { createDerivedCity, type DerivedCity, libraries } from './derived-city.js';

const asOf = '2026-06-30';
let city: DerivedCity;

beforeAll(async () => {
  city = await createDerivedCity();
});
afterAll(() => city.drop());

beforeEach(async () => {
  const tables = libraries.flatMap(({ datasets }) => datasets.map(({ schema, table }) => `${schema}.${table}`));
  await city.client.query(`truncate citygraph.subject, ${tables.join(', ')}`);
});

const derive = (edition: number, client: Client = city.client) => recomputeDerived(client, { asOf, edition });

/** Two enterprises, one of them with a penalty; an officer who lives next to one of them. */
async function insertSmallCity(): Promise<void> {
  await city.subject(1, 'legal-person');
  await city.subject(2, 'legal-person', { division: '150603' });
  await city.subject(10, 'person');
  await city.insert(Enterprise, {
    legalPerson: 1,
    status: '1',
    establishedOn: '2010-05-01',
    registrationAuthority: '东胜区市监局',
  });
  await city.insert(Enterprise, { legalPerson: 2, status: '2', establishedOn: '2011-05-01' });
  await city.insert(Penalty, {
    legalPerson: 1,
    kind: '21',
    severity: 'ORDINARY',
    decidedOn: '2026-05-01',
    publishedOn: '2026-05-08',
    publishedUntil: '2027-05-01',
    violation: '超载',
  });
  await city.insert(Resident, { person: 10, status: 'NORMAL', birthDate: '1940-01-01' });
  await city.insert(Officer, { person: 10, legalPerson: 1, appointedOn: '2012-01-01' });
  await city.insert(HealthFile, { person: 10, status: 'ACTIVE', hasHypertension: true, lastCheckedOn: '2026-06-01' });
}

describe('each derivation', () => {
  test('fills just one dataset of the library, under its table, resource, key and columns', () => {
    expect(derivations.map(({ dataset }) => dataset).sort()).toEqual(portrait.datasets.map(({ name }) => name).sort());
    for (const derivation of derivations) {
      const dataset = portrait.datasets.find(({ name }) => name === derivation.dataset)!;
      const fields = [...dataset.fields.values()];
      expect([dataset.table, dataset.resource, dataset.provider]).toEqual([
        derivation.table,
        derivation.resource,
        derivedBy,
      ]);
      expect(dataset.key.slice(1).map(snakeCase).sort()).toEqual([...derivation.key].sort());
      const columns = fields.flatMap((field) =>
        field.kind === 'column' && !field.provenance && !field.control ? [field.column] : [],
      );
      expect([...derivation.key, ...derivation.columns].sort()).toEqual(columns.sort());
      expect(fields.filter((field) => field.kind === 'subject').map((field) => field.idColumn)).toEqual([
        `${derivation.subject}_id`,
      ]);
    }
  });

  test('reads nothing but what its dataset declares: a role that may read no more computes the same', async () => {
    await insertSmallCity();
    const role = `citygraph_derivation_${process.pid}`;
    await city.client.query(`create role ${role}`);
    try {
      for (const group of derivationGroups) {
        for (const { dataset } of group) await grantDeclared(role, dataset);
        await city.client.query('begin');
        await city.client.query(`set local role ${role}`);
        for (const it of group)
          await city.client.query(stageStatement(it, it.query).text, [...it.parameters({ asOf, edition: 1 })]);
        await city.client.query('rollback');
        await city.client.query(`drop owned by ${role}`);
      }
    } finally {
      await city.client.query('rollback');
      await city.client.query(`drop owned by ${role}`);
      await city.client.query(`drop role ${role}`);
    }
  });

  test('declares nothing that it does not read', () => {
    const read = new Map(
      derivationGroups.flatMap((group) =>
        group.map((it) => [it.dataset, group.map(({ query }) => query).join('\n')] as const),
      ),
    );
    for (const dataset of portrait.datasets) {
      for (const coordinate of dataset.derivedFrom) {
        const [type, field] = coordinate.split('.') as [string, string?];
        const source = datasetNamed(type);
        const name = field === undefined ? `${source.schema}.${source.table}` : columnOf(type, field);
        expect([coordinate, read.get(dataset.name)!.includes(name)]).toEqual([coordinate, true]);
      }
    }
  });
});

describe('an edition', () => {
  test('carries provenance, and the scope that the subject has, not the one of its source rows', async () => {
    await insertSmallCity();
    await city.client.query(
      `update citygraph.subject set division = '150627', protected_until = 'infinity' where id = 1`,
    );
    const report = await derive(1);
    expect(report.datasets.map(({ dataset, rows }) => [dataset, rows])).toEqual([
      ['RiskPart', 2],
      ['RiskScore', 2],
      ['Standing', 1],
      ['PersonTag', 2],
      ['SocialSecurityTag', 0],
      ['HealthTag', 2],
      ['EnterpriseTimelineEntry', 3],
    ]);
    const [score] = (await city.rows('risk_score')).filter((row) => row.legal_person_id === 1);
    expect(score).toMatchObject({
      legal_person_division: '150627',
      legal_person_protected_until: 'infinity',
      provider: '150600-data',
      resource: '3/06/13/001/000001',
      score: 6,
      grade: 'LOW',
      model_version: 'risk-1',
      edition: 1,
      as_of: asOf,
      published_until: '2027-05-01',
    });
  });

  test('computed again from the same facts has the same rows, ids included', async () => {
    await insertSmallCity();
    await derive(1);
    const before = await allRows();
    const again = await derive(1);
    expect(await allRows()).toEqual(before);
    expect(again.datasets.every(({ removed }) => removed === 0)).toBe(true);
    expect(before.flat().length).toBeGreaterThan(10);
  });

  test('follows the facts: what is gone goes, what is new comes, what stays keeps its id', async () => {
    await insertSmallCity();
    await derive(1);
    const [kept] = (await city.rows('risk_score')).filter((row) => row.legal_person_id === 1);
    await city.client.query(
      'delete from legal_person.penalty; delete from legal_person.enterprise where legal_person_id = 2',
    );
    await derive(2);
    const scores = await city.rows('risk_score');
    expect(scores).toMatchObject([
      { id: kept!.id, legal_person_id: 1, score: 0, part_count: 0, edition: 2, published_until: null },
    ]);
    expect(await city.rows('risk_part')).toEqual([]);
  });

  test('older than the newest is refused', async () => {
    await insertSmallCity();
    await derive(3);
    await expect(derive(2)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await nextEdition(city.client)).toBe(4);
    await derive(4);
  });
});

describe('a job that is interrupted', () => {
  test('leaves the former edition whole; readers never see half, and the next run finishes', async () => {
    await insertSmallCity();
    await derive(1);
    const before = await allRows();
    await city.client.query(`update legal_person.enterprise set status = '2'`);
    const [blocker, job] = [await city.connect(), await city.connect()];
    await blocker.query('begin; lock table citygraph.subject in row exclusive mode');
    const pid = await pidOf(job);
    const interrupted = derive(2, job).then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );
    await waitFor(`select from pg_locks where pid = ${pid} and not granted`);
    expect(await allRows()).toEqual(before);
    await city.client.query('select pg_terminate_backend($1)', [pid]);
    expect(await interrupted).toBe('57P01');
    await blocker.query('rollback');
    expect(await allRows()).toEqual(before);
    await derive(2);
    expect((await city.rows('risk_score')).map(({ edition, score }) => [edition, score])).toEqual([
      [2, 46],
      [2, 40],
    ]);
  });

  test('in the writing of the scores leaves the parts as they were, too', async () => {
    await insertSmallCity();
    await derive(1);
    const before = await allRows();
    await city.client.query(`update legal_person.enterprise set status = '2'`);
    await city.client.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused' using errcode = 'P0042'; end $$;
      create trigger refusal before update on portrait.risk_score for each row execute function refuse()`);
    await expect(derive(2)).rejects.toMatchObject({ code: 'P0042' });
    await city.client.query('drop function refuse() cascade');
    expect(await allRows()).toEqual(before);
  });

  test('waits for who is changing a subject, and copies what came of it', async () => {
    await insertSmallCity();
    const [changer, job] = [await city.connect(), await city.connect()];
    await changer.query(`begin; update citygraph.subject set protected_until = 'infinity' where id = 10`);
    const pid = await pidOf(job);
    const done = derive(1, job);
    await waitFor(`select from pg_locks where pid = ${pid} and not granted`);
    await changer.query('commit');
    await done;
    expect((await city.rows('person_tag')).map((row) => row.person_protected_until)).toEqual(['infinity', 'infinity']);
  });
});

describe('standing', () => {
  async function insertIndustry(size: number): Promise<void> {
    for (let id = 1; id <= size; id++) {
      await city.subject(id, 'legal-person');
      await city.insert(Enterprise, { legalPerson: id, status: '1', industry: '061', registeredCapital: id * 1000 });
    }
  }

  test('is told among ten, from nought to a hundred, with the size of the group in a band', async () => {
    await insertIndustry(10);
    await derive(1);
    const rows = await city.rows('standing');
    expect(rows.map((row) => row.capital_in_industry).sort((a, b) => Number(a) - Number(b))).toEqual([
      0, 11, 22, 33, 44, 56, 67, 78, 89, 100,
    ]);
    expect(rows[0]).toMatchObject({
      industry_division: '06',
      capital_in_industry_group: 'FROM_10',
      capital_in_division_group: 'FROM_10',
      staff_in_industry: null,
    });
  });

  test('is not told among nine, be it that only nine are known, in operation or not protected', async () => {
    await insertIndustry(10);
    await city.client.query(
      `update legal_person.enterprise set legal_person_protected_until = 'infinity' where legal_person_id = 1`,
    );
    await derive(1);
    const rows = await city.rows('standing');
    expect(rows).toHaveLength(9);
    for (const row of rows)
      expect(row).toMatchObject({
        capital_in_industry: null,
        capital_in_industry_group: null,
        capital_in_division: null,
      });
  });

  test('by staff does not count protected persons, by energy takes the last full year', async () => {
    await insertIndustry(10);
    await city.subject(100, 'person');
    await city.subject(101, 'person', { protectedUntil: 'infinity' });
    for (let id = 1; id <= 10; id++) {
      await city.insert(InsuranceParticipation, { person: 100, employer: id, status: 'PAYING', capacity: 'EMPLOYEE' });
      await city.insert(EnergyUse, { legalPerson: id, month: '2025-12-01', consumption: 100 - id });
    }
    await city.insert(InsuranceParticipation, { person: 101, employer: 1, status: 'PAYING', capacity: 'EMPLOYEE' });
    await city.insert(EnergyUse, { legalPerson: 1, month: '2026-01-01', consumption: 9999 });
    await city.insert(EnergyUse, { legalPerson: 10, month: '2024-12-01', consumption: 9999 });
    await derive(1);
    const rows = (await city.rows('standing')).sort((a, b) => Number(a.legal_person_id) - Number(b.legal_person_id));
    expect(rows.map((row) => row.staff_in_industry)).toEqual(rows.map(() => 0));
    expect(rows.map((row) => row.energy_in_division)).toEqual([100, 89, 78, 67, 56, 44, 33, 22, 11, 0]);
  });
});

describe('tags', () => {
  test('count an office in the division of residence alone, and no protected legal person', async () => {
    await city.subject(1, 'legal-person', { division: '150603' });
    await city.subject(2, 'legal-person', { protectedUntil: 'infinity' });
    await city.subject(3, 'legal-person');
    for (const [person, legalPerson] of [
      [10, 1],
      [11, 2],
      [12, 3],
    ] as const) {
      await city.subject(person, 'person');
      await city.insert(Resident, { person, status: 'NORMAL', birthDate: '1980-01-01' });
      await city.insert(Officer, { person, legalPerson });
    }
    await derive(1);
    expect((await city.rows('person_tag')).map(({ person_id, tag }) => [person_id, tag])).toEqual([[12, 'OFFICER']]);
  });

  test('know the eightieth and the eighteenth birthday, and the dead have none', async () => {
    for (const [person, birthDate, status] of [
      [10, '1946-06-30', 'NORMAL'],
      [11, '1946-07-01', 'NORMAL'],
      [12, '2008-06-30', 'NORMAL'],
      [13, '2008-07-01', 'NORMAL'],
      [14, '1930-01-01', 'DECEASED'],
    ] as const) {
      await city.subject(person, 'person');
      await city.insert(Resident, { person, status, birthDate });
    }
    await derive(1);
    const tags = (await city.rows('person_tag')).map(({ person_id, tag, since }) => [person_id, tag, since]);
    expect(tags).toEqual([
      [10, 'ELDER', '2026-06-30'],
      [13, 'MINOR', '2008-07-01'],
    ]);
  });

  test('of employment and insurance count nothing through an employer that is protected', async () => {
    await city.subject(1, 'legal-person');
    await city.subject(2, 'legal-person', { protectedUntil: 'infinity' });
    for (const [person, employer] of [
      [10, 1],
      [11, 2],
    ] as const) {
      await city.subject(person, 'person');
      await city.insert(Employment, {
        person,
        legalPerson: employer,
        form: 'EMPLOYER',
        status: 'ACTIVE',
        registeredOn: '2020-01-01',
      });
      await city.insert(InsuranceParticipation, { person, employer, status: 'PAYING', insuredOn: '2020-01-01' });
    }
    await derive(1);
    expect((await city.rows('social_security_tag')).map(({ person_id, tag }) => [person_id, tag])).toEqual([
      [10, 'EMPLOYED'],
      [10, 'INSURED'],
    ]);
  });

  test('of employment and of health stand in tables of their own', async () => {
    await insertSmallCity();
    await city.insert(Employment, { person: 10, form: 'EMPLOYER', status: 'ACTIVE', registeredOn: '2020-01-01' });
    await city.client.query(`update population.health_file set last_checked_on = '2026-03-29'`);
    await derive(1);
    expect((await city.rows('social_security_tag')).map(({ tag, since }) => [tag, since])).toEqual([
      ['EMPLOYED', '2020-01-01'],
    ]);
    expect((await city.rows('health_tag')).map(({ tag }) => tag).sort()).toEqual([
      'FOLLOW_UP',
      'FOLLOW_UP_OVERDUE',
      'HYPERTENSION',
    ]);
    expect((await city.rows('person_tag')).map(({ tag }) => tag).sort()).toEqual(['ELDER', 'OFFICER']);
  });
});

test('a time line ends with the publication of what it tells of, and knows nothing of later days', async () => {
  await insertSmallCity();
  await city.insert(EnterpriseListEntry, {
    legalPerson: 1,
    kind: 'BLACK',
    listName: '失信被执行人',
    listedOn: '2025-01-01',
    publishedOn: '2025-01-01',
    publishedUntil: '2026-06-29',
  });
  await city.insert(Penalty, {
    legalPerson: 1,
    kind: '11',
    decidedOn: '2026-06-30',
    publishedOn: '2026-07-01',
    publishedUntil: '2027-07-01',
  });
  await derive(1);
  const told = (await city.rows('enterprise_timeline_entry')).filter((row) => row.legal_person_id === 1);
  expect(
    told.map(({ kind, title, happened_on, published_until }) => [kind, title, happened_on, published_until]).sort(),
  ).toEqual([
    ['ESTABLISHED', '成立登记（东胜区市监局）', '2010-05-01', null],
    ['PENALISED', '受到行政处罚：超载', '2026-05-01', '2027-05-01'],
  ]);
});

async function allRows(): Promise<unknown[][]> {
  const all = [];
  for (const { table } of derivations) all.push(await city.rows(table));
  return all;
}

async function pidOf(client: Client): Promise<number> {
  return (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
}

async function waitFor(query: string): Promise<void> {
  for (
    const patience = Date.now() + 20_000;
    Date.now() < patience;
    await new Promise((resolve) => setTimeout(resolve, 20))
  ) {
    if ((await city.client.query(query)).rowCount) return;
  }
  throw new Error(`waited in vain for ${query}`);
}

function datasetNamed(name: string) {
  return libraries.flatMap(({ datasets }) => datasets).find((it) => it.name === name)!;
}

function columnOf(type: string, name: string): string {
  const field = datasetNamed(type).fields.get(name);
  if (field?.kind === 'column') return field.column;
  if (field?.kind === 'subject') return field.idColumn;
  throw new Error(`${type}.${name} is no column`);
}

/** The columns that `derivedFrom` names, and the control columns of those tables: who a row is about, where, and until when it is published. */
async function grantDeclared(role: string, name: string): Promise<void> {
  for (const type of new Set(datasetNamed(name).derivedFrom.map((coordinate) => coordinate.split('.')[0]!))) {
    const source = datasetNamed(type);
    const named = datasetNamed(name)
      .derivedFrom.filter((it) => it.startsWith(`${type}.`))
      .map((it) => columnOf(type, it.slice(type.length + 1)));
    const control = [...source.fields.values()].flatMap((field) =>
      field.kind === 'subject'
        ? [...(field.primary ? [field.idColumn] : []), field.divisionColumn, field.protectedColumn]
        : [],
    );
    const columns = [...new Set([...named, ...control])].map((column) => `"${column}"`);
    await city.client.query(`grant usage on schema ${source.schema} to ${role}`);
    await city.client.query(`grant select (${columns.join(', ')}) on ${source.schema}.${source.table} to ${role}`);
  }
}
