/**
 * Runs compiled statements on a pool: unnamed at first, prepared under a name once a plan has proved itself, and deallocated with it. One that
 * nobody wants any more is stopped in the database.
 */
import type { Pool, PoolClient } from 'pg';
import { CitygraphError } from '../errors.js';
import type { RowFields } from '../model/byte-string.js';
import type { Statement } from '../sql/compile-plan.js';
import { cancelStatement } from './cancel-statement.js';
import type { Cancellation } from './cancellation.js';
import { queryFields } from './undescribed-query.js';
import { type LaneTurn, openLanes, type ReadingLanes } from './reading-lanes.js';

/** A statement with its use: the plan cache owns it. */
export interface PreparedStatement {
  readonly statement: Statement;
  readonly name: string;
  uses: number;
  /** Milliseconds that it takes, waiting for others included: the later, the more it counts. */
  averageTime: number;
}

/** Of a statement that has not been run. */
const expectedTime = 2;

let serial = 0;
export function createPreparedStatement(statement: Statement): PreparedStatement {
  serial += 1;
  return { statement, name: `cg${serial}`, uses: 0, averageTime: expectedTime };
}

export interface StatementRunner {
  /**
   * The one row of a statement; without members where there is none.
   * @throws the reason of the cancellation; POOL_UNAVAILABLE, STATEMENT_TIMEOUT, INTERNAL
   */
  run(
    pool: Pool,
    prepared: PreparedStatement,
    values: readonly unknown[],
    cancellation?: Cancellation,
  ): Promise<StatementRow>;
  /** All rows of a statement that has several. */
  rows(
    pool: Pool,
    prepared: PreparedStatement,
    values: readonly unknown[],
    cancellation?: Cancellation,
  ): Promise<readonly StatementRow[]>;
  /** Forgets the name on every connection, when next it is used. */
  retire(prepared: PreparedStatement): void;
}

/** By the names of its columns; texts are strings of bytes (`model/byte-string.ts`). */
export type StatementRow = Readonly<Record<string, string | null>>;

export interface StatementRunnerOptions {
  /** A statement was stopped; with an error: it could not be, and ends by its timeout. */
  readonly onCancelled?: (error?: unknown) => void;
}

const usesBeforeNaming = 2;
/** What takes no longer ends before it could be stopped, and its connection is kept. */
const cancelAfterMs = 50;
const rememberedRetired = 10_000;

