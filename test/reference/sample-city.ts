/**
 * A small city to be asked: the demo's cast and consumers, then made awkward. Nulls and ties in what is ordered by, no division, protection
 * that ends today or tomorrow, subjects without rows, characters beyond the basic plane, signs that mean something to LIKE, JSON and SQL.
 */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { createDemoConsumers } from '../../seeds/demo-consumers.js';
import { castDate } from '../../seeds/cast/calendar.js';
import { derivePool } from '../../src/command-line/derive-pool.js';
import { refreshStatistics } from '../../src/command-line/refresh-statistics.js';
import { runSeeds } from '../../seeds/run-seeds.js';
import type { Keyring } from '../../src/keyring.js';
import { cityDepartmentCode } from '../../src/model/code-lists/departments.js';
import type { ColumnField } from '../../src/model/declaration.js';
import type { Registry } from '../../src/model/registry.js';
import { findToldMask, type GrantItem } from '../../src/policy/grant-items.js';
import { createPolicyManager, type NewGrant } from '../../src/policy/manage-grants.js';
import { createRandom, type Random } from './random.js';
import { disturbedPeersAndReadings, tangledHoldings } from './tangled-holdings.js';

export const existenceApp = 'existence-app';
export const maskedApp = 'masked-app';
export const maskedDerivedApp = 'masked-derived-app';
export const derivedAloneApp = 'derived-alone-app';
export const inSightApp = 'in-sight-app';

/** Who asks, and with which headers. */
export interface Caller {
  readonly name: string;
  readonly token: string | null;
  readonly grants: readonly string[] | null;
  readonly user: string | null;
  /** Names grants that are no good: such need not be tried often. */
  readonly isTurnedAway: boolean;
}

interface CityOptions {
  readonly url: string;
  readonly owner: Pool;
  readonly orm: MikroORM;
  readonly keyring: Keyring;
  readonly registry: Registry;
}

export async function buildSampleCity(options: CityOptions): Promise<readonly Caller[]> {
  await runSeeds({ url: options.url, keyring: options.keyring, scale: { persons: 110, legalPersons: 48 }, seed: 11 });
  await derivePool({ url: options.url, asOf: castDate });
  await refreshStatistics({ url: options.url, asOf: castDate });
  for (const statement of [
    ...gaps(options.registry),
    ...disturbances(),
    ...disturbedPeersAndReadings(),
    ...tangledHoldings(),
    ...spreadOfSubjects(options.registry),
  ])
    await options.owner.query(statement);
  return registerCallers(options);
}

const mostRows = 180;

/** In every column that may have none, a ninth of the values goes; what is published ends by turns yesterday, today and tomorrow. */
function gaps(registry: Registry): string[] {
  return [...registry.datasets.values()].flatMap((dataset) => {
    const subjectDivisions = new Set(
      [...dataset.fields.values()].flatMap((field) => (field.kind === 'subject' ? [field.divisionColumn] : [])),
    );
    const joined = new Set(
      [...dataset.fields.values()].flatMap((field) =>
        field.kind === 'link' || field.kind === 'links' ? [field.ownColumn] : [],
      ),
    );
    const open = [...dataset.fields.values()].filter(
      (field) =>
        field.kind === 'column' && !field.required && !subjectDivisions.has(field.column) && !joined.has(field.column),
    );
    const changes = open.map(
      (field, n) =>
        `${(field as ColumnField).column} = case when (id + ${n * 7}) % 9 = 0 then null else ${(field as ColumnField).column} end`,
    );
    const until = dataset.publishedUntilColumn;
    const published =
      until &&
      `update ${dataset.schema}.${dataset.table} set ${until} = (now() at time zone 'Asia/Shanghai')::date + (id % 3)::int - 1 where id % 2 = 0`;
    // Rows of a section were not collected at once.
    const collected = `update ${dataset.schema}.${dataset.table} set collected_at = collected_at + (id % 7) * interval '1 day 1.001 seconds'`;
    // What is about no subject does not shrink with the cast.
    const few = `delete from ${dataset.schema}.${dataset.table} where id > ${mostRows}`;
    return [
      few,
      collected,
      ...(changes.length > 0 ? [`update ${dataset.schema}.${dataset.table} set ${changes.join(', ')}`] : []),
      ...(published ? [published] : []),
    ];
  });
}

