/**
 * Writes a batch into the table of its dataset: resolves the subjects that the rows name, inserts what is new, updates what differs, and
 * leaves alone what is as it was. One transaction a batch, a handful of statements whatever its size.
 *
 * Columns that the mapping does not fill keep what they hold. A row that only the database refuses is found by halving and costs itself
 * alone. It must not know where rows come from, nor whose command it is.
 */
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { Dataset } from '../model/declaration.js';
import type { IdentifierKind } from '../model/identifier-kind.js';
import { findForeignTables } from '../subjects/foreign-tables.js';
import { propagateSubjectScope } from '../subjects/propagate-subject-scope.js';
import { type NamedSubject, resolveSubjects } from '../subjects/resolve-subjects.js';
import { neverProtected, type SubjectScope } from '../subjects/subject-scope.js';
import type { BatchResult, DatasetWriter } from './dataset-writer.js';
import type { MappedRow, RejectedRow } from './map-record.js';
import type { Mapping } from './mapping.js';
import { reasons } from './reasons.js';
import { type PreparedRow, prepareRow, type TableTarget, targetTable } from './table-target.js';
import type { Value } from './transforms/transform.js';
import { upsertForeignRows } from './upsert-foreign.js';

export interface DatabaseWriterOptions {
  /** Of a user that may write; `em.getKysely()`. */
  readonly db: Kysely<unknown>;
  readonly dataset: Dataset;
  /** Every one of the registry: a division that changes is copied into all of them. */
  readonly datasets: Iterable<Dataset>;
  readonly mapping: Pick<Mapping, 'file' | 'key' | 'columns'>;
  /** By which the subject index finds an identifier. */
  readonly digest: (kind: IdentifierKind, value: string) => Buffer;
}

/** @throws CitygraphError MAPPING_INVALID when the mapping does not name the dataset's rows. */
export function createDatabaseWriter(options: DatabaseWriterOptions): DatasetWriter {
  return new DatabaseWriter(options, targetTable(options.dataset, options.mapping));
}

interface Counts {
  inserted: number;
  updated: number;
  unchanged: number;
}

const mostAttempts = 5;
const timeZone = 'Asia/Shanghai';

class DatabaseWriter implements DatasetWriter {
  constructor(
    private readonly options: DatabaseWriterOptions,
    private readonly target: TableTarget,
  ) {}

  async writeBatch(rows: readonly MappedRow[]): Promise<BatchResult> {
    const preparation = { digest: this.options.digest, today: new Date().toLocaleDateString('sv-SE', { timeZone }) };
    const prepared: PreparedRow[] = [];
    const rejected: RejectedRow[] = [];
    for (const row of rows) {
      const result = prepareRow(this.target, row, preparation);
      if ('reasons' in result) rejected.push(result);
      else prepared.push(result);
    }
    const written = await this.writeWhole(prepared);
    return { ...written, rejected: [...rejected, ...written.rejected].sort((a, b) => a.line - b.line) };
  }

  /** Two loaders may wait for each other's rows; the one that the database gives up begins again. */
  private async writeWhole(rows: readonly PreparedRow[]): Promise<BatchResult> {
    let one = false;
    for (let attempt = 1; ; attempt++) {
      try {
        // INVARIANT: read committed. Each statement must see the subjects and scopes that others committed while it waited for their locks.
        const transaction = this.options.db.transaction().setIsolationLevel('read committed');
        return await transaction.execute((db) => (one ? this.writeByHalves(db, rows) : this.writeRows(db, rows)));
      } catch (error) {
        const again = (isDataError(error) && !one) || (isConflict(error) && attempt < mostAttempts);
        if (!again) throw error;
        one ||= isDataError(error);
      }
    }
  }

