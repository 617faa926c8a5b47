/** Everywhere that a subject's division and protection are copied: the index, its identifiers, and each library table beside a subject id. */
import { type RawBuilder, sql } from 'kysely';
import type { Dataset } from '../model/declaration.js';

export interface ScopeColumns {
  readonly schema: string;
  readonly table: string;
  readonly id: string;
  readonly division: string;
  readonly protectedUntil: string;
}

export const indexScopeColumns: readonly ScopeColumns[] = [
  { schema: 'citygraph', table: 'subject', id: 'id', division: 'division', protectedUntil: 'protected_until' },
  {
    schema: 'citygraph',
    table: 'subject_identifier',
    id: 'subject_id',
    division: 'subject_division',
    protectedUntil: 'subject_protected_until',
  },
];

export function* scopeColumnsOf(datasets: Iterable<Dataset>): Generator<ScopeColumns> {
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

export function isIn(tables: ReadonlySet<string>, { schema, table }: ScopeColumns): boolean {
  return tables.has(`${schema}.${table}`);
}

/** The columns of a row, under an alias. */
export function referTo(
  columns: ScopeColumns,
  alias: string,
): Record<'id' | 'division' | 'protectedUntil', RawBuilder<unknown>> {
  return {
    id: sql.ref(`${alias}.${columns.id}`),
    division: sql.ref(`${alias}.${columns.division}`),
    protectedUntil: sql.ref(`${alias}.${columns.protectedUntil}`),
  };
}