/** Each touches a few rows, by a residue of the id, so that a value of every column is seen plain and odd. */
function disturbances(): string[] {
  return [
    `update citygraph.subject set division = null where id % 13 = 5`,
    `update citygraph.subject set protected_until = 'infinity' where id % 17 = 3`,
    `update citygraph.subject set protected_until = (now() at time zone 'Asia/Shanghai')::date where id % 23 = 4`,
    `update citygraph.subject set protected_until = (now() at time zone 'Asia/Shanghai')::date + 1 where id % 23 = 6`,
    `delete from population.resident where person_id % 19 = 7`,
    `delete from legal_person.enterprise where legal_person_id % 19 = 7`,
    `update population.resident set name = '王小明' where id % 9 = 1`,
    `update population.resident set name = '𠮷田' where id % 29 = 2`,
    `update population.resident set name = 'Ａ全角' where id % 29 = 3`,
    `update population.resident set name = E'100%_\\\\"quoted"\\n''甲乙' where id % 29 = 4`,
    `update population.resident set sex = null where id % 7 = 2`,
    `update population.resident set birth_date = null where id % 8 = 3`,
    `update population.resident set birth_date = '1949-10-01' where id % 8 = 4`,
    `update population.resident set household_number = null, town = null where id % 6 = 1`,
    `update population.resident set telephone = '110', status_since = '2024-02-29', former_name = E'\\u2028🐎' where id % 10 = 1`,
    `update population.resident set occupation = '', status = 'CANCELLED', collected_at = '2024-07-01 23:59:59.007+08' where id % 11 = 1`,
    `update legal_person.enterprise set registered_capital = null where id % 5 = 1`,
    `update legal_person.enterprise set registered_capital = 1000000 where id % 5 = 2`,
    `update legal_person.enterprise set registered_capital = 999999999999999999.99, paid_in_capital = 99.99 where id % 17 = 1`,
    `update legal_person.enterprise set registered_capital = 0, paid_in_capital = 100 where id % 17 = 2`,
    `update legal_person.enterprise set industry = null, town = null, established_on = null where id % 6 = 2`,
    `update legal_person.enterprise set kind = null, enterprise_type = null, status = null where id % 7 = 3`,
    `update legal_person.enterprise set established_on = '2015-10-01', closed_on = '2020-01-01' where id % 7 = 4`,
    `update legal_person.enterprise set email = 'o''hara@example.cn', business_scope = E'甲\\t乙\\\\', staff_count = null where id % 4 = 1`,
    `update legal_person.officer set person_id = null, person_division = null, person_protected_until = '-infinity' where id % 11 = 2`,
    `update legal_person.officer set position = null, appointed_on = null where id % 5 = 1`,
    `update legal_person.officer set left_on = '2021-06-30', appointed_on = '2010-01-01' where id % 5 = 2`,
    `update healthcare.medical_visit set visit_type = null, outcome = null where id % 6 = 1`,
    `update healthcare.medical_visit set visited_on = '2024-03-01', total_cost = null, insurance_paid = 0 where id % 6 = 2`,
  ];
}

/** A subject's division and protection stand beside its id wherever that stands. */
function spreadOfSubjects(registry: Registry): string[] {
  const copies = [...registry.datasets.values()].flatMap((dataset) =>
    [...dataset.fields.values()].flatMap((field) =>
      field.kind === 'subject'
        ? [
            `update ${dataset.schema}.${dataset.table} t set ${field.divisionColumn} = s.division, ${field.protectedColumn} = s.protected_until from citygraph.subject s where s.id = t.${field.idColumn}`,
          ]
        : [],
    ),
  );
  return [
    ...copies,
    `update citygraph.subject_identifier t set subject_division = s.division, subject_protected_until = s.protected_until from citygraph.subject s where s.id = t.subject_id`,
  ];
}

