/**
 * An archived month back into the table, from its file: checked as it is read, compared once more when it is there, whole or not at all.
 * The manifest goes with it: from then on the month is verified like any other.
 */
import { basename } from 'node:path';
import type { ClientBase } from 'pg';
import { CitygraphError } from '../../errors.js';
import { commitRecord } from '../canonical-record.js';
import { readColumns, recordColumnsSql } from '../record-columns.js';
import { restoreEntries } from '../index/month-entries.js';
import { copyRows } from '../tree/copy-rows.js';
import type { NoteVerifier } from '../tree/signed-note.js';
import { digestLeaves, undo } from './archive-month.js';
import { type ArchivedRecord, checkArchive } from './check-archive.js';
import { LeavesDigest } from './leaves-digest.js';
import { boundsOf, type Manifest, readManifest } from './manifest.js';
import { rangeOf } from './write-archive.js';

export interface RestoreOptions {
  /** Of the owner of the tables. */
  readonly client: ClientBase;
  readonly origin: string;
  readonly verifiers: readonly NoteVerifier[];
  /** Told before the transaction is committed. What it throws undoes all. */
  readonly onCommit?: () => void;
}

const batchSize = 500;

/** @throws LOG_INCONSISTENT, and then nothing is changed */
export async function restoreMonth(
  { client, origin, verifiers, onCommit }: RestoreOptions,
  path: string,
): Promise<Manifest> {
  await client.query('begin; set local statement_timeout = 0');
  try {
    const batch: ArchivedRecord[] = [];
    const flush = async (): Promise<void> => insertRecords(client, batch.splice(0));
    const found = await checkArchive(path, origin, verifiers, {
      onPlan: async (hash, description) => {
        await client.query(
          `insert into citygraph.usage_plan (hash, description) values (decode($1, 'hex'), $2::json) on conflict do nothing`,
          [hash, description],
        );
      },
      onRecord: async (record) => {
        if (batch.push(record) >= batchSize) await flush();
      },
    });
    await flush();
    await requireManifest(client, origin, verifiers, found);
    await requireRestored(client, found);
    await restoreEntries(client, boundsOf(found.month));
    await client.query('delete from citygraph.usage_archive where month = $1', [found.month]);
    onCommit?.();
    await client.query('commit');
    return found;
  } catch (error) {
    await undo(client, error);
    throw error;
  }
}

/** What the database keeps of the month says that it is this file. */
async function requireManifest(
  client: ClientBase,
  origin: string,
  verifiers: readonly NoteVerifier[],
  { file: _file, ...found }: Manifest,
): Promise<void> {
  const { rows } = await client.query<{ note: string }>('select note from citygraph.usage_archive where month = $1', [
    found.month,
  ]);
  if (!rows[0])
    throw new CitygraphError(
      'BAD_USER_INPUT',
      `expected the file of a month that is archived, got one of ${found.month}`,
    );
  let manifest: Manifest;
  try {
    manifest = readManifest(rows[0].note, origin, verifiers);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw inconsistent(found.month, cause.message);
  }
  for (const [name, value] of Object.entries(found))
    if (manifest[name as keyof Manifest] !== value)
      throw inconsistent(found.month, `the file has another ${name} than ${basename(manifest.file)} had`);
}

/** INVARIANT: as the table gives the records back they are what was committed to, and all of them are there. */
async function requireRestored(client: ClientBase, { month, records, leavesDigest }: Manifest): Promise<void> {
  const leaves = await digestLeaves(client, month);
  if (leaves.count !== records || leaves.hex() !== leavesDigest)
    throw inconsistent(month, 'the tree has other leaves of it than the file');
  const digest = new LeavesDigest();
  const query = `select l.leaf_index, l.record_id, ${recordColumnsSql}
      from citygraph.usage_leaf l join citygraph.usage_record r on r.occurred_at = l.occurred_at and r.id = l.record_id
     where ${rangeOf(month)('l')} order by l.leaf_index`;
  for await (const rows of copyRows(client, query)) {
    for (const row of rows) {
      const { columns, salt } = readColumns(row, 2);
      digest.add(Number(row[0]), row[1]!, commitRecord(columns, salt).toString('hex'));
    }
  }
  if (digest.hex() !== leavesDigest) throw inconsistent(month, 'the table gives other records back');
}

async function insertRecords(client: ClientBase, records: readonly ArchivedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const bytes = (hex: string | null): string | null => hex && `\\x${hex}`;
  const rows = records.map(({ columns, salt }) => ({
    ...columns,
    document_hash: bytes(columns.document_hash),
    plan_id: bytes(columns.plan_id),
    response_digest: bytes(columns.response_digest),
    salt: bytes(salt),
  }));
  await client.query(
    `insert into citygraph.usage_record
            (id, occurred_at, node, kind, principal_kind, principal, department, grants, purpose, user_name, case_number, operation_name,
             document_hash, arguments, plan_id, subjects, row_counts, error_codes, outcome, policy_version, decided_until, response_bytes,
             response_digest, latency_micros, client_address, salt)
     select id, occurred_at, node, kind, principal_kind, principal, department, grants, purpose, user_name, case_number, operation_name,
            document_hash, arguments, plan_id, subjects, row_counts, error_codes, outcome, policy_version, decided_until, response_bytes,
            response_digest, latency_micros, client_address, salt
       from json_populate_recordset(null::citygraph.usage_record, $1)`,
    [JSON.stringify(rows)],
  );
}

function inconsistent(month: string, why: string): CitygraphError {
  return new CitygraphError('LOG_INCONSISTENT', `${month} can’t be restored: ${why}`);
}
