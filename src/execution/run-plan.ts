/** Runs a plan on the pool of the role that its verdicts ask for, and reads data and traces out of the one row that comes back. */
import type { Pool } from 'pg';
import type { NoticeCode } from '../model/notice.js';
import type { Parameter, Plan, RootPlan } from '../planning/plan.js';
import { type BindingContext, bindParameters, readSource } from './bind-parameters.js';
import { sealMarked } from './seal.js';
import type { PreparedStatement, StatementRunner } from './statement-runner.js';

/** A plan with its statement; null where nothing is read from the libraries. */
export interface ExecutablePlan {
  readonly plan: Plan;
  readonly prepared: PreparedStatement | null;
}

export interface ReadPools {
  /** May not select plain columns of level L4. */
  readonly reader: Pool;
  readonly readerL4: Pool;
}

export interface PlacedNotice {
  readonly key: string;
  /** In the list of entities; null for a root that finds one. */
  readonly place: number | null;
  readonly code: NoticeCode;
}

export interface PlanResult {
  /** JSON text of each library root. */
  readonly roots: ReadonlyMap<string, string>;
  /** For each node of the plan: rows by comma, a row's subjects by plus; empty where it released nothing. */
  readonly subjects: readonly string[];
  /** What is to be said of the identifiers that roots were asked by. */
  readonly notices: readonly PlacedNotice[];
}

/** Who counts the identifiers that are looked up, by their keyed digests. */
export interface LookupWatch {
  /** @throws where they are too many: then nothing is read */
  before(digests: readonly Buffer[]): void;
  after(missed: readonly Buffer[]): void;
}

/** @param watch asked only where something is looked up by identifier */
export async function runPlan(
  runner: StatementRunner,
  pools: ReadPools,
  { plan, prepared }: ExecutablePlan,
  context: BindingContext,
  watch?: () => LookupWatch,
): Promise<PlanResult> {
  const subjects: string[] = plan.nodes.map(() => '');
  const roots = new Map<string, string>();
  for (const root of plan.roots)
    if (root.kind === 'entities' && root.groups.length === 0)
      roots.set(root.key, nulls(readSource(root.count, context)));
  if (!prepared) return { roots, subjects, notices: [] };
  const values = bindParameters(prepared.statement.parameters, context);
  const valueOf = (parameter: Parameter): unknown => values[prepared.statement.parameters.indexOf(parameter)];
  const lookups = plan.roots.flatMap((root) => lookupsOf(root, valueOf));
  const watching = lookups.length > 0 ? watch?.() : undefined;
  watching?.before(lookups.map(({ digest }) => digest));
  const row = await runner.run(plan.readsL4 ? pools.readerL4 : pools.reader, prepared, values);
  for (const { key, column } of prepared.statement.roots)
    roots.set(key, sealMarked(row[column] ?? 'null', context.sealer));
  const missed = missedPlaces(prepared.statement.missed, row);
  const isMissed = ({ key, place }: Lookup): boolean =>
    place === null ? roots.get(key) === 'null' : missed.has(`${key}:${place}`);
  watching?.after(lookups.filter(isMissed).map(({ digest }) => digest));
  for (const { node, column } of prepared.statement.traces) subjects[node] = row[column] ?? '';
  const notices = prepared.statement.notices.flatMap(({ key, column }) => readNotices(key, row[column]));
  return { roots, subjects, notices };
}

interface Lookup {
  readonly key: string;
  readonly place: number | null;
  readonly digest: Buffer;
}

/** The identifiers that a root looks up. */
function lookupsOf(root: RootPlan, valueOf: (parameter: Parameter) => unknown): Lookup[] {
  if (root.kind === 'lookup') return [{ key: root.key, place: null, digest: valueOf(root.digest) as Buffer }];
  if (root.kind !== 'entities') return [];
  return root.groups.flatMap(({ by, places }) => {
    if (by.kind !== 'lookup') return [];
    const at = valueOf(places) as readonly number[];
    return (valueOf(by.values) as readonly Buffer[]).map((digest, n) => ({ key: root.key, place: at[n]!, digest }));
  });
}

function missedPlaces(
  columns: readonly { readonly key: string; readonly column: string }[],
  row: Readonly<Record<string, string | null>>,
): ReadonlySet<string> {
  return new Set(
    columns.flatMap(({ key, column }) => (row[column] ? row[column].split(',').map((place) => `${key}:${place}`) : [])),
  );
}

/** One code, or of entities each with its place before it. */
function readNotices(key: string, text: string | null | undefined): PlacedNotice[] {
  if (!text) return [];
  return text.split(',').map((part) => {
    const [code, place = null] = part.split(':').reverse() as [NoticeCode, string?];
    return { key, place: place === null ? null : Number(place), code };
  });
}

function nulls(count: unknown): string {
  return `[${Array<string>(count as number)
    .fill('null')
    .join(',')}]`;
}
