/** A subject's division and protection, written wherever they are copied: the subject itself, its identifiers, and each library table. */
import { sql, type Transaction } from 'kysely';
import type { Dataset } from '../model/declaration.js';
import type { SubjectScope } from './subject-scope.js';

interface ScopeColumns {
  readonly schema: string;
  readonly table: string;
  readonly id: string;
  readonly division: string;
  readonly protectedUntil: string;
}

const index: readonly ScopeColumns[] = [
  { schema: 'citygraph', table: 'subject', id: 'id', division: 'division', protectedUntil: 'protected_until' },
  {
    schema: 'citygraph',
    table: 'subject_identifier',
    id: 'subject_id',
    division: 'subject_division',
    protectedUntil: 'subject_protected_until',
  },
];

/**
 * INVARIANT: a row scope is decided from these copies alone, so all of them change in one transaction with the subject.
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
  const given = JSON.stringify(scopes);
  for (const columns of [...index, ...scopeColumnsOf(datasets)]) await writeScopes(db, columns, given);
}

function* scopeColumnsOf(datasets: Iterable<Dataset>): Generator<ScopeColumns> {
  for (const { schema, table, fields } of datasets) {
    for (const field of fields.values()) {
      if (field.kind !== 'subject') continue;
      yield {
        schema,
        table,
        id: field.idColumn,
        division: field.divisionColumn,
        protectedUntil: field.protectedColumn,
      };
    }
  }
}

async function writeScopes(db: Transaction<unknown>, columns: ScopeColumns, given: string): Promise<void> {
  const [id, division, protectedUntil] = [columns.id, columns.division, columns.protectedUntil].map((name) =>
    sql.ref(`kept.${name}`),
  );
  await sql`
    update ${sql.id(columns.schema, columns.table)} as kept
       set ${sql.id(columns.division)} = given.division, ${sql.id(columns.protectedUntil)} = given."protectedUntil"
      from json_to_recordset(${given}::json) as given (id bigint, division text, "protectedUntil" date)
     where ${id} = given.id and (${division}, ${protectedUntil}) is distinct from (given.division, given."protectedUntil")`.execute(
    db,
  );
}
