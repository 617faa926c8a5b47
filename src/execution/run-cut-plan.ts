/**
 * Runs a cut plan: the statements of its roots at once, then, for what these left open, each part by the keys that were found, in batches
 * and side by side; at the end all texts are put together in document order, and with them what each node of the plan released.
 *
 * A database that can not be reached costs its own parts: they are null, and their paths are told. The index of subjects is no such part:
 * without it nothing is answered.
 */
import DataLoader from 'dataloader';
import type { Pool } from 'pg';
import { CitygraphError } from '../errors.js';
import type { CutPlan } from '../planning/cut-plan.js';
import type { Parameter, Plan } from '../planning/plan.js';
import type { Statement } from '../sql/compile-plan.js';
import { type PartStatement, placeOfKey } from '../sql/compile-part.js';
import { type Lookup, lookupsOf, missedIn, type PlacedNotice, readNotices, textsOfNobody } from './answer-columns.js';
import { type BindingContext, bindParameters } from './bind-parameters.js';
import { readMarked, ReleasedSubjects, sealMark } from './marked-text.js';
import type { LookupWatch, PlanResult, ReadPools } from './run-plan.js';
import type { PreparedStatement, StatementRow, StatementRunner } from './statement-runner.js';

export interface ExecutableCut {
  readonly plan: Plan;
  readonly cut: CutPlan;
  /** Of the plan as one statement, by which arguments are refused in the same order. */
  readonly parameters: readonly Parameter[];
  readonly roots: readonly { readonly database: string; readonly plan: Plan; readonly prepared: PreparedStatement }[];
  /** In the order of the cut's parts. */
  readonly parts: readonly PreparedPart[];
}

export interface PreparedPart {
  readonly prepared: PreparedStatement;
  readonly statement: PartStatement;
  /** Where the keys stand among the parameters. */
  readonly keysAt: readonly number[];
}

export interface CutDatabases {
  /** The database of the subject index. */
  readonly index: string;
  /** @throws POOL_UNAVAILABLE at once where it is known to be down */
  poolsOf(database: string): ReadPools;
  /** What a statement there failed with. */
  failed(database: string, error: CitygraphError): void;
}

/** Of a batch: so many that a page of pages is one, so few that no statement grows without end. */
export const mostKeysAtOnce = 1000;

export async function runCutPlan(
  runner: StatementRunner,
  databases: CutDatabases,
  executable: ExecutableCut,
  context: BindingContext,
  watch?: () => LookupWatch,
): Promise<PlanResult> {
  const run = new CutRun(runner, databases, executable, context);
  return run.answer(watch);
}

/** The mark of a part that is read elsewhere, as it stands in a JSON text; the mark itself is random and of plain letters. */
const hole = new RegExp(`"${sealMark}p:(\\d+):([vn][0-9a-f]*);"`, 'g');
const holeStart = `"${sealMark}p:`;

/** A key as it stands in a mark: v and the value, a text in hex, or n for null, which is a key like any other. */
type Key = string;

class CutRun {
  private readonly released: ReleasedSubjects;
  private readonly unreachedSlots = new Set<number>();
  private readonly unreachedRoots: string[][] = [];
  private readonly loaders: DataLoader<Key, StatementRow | null>[];
  private readonly found: Map<Key, StatementRow | null>[];
  private readonly bound: { readonly roots: readonly unknown[][]; readonly parts: readonly unknown[][] };

  constructor(
    private readonly runner: StatementRunner,
    private readonly databases: CutDatabases,
    private readonly executable: ExecutableCut,
    private readonly context: BindingContext,
  ) {
    this.released = new ReleasedSubjects(executable.plan.nodes.length);
    this.bound = bindAll(executable, context);
    this.found = executable.parts.map(() => new Map<Key, StatementRow | null>());
    this.loaders = executable.parts.map((_, part) => this.loaderOf(part));
  }

  async answer(watch?: () => LookupWatch): Promise<PlanResult> {
    const { roots } = this.executable;
    const lookups = this.lookups();
    const watching = lookups.length > 0 ? watch?.() : undefined;
    watching?.before(lookups.map(({ digest }) => digest));
    const rows = await Promise.all(roots.map((_, at) => this.readRoot(at)));
    const read = new Map(textsOfNobody(this.executable.plan, this.context));
    const answers: { missed: Statement['missed']; row: StatementRow }[] = [];
    const notices: PlacedNotice[] = [];
    for (const [at, { prepared }] of roots.entries()) {
      const row = rows[at];
      if (!row) continue;
      const { statement } = prepared;
      for (const { key, column } of statement.roots) {
        const [known, text] = [read.get(key), this.readText(row[column] ?? 'null')];
        read.set(key, known === undefined ? text : fillGaps(known, text));
      }
      answers.push({ missed: statement.missed, row });
      notices.push(...readNotices(statement.notices, row));
    }
    const isMissed = missedIn(answers, (key) => read.get(key));
    watching?.after(lookups.filter(isMissed).map(({ digest }) => digest));
    const { slots } = this.executable.cut;
    const unreached = [...this.unreachedRoots, ...[...this.unreachedSlots].map((slot) => slots[slot]!.path)];
    return { roots: read, subjects: this.released.list(), notices, unreached: distinctPaths(unreached) };
  }

  /** Filled first, so that what is released is on record in the order in which it stands in the answer. */
  private readText(text: string): string {
    return readMarked(this.fill(text), this.context.sealer, this.released);
  }

