/**
 * Trusted documents: registered for a consumer by the hash of their text, withdrawn, and whether it may send any other. Whether a text is a
 * document of this schema was looked at before; a trusted one is decided about like any other, each time it is sent.
 */
import type { PoolClient } from 'pg';
import { holdsIdentifier, holdsPersonNumber } from '../model/redact-identifiers.js';
import { hashDocument } from './document-id.js';
import { requireHolder } from './manage-holders.js';
import { type PolicyChanger, requireReason, unexpected } from './policy-change.js';

export interface DocumentManager {
  /** @returns their hashes, in their order; one that is registered already stays as it is */
  registerDocuments(consumer: string, documents: readonly string[], reason: string): Promise<readonly string[]>;
  /** @param hashes SHA-256 in hexadecimal */
  withdrawDocuments(consumer: string, hashes: readonly string[], reason: string): Promise<void>;
  /** Whether it may send registered documents alone. */
  setTrustedDocumentsOnly(consumer: string, only: boolean, reason: string): Promise<void>;
}

const documentsKept = 1000;

export function createDocumentManager({ change, actor, now }: PolicyChanger): DocumentManager {
  return {
    async registerDocuments(consumer, documents, reason) {
      requireReason(reason);
      requireSome('documents', documents);
      for (const text of documents) requireNoIdentifier(text);
      const hashes = documents.map(hashDocument);
      await change(async (client) => {
        await requireHolder(client, 'consumer', consumer);
        await client.query(
          `insert into citygraph.trusted_document (consumer_id, hash, document, reason, registered_by, registered_at)
           select c.id, d.hash, d.document, $4, $5, $6 from citygraph.consumer c, unnest($2::text[], $3::text[]) as d(hash, document)
            where c.name = $1 on conflict (consumer_id, hash) do nothing`,
          [consumer, hashes, documents, reason, actor.name, now()],
        );
        await requireFew(client, consumer);
        return { result: undefined, entry: entryOf('documents-registered', consumer, reason, { documents: hashes }) };
      });
      return hashes;
    },

    async withdrawDocuments(consumer, hashes, reason) {
      requireReason(reason);
      requireSome('documents', hashes);
      await change(async (client) => {
        await requireHolder(client, 'consumer', consumer);
        const { rowCount } = await client.query(
          `delete from citygraph.trusted_document d using citygraph.consumer c
            where c.id = d.consumer_id and c.name = $1 and d.hash = any($2)`,
          [consumer, hashes],
        );
        const asked = new Set(hashes).size;
        if (rowCount !== asked)
          throw unexpected('documents', `${asked} that are registered for it`, `${rowCount ?? 0}`);
        return { result: undefined, entry: entryOf('documents-withdrawn', consumer, reason, { documents: hashes }) };
      });
    },

    async setTrustedDocumentsOnly(consumer, only, reason) {
      requireReason(reason);
      await change(async (client) => {
        await requireHolder(client, 'consumer', consumer);
        await client.query('update citygraph.consumer set trusted_documents_only = $2 where name = $1', [
          consumer,
          only,
        ]);
        return { result: undefined, entry: entryOf('documents-only-set', consumer, reason, { only }) };
      });
    },
  };
}

function entryOf(action: string, target: string, reason: string, details: Readonly<Record<string, unknown>>) {
  return { action: `consumer.${action}`, target, reason, details };
}

function requireSome(field: string, items: readonly string[]): void {
  if (items.length === 0) throw unexpected(field, 'one or more', 'none');
}

/** It is kept, and shown to auditors: what varies belongs into variables. */
function requireNoIdentifier(text: string): void {
  if (holdsIdentifier(text) || holdsPersonNumber(text))
    throw unexpected('documents', 'documents without an identifier, which belongs into a variable', 'one with it');
}

/** Every node holds the hashes of all of them. */
async function requireFew(client: PoolClient, consumer: string): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from citygraph.trusted_document d join citygraph.consumer c on c.id = d.consumer_id where c.name = $1`,
    [consumer],
  );
  const { count } = rows[0]!;
  if (count > documentsKept) throw unexpected('documents', `at most ${documentsKept} for a consumer`, String(count));
}
