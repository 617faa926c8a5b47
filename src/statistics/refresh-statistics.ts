/**
 * The job that computes an edition of the statistics: every cube from one snapshot of the pool, in one transaction, so that tables that
 * share a figure show the same one, and readers see the former edition or the new one.
 *
 * It reads as the role that may read no column of level L4, and the usage log as the auditor: the second wall stands here too.
 * It reads all libraries in one database.
 */
import type { ClientBase } from 'pg';
import { CitygraphError } from '../errors.js';
import { datasetOf } from '../model/dataset.js';
import { cityCode } from '../model/code-lists/divisions.js';
import { StatisticsEdition } from '../libraries/statistics/statistics-edition.js';
import type { Control } from './cells.js';
import { computeCube, type ComputedCube } from './compute-cube.js';
import type { Cube } from './cube.js';
import { cubes as everyCube } from './cubes/index.js';
import { newestEdition, type Provenance, removeFormer, writeRows } from './write-cells.js';

export interface StatisticsRun {
  /** ISO 8601. */
  readonly referenceDate: string;
  /** Computes an edition again within the month of the last one. Two editions tell more than one: see docs/statistics.md. */
  readonly again?: boolean;
  /** Library of each type, to count uses by. */
  readonly libraryOfType: ReadonlyMap<string, string>;
  readonly roles: { readonly reader: string; readonly auditor: string };
}

export interface ComputedDataset {
  readonly dataset: string;
  readonly cells: number;
  readonly suppressed: number;
  readonly milliseconds: number;
}

export interface StatisticsReport {
  readonly edition: number;
  readonly referenceDate: string;
  readonly datasets: readonly ComputedDataset[];
  readonly milliseconds: number;
}

/** Any number will do that nothing else in this database locks. */
const statisticsLock = '2264900417355190862';

/**
 * @param client a session of a user that may write the library and take on both roles, in no transaction
 * @throws BAD_USER_INPUT when the last edition is of the same month, or of a later day
 */
export async function recomputeStatistics(
  client: ClientBase,
  run: StatisticsRun,
  { cubes = everyCube, control = 'full' }: { readonly cubes?: readonly Cube[]; readonly control?: Control } = {},
): Promise<StatisticsReport> {
  const started = performance.now();
  // Taken before the transaction, whose snapshot would else be older than the edition it waited for.
  await client.query('select pg_advisory_lock($1::bigint)', [statisticsLock]);
  try {
    await client.query('begin isolation level repeatable read');
    const edition = await nextEdition(client, run);
    const datasets: ComputedDataset[] = [];
    for (const cube of cubes) datasets.push(await replaceCube(client, cube, control, { ...run, edition }));
    await client.query('commit');
    return {
      edition,
      referenceDate: run.referenceDate,
      datasets,
      milliseconds: Math.round(performance.now() - started),
    };
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock($1::bigint)', [statisticsLock]);
  }
}

async function nextEdition(client: ClientBase, { referenceDate, again = false }: StatisticsRun): Promise<number> {
  const last = await newestEdition(client);
  if (last === null) return 1;
  if (referenceDate < last.referenceDate)
    throw new CitygraphError('BAD_USER_INPUT', `expected a day from ${last.referenceDate} on, got ${referenceDate}`);
  // INVARIANT: what changed between two editions is the difference of their figures; a month lies between them.
  if (!again && referenceDate.slice(0, 7) === last.referenceDate.slice(0, 7))
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `expected a day in a later month than ${last.referenceDate}, as of which edition ${last.edition} counts, got ${referenceDate}`,
    );
  return last.edition + 1;
}

async function replaceCube(
  client: ClientBase,
  cube: Cube,
  control: Control,
  run: StatisticsRun & { readonly edition: number },
): Promise<ComputedDataset> {
  const { edition, referenceDate } = run;
  const startedAt = new Date();
  const started = performance.now();
  const { rows, suppressed } = await computeAs(client, cube, control, run);
  const dataset = datasetOf(cube.dataset);
  const endedAt = new Date();
  const common: Provenance = { edition, referenceDate, computedAt: endedAt };
  await writeRows(client, dataset, common, rows);
  await removeFormer(client, dataset, edition);
  const milliseconds = Math.round(performance.now() - started);
  const cells = rows.length - suppressed;
  await writeRows(client, datasetOf(StatisticsEdition), common, [
    {
      division: cityCode,
      dataset: dataset.name,
      control: cube.control === 'suppression' ? 'SUPPRESSION' : 'OPEN_ROWS',
      k: cube.k,
      cells,
      suppressedCells: suppressed,
      startedAt,
      endedAt,
      milliseconds,
    },
  ]);
  return { dataset: dataset.name, cells, suppressed, milliseconds };
}

async function computeAs(client: ClientBase, cube: Cube, control: Control, run: StatisticsRun): Promise<ComputedCube> {
  const { reader, auditor } = run.roles;
  const role = cube.sources.some(({ kind }) => kind === 'usage-log') ? auditor : reader;
  await client.query("select set_config('role', $1, true)", [role]);
  const computed = await computeCube(client, cube, run, control);
  await client.query("select set_config('role', 'none', true)");
  return computed;
}