export function createStatementRunner({ onCancelled }: StatementRunnerOptions = {}): StatementRunner {
  const retired: string[] = [];
  const names = new WeakMap<PoolClient, { readonly known: Set<string>; seen: number }>();
  const lanesOf = new WeakMap<Pool, ReadingLanes>();

  const findLanes = (pool: Pool): ReadingLanes => {
    let lanes = lanesOf.get(pool);
    if (!lanes) lanesOf.set(pool, (lanes = openLanes(pool, isConnectionFault)));
    return lanes;
  };

  /** Sent ahead of what comes next on the connection: should the connection fail, that says so. */
  const deallocateRetired = (client: PoolClient, state: { readonly known: Set<string>; seen: number }): void => {
    for (; state.seen < retired.length; state.seen += 1) {
      const name = retired[state.seen]!;
      if (!state.known.delete(name)) continue;
      client.query(`deallocate ${client.escapeIdentifier(name)}`, () => undefined);
      forgetParsed(client, name);
    }
  };

  const send = (
    client: PoolClient,
    name: string | null,
    { statement }: PreparedStatement,
    values: readonly unknown[],
  ): Promise<readonly RowFields[]> => {
    let state = names.get(client);
    if (!state) names.set(client, (state = { known: new Set(), seen: retired.length }));
    deallocateRetired(client, state);
    if (name !== null) state.known.add(name);
    return queryFields(client, name, statement.text, values);
  };

  /** Runs it, and stops it in the database when it is not wanted any more. */
  const runUntilCancelled = async (
    turn: LaneTurn,
    sent: Promise<readonly RowFields[]>,
    cancellation: Cancellation | undefined,
  ): Promise<readonly RowFields[]> => {
    let timer: NodeJS.Timeout | undefined;
    let stopped: Promise<void> | undefined;
    cancellation?.watch(() => {
      timer = setInterval(() => {
        // What stands behind another has not begun, and the word would come to that one.
        if (!turn.isHead()) return;
        clearInterval(timer);
        // INVARIANT: a session that was told to stop takes nothing more: the word may come late, to the next one's statement.
        turn.abandon(cancellation.reason!);
        stopped = cancelStatement(turn.client).then(
          () => onCancelled?.(),
          (error: unknown) => onCancelled?.(error),
        );
      }, cancelAfterMs);
    });
    try {
      return await sent;
    } catch (cause) {
      if (stopped && stateOf(cause) === QUERY_CANCELED) throw cancellation!.reason!;
      throw cause;
    } finally {
      cancellation?.watch(null);
      clearInterval(timer);
      await stopped;
    }
  };

  const read = async (
    pool: Pool,
    prepared: PreparedStatement,
    values: readonly unknown[],
    cancellation: Cancellation | undefined,
  ): Promise<readonly RowFields[]> => {
    prepared.uses += 1;
    const name = prepared.uses > usesBeforeNaming ? prepared.name : null;
    const startedAt = performance.now();
    let taken: LaneTurn | undefined;
    const attempt = (turn: LaneTurn): Promise<readonly RowFields[]> => {
      taken = turn;
      if (cancellation?.reason) throw cancellation.reason;
      return runUntilCancelled(turn, send(turn.client, name, prepared, values), cancellation);
    };
    const lanes = findLanes(pool);
    try {
      return await lanes.use(prepared.averageTime, attempt);
    } catch (cause) {
      // A word that came late to the one before it on the connection: it reads only, and so is read again.
      const struckByMistake = taken?.isAbandoned() && stateOf(cause) === QUERY_CANCELED;
      if (struckByMistake) return await lanes.use(prepared.averageTime, attempt).catch(throwAsOwn);
      return throwAsOwn(cause);
    } finally {
      prepared.averageTime += (performance.now() - startedAt - prepared.averageTime) / 8;
    }
  };

  return {
    async run(pool, prepared, values, cancellation) {
      const [fields] = await read(pool, prepared, values, cancellation);
      return fields ? nameFields(prepared.statement.columns, fields) : {};
    },
    async rows(pool, prepared, values, cancellation) {
      const found = await read(pool, prepared, values, cancellation);
      return found.map((fields) => nameFields(prepared.statement.columns, fields));
    },
    retire(prepared) {
      if (prepared.uses > usesBeforeNaming && retired.length < rememberedRetired) retired.push(prepared.name);
    },
  };
}

function nameFields(columns: readonly string[], fields: RowFields): StatementRow {
  const row: Record<string, string | null> = {};
  for (let at = 0; at < columns.length; at += 1) row[columns[at]!] = fields[at] ?? null;
  return row;
}

function forgetParsed(client: PoolClient, name: string): void {
  delete (client as unknown as { connection: { parsedStatements: Record<string, string> } }).connection
    .parsedStatements[name];
}

/** Class 08 and 57P are the server's way of going away; what has no SQLSTATE never reached it. */
function isConnectionFault(cause: unknown): boolean {
  if (cause instanceof CitygraphError) return false;
  const code = stateOf(cause);
  if (code === QUERY_CANCELED) return false;
  return typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || code.startsWith('08') || code.startsWith('57P');
}

const QUERY_CANCELED = '57014';

function stateOf(cause: unknown): unknown {
  return (cause as { code?: unknown }).code;
}

function throwAsOwn(cause: unknown): never {
  throw cause instanceof CitygraphError ? cause : toPoolError(cause);
}

function toPoolError(cause: unknown): CitygraphError {
  const code = stateOf(cause);
  if (code === QUERY_CANCELED)
    return new CitygraphError(
      'STATEMENT_TIMEOUT',
      'the resource pool took too long to answer; ask for less or try again later',
      {},
      { cause },
    );
  if (isConnectionFault(cause) || code === '53300') return unreachable(cause);
  return new CitygraphError('INTERNAL', 'the request could not be answered', {}, { cause });
}

function unreachable(cause: unknown): CitygraphError {
  return new CitygraphError(
    'POOL_UNAVAILABLE',
    'the resource pool can not be reached now; try again later',
    {},
    { cause },
  );
}
