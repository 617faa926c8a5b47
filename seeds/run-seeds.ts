/**
 * Fills an empty, migrated pool from the cast: the subject index first, then every dataset that has a seed.
 *
 * The same options and keyring give the same rows, ids included. Two connections share the work: one writes table after table without
 * its indexes, the other makes the indexes of those that are written. Each such step is a transaction of its own together with its entry
 * in the state, so a seeding that was interrupted goes on with the first step that is missing; a seeded pool is left alone.
 */
import { Client } from 'pg';
import { connectionSettings } from '../src/database/connection-settings.js';
import type { Keyring } from '../src/keyring.js';
import { type Cast, createCast } from './cast/cast.js';
import { copyRows } from './copy-rows.js';
import { datasetSeeds } from './datasets/index.js';
import { SeedingClock, type ProgressWatch, type SeedProgress, type TableClock } from './seed-progress.js';
import {
  type SeedScale,
  type SeedingState,
  beginSeeding,
  readSeedingState,
  recordIndexes,
  recordRows,
} from './seeding-state.js';
import { type SeedSource, type SeedTable, datasetTable, identifierTable, subjectTable } from './seed-table.js';
import { createSeedSubjects } from './subjects.js';
import { createTwoLanes } from './two-lanes.js';

/** `city` is about as many as live and are registered there. */
export const seedScales = {
  demo: { persons: 3_000, legalPersons: 600 },
  city: { persons: 2_200_000, legalPersons: 250_000 },
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
/** For building indexes; while the other core is busy writing, a build has no helper. */
const indexingSettings = { maintenance_work_mem: '512MB', max_parallel_maintenance_workers: '0' };

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
  const writer = new Client(connectionSettings(url, { purpose: 'seeding' }));
  const indexer = new Client(connectionSettings(url, { purpose: 'seeding indexes', settings: indexingSettings }));
  await Promise.all([writer.connect(), indexer.connect()]);
  try {
    await writer.query('select pg_advisory_lock($1::bigint)', [seedingLock]);
    const state = await beginSeeding(writer, { ...scale, seed }, keyring.identifiers);
    const tables = missingTables(state, keyring.identifiers);
    const lanes = createTwoLanes(signal);
    const watch: ProgressWatch = { onProgress, signal: lanes.signal };
    const clock = new SeedingClock(tables, watch);
    await lanes.run(
      async (announce) => {
        for (const table of tables) {
          lanes.signal.throwIfAborted();
          written[table.name] = await writeRows(writer, table, clock.startTable(table));
          announce();
        }
      },
      (alone) => indexNext(indexer, watch, alone),
    );
  } finally {
    await Promise.all([writer.end(), indexer.end()]);
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

async function writeRows(client: Client, table: SeedTable, clock: TableClock): Promise<number> {
  const rows = await inTransaction(client, async () => {
    await emptyAnew(client, table.name);
    const indexes = await setIndexesAside(client, table.name);
    const copied = await copyRows(client, table.name, table.columns, clock.rows());
    await client.query(
      `select setval(pg_get_serial_sequence($1, 'id'), greatest((select max(id) from ${table.name}), 1))`,
      [table.name],
    );
    await recordRows(client, table.name, copied, indexes);
    return copied;
  });
  clock.complete(rows);
  return rows;
}

/** Makes the indexes of one table that is written without; false where there is none. */
async function indexNext(client: Client, { onProgress, signal }: ProgressWatch, alone: boolean): Promise<boolean> {
  const state = await readSeedingState(client);
  const [next] = Object.entries(state?.unindexed ?? {});
  if (!next) return false;
  const [table, definitions] = next;
  if (alone) await client.query('set max_parallel_maintenance_workers = 1');
  await inTransaction(client, async () => {
    for (const [done, definition] of definitions.entries()) {
      signal?.throwIfAborted();
      onProgress?.({ phase: 'indexes', table, done, total: definitions.length });
      await client.query(definition);
    }
    await client.query(`analyze ${table}`);
    await recordIndexes(client, table);
  });
  return true;
}

async function inTransaction<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** What is written to a table that this transaction has emptied is not written to the log as well, where the server keeps a minimal one. */
async function emptyAnew(client: Client, table: string): Promise<void> {
  const { rows } = await client.query<{ any: boolean }>(`select exists (select from ${table}) as any`);
  if (!rows[0]!.any) await client.query(`truncate ${table}`);
}

/** An index is built in a fraction of the time that keeping it up takes; those of constraints stay, so that a wrong row is refused. */
async function setIndexesAside(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid) order by 1`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
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
