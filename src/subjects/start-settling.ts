/** Copies of scopes in other databases take a changed scope in full soon after it was committed, for as long as the service runs. */
import type { Kysely } from 'kysely';
import type { Dataset } from '../model/declaration.js';
import { settleScopes } from './settle-scopes.js';

/** Milliseconds between looks. */
const interval = 2_000;

export interface Settling {
  /** Waits for the look under way. */
  stop(): Promise<void>;
}

/** @param onFailure it is tried again after the interval */
export function startSettling(
  db: Kysely<unknown>,
  datasets: ReadonlyMap<string, Dataset>,
  onFailure: (error: unknown) => void,
): Settling {
  let running: Promise<unknown> | null = null;
  const settle = (): void => {
    running ??= settleScopes(db, datasets.values())
      .catch(onFailure)
      .finally(() => (running = null));
  };
  const timer = setInterval(settle, interval).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
