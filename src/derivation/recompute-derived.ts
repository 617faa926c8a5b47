/**
 * The job that fills the tables of the portrait library from the others. What it may read of each is what the dataset's `derivedFrom` names,
 * and no more; it decides nothing about who sees the result.
 *
 * Each group of datasets is computed into staging tables and then replaces its former edition in one transaction: readers see the old edition
 * or the new one, and a job that was interrupted leaves the old. The same facts, day and edition give the same rows. Rows keep their ids.
 * It reads all libraries in one database; one that lives in a database of its own is read through its foreign tables.
 */
import type { ClientBase } from 'pg';
import { CitygraphError } from '../errors.js';
import { type Derivation, type DerivationRun, stagingTableOf } from './derivation.js';
import { enterpriseTimelineEntry } from './enterprise-timeline-entry.js';
import { healthTag } from './health-tag.js';
import { personTag } from './person-tag.js';
import {
  deleteStatement,
  stageStatement,
  type Statement,
  upsertForeignStatements,
  upsertStatement,
} from './replace-rows.js';
import { riskPart } from './risk-part.js';
import { riskScore } from './risk-score.js';
import { socialSecurityTag } from './social-security-tag.js';
import { standing } from './standing.js';

/** One transaction each: a score and its parts never stand in different editions. */
export const derivationGroups: readonly (readonly Derivation[])[] = [
  [riskPart, riskScore],
  [standing],
  [personTag],
  [socialSecurityTag],
  [healthTag],
  [enterpriseTimelineEntry],
];
export const derivations: readonly Derivation[] = derivationGroups.flat();

export interface DerivedDataset {
  readonly dataset: string;
  /** Rows of the new edition. */
  readonly rows: number;
  /** Rows of the former edition that are no more. */
  readonly removed: number;
  /** Of the transaction that it was replaced in. */
  readonly milliseconds: number;
}

export interface DerivationReport extends DerivationRun {
  readonly datasets: readonly DerivedDataset[];
  readonly milliseconds: number;
}

/** Any number will do that nothing else in this database locks. */
const derivationLock = '6120835534970218849';
const unlock = 'select pg_advisory_unlock($1::bigint)';

/**
 * @param client a session of a user that may write the portrait library and make temporary tables, in no transaction
 * @throws BAD_USER_INPUT when a newer edition is there
 */
export async function recomputeDerived(client: ClientBase, run: DerivationRun): Promise<DerivationReport> {
  const started = performance.now();
  await client.query('select pg_advisory_lock($1::bigint)', [derivationLock]);
  try {
    const datasets = await replaceAll(client, run);
    await client.query(unlock, [derivationLock]);
    return { ...run, datasets, milliseconds: Math.round(performance.now() - started) };
  } catch (error) {
    return await cleanUp(client, error, unlock, [derivationLock]);
  }
}

async function replaceAll(client: ClientBase, run: DerivationRun): Promise<DerivedDataset[]> {
  const newest = (await nextEdition(client)) - 1;
  if (run.edition < newest)
    throw new CitygraphError('BAD_USER_INPUT', `expected an edition of ${newest} or later, got ${run.edition}`);
  const datasets: DerivedDataset[] = [];
  for (const group of derivationGroups) datasets.push(...(await replaceGroup(client, group, run)));
  return datasets;
}

/** One more than the newest edition of any dataset. */
export async function nextEdition(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ edition: number }>(`
    select coalesce(max(edition), 0) + 1 as edition from (
      select max(edition) as edition from portrait.risk_part union all select max(edition) from portrait.risk_score
      union all select max(edition) from portrait.standing union all select max(edition) from portrait.person_tag
      union all select max(edition) from portrait.social_security_tag union all select max(edition) from portrait.health_tag
      union all select max(edition) from portrait.enterprise_timeline_entry) as editions`);
  return rows[0]!.edition;
}

async function replaceGroup(
  client: ClientBase,
  group: readonly Derivation[],
  run: DerivationRun,
): Promise<DerivedDataset[]> {
  const started = performance.now();
  await client.query('begin isolation level read committed');
  try {
    for (const derivation of group) await stage(client, derivation, run);
    /*
     * INVARIANT: between this and the commit no subject's division or protection changes, so none is copied that is no longer true. It comes
     * after the long queries and before the first row is written: loads wait for the writing alone, and nobody waits in a circle.
     */
    await client.query('lock table citygraph.subject in share mode');
    const replaced = [];
    for (const derivation of group) {
      const removed = await execute(client, deleteStatement(derivation));
      replaced.push({ dataset: derivation.dataset, removed, rows: await upsert(client, derivation) });
    }
    await client.query('commit');
    const milliseconds = Math.round(performance.now() - started);
    return replaced.map((it) => ({ ...it, milliseconds }));
  } catch (error) {
    return await cleanUp(client, error, 'rollback');
  }
}

async function stage(client: ClientBase, derivation: Derivation, run: DerivationRun): Promise<void> {
  const { text } = stageStatement(derivation, derivation.query);
  await client.query(text, [...derivation.parameters(run)]);
  await client.query(`analyze ${stagingTableOf(derivation)}`);
}

async function upsert(client: ClientBase, derivation: Derivation): Promise<number> {
  const { rows } = await client.query<{ foreign: boolean }>(
    `select relkind = 'f' as foreign from pg_class where oid = to_regclass($1)`,
    [`portrait.${derivation.table}`],
  );
  if (!rows[0]!.foreign) return execute(client, upsertStatement(derivation));
  let written = 0;
  for (const statement of upsertForeignStatements(derivation)) written += await execute(client, statement);
  return written;
}

async function execute(client: ClientBase, { text, values }: Statement): Promise<number> {
  return (await client.query(text, [...values])).rowCount ?? 0;
}

/** A session that was ended is clean by itself: what failed first is what the caller must hear of. */
async function cleanUp(
  client: ClientBase,
  cause: unknown,
  statement: string,
  values: readonly unknown[] = [],
): Promise<never> {
  try {
    await client.query(statement, [...values]);
  } catch {
    throw cause;
  }
  throw cause;
}
