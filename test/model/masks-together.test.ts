/**
 * Masks are judged together: what a grant gives in plain beside a masked value must not tell it. The rows say what tells what; the declarations
 * have to know it (`toldBy`), and then no grant gives both.
 *
 * A value counts as told where it follows from the other fields themselves: it is written in them, equal to them, so many days from them, or
 * calculated from them, in half of the rows that have them. Where nothing tells it, a mask leaves a hundred candidates or more.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { castDate } from '../../seeds/cast/calendar.js';
import { runSeeds } from '../../seeds/run-seeds.js';
import { registry } from '../../src/app.js';
import { derivePool } from '../../src/command-line/derive-pool.js';
import { migrate } from '../../src/database/migrate.js';
import { deriveKeyring } from '../../src/keyring.js';
import type { ColumnField, Dataset } from '../../src/model/declaration.js';
import { type Mask, masks } from '../../src/model/mask.js';
import { parseResidentIdNumber } from '../../src/model/identifiers.js';
import { expandGrantItems, type GrantItem } from '../../src/policy/grant-items.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { findTellingFields, type RowOfTexts, type Telling } from './find-telling-fields.js';

const fewestCandidates = 100;
const maskedDatasets = [...registry.datasets.values()].filter((dataset) => maskedColumnsOf(dataset).length > 0);

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  await runSeeds({
    url: database.url,
    keyring: deriveKeyring(Buffer.alloc(32, 7)),
    scale: { persons: 300, legalPersons: 240 },
    seed: 3,
  });
  await derivePool({ url: database.url, asOf: castDate });
  client = new Client({ connectionString: database.url });
  await client.connect();
}, 120_000);

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

function maskedColumnsOf(dataset: Dataset): ColumnField[] {
  return [...dataset.fields.values()].filter(
    (field): field is ColumnField => field.kind === 'column' && field.mask !== null,
  );
}

async function readRows(dataset: Dataset): Promise<RowOfTexts[]> {
  const columns = [...dataset.fields.values()].flatMap((field) => (field.kind === 'column' ? [field.column] : []));
  const { rows } = await client.query<RowOfTexts>(
    `select ${columns.map((column) => `"${column}"::text`).join(', ')} from ${dataset.schema}.${dataset.table} order by md5(id::text) limit 400`,
  );
  return rows;
}

function isDeclared(dataset: Dataset, { field, by }: Telling): boolean {
  const { toldBy } = dataset.fields.get(field) as ColumnField;
  return toldBy.some((group) => group.every((name) => by.includes(name)));
}

describe('what tells a masked value', () => {
  test('is declared wherever the rows show it', async () => {
    const undeclared: string[] = [];
    for (const dataset of maskedDatasets) {
      for (const telling of findTellingFields(dataset, await readRows(dataset)))
        if (!isDeclared(dataset, telling))
          undeclared.push(
            `${dataset.name}.${telling.field} by ${telling.by.join(' and ')}: ${telling.how}, in ${Math.round(telling.share * 100)} % of the rows`,
          );
    }
    expect(undeclared).toEqual([]);
  }, 120_000);

  const combinations = maskedDatasets.flatMap((dataset) =>
    maskedColumnsOf(dataset).flatMap((field) => field.toldBy.map((group) => ({ dataset, field, group }))),
  );

  test.each(combinations.map((it) => [`${it.dataset.name}.${it.field.name}`, it.group.join(' and '), it] as const))(
    '%s is not given masked beside %s in plain',
    (masked, _by, { dataset, group }) => {
      const items = (mode: GrantItem['mode']): GrantItem[] => [
        { coordinate: masked, mode },
        ...group.map((name): GrantItem => ({ coordinate: `${dataset.name}.${name}`, mode: 'plain' })),
      ];
      expect(() => expandGrantItems(items('masked'), registry.coordinates)).toThrow(/which tells it/);
      // In plain there is nothing to be told, and less than the whole group tells nothing.
      expect(expandGrantItems(items('plain'), registry.coordinates)).toHaveLength(1 + group.length);
      expect(expandGrantItems(items('masked').slice(0, -1), registry.coordinates)).toHaveLength(group.length);
    },
  );
});

describe('what a mask leaves', () => {
  test('of an ID number beside the birth date and the sex in plain is hundreds of candidates, not one', () => {
    const shown = { region: '150602', birthDate: '19800517', sex: 1 };
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const candidates = Array.from({ length: 1000 }, (_, n) => n)
      .filter((sequence) => sequence % 2 === shown.sex)
      .map((sequence) => {
        const first = `${shown.region}${shown.birthDate}${String(sequence).padStart(3, '0')}`;
        const sum = weights.reduce((total, weight, at) => total + weight * Number(first[at]), 0);
        return first + '10X98765432'[sum % 11]!;
      })
      .filter((number) => parseResidentIdNumber(number).ok);
    expect(candidates.length).toBe(500);
    expect(candidates.length).toBeGreaterThanOrEqual(fewestCandidates);
  });

  /** How many values look alike behind each mask, of those that differ most from being many. */
  test.each([
    ['telephoneEnds', `select '047' || to_char(n, 'FM000') || '12' from generate_series(0, 999) as n`],
    ['year', `select d::date from generate_series(date '2023-01-01', date '2024-12-31', interval '1 day') as d`],
    ['amountBand', `select (n / 100.0)::numeric(20,2) from generate_series(0, 200000, 7) as n`],
    ['signedAmountBand', `select (n / 100.0)::numeric(20,2) from generate_series(-200000, 200000, 7) as n`],
    [
      'chapterOfDiagnosis',
      `select chr(65 + n % 26) || to_char(n / 26, 'FM00') || '.9' from generate_series(0, 2599) as n`,
    ],
  ] as const)('%s is a hundred candidates or more for each that is shown', async (name, values) => {
    const { expression }: Mask = masks[name];
    const { rows } = await client.query<{ fewest: number }>(
      `select min(alike)::int as fewest from (select count(*) as alike from (${values}) as given (v) group by ${expression('v', 'null')}) as counted`,
    );
    expect(rows[0]!.fewest).toBeGreaterThanOrEqual(fewestCandidates);
  });
});
