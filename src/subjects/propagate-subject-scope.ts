/** A subject's division and protection, written wherever they are copied: the subject itself, its identifiers, and each library table. */
import { sql, type Transaction } from 'kysely';
import type { Dataset } from '../model/declaration.js';
import { findForeignTables } from './foreign-tables.js';
import { indexScopeColumns, isIn, referTo, type ScopeColumns, scopeColumnsOf } from './scope-columns.js';
import type { SubjectScope } from './subject-scope.js';

/**
 * INVARIANT: a row scope is decided from these copies alone, so all of them change in one transaction with the subject. Copies in other
 * databases are committed a moment before it, and may be left behind by a commit that fails here: so they are only narrowed, to what both
 * the old scope and the new one allow, and take the new one in full once it holds (`settle-scopes.ts`).
 *
 * @param db has locked the subjects (`resolveSubjects` for `change`)
 * @param datasets every one of the registry
 */
export async function propagateSubjectScope(
  db: Transaction<unknown>,
  datasets: Iterable<Dataset>,
  scopes: readonly SubjectScope[],
): Promise<void> {
  if (scopes.length === 0) return;
  const foreign = await findForeignTables(db);
  const all = [...indexScopeColumns, ...scopeColumnsOf(datasets)];
  for (const columns of all) await (isIn(foreign, columns) ? narrowScopes : writeScopes)(db, columns, scopes);
  // Heard once it is committed: replicas that do not have it yet are read from no more (`database/replicas.ts`).
  await sql`select pg_notify('citygraph_scope', '')`.execute(db);
  if (foreign.size === 0) return;
  await sql`
    insert into citygraph.scope_to_copy (subject_id)
    select unnest(${scopes.map(({ id }) => id)}::bigint[]) on conflict do nothing`.execute(db);
}

export async function writeScopes(
  db: Transaction<unknown>,
  columns: ScopeColumns,
  scopes: readonly SubjectScope[],
): Promise<void> {
  const { id, division, protectedUntil } = referTo(columns, 'kept');
  await sql`
    update ${sql.id(columns.schema, columns.table)} as kept
       set ${sql.id(columns.division)} = given.division, ${sql.id(columns.protectedUntil)} = given."protectedUntil"
      from json_to_recordset(${JSON.stringify(scopes)}::json) as given (id bigint, division text, "protectedUntil" date)
     where ${id} = given.id and ${id} = any(${scopes.map((scope) => scope.id)}::bigint[])
       and (${division}, ${protectedUntil}) is distinct from (given.division, given."protectedUntil")`.execute(db);
}

/** What has no division goes to city-wide grants alone; of two protections the longer one. */
async function narrowScopes(
  db: Transaction<unknown>,
  columns: ScopeColumns,
  scopes: readonly SubjectScope[],
): Promise<void> {
  const { id, division, protectedUntil } = referTo(columns, 'kept');
  await sql`
    update ${sql.id(columns.schema, columns.table)} as kept
       set ${sql.id(columns.division)} = case when ${division} = given.division then ${division} end,
           ${sql.id(columns.protectedUntil)} = greatest(${protectedUntil}, given."protectedUntil")
      from json_to_recordset(${JSON.stringify(scopes)}::json) as given (id bigint, division text, "protectedUntil" date)
     where ${id} = given.id and ${id} = any(${scopes.map((scope) => scope.id)}::bigint[])
       and (${division}, ${protectedUntil}) is distinct from (given.division, given."protectedUntil")`.execute(db);
}
