/**
 * One change of the policy: a transaction of its own, alone in it with the policy's lock, and its line in the history.
 *
 * INVARIANT: change and history commit together or not at all.
 */
import type { Pool, PoolClient } from 'pg';
import { CitygraphError } from '../errors.js';
import { holdsIdentifier } from '../model/redact-identifiers.js';

/** Who makes a change. */
export interface Actor {
  readonly kind: 'official' | 'consumer' | 'command' | 'service';
  readonly name: string;
}

export interface ChangeEntry {
  /** `grant.revoked`, `consumer.suspended` … */
  readonly action: string;
  readonly target: string;
  readonly reason: string | null;
  /** Never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface PolicyChanger {
  readonly actor: Actor;
  readonly now: () => Date;
  /** @param work does the change and says what it did; what it throws undoes it */
  readonly change: <T>(
    work: (client: PoolClient) => Promise<{ readonly result: T; readonly entry: ChangeEntry }>,
  ) => Promise<T>;
}

export function createPolicyChanger(pool: () => Promise<Pool>, actor: Actor, now: () => Date): PolicyChanger {
  return {
    actor,
    now,
    change: async (work) =>
      inTransaction(await pool(), async (client) => {
        // Taken first, so that what is looked at before the change still holds when it is made.
        await client.query('select pg_advisory_xact_lock(citygraph.policy_lock())');
        const { result, entry } = await work(client);
        await client.query(
          `insert into citygraph.policy_change (actor_kind, actor, action, target, reason, details, policy_version)
           select $1, $2, $3, $4, $5, $6::jsonb, version from citygraph.policy_version where id = 1`,
          [actor.kind, actor.name, entry.action, entry.target, entry.reason, JSON.stringify(entry.details ?? {})],
        );
        return result;
      }),
  };
}

/** A connection on which something went wrong that was not our own refusal is closed, and with it its transaction: none is ever left open. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = await rollBack(client, error);
    throw error;
  } finally {
    client.release(broken);
  }
}

async function rollBack(client: PoolClient, failure: unknown): Promise<Error | undefined> {
  if (!(failure instanceof CitygraphError)) return failure instanceof Error ? failure : new Error(String(failure));
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

const longestText = 500;

/** @throws BAD_USER_INPUT; what is given stays in the history, so it may hold no identifier */
export function requireText(field: string, text: string): string {
  if (typeof text !== 'string' || text.trim() === '') throw unexpected(field, 'a text', 'an empty one');
  if (text.length > longestText)
    throw unexpected(field, `a text of at most ${longestText} characters`, `${text.length} characters`);
  return text;
}

export function requireReason(reason: string): string {
  requireText('reason', reason);
  if (holdsIdentifier(reason))
    throw unexpected('reason', 'words without an identifier, for it stays on record', 'some with one');
  return reason;
}

export function unexpected(field: string, expected: string, came: string): CitygraphError {
  return new CitygraphError('BAD_USER_INPUT', `${field}: expected ${expected}, got ${came}`, { field, expected, came });
}

/**
 * INVARIANT: what takes two persons takes two. One who signs in at an issuer and with a token of this service under one name is one person.
 * @throws FORBIDDEN
 */
export function requireAnotherPerson(first: string, second: Actor, what: string): void {
  if (personOf(first) !== personOf(second.name)) return;
  throw new CitygraphError('FORBIDDEN', `expected another person than who ${what}, got the same`);
}

function personOf(name: string): string {
  return name.toLowerCase().replace(/^oidc:/, '');
}
