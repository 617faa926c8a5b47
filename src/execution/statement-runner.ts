/**
 * Runs compiled statements on a pool: unnamed at first, prepared under a name once a plan has proved itself, and deallocated with it.
 */
import type { Pool, PoolClient } from 'pg';
import { CitygraphError } from '../errors.js';
import type { Statement } from '../sql/compile-plan.js';
import { queryFields, type RowFields } from './undescribed-query.js';
import { openLanes, type ReadingLanes } from './reading-lanes.js';

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
  /** The one row of a statement; without members where there is none. */
  run(pool: Pool, prepared: PreparedStatement, values: readonly unknown[]): Promise<StatementRow>;
  /** All rows of a statement that has several. */
  rows(pool: Pool, prepared: PreparedStatement, values: readonly unknown[]): Promise<readonly StatementRow[]>;
  /** Forgets the name on every connection, when next it is used. */
  retire(prepared: PreparedStatement): void;
}

/** By the names of its columns. */
export type StatementRow = Readonly<Record<string, string | null>>;

const usesBeforeNaming = 2;
const rememberedRetired = 10_000;

export function createStatementRunner(): StatementRunner {
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

  const rows: StatementRunner['rows'] = async (pool, prepared, values) => {
    prepared.uses += 1;
    const name = prepared.uses > usesBeforeNaming ? prepared.name : null;
    const startedAt = performance.now();
    try {
      const found = await findLanes(pool).use(prepared.averageTime, (client) => send(client, name, prepared, values));
      return found.map((fields) => nameFields(prepared.statement.columns, fields));
    } catch (cause) {
      throw toPoolError(cause);
    } finally {
      prepared.averageTime += (performance.now() - startedAt - prepared.averageTime) / 8;
    }
  };

  return {
    rows,
    async run(pool, prepared, values) {
      return (await rows(pool, prepared, values))[0] ?? {};
    },
    retire(prepared) {
      if (prepared.uses > usesBeforeNaming && retired.length < rememberedRetired) retired.push(prepared.name);
    },
  };
}

function nameFields(columns: readonly string[], fields: RowFields): StatementRow {
  const row: Record<string, string | null> = {};
  for (const [at, column] of columns.entries()) row[column] = fields[at] ?? null;
  return row;
}

function forgetParsed(client: PoolClient, name: string): void {
  delete (client as unknown as { connection: { parsedStatements: Record<string, string> } }).connection
    .parsedStatements[name];
}

/** Class 08 and 57P are the server's way of going away; what has no SQLSTATE never reached it. */
function isConnectionFault(cause: unknown): boolean {
  const code = (cause as { code?: unknown }).code;
  return typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || code.startsWith('08') || code.startsWith('57P');
}

function toPoolError(cause: unknown): CitygraphError {
  const code = (cause as { code?: unknown }).code;
  if (code === '57014')
    return new CitygraphError(
      'POOL_UNAVAILABLE',
      'the resource pool took too long to answer; ask for less or try again later',
      {},
      { cause },
    );
  if (isConnectionFault(cause) || code === '53300')
    return new CitygraphError(
      'POOL_UNAVAILABLE',
      'the resource pool can not be reached now; try again later',
      {},
      { cause },
    );
  return new CitygraphError('INTERNAL', 'the request could not be answered', {}, { cause });
}
