/**
 * Makes of a copy of the city another one, which differs from it in nothing but what a principal may not know: subjects and identifiers, rows
 * and values, and all that is computed from them.
 */
import type { Client } from 'pg';
import { recomputeDerived } from '../../src/derivation/recompute-derived.js';
import { identifierKinds, type IdentifierKind } from '../../src/model/identifier-kind.js';
import type { Dataset } from '../../src/model/declaration.js';
import type { Registry } from '../../src/model/registry.js';
import { hiddenSubject } from './hidden-rows.js';
import type { Knowledge } from './knowledge.js';
import { changeRows, changeValues, changedColumns, hiddenRows, tableOf } from './perturb-dataset.js';

/**
 * Percentiles among a group are statistics by declaration (`Standing`): they are of the whole city, whoever asks. For who sees a part of it they
 * are therefore no function of that part, and are held.
 */
export const declaredStatistics = 'Standing';

export interface Changes {
  /** By `Dataset.field`: rows in sight whose value is another one. */
  readonly values: ReadonlyMap<string, number>;
  /** Rows out of sight that are there in one database alone. */
  readonly rows: number;
}

/** The newest edition, as of today; when it was computed is the same everywhere. */
export async function deriveAgain(client: Client, registry: Registry, edition: number): Promise<void> {
  const { rows } = await client.query<{ today: string }>('select current_date::text as today');
  await recomputeDerived(client, { asOf: rows[0]!.today, edition });
  for (const dataset of derivedOf(registry))
    await client.query(`update ${tableOf(dataset)} set collected_at = '2026-01-01T00:00:00Z'`);
}

/** @param client of the copy's owner, in a session with the service's time zone @param original another one, of the city */
export async function perturbCity(
  client: Client,
  original: Client,
  registry: Registry,
  knowledge: Knowledge,
  edition: number,
): Promise<Changes> {
  await client.query('set synchronous_commit = off');
  await client.query(dropKeys(suppliedOf(registry)));
  await changeIndex(client, knowledge);
  const values = new Map<string, number>();
  let rows = 0;
  for (const dataset of suppliedOf(registry)) rows += await changeDataset(client, dataset, knowledge, values, true);
  await deriveAgain(client, registry, edition);
  if (knowledge.scope.divisions && knowledge.mayExist(declaredStatistics))
    await holdStatistics(client, original, registry.datasets.get(declaredStatistics)!);
  await client.query(dropKeys(derivedOf(registry)));
  for (const dataset of derivedOf(registry)) await changeDataset(client, dataset, knowledge, values, false);
  return { values, rows };
}

function derivedOf(registry: Registry): Dataset[] {
  return [...registry.datasets.values()].filter(({ derivedFrom }) => derivedFrom.length > 0);
}

function suppliedOf(registry: Registry): Dataset[] {
  return [...registry.datasets.values()].filter(({ derivedFrom }) => derivedFrom.length === 0);
}

/** A key of the provider's is a value like another, and may be denied: what is put in its place need not be unique at every moment. */
function dropKeys(datasets: readonly Dataset[]): string {
  const schemas = [...new Set(datasets.map(({ schema }) => `'${schema}'`))].join(', ');
  return `do $$ declare it record; begin
    for it in select conrelid::regclass as owner, conname from pg_constraint join pg_namespace n on n.oid = connamespace
               where contype = 'u' and n.nspname in (${schemas})
    loop execute format('alter table %s drop constraint %I', it.owner, it.conname); end loop;
  end $$`;
}

