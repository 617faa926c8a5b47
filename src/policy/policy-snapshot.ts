/** The policy as one moment's transaction saw it: who exists, what was granted, how it is classified, and the version of all that. Plain data. */
import type { Pool, PoolClient } from 'pg';
import type { Category, Level, OpenType, SharingType } from '../model/classification.js';
import type { ConsumerLimits, ConsumerPrincipal, Grant, GrantMode, OfficialPrincipal, OfficialRole } from './access.js';
import { type AddressList, createAddressList } from './address-list.js';
import type { SwitchScope } from './emergency-switch.entity.js';
import { type EmergencySwitches, readSwitches } from './emergency-switches.js';
import type { RegradingInForce } from './effective-classification.js';

export interface KnownConsumer {
  readonly principal: ConsumerPrincipal;
  readonly suspended: boolean;
  /** Null: from anywhere. */
  readonly addresses: AddressList | null;
  /** All that were ever issued to it; which of them hold is settled for each request. */
  readonly grants: readonly Grant[];
}

export interface KnownGateway {
  readonly name: string;
  readonly department: string;
  readonly suspended: boolean;
  readonly addresses: AddressList | null;
  /** Those that it may forward. */
  readonly consumers: ReadonlySet<string>;
  /** JWK. */
  readonly publicKey: Readonly<Record<string, string>>;
}

export const holderKinds = ['consumer', 'official', 'gateway'] as const;
export type HolderKind = (typeof holderKinds)[number];

/** A token that is good until it ends. One holder may have two for a while. */
export interface KnownCredential {
  readonly holder: HolderKind;
  readonly name: string;
  /** SHA-256. */
  readonly hash: Buffer;
  /** First moment at which it no longer holds; null: none is set. */
  readonly until: Date | null;
}

export interface PolicySnapshot {
  readonly version: number;
  /** By the SHA-256 of the token, in hexadecimal. */
  readonly credentials: ReadonlyMap<string, KnownCredential>;
  /** These by name. */
  readonly consumers: ReadonlyMap<string, KnownConsumer>;
  readonly officials: ReadonlyMap<string, OfficialPrincipal>;
  readonly gateways: ReadonlyMap<string, KnownGateway>;
  /** Names, of officials whom an issuer alone knows too. */
  readonly suspendedOfficials: ReadonlySet<string>;
  /** By coordinate. */
  readonly regradings: ReadonlyMap<string, RegradingInForce>;
  readonly switches: EmergencySwitches;
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
    const rows = await readRows(client);
    await client.query('commit');
    return buildSnapshot(version, rows);
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    // A connection on which something failed is closed, and with it its transaction.
    client.release(broken);
  }
}

interface PolicyRows {
  readonly consumers: readonly ConsumerRow[];
  readonly grants: readonly GrantRow[];
  readonly officials: readonly OfficialPrincipal[];
  readonly gateways: readonly GatewayRow[];
  readonly credentials: readonly KnownCredential[];
  readonly suspensions: readonly { readonly name: string }[];
  readonly regradings: readonly RegradingRow[];
  readonly switches: readonly { readonly scope: SwitchScope; readonly target: string }[];
}

async function readRows(client: PoolClient): Promise<PolicyRows> {
  const { rows: consumers } = await client.query<ConsumerRow>(selectConsumers);
  const { rows: grants } = await client.query<GrantRow>(selectGrantRows);
  const { rows: officials } = await client.query<OfficialRow>(selectOfficials);
  const { rows: gateways } = await client.query<GatewayRow>(selectGateways);
  const { rows: credentials } = await client.query<KnownCredential>(selectCredentials);
  const { rows: suspensions } = await client.query<{ name: string }>('select name from citygraph.official_suspension');
  const { rows: regradings } = await client.query<RegradingRow>(selectRegradings);
  const { rows: switches } = await client.query<PolicyRows['switches'][number]>(
    'select scope, target from citygraph.emergency_switch where lifted_at is null',
  );
  return {
    ...{ consumers, grants, gateways, credentials, suspensions, regradings, switches },
    officials: officials.map((row) => Object.freeze({ kind: 'official' as const, ...row })),
  };
}

