/**
 * Copies of division and protection in other databases: brought to what holds here after a change, compared, and repaired.
 *
 * A copy is written while the subject is locked here, so that what it gets is what holds until it is committed there.
 */
import { type Kysely, sql } from 'kysely';
import type { Dataset } from '../model/declaration.js';
import { findForeignTables } from './foreign-tables.js';
import { writeScopes } from './propagate-subject-scope.js';
import { isIn, referTo, type ScopeColumns, scopeColumnsOf } from './scope-columns.js';
import type { SubjectScope } from './subject-scope.js';

const subjectsAtOnce = 500;
/** 'cityscop': in this database nobody else locks it. */
const turnLock = '7163384747285245808';

/**
 * Subjects are locked first, as whoever changes a scope locks them, so that nobody waits in a circle.
 * @returns how many subjects were settled, a batch at most
 */
export async function settleScopes(db: Kysely<unknown>, datasets: Iterable<Dataset>): Promise<number> {
  const transaction = db.transaction().setIsolationLevel('read committed');
  return transaction.execute(async (locked) => {
    // One at a time: in another database what two write at once is refused to the later one.
    await sql`select pg_advisory_xact_lock(${turnLock}::bigint)`.execute(locked);
    const { rows: due } = await sql<{ id: string }>`
      select subject_id::text as id from citygraph.scope_to_copy order by subject_id limit ${sql.lit(subjectsAtOnce)}`.execute(
      locked,
    );
    if (due.length === 0) return 0;
    const ids = due.map(({ id }) => id);
    const { rows: scopes } = await sql<SubjectScope>`
      select id::text, division, protected_until::text as "protectedUntil" from citygraph.subject
       where id = any(${ids}::bigint[]) order by id for share`.execute(locked);
    const foreign = await findForeignTables(locked);
    for (const columns of scopeColumnsOf(datasets))
      if (isIn(foreign, columns)) await writeScopes(locked, columns, scopes);
    await sql`delete from citygraph.scope_to_copy where subject_id = any(${ids}::bigint[])`.execute(locked);
    return ids.length;
  });
}

/** Of one table and one of its subjects. */
export interface ScopeDrift {
  readonly table: string;
  readonly subject: string;
  readonly rows: number;
  /** Rows whose copy allows less than the subject does now. */
  readonly narrower: number;
  /** Rows whose copy allows something that the subject does not. */
  readonly wider: number;
  /** Rows of subjects that there are not. */
  readonly orphans: number;
}

/** Compares every copy in another database with the subject index. */
export async function findScopeDrift(db: Kysely<unknown>, datasets: Iterable<Dataset>): Promise<readonly ScopeDrift[]> {
  const foreign = await findForeignTables(db);
  const found: ScopeDrift[] = [];
  for (const columns of scopeColumnsOf(datasets)) {
    if (!isIn(foreign, columns)) continue;
    const { id, division, protectedUntil } = referTo(columns, 'kept');
    const { rows } = await sql<Pick<ScopeDrift, 'rows' | 'narrower' | 'wider' | 'orphans'>>`
      with compared as (
        select subject.id is null as orphan,
               (${division}, ${protectedUntil}) is distinct from (subject.division, subject.protected_until) as differs,
               ${protectedUntil} < subject.protected_until
                 or (${division} is not null and ${division} is distinct from subject.division) as wider
          from ${sql.id(columns.schema, columns.table)} as kept
          left join citygraph.subject as subject on subject.id = ${id}
         where ${id} is not null)
      select count(*)::int as rows, (count(*) filter (where not orphan and differs and not wider))::int as narrower,
             (count(*) filter (where not orphan and wider))::int as wider, (count(*) filter (where orphan))::int as orphans
        from compared`.execute(db);
    found.push({ table: `${columns.schema}.${columns.table}`, subject: columns.id, ...rows[0]! });
  }
  return found;
}

/** Every copy that differs takes what holds. Rows of subjects that there are not stay: whose they are is for their provider to say. */
export async function repairScopeDrift(db: Kysely<unknown>, datasets: Iterable<Dataset>): Promise<number> {
  const all = [...datasets];
  const foreign = await findForeignTables(db);
  for (const columns of scopeColumnsOf(all)) if (isIn(foreign, columns)) await noteDrift(db, columns);
  let settled = 0;
  for (;;) {
    const more = await settleScopes(db, all);
    if (more === 0) return settled;
    settled += more;
  }
}

async function noteDrift(db: Kysely<unknown>, columns: ScopeColumns): Promise<void> {
  const { id, division, protectedUntil } = referTo(columns, 'kept');
  await sql`
    insert into citygraph.scope_to_copy (subject_id)
    select distinct subject.id from ${sql.id(columns.schema, columns.table)} as kept
      join citygraph.subject as subject on subject.id = ${id}
     where (${division}, ${protectedUntil}) is distinct from (subject.division, subject.protected_until)
        on conflict do nothing`.execute(db);
}