async function changeDataset(
  client: Client,
  dataset: Dataset,
  knowledge: Knowledge,
  values: Map<string, number>,
  withRows: boolean,
): Promise<number> {
  const table = tableOf(dataset);
  const { denied, masked } = changedColumns(dataset, knowledge);
  await client.query(
    [
      'drop table if exists before',
      `create temporary table before as select * from ${table}`,
      ...changeValues(dataset, knowledge),
      ...(withRows ? changeRows(dataset, knowledge) : []),
    ].join(';\n'),
  );
  const seen = `from before join ${table} as now using (id) where not ${hiddenRows(dataset, knowledge).replaceAll(/"(\w+)"/g, 'now."$1"')}`;
  if (knowledge.mayExist(dataset.name) && denied.length + masked.length > 0) {
    const counts = [...denied, ...masked].map(
      ({ column }, n) => `count(*) filter (where before."${column}" is distinct from now."${column}")::int as c${n}`,
    );
    const found = await client.query<Record<string, number>>(`select ${counts.join(', ')} ${seen}`);
    [...denied, ...masked].forEach(({ name }, n) => values.set(`${dataset.name}.${name}`, found.rows[0]![`c${n}`]!));
  }
  for (const { name, maskedColumn } of masked) {
    const unlike = await client.query(
      `select now.id ${seen} and before."${maskedColumn}" is distinct from now."${maskedColumn}"`,
    );
    if (unlike.rows.length > 0)
      throw new Error(`${dataset.name}.${name}: expected other values that its mask shows alike, got unlike ones`);
  }
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from before full join ${table} as now using (id) where before is null or now is null`,
  );
  return rows[0]!.count;
}

/** Subjects that are out of sight come, with identifiers; identifiers that may be neither matched nor read are others. */
async function changeIndex(client: Client, knowledge: Knowledge): Promise<void> {
  const { scope } = knowledge;
  const hidden = hiddenSubject(scope, 'subject_');
  const otherDigest = `sha256(digest || 'other')`;
  const statements = [
    ...(hidden === 'false'
      ? []
      : [
          `insert into citygraph.subject (kind, division, protected_until) select kind, division, protected_until from citygraph.subject where ${hiddenSubject(scope, '')} order by id limit 12`,
        ]),
    `delete from citygraph.subject_identifier where ${hidden} and id % 4 = 1`,
    `insert into citygraph.subject_identifier (subject_id, subject_division, subject_protected_until, kind, digest, value, is_current, ended_as, valid_from, valid_to)
       select subject_id, subject_division, subject_protected_until, kind, sha256(digest || 'new'), left(md5(value), 18), is_current, ended_as, valid_from, valid_to
         from citygraph.subject_identifier where ${hidden} and id % 4 = 2`,
    `update citygraph.subject_identifier set digest = ${otherDigest}, value = left(md5(value || 'other'), 18) where ${hidden}`,
  ];
  for (const kind of Object.keys(identifierKinds) as IdentifierKind[]) {
    const seen = `where not ${hidden} and kind = '${kind}'`;
    const verdict = knowledge.identifierVerdict(kind);
    if (!knowledge.mayMatch(kind))
      statements.push(`update citygraph.subject_identifier set digest = ${otherDigest} ${seen}`);
    // A mask shows all of what is open.
    if (verdict === 'deny')
      statements.push(`update citygraph.subject_identifier set value = left(md5(value || 'seen'), 18) ${seen}`);
    else if (verdict === 'mask' && !identifierKinds[kind].open)
      statements.push(
        `update citygraph.subject_identifier set value = left(value, 6) || left(md5(value || 'seen'), length(value) - 6) ${seen}`,
      );
  }
  await client.query(statements.join(';\n'));
}

async function holdStatistics(client: Client, original: Client, dataset: Dataset): Promise<void> {
  const measured = [...dataset.fields.values()].flatMap((field) =>
    field.kind === 'column' && /_in_(industry|division)/.test(field.column) ? [field.column] : [],
  );
  const columns = ['legal_person_id', ...measured];
  const { rows } = await original.query(`select ${columns.join(', ')} from ${tableOf(dataset)}`);
  await client.query(
    `update ${tableOf(dataset)} as t set ${measured.map((column) => `${column} = held.${column}`).join(', ')}
       from json_populate_recordset(null::${tableOf(dataset)}, $1::json) as held where held.legal_person_id = t.legal_person_id`,
    [JSON.stringify(rows)],
  );
}
