/** What a holder shows that it is who it says: its token, how long that holds, and from where. */
import type { PoolClient } from 'pg';
import { checkAddressBlocks } from './address-list.js';
import { requireHolder } from './manage-holders.js';
import { type PolicyChanger, requireReason, unexpected } from './policy-change.js';
import type { HolderKind } from './policy-snapshot.js';
import { createToken } from './token.js';

export interface Rotation {
  /** Milliseconds for which the old token holds beside the new one; 0: it ends with the change. */
  readonly overlap?: number;
  /** When the new token ends; null: not by itself. */
  readonly expires?: Date | null;
  /** Whether an end that was set for the old token stays that of the new one: who rotates its own gives itself no more time. */
  readonly keepEnd?: boolean;
}

export interface CredentialManager {
  /** A new token for a consumer. */
  rotateToken(consumer: string, rotation?: Rotation): Promise<{ readonly token: string }>;
  rotateTokenOf(holder: HolderKind, name: string, rotation?: Rotation): Promise<{ readonly token: string }>;
  /** When the tokens of the holder end; null: not by themselves. */
  expireTokenOf(holder: HolderKind, name: string, at: Date | null, reason: string): Promise<void>;
  /** CIDR blocks that it may call from; null: from anywhere. */
  setAddresses(
    holder: 'consumer' | 'gateway',
    name: string,
    blocks: readonly string[] | null,
    reason: string,
  ): Promise<void>;
}

/** Long enough for every instance of an application to be given its new token. */
export const longestOverlap = 30 * 86_400_000;

interface Statements {
  readonly rotate: string;
  readonly expire: string;
}

const statements: Readonly<Record<HolderKind, Statements>> = {
  consumer: statementsOf('consumer'),
  official: statementsOf('official'),
  gateway: statementsOf('gateway'),
};

function statementsOf(holder: HolderKind): Statements {
  return {
    // The old token keeps an end that was set for it, and one that was old already ends now: there are never three.
    rotate: `update citygraph.${holder}
                set previous_token_hash = case when $4::timestamptz is null then null else token_hash end,
                    previous_token_until = case when $4::timestamptz is null then null else least($4::timestamptz, token_expires_at) end,
                    token_hash = $2, token_hint = $3,
                    token_expires_at = least($5::timestamptz, case when $6 then token_expires_at end)
              where name = $1`,
    expire: `update citygraph.${holder} set token_expires_at = $2 where name = $1`,
  };
}

export function createCredentialManager({ change, now }: PolicyChanger): CredentialManager {
  const rotate = async (holder: HolderKind, name: string, given: Rotation = {}): Promise<{ token: string }> => {
    const { overlap = 0, expires = null, keepEnd = false } = given;
    if (!(overlap >= 0 && overlap <= longestOverlap))
      throw unexpected('overlap', 'a time of at most 30 days', 'another');
    requireFuture('expires', expires, now());
    const { token, hash, hint } = createToken();
    const until = overlap > 0 ? new Date(now().getTime() + overlap) : null;
    await change(async (client) => {
      await requireHolder(client, holder, name);
      await client.query(statements[holder].rotate, [name, hash, hint, until, expires, keepEnd]);
      const details = { oldTokenUntil: until, expires };
      return { result: undefined, entry: { action: `${holder}.token-rotated`, target: name, reason: null, details } };
    });
    return { token };
  };
  return {
    rotateToken: (consumer, rotation) => rotate('consumer', consumer, rotation),
    rotateTokenOf: rotate,

    async expireTokenOf(holder, name, at, reason) {
      requireReason(reason);
      requireDate('at', at);
      await change(async (client) => {
        await requireHolder(client, holder, name);
        await client.query(statements[holder].expire, [name, at]);
        return {
          result: undefined,
          entry: { action: `${holder}.expiry-set`, target: name, reason, details: { expires: at } },
        };
      });
    },

    async setAddresses(holder, name, blocks, reason) {
      requireReason(reason);
      const addresses = blocks && checkAddressBlocks(blocks);
      await change(async (client) => {
        await requireHolder(client, holder, name);
        await updateAddresses(client, holder, name, addresses);
        return {
          result: undefined,
          entry: { action: `${holder}.addresses-set`, target: name, reason, details: { addresses } },
        };
      });
    },
  };
}

async function updateAddresses(
  client: PoolClient,
  holder: 'consumer' | 'gateway',
  name: string,
  addresses: readonly string[] | null,
): Promise<void> {
  await client.query(
    holder === 'consumer'
      ? 'update citygraph.consumer set addresses = $2 where name = $1'
      : 'update citygraph.gateway set addresses = $2 where name = $1',
    [name, addresses],
  );
}

function requireDate(field: string, date: Date | null): void {
  if (date && Number.isNaN(date.getTime())) throw unexpected(field, 'a date', 'another text');
}

function requireFuture(field: string, date: Date | null, now: Date): void {
  requireDate(field, date);
  if (date && date <= now) throw unexpected(field, 'a time that is to come', date.toISOString());
}
