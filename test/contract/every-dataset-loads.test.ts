/**
 * Whatever a department supplies can be loaded: for each dataset of the registry some rows of its seed are written as a department would
 * hand them over, loaded into an empty pool by a mapping, and read back. A new dataset needs no line here.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LoadReport } from '../../src/collection/load-report.js';
import { subjectSourcesOf, surroundingsOf } from '../../src/collection/mapping-target.js';
import { parseMapping } from '../../src/collection/mapping.js';
import { datasets } from '../../src/database/entities.js';
import { datasetOf } from '../../src/model/dataset.js';
import type { Dataset } from '../../src/model/declaration.js';
import { type Cast, createCast } from '../../seeds/cast/cast.js';
import type { DatasetSeed, SeedValue } from '../../seeds/datasets/dataset-seed.js';
import { datasetSeeds } from '../../seeds/datasets/index.js';
import { sizeOf } from '../../seeds/seed-table.js';
import {
  type ExportedColumn,
  exportedColumns,
  type ExportRow,
  type ExportStyle,
  exportStyles,
  mappingFor,
  spell,
  writeExport,
} from '../support/department-export.js';
import { createLoadingDatabase, type LoadingDatabase } from '../support/loading-database.js';
import { isSupplied } from '../support/supplied.js';

const mostRows = 6;
/** Enough of the city that most columns have a value in some row. */
const mostLookedAt = 200;
const surroundings = surroundingsOf(datasets);
let database: LoadingDatabase;
let cast: Cast;

beforeAll(async () => {
  cast = createCast({ seed: 1, persons: 1_200, legalPersons: 256 });
  database = await createLoadingDatabase();
});
afterAll(() => database.drop());

const seeded = datasetSeeds.map((seed) => [seed.dataset.name, seed] as const);

test('everything that departments supply is here', () => {
  const supplied = datasets.filter(isSupplied).map(({ name }) => name);
  expect(seeded.map(([name]) => name).sort()).toEqual(supplied.sort());
});

describe.each(seeded)('%s', (name, seed) => {
  const dataset = datasetOf(seed.dataset);
  const style = exportStyles[seeded.findIndex(([it]) => it === name) % exportStyles.length]!;
  const columns = exportedColumns(dataset, style);
  const mapping = parseMapping(mappingFor(dataset, columns, style), `${name}.yml`, surroundings);

  const load = (cells: readonly (readonly string[])[]): Promise<LoadReport> =>
    database.load(
      mapping,
      (async function* () {
        yield await Promise.resolve(writeExport(columns, cells, style));
      })(),
    );

  test('takes what a department hands over, refuses what is broken and says why, and takes nothing twice', async () => {
    const rows = chooseRows(dataset, seed);
    const cells = rows.map((row) => columns.map((column) => spell(column, row[column.name]!, style)));
    const broken = breakRows(columns, cells, style);

    const report = await load([...broken.map(({ cells: it }) => it), ...cells]);
    expect(report).toMatchObject({
      outcome: 'finished',
      read: rows.length + broken.length,
      inserted: rows.length,
      updated: 0,
      rejected: broken.length,
    });
    const expected = broken.map(({ column, reason }) => expect.stringMatching(`^${column}: ${reason}`));
    expect(report.reasons.map(({ column, reason }) => `${column}: ${reason}`)).toEqual(
      expect.arrayContaining(expected),
    );
    expect(await readBack(dataset, columns)).toEqual(rows.map((row) => readable(columns, row)).sort(byText));
    expect(await namedSubjects()).toEqual(expect.arrayContaining(identifiersOf(dataset, rows)));

    expect(await load(cells)).toMatchObject({ inserted: 0, updated: 0, unchanged: rows.length, rejected: 0 });
  });
});

/** Such as fill between them as many columns as the first rows of the seed fill at all. */
function chooseRows(dataset: Dataset, seed: DatasetSeed): ExportRow[] {
  const chosen: ExportRow[] = [];
  const filled = new Set<string>();
  let looked = 0;
  for (let index = 0; index < sizeOf(seed, cast) && looked < mostLookedAt && chosen.length < mostRows; index++) {
    for (const row of seed.rows(cast, index)) {
      looked += 1;
      const fresh = Object.keys(row).filter((column) => row[column] !== null && !filled.has(column));
      if (chosen.length >= 2 && fresh.length === 0) continue;
      for (const column of fresh) filled.add(column);
      chosen.push(exportRow(dataset, row));
      if (chosen.length >= mostRows) break;
    }
  }
  expect(chosen.length).toBeGreaterThan(1);
  return chosen;
}

