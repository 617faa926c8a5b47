/** What stands in a statement's row beside the data: identifiers that were looked up and not found, and what is to be said of those that were. */
import type { NoticeCode } from '../model/notice.js';
import type { Parameter, Plan, RootPlan } from '../planning/plan.js';
import { type BindingContext, readSource } from './bind-parameters.js';

/** A place: of entities, within their list. */
export interface PlacedNotice {
  readonly key: string;
  readonly place: number | null;
  readonly code: NoticeCode;
}

export interface Lookup {
  readonly key: string;
  readonly place: number | null;
  readonly digest: Buffer;
}

/** The identifiers that a root looks up. */
export function lookupsOf(root: RootPlan, valueOf: (parameter: Parameter) => unknown): Lookup[] {
  if (root.kind === 'lookup') return [{ key: root.key, place: null, digest: valueOf(root.digest) as Buffer }];
  if (root.kind !== 'entities') return [];
  return root.groups.flatMap(({ by, places }) => {
    if (by.kind !== 'lookup') return [];
    const at = valueOf(places) as readonly number[];
    return (valueOf(by.values) as readonly Buffer[]).map((digest, n) => ({ key: root.key, place: at[n]!, digest }));
  });
}

type Row = Readonly<Record<string, string | null>>;
type Columns = readonly { readonly key: string; readonly column: string }[];

/** @returns whether nobody has what was looked up, by the rows and texts of an answer */
export function missedIn(
  answers: readonly { readonly missed: Columns; readonly row: Row }[],
  textOf: (key: string) => string | undefined,
): (lookup: Lookup) => boolean {
  const places = new Set<string>();
  for (const { missed, row } of answers)
    for (const { key, column } of missed)
      if (row[column]) for (const at of row[column].split(',')) places.add(`${key}:${at}`);
  return ({ key, place }) => (place === null ? textOf(key) === 'null' : places.has(`${key}:${place}`));
}

/** One code of a root, or of entities each with its place before it. */
export function readNotices(columns: Columns, row: Row): PlacedNotice[] {
  const notices: PlacedNotice[] = [];
  for (const { key, column } of columns) {
    const parts = row[column];
    if (parts === null || parts === undefined) continue;
    for (const part of parts.split(',')) {
      const [code, place = null] = part.split(':').reverse() as [NoticeCode, string?];
      notices.push({ key, place: place === null ? null : Number(place), code });
    }
  }
  return notices;
}

/** Entities of which none may be found are nulls, and nothing is run for them. */
export function textsOfNobody({ roots }: Plan, context: BindingContext): [key: string, text: string][] {
  const texts: [key: string, text: string][] = [];
  for (const root of roots) {
    if (root.kind !== 'entities' || root.groups.length > 0) continue;
    const nulls = Array<string>(readSource(root.count, context) as number).fill('null');
    texts.push([root.key, `[${nulls.join(',')}]`]);
  }
  return texts;
}
