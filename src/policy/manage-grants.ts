/**
 * Changes of policy: who is registered, what is granted, what is taken back, how it is classified. For the command line and for mutations;
 * who may make which change is decided before.
 *
 * Each holds from its commit, by triggers on the policy's tables, and stands in the history with who made it and why. A token is returned
 * once and kept as a hash. This file composes; each kind of change has a file of its own.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';
import { divisions } from '../model/code-lists/divisions.js';
import type { CoordinateEntry } from '../model/registry.js';
import { type GrantItem, expandGrantItems, findToldMask } from './grant-items.js';
import { type ClassificationManager, createClassificationManager } from './manage-classification.js';
import { type CredentialManager, createCredentialManager } from './manage-credentials.js';
import { createDocumentManager, type DocumentManager } from './manage-documents.js';
import { type HolderManager, createHolderManager } from './manage-holders.js';
import { createSwitchManager, type SwitchManager } from './manage-switches.js';
import {
  createLegalPersonManager,
  type LegalPersonManager,
  refuseLegalPersonCredential,
} from './manage-legal-persons.js';
import {
  type Actor,
  createPolicyChanger,
  type PolicyChanger,
  requireAnotherPerson,
  requireReason,
  requireText,
  unexpected,
} from './policy-change.js';

export type { NewConsumer, NewGateway, NewOfficial } from './manage-holders.js';

export interface NewGrant {
  /** Letters, digits and hyphens, as X-Grant names it. */
  readonly code: string;
  readonly consumer: string;
  readonly purpose: string;
  readonly legalBasis: string;
  readonly validFrom: Date;
  /** First moment at which it no longer holds. */
  readonly validUntil: Date;
  /** Null: the whole city. */
  readonly divisions: readonly string[] | null;
  readonly items: readonly GrantItem[];
  readonly includesProtected?: boolean;
  readonly requiresUser?: boolean;
  readonly requiresCase?: boolean;
  /** The law by which uses under it are kept from whom they concern; else they are shown to them. */
  readonly withheldBasis?: string | null;
}

export interface GrantManager {
  /** @returns the items as they were granted, each with an explicit coordinate */
  issueGrant(grant: NewGrant): Promise<{ readonly items: readonly GrantItem[] }>;
  /** The second approval, which important data needs. @throws FORBIDDEN to who issued it */
  approveGrant(code: string, reason: string): Promise<void>;
  /** For good. */
  revokeGrant(code: string, reason: string): Promise<void>;
}

/** Each method: @throws BAD_USER_INPUT with what was expected and what came; nothing is changed then. */
export interface PolicyManager
  extends
    GrantManager,
    HolderManager,
    LegalPersonManager,
    CredentialManager,
    ClassificationManager,
    SwitchManager,
    DocumentManager {
  /** The same, for changes that somebody else makes. */
  as(actor: Actor): PolicyManager;
}

export interface PolicyManagerOptions {
  /** Its pool alone is used. */
  readonly em: EntityManager;
  /** As declared. */
  readonly coordinates: ReadonlyMap<string, CoordinateEntry>;
  readonly now?: () => Date;
  /** Who makes the changes; else the service itself. */
  readonly actor?: Actor;
}

export function createPolicyManager(options: PolicyManagerOptions): PolicyManager {
  const { em, coordinates, now = () => new Date(), actor = { kind: 'service', name: 'citygraph' } } = options;
  const changer = createPolicyChanger(() => em.getConnection().getNativeClient(), actor, now);
  return {
    ...createGrantManager(changer, coordinates),
    ...createHolderManager(changer),
    ...createLegalPersonManager(changer),
    ...createCredentialManager(changer),
    ...createClassificationManager(changer, coordinates),
    ...createSwitchManager(changer, coordinates),
    ...createDocumentManager(changer),
    as: (other) => createPolicyManager({ ...options, actor: other }),
  };
}

function createGrantManager(
  { change, actor, now }: PolicyChanger,
  coordinates: ReadonlyMap<string, CoordinateEntry>,
): GrantManager {
  return {
    async issueGrant(grant) {
      checkGrant(grant);
      const items = expandGrantItems(grant.items, coordinates);
      await change(async (client) => {
        await insertGrant(client, grant, items, actor, now());
        await refuseToldAcrossGrants(client, grant, coordinates, now());
        const { code, consumer, purpose, legalBasis, validUntil, withheldBasis = null } = grant;
        const details = {
          ...{ consumer, purpose, legalBasis, validUntil, divisions: grant.divisions, items: items.length },
          ...(withheldBasis !== null && { withheldBasis }),
        };
        return { result: null, entry: { action: 'grant.issued', target: code, reason: legalBasis, details } };
      });
      return { items };
    },

    async approveGrant(code, reason) {
      requireReason(reason);
      await change(async (client) => {
        const grant = await findGrant(client, code);
        if (grant.approved_twice) throw unexpected('code', 'a grant that has not been approved twice', code);
        requireAnotherPerson(grant.issued_by, actor, 'issued the grant');
        await client.query(
          `update citygraph.access_grant set approved_twice = true, approved_by = $2, approved_reason = $3, approved_at = $4
            where code = $1`,
          [code, actor.name, reason, now()],
        );
        return { result: null, entry: { action: 'grant.approved', target: code, reason } };
      });
    },

    async revokeGrant(code, reason) {
      requireReason(reason);
      await change(async (client) => {
        await findGrant(client, code);
        await client.query('update citygraph.access_grant set revoked_at = $2, revoked_reason = $3 where code = $1', [
          code,
          now(),
          reason,
        ]);
        return { result: null, entry: { action: 'grant.revoked', target: code, reason } };
      });
    },
  };
}

