/** Runs statements on replicas, and again on the primary where one fails there: a replica may be gone, or have to cancel what is in the way of its replaying. */
import type { Pool } from 'pg';
import { CitygraphError } from '../errors.js';
import type { ReadPools } from './run-plan.js';
import type { StatementRunner } from './statement-runner.js';

export interface ReplicaPools {
  /** Which of a replica's pools it is; null where it is of none. */
  roleOf(pool: Pool): keyof ReadPools | null;
  failed(pool: Pool): void;
}

export function createReplicaRunner(
  runner: StatementRunner,
  replicas: ReplicaPools,
  primary: ReadPools,
): StatementRunner {
  const rows: StatementRunner['rows'] = async (pool, prepared, values, cancellation) => {
    const role = replicas.roleOf(pool);
    if (role === null) return runner.rows(pool, prepared, values, cancellation);
    try {
      return await runner.rows(pool, prepared, values, cancellation);
    } catch (error) {
      // What was cancelled for its length would be no shorter there.
      if (!(error instanceof CitygraphError) || sqlStateOf(error.cause) === '57014') throw error;
      replicas.failed(pool);
      return runner.rows(primary[role], prepared, values, cancellation);
    }
  };
  return {
    rows,
    run: async (pool, prepared, values, cancellation) => (await rows(pool, prepared, values, cancellation))[0] ?? {},
    retire: (prepared) => runner.retire(prepared),
  };
}

function sqlStateOf(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}
