/** Where the columns of a mapping land in the table of a dataset, and one mapped row as it goes there. */
import { CitygraphError } from '../errors.js';
import { divisions } from '../model/code-lists/divisions.js';
import type { ColumnField, Dataset } from '../model/declaration.js';
import type { IdentifierKind } from '../model/identifier-kind.js';
import { neverProtected, protectionOfBirthDate } from '../subjects/subject-scope.js';
import type { NamedSubject } from '../subjects/resolve-subjects.js';
import { fitterOf, type ValueFitter } from './fit-value.js';
import type { MappedRow, RejectedRow, RejectReason } from './map-record.js';
import type { Mapping } from './mapping.js';
import { isHomeOfSubjects, isSupplied, type SubjectSource, subjectSourcesOf } from './mapping-target.js';
import { readIdentifier } from './read-identifier.js';
import { type Reason, type ReasonCode, reasons } from './reasons.js';
import type { Value } from './transforms/transform.js';

interface TargetedColumn {
  readonly name: string;
  readonly field: ColumnField;
  readonly fit: ValueFitter;
  /** What the table holds already stays. */
  readonly keeps: boolean;
}

export interface TableTarget {
  readonly dataset: Dataset;
  readonly subjects: readonly SubjectSource[];
  readonly columns: readonly TargetedColumn[];
  /** Whether rows set the division of the subject they register. */
  readonly setsDivision: boolean;
  /** Of the table, as its unique constraint has them. */
  readonly keyColumns: readonly string[];
}

/** A row whose values fit. Its subjects are in the order of the target's; null where there is none. */
export interface PreparedRow {
  readonly line: number;
  readonly values: Readonly<Record<string, Value | null>>;
  readonly subjects: readonly (NamedSubject | null)[];
  readonly division: string | null;
}

type MappingParts = Pick<Mapping, 'file' | 'key' | 'columns'>;

/** @throws CitygraphError MAPPING_INVALID when rows could not be found again by the dataset's own key. */
export function targetTable(dataset: Dataset, mapping: MappingParts): TableTarget {
  const mapped = new Set(mapping.columns.map(({ column }) => column));
  const subjects = subjectSourcesOf(dataset).filter(({ column }) => mapped.has(column));
  const twice = subjects.find((it, at) => subjects.findIndex(({ subject }) => subject === it.subject) !== at);
  if (twice)
    refuse(mapping, `columns: expected one identifier of the ${twice.subject.name}, got ${twice.column} as well`);
  requireKey(dataset, subjects, mapping);
  const columns = [...dataset.fields.values()].filter(
    (field) => field.kind === 'column' && isSupplied(dataset, field) && mapped.has(field.name),
  ) as ColumnField[];
  const kept = new Set(mapping.columns.filter(({ existing }) => existing === 'keep').map(({ column }) => column));
  const fixed = [...kept].find((column) => !columns.some(({ name }) => name === column));
  if (fixed !== undefined)
    refuse(mapping, `columns.${fixed}.existing: expected replace, for ${fixed} is no plain column`);
  return {
    dataset,
    subjects,
    columns: columns.map((field) => ({
      name: field.name,
      field,
      fit: fitterOf(field.type),
      keeps: kept.has(field.name),
    })),
    setsDivision: isHomeOfSubjects(dataset) && mapped.has('division'),
    keyColumns: dataset.key.map((name) => keyColumnOf(dataset, name)),
  };
}

/** What names a row for the mapping must be what names it in the table, or a second load would not find it. */
function requireKey(dataset: Dataset, subjects: readonly SubjectSource[], mapping: MappingParts): void {
  const expected = dataset.key.map((name) => subjects.find(({ subject }) => subject.name === name)?.column ?? name);
  const agree = expected.length === mapping.key.length && expected.every((column) => mapping.key.includes(column));
  if (!agree)
    refuse(
      mapping,
      `key: expected ${expected.join(', ')}, by which ${dataset.name} knows its rows, got ${mapping.key.join(', ')}`,
    );
}

function refuse({ file }: MappingParts, message: string): never {
  throw new CitygraphError('MAPPING_INVALID', `${file}: ${message}`, { file });
}

function keyColumnOf(dataset: Dataset, name: string): string {
  const field = dataset.fields.get(name);
  if (field?.kind === 'subject') return field.idColumn;
  if (field?.kind === 'column') return field.column;
  throw new CitygraphError(
    'DECLARATION_INVALID',
    `${dataset.name}: expected its key to name columns and subject keys, got ${name}`,
  );
}

export interface Preparation {
  readonly digest: (kind: IdentifierKind, value: string) => Buffer;
  /** ISO 8601 day in the city. */
  readonly today: string;
}

export function prepareRow(target: TableTarget, row: MappedRow, preparation: Preparation): PreparedRow | RejectedRow {
  const faults: RejectReason[] = [];
  const fault = (column: string, reason: ReasonCode | Reason): null => {
    const { code, zh, en } = typeof reason === 'string' ? reasons[reason] : reason;
    faults.push({ column, reason: code, zh, en });
    return null;
  };
  const valueOf = (column: string): Value | null => row.values[column] ?? null;

  const values: Record<string, Value | null> = {};
  for (const { name, field, fit } of target.columns) {
    const value = valueOf(name);
    const fitted = value === null ? null : fit(value);
    if (fitted === null && field.required) fault(name, 'required-missing');
    values[field.column] = fitted === null ? null : fitted.ok ? fitted.value : fault(name, fitted.reason);
  }
  const division = target.setsDivision ? valueOf('division') : null;
  if (division !== null && !divisions.find(String(division))) fault('division', 'not-in-code-list');

  const subjects = target.subjects.map(({ column, subject, identifier }): NamedSubject | null => {
    const value = valueOf(column);
    if (value === null) return subject.required ? fault(column, 'required-missing') : null;
    const read = readIdentifier(identifier, value);
    if (!read.ok) return fault(column, read.reason);
    return {
      kind: identifier,
      value: read.value,
      digest: preparation.digest(identifier, read.value).toString('hex'),
      division: subject.primary && division !== null ? String(division) : null,
      protectedUntil:
        read.birthDate === null ? neverProtected : protectionOfBirthDate(read.birthDate, preparation.today),
    };
  });
  if (faults.length > 0) return { line: row.line, reasons: faults };
  return { line: row.line, values, subjects, division: division === null ? null : String(division) };
}
