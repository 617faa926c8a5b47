/**
 * A month of the usage log moved out of its table: written, read back and checked, and only then removed, in one transaction with its
 * manifest. The tree keeps every leaf and every hash.
 *
 * Cut short anywhere it has either done nothing that shows, or can be called again and goes on: a file bears its name only once it has been
 * checked, and one that is there is checked again and used.
 *
 * It needs the owner of the tables: no role of the service can remove a record, and that stays so.
 */
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { CitygraphError } from '../../errors.js';
import { copyRows } from '../tree/copy-rows.js';
import type { SigningKeys } from '../tree/signing-keys.js';
import { checkArchive } from './check-archive.js';
import { LeavesDigest } from './leaves-digest.js';
import { removeEntries, untilIndexed } from '../index/month-entries.js';
import { archiveFileOf, boundsOf, type Manifest, manifestFileOf, signManifest } from './manifest.js';
import { rangeOf, writeArchive } from './write-archive.js';

export type ArchiveStep = 'write' | 'check' | 'place' | 'manifest' | 'remove' | 'commit';

export interface ArchiveOptions {
  /** Of the owner of the tables. */
  readonly client: ClientBase;
  readonly keys: SigningKeys;
  readonly folder: string;
  readonly archivedBy: string;
  /** Milliseconds for which the index may stand still before the work is given up. */
  readonly patience?: number;
  /** Told before each step. What it throws ends the work there. */
  readonly onStep?: (step: ArchiveStep, month: string) => void | Promise<void>;
}

/** Months with records, all of it before `before`, the oldest first. */
export async function findMonths(client: ClientBase, before: string): Promise<string[]> {
  const { rows } = await client.query<{ month: string }>(
    `select distinct to_char(occurred_at at time zone 'UTC', 'YYYY-MM') as month from citygraph.usage_record
      where occurred_at < $1 order by 1`,
    [boundsOf(before).from],
  );
  return rows.map(({ month }) => month);
}

/** @throws LOG_INCONSISTENT where month or file is not whole; nothing is removed then */
export async function archiveMonth(options: ArchiveOptions, month: string): Promise<Manifest> {
  const { client, keys, folder, onStep = () => undefined } = options;
  await refuseArchived(client, month);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, archiveFileOf(month));
  if (!existsSync(path)) {
    const draft = `${path}.partial`;
    await onStep('write', month);
    await rm(draft, { force: true });
    await atOneMoment(client, () => writeArchive(client, keys.origin, month, draft));
    await onStep('check', month);
    await checkArchive(draft, keys.origin, keys.verifiers());
    await onStep('place', month);
    await rename(draft, path);
    await syncFolder(folder);
  }
  // INVARIANT: what is removed is what the file that is kept was found to hold, read from it once more.
  const manifest = await checkArchive(path, keys.origin, keys.verifiers());
  if (manifest.month !== month) throw inconsistent(month, 'the file of its name is of another month');
  await onStep('manifest', month);
  const note = signManifest(keys.origin, manifest, keys.signers());
  await writeDurably(manifestFileOf(path), note);
  // INVARIANT: a record that goes before it is indexed would be in no search, and in no count, when it comes back.
  if (!(await untilIndexed(client, manifest.lastLeaf, options.patience)))
    throw inconsistent(month, 'its records are not in the index yet; try again when the service has gone on');
  await removeRecords(options, manifest, note);
  return manifest;
}

async function refuseArchived(client: ClientBase, month: string): Promise<void> {
  const { rowCount } = await client.query('select from citygraph.usage_archive where month = $1', [month]);
  if (rowCount) throw inconsistent(month, 'it has been archived, and there are records of it again');
}

const lockAttempts = 5;

/** Who writes a record waits for the lock as long as we do: a little, several times. */
async function removeRecords(options: ArchiveOptions, manifest: Manifest, note: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await removeOnce(options, manifest, note);
    } catch (error) {
      const locked = (error as { code?: unknown }).code === '55P03';
      if (!locked || attempt >= lockAttempts) throw error;
      await delay(1_000);
    }
  }
}

async function removeOnce(
  { client, folder, archivedBy, onStep = () => undefined }: ArchiveOptions,
  manifest: Manifest,
  note: string,
): Promise<void> {
  const { month, records, leavesDigest, file } = manifest;
  await client.query(`begin; set local lock_timeout = '2s'; set local statement_timeout = 0`);
  try {
    await onStep('remove', month);
    await lockMonth(client, month);
    const leaves = await digestLeaves(client, month);
    if (leaves.count !== records || leaves.hex() !== leavesDigest)
      throw inconsistent(month, 'the tree has other leaves of it than the file');
    const removed = await dropMonth(client, month);
    await removeEntries(client, boundsOf(month));
    if (removed !== records) throw inconsistent(month, `the table has ${removed} records of it, the file ${records}`);
    await client.query(
      'insert into citygraph.usage_archive (month, file, note, archived_by, archived_at) values ($1, $2, $3, $4, clock_timestamp())',
      [month, join(folder, file), note, archivedBy],
    );
    await onStep('commit', month);
    await client.query('commit');
  } catch (error) {
    await undo(client, error);
    throw error;
  }
}

/** A connection that is lost has been rolled back by the server: then what went wrong first is what there is to say. */
export async function undo(client: ClientBase, failure: unknown): Promise<void> {
  try {
    await client.query('rollback');
  } catch {
    throw failure;
  }
}

function partitionOf(month: string): string {
  return `citygraph.usage_record_${month.replace('-', '_')}`;
}

async function hasPartition(client: ClientBase, month: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_inherits where inhrelid = to_regclass($1) and inhparent = 'citygraph.usage_record'::regclass`,
    [partitionOf(month)],
  );
  return rowCount === 1;
}

async function lockMonth(client: ClientBase, month: string): Promise<void> {
  if (await hasPartition(client, month))
    await client.query(`lock table citygraph.usage_record, ${partitionOf(month)} in access exclusive mode`);
}

/** A partition goes whole; what is in the one that catches the rest goes row by row. @returns how many records went */
async function dropMonth(client: ClientBase, month: string): Promise<number> {
  if (!(await hasPartition(client, month))) {
    const { rowCount } = await client.query(`delete from citygraph.usage_record r where ${rangeOf(month)('r')}`);
    return rowCount ?? 0;
  }
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${partitionOf(month)}`);
  await client.query(`alter table citygraph.usage_record detach partition ${partitionOf(month)}`);
  await client.query(`drop table ${partitionOf(month)}`);
  return Number(rows[0]!.count);
}

export async function digestLeaves(client: ClientBase, month: string): Promise<LeavesDigest> {
  const digest = new LeavesDigest();
  const query = `select leaf_index, record_id, encode(commitment, 'hex') from citygraph.usage_leaf l where ${rangeOf(month)('l')} order by leaf_index`;
  for await (const rows of copyRows(client, query))
    for (const [index, recordId, commitment] of rows) digest.add(Number(index), recordId!, commitment!);
  return digest;
}

async function atOneMoment(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('begin isolation level repeatable read read only; set local statement_timeout = 0');
  try {
    await work();
  } finally {
    await client.query('rollback');
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.partial`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/** A name is durable with its folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function inconsistent(month: string, why: string): CitygraphError {
  return new CitygraphError('LOG_INCONSISTENT', `${month} can’t be archived: ${why}`);
}