interface GrantRow {
  readonly issued_by: string;
  readonly approved_twice: boolean;
  readonly revoked_at: Date | null;
}

async function findGrant(client: PoolClient, code: string): Promise<GrantRow> {
  const { rows } = await client.query<GrantRow>(
    'select issued_by, approved_twice, revoked_at from citygraph.access_grant where code = $1',
    [String(code)],
  );
  const grant = rows[0];
  if (!grant) throw unexpected('code', 'the code of a grant', code);
  if (grant.revoked_at) throw unexpected('code', 'a grant that has not been revoked', code);
  return grant;
}

/**
 * A consumer may name several grants in one request, and put together what it got in several: what they give is judged as one.
 * @throws BAD_USER_INPUT naming the grant beside which a mask would be told
 */
async function refuseToldAcrossGrants(
  client: PoolClient,
  { code, consumer }: NewGrant,
  coordinates: ReadonlyMap<string, CoordinateEntry>,
  at: Date,
): Promise<void> {
  const { rows } = await client.query<GrantItem>(
    `select distinct item.coordinate, item.mode from citygraph.access_grant_item as item
       join citygraph.access_grant as held on held.id = item.grant_id join citygraph.consumer as c on c.id = held.consumer_id
      where c.name = $1 and held.revoked_at is null and held.valid_until > $2`,
    [consumer, at],
  );
  const told = findToldMask(rows, coordinates);
  if (!told) return;
  const { masked, by } = told;
  const expected = `${masked} masked without ${by.join(' and ')} in plain, which tells it, in any grant of the consumer`;
  throw unexpected('items', expected, `both, with ${code}`);
}

async function insertGrant(
  client: PoolClient,
  grant: NewGrant,
  items: readonly GrantItem[],
  actor: Actor,
  createdAt: Date,
): Promise<void> {
  const consumers = await client.query<{ id: string }>('select id::text from citygraph.consumer where name = $1', [
    String(grant.consumer),
  ]);
  const consumer = consumers.rows[0];
  if (!consumer) throw unexpected('consumer', 'the name of a registered consumer', grant.consumer);
  await refuseLegalPersonCredential(client, grant.consumer);
  const known = await client.query('select from citygraph.access_grant where code = $1', [grant.code]);
  if (known.rowCount) throw unexpected('code', 'a code that no grant has', grant.code);
  const { rows } = await client.query<{ id: string }>(
    `insert into citygraph.access_grant (code, consumer_id, purpose, legal_basis, valid_from, valid_until, divisions,
            includes_protected, requires_user, requires_case, withheld_basis, issued_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id::text`,
    [
      ...[grant.code, consumer.id, grant.purpose, grant.legalBasis, grant.validFrom, grant.validUntil, grant.divisions],
      ...[grant.includesProtected ?? false, grant.requiresUser ?? false, grant.requiresCase ?? false],
      ...[grant.withheldBasis ?? null, actor.name, createdAt],
    ],
  );
  await client.query(
    `insert into citygraph.access_grant_item (grant_id, coordinate, mode)
     select $1, coordinate, mode from unnest($2::text[], $3::text[]) with ordinality as item (coordinate, mode, place) order by place`,
    [rows[0]!.id, items.map(({ coordinate }) => coordinate), items.map(({ mode }) => mode)],
  );
}

function checkGrant(grant: NewGrant): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{2,39}$/.test(grant.code))
    throw unexpected('code', '3 to 40 letters, digits and hyphens', grant.code);
  requireText('purpose', grant.purpose);
  requireText('legalBasis', grant.legalBasis);
  // An empty one would withhold without a law.
  if (grant.withheldBasis !== undefined && grant.withheldBasis !== null)
    requireText('withheldBasis', grant.withheldBasis);
  for (const date of ['validFrom', 'validUntil'] as const) {
    if (Number.isNaN(grant[date].getTime())) throw unexpected(date, 'a date', String(grant[date]));
  }
  if (grant.validFrom >= grant.validUntil) {
    throw unexpected(
      'validUntil',
      `a time after validFrom (${grant.validFrom.toISOString()})`,
      grant.validUntil.toISOString(),
    );
  }
  if (grant.divisions?.length === 0)
    throw unexpected('divisions', 'one or more divisions, or null for the whole city', 'an empty list');
  for (const division of grant.divisions ?? []) {
    if (!divisions.find(division)) throw unexpected('divisions', 'codes of GB/T 2260 in this city', division);
  }
}
