/** Every statement of the plan cases, and of portraits in full, in the form for a distributed pool: what goes to one shard does, and nothing is joined across. */
import { describe, expect, test } from '@jest/globals';
import { registry } from '../../src/app.js';
import { layoutOf } from '../../src/database/library-databases.js';
import { distributeStatements } from '../../src/database/distribute-tables.js';
import { type Distributions, distributionsOf } from '../../src/model/distribution.js';
import { placePlan } from '../../src/server/executable-plan.js';
import { placementOf } from '../../src/server/library-placement.js';
import { cases, planCase } from '../planning/plan-case.js';
import { type CheckedStatement, findShardFaults } from './shard-rules.js';

const distributions = distributionsOf(registry);
const url = 'postgres://pool.invalid/city';
const pool = placementOf(registry, layoutOf({ libraries: {}, distributed: ['pool'] }, distributions, url))!;
const cluster = placementOf(
  registry,
  layoutOf(
    {
      libraries: Object.fromEntries(registry.libraries.map(({ code }) => [code, 'postgres://cluster.invalid/city'])),
      distributed: ['population'],
    },
    distributions,
    url,
  ),
)!;

async function statementsOf(source: string, principal: string, placement = pool): Promise<CheckedStatement[]> {
  const { plan } = await planCase(source, principal);
  const { cut } = placePlan(plan, placement);
  if (!cut) return [];
  return [
    ...cut.roots.map(({ prepared }) => ({ ...prepared.statement, oneShard: false })),
    ...cut.parts.map(({ statement }, at) => ({ ...statement, oneShard: cut.cut.parts[at]!.oneShard })),
  ];
}

describe.each([
  ['a pool', pool],
  ['libraries in a cluster', cluster],
])('in the form for %s that is distributed', (_, placement) => {
  test.each(cases)('$name, as $principal, keeps the rules', async ({ source, principal }) => {
    const statements = await statementsOf(source, principal, placement);
    expect(
      statements.flatMap((it) => findShardFaults(it, distributions).map((fault) => `${fault}\n${it.text}`)),
    ).toEqual([]);
  });
});

test('a portrait of own sections is a look-up and one statement to one shard', async () => {
  const source = `{ personPortrait(idNumber: "11010519491231002X") { registration { name } household { householdNumber } employments(first: 2) { nodes { post } }
    medicalVisits(first: 2) { nodes { visitedOn } } insuranceParticipations(first: 2) { nodes { insuranceType } } creditRecords(first: 2) { nodes { recordNumber } } healthFile { aboBloodType } } }`;
  const statements = await statementsOf(source, 'portrait-app');
  expect(statements.map(({ oneShard }) => oneShard)).toEqual([false, true]);
  expect(statements[1]!.text.match(/"person_id" = \$\d+/g)!.length).toBeGreaterThanOrEqual(7);
});

test('there are statements to one shard, to many, and to the coordinator alone', async () => {
  const all = (await Promise.all(cases.map(({ source, principal }) => statementsOf(source, principal)))).flat();
  expect(all.filter(({ oneShard }) => oneShard).length).toBeGreaterThan(5);
  expect(all.filter(({ oneShard, text }) => !oneShard && !text.includes('citygraph.subject')).length).toBeGreaterThan(
    5,
  );
  expect(all.length).toBeGreaterThan(30);
});

