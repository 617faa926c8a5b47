/** The mappings of `mappings/`, each on a file as its department exports it (made-up rows, the last ones broken): what goes in, and what is refused. */
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { surroundingsOf } from '../../src/collection/mapping-target.js';
import { type Mapping, parseMapping } from '../../src/collection/mapping.js';
import { transforms } from '../../src/collection/transforms/registry.js';
import { datasets } from '../../src/database/entities.js';
import { libraries } from '../../src/libraries/index.js';
import { createLoadingDatabase, type LoadingDatabase } from '../support/loading-database.js';
import { isSupplied } from '../support/supplied.js';

interface Expected {
  readonly fixture: string;
  readonly taken: number;
  /** `column: reason` of every rejected row. */
  readonly refused: readonly string[];
  /** A question about what is in the pool afterwards, and its answer. */
  readonly ask: string;
  readonly answer: Readonly<Record<string, unknown>>;
}

const files: Readonly<Record<string, Expected>> = {
  'air-readings.yml': {
    fixture: 'air-readings.csv',
    taken: 4,
    refused: ['observedOn: impossible-date', 'pm10: not-a-number'],
    ask: `select station_code, division, observed_on::text, pm25, air_quality_level, is_dust_affected from ecology.air_reading where station_code = '150602A001'`,
    answer: {
      station_code: '150602A001',
      division: '150602',
      observed_on: '2025-01-01',
      pm25: 47,
      air_quality_level: '2',
      is_dust_affected: false,
    },
  },
  'emergency-events.yml': {
    fixture: 'emergency-events.csv',
    taken: 4,
    refused: ['directLoss: not-a-number', 'occurredAt: not-a-moment'],
    ask: `select occurred_at at time zone 'UTC' = '2025-04-18 01:30' as by_the_clock, category, direct_loss from emergency.emergency_event where event_number = 'TF1506222025041800000'`,
    answer: { by_the_clock: true, category: 'PUBLIC_HEALTH', direct_loss: '553700.00' },
  },
  'energy-use.yml': {
    fixture: 'energy-use.csv',
    taken: 4,
    refused: ['legalPerson: credit-code-length', 'rawCoal: not-a-number'],
    ask: `select industry, is_key_user, raw_coal, year_on_year from industry_energy.energy_use where raw_coal > 30000`,
    answer: { industry: '252', is_key_user: true, raw_coal: '35550.78', year_on_year: '-2.01' },
  },
  'enterprise-credit-records.yml': {
    fixture: 'enterprise-credit-records.csv',
    taken: 4,
    refused: ['gravity: not-in-code-list', 'legalPerson: credit-code-check-character'],
    ask: `select nature, gravity, amount, document_number, published_until::text from credit.enterprise_credit_record where record_number = 'XJ20080000000128'`,
    answer: {
      nature: 'NEGATIVE',
      gravity: 'ORDINARY',
      amount: '1989.98',
      document_number: null,
      published_until: '2011-04-28',
    },
  },
  'enterprise-registration.yml': {
    fixture: 'registrations.csv',
    taken: 8,
    refused: [
      'capitalCurrency: not-money',
      'creditCode: credit-code-check-character',
      'enterpriseType: not-in-code-list',
      'establishedOn: impossible-date',
      'kind: credit-code-check-character',
      'line: field-count',
      'name: required-missing',
      'registeredCapital: not-money',
      'registrationRegion: credit-code-check-character',
    ],
    ask: `select count(*)::int, count(legal_person_division)::int as placed from legal_person.enterprise`,
    answer: { count: 8, placed: 6 },
  },
  'enterprise-service-cases.yml': {
    fixture: 'enterprise-service-cases.csv',
    taken: 4,
    refused: ['appliedOn: impossible-date', 'channel: not-in-code-list'],
    ask: `select channel, status, is_overdue, documents_spared, agent_telephone_masked from government_services.enterprise_service_case where case_number = 'E202412140000000000'`,
    answer: {
      channel: 'MOBILE',
      status: 'COMPLETED',
      is_overdue: false,
      documents_spared: 2,
      agent_telephone_masked: '154******61',
    },
  },
  'enterprise-successions.yml': {
    fixture: 'enterprise-successions.csv',
    taken: 4,
    refused: ['effectiveOn: impossible-date', 'kind: not-in-code-list'],
    ask: `select kind, effective_on::text, s.kind_of from legal_person.enterprise_succession r, lateral (select kind as kind_of from citygraph.subject where id = r.successor_id) s where successor_name = '内蒙古祥业物业服务有限责任公司'`,
    answer: { kind: 'MERGER', effective_on: '2025-12-29', kind_of: 'legal-person' },
  },
  'indicator-values.yml': {
    fixture: 'indicator-values.csv',
    taken: 4,
    refused: ['division: not-in-code-list', 'value: not-a-number'],
    ask: `select division, value, value_of_year, period_kind from economy.indicator_value where indicator_code = 'NA-GDP'`,
    answer: { division: '150600', value: '4920.4800', value_of_year: null, period_kind: 'YEAR' },
  },
  'insurance-participations.yml': {
    fixture: 'insurance-participations.csv',
    taken: 4,
    refused: ['contributionBase: not-a-number', 'person: resident-id-number-check-character'],
    ask: `select capacity, insured_on::text, contribution_base, employer_id is null as without_employer from social_security.insurance_participation where participation_number = '150600000003110'`,
    answer: { capacity: 'EMPLOYEE', insured_on: '2020-03-25', contribution_base: '11100.00', without_employer: false },
  },
  'medical-visits.yml': {
    fixture: 'medical-visits.jsonl',
    taken: 4,
    refused: ['person: resident-id-number-check-character', 'visitedOn: not-a-date'],
    ask: `select visit_type, visited_on::text, diagnosis, total_cost from healthcare.medical_visit where visit_number = '20250708000000016'`,
    answer: { visit_type: 'OUTPATIENT', visited_on: '2025-07-08', diagnosis: 'F32.9', total_cost: '261.47' },
  },
  'resident-register.yml': {
    fixture: 'resident-register.csv',
    taken: 4,
    refused: ['birthDate: impossible-date', 'idNumber: resident-id-number-check-character'],
    ask: `select name, person_division, birth_date::text, household_type, status from population.resident where name = '刘东鹏'`,
    answer: {
      name: '刘东鹏',
      person_division: '150621',
      birth_date: '1981-06-22',
      household_type: 'FAMILY',
      status: 'NORMAL',
    },
  },
  'state-owned-enterprises.yml': {
    fixture: 'state-owned-enterprises.csv',
    taken: 4,
    refused: ['creditCode: credit-code-check-character', 'supervisedSince: impossible-date'],
    ask: `select management_level, ownership, parent_id, group_id = legal_person_id as heads_its_group, left_on::text from state_assets.state_owned_enterprise where name = '鄂尔多斯市永亨煤炭运销有限公司'`,
    answer: { management_level: 1, ownership: 'SOLE', parent_id: null, heads_its_group: true, left_on: '2025-08-22' },
  },
  'urban-component-survey.yml': {
    fixture: 'urban-component-survey.csv',
    taken: 4,
    refused: ['componentClass: not-in-code-list', 'surveyedOn: impossible-date'],
    ask: `select division, component_class, town, longitude, status from natural_resources.urban_component where component_code = '1506020305000002'`,
    answer: {
      division: '150602',
      component_class: '0305',
      town: '150602001',
      longitude: '110.065382',
      status: 'INTACT',
    },
  },
};

