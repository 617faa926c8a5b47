/**
 * Two subjects that were found to be one: all that is known of the one is moved to the other, in one transaction.
 *
 * Identifiers of the merged subject stay findable and are history. Its protection is never lost: the survivor has the longer of the two.
 * Rows that would stand twice under one key are kept once where they say the same; where they differ nothing is done, for which of them
 * is right is for their provider to say. What is computed from other rows can't contradict: the survivor's stays until it is computed anew.
 * It must not know how the two were found to be one, nor who says so.
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
  /** Datasets with rows of the merged subject: how many were moved, and how many the survivor has already (or computed ones of its own) and were dropped. */
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
export async function mergeSubjects(
  db: Kysely<unknown>,
  datasets: Iterable<Dataset>,
  merge: Merge,
): Promise<MergeReport> {
  // INVARIANT: read committed. What loaders committed while this waited for the locks of the two must be seen and moved.
  return db
    .transaction()
    .setIsolationLevel('read committed')
    .execute((transaction) => mergeLocked(transaction, [...datasets], merge));
}

async function mergeLocked(db: Transaction<unknown>, datasets: readonly Dataset[], merge: Merge): Promise<MergeReport> {
  const { from, into, protectedUntil } = await lockSubjects(db, merge);
  const targets = datasets
    .map((dataset) => ({ dataset, keys: keysTo(dataset, from.kind) }))
    .filter(({ keys }) => keys.length > 0);
  await refuseContradictions(db, targets, merge);
  const report: MergeReport['datasets'][number][] = [];
  for (const target of targets) {
    const dropped = await dropDoubles(db, target, merge);
    const moved = await moveRows(db, target, merge);
    if (moved + dropped > 0) report.push({ dataset: target.dataset.name, moved, dropped });
  }
  const identifiers = await moveIdentifiers(db, merge);
  // Who was merged into the merged one leads to the survivor at once: a look-up never follows more than one step.
  await sql`update citygraph.subject set merged_into = ${merge.into}::bigint where id = ${merge.from}::bigint or merged_into = ${merge.from}::bigint`.execute(
    db,
  );
  await propagateSubjectScope(db, datasets, [{ id: into.id, division: into.division, protectedUntil }]);
  return { identifiers, datasets: report };
}

/** Loaders share these locks while they write rows of a subject, so none is missed. In order of ids, so that two merges never wait for each other. */
async function lockSubjects(
  db: Transaction<unknown>,
  merge: Merge,
): Promise<{ from: MergedSubject; into: MergedSubject; protectedUntil: string }> {
  if (merge.from === merge.into) throw refusal('two subjects, got the same one twice');
  const { rows } = await sql<MergedSubject>`
    select id::text, kind, division, protected_until::text as "protectedUntil", merged_into::text as "mergedInto"
      from citygraph.subject where id in (${merge.from}::bigint, ${merge.into}::bigint) order by id for no key update`.execute(
    db,
  );
  const from = rows.find(({ id }) => id === merge.from);
  const into = rows.find(({ id }) => id === merge.into);
  if (!from || !into) throw refusal('two subjects of the pool, got one that is not there');
  if (from.kind !== into.kind) throw refusal(`two subjects of one kind, got a ${from.kind} and a ${into.kind}`);
  if (from.mergedInto !== null || into.mergedInto !== null)
    throw refusal('two subjects that stand for themselves, got one that has been merged already');
  const { rows: later } = await sql<{
    day: string;
  }>`select greatest(${from.protectedUntil}::date, ${into.protectedUntil}::date)::text as day`.execute(db);
  return { from, into, protectedUntil: later[0]!.day };
}

interface Target {
  readonly dataset: Dataset;
  /** Its keys to subjects of the kind. */
  readonly keys: readonly SubjectField[];
}

function keysTo(dataset: Dataset, kind: SubjectKind): SubjectField[] {
  return [...dataset.fields.values()].filter(
    (field): field is SubjectField => field.kind === 'subject' && field.subject === kind,
  );
}

async function refuseContradictions(db: Transaction<unknown>, targets: readonly Target[], merge: Merge): Promise<void> {
  const related: string[] = [];
  const different: string[] = [];
  for (const target of targets) {
    const { dataset } = target;
    if (dataset.derivedFrom.length > 0) continue;
    if (await relatesTheTwo(db, target, merge)) related.push(dataset.name);
    for (const doubles of doublesOf(target, merge)) {
      const { rows } = await sql`select from ${doubles} and not (${saysTheSame(target, merge)}) limit 1`.execute(db);
      if (rows.length > 0 && !different.includes(dataset.name)) different.push(dataset.name);
    }
  }
  if (related.length > 0)
    throw refusal(`two records of one subject, got two that stand in one row of ${related.join(', ')}`, {
      datasets: related,
    });
  if (different.length > 0) {
    const expected = 'rows that say the same wherever only one of them can stay, got different ones in';
    throw refusal(`${expected} ${different.join(', ')}; have their providers correct them first`, {
      datasets: different,
    });
  }
}