describe('the check finds', () => {
  const tables: Distributions = new Map([
    ['a.visit', { column: 'person_id', of: 'subject' }],
    ['a.file', { column: 'person_id', of: 'subject' }],
    ['a.code', { column: null, of: 'everywhere' }],
  ]);
  const keys = [{ source: { from: 'keys' }, form: { as: 'value' }, sql: 'bigint', label: 'keys' } as const];
  test.each([
    [
      'a relation without the key',
      'select from "a"."visit" as "r1" where "r1"."person_id" = $1 and exists (select from "a"."file" as "r2" where "r2"."person_id" = "r1"."person_id")',
      true,
      /file is not asked by the key/,
    ],
    [
      'a join by something else',
      'select from "a"."visit" as "r1" left join lateral (select from "a"."file" as "r2" where "r2"."doctor_id" = "r1"."person_id") as l on true',
      false,
      /file is joined by something else/,
    ],
    [
      'two tables that are joined to one another, and to nothing else',
      'select (select from "a"."file" as "r2" where "r2"."person_id" = "r3"."person_id" and "r3"."doctor_id" = "r1"."doctor_id") from "a"."visit" as "r1", "a"."visit" as "r3"',
      false,
      /visit is joined by something else/,
    ],
    [
      'a table of the coordinator beside one that is spread',
      'select from citygraph.subject_identifier as "i1" left join lateral (select from "a"."file" as "r2" where "r2"."person_id" = "i1"."subject_id") as l on true',
      false,
      /stand beside/,
    ],
  ])('%s', (_, text, oneShard, fault) => {
    expect(findShardFaults({ text, parameters: keys, oneShard }, tables).join()).toMatch(fault);
  });
  test.each([
    [
      'nothing in a statement by key',
      'select from "a"."visit" as "r1" left join lateral (select from "a"."file" as "r2" where "r2"."person_id" = "r1"."person_id" and "r2"."person_id" = $1) as l on true where "r1"."person_id" = $1',
      true,
    ],
    [
      'nothing in a list whose rows are named after what they lead to',
      'select (select from "a"."file" as "r2" where "r2"."person_id" = "r1"."person_id") from "a"."visit" as "r1"',
      false,
    ],
    [
      'nothing in a list with what lies beside its rows',
      'select from "a"."visit" as "r1" left join lateral (select from "a"."file" as "r2" where "r2"."person_id" = "r1"."person_id") as l on true join "a"."code" as "r3" on true',
      false,
    ],
  ])('%s', (_, text, oneShard) => {
    expect(findShardFaults({ text, parameters: keys, oneShard }, tables)).toEqual([]);
  });
});

describe('tables are spread', () => {
  test('by their subject where they are about one, all in one group; code lists and what a graph walks stand everywhere', () => {
    const of = (name: string): unknown => distributions.get(name);
    expect(of('population.resident')).toEqual({ column: 'person_id', of: 'subject' });
    expect(of('legal_person.enterprise')).toEqual({ column: 'legal_person_id', of: 'subject' });
    expect(of('legal_person.shareholder')).toEqual({ column: null, of: 'everywhere' });
    expect(of('natural_resources.division')).toEqual({ column: null, of: 'everywhere' });
    expect(distributions.size).toBe(registry.datasets.size);
  });

  test('with keys that hold within a shard, and an index for a key that can not', () => {
    const visit = registry.datasets.get('MedicalVisit')!;
    expect(distributeStatements(visit, distributions)).toEqual([
      'alter table "healthcare"."medical_visit" drop constraint "medical_visit_pkey"',
      'alter table "healthcare"."medical_visit" add constraint "medical_visit_pkey" primary key ("person_id", "id")',
      'alter table "healthcare"."medical_visit" drop constraint "medical_visit_key"',
      'create index "medical_visit_key" on "healthcare"."medical_visit" ("institution_code", "visit_number")',
      `select create_distributed_table('healthcare.medical_visit', 'person_id', colocate_with => 'population.resident')`,
      `insert into citygraph.distributed_table (name, spread_by) values ('healthcare.medical_visit', 'person_id')`,
    ]);
  });
});

describe('a setting', () => {
  test('that names no database of its own is refused', () => {
    expect(() => layoutOf({ libraries: {}, distributed: ['healthcare'] }, distributions, url)).toThrow(
      /^DATABASES_DISTRIBUTED: expected pool or libraries that have an address of their own \(there is none\), got 'healthcare'/,
    );
  });
});