const folder = new URL('../../mappings/', import.meta.url);
const mappings = readdirSync(folder)
  .filter((name) => name.endsWith('.yml'))
  .map((name) => parseMapping(readFileSync(new URL(name, folder), 'utf8'), name, surroundingsOf(datasets)));

let database: LoadingDatabase;
beforeAll(async () => {
  database = await createLoadingDatabase();
});
afterAll(() => database.drop());

const load = (mapping: Mapping, fixture: string) =>
  database.load(mapping, createReadStream(new URL(`fixtures/${fixture}`, import.meta.url)));

test('every mapping has a file here, and each of the twelve libraries a mapping', () => {
  expect(mappings.map(({ file }) => file).sort()).toEqual(Object.keys(files).sort());
  const mapped = new Set(mappings.map(({ dataset }) => datasets.find(({ name }) => name === dataset)!.library));
  const supplied = libraries.filter((library) => library.datasets.some(isSupplied));
  expect(supplied.map(({ code }) => code).filter((code) => !mapped.has(code))).toEqual([]);
});

test('the README tells of every mapping and every transform', () => {
  const text = readFileSync(new URL('README.md', folder), 'utf8');
  expect(
    [...mappings.map(({ file }) => file), ...transforms.keys()].filter((it) => !text.includes(`\`${it}\``)),
  ).toEqual([]);
});

describe.each(Object.entries(files))('%s', (file, { fixture, taken, refused, ask, answer }) => {
  test('takes what its department exports, tells what it refused and why, and a second time writes nothing', async () => {
    const mapping = mappings.find((it) => it.file === file)!;
    const report = await load(mapping, fixture);
    expect(report).toMatchObject({ outcome: 'finished', inserted: taken, updated: 0 });
    expect(report.reasons.map(({ column, reason }) => `${column ?? 'line'}: ${reason}`).sort()).toEqual(
      [...refused].sort(),
    );
    expect(await database.rows(ask)).toEqual([answer]);
    expect(await load(mapping, fixture)).toMatchObject({
      inserted: 0,
      updated: 0,
      unchanged: taken,
      rejected: report.rejected,
    });
  });
});
