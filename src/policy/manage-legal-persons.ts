/**
 * Consumers that are the credential of a legal person: with it an enterprise sees who used what the pool knows of it, and of the libraries
 * what the public sees. Bound and unbound by the operator, who has checked whom it stands for; both stand in the history.
 */
import type { PoolClient } from 'pg';
import { requireHolder } from './manage-holders.js';
import { type PolicyChanger, requireReason, unexpected } from './policy-change.js';

export interface LegalPersonManager {
  /** @param subject surrogate id of a legal person that stands for itself */
  bindLegalPerson(consumer: string, subject: string, reason: string): Promise<void>;
  unbindLegalPerson(consumer: string, reason: string): Promise<void>;
}

export function createLegalPersonManager({ change, actor, now }: PolicyChanger): LegalPersonManager {
  return {
    async bindLegalPerson(consumer, subject, reason) {
      requireReason(reason);
      await change(async (client) => {
        await requireHolder(client, 'consumer', consumer);
        await refuseLegalPersonCredential(client, consumer);
        await refuseGranted(client, consumer);
        const { rowCount } = await client.query(
          `select from citygraph.subject where id = $1 and kind = 'legal-person' and merged_into is null`,
          [subject],
        );
        if (!rowCount) throw unexpected('subject', 'a legal person of the pool', 'none');
        await client.query(
          `insert into citygraph.legal_person_credential (consumer_id, subject_id, reason, bound_by, bound_at)
           select id, $2, $3, $4, $5 from citygraph.consumer where name = $1`,
          [consumer, subject, reason, actor.name, now()],
        );
        const entry = { action: 'consumer.legal-person-bound', target: consumer, reason, details: { subject } };
        return { result: undefined, entry };
      });
    },

    async unbindLegalPerson(consumer, reason) {
      requireReason(reason);
      await change(async (client) => {
        const { rows } = await client.query<{ subject: string }>(
          `delete from citygraph.legal_person_credential b using citygraph.consumer c
            where c.id = b.consumer_id and c.name = $1 returning b.subject_id::text as subject`,
          [consumer],
        );
        if (!rows[0]) throw unexpected('consumer', 'the credential of a legal person', consumer);
        const details = { subject: rows[0].subject };
        return {
          result: undefined,
          entry: { action: 'consumer.legal-person-unbound', target: consumer, reason, details },
        };
      });
    },
  };
}

/** @throws BAD_USER_INPUT */
export async function refuseLegalPersonCredential(client: PoolClient, consumer: string): Promise<void> {
  const { rowCount } = await client.query(
    `select from citygraph.legal_person_credential b join citygraph.consumer c on c.id = b.consumer_id where c.name = $1`,
    [consumer],
  );
  if (rowCount) throw unexpected('consumer', 'one that is not the credential of a legal person', consumer);
}

/** What it could do before must not stay with whom it is handed to. */
async function refuseGranted(client: PoolClient, consumer: string): Promise<void> {
  const { rowCount } = await client.query(
    `select from citygraph.access_grant g join citygraph.consumer c on c.id = g.consumer_id
      where c.name = $1 and g.revoked_at is null and g.valid_until > now() limit 1`,
    [consumer],
  );
  if (rowCount) throw unexpected('consumer', 'one without grants', consumer);
}