/** With official identifiers in place of the cast's indexes, and the division of who is registered. */
function exportRow(dataset: Dataset, row: Readonly<Record<string, SeedValue>>): ExportRow {
  const given: Record<string, SeedValue> = { ...row };
  for (const { column, subject, identifier } of subjectSourcesOf(dataset)) {
    const index = row[subject.name] as number | null;
    delete given[subject.name];
    const isPerson = identifier === 'resident-id-number';
    given[column] = index === null ? null : isPerson ? cast.person(index).idNumber : cast.legalPerson(index).creditCode;
    if (subject.primary && index !== null)
      given['division'] = isPerson ? cast.person(index).division : cast.legalPerson(index).division;
  }
  return given;
}

interface BrokenRow {
  readonly cells: readonly string[];
  readonly column: string;
  readonly reason: string;
}

/** Copies of the first row, each with one fault of a kind that some column of the dataset can have. */
function breakRows(
  columns: readonly ExportedColumn[],
  [first]: readonly (readonly string[])[],
  style: ExportStyle,
): BrokenRow[] {
  const faults: readonly [fits: (column: ExportedColumn) => boolean, cell: string, reason: string][] = [
    [({ field }) => field === null, '1', '(credit-code|resident-id-number)-'],
    [({ required }) => required, style.missing, 'required-missing'],
    [({ field }) => (field?.type.enum ?? field?.type.codeList ?? null) !== null, '查无此项', 'not-in-code-list'],
    [({ field }) => field?.type.name === 'date', spellImpossibleDay(style), 'impossible-date'],
    [({ field }) => field?.type.name === 'integer' || field?.type.name === 'decimal', '若干', 'not-a-number'],
    [({ field }) => field?.type.name === 'boolean', '也许', 'not-a-truth-value'],
    [({ field }) => field?.type.name === 'text', '长'.repeat(4_001), 'too-long'],
  ];
  return faults.flatMap(([fits, cell, reason]) => {
    const at = columns.findIndex(fits);
    const column = columns[at];
    if (!column) return [];
    return [{ cells: first!.map((it, i) => (i === at ? cell : it)), column: column.name, reason }];
  });
}

function spellImpossibleDay({ dates }: ExportStyle): string {
  return { iso: '2023-02-30', slash: '2023/2/30', dot: '2023.02.30', chinese: '2023年2月30日', compact: '20230230' }[
    dates
  ];
}

/** As text, since the database writes numbers and moments in a form of its own. */
function readable(columns: readonly ExportedColumn[], row: ExportRow): Record<string, string | null> {
  return Object.fromEntries(
    columns.map(({ name, field }) => {
      const value = row[name] ?? null;
      const isNumber = field !== null && ['decimal', 'integer', 'bigInteger'].includes(field.type.name);
      if (value === null) return [name, null];
      if (field?.type.name === 'moment') return [name, new Date(String(value)).toISOString()];
      return [name, isNumber ? String(Number(value)) : String(value)];
    }),
  );
}

/** Every column that was exported, subjects by their identifier. */
async function readBack(dataset: Dataset, columns: readonly ExportedColumn[]): Promise<Record<string, unknown>[]> {
  const sources = subjectSourcesOf(dataset);
  const selected = columns.map(({ name, field }) => {
    const source = sources.find(({ column }) => column === name);
    if (source)
      return `(select value from citygraph.subject_identifier i where i.subject_id = r.${source.subject.idColumn}) as "${name}"`;
    if (field?.type.name === 'moment')
      return `to_char(r."${field.column}" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "${name}"`;
    const isNumber = ['decimal', 'integer', 'bigInteger'].includes(field!.type.name);
    return isNumber
      ? `trim_scale(r."${field!.column}"::numeric)::text as "${name}"`
      : `r."${field!.column}"::text as "${name}"`;
  });
  const rows = await database.rows(`select ${selected.join(', ')} from "${dataset.schema}"."${dataset.table}" r`);
  return rows.sort(byText);
}

function byText(a: object, b: object): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function identifiersOf(dataset: Dataset, rows: readonly ExportRow[]): string[] {
  const names = subjectSourcesOf(dataset).map(({ column }) => column);
  return rows.flatMap((row) => names.map((name) => row[name])).filter((it): it is string => typeof it === 'string');
}

async function namedSubjects(): Promise<string[]> {
  const rows = await database.rows(
    `select value from citygraph.subject_identifier i join citygraph.subject s on s.id = i.subject_id where i.is_current`,
  );
  return rows.map(({ value }) => String(value));
}
