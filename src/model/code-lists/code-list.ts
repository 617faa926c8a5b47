/**
 * What a code list is: the codes of one standard, each with its name in Chinese and in English, in the order of the standard.
 *
 * A list is reference data: frozen, complete as its own header says, known by code. It knows no dataset and no policy.
 */
export interface CodeEntry {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

export interface CodeList<Entry extends CodeEntry = CodeEntry> {
  /** Kebab-case, as datasets refer to it. */
  readonly name: string;
  /** The standard with its year, or the practice that the codes follow where there is none. */
  readonly standard: string;
  readonly entries: readonly Entry[];
  /** The entry of a code, or undefined. Codes are compared as they stand. */
  readonly find: (code: string) => Entry | undefined;
}

export type CodeRow = readonly [code: string, zh: string, en: string];

/** @throws RangeError when a code stands twice. */
export function defineCodeList<Entry extends CodeEntry>(
  name: string,
  standard: string,
  entries: readonly Entry[],
): CodeList<Entry> {
  const byCode = new Map<string, Entry>();
  for (const entry of entries) {
    if (byCode.has(entry.code)) throw new RangeError(`code list ${name}: code ${entry.code} stands twice`);
    byCode.set(entry.code, Object.freeze(entry));
  }
  return Object.freeze({
    name,
    standard,
    entries: Object.freeze([...entries]),
    find: (code: string) => byCode.get(code),
  });
}

/** A list whose entries carry nothing but code and names, written one row a code. */
export function defineCodeRows(name: string, standard: string, rows: readonly CodeRow[]): CodeList {
  return defineCodeList(
    name,
    standard,
    rows.map(([code, zh, en]) => ({ code, zh, en })),
  );
}
