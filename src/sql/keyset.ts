/** Keyset paging: order terms and what follows a cursor. Ascending puts nulls last and descending first, so that one index serves both. */
import { sql } from 'kysely';
import type { OrderTerm, Parameter } from '../planning/plan.js';
import { type Fragment, parameter } from './fragments.js';

/** Ties are broken by the row id, in the direction of the first term. */
export function orderBy(order: readonly OrderTerm[], row: string): Fragment {
  const columns = [...order.map((term) => term.column.column), 'id'].map((column, at) => {
    const { descending } = order[at] ?? order[0] ?? { descending: false };
    return sql`${sql.ref(`${row}.${column}`)}${descending ? sql` desc` : sql``}`;
  });
  return sql`order by ${sql.join(columns)}`;
}

/** @param after the cursor's values, in the order of the terms, and the row id */
export function followsCursor(order: readonly OrderTerm[], after: readonly Parameter[], row: string): Fragment {
  const descendingId = order[0]?.descending ?? false;
  const idParameter = after[order.length]!;
  const id = sql`${sql.ref(`${row}.id`)} ${descendingId ? sql`<` : sql`>`} ${parameter(idParameter)}`;
  // One comparison of rows, which an index can begin at, where no null can stand in the way and all terms go one way.
  if (order.length > 0 && order.every((term) => !term.column.nullable && term.descending === descendingId)) {
    const columns = [...order.map((term) => sql.ref(`${row}.${term.column.column}`)), sql.ref(`${row}.id`)];
    return sql`(${sql.join(columns)}) ${descendingId ? sql`<` : sql`>`} (${sql.join(after.map(parameter))})`;
  }
  return order.reduceRight<Fragment>((rest, term, index) => {
    const column = sql.ref(`${row}.${term.column.column}`);
    const value = parameter(after[index]!);
    const beyond = term.descending
      ? sql`(${column} < ${value} or (${value} is null and ${column} is not null))`
      : sql`(${column} > ${value} or (${value} is not null and ${column} is null))`;
    return sql`(${beyond} or (${column} is not distinct from ${value} and ${rest}))`;
  }, id);
}
