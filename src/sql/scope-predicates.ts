/**
 * Row scope: division, protection and publication, as predicates on the control columns of whatever table leads to a subject. They are set by
 * the plan's fixed policy alone, never by the request.
 */
import { sql } from 'kysely';
import type { SubjectColumns, TableRef } from '../planning/plan.js';
import { type Fragment, type SqlScope, sourceParameter } from './fragments.js';

/** INVARIANT: every path to a row goes through here; `test/abuse/` and the reference executor hold it to that. */
export function rowPredicates(scope: SqlScope, alias: string, table: TableRef): Fragment {
  const parts: Fragment[] = [];
  if (table.division) parts.push(...divisionPredicates(scope, alias, table.division));
  // What has no division goes to city-wide grants alone.
  else if (scope.settings.rowScope.byDivision) parts.push(sql`false`);
  for (const subject of table.subjects) parts.push(...protectionPredicates(scope, alias, subject.protectedUntil));
  if (table.publishedUntil) {
    const column = sql.ref(`${alias}.${table.publishedUntil}`);
    parts.push(sql`(${column} is null or ${column} >= current_date)`);
  }
  return joinPredicates(parts);
}

/** Through a row's key to the subject itself: its own division, whatever the row's place. */
export function primaryPredicates(scope: SqlScope, alias: string, subject: SubjectColumns): Fragment {
  return joinPredicates([
    ...divisionPredicates(scope, alias, subject.division),
    ...protectionPredicates(scope, alias, subject.protectedUntil),
  ]);
}

/** The subject index, or its identifiers, where columns are prefixed. */
export function subjectIndexPredicates(scope: SqlScope, alias: string, prefix: '' | 'subject_'): Fragment {
  return joinPredicates([
    ...divisionPredicates(scope, alias, `${prefix}division`),
    ...protectionPredicates(scope, alias, `${prefix}protected_until`),
  ]);
}

function divisionPredicates(scope: SqlScope, alias: string, column: string): Fragment[] {
  if (!scope.settings.rowScope.byDivision) return [];
  const divisions = sourceParameter({ from: 'divisions' }, { as: 'value' }, 'text[]', 'divisions of the grants');
  return [sql`${sql.ref(`${alias}.${column}`)} = any(${divisions})`];
}

function protectionPredicates(scope: SqlScope, alias: string, column: string): Fragment[] {
  return scope.settings.rowScope.hideProtected ? [sql`${sql.ref(`${alias}.${column}`)} <= current_date`] : [];
}

function joinPredicates(parts: readonly Fragment[]): Fragment {
  return parts.length === 0 ? sql`` : sql` and ${sql.join(parts, sql` and `)}`;
}
