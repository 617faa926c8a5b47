/** The statements by which the cells of an edition replace those of the former: a cell keeps its id. Names come from declarations alone. */
import type { ClientBase } from 'pg';
import type { Dataset } from '../model/declaration.js';
import { datasetOf } from '../model/dataset.js';
import { StatisticsEdition } from '../libraries/statistics/statistics-edition.js';
import type { StatisticFields } from './compute-cube.js';

export interface Provenance {
  readonly edition: number;
  readonly referenceDate: string;
  readonly computedAt: Date;
}

const rowsAtOnce = 5_000;

export async function writeRows(
  client: ClientBase,
  dataset: Dataset,
  common: Provenance,
  rows: readonly StatisticFields[],
): Promise<void> {
  const columns = new Map<string, string>();
  for (const [name, field] of dataset.fields) if (field.kind === 'column') columns.set(name, field.column);
  const key = dataset.key.map((name) => columns.get(name)!);
  const all = [...columns.values()];
  const others = all.filter((column) => !key.includes(column));
  const table = `${quote(dataset.schema)}.${quote(dataset.table)}`;
  const text = `
    insert into ${table} (${all.map(quote).join(', ')})
    select ${all.map(quote).join(', ')} from json_populate_recordset(null::${table}, $1::json)
        on conflict (${key.map(quote).join(', ')}) do update
       set ${others.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(', ')}`;
  const texts = (await isForeign(client, dataset)) ? foreignTexts(table, all, key) : [text];
  const { edition, referenceDate, computedAt } = common;
  const shared = {
    ...{ edition, referenceDate, computedAt, collectedAt: computedAt },
    ...{ provider: dataset.provider, resource: dataset.resource },
  };
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const batch = rows.slice(from, from + rowsAtOnce).map((row) => named({ ...row, ...shared }, columns));
    for (const statement of texts) await client.query(statement, [JSON.stringify(batch)]);
  }
}

async function isForeign(client: ClientBase, { schema, table }: Dataset): Promise<boolean> {
  const { rows } = await client.query<{ foreign: boolean }>(
    `select relkind = 'f' as foreign from pg_class where oid = to_regclass($1)`,
    [`${schema}.${table}`],
  );
  return rows[0]!.foreign;
}

/** Where the table stands in another database one statement can't both update and insert. Nobody else writes it meanwhile. */
function foreignTexts(table: string, all: readonly string[], key: readonly string[]): string[] {
  const list = all.map(quote);
  const same = key.map((column) => `kept.${quote(column)} = given.${quote(column)}`).join(' and ');
  const given = `json_populate_recordset(null::${table}, $1::json) as given`;
  const others = list.filter((column) => !key.map(quote).includes(column));
  return [
    `update ${table} as kept set ${others.map((column) => `${column} = given.${column}`).join(', ')} from ${given} where ${same}`,
    `insert into ${table} (${list.join(', ')}) select ${list.map((column) => `given.${column}`).join(', ')} from ${given}
      where not exists (select from ${table} as kept where ${same})`,
  ];
}

function named(row: StatisticFields, columns: ReadonlyMap<string, string>): StatisticFields {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (columns.has(name) ? [[columns.get(name)!, value]] : [])),
  );
}

export async function removeFormer(client: ClientBase, { schema, table }: Dataset, edition: number): Promise<void> {
  await client.query(`delete from ${quote(schema)}.${quote(table)} where edition <> $1`, [edition]);
}

export async function newestEdition(
  client: ClientBase,
): Promise<{ readonly edition: number; readonly referenceDate: string } | null> {
  const { schema, table } = datasetOf(StatisticsEdition);
  const { rows } = await client.query<{ edition: number; referenceDate: string }>(
    `select edition, reference_date::text as "referenceDate" from ${quote(schema)}.${quote(table)} order by edition desc limit 1`,
  );
  return rows[0] ?? null;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
