/**
 * One record of a source to one row of a dataset, or the reasons why not: every faulty column is told, not the first alone.
 *
 * A row that is refused says of each column what was wrong. The value itself is shown, shortened, only where no sensitive column reads
 * the same field; anything that could be an identifier is never shown, whatever column it stands in.
 */
import type { ColumnMapping, Mapping, SourceMapping } from './mapping.js';
import type { SourceRecord } from './read-records.js';
import { type Reason, reasons } from './reasons.js';
import { trimBlanks } from './transforms/text.js';
import type { TransformContext, TransformResult, Value } from './transforms/transform.js';
import { refused, taken } from './transforms/transform.js';

export interface MappedRow {
  readonly line: number;
  /** Every mapped column, null where there is no value. */
  readonly values: Readonly<Record<string, Value | null>>;
}

export interface RejectReason {
  /** Null where the line as a whole is broken. */
  readonly column: string | null;
  readonly reason: string;
  readonly zh: string;
  readonly en: string;
  /** The value, shortened, where it may be shown. */
  readonly shown?: string;
}

export interface RejectedRow {
  readonly line: number;
  readonly reasons: readonly RejectReason[];
}

export type MappedRecord =
  { readonly row: MappedRow; readonly emptied: readonly RejectReason[] } | { readonly rejected: RejectedRow };

export type RecordMapper = (line: number, record: SourceRecord) => MappedRecord;

/** `isSensitive` says of a column of the dataset whether its values may not be shown. Columns of the key are always held sensitive. */
export function createRecordMapper(mapping: Mapping, isSensitive: (column: string) => boolean): RecordMapper {
  const hidden = sensitiveFields(mapping, isSensitive);
  return (line, record) => {
    const values: Record<string, Value | null> = Object.create(null) as Record<string, Value | null>;
    const faults: RejectReason[] = [];
    const emptied: RejectReason[] = [];
    for (const column of mapping.columns) {
      const result = mapColumn(column, line, record, mapping);
      values[column.column] = result.ok ? result.value : null;
      if (result.ok) continue;
      const dropped = column.invalid === 'empty' && !mustHave(column, mapping);
      (dropped ? emptied : faults).push(explain(column, result.reason, record, hidden));
    }
    return faults.length > 0 ? { rejected: { line, reasons: faults } } : { row: { line, values }, emptied };
  };
}

function mustHave({ column, required }: ColumnMapping, { key }: Mapping): boolean {
  return required || key.includes(column);
}

function mapColumn(column: ColumnMapping, line: number, record: SourceRecord, mapping: Mapping): TransformResult {
  const context: TransformContext = { line, column: column.column };
  let fault: TransformResult | null = null;
  for (const alternative of column.alternatives) {
    const result = mapSource(alternative, record, mapping.missing, context);
    if (result.ok && result.value !== null) return result;
    if (!result.ok) fault ??= result;
  }
  if (fault) return fault;
  return column.default === null && mustHave(column, mapping) ? refused('required-missing') : taken(column.default);
}

function mapSource(
  source: SourceMapping,
  record: SourceRecord,
  missing: ReadonlySet<string>,
  context: TransformContext,
): TransformResult {
  const parts: string[] = [];
  for (const field of source.fields) {
    const value = record.get(field);
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') return refused('not-a-single-value');
    if (!isMissing(value, missing)) parts.push(value);
  }
  if (parts.length === 0) return taken(null);
  let result: TransformResult = taken(parts.join(source.join));
  for (const transform of source.transforms) {
    if (!result.ok || typeof result.value !== 'string') return result;
    result = transform(result.value, context);
  }
  return result;
}

function isMissing(value: string, missing: ReadonlySet<string>): boolean {
  const text = trimBlanks(value);
  return text === '' || missing.has(text);
}

/** A field that one sensitive column reads is not shown for any other column that reads it. */
function sensitiveFields(mapping: Mapping, isSensitive: (column: string) => boolean): ReadonlySet<string> {
  const sensitive = mapping.columns.filter(({ column }) => mapping.key.includes(column) || isSensitive(column));
  return new Set(sensitive.flatMap(({ alternatives }) => alternatives.flatMap(({ fields }) => fields)));
}

function explain(
  column: ColumnMapping,
  reason: Reason,
  record: SourceRecord,
  hidden: ReadonlySet<string>,
): RejectReason {
  const told = { column: column.column, reason: reason.code, zh: reason.zh, en: reason.en };
  const fields = column.alternatives.flatMap((it) => it.fields);
  if (reason === reasons['required-missing'] || fields.some((field) => hidden.has(field))) return told;
  const value = fields
    .map((field) => record.get(field))
    .filter((it) => typeof it === 'string')
    .join(' ');
  const shown = shorten(value);
  return shown === null ? told : { ...told, shown };
}

const mostShown = 24;

const digits = /[\p{Nd}〇零一二三四五六七八九]/gu;

/** INVARIANT: no identifier passes here. A value with nine letters and digits in a row, or more than ten digits, is not shown at all. */
export function shorten(value: string): string | null {
  const plain = value.normalize('NFKC').replace(/[\p{C}\p{Z}\p{P}\p{S}]+/gu, '');
  if (plain === '' || /[0-9A-Za-z]{9}/.test(plain) || (plain.match(digits)?.length ?? 0) > 10) return null;
  const characters = [...value];
  return characters.length > mostShown ? `${characters.slice(0, mostShown).join('')}…` : value;
}