async function registerCallers({ orm, registry }: CityOptions): Promise<Caller[]> {
  const policy = createPolicyManager({ em: orm.em, coordinates: registry.coordinates });
  const demo = await createDemoConsumers({ policy, em: orm.em, coordinates: registry.coordinates });
  const callers: Caller[] = [{ name: 'public', token: null, grants: null, user: null, isTurnedAway: false }];
  const add = (
    name: string,
    token: string | null,
    grants: readonly string[] | null = null,
    rest: Partial<Caller> = {},
  ): void => void callers.push({ name, token, grants, user: null, isTurnedAway: false, ...rest });
  const turnedAway = { isTurnedAway: true };
  for (const [name, { token, grants }] of Object.entries(demo.consumers)) {
    add(name, token);
    if (grants.length > 0) add(name, token, grants);
  }
  for (const [role, { token }] of Object.entries(demo.officials)) add(role, token);
  add('no-grant-app', demo.consumers['no-grant-app']!.token, ['DEMO-PORTRAIT'], turnedAway);
  add('portrait-app', demo.consumers['portrait-app']!.token, ['NO-SUCH-GRANT'], turnedAway);
  add('public', null, ['DEMO-PORTRAIT'], turnedAway);

  const validFrom = new Date(Date.now() - 86_400_000);
  const validUntil = new Date(Date.now() + 86_400_000);
  const issue = (
    grant: Omit<NewGrant, 'legalBasis' | 'validFrom' | 'validUntil'> & Partial<NewGrant>,
  ): Promise<unknown> => policy.issueGrant({ legalBasis: 'a law', validFrom, validUntil, ...grant });

  // Several grants of one purpose, of another, ended, and some that ask for the human behind the application.
  const several = 'several-grants-app';
  const { token } = await policy.registerConsumer({
    name: several,
    department: cityDepartmentCode('health'),
    description: 'several grants',
    clearance: 'L2',
  });
  const plain = (...coordinates: string[]): GrantItem[] =>
    coordinates.map((coordinate) => ({ coordinate, mode: 'plain' }));
  const masked = (...coordinates: string[]): GrantItem[] =>
    coordinates.map((coordinate) => ({ coordinate, mode: 'masked' }));
  const people = plain('Person', 'Person.offices', 'Resident', 'Resident.person');
  await issue({
    code: 'S-NORTH',
    consumer: several,
    purpose: 'care',
    divisions: ['150602', '150603', '150621', '150622'],
    items: [...people, ...masked('Resident.*'), ...plain('Resident.division', 'Resident.sex', 'Resident.name')],
  });
  await issue({
    code: 'S-SOUTH',
    consumer: several,
    purpose: 'care',
    divisions: ['150603', '150602', '150627', '150626'],
    includesProtected: true,
    items: [
      ...people,
      ...plain('MedicalVisit.*', 'Officer.person', 'Resident.birthDate'),
      { coordinate: 'Resident.idNumber', mode: 'match' },
    ],
  });
  await issue({
    code: 'S-CITY',
    consumer: several,
    purpose: 'care',
    divisions: ['150600', '150602'],
    includesProtected: true,
    items: [...people, ...plain('Resident.*', 'Officer.*')],
  });
  await issue({ code: 'S-OTHER', consumer: several, purpose: 'statistics', divisions: null, items: plain('Resident') });
  await issue({
    code: 'S-ENDED',
    consumer: several,
    purpose: 'care',
    divisions: null,
    items: people,
    validFrom: new Date(0),
    validUntil: new Date(1),
  });
  await issue({
    code: 'S-USER',
    consumer: several,
    purpose: 'care',
    divisions: null,
    requiresUser: true,
    items: [...people, ...plain('Resident.*', 'MedicalVisit.*')],
  });
  for (const grants of [null, [], ['S-NORTH'], ['S-SOUTH'], ['S-NORTH', 'S-SOUTH'], ['S-CITY'], ['S-CITY', 'S-NORTH']])
    add(several, token, grants);
  for (const grants of [['S-NORTH', 'S-OTHER'], ['S-ENDED'], ['S-USER']]) add(several, token, grants, turnedAway);
  add(several, token, ['S-USER', 'S-CITY'], { user: 'the clerk' });

  // All that is there, and of it the least: that it exists, found by who holds its identifier; and the same with all masked that has a mask.
  const matched = [...registry.coordinates.values()].flatMap(({ coordinate, matchable }): GrantItem[] =>
    matchable ? [{ coordinate, mode: 'match' }] : [],
  );
  const types = [...registry.coordinates].flatMap(([coordinate, entry]) =>
    coordinate.includes('.') || entry.coordinate !== coordinate ? [] : [coordinate],
  );
  const bare = await policy.registerConsumer({
    name: existenceApp,
    department: cityDepartmentCode('transport'),
    description: 'existence alone',
    clearance: 'L1',
  });
  await issue({
    code: 'EXISTENCE',
    consumer: existenceApp,
    purpose: 'count',
    divisions: null,
    includesProtected: true,
    items: [...plain(...types), ...matched],
  });
  add(existenceApp, bare.token);
  const hidden = await policy.registerConsumer({
    name: maskedApp,
    department: cityDepartmentCode('transport'),
    description: 'masked',
    clearance: 'L1',
  });
  const maskable = [...registry.coordinates.values()]
    .filter((entry) => entry.maskable)
    .map(({ coordinate }) => coordinate);
  await issue({
    code: 'MASKED',
    consumer: maskedApp,
    purpose: 'care',
    divisions: null,
    includesProtected: true,
    items: [...plain(...types), ...masked(...maskable)],
  });
  add(maskedApp, hidden.token);
  // What is derived is there for who reads its sources in plain; here it is masked where it has a mask, and denied where it has none.
  const derived = await policy.registerConsumer({
    name: maskedDerivedApp,
    department: cityDepartmentCode('transport'),
    description: 'derived data masked',
    clearance: 'L1',
  });
  const items = [...registry.coordinates.values()].flatMap(({ coordinate, maskable: hasMask }): GrantItem[] => {
    const isField = coordinate.includes('.');
    if (!isField || !isDerived(registry, coordinate)) return plain(coordinate);
    return hasMask ? masked(coordinate) : [];
  });
  await issue({
    code: 'MASKED-DERIVED',
    consumer: maskedDerivedApp,
    purpose: 'care',
    divisions: null,
    includesProtected: true,
    items,
  });
  add(maskedDerivedApp, derived.token);

  // The same without the right to any source: by its own level all of it would be there, by its sources none.
  const alone = await policy.registerConsumer({
    name: derivedAloneApp,
    department: cityDepartmentCode('transport'),
    description: 'derived data without its sources',
    clearance: 'L1',
  });
  await issue({
    code: 'DERIVED-ALONE',
    consumer: derivedAloneApp,
    purpose: 'care',
    divisions: null,
    items: [
      ...plain(...registry.portraits.keys()),
      ...[...registry.coordinates.values()].flatMap(({ coordinate }) =>
        isDerived(registry, coordinate) ? plain(coordinate) : [],
      ),
    ],
  });
  add(derivedAloneApp, alone.token);

  // Every column in plain, but not every row: no protected subjects, and once no more than a part of the city.
  const inSight = await policy.registerConsumer({
    name: inSightApp,
    department: cityDepartmentCode('transport'),
    description: 'all columns, some rows',
    clearance: 'L2',
  });
  const columns = [...registry.coordinates.values()].flatMap(({ coordinate, classification: { sharing, category } }) =>
    sharing === 'not-shared' || category === 'core' ? [] : plain(coordinate),
  );
  for (const [code, divisions] of [
    ['ALL-UNPROTECTED', null],
    ['ALL-NORTH', ['150602', '150603', '150621', '150622']],
  ] as const) {
    await issue({ code, consumer: inSightApp, purpose: code, divisions: divisions && [...divisions], items: columns });
    add(inSightApp, inSight.token, [code]);
  }

  // Grants that no sensible person would write: each coordinate plain, masked, matched or left out by lot.
  const random = createRandom(1);
  for (const [index, clearance] of (['L1', 'L2', 'L4'] as const).entries()) {
    const name = `patchwork-app-${index}`;
    const patchwork = await policy.registerConsumer({
      name,
      department: cityDepartmentCode(random.pick(['health', 'public-security'])),
      description: 'by lot',
      clearance,
    });
    const held: GrantItem[] = [];
    for (const thoroughness of [0.6, 0.85, 0.95]) {
      const items = itemsByLot(random, registry, thoroughness, held);
      held.push(...items);
      const code = `P-${index}-${thoroughness * 100}`;
      await issue({
        code,
        consumer: name,
        purpose: 'by lot',
        divisions: random.chance(0.5) ? null : ['150602', '150603', '150621', '150627'],
        includesProtected: random.chance(0.5),
        items,
      });
      add(name, patchwork.token, [code]);
    }
  }
  return callers;
}

