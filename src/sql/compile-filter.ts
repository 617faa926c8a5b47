/** A filter's conditions as a predicate on the columns of one row. */
import { sql } from 'kysely';
import type { Condition } from '../planning/plan.js';
import { type Fragment, parameter } from './fragments.js';

const operators = { '=': sql`=`, '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` } as const;

export function compileFilter(condition: Condition, row: string): Fragment {
  switch (condition.kind) {
    case 'compare':
      return sql`${column(condition, row)} ${operators[condition.operator]} ${parameter(condition.parameter)}`;
    case 'any':
      return sql`${column(condition, row)} = any(${parameter(condition.parameter)})`;
    case 'contains':
      // The index over bigrams finds candidates, LIKE decides.
      return sql`(citygraph.bigrams(${column(condition, row)}) @> citygraph.bigrams(${parameter(condition.word)}) and ${column(condition, row)} like ${parameter(condition.pattern)})`;
    case 'prefix':
      return sql`(${column(condition, row)} >= ${parameter(condition.start)} and ${column(condition, row)} < ${parameter(condition.end)})`;
    case 'null':
      return condition.isNull ? sql`${column(condition, row)} is null` : sql`${column(condition, row)} is not null`;
    case 'not':
      // Two-valued: what is unknown does not satisfy the condition, and so does satisfy its negation.
      return sql`(${compileFilter(condition.part, row)}) is not true`;
    case 'and':
    case 'or': {
      const parts = condition.parts.map((part) => compileFilter(part, row));
      if (parts.length === 0) return condition.kind === 'and' ? sql`true` : sql`false`;
      return sql`(${sql.join(parts, condition.kind === 'and' ? sql` and ` : sql` or `)})`;
    }
  }
}

function column(condition: { readonly column: { readonly column: string } }, row: string): Fragment {
  return sql.ref(`${row}.${condition.column.column}`);
}
