/**
 * How far a database has been seeded, kept in a table that only a seeded database has: one row, with what it is seeded from, the tables
 * that are written and which of their indexes are missing. A table's rows, or an index, and its entry here are one transaction, so that an
 * interrupted seeding goes on where it was.
 */
import { createHmac } from 'node:crypto';
import type { Client } from 'pg';
import { CitygraphError } from '../src/errors.js';

export interface SeedScale {
  readonly persons: number;
  readonly legalPersons: number;
}

/** Another one makes another city. */
export interface SeedOptions extends SeedScale {
  readonly seed: number;
}

export interface SeedingState extends SeedOptions {
  /** Names of the tables that are written, with their number of rows. */
  readonly tables: Readonly<Record<string, number>>;
  /** Tables whose rows are there and not yet all of their indexes: the statements that make those that are missing. */
  readonly unindexed: Readonly<Record<string, readonly string[]>>;
  /** Tells whether digests are made with the same key, and nothing of the key. */
  readonly keyCheck: string;
}

/** Null where no seeding has begun. */
export async function readSeedingState(client: Client): Promise<SeedingState | null> {
  const { rows: found } = await client.query<{ exists: boolean }>(
    `select to_regclass('citygraph.seeding') is not null as exists`,
  );
  if (!found[0]!.exists) return null;
  // A pool that was seeded before indexes were made beside the writing has none that are missing.
  await client.query(`alter table citygraph.seeding add column if not exists unindexed jsonb not null default '{}'`);
  const { rows } = await client.query<SeedingState>(
    `select persons, legal_persons as "legalPersons", seed, key_check as "keyCheck", tables, unindexed from citygraph.seeding`,
  );
  return rows[0] ?? null;
}

/** Whether the pool has subjects. */
export async function hasSubjects(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ any: boolean }>('select exists (select from citygraph.subject) as any');
  return rows[0]!.any;
}

/**
 * Takes up the seeding that was begun, or begins one on an empty pool.
 *
 * @throws CitygraphError DATABASE_UNSUITABLE when the pool has other data, or was seeded from something else; CONFIG_INVALID when its
 *   identifiers were digested with another key
 */
export async function beginSeeding(client: Client, options: SeedOptions, identifierKey: Buffer): Promise<SeedingState> {
  const keyCheck = checkOf(identifierKey);
  const state = await readSeedingState(client);
  if (state !== null) {
    requireSame(state, options, keyCheck);
    return state;
  }
  if (await hasSubjects(client)) {
    throw new CitygraphError(
      'DATABASE_UNSUITABLE',
      'Seeding expected an empty pool, and this one has subjects that were not seeded.',
    );
  }
  await client.query(`create table if not exists citygraph.seeding (
    id smallint primary key default 1 check (id = 1), persons int not null, legal_persons int not null, seed int not null,
    key_check text not null, tables jsonb not null default '{}', unindexed jsonb not null default '{}', begun_at timestamptz not null default now())`);
  await client.query(
    'insert into citygraph.seeding (persons, legal_persons, seed, key_check) values ($1, $2, $3, $4)',
    [options.persons, options.legalPersons, options.seed, keyCheck],
  );
  return { ...options, keyCheck, tables: {}, unindexed: {} };
}

/** In the transaction that wrote the table, with the statements that make the indexes it was written without. */
export async function recordRows(
  client: Client,
  table: string,
  rows: number,
  indexes: readonly string[],
): Promise<void> {
  await client.query(
    `update citygraph.seeding set tables = tables || jsonb_build_object($1::text, $2::int),
      unindexed = unindexed || jsonb_build_object($1::text, $3::jsonb)`,
    [table, rows, JSON.stringify(indexes)],
  );
}

/** In the transaction that made it. */
export async function recordIndex(client: Client, table: string, statement: string): Promise<void> {
  await client.query(
    'update citygraph.seeding set unindexed = jsonb_set(unindexed, array[$1::text], (unindexed -> $1::text) - $2::text)',
    [table, statement],
  );
}

/** In the transaction that was the last over its indexes. */
export async function recordIndexes(client: Client, table: string): Promise<void> {
  await client.query('update citygraph.seeding set unindexed = unindexed - $1', [table]);
}

function requireSame(state: SeedingState, options: SeedOptions, keyCheck: string): void {
  if (state.keyCheck !== keyCheck) {
    throw new CitygraphError(
      'CONFIG_INVALID',
      'Expected the keyring with which this pool was seeded, got another: no identifier would be found. Restore the keyring file, or start with an empty database.',
    );
  }
  const describe = ({ persons, legalPersons, seed }: SeedOptions): string =>
    `${persons} persons, ${legalPersons} legal persons, seed ${seed}`;
  if (describe(state) === describe(options)) return;
  throw new CitygraphError(
    'DATABASE_UNSUITABLE',
    `Seeding expected an empty pool or one seeded from ${describe(options)}, and this one is seeded from ${describe(state)}.`,
  );
}

function checkOf(identifierKey: Buffer): string {
  return createHmac('sha256', identifierKey).update('citygraph/seeding').digest('hex').slice(0, 16);
}