/** A child and its parent, a company and its shareholder: no subject is either to itself. */
async function relatesTheTwo(
  db: Transaction<unknown>,
  { dataset, keys }: Target,
  { from, into }: Merge,
): Promise<boolean> {
  const pairs = keys.flatMap((one) =>
    keys.filter((other) => other !== one).map((other) => [sql.ref(one.idColumn), sql.ref(other.idColumn)] as const),
  );
  if (pairs.length === 0) return false;
  const related = sql.join(
    pairs.map(([one, other]) => sql`(${one} = ${from}::bigint and ${other} = ${into}::bigint)`),
    sql` or `,
  );
  return (await sql`select from ${tableOf(dataset)} where ${related} limit 1`.execute(db)).rows.length > 0;
}

/**
 * Pairs of rows that would stand under one key, as from and where: `lost`, of the merged subject, and `kept`, there already. One for each
 * key that the merge changes and each of its parts, so that an index finds either side.
 */
function doublesOf(target: Target, merge: Merge): RawBuilder<unknown>[] {
  const { dataset, keys } = target;
  const isMoved = (field: UniqueField): field is SubjectField => field.kind === 'subject' && keys.includes(field);
  return uniqueKeysOf(target).flatMap((fields) =>
    fields.filter(isMoved).map((moved) => {
      const others = fields
        .filter((field) => field !== moved)
        .map((field) => sql` and ${lostValue(target, field, merge)} = ${kept(columnOf(field))}`);
      return sql`${tableOf(dataset)} as lost join ${tableOf(dataset)} as kept
        on ${lost(moved.idColumn)} = ${merge.from}::bigint and ${kept(moved.idColumn)} = ${merge.into}::bigint ${sql.join(others, sql``)} where true`;
    }),
  );
}

type UniqueField = ColumnField | SubjectField;

/** Sets of fields under which a row stands once. */
function uniqueKeysOf({ dataset, keys }: Target): UniqueField[][] {
  const key = dataset.key
    .map((name) => dataset.fields.get(name))
    .filter((field): field is UniqueField => field?.kind === 'column' || field?.kind === 'subject');
  return [
    key,
    ...keys.filter((field) => field.unique && !(key.length === 1 && key[0] === field)).map((field) => [field]),
  ];
}

/** In all but when they were collected, and what follows from the subject. */
function saysTheSame(target: Target, merge: Merge): RawBuilder<unknown> {
  const compared = [...target.dataset.fields.values()].filter(
    (field): field is UniqueField =>
      field.kind === 'subject' || (field.kind === 'column' && !field.control && field.name !== 'collectedAt'),
  );
  return sql.join(
    compared.map((field) => sql`${lostValue(target, field, merge)} is not distinct from ${kept(columnOf(field))}`),
    sql` and `,
  );
}

/** What the lost row would hold after the merge. */
function lostValue({ keys }: Target, field: UniqueField, { from, into }: Merge): RawBuilder<unknown> {
  const value = lost(columnOf(field));
  return field.kind === 'subject' && keys.includes(field)
    ? sql`case when ${value} = ${from}::bigint then ${into}::bigint else ${value} end`
    : value;
}

/** They say the same, or are computed (`refuseContradictions`), so nothing is lost. */
async function dropDoubles(db: Transaction<unknown>, target: Target, merge: Merge): Promise<number> {
  let dropped = 0;
  for (const doubles of doublesOf(target, merge)) {
    const result =
      await sql`delete from ${tableOf(target.dataset)} where id in (select ${lost('id')} from ${doubles})`.execute(db);
    dropped += Number(result.numAffectedRows ?? 0n);
  }
  return dropped;
}

/** Division and protection follow, with every other copy of the survivor's. */
async function moveRows(db: Transaction<unknown>, { dataset, keys }: Target, { from, into }: Merge): Promise<number> {
  let moved = 0;
  for (const { idColumn } of keys) {
    const column = sql.id(idColumn);
    const result =
      await sql`update ${tableOf(dataset)} set ${column} = ${into}::bigint where ${column} = ${from}::bigint`.execute(
        db,
      );
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

function columnOf(field: UniqueField): string {
  return field.kind === 'subject' ? field.idColumn : field.column;
}

function refusal(expected: string, details: Readonly<Record<string, unknown>> = {}): CitygraphError {
  return new CitygraphError('BAD_USER_INPUT', `a merge: expected ${expected}`, details);
}
