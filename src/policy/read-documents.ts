/** Reads what documents are registered: a consumer's list for who manages it, and the text of one for who runs it. */
import type { Pool } from 'pg';
import { unexpected } from './policy-change.js';

export interface RegisteredDocument {
  readonly hash: string;
  readonly document: string;
  readonly reason: string;
  readonly registeredBy: string;
  readonly registeredAt: Date;
}

/** @throws BAD_USER_INPUT for a consumer that is none */
export async function readTrustedDocuments(
  pool: Pool,
  consumer: string,
): Promise<{ readonly only: boolean; readonly documents: readonly RegisteredDocument[] }> {
  const { rows } = await pool.query<{ id: string; only: boolean }>(
    'select id, trusted_documents_only as only from citygraph.consumer where name = $1',
    [consumer],
  );
  if (!rows[0]) throw unexpected('consumer', 'the name of a registered consumer', consumer);
  const { rows: documents } = await pool.query<RegisteredDocument>(
    `select hash, document, reason, registered_by as "registeredBy", registered_at as "registeredAt"
       from citygraph.trusted_document where consumer_id = $1 order by id`,
    [rows[0].id],
  );
  return { only: rows[0].only, documents };
}

/** The same text for whomever it is registered; null where it is for nobody. */
export async function readDocumentText(pool: Pool, hash: string): Promise<string | null> {
  const { rows } = await pool.query<{ document: string }>(
    'select document from citygraph.trusted_document where hash = $1 limit 1',
    [hash],
  );
  return rows[0]?.document ?? null;
}