interface ConsumerRow {
  readonly name: string;
  readonly department: string;
  readonly clearance: Level;
  readonly suspended: boolean;
  readonly addresses: readonly string[] | null;
  readonly limits: ConsumerLimits | null;
  readonly legalPerson: string | null;
  readonly trustedOnly: boolean;
  readonly documents: readonly string[] | null;
}
const selectConsumers = `
  select c.name, c.department, c.clearance, c.status <> 'active' as suspended, c.addresses,
         case when l.id is not null then
           json_build_object('rate', l.rate, 'burst', l.burst, 'concurrency', l.concurrency, 'lookups', l.lookups, 'misses', l.misses)
         end as limits,
         b.subject_id::text as "legalPerson", c.trusted_documents_only as "trustedOnly",
         (select array_agg(d.hash) from citygraph.trusted_document d where d.consumer_id = c.id) as documents
    from citygraph.consumer c
    left join citygraph.consumer_limit l on l.consumer_id = c.id
    left join citygraph.legal_person_credential b on b.consumer_id = c.id`;

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
}
const selectOfficials = 'select name, role, department from citygraph.official';

interface GatewayRow extends Omit<KnownGateway, 'addresses' | 'consumers'> {
  readonly addresses: readonly string[] | null;
  readonly consumers: readonly string[];
}
const selectGateways = `
  select name, department, status <> 'active' as suspended, addresses, consumers, public_key as "publicKey" from citygraph.gateway`;

/** The one before the current holds until the change-over ends, and never beyond the end that was set for the current one. */
const selectCredentials = holderKinds
  .map(
    (kind) => `
  select '${kind}' as holder, name, token_hash as hash, token_expires_at as until from citygraph.${kind}
  union all
  select '${kind}', name, previous_token_hash, least(previous_token_until, token_expires_at) from citygraph.${kind}
   where previous_token_hash is not null and previous_token_until is not null`,
  )
  .join(' union all ');

interface RegradingRow {
  readonly coordinate: string;
  readonly level: Level;
  readonly sharing: SharingType;
  readonly open: OpenType;
  readonly category: Category;
  readonly declared_level: Level;
  readonly declared_sharing: SharingType;
  readonly declared_open: OpenType;
  readonly declared_category: Category;
}
export const selectRegradings = `
  select coordinate, level, sharing, open, category, declared_level, declared_sharing, declared_open, declared_category
    from citygraph.regrading where status = 'in-force'`;

export function regradingOf(row: RegradingRow): RegradingInForce {
  const { coordinate, level, sharing, open, category } = row;
  return Object.freeze({
    coordinate,
    classification: { level, sharing, open, category },
    declared: {
      level: row.declared_level,
      sharing: row.declared_sharing,
      open: row.declared_open,
      category: row.declared_category,
    },
  });
}

function buildSnapshot(version: number, rows: PolicyRows): PolicySnapshot {
  const byConsumer = new Map<string, Grant[]>();
  for (const grant of rows.grants.map(grantOf))
    byConsumer.set(grant.consumer, [...(byConsumer.get(grant.consumer) ?? []), grant]);
  const listOf = (blocks: readonly string[] | null): AddressList | null => blocks && createAddressList(blocks);
  return Object.freeze({
    version,
    credentials: new Map(rows.credentials.map((it) => [it.hash.toString('hex'), Object.freeze(it)])),
    consumers: new Map(
      rows.consumers.map(({ suspended, addresses, limits, legalPerson, trustedOnly, documents, ...consumer }) => {
        const { name, department, clearance } = consumer;
        const principal = Object.freeze({
          kind: 'consumer' as const,
          name,
          department,
          clearance,
          ...(limits && { limits }),
          ...(legalPerson !== null && { legalPerson }),
          ...((documents || trustedOnly) && {
            documents: Object.freeze({ hashes: new Set(documents), only: trustedOnly }),
          }),
        });
        const grants = Object.freeze(byConsumer.get(name) ?? []);
        return [name, Object.freeze({ principal, suspended, addresses: listOf(addresses), grants })];
      }),
    ),
    officials: new Map(rows.officials.map((it) => [it.name, it])),
    gateways: new Map(
      rows.gateways.map((row) => [
        row.name,
        Object.freeze({ ...row, addresses: listOf(row.addresses), consumers: new Set(row.consumers) }),
      ]),
    ),
    suspendedOfficials: new Set(rows.suspensions.map(({ name }) => name)),
    regradings: new Map(rows.regradings.map((row) => [row.coordinate, regradingOf(row)])),
    switches: readSwitches(rows.switches),
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
