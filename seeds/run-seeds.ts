/**
 * Fills an empty, migrated pool from the cast: the subject index first, then every dataset that has a seed.
 *
 * The same options and keyring give the same rows, ids included. Two connections share the work: one writes table after table without
 * its indexes, the other makes the indexes of those that are written, one at a time, and in the end both do. Each such step is a transaction
 * of its own together with its entry in the state, so a seeding that was interrupted goes on with the first step that is missing; a seeded
 * pool is left alone.
 */
import { Client } from 'pg';
import { connectionSettings } from '../src/database/connection-settings.js';
import type { Keyring } from '../src/keyring.js';
import { type Cast, createCast } from './cast/cast.js';
import { datasetSeeds } from './datasets/index.js';
import { IndexQueue } from './index-queue.js';
import { SeedingClock, type ProgressWatch, type SeedProgress } from './seed-progress.js';
import { type SeedScale, type SeedingState, beginSeeding } from './seeding-state.js';
import { type SeedSource, type SeedTable, datasetTable, identifierTable, subjectTable } from './seed-table.js';
import { createSeedSubjects } from './subjects.js';
import { finishTable, makeIndex, writeRows } from './table-steps.js';
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
/** For building indexes. The two lanes keep the cores busy: a build has no helper. */
const indexingSettings = { maintenance_work_mem: '256MB', max_parallel_maintenance_workers: '0' };

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
  const connect = (purpose: string): Client =>
    new Client(connectionSettings(url, { purpose, settings: indexingSettings }));
  const [writer, indexer] = [connect('seeding'), connect('seeding indexes')];
  await Promise.all([writer.connect(), indexer.connect()]);
  try {
    await writer.query('select pg_advisory_lock($1::bigint)', [seedingLock]);
    const state = await beginSeeding(writer, { ...scale, seed }, keyring.identifiers);
    const tables = missingTables(state, keyring.identifiers);
    const lanes = createTwoLanes(signal);
    const watch: ProgressWatch = { onProgress, signal: lanes.signal };
    const clock = new SeedingClock(tables, watch);
    const queue = new IndexQueue();
    for (const [table, statements] of Object.entries(state.unindexed))
      queue.add(table, state.tables[table]!, statements);
    await lanes.run(
      async (announce) => {
        for (const table of tables) {
          lanes.signal.throwIfAborted();
          const { rows, indexes } = await writeRows(writer, table, clock.startTable(table));
          written[table.name] = rows;
          queue.add(table.name, rows, indexes);
          announce();
        }
      },
      (lane) => indexNext(lane === 'first' ? writer : indexer, queue, watch),
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

/** Makes one index of the tables that are written without; false where none waits. */
async function indexNext(client: Client, queue: IndexQueue, { onProgress, signal }: ProgressWatch): Promise<boolean> {
  signal?.throwIfAborted();
  const step = queue.take();
  if (!step) return false;
  onProgress?.({ phase: 'indexes', table: step.table, ...queue.progress });
  await makeIndex(client, step);
  if (queue.complete(step)) await finishTable(client, step.table);
  return true;
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