  /** Inside the batch's transaction, so that it stays whole. */
  private async writeByHalves(db: Transaction<unknown>, rows: readonly PreparedRow[]): Promise<BatchResult> {
    await sql`savepoint part`.execute(db);
    try {
      const written = await this.writeRows(db, rows);
      await sql`release savepoint part`.execute(db);
      return written;
    } catch (error) {
      if (!isDataError(error)) throw error;
      await sql`rollback to savepoint part`.execute(db);
      const [row, ...more] = rows;
      if (row && more.length === 0) return { inserted: 0, updated: 0, unchanged: 0, rejected: [refusedRow(row)] };
    }
    const half = Math.ceil(rows.length / 2);
    const first = await this.writeByHalves(db, rows.slice(0, half));
    return addResults(first, await this.writeByHalves(db, rows.slice(half)));
  }

  private async writeRows(db: Transaction<unknown>, rows: readonly PreparedRow[]): Promise<BatchResult> {
    const counts: Counts = { inserted: 0, updated: 0, unchanged: 0 };
    if (rows.length > 0) {
      const named = rows.flatMap(({ subjects }) => subjects).filter((it) => it !== null);
      const scopes = new Map(await resolveSubjects(db, named, this.target.setsDivision ? 'change' : 'copy'));
      for (const round of this.roundsOf(rows, scopes)) await this.writeRound(db, round, scopes, counts);
    }
    return { ...counts, rejected: [] };
  }

  /** Two identifiers of one subject may name the same row twice: the later line is written behind the earlier. */
  private roundsOf(rows: readonly PreparedRow[], scopes: ReadonlyMap<string, SubjectScope>): PreparedRow[][] {
    const seen = new Map<string, number>();
    const rounds: PreparedRow[][] = [];
    for (const row of rows) {
      const written = this.tableRowOf(row, scopes);
      const key = JSON.stringify(this.target.keyColumns.map((column) => written[column]));
      const round = seen.get(key) ?? 0;
      seen.set(key, round + 1);
      (rounds[round] ??= []).push(row);
    }
    return rounds;
  }

  private async writeRound(
    db: Transaction<unknown>,
    rows: readonly PreparedRow[],
    scopes: Map<string, SubjectScope>,
    counts: Counts,
  ): Promise<void> {
    const changed = this.target.setsDivision ? this.takeDivisions(rows, scopes) : [];
    const written = await this.upsert(
      db,
      rows.map((row) => this.tableRowOf(row, scopes)),
      changed,
    );
    await propagateSubjectScope(db, this.options.datasets, changed);
    const inserted = written.filter((row) => row.inserted).length;
    counts.inserted += inserted;
    counts.updated += written.length - inserted;
    counts.unchanged += rows.length - written.length;
  }

  private async upsert(
    db: Transaction<unknown>,
    rows: readonly Record<string, Value | null>[],
    changed: readonly SubjectScope[],
  ): Promise<{ inserted: boolean }[]> {
    const { dataset, keyColumns, columns, subjects } = this.target;
    const foreign = await findForeignTables(db);
    if (!foreign.has(`${dataset.schema}.${dataset.table}`)) return upsertRows(db, this.target, rows);
    // INVARIANT: it is committed there before it is here, so a division that changes is shown there only once it holds (`propagateSubjectScope`).
    const ids = new Set(changed.map(({ id }) => id));
    const narrowed = rows.map((row) =>
      subjects.reduce<Record<string, Value | null>>(
        (kept, { subject }) =>
          ids.has(String(kept[subject.idColumn])) ? { ...kept, [subject.divisionColumn]: null } : kept,
        row,
      ),
    );
    const keeps = new Set(columns.filter((it) => it.keeps).map(({ field }) => field.column));
    return upsertForeignRows(db, { dataset, keyColumns, typed: typedColumnsOf(this.target), keeps, rows: narrowed });
  }

  /** The scopes that the rows change, also in `scopes`, so that the rows themselves carry them. */
  private takeDivisions(rows: readonly PreparedRow[], scopes: Map<string, SubjectScope>): SubjectScope[] {
    const changed = new Map<string, SubjectScope>();
    for (const row of rows) {
      const subject = row.subjects[this.target.subjects.findIndex((it) => it.subject.primary)];
      const scope = subject && scopes.get(subject.digest);
      if (scope && scope.division !== row.division) changed.set(scope.id, { ...scope, division: row.division });
    }
    for (const [digest, { id }] of scopes) scopes.set(digest, changed.get(id) ?? (scopes.get(digest) as SubjectScope));
    return [...changed.values()];
  }