/** Whether a coordinate is of a dataset that is computed from others. */
export function isDerived(registry: Registry, coordinate: string): boolean {
  return (registry.datasets.get(coordinate.split('.')[0]!)?.derivedFrom.length ?? 0) > 0;
}

/** @param held by the same consumer already: a mask beside what tells it would be refused */
function itemsByLot(random: Random, registry: Registry, thoroughness: number, held: readonly GrantItem[]): GrantItem[] {
  let items = drawItems(random, registry, thoroughness);
  const findTold = () =>
    findToldMask(items, registry.coordinates) ?? findToldMask([...held, ...items], registry.coordinates);
  for (let told = findTold(); told; told = findTold()) {
    const { masked, by } = told;
    items = items.filter(
      ({ coordinate, mode }) =>
        !(mode === 'plain' && by.includes(coordinate)) && !(mode === 'masked' && coordinate === masked),
    );
  }
  return items;
}

function drawItems(random: Random, registry: Registry, thoroughness: number): GrantItem[] {
  return [...registry.coordinates].flatMap(([coordinate, entry]): GrantItem[] => {
    if (entry.coordinate !== coordinate || !random.chance(thoroughness)) return [];
    if (entry.matchable && random.chance(0.6))
      return [
        { coordinate, mode: 'match' },
        ...(random.chance(0.3) ? [{ coordinate, mode: 'masked' as const }].filter(() => entry.maskable) : []),
      ];
    if (entry.maskable && random.chance(0.4)) return [{ coordinate, mode: 'masked' }];
    return [{ coordinate, mode: random.chance(0.93) ? 'plain' : 'aggregate' }];
  });
}
