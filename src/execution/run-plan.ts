/** Runs a plan on the pool of the role that its verdicts ask for, and reads the data, and what it releases, out of the one row that comes back. */
import type { Pool } from 'pg';
import type { Parameter, Plan } from '../planning/plan.js';
import { type Lookup, lookupsOf, missedIn, type PlacedNotice, readNotices, textsOfNobody } from './answer-columns.js';
import { type BindingContext, bindParameters } from './bind-parameters.js';
import type { Cancellation } from './cancellation.js';
import { readMarked, ReleasedSubjects } from './marked-text.js';
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

export interface PlanResult {
  /** JSON text of each library root, as a string of bytes (`model/byte-string.ts`). */
  readonly roots: ReadonlyMap<string, string>;
  /** For each node of the plan: rows by comma, a row's subjects by plus; empty where it released nothing. */
  readonly subjects: readonly string[];
  /** What is to be said of the identifiers that roots were asked by. */
  readonly notices: readonly PlacedNotice[];
  /** Paths of what could not be read, for its database was not to be reached; it is null. */
  readonly unreached?: readonly (readonly string[])[];
}

/** Who counts the identifiers that are looked up, by their keyed digests. */
export interface LookupWatch {
  /** @throws where they are too many: then nothing is read */
  before(digests: readonly Buffer[]): void;
  after(missed: readonly Buffer[]): void;
}

/**
 * @param watch asked only where something is looked up by identifier
 * @throws the reason of the cancellation, where the statement was stopped for it
 */
export async function runPlan(
  runner: StatementRunner,
  pools: ReadPools,
  { plan, prepared }: ExecutablePlan,
  context: BindingContext,
  watch?: () => LookupWatch,
  cancellation?: Cancellation,
): Promise<PlanResult> {
  const released = new ReleasedSubjects(plan.nodes.length);
  const roots = new Map(textsOfNobody(plan, context));
  if (!prepared) return { roots, subjects: released.list(), notices: [] };
  const { statement } = prepared;
  const values = bindParameters(statement.parameters, context);
  const valueOf = (it: Parameter): unknown => values[statement.parameters.indexOf(it)];
  const lookups: Lookup[] = [];
  for (const root of plan.roots) lookups.push(...lookupsOf(root, valueOf));
  const watching = lookups.length > 0 ? watch?.() : undefined;
  watching?.before(digestsOf(lookups));
  const row = await runner.run(plan.readsL4 ? pools.readerL4 : pools.reader, prepared, values, cancellation);
  for (const { key, column } of statement.roots)
    roots.set(key, readMarked(row[column] ?? 'null', context.sealer, released));
  if (watching) {
    const isMissed = missedIn([{ missed: statement.missed, row }], (key) => roots.get(key));
    watching.after(digestsOf(lookups.filter(isMissed)));
  }
  return { roots, subjects: released.list(), notices: readNotices(statement.notices, row) };
}

function digestsOf(lookups: readonly Lookup[]): Buffer[] {
  const digests: Buffer[] = [];
  for (const { digest } of lookups) digests.push(digest);
  return digests;
}
