/**
 * Two subjects that were found to be one: all that is known of the one is moved to the other, in one transaction.
 *
 * Identifiers of the merged subject stay findable and are history. Its protection is never lost: the survivor has the longer of the two.
 * Rows that would stand twice under one key are kept once where they say the same; where they differ nothing is done, for which of them
 * is right is for their provider to say. It must not know how the two were found to be one, nor who says so.
 */
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import { CitygraphError } from '../errors.js';
import type { ColumnField, Dataset, SubjectField } from '../model/declaration.js';
import type { SubjectKind } from '../model/subject-kind.js';
import { propagateSubjectScope } from './propagate-subject-scope.js';

/** Surrogate ids. */
export interface Merge {
  readonly from: string;
  readonly into: string;
}

export interface MergeReport {
  readonly identifiers: number;
  /** Datasets with rows of the merged subject: how many were moved, and how many said what the survivor's row says and were dropped. */
  readonly datasets: readonly { readonly dataset: string; readonly moved: number; readonly dropped: number }[];
}

interface MergedSubject {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly division: string | null;
  readonly protectedUntil: string;
  readonly mergedInto: string | null;
}

/**
 * @param db of a user that may write
 * @param datasets every one of the registry
 * @throws CitygraphError BAD_USER_INPUT, and then nothing is changed: the same subject, one that is not there or has been merged, two of
 *   different kinds, rows that contradict each other (it names the datasets)
 */
export async function mergeSubjects(db: Kysely<unknown>, datasets: Iterable<Dataset>, merge: Merge): Promise<MergeReport> {
  // INVARIANT: read committed. What loaders committed while this waited for the locks of the two must be seen and moved.
  return db.transaction().setIsolationLevel('read committed').execute((transaction) => mergeLocked(transaction, [...datasets], merge));
}

async function mergeLocked(db: Transaction<unknown>, datasets: readonly Dataset[], merge: Merge): Promise<MergeReport> {
  const { from, into, protectedUntil } = await lockSubjects(db, merge);
  const targets = datasets.map((dataset) => ({ dataset, keys: keysTo(dataset, from.kind) })).filter(({ keys }) => keys.length > 0);
  await refuseContradictions(db, targets, merge);
  const report: MergeReport['datasets'][number][] = [];
  for (const target of targets) {
    const dropped = await dropDoubles(db, target, merge);
    const moved = await moveRows(db, target, merge);
    if (moved + dropped > 0) report.push({ dataset: target.dataset.name, moved, dropped });
  }
  const identifiers = await moveIdentifiers(db, merge);
  // Who was merged into the merged one leads to the survivor at once: a look-up never follows more than one step.
  await sql`update citygraph.subject set merged_into = ${merge.into}::bigint where id = ${merge.from}::bigint or merged_into = ${merge.from}::bigint`.execute(db);
  await propagateSubjectScope(db, datasets, [{ id: into.id, division: into.division, protectedUntil }]);
  return { identifiers, datasets: report };
}

/** Loaders share these locks while they write rows of a subject, so none is missed. In order of ids, so that two merges never wait for each other. */
async function lockSubjects(db: Transaction<unknown>, merge: Merge): Promise<{ from: MergedSubject; into: MergedSubject; protectedUntil: string }> {
  if (merge.from === merge.into) throw refusal('two subjects, got the same one twice');
  const { rows } = await sql<MergedSubject>`
    select id::text, kind, division, protected_until::text as "protectedUntil", merged_into::text as "mergedInto"
      from citygraph.subject where id in (${merge.from}::bigint, ${merge.into}::bigint) order by id for no key update`.execute(db);
  const from = rows.find(({ id }) => id === merge.from);
  const into = rows.find(({ id }) => id === merge.into);
  if (!from || !into) throw refusal('two subjects of the pool, got one that is not there');
  if (from.kind !== into.kind) throw refusal(`two subjects of one kind, got a ${from.kind} and a ${into.kind}`);
  if (from.mergedInto !== null || into.mergedInto !== null) throw refusal('two subjects that stand for themselves, got one that has been merged already');
  const { rows: later } = await sql<{ day: string }>`select greatest(${from.protectedUntil}::date, ${into.protectedUntil}::date)::text as day`.execute(db);
  return { from, into, protectedUntil: later[0]!.day };
}

interface Target {
  readonly dataset: Dataset;
  /** Its keys to subjects of the kind. */
  readonly keys: readonly SubjectField[];
}

function keysTo(dataset: Dataset, kind: SubjectKind): SubjectField[] {
  return [...dataset.fields.values()].filter((field): field is SubjectField => field.kind === 'subject' && field.subject === kind);
}

