/** C2SP tlog-proof: that a record's leaf is in the tree of the last checkpoint, for checking offline. */
import type { Pool } from 'pg';
import { type RecordColumns, openCommitment } from '../canonical-record.js';
import { readColumns, recordColumnsSql } from '../record-columns.js';
import { timeOfRecordId } from '../usage-record.js';
import { leafData } from './leaf.js';
import { inclusionProof } from './proofs.js';
import { withCosignatures } from './published-log.js';
import { findLeaf, readLastCheckpoint, tileReader } from './tree-store.js';

export interface RecordProof {
  readonly leafIndex: number;
  readonly commitment: Buffer;
  /** A `.tlog-proof`; its `extra` is the leaf's data. */
  readonly proof: string;
}

/** What shows that a commitment is one to this record. */
export interface Opening {
  readonly columns: RecordColumns;
  readonly salt: Buffer;
  /** SHA-256 of the salt and this is the commitment. */
  readonly canonicalRecord: string;
}

/**
 * Null while the record waits for its leaf or for the checkpoint that covers it, and for a record that is not in the log.
 * @param pool of the publisher's role
 */
export async function proveRecord(pool: Pool, recordId: string): Promise<RecordProof | null> {
  const [leaf, checkpoint] = await Promise.all([findLeaf(pool, recordId), readLastCheckpoint(pool)]);
  if (!leaf || !checkpoint || leaf.leafIndex >= checkpoint.size) return null;
  const path = await inclusionProof(leaf.leafIndex, checkpoint.size, tileReader(pool));
  const lines = [
    'c2sp.org/tlog-proof@v1',
    `extra ${leafData(leaf.commitment).toString('base64')}`,
    `index ${leaf.leafIndex}`,
    ...path.map((hash) => hash.toString('base64')),
  ];
  return { ...leaf, proof: `${lines.join('\n')}\n\n${withCosignatures(checkpoint)}` };
}

/** @param pool of the auditor's role */
export async function openRecord(pool: Pool, recordId: string): Promise<Opening | null> {
  const { rows } = await pool.query<(string | null)[]>({
    text: `select ${recordColumnsSql} from citygraph.usage_record r where r.id = $1 and r.occurred_at = $2`,
    values: [recordId, new Date(timeOfRecordId(recordId))],
    rowMode: 'array',
  } as never);
  if (!rows[0]) return null;
  const { columns, salt } = readColumns(rows[0]);
  const opened = openCommitment(columns, salt);
  return { columns, salt: opened.salt, canonicalRecord: opened.text };
}
