/**
 * Fills an empty, migrated pool from the cast: the subject index first, then every dataset that has a seed.
 *
 * The same options and keyring give the same rows, ids included. Each table is written in a transaction of its own together with the
 * entry that it is complete, so a seeding that was interrupted goes on with the first table that is not; a seeded pool is left alone.
 */
import { Client } from 'pg';
import { connectionSettings } from '../src/database/connection-settings.js';
import type { Keyring } from '../src/keyring.js';
import { type Cast, createCast } from './cast/cast.js';
import { copyRows } from './copy-rows.js';
import { datasetSeeds } from './datasets/index.js';
import { SeedingClock, type SeedProgress, type TableClock } from './seed-progress.js';
import { type SeedScale, type SeedingState, beginSeeding, recordTable } from './seeding-state.js';
import { type SeedSource, type SeedTable, datasetTable, identifierTable, subjectTable } from './seed-table.js';
import { createSeedSubjects } from './subjects.js';

/** `city` is about as many as live and are registered there. */
export const seedScales = {
  demo: { persons: 3_000, legalPersons: 600 },
  city: { persons: 2_200_000, legalPersons: 330_000 },
} as const satisfies Record<string, SeedScale>;

export interface RunSeedsOptions {
  /** Of a user that may write every table; the database is migrated. */
  readonly url: string;
  readonly keyring: Pick<Keyring, 'identifiers'>;
  readonly scale: SeedScale;
  /** An integer; another one makes another city. */
  readonly seed?: number;
  /** A few times a second, before a table's indexes, and when it is complete. */
  readonly onProgress?: (progress: SeedProgress) => void;
  /** Stops between two subjects; what was not complete is as if it had not been begun. */
  readonly signal?: AbortSignal;
}

export interface SeedReport {
  /** Rows of the tables that this run has written, by name; empty when there was nothing to do. */
  readonly written: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

/** Any number will do that nothing else in this database locks. */
const seedingLock = '5087240011920465377';
/** For building indexes. */
const maintenanceMemory = '256MB';

/** @throws CitygraphError when the pool has other data, see `beginSeeding`; what `signal` was aborted with */
export async function runSeeds({
  url,
  keyring,
  scale,
  seed = 1,
  onProgress,
  signal,
}: RunSeedsOptions): Promise<SeedReport> {
  const started = performance.now();
  const written: Record<string, number> = {};
  const client = new Client(
    connectionSettings(url, { purpose: 'seeding', settings: { maintenance_work_mem: maintenanceMemory } }),
  );
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1::bigint)', [seedingLock]);
    const state = await beginSeeding(client, { ...scale, seed }, keyring.identifiers);
    const tables = missingTables(state, keyring.identifiers);
    const clock = new SeedingClock(tables, { onProgress, signal });
    for (const table of tables) {
      signal?.throwIfAborted();
      written[table.name] = await writeTable(client, table, clock.startTable(table));
    }
  } finally {
    await client.end();
  }
  return { written, milliseconds: Math.round(performance.now() - started) };
}

function missingTables(state: SeedingState, identifierKey: Buffer): SeedTable[] {
  const cast = rememberLast(createCast(state));
  const source: SeedSource = { cast, subjects: createSeedSubjects(cast), identifierKey };
  const tables = [
    subjectTable(source),
    identifierTable(source),
    ...datasetSeeds.map((seed) => datasetTable(seed, source)),
  ];
  return tables.filter(({ name }) => !(name in state.tables));
}

async function writeTable(client: Client, table: SeedTable, clock: TableClock): Promise<number> {
  await client.query('begin');
  try {
    const restoreIndexes = await setIndexesAside(client, table.name);
    const rows = await copyRows(client, table.name, table.columns, clock.rows());
    clock.indexes();
    await restoreIndexes();
    await client.query(
      `select setval(pg_get_serial_sequence($1, 'id'), greatest((select max(id) from ${table.name}), 1))`,
      [table.name],
    );
    await client.query(`analyze ${table.name}`);
    await recordTable(client, table.name, rows);
    await client.query('commit');
    clock.complete(rows);
    return rows;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** An index is built in a fraction of the time that keeping it up takes; those of constraints stay, so that a wrong row is refused. */
async function setIndexesAside(client: Client, table: string): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid) order by 1`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return async () => {
    for (const { definition } of rows) await client.query(definition);
  };
}

/** Rows of one subject stand together in several tables, and each asks for it anew. */
function rememberLast(cast: Cast): Cast {
  return {
    ...cast,
    person: remembering((index) => cast.person(index)),
    legalPerson: remembering((index) => cast.legalPerson(index)),
  };
}

function remembering<T>(describe: (index: number) => T): (index: number) => T {
  let last: { index: number; value: T } | undefined;
  return (index) => {
    if (last?.index !== index) last = { index, value: describe(index) };
    return last.value;
  };
}
