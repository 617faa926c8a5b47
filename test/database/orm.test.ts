import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { entities } from '../../src/database/entities.js';
import { createOrm } from '../../src/database/orm.js';
import { MedicalVisit } from '../../src/libraries/healthcare/medical-visit.js';
import { Resident } from '../../src/libraries/population/resident.js';
import { Subject } from '../../src/subjects/subject.entity.js';
import type { TestDatabase } from '../support/database.js';
import { copyMigrated } from '../support/migrated-database.js';

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await copyMigrated();
  orm = await createOrm(database.url, { entities });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const provenance = {
  provider: '150600-public-security',
  resource: '3/06/01/001/000001',
  collectedAt: new Date('2025-01-02T03:04:05.678Z'),
};

test('a row is written by its entity, and the database makes the masked columns', async () => {
  const em = orm.em.fork();
  const subject = em.create(Subject, { kind: 'person', division: '150602' } as never);
  await em.flush();
  em.create(Resident, {
    ...provenance,
    person: subject.id,
    personDivision: '150602',
    name: '王小明',
    birthDate: '1985-03-04',
    address: '东胜区某街道1号',
    telephone: '13800001234',
    status: 'NORMAL',
  } as never);
  await em.flush();
  const rows: unknown[] = await orm.em.getConnection().execute(
    `select name, name_masked, birth_date::text, birth_date_masked, address_masked, telephone_masked, former_name_masked,
            person_protected_until::text as protected_until,
            collected_at at time zone 'UTC' = '2025-01-02 03:04:05.678' as same_moment from population.resident`,
  );
  expect(rows).toEqual([
    {
      name: '王小明',
      name_masked: '王**',
      birth_date: '1985-03-04',
      birth_date_masked: '1985',
      address_masked: '150602',
      telephone_masked: '138******34',
      former_name_masked: null,
      protected_until: '-infinity',
      same_moment: true,
    },
  ]);
  const found = await orm.em.fork().findOneOrFail(Resident, { person: subject.id });
  expect(found).toMatchObject({ name: '王小明', birthDate: '1985-03-04', collectedAt: provenance.collectedAt });
});

test.each([
  ['0.00', '0..100'],
  ['99.99', '0..100'],
  ['100.00', '100..1000'],
  ['999.99', '100..1000'],
  ['1000.00', '1000..10000'],
  ['98765432109876.54', '10000000000000..100000000000000'],
  [null, null],
])('the band of an amount of %s is %s', async (amount, band) => {
  const em = orm.em.fork();
  const visit = em.create(MedicalVisit, {
    ...provenance,
    person: '1',
    visitNumber: `number ${amount}`,
    institutionCode: '1',
    visitedOn: '2024-05-06',
    totalCost: amount,
  } as never);
  await em.flush();
  const rows: { total_cost_masked: string | null }[] = await em
    .getConnection()
    .execute('select total_cost_masked from healthcare.medical_visit where id = ?', [visit.id]);
  expect(rows[0]?.total_cost_masked).toBe(band);
});
