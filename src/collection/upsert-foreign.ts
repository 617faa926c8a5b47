/**
 * Updates and inserts rows of a table that stands in another database, where one statement can't do both. Loaders of one table take turns,
 * for two of them would insert the same row twice.
 */
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Dataset } from '../model/declaration.js';

export interface ForeignUpsert {
  readonly dataset: Dataset;
  readonly keyColumns: readonly string[];
  /** Filled columns with their SQL types, keys among them. */
  readonly typed: readonly (readonly [column: string, type: string])[];
  /** Columns whose former value stays where there is one. */
  readonly keeps: ReadonlySet<string>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export async function upsertForeignRows(
  db: Transaction<unknown>,
  { dataset, keyColumns, typed, keeps, rows }: ForeignUpsert,
): Promise<{ inserted: boolean }[]> {
  const table = sql.id(dataset.schema, dataset.table);
  await sql`select pg_advisory_xact_lock(hashtextextended(${`citygraph load ${dataset.schema}.${dataset.table}`}, 0))`.execute(
    db,
  );
  const given = sql`json_to_recordset(${JSON.stringify(rows)}::json)
    as given (${sql.join(typed.map(([column, type]) => sql`${sql.id(column)} ${sql.raw(type)}`))})`;
  const typeOf = new Map(typed);
  // By constant lists, which go to the other database; a join would fetch the whole table from there.
  const ofGiven = sql.join(
    keyColumns.map((column) => {
      const values = rows.map((row) => row[column]);
      return sql`${sql.ref(`kept.${column}`)} = any(${values}::${sql.raw(`${typeOf.get(column)!}[]`)})`;
    }),
    sql` and `,
  );
  const same = sql.join(
    keyColumns.map((column) => sql`${sql.ref(`kept.${column}`)} = ${sql.ref(`given.${column}`)}`),
    sql` and `,
  );
  const constants = new Map<string, RawBuilder<unknown>>([
    ['provider', sql`${dataset.provider}::text`],
    ['resource', sql`${dataset.resource}::text`],
  ]);
  const compared = [...typed.map(([column]) => column), ...constants.keys()];
  const next = (column: string): RawBuilder<unknown> => {
    const value = constants.get(column) ?? sql.ref(`given.${column}`);
    return keeps.has(column) ? sql`coalesce(${sql.ref(`kept.${column}`)}, ${value})` : value;
  };
  const updated = await sql`
    update ${table} as kept
       set ${sql.join(compared.map((column) => sql`${sql.id(column)} = ${next(column)}`))}, collected_at = now()
      from ${given} where ${same} and ${ofGiven}
       and (${sql.join(compared.map((column) => sql.ref(`kept.${column}`)))}) is distinct from (${sql.join(compared.map(next))})`.execute(
    db,
  );
  const inserted = await sql`
    insert into ${table} (${sql.join([...compared, 'collected_at'].map((column) => sql.id(column)))})
    select ${sql.join(compared.map((column) => constants.get(column) ?? sql.ref(`given.${column}`)))}, now() from ${given}
     where not exists (select from ${table} as kept where ${same} and ${ofGiven})
     order by ${sql.join(keyColumns.map((column) => sql.ref(`given.${column}`)))}`.execute(db);
  return [
    ...Array.from({ length: Number(inserted.numAffectedRows ?? 0n) }, () => ({ inserted: true })),
    ...Array.from({ length: Number(updated.numAffectedRows ?? 0n) }, () => ({ inserted: false })),
  ];
}
