/** An empty pool with all that derived data is computed from, and rows of it in short: what a test does not say is filled in. */
import { Client } from 'pg';
import { EnterpriseCreditRecord } from '../../src/libraries/credit/enterprise-credit-record.js';
import { EnterpriseListEntry } from '../../src/libraries/credit/enterprise-list-entry.js';
import { DischargePermit } from '../../src/libraries/ecology/discharge-permit.js';
import { PollutionSource } from '../../src/libraries/ecology/pollution-source.js';
import { WorkSafetyPermit } from '../../src/libraries/emergency/work-safety-permit.js';
import { EnergyUse } from '../../src/libraries/industry-energy/energy-use.js';
import { Enterprise } from '../../src/libraries/legal-person/enterprise.js';
import { Inspection } from '../../src/libraries/legal-person/inspection.js';
import { Licence } from '../../src/libraries/legal-person/licence.js';
import { Officer } from '../../src/libraries/legal-person/officer.js';
import { Penalty } from '../../src/libraries/legal-person/penalty.js';
import { SocialOrganisation } from '../../src/libraries/legal-person/social-organisation.js';
import { TaxRegistration } from '../../src/libraries/legal-person/tax-registration.js';
import { Employment } from '../../src/libraries/population/employment.js';
import { HealthFile } from '../../src/libraries/population/health-file.js';
import { Resident } from '../../src/libraries/population/resident.js';
import { portrait } from '../../src/libraries/portrait/library.js';
import { InsuranceBenefit } from '../../src/libraries/social-security/insurance-benefit.js';
import { InsuranceParticipation } from '../../src/libraries/social-security/insurance-participation.js';
import { datasetOf } from '../../src/model/dataset.js';
import type { ColumnField, Dataset, LibraryRow } from '../../src/model/declaration.js';
import { defineLibrary, type Library } from '../../src/model/library.js';
import { copyMigrated } from '../support/migrated-database.js';

type RowClass = new () => LibraryRow;

const sources: Readonly<Record<string, readonly RowClass[]>> = {
  credit: [EnterpriseCreditRecord, EnterpriseListEntry],
  ecology: [PollutionSource, DischargePermit],
  emergency: [WorkSafetyPermit],
  'industry-energy': [EnergyUse],
  'legal-person': [Enterprise, SocialOrganisation, Officer, Licence, Inspection, Penalty, TaxRegistration],
  population: [Resident, Employment, HealthFile],
  'social-security': [InsuranceParticipation, InsuranceBenefit],
};

/** The sources, by library, and the derived data. */
export const libraries: readonly Library[] = [
  ...Object.entries(sources).map(([code, datasets]) => defineLibrary({ code, zh: code, en: code, datasets })),
  portrait,
];

export interface DerivedCity {
  readonly client: Client;
  connect(): Promise<Client>;
  subject(
    id: number,
    kind: 'person' | 'legal-person',
    scope?: { division?: string | null; protectedUntil?: string },
  ): Promise<void>;
  /** A row of a dataset by names of its fields; a subject key is the subject's id. */
  insert(entity: RowClass, values: Readonly<Record<string, unknown>>): Promise<void>;
  /** All rows of a derived table as JSON, without what differs from run to run. */
  rows(table: string): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

export async function createDerivedCity(): Promise<DerivedCity> {
  const database = await copyMigrated();
  const clients: Client[] = [];
  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: database.url, options: '-c timezone=Asia/Shanghai' });
    // A test may end a session from outside.
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  };
  const client = await connect();
  let numbers = 0;
  return {
    client,
    connect,
    subject: async (id, kind, { division = '150602', protectedUntil = '-infinity' } = {}) => {
      await client.query(
        'insert into citygraph.subject (id, kind, division, protected_until) values ($1, $2, $3, $4)',
        [id, kind, division, protectedUntil],
      );
    },
    insert: (entity, values) => insertRow(client, datasetOf(entity), values, ++numbers),
    rows: async (table) => {
      const { rows } = await client.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(it) - 'collected_at' as row from portrait.${table} as it order by to_jsonb(it)::text`,
      );
      return rows.map(({ row }) => row);
    },
    drop: async () => {
      await Promise.all(clients.map((it) => it.end().catch(() => undefined)));
      await database.drop();
    },
  };
}

async function insertRow(
  client: Client,
  dataset: Dataset,
  values: Readonly<Record<string, unknown>>,
  number: number,
): Promise<void> {
  const row = new Map<string, unknown>();
  for (const name of Object.keys(values))
    if (!dataset.fields.has(name)) throw new Error(`${dataset.name} has no field ${name}`);
  for (const [name, field] of dataset.fields) {
    if (field.kind === 'subject' && values[name] !== undefined) {
      const { rows } = await client.query<{ division: string | null; until: string }>(
        'select division, protected_until::text as until from citygraph.subject where id = $1',
        [values[name]],
      );
      row
        .set(field.idColumn, values[name])
        .set(field.divisionColumn, rows[0]!.division)
        .set(field.protectedColumn, rows[0]!.until);
    }
    if (field.kind !== 'column' || (field.control && name === 'division')) continue;
    const value = values[name] !== undefined ? values[name] : field.required ? filler(field, number) : undefined;
    if (value !== undefined) row.set(field.column, value);
  }
  const columns = [...row.keys()];
  await client.query(
    `insert into ${dataset.schema}.${dataset.table} (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
    [...row.values()],
  );
}

function filler({ type, name }: ColumnField, number: number): unknown {
  if (type.codeList) return type.codeList.entries[0]!.code;
  if (type.enum) return Object.keys(type.enum.values)[0];
  if (type.name === 'text' || type.name === 'reference')
    return name === 'provider' || name === 'resource' ? 'test' : String(number);
  if (type.name === 'date') return name === 'publishedUntil' ? '2099-12-31' : '2024-01-01';
  if (type.name === 'moment') return '2026-01-01T00:00:00Z';
  return type.name === 'boolean' ? false : 1;
}
