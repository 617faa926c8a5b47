/**
 * From which other fields of a row can a masked value be told? Tried on rows, for every masked column with every other field and every two, and
 * for numbers three: written out within a text, equal, so many days apart, a sum, difference, product or quotient, or the same wherever the
 * others and the mask are the same.
 */
import type { ColumnField, Dataset } from '../../src/model/declaration.js';

export type RowOfTexts = Readonly<Record<string, string | null>>;

export interface Telling {
  /** The masked column. */
  readonly field: string;
  /** What together tells it. */
  readonly by: readonly string[];
  readonly how: string;
  /** Share of the rows where it does. */
  readonly share: number;
}

/** Of the rows that have all of the values: where fewer are told, it is chance or a coincidence of a few. */
const most = 0.5;
/** Below this a share says nothing. */
const fewest = 12;
/** Of a number that was rounded. */
const near = 0.002;

/** @param rows each column and masked column as text */
export function findTellingFields(dataset: Dataset, rows: readonly RowOfTexts[]): Telling[] {
  const columns = [...dataset.fields.values()].filter(
    (field): field is ColumnField => field.kind === 'column' && !field.provenance,
  );
  return columns
    .filter((field) => field.mask !== null)
    .flatMap((masked) => {
      const others = columns.filter((field) => field !== masked);
      const found = [
        ...others.flatMap((other) => [
          writtenIn(masked, other, rows),
          equalTo(masked, other, rows),
          daysFrom(masked, other, rows),
        ]),
        ...calculated(masked, others, rows),
        ...others.map((other) => namedBy(masked, other, rows)),
      ].filter((it): it is Telling => it !== null && it.share >= most);
      return withoutLonger(found);
    });
}

/** What a part of the fields tells already is not said again of all of them. */
function withoutLonger(found: readonly Telling[]): Telling[] {
  const kept: Telling[] = [];
  for (const it of [...found].sort((a, b) => a.by.length - b.by.length || b.share - a.share))
    if (!kept.some(({ by }) => by.every((name) => it.by.includes(name)))) kept.push(it);
  return kept;
}

function share(
  rows: readonly RowOfTexts[],
  needed: readonly ColumnField[],
  tells: (...values: string[]) => boolean,
): number {
  let [all, told] = [0, 0];
  for (const row of rows) {
    const values = needed.map(({ column }) => row[column]);
    if (values.some((value) => value === null || value === undefined)) continue;
    all += 1;
    if (tells(...(values as string[]))) told += 1;
  }
  return all < fewest ? 0 : told / all;
}

function writtenIn(masked: ColumnField, other: ColumnField, rows: readonly RowOfTexts[]): Telling | null {
  if (other.type.name !== 'text') return null;
  const part = share(rows, [masked, other], (value, text) =>
    spellingsOf(masked, value).some((spelling) => spelling.length > 1 && text.includes(spelling)),
  );
  return { field: masked.name, by: [other.name], how: 'written in it', share: part };
}

/** The name of a code is as good as the code. */
function namedBy(masked: ColumnField, other: ColumnField, rows: readonly RowOfTexts[]): Telling | null {
  const { codeList } = masked.type;
  if (!codeList || other.type.name !== 'text') return null;
  const names = new Map(codeList.entries.map(({ code, zh }) => [code, zh]));
  const part = share(rows, [masked, other], (value, text) => text.includes(names.get(value) ?? '\0'));
  return { field: masked.name, by: [other.name], how: 'named in it', share: part };
}

function spellingsOf({ type }: ColumnField, value: string): string[] {
  if (type.name === 'date') {
    const [year, month, day] = value.split('-');
    return [value, `${year}${month}${day}`, `${year!.slice(2)}${month}${day}`, `${year}${month}`];
  }
  return type.name === 'decimal' ? [value, String(Number(value))].filter((it) => it.length > 3) : [value];
}

function equalTo(masked: ColumnField, other: ColumnField, rows: readonly RowOfTexts[]): Telling | null {
  if (masked.type.filter !== other.type.filter || isNumber(masked) !== isNumber(other)) return null;
  const isNothing = (value: string): boolean => Number(value) === 0;
  const part = share(
    rows.filter((row) => !isNumber(masked) || !isNothing(row[masked.column] ?? '0')),
    [masked, other],
    (a, b) => (isNumber(masked) ? Number(a) === Number(b) : a === b),
  );
  return { field: masked.name, by: [other.name], how: 'equal', share: part };
}

function daysFrom(masked: ColumnField, other: ColumnField, rows: readonly RowOfTexts[]): Telling | null {
  if (masked.type.name !== 'date' || other.type.name !== 'date') return null;
  const distances = new Map<number, number>();
  for (const row of rows) {
    const [a, b] = [row[masked.column], row[other.column]];
    if (!a || !b) continue;
    const days = Math.round((Date.parse(a) - Date.parse(b)) / 86_400_000);
    distances.set(days, (distances.get(days) ?? 0) + 1);
  }
  const all = [...distances.values()].reduce((sum, n) => sum + n, 0);
  const [days, count] = [...distances].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  return all < fewest
    ? null
    : { field: masked.name, by: [other.name], how: `${days} days from it`, share: count / all };
}

function isNumber({ type }: ColumnField): boolean {
  return ['decimal', 'integer', 'float', 'bigInteger'].includes(type.name);
}

const ofTwo: Readonly<Record<string, (y: number, z: number) => number>> = {
  'y + z': (y, z) => y + z,
  'y - z': (y, z) => y - z,
  'y * z': (y, z) => y * z,
  'y * z %': (y, z) => (y * z) / 100,
  'y / z': (y, z) => y / z,
  'y / z %': (y, z) => (y * 100) / z,
};
const ofThree: Readonly<Record<string, (y: number, z: number, w: number) => number>> = {
  'y * z * w': (y, z, w) => y * z * w,
  'y * z * w %': (y, z, w) => (y * z * w) / 100,
  'y / z / w': (y, z, w) => y / z / w,
  'y / z / w %': (y, z, w) => (y * 100) / z / w,
  'y - z - w': (y, z, w) => y - z - w,
  'y + z + w': (y, z, w) => y + z + w,
};

function calculated(masked: ColumnField, others: readonly ColumnField[], rows: readonly RowOfTexts[]): Telling[] {
  if (!isNumber(masked)) return [];
  const numbers = others.filter(isNumber);
  const telling = rows.filter((row) => Math.abs(Number(row[masked.column] ?? 0)) >= 1);
  const found: Telling[] = [];
  const tryOut = (by: readonly ColumnField[], how: string, calculate: (...values: number[]) => number): void => {
    const part = share(telling, [masked, ...by], (x, ...values) => {
      const numeric = values.map(Number);
      // Nothing added and nothing multiplied is the other value itself.
      return !numeric.some((value) => value === 0 || value === 1) && isNear(Number(x), calculate(...numeric));
    });
    found.push({ field: masked.name, by: by.map(({ name }) => name), how, share: part });
  };
  for (const y of numbers)
    for (const z of numbers) {
      if (y === z) continue;
      for (const [how, calculate] of Object.entries(ofTwo)) tryOut([y, z], how, calculate);
      for (const w of numbers)
        if (w !== y && w !== z)
          for (const [how, calculate] of Object.entries(ofThree)) tryOut([y, z, w], how, calculate);
    }
  return found.filter(({ share: part }) => part >= most);
}

function isNear(x: number, calculated: number): boolean {
  return Number.isFinite(calculated) && Math.abs(x - calculated) <= Math.max(0.011, Math.abs(x) * near);
}
