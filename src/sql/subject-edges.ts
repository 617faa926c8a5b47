/** Rows of a table as edges between subjects: from one end to the other, with the scope of the row, of both ends, and of its time. */
import { sql } from 'kysely';
import type { EdgesPlan, SubjectColumns } from '../planning/plan.js';
import { type Fragment, type SqlScope } from './fragments.js';
import { primaryPredicates, rowPredicates } from './scope-predicates.js';

export function edgeTable({ table }: EdgesPlan, alias: string): Fragment {
  return sql`${sql.table(`${table.schema}.${table.table}`)} as ${sql.id(alias)}`;
}

/**
 * INVARIANT: a row that is out of scope is no edge, and one that leads to a subject out of scope leads nowhere.
 * @param reached the end that the edge leads to
 */
export function edgePredicates(scope: SqlScope, edges: EdgesPlan, alias: string, reached: SubjectColumns): Fragment {
  const { until } = edges;
  const lasts =
    until === null
      ? sql``
      : sql` and (${sql.ref(`${alias}.${until}`)} is null or ${sql.ref(`${alias}.${until}`)} > current_date)`;
  return sql`${sql.ref(`${alias}.${reached.id}`)} is not null${lasts}
    ${rowPredicates(scope, alias, edges.table)} ${primaryPredicates(scope, alias, reached)}`;
}
