/**
 * Rows of a dataset as a department would hand them over: its own headers and spellings in a file of some form, and the mapping that
 * brings them back. Both are written from the declaration, so that any dataset of the registry can be exported.
 */
import { stringify } from 'csv-stringify/sync';
import { stringify as toYaml } from 'yaml';
import { isHomeOfSubjects, isSupplied, subjectSourcesOf } from '../../src/collection/mapping-target.js';
import type { Encoding } from '../../src/collection/mapping.js';
import type { ColumnField, Dataset } from '../../src/model/declaration.js';

export interface ExportStyle {
  readonly type: 'csv' | 'jsonl';
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly dates: 'iso' | 'slash' | 'dot' | 'chinese' | 'compact';
  /** How a value that is missing is written. */
  readonly missing: string;
  /** By code, or by its Chinese label. */
  readonly codes: 'code' | 'label';
}

export const exportStyles: readonly ExportStyle[] = [
  { type: 'csv', encoding: 'utf-8', delimiter: ',', dates: 'iso', missing: '', codes: 'label' },
  { type: 'csv', encoding: 'gb18030', delimiter: '|', dates: 'chinese', missing: '—', codes: 'code' },
  { type: 'jsonl', encoding: 'utf-8', delimiter: '', dates: 'compact', missing: '无', codes: 'label' },
  { type: 'csv', encoding: 'utf-16le', delimiter: '\t', dates: 'slash', missing: 'NULL', codes: 'label' },
  { type: 'csv', encoding: 'gbk', delimiter: ',', dates: 'dot', missing: '/', codes: 'label' },
];

export type ExportValue = string | number | boolean | null;
/** By column as a mapping names it: subjects by their official identifier. */
export type ExportRow = Readonly<Record<string, ExportValue>>;

export interface ExportedColumn {
  /** As a mapping names it. */
  readonly name: string;
  readonly header: string;
  readonly required: boolean;
  /** Null for an identifier of a subject. */
  readonly field: ColumnField | null;
  readonly transforms: readonly unknown[];
}

export function exportedColumns(dataset: Dataset, style: ExportStyle): ExportedColumn[] {
  const headers = new Set<string>();
  const headerOf = (zh: string): string => {
    let header = zh.replace(/（.*?）/g, '');
    while (headers.has(header)) header += '2';
    headers.add(header);
    return header;
  };
  const identifiers = subjectSourcesOf(dataset).map(({ column, subject, identifier }): ExportedColumn => ({
    name: column,
    header: headerOf(
      dataset.fields
        .get(column)!
        .zh.replace(/画像$/, identifier.startsWith('resident') ? '身份证号' : '统一社会信用代码'),
    ),
    required: subject.required,
    field: null,
    transforms: [identifier === 'resident-id-number' ? 'resident-id-number' : 'credit-code'],
  }));
  const columns = [...dataset.fields.values()].flatMap((field): ExportedColumn[] => {
    if (field.kind !== 'column') return [];
    if (!isSupplied(dataset, field) && !(field.control && isHomeOfSubjects(dataset))) return [];
    const transforms = transformsOf(field, style);
    return [{ name: field.name, header: headerOf(field.zh), required: field.required, field, transforms }];
  });
  return [...identifiers, ...columns];
}

function transformsOf({ type }: ColumnField, { dates }: ExportStyle): unknown[] {
  const list = type.enum?.name ?? type.codeList?.name;
  if (list !== undefined) return [{ code: { list } }];
  switch (type.name) {
    case 'date':
      return [{ date: { forms: [dates] } }];
    case 'moment':
      return [{ moment: { zone: '+08:00' } }];
    case 'boolean':
      return ['truth'];
    case 'integer':
      return ['integer'];
    case 'decimal':
    case 'bigInteger':
    case 'float':
      return ['decimal'];
    default:
      return [];
  }
}

/** A value as the department writes it. */
export function spell({ field }: ExportedColumn, value: ExportValue, style: ExportStyle): string {
  if (value === null) return style.missing;
  if (field === null) return String(value);
  const { type } = field;
  const label = style.codes === 'label' ? labelOf(type, String(value)) : null;
  if (label !== null) return label;
  if (type.name === 'date') return spellDate(String(value), style.dates);
  if (type.name === 'moment') return spellMoment(String(value));
  if (type.name === 'boolean') return value === true ? '是' : '否';
  if (['decimal', 'integer', 'bigInteger'].includes(type.name)) return groupThousands(String(value));
  return String(value);
}

/** Null where two codes are called alike (towns, sections and divisions of industry): a department gives their code. */
function labelOf({ enum: declaration, codeList }: ColumnField['type'], code: string): string | null {
  const label = declaration?.values[code]?.zh ?? codeList?.find(code)?.zh;
  if (label === undefined) return null;
  const labels = declaration ? Object.values(declaration.values) : codeList!.entries;
  return labels.filter(({ zh }) => zh === label).length === 1 ? label : null;
}

function spellDate(iso: string, form: ExportStyle['dates']): string {
  const [year, month, day] = iso.split('-') as [string, string, string];
  const spellings = {
    iso,
    slash: `${year}/${Number(month)}/${Number(day)}`,
    dot: `${year}.${month}.${day}`,
    chinese: `${year}年${Number(month)}月${Number(day)}日`,
    compact: year + month + day,
  };
  return spellings[form];
}

/** By the clock of the city. */
function spellMoment(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');
}

function groupThousands(number: string): string {
  const [whole = '', ...decimals] = number.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...decimals].join('.');
}

export function writeExport(
  columns: readonly ExportedColumn[],
  cells: readonly (readonly string[])[],
  style: ExportStyle,
): Buffer {
  const headers = columns.map(({ header }) => header);
  if (style.type === 'jsonl') {
    const objects = cells.map((row) => Object.fromEntries(headers.map((header, at) => [header, row[at]])));
    return encode(objects.map((it) => `${JSON.stringify(it)}\n`).join(''), style.encoding);
  }
  return encode(stringify([headers, ...cells.map((row) => [...row])], { delimiter: style.delimiter }), style.encoding);
}

export function mappingFor(dataset: Dataset, columns: readonly ExportedColumn[], style: ExportStyle): string {
  const { type, encoding, delimiter, missing } = style;
  const sources = subjectSourcesOf(dataset);
  return toYaml({
    dataset: dataset.name,
    format: { type, encoding, ...(type === 'csv' && { delimiter, header: true }) },
    key: dataset.key.map((name) => sources.find(({ subject }) => subject.name === name)?.column ?? name),
    ...(missing !== '' && { missing: [missing] }),
    columns: Object.fromEntries(
      columns.map(({ name, header, transforms }) => [
        name,
        { from: header, ...(transforms.length > 0 && { transforms }) },
      ]),
    ),
  });
}

let chineseBytes: ReadonlyMap<string, readonly number[]> | undefined;

/** Node decodes GB 18030 and does not encode it: the two-byte part of the table is read backwards. */
function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8' || encoding === 'utf-16le') return Buffer.from(text, encoding);
  chineseBytes ??= readTable();
  return Buffer.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0);
      const bytes = code < 0x80 ? [code] : chineseBytes!.get(character);
      if (!bytes) throw new Error(`expected a character of GBK, got U+${code.toString(16)}`);
      return bytes;
    }),
  );
}

function readTable(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('gbk');
  const table = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\uFFFD' && !table.has(character))
        table.set(character, [lead, trail]);
    }
  }
  return table;
}
