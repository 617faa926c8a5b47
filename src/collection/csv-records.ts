/**
 * CSV (RFC 4180) as records that a broken line cannot spoil. What a record means is csv-parse's to say; this decides which lines it is
 * given together.
 *
 * A line whose quoted field stays open is joined with those behind it, up to a bound. Where that does not help, the one line is given up
 * and reading goes on at the next, so that a stray quotation mark costs its own line and not the rest of the file, which is what it costs
 * when a whole file is parsed with errors skipped.
 */
import { CsvError, type Options, parse } from 'csv-parse/sync';
import { CitygraphError } from '../errors.js';
import { cutLines, longestLine, type TextLine } from './cut-lines.js';
import type { ReasonCode } from './reasons.js';

export type CsvPiece =
  | { readonly line: number; readonly fields: readonly string[] }
  | { readonly line: number; readonly reason: ReasonCode };

/** A quoted field that is still open behind so many lines or characters is most likely never closed. */
const mostJoinedLines = 50;
const mostJoinedCharacters = 65_536;
const mostLinesAtOnce = 1_000;

export async function* readCsvRecords(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvPiece> {
  let waiting: readonly TextLine[] = [];
  for await (const lines of cutLines(chunks)) {
    waiting = yield* takeRecords(waiting.concat(lines), delimiter, false);
  }
  yield* takeRecords(waiting, delimiter, true);
}

/** Returns the lines of a record that the next piece may complete. */
function* takeRecords(
  lines: readonly TextLine[],
  delimiter: string,
  complete: boolean,
): Generator<CsvPiece, readonly TextLine[]> {
  for (let at = 0; at < lines.length;) {
    const plain = plainLinesFrom(lines, at);
    if (plain.length > 0) {
      yield* parsePlainLines(plain, delimiter);
      at += plain.length;
      continue;
    }
    const joined = joinRecord(lines, at, delimiter, complete);
    if (joined === 'more') return lines.slice(at);
    const { line } = lines[at] as TextLine;
    if ('reason' in joined) yield { line, reason: joined.reason };
    else if (!isEmpty(joined.fields)) yield { line, fields: joined.fields };
    at += joined.lines;
  }
  return [];
}

function plainLinesFrom(lines: readonly TextLine[], at: number): readonly TextLine[] {
  let end = at;
  for (; end < lines.length && end - at < mostLinesAtOnce; end++) {
    const { text } = lines[end] as TextLine;
    if (text.includes('"') || text.length > longestLine) break;
  }
  return lines.slice(at, end);
}

/** Without a quotation mark a line is a record: many are parsed at once, which is several times faster. */
function* parsePlainLines(lines: readonly TextLine[], delimiter: string): Generator<CsvPiece> {
  const filled = lines.filter(({ text }) => text !== '');
  const records = parse(filled.map(({ text }) => text).join('\n'), { ...dialect, delimiter });
  if (records.length !== filled.length)
    throw new CitygraphError('INTERNAL', `expected ${filled.length} records of as many lines, got ${records.length}`);
  for (const [index, { line }] of filled.entries()) yield { line, fields: records[index] as string[] };
}

type Joined =
  { readonly fields: readonly string[]; readonly lines: number } | { readonly reason: ReasonCode; readonly lines: 1 };

function joinRecord(lines: readonly TextLine[], at: number, delimiter: string, complete: boolean): Joined | 'more' {
  let text = '';
  for (let count = 1; count <= mostJoinedLines; count++) {
    const next = lines[at + count - 1];
    if (!next) return complete ? { reason: 'quote-not-closed', lines: 1 } : 'more';
    if (count === 1 && next.text.length > longestLine) return { reason: 'record-too-large', lines: 1 };
    text += next.text;
    if (count > 1 && text.length > mostJoinedCharacters) break;
    // A field that is open stays open through a line without a mark.
    const result = next.text.includes('"') ? parseRecord(text, delimiter) : 'open';
    if (result === 'misplaced') return { reason: 'quote-misplaced', lines: 1 };
    if (result !== 'open') return { fields: result, lines: count };
    text += next.end;
  }
  return { reason: 'quote-not-closed', lines: 1 };
}

const dialect = { record_delimiter: '\n', relax_column_count: true } as const satisfies Options;

function parseRecord(text: string, delimiter: string): readonly string[] | 'open' | 'misplaced' {
  try {
    return parse(text, { ...dialect, record_delimiter: neverInText, delimiter })[0] ?? [];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'open';
    // A mark inside an unquoted field is a character like any other.
    if (error.code === 'INVALID_OPENING_QUOTE') return parseWithBareMarks(text, delimiter);
    return 'misplaced';
  }
}

interface QuotableField {
  readonly value: string;
  readonly quoted: boolean;
}

/** The relaxed dialect also takes a closing mark with text behind it, which is then not what the fields would be written as. */
function parseWithBareMarks(text: string, delimiter: string): readonly string[] | 'open' | 'misplaced' {
  const cast = (value: string, { quoting }: { quoting: boolean }): QuotableField => ({ value, quoted: quoting });
  try {
    const records: unknown = parse(text, {
      ...dialect,
      record_delimiter: neverInText,
      delimiter,
      relax_quotes: true,
      cast,
    });
    const [fields = []] = records as QuotableField[][];
    const written = fields
      .map(({ value, quoted }) => (quoted ? `"${value.replaceAll('"', '""')}"` : value))
      .join(delimiter);
    return written === text ? fields.map(({ value }) => value) : 'misplaced';
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') return 'open';
    throw error;
  }
}

/** The text is one record, whatever line ends its fields hold; rows with NUL are refused later. */
const neverInText = '\0citygraph\0';

function isEmpty(fields: readonly string[]): boolean {
  return fields.length <= 1 && (fields[0] ?? '') === '';
}
