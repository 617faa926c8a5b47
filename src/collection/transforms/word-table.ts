/** Words in a text without blanks between words: the longest that begins at each place, from left to right, none within another. */

export type WordTable<T> = ReadonlyMap<string, readonly (readonly [word: string, of: T])[]>;

export interface FoundWord<T> {
  readonly start: number;
  readonly word: string;
  readonly of: T;
}

/** By first character, the longest first. */
export function tableOf<T>(words: Iterable<readonly [word: string, of: T]>): WordTable<T> {
  const table = new Map<string, (readonly [string, T])[]>();
  for (const entry of words) {
    const key = entry[0].charAt(0);
    table.set(key, [...(table.get(key) ?? []), entry]);
  }
  for (const entries of table.values()) entries.sort(([a], [b]) => b.length - a.length);
  return table;
}

export function findWords<T>(text: string, table: WordTable<T>): FoundWord<T>[] {
  const found: FoundWord<T>[] = [];
  for (let start = 0; start < text.length;) {
    const entry = table.get(text.charAt(start))?.find(([word]) => text.startsWith(word, start));
    if (entry) found.push({ start, word: entry[0], of: entry[1] });
    start += entry ? entry[0].length : 1;
  }
  return found;
}
