/**
 * Another value of the same kind, as SQL expressions over a row: any other one, or another that looks the same behind a mask. Each depends on
 * the value and the row's id alone, so that a second database comes out the same every time.
 */
import type { ColumnField } from '../../src/model/declaration.js';
import type { ValueType } from '../../src/model/value-type.js';

/** Any other value; where a column may have none, some values go and some come. */
export function otherValue({ column, type, required }: ColumnField): string {
  const other = otherOf(`"${column}"`, type);
  return required ? other : `case when "${column}" is not null and id % 5 = 0 then null else ${other} end`;
}

/** A text that no other row has. */
export function freshText({ type }: ColumnField): string {
  return `left('新' || md5('new' || id), ${lengthOf(type)})`;
}

function otherOf(column: string, type: ValueType): string {
  const length = lengthOf(type);
  switch (type.name) {
    case 'enum':
      return nextOf(Object.keys(type.enum!.values), column);
    case 'code':
      return nextOf(
        type.codeList!.entries.map(({ code }) => code),
        column,
      );
    case 'text':
    case 'reference':
    case 'label':
    case 'period':
      return `left('改' || md5(id::text || coalesce(${column}, '')), ${length})`;
    case 'telephone':
      return `'1' || lpad(((id * 7919 + length(coalesce(${column}, '')) * 104729 + coalesce(nullif(right(regexp_replace(${column}, '\\D', '', 'g'), 4), '')::int, 0) + 1) % 10000000000)::text, 10, '0')`;
    case 'boolean':
      return `not coalesce(${column}, false)`;
    case 'date':
      return `coalesce(${column}, '2001-02-03'::date) + (31 + id % 300)::int`;
    case 'moment':
      return `coalesce(${column}, '2001-02-03 04:05:06+08'::timestamptz) + (31 + id % 300)::int * interval '1 day 7 hours'`;
    default:
      return otherNumber(column, type);
  }
}

function lengthOf(type: ValueType): number {
  return Number(/\((\d+)/.exec(type.sql)?.[1] ?? 40);
}

/** The values go round, so that each becomes another one. */
function nextOf(values: readonly string[], column: string): string {
  const all = `array[${values.map(literal).join(', ')}]`;
  return `(${all})[1 + coalesce(array_position(${all}, ${column}::text), 0) % ${values.length}]`;
}

function otherNumber(column: string, type: ValueType): string {
  const most = mostOf(type.sql);
  return `case when abs(coalesce(${column}, 0)) * 2 + 9 < ${most} then coalesce(${column}, 0) * 2 + 1 + id % 5 else trunc(${column} / 3) end`;
}

function mostOf(sql: string): string {
  const decimal = /^numeric\((\d+),(\d+)\)$/.exec(sql);
  if (decimal) return `1e${Number(decimal[1]) - Number(decimal[2])}`;
  if (sql === 'int') return '2147483647';
  return sql === 'bigint' ? '9223372036854775807' : '1e300';
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Another value that the mask shows alike: none stays none. By the mask's name; a mask that is not here has to be put here. */
export function alikeBehindMask({ name, column: bare, mask, type }: ColumnField): string {
  const column = `"${bare}"`;
  const alike = mask && fibres[mask.name]?.(column, lengthOf(type));
  if (!alike) throw new Error(`${name}: no other value is known here that ${mask?.name} shows alike`);
  return `case when ${column} is not null then ${alike} end`;
}

const scrambled = (text: string): string => `md5(id::text || ${text})`;
/** Within [10^(d-1), 10^d). */
const withinDigits = (amount: string): string => {
  const lowest = `power(10::numeric, length(trunc(${amount})::text) - 1)`;
  return `${lowest} + (${amount} - ${lowest} + 4 * ${lowest} + 1) % (9 * ${lowest})`;
};
const belowHundred = (amount: string): string => `(abs(${amount}) + 37) % 100`;

const fibres: Readonly<Record<string, (column: string, length: number) => string>> = {
  firstCharacter: (column, length) => `left(left(${column}, 1) || ${scrambled(column)}, ${length})`,
  telephoneEnds: (column) =>
    `case when length(${column}) > 7 then left(${column}, 3) || translate(substr(${column}, 4, length(${column}) - 5), '0123456789-', '83560124790') || right(${column}, 2) else lpad((id % 1000)::text, 3, '7') end`,
  year: (column) =>
    `make_date(extract(year from ${column})::int, extract(month from ${column})::int % 12 + 1, 1 + (extract(day from ${column})::int + id::int) % 28)`,
  divisionOfAddress: (column, length) => `left('改' || ${scrambled(column)}, ${length})`,
  amountBand: (column) => `case when ${column} < 100 then ${belowHundred(column)} else ${withinDigits(column)} end`,
  signedAmountBand: (column) => {
    const size = `abs(${column})`;
    return `case when ${column} <= -100 then -(${withinDigits(size)}) when ${column} < 0 then -(${belowHundred(size)} % 99 + 0.5) when ${column} < 100 then ${belowHundred(size)} else ${withinDigits(size)} end`;
  },
  chapterOfDiagnosis: (column, length) => `left(left(${column}, 1) || ${scrambled(column)}, ${length})`,
};
