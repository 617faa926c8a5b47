/**
 * Runs compiled statements on a pool: unnamed at first, prepared under a name once a plan has proved itself, and deallocated with it. One that
 * nobody wants any more is stopped in the database.
 */
import type { Pool, PoolClient } from 'pg';
import { CitygraphError } from '../errors.js';
import type { Statement } from '../sql/compile-plan.js';
import { cancelStatement } from './cancel-statement.js';
import type { Cancellation } from './cancellation.js';

/** A statement with its use: the plan cache owns it. */
export interface PreparedStatement {
  readonly statement: Statement;
  readonly name: string;
  uses: number;
}

let serial = 0;
export function createPreparedStatement(statement: Statement): PreparedStatement {
  serial += 1;
  return { statement, name: `cg${serial}`, uses: 0 };
}

export interface StatementRunner {
  /** @throws the reason of the cancellation; POOL_UNAVAILABLE, STATEMENT_TIMEOUT, INTERNAL */
  run(
    pool: Pool,
    prepared: PreparedStatement,
    values: readonly unknown[],
    cancellation?: Cancellation,
  ): Promise<Record<string, string | null>>;
  /** Forgets the name on every connection, when next it is used. */
  retire(prepared: PreparedStatement): void;
}

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

  async function deallocateRetired(
    client: PoolClient,
    state: { readonly known: Set<string>; seen: number },
  ): Promise<void> {
    for (; state.seen < retired.length; state.seen += 1) {
      const name = retired[state.seen]!;
      if (!state.known.delete(name)) continue;
      await client.query(`deallocate ${client.escapeIdentifier(name)}`);
      delete (client as unknown as { connection: { parsedStatements: Record<string, string> } }).connection
        .parsedStatements[name];
    }
  }

  return {
    async run(pool, prepared, values, cancellation) {
      const client = await connect(pool);
      let broken: Error | undefined;
      let cancelling: NodeJS.Timeout | undefined;
      let stopped: Promise<void> | undefined;
      try {
        if (cancellation?.reason) throw cancellation.reason;
        cancellation?.watch(() => {
          cancelling = setTimeout(() => {
            // INVARIANT: a session that was told to stop serves nobody else: the word may come late, to the next one's statement.
            broken = cancellation.reason!;
            stopped = cancelStatement(client).then(
              () => onCancelled?.(),
              (error: unknown) => onCancelled?.(error),
            );
          }, cancelAfterMs);
        });
        let state = names.get(client);
        if (!state) names.set(client, (state = { known: new Set(), seen: retired.length }));
        await deallocateRetired(client, state);
        prepared.uses += 1;
        const name = prepared.uses > usesBeforeNaming ? prepared.name : undefined;
        if (name) state.known.add(name);
        const result = await client.query<Record<string, string | null>>({
          name,
          text: prepared.statement.text,
          values: values as unknown[],
        });
        return result.rows[0] ?? {};
      } catch (cause) {
        if (cause instanceof CitygraphError) throw cause;
        if (isConnectionFault(cause)) broken ??= cause as Error;
        if (stopped && (cause as { code?: unknown }).code === QUERY_CANCELED) throw cancellation!.reason!;
        throw toPoolError(cause);
      } finally {
        cancellation?.watch(null);
        clearTimeout(cancelling);
        await stopped;
        client.release(broken);
      }
    },
    retire(prepared) {
      if (prepared.uses > usesBeforeNaming && retired.length < rememberedRetired) retired.push(prepared.name);
    },
  };
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    throw toPoolError(cause);
  }
}

/** Class 08 and 57P are the server's way of going away; what has no SQLSTATE never reached it. */
function isConnectionFault(cause: unknown): boolean {
  const code = (cause as { code?: unknown }).code;
  if (code === QUERY_CANCELED) return false;
  return typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || code.startsWith('08') || code.startsWith('57P');
}

const QUERY_CANCELED = '57014';

function toPoolError(cause: unknown): CitygraphError {
  const code = (cause as { code?: unknown }).code;
  if (code === QUERY_CANCELED)
    return new CitygraphError(
      'STATEMENT_TIMEOUT',
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
