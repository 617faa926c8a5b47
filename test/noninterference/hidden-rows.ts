/** Which rows are there for whom, as SQL over a dataset's row: written from the rules (`domain.md`, 6 and 7), not from the service's predicates. */
import type { ColumnField, Dataset, SubjectField } from '../../src/model/declaration.js';
import type { RowScope } from '../../src/policy/access.js';

export function subjectsOf(dataset: Dataset): SubjectField[] {
  return [...dataset.fields.values()].filter((field): field is SubjectField => field.kind === 'subject');
}

export function columnsOf(dataset: Dataset): ColumnField[] {
  return [...dataset.fields.values()].filter((field): field is ColumnField => field.kind === 'column');
}

/** Columns by which rows are in or out of scope, or that say where a row came from: these do not change. */
export function isHeld(dataset: Dataset, field: ColumnField): boolean {
  return field.control || field.provenance || field.column === dataset.publishedUntilColumn;
}

/** Why a row of a dataset that may be known can be out of sight; a condition each. */
export function reasonsToHide(dataset: Dataset, scope: RowScope): string[] {
  const reasons: string[] = [];
  if (scope.divisions) reasons.push(dataset.divisionColumn ? outside(`"${dataset.divisionColumn}"`, scope) : 'true');
  if (!scope.includesProtected)
    reasons.push(...subjectsOf(dataset).map(({ protectedColumn }) => `"${protectedColumn}" > current_date`));
  if (dataset.publishedUntilColumn) reasons.push(`"${dataset.publishedUntilColumn}" < current_date`);
  return reasons;
}

/** Of the subject index, or with the prefix of its identifiers. */
export function hiddenSubject(scope: RowScope, prefix: '' | 'subject_'): string {
  const reasons = [
    ...(scope.divisions ? [outside(`"${prefix}division"`, scope)] : []),
    ...(scope.includesProtected ? [] : [`"${prefix}protected_until" > current_date`]),
  ];
  return anyOf(reasons);
}

export function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.map((it) => `coalesce(${it}, false)`).join(' or ')})`;
}

function outside(column: string, { divisions }: RowScope): string {
  const inside = divisions!.map((division) => `'${division}'`).join(', ');
  return `(${column} is null or ${inside === '' ? 'true' : `${column} not in (${inside})`})`;
}
