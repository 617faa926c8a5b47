/** Physical lines of a text that comes in pieces. A line ends with LF, CRLF or CR. */

export interface TextLine {
  /** Counts from 1. */
  readonly line: number;
  readonly text: string;
  /** As it stands in the file; empty behind a last line without one. */
  readonly end: string;
}

/** A line longer than this many characters is no record; no more of it is kept than shows that. */
export const longestLine = 1_048_576;

/** The lines that each piece completes, together. */
export async function* cutLines(chunks: AsyncIterable<string>): AsyncGenerator<readonly TextLine[]> {
  const lineEnd = /\r\n|\r|\n/g;
  let rest = '';
  let line = 1;
  for await (const chunk of chunks) {
    const text = rest + chunk;
    const lines: TextLine[] = [];
    let start = 0;
    // A CR that ended the last piece is looked at again: an LF may have followed.
    lineEnd.lastIndex = rest.endsWith('\r') ? rest.length - 1 : rest.length;
    for (let found = lineEnd.exec(text); found; found = lineEnd.exec(text)) {
      if (found[0] === '\r' && lineEnd.lastIndex === text.length) break;
      lines.push({ line: line++, text: text.slice(start, found.index), end: found[0] });
      start = lineEnd.lastIndex;
    }
    rest = shorten(text.slice(start));
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [{ line, text: rest.replace(/\r$/, ''), end: rest.endsWith('\r') ? '\r' : '' }];
}

function shorten(rest: string): string {
  if (rest.length <= longestLine + 2) return rest;
  return rest.slice(0, longestLine + 1) + (rest.endsWith('\r') ? '\r' : '');
}