  private tableRowOf(row: PreparedRow, scopes: ReadonlyMap<string, SubjectScope>): Record<string, Value | null> {
    const written = { ...row.values };
    for (const [at, { subject }] of this.target.subjects.entries()) {
      const scope = scopeOf(row.subjects[at] ?? null, scopes);
      written[subject.idColumn] = scope?.id ?? null;
      written[subject.divisionColumn] = scope?.division ?? null;
      written[subject.protectedColumn] = scope?.protectedUntil ?? neverProtected;
    }
    return written;
  }
}

function scopeOf(named: NamedSubject | null, scopes: ReadonlyMap<string, SubjectScope>): SubjectScope | null {
  if (named === null) return null;
  const scope = scopes.get(named.digest);
  if (!scope) throw new Error('a subject was not resolved');
  return scope;
}

/** The rows that were inserted or differed. Names and types come from the declaration, values are one parameter. */
async function upsertRows(
  db: Transaction<unknown>,
  target: TableTarget,
  rows: readonly Record<string, Value | null>[],
): Promise<{ inserted: boolean }[]> {
  const { dataset, keyColumns } = target;
  const typed = typedColumnsOf(target);
  const filled = typed.map(([column]) => column);
  const compared = [...filled, 'provider', 'resource'];
  const keeps = new Set(target.columns.filter((it) => it.keeps).map(({ field }) => field.column));
  const next = (column: string): RawBuilder<unknown> =>
    keeps.has(column)
      ? sql`coalesce(${sql.ref(`kept.${column}`)}, ${sql.ref(`excluded.${column}`)})`
      : sql.ref(`excluded.${column}`);
  const names = (columns: readonly string[], of?: string): RawBuilder<unknown> =>
    sql.join(columns.map((column) => (of === undefined ? sql.id(column) : sql.ref(`${of}.${column}`))));
  const { rows: written } = await sql<{ inserted: boolean }>`
    insert into ${sql.id(dataset.schema, dataset.table)} as kept (${names([...compared, 'collected_at'])})
    select ${names(filled, 'given')}, ${dataset.provider}, ${dataset.resource}, now()
      from json_to_recordset(${JSON.stringify(rows)}::json)
           as given (${sql.join(typed.map(([column, type]) => sql`${sql.id(column)} ${sql.raw(type)}`))})
     order by ${names(keyColumns, 'given')}
        on conflict (${names(keyColumns)}) do update
       set ${sql.join([...compared, 'collected_at'].map((column) => sql`${sql.id(column)} = ${next(column)}`))}
     where (${names(compared, 'kept')}) is distinct from (${sql.join(compared.map(next))})
    returning (xmax = 0) as inserted`.execute(db);
  return written;
}

function typedColumnsOf({ subjects, columns }: TableTarget): [column: string, type: string][] {
  return [
    ...subjects.flatMap(({ subject }): [string, string][] => [
      [subject.idColumn, 'bigint'],
      [subject.divisionColumn, 'text'],
      [subject.protectedColumn, 'date'],
    ]),
    ...columns.map(({ field }): [string, string] => [field.column, field.type.sql]),
  ];
}

function refusedRow({ line }: PreparedRow): RejectedRow {
  const { code, zh, en } = reasons['refused-by-database'];
  return { line, reasons: [{ column: null, reason: code, zh, en }] };
}

function addResults(a: BatchResult, b: BatchResult): BatchResult {
  return {
    inserted: a.inserted + b.inserted,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    rejected: [...a.rejected, ...b.rejected],
  };
}

/** SQLSTATE 22 data exception, 23 integrity constraint violation: said of a row. */
function isDataError(error: unknown): boolean {
  return /^2[23]...$/.test(sqlStateOf(error));
}

/** SQLSTATE 40: deadlock, or a serialization failure of a database that is set to be stricter. */
function isConflict(error: unknown): boolean {
  return /^40...$/.test(sqlStateOf(error));
}

function sqlStateOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
