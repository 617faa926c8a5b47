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
  const places = new Set(
    answers.flatMap(({ missed, row }) =>
      missed.flatMap(({ key, column }) => (row[column] ? row[column].split(',').map((at) => `${key}:${at}`) : [])),
    ),
  );
  return ({ key, place }) => (place === null ? textOf(key) === 'null' : places.has(`${key}:${place}`));
}

/** One code of a root, or of entities each with its place before it. */
export function readNotices(columns: Columns, row: Row): PlacedNotice[] {
  return columns.flatMap(({ key, column }) =>
    (row[column]?.split(',') ?? []).map((part) => {
      const [code, place = null] = part.split(':').reverse() as [NoticeCode, string?];
      return { key, place: place === null ? null : Number(place), code };
    }),
  );
}

/** Entities of which none may be found are nulls, and nothing is run for them. */
export function textsOfNobody({ roots }: Plan, context: BindingContext): [key: string, text: string][] {
  return roots.flatMap((root) => {
    if (root.kind !== 'entities' || root.groups.length > 0) return [];
    const nulls = Array<string>(readSource(root.count, context) as number).fill('null');
    return [[root.key, `[${nulls.join(',')}]`]];
  });
}
