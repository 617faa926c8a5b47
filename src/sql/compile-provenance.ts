/** Provenance of a portrait: a line for each section of the plan, with the last collection among the subject's rows that are in scope. */
import { sql } from 'kysely';
import type { ProvenancePlan } from '../planning/plan.js';
import { compileColumn } from './compile-column.js';
import { compileCut } from './compile-cut.js';
import { type Fragment, jsonObject, type SqlScope } from './fragments.js';
import { rowPredicates } from './scope-predicates.js';

/** What it releases is told by the portrait: there may be no line. */
export function compileProvenance(scope: SqlScope, plan: ProvenancePlan, subject: Fragment): Fragment {
  if (plan.sections.length === 0) return sql`'[]'::json`;
  const lines = plan.sections.map((section) =>
    jsonObject(
      plan.outputs.map((output) => ({ key: output.key, value: compileOutput(scope, output, section, subject) })),
    ),
  );
  return sql`json_build_array(${sql.join(lines)})`;
}

function compileOutput(
  scope: SqlScope,
  output: ProvenancePlan['outputs'][number],
  section: ProvenancePlan['sections'][number],
  subject: Fragment,
): Fragment {
  switch (output.kind) {
    case 'null':
      return sql`null::text`;
    case 'typename':
      return sql.lit(output.value);
    case 'section':
      return sql.lit(section.name);
    case 'provider':
    case 'providerName':
    case 'resource':
      return sql.lit(section[output.kind]);
    case 'collectedAt':
      return section.slot === undefined
        ? compileCollectedAt(scope, section, subject)
        : compileCut(section.slot, subject, false);
  }
}

/** When rows about the subject were collected last, of those in scope. */
export function compileCollectedAt(
  scope: SqlScope,
  { table: { schema, table, ...control }, column }: Pick<ProvenancePlan['sections'][number], 'table' | 'column'>,
  subject: Fragment,
): Fragment {
  const row = scope.alias('r');
  return sql`(select ${compileColumn(sql`max(${sql.ref(`${row}.collected_at`)})`, 'moment')} from ${sql.table(`${schema}.${table}`)} as ${sql.id(row)}
        where ${sql.ref(`${row}.${column}`)} = ${subject} ${rowPredicates(scope, row, { schema, table, ...control })})`;
}