  private lookups(): Lookup[] {
    return this.executable.roots.flatMap(({ plan, prepared: { statement } }, at) =>
      plan.roots.flatMap((root) => lookupsOf(root, (it) => this.bound.roots[at]![statement.parameters.indexOf(it)])),
    );
  }

  /** The row of a statement of roots, when what it left open has been read as well; null where its database can't be reached. */
  private async readRoot(at: number): Promise<StatementRow | null> {
    const { database, prepared } = this.executable.roots[at]!;
    const { statement } = prepared;
    try {
      const [row = {}] = await this.query(database, prepared, this.bound.roots[at]!);
      await Promise.all(statement.roots.map(({ column }) => this.readHoles(row[column])));
      return row;
    } catch (error) {
      if (database === this.databases.index || !isUnreached(error)) throw error;
      this.unreachedRoots.push(...statement.roots.map(({ key }) => [key]));
      return null;
    }
  }

  private async readHoles(text: string | null | undefined): Promise<void> {
    if (!text?.includes(holeStart)) return;
    const { slots } = this.executable.cut;
    const waiting: Promise<unknown>[] = [];
    for (const [, slot, key] of text.matchAll(hole)) {
      const { part } = slots[Number(slot)]!;
      waiting.push(this.loaders[part]!.load(key!));
    }
    await Promise.all(waiting);
  }

  private valueOf(part: number, key: Key): string | null {
    if (key === 'n') return null;
    const written = key.slice(1);
    return this.executable.cut.parts[part]!.keys === 'text' ? Buffer.from(written, 'hex').toString('utf8') : written;
  }

  private loaderOf(part: number): DataLoader<Key, StatementRow | null> {
    return new DataLoader((keys) => this.readPart(part, keys), { maxBatchSize: mostKeysAtOnce });
  }

  private async readPart(part: number, keys: readonly Key[]): Promise<(StatementRow | null)[]> {
    const { database, oneByOne } = this.executable.cut.parts[part]!;
    const { statement, prepared, keysAt } = this.executable.parts[part]!;
    const read = async (by: unknown): Promise<readonly StatementRow[]> => {
      const values = [...this.bound.parts[part]!];
      for (const at of keysAt) values[at] = by;
      return this.query(database, prepared, values);
    };
    const found: (StatementRow | null)[] = keys.map(() => null);
    const asked = keys.map((key) => this.valueOf(part, key));
    try {
      if (oneByOne) await Promise.all(asked.map(async (key, at) => (found[at] = (await read(key))[0] ?? {})));
      else for (const row of await read(asked)) found[Number(row[placeOfKey]) - 1] = row;
    } catch (error) {
      if (database === this.databases.index || !isUnreached(error)) throw error;
      found.fill(null);
    }
    for (const [at, key] of keys.entries()) this.found[part]!.set(key, found[at]!);
    await Promise.all(
      found.flatMap((row) => (row ? statement.slots.map(({ column }) => this.readHoles(row[column])) : [])),
    );
    return found;
  }

  private async query(
    database: string,
    prepared: PreparedStatement,
    values: readonly unknown[],
  ): Promise<readonly StatementRow[]> {
    try {
      const pools = this.databases.poolsOf(database);
      const pool: Pool = this.executable.plan.readsL4 ? pools.readerL4 : pools.reader;
      return await this.runner.rows(pool, prepared, values);
    } catch (error) {
      if (error instanceof CitygraphError) this.databases.failed(database, error);
      throw error;
    }
  }

  /** The text with what was read elsewhere in its places. */
  private fill(text: string): string {
    if (!text.includes(holeStart)) return text;
    const { slots } = this.executable.cut;
    return text.replace(hole, (_, number: string, key: Key) => {
      const slot = Number(number);
      const { part } = slots[slot]!;
      const row = this.found[part]!.get(key);
      if (!row) {
        this.unreachedSlots.add(slot);
        return 'null';
      }
      const read = this.executable.parts[part]!.statement.slots.find((it) => it.slot === slot)!;
      return this.fill(row[read.column] ?? 'null');
    });
  }
}

/**
 * All before anything runs: an argument that is no good refuses the operation.
 * @throws BAD_USER_INPUT, INVALID_CURSOR, INVALID_IDENTIFIER, LIMIT_EXCEEDED, the one that one statement would
 */
function bindAll(
  { roots, parts, parameters }: ExecutableCut,
  context: BindingContext,
): { roots: unknown[][]; parts: unknown[][] } {
  const bind = (statement: Statement): unknown[] => bindParameters(statement.parameters, context);
  try {
    return {
      roots: roots.map(({ prepared }) => bind(prepared.statement)),
      parts: parts.map(({ statement }) => bind(statement)),
    };
  } catch (error) {
    bindParameters(parameters, context);
    throw error;
  }
}

/** Entities of several databases: each statement gives the list with those that it knows, and nulls for the others. */
function fillGaps(known: string, text: string): string {
  if (known === 'null' || text === 'null') return known === 'null' ? text : known;
  const more = JSON.parse(text) as unknown[];
  return JSON.stringify((JSON.parse(known) as unknown[]).map((it, at) => it ?? more[at]));
}

function isUnreached(error: unknown): boolean {
  return error instanceof CitygraphError && error.code === 'POOL_UNAVAILABLE';
}

function distinctPaths(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(paths.map((path) => [path.join('\0'), path])).values()];
}