async function refuseContradictions(db: Transaction<unknown>, targets: readonly Target[], merge: Merge): Promise<void> {
  const related: string[] = [];
  const different: string[] = [];
  for (const target of targets) {
    if (await relatesTheTwo(db, target, merge)) related.push(target.dataset.name);
    const same = and(comparedColumns(target.dataset).map((column) => sql`${lost(column)} is not distinct from ${kept(column)}`));
    const { rows } = await sql`select from ${doublesOf(target, merge)} and not (${same}) limit 1`.execute(db);
    if (rows.length > 0) different.push(target.dataset.name);
  }
  if (related.length > 0) throw refusal(`two records of one subject, got some that a row relates to each other, in ${related.join(', ')}`, { datasets: related });
  if (different.length > 0) {
    const what = 'rows that agree wherever only one of them can stay, got different ones in';
    throw refusal(`${what} ${different.join(', ')}; have their providers correct them first`, { datasets: different });
  }
}

/** A child and its parent, a company and its shareholder: no subject is either to itself. */
async function relatesTheTwo(db: Transaction<unknown>, { dataset, keys }: Target, { from, into }: Merge): Promise<boolean> {
  if (keys.length < 2) return false;
  const named = (id: string): RawBuilder<unknown> => sql`${id}::bigint in (${sql.join(keys.map(({ idColumn }) => sql.ref(idColumn)))})`;
  return (await sql`select from ${tableOf(dataset)} where ${named(from)} and ${named(into)} limit 1`.execute(db)).rows.length > 0;
}

/** From and where of the pairs that would stand under one key: `lost`, a row of the merged subject, and `kept`, one that is there already. */
function doublesOf(target: Target, { from, into }: Merge): RawBuilder<unknown> {
  const { dataset, keys } = target;
  const moved = ({ idColumn }: SubjectField): RawBuilder<unknown> => sql`nullif(${lost(idColumn)}, ${from}::bigint) is null`;
  const alike = uniqueFieldsOf(target).map((fields) =>
    and([
      or(fields.filter((field) => field.kind === 'subject' && keys.includes(field)).map((field) => moved(field as SubjectField))),
      ...fields.map((field) => {
        if (field.kind === 'column') return sql`${lost(field.column)} = ${kept(field.column)}`;
        const id = lost(field.idColumn);
        return keys.includes(field) ? sql`(case when ${id} = ${from}::bigint then ${into}::bigint else ${id} end) = ${kept(field.idColumn)}` : sql`${id} = ${kept(field.idColumn)}`;
      }),
    ]),
  );
  return sql`${tableOf(dataset)} as lost join ${tableOf(dataset)} as kept on kept.id <> lost.id where ${or(alike)}`;
}

/** Sets of fields under which a row stands once, of those that the merge changes. */
function uniqueFieldsOf({ dataset, keys }: Target): (ColumnField | SubjectField)[][] {
  const key = dataset.key.map((name) => dataset.fields.get(name)).filter((field) => field?.kind === 'column' || field?.kind === 'subject');
  const sets = [key, ...keys.filter((field) => field.unique).map((field) => [field])];
  return sets.filter((fields) => fields.some((field) => field.kind === 'subject' && keys.includes(field)));
}

/** What a row says: all but when it was collected, and what follows from its subjects. */
function comparedColumns(dataset: Dataset): string[] {
  return [...dataset.fields.values()].flatMap((field) => (field.kind === 'column' && !field.control && field.name !== 'collectedAt' ? [field.column] : []));
}

/** They agree in all that they say (`refuseContradictions`), so nothing is lost. */
async function dropDoubles(db: Transaction<unknown>, target: Target, merge: Merge): Promise<number> {
  if (uniqueFieldsOf(target).length === 0) return 0;
  const table = tableOf(target.dataset);
  const result = await sql`delete from ${table} where id in (select ${lost('id')} from ${doublesOf(target, merge)})`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}

/** Division and protection follow, with every other copy of the survivor's. */
async function moveRows(db: Transaction<unknown>, { dataset, keys }: Target, { from, into }: Merge): Promise<number> {
  let moved = 0;
  for (const { idColumn } of keys) {
    const column = sql.id(idColumn);
    const result = await sql`update ${tableOf(dataset)} set ${column} = ${into}::bigint where ${column} = ${from}::bigint`.execute(db);
    moved += Number(result.numAffectedRows ?? 0n);
  }
  return moved;
}

async function moveIdentifiers(db: Transaction<unknown>, { from, into }: Merge): Promise<number> {
  const result = await sql`
    update citygraph.subject_identifier
       set subject_id = ${into}::bigint, is_current = false, ended_as = 'merged', valid_to = coalesce(valid_to, (now() at time zone 'Asia/Shanghai')::date)
     where subject_id = ${from}::bigint`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}

function tableOf({ schema, table }: Dataset): RawBuilder<unknown> {
  return sql.table(`${schema}.${table}`);
}

function lost(column: string): RawBuilder<unknown> {
  return sql.ref(`lost.${column}`);
}

function kept(column: string): RawBuilder<unknown> {
  return sql.ref(`kept.${column}`);
}

function and(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`;
}

function or(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
}

function refusal(expected: string, details: Readonly<Record<string, unknown>> = {}): CitygraphError {
  return new CitygraphError('BAD_USER_INPUT', `a merge: expected ${expected}`, details);
}
