/**
 * Runs compiled statements on a pool: unnamed at first, prepared under a name once a plan has proved itself, and deallocated with it.
 */
import type { Pool, PoolClient } from 'pg';
import { CitygraphError } from '../errors.js';
import type { Statement } from '../sql/compile-plan.js';

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
  run(pool: Pool, prepared: PreparedStatement, values: readonly unknown[]): Promise<Record<string, string | null>>;
  /** All rows of a statement that has several. */
  rows(pool: Pool, prepared: PreparedStatement, values: readonly unknown[]): Promise<readonly StatementRow[]>;
  /** Forgets the name on every connection, when next it is used. */
  retire(prepared: PreparedStatement): void;
}

export type StatementRow = Readonly<Record<string, string | null>>;

const usesBeforeNaming = 2;
const rememberedRetired = 10_000;

export function createStatementRunner(): StatementRunner {
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

  const rows: StatementRunner['rows'] = async (pool, prepared, values) => {
    const client = await connect(pool);
    let broken: Error | undefined;
    try {
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
      return result.rows;
    } catch (cause) {
      broken = isConnectionFault(cause) ? (cause as Error) : undefined;
      throw toPoolError(cause);
    } finally {
      client.release(broken);
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

/** Whatever keeps a session from being opened, the pool can't be reached by it. */
async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (cause) {
    throw unreachable(cause);
  }
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
