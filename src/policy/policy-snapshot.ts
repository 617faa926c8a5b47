/** The policy as one moment's transaction saw it: who exists, what was granted, and the version of all that. Plain data. */
import type { Pool } from 'pg';
import type { Level } from '../model/classification.js';
import type { ConsumerLimits, ConsumerPrincipal, Grant, GrantMode, OfficialPrincipal, OfficialRole } from './access.js';

export interface KnownConsumer {
  readonly principal: ConsumerPrincipal;
  readonly suspended: boolean;
  /** All that were ever issued to it; which of them hold is settled for each request. */
  readonly grants: readonly Grant[];
}

export interface PolicySnapshot {
  readonly version: number;
  /** By the SHA-256 of the token, in hexadecimal. */
  readonly consumers: ReadonlyMap<string, KnownConsumer>;
  readonly officials: ReadonlyMap<string, OfficialPrincipal>;
}

/** @returns `held` itself where the database has the same version. */
export async function loadPolicySnapshot(pool: Pool, held: PolicySnapshot | null): Promise<PolicySnapshot> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // INVARIANT: one snapshot for version and content, else a change between two reads would pass as seen.
    await client.query('begin isolation level repeatable read read only');
    const { rows: versions } = await client.query<{ version: string }>(
      'select version::text from citygraph.policy_version where id = 1',
    );
    const version = Number(versions[0]?.version);
    if (!Number.isSafeInteger(version)) throw new Error('expected one row in citygraph.policy_version, found none');
    if (version === held?.version) {
      await client.query('commit');
      return held;
    }
    const { rows: consumers } = await client.query<ConsumerRow>(selectConsumers);
    const { rows: grants } = await client.query<GrantRow>(selectGrantRows);
    const { rows: officials } = await client.query<OfficialRow>(selectOfficials);
    await client.query('commit');
    return buildSnapshot(version, consumers, grants, officials);
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection on which something failed is closed, and with it its transaction.
    client.release(broken);
  }
}

interface ConsumerRow {
  readonly name: string;
  readonly department: string;
  readonly clearance: Level;
  readonly suspended: boolean;
  readonly token: string;
  readonly limits: ConsumerLimits | null;
}
const selectConsumers = `
  select c.name, c.department, c.clearance, c.status <> 'active' as suspended, encode(c.token_hash, 'hex') as token,
         case when l.id is not null then
           json_build_object('rate', l.rate, 'burst', l.burst, 'concurrency', l.concurrency, 'lookups', l.lookups, 'misses', l.misses)
         end as limits
    from citygraph.consumer c
    left join citygraph.consumer_limit l on l.consumer_id = c.id`;

interface GrantRow extends Omit<Grant, 'items'> {
  readonly items: readonly { readonly coordinate: string; readonly mode: GrantMode }[];
}
const selectGrantRows = `
  select g.code, c.name as consumer, g.purpose, g.legal_basis as "legalBasis", g.valid_from as "validFrom", g.valid_until as "validUntil",
         g.divisions, g.includes_protected as "includesProtected", g.approved_twice as "approvedTwice",
         g.requires_user as "requiresUser", g.requires_case as "requiresCase", g.revoked_at as "revokedAt",
         coalesce((select json_agg(json_build_object('coordinate', i.coordinate, 'mode', i.mode))
                     from citygraph.access_grant_item i where i.grant_id = g.id), '[]') as items
    from citygraph.access_grant g
    join citygraph.consumer c on c.id = g.consumer_id
   order by g.code`;

interface OfficialRow {
  readonly name: string;
  readonly role: OfficialRole;
  readonly department: string;
  readonly token: string;
}
const selectOfficials = `select name, role, department, encode(token_hash, 'hex') as token from citygraph.official`;

function buildSnapshot(
  version: number,
  consumers: readonly ConsumerRow[],
  grants: readonly GrantRow[],
  officials: readonly OfficialRow[],
): PolicySnapshot {
  const byConsumer = new Map<string, Grant[]>();
  for (const grant of grants.map(grantOf))
    byConsumer.set(grant.consumer, [...(byConsumer.get(grant.consumer) ?? []), grant]);
  return Object.freeze({
    version,
    consumers: new Map(
      consumers.map(({ token, suspended, limits, name, department, clearance }) => {
        const principal = Object.freeze({
          kind: 'consumer' as const,
          name,
          department,
          clearance,
          ...(limits && { limits }),
        });
        return [token, Object.freeze({ principal, suspended, grants: Object.freeze(byConsumer.get(name) ?? []) })];
      }),
    ),
    officials: new Map(
      officials.map(({ token, name, role, department }) => [
        token,
        Object.freeze({ kind: 'official' as const, name, role, department }),
      ]),
    ),
  });
}

function grantOf({ items: rows, ...grant }: GrantRow): Grant {
  const items = new Map<string, Set<GrantMode>>();
  for (const { coordinate, mode } of rows) {
    const modes = items.get(coordinate);
    if (modes) modes.add(mode);
    else items.set(coordinate, new Set([mode]));
  }
  return Object.freeze({ ...grant, items });
}
