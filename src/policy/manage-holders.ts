/** Who there is: consumers, officials and gateways; registered, suspended, resumed; and how far a consumer's clearance goes. */
import { createPublicKey } from 'node:crypto';
import type { PoolClient } from 'pg';
import { CitygraphError } from '../errors.js';
import { type Level, levels } from '../model/classification.js';
import { departments } from '../model/code-lists/departments.js';
import { type ConsumerLimits, type OfficialRole, officialRoles } from './access.js';
import { checkAddressBlocks } from './address-list.js';
import { type PolicyChanger, requireReason, requireText, unexpected } from './policy-change.js';
import type { HolderKind } from './policy-snapshot.js';
import { createToken, type NewToken } from './token.js';

export interface NewConsumer {
  /** Lower case, digits and hyphens. */
  readonly name: string;
  /** Code of the department. */
  readonly department: string;
  readonly description: string;
  readonly clearance: Level;
}

export interface NewOfficial {
  readonly name: string;
  readonly role: OfficialRole;
  readonly department: string;
}

export interface NewGateway {
  readonly name: string;
  readonly department: string;
  readonly description: string;
  /** Names of the consumers that it may forward. */
  readonly consumers: readonly string[];
  /** JWK of its public key: Ed25519 or P-256. */
  readonly publicKey: Readonly<Record<string, unknown>>;
  /** CIDR blocks that it calls from; null: from anywhere. */
  readonly addresses: readonly string[] | null;
}

type Registered = Promise<{ readonly token: string }>;

export interface HolderManager {
  registerConsumer(consumer: NewConsumer): Registered;
  registerOfficial(official: NewOfficial): Registered;
  registerGateway(gateway: NewGateway): Registered;
  suspendConsumer(name: string, reason: string): Promise<void>;
  resumeConsumer(name: string, reason: string): Promise<void>;
  suspendGateway(name: string, reason: string): Promise<void>;
  resumeGateway(name: string, reason: string): Promise<void>;
  /** What it may forward, and the key that its signatures are checked against. */
  setGatewayConsumers(name: string, consumers: readonly string[], reason: string): Promise<void>;
  setGatewayKey(name: string, publicKey: NewGateway['publicKey'], reason: string): Promise<void>;
  /** @param name of one who is registered, or `oidc:NAME` of one whom an issuer alone knows */
  suspendOfficial(name: string, reason: string): Promise<void>;
  resumeOfficial(name: string, reason: string): Promise<void>;
  /** In place of those that were set before; what is null goes back to the default of the service. */
  limitConsumer(name: string, limits: ConsumerLimits, reason: string): Promise<void>;
  /** How far unconditional sharing goes for it without a grant. */
  setClearance(consumer: string, clearance: Level, reason: string): Promise<void>;
}

/** How officials are named whom an issuer vouches for: theirs can't be the name of one who is registered here. */
export const issuedPrefix = 'oidc:';

export function createHolderManager(changer: PolicyChanger): HolderManager {
  const { change } = changer;
  return {
    ...createRegistration(changer),
    suspendConsumer: (name, reason) => setStatus(changer, 'consumer', name, 'suspended', reason),
    resumeConsumer: (name, reason) => setStatus(changer, 'consumer', name, 'active', reason),
    suspendGateway: (name, reason) => setStatus(changer, 'gateway', name, 'suspended', reason),
    resumeGateway: (name, reason) => setStatus(changer, 'gateway', name, 'active', reason),

    async setGatewayConsumers(name, consumers, reason) {
      requireReason(reason);
      if (consumers.length === 0) throw unexpected('consumers', 'one or more consumers', 'none');
      await change(async (client) => {
        await requireHolder(client, 'gateway', name);
        for (const consumer of consumers) await requireHolder(client, 'consumer', consumer);
        await client.query('update citygraph.gateway set consumers = $2 where name = $1', [name, consumers]);
        const entry = { action: 'gateway.consumers-set', target: name, reason, details: { consumers } };
        return { result: undefined, entry };
      });
    },

    async setGatewayKey(name, publicKey, reason) {
      requireReason(reason);
      const key = readPublicKey(publicKey);
      await change(async (client) => {
        await requireHolder(client, 'gateway', name);
        await client.query('update citygraph.gateway set public_key = $2 where name = $1', [name, key]);
        return { result: undefined, entry: { action: 'gateway.key-set', target: name, reason } };
      });
    },

    async suspendOfficial(name, reason) {
      requireReason(reason);
      await change(async (client) => {
        await suspendOfficialIn(client, name, reason, changer.now());
        return { result: undefined, entry: { action: 'official.suspended', target: name, reason } };
      });
    },

    async resumeOfficial(name, reason) {
      requireReason(reason);
      await change(async (client) => {
        const { rowCount } = await client.query('delete from citygraph.official_suspension where name = $1', [name]);
        if (!rowCount) throw unexpected('name', 'the name of a suspended official', name);
        return { result: undefined, entry: { action: 'official.resumed', target: name, reason } };
      });
    },

    async limitConsumer(name, limits, reason) {
      requireReason(reason);
      checkLimits(limits);
      await change(async (client) => {
        await requireHolder(client, 'consumer', name);
        const values = limitNames.map((limit) => limits[limit]);
        await client.query(
          `insert into citygraph.consumer_limit (consumer_id, rate, burst, concurrency, lookups, misses, reason, set_at)
             select id, $2, $3, $4, $5, $6, $7, $8 from citygraph.consumer where name = $1
             on conflict (consumer_id) do update set rate = excluded.rate, burst = excluded.burst, concurrency = excluded.concurrency,
               lookups = excluded.lookups, misses = excluded.misses, reason = excluded.reason, set_at = excluded.set_at`,
          [name, ...values, reason, changer.now()],
        );
        return {
          result: undefined,
          entry: { action: 'consumer.limited', target: name, reason, details: { ...limits } },
        };
      });
    },

    async setClearance(name, clearance, reason) {
      requireReason(reason);
      requireClearance(clearance);
      await change(async (client) => {
        await requireHolder(client, 'consumer', name);
        const { rows } = await client.query<{ clearance: Level }>(
          'select clearance from citygraph.consumer where name = $1',
          [name],
        );
        await client.query('update citygraph.consumer set clearance = $2 where name = $1', [name, clearance]);
        const details = { from: rows[0]!.clearance, to: clearance };
        return { result: undefined, entry: { action: 'consumer.clearance-set', target: name, reason, details } };
      });
    },
  };
}

type Registration = Pick<HolderManager, 'registerConsumer' | 'registerOfficial' | 'registerGateway'>;

function createRegistration(changer: PolicyChanger): Registration {
  return {
    async registerConsumer({ name, department, description, clearance }) {
      checkHolder(name, department);
      requireText('description', description);
      requireClearance(clearance);
      const details = { department, clearance };
      return register(changer, 'consumer', name, description, details, (client, { hash, hint }) =>
        client.query(
          `insert into citygraph.consumer (name, department, description, clearance, token_hash, token_hint, status, created_at)
           values ($1, $2, $3, $4, $5, $6, 'active', $7)`,
          [name, department, description, clearance, hash, hint, changer.now()],
        ),
      );
    },

    async registerOfficial({ name, role, department }) {
      checkHolder(name, department);
      if (!officialRoles.includes(role)) throw unexpected('role', `one of ${officialRoles.join(', ')}`, role);
      return register(changer, 'official', name, null, { role, department }, (client, { hash, hint }) =>
        client.query(
          `insert into citygraph.official (name, role, department, token_hash, token_hint, created_at)
           values ($1, $2, $3, $4, $5, $6)`,
          [name, role, department, hash, hint, changer.now()],
        ),
      );
    },

    async registerGateway({ name, department, description, consumers, publicKey, addresses }) {
      checkHolder(name, department);
      requireText('description', description);
      if (consumers.length === 0) throw unexpected('consumers', 'one or more consumers', 'none');
      const key = readPublicKey(publicKey);
      if (addresses) checkAddressBlocks(addresses);
      const details = { department, consumers, addresses };
      return register(changer, 'gateway', name, description, details, async (client, { hash, hint }) => {
        for (const consumer of consumers) await requireHolder(client, 'consumer', consumer);
        await client.query(
          `insert into citygraph.gateway (name, department, description, consumers, public_key, addresses, token_hash, token_hint, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [name, department, description, consumers, key, addresses, hash, hint, changer.now()],
        );
      });
    },
  };
}

async function register(
  { change }: PolicyChanger,
  holder: HolderKind,
  name: string,
  reason: string | null,
  details: Readonly<Record<string, unknown>>,
  insert: (client: PoolClient, token: NewToken) => Promise<unknown>,
): Registered {
  const token = createToken();
  await change(async (client) => {
    const known = await client.query(selectHolder[holder], [name]);
    if (known.rowCount) throw unexpected('name', `a name that no ${holder} has`, name);
    await insert(client, token);
    return { result: undefined, entry: { action: `${holder}.registered`, target: name, reason, details } };
  });
  return { token: token.token };
}

const selectHolder: Readonly<Record<HolderKind, string>> = {
  consumer: 'select from citygraph.consumer where name = $1',
  official: 'select from citygraph.official where name = $1',
  gateway: 'select from citygraph.gateway where name = $1',
};

/** @throws BAD_USER_INPUT */
export async function requireHolder(client: PoolClient, holder: HolderKind, name: string): Promise<void> {
  const { rowCount } = await client.query(selectHolder[holder], [String(name)]);
  if (!rowCount) throw unexpected(holder, `the name of a registered ${holder}`, name);
}

const updateStatus: Readonly<Record<'consumer' | 'gateway', string>> = {
  consumer: 'update citygraph.consumer set status = $2, suspended_reason = $3, suspended_at = $4 where name = $1',
  gateway: 'update citygraph.gateway set status = $2, suspended_reason = $3, suspended_at = $4 where name = $1',
};

async function setStatus(
  { change, now }: PolicyChanger,
  holder: 'consumer' | 'gateway',
  name: string,
  status: 'active' | 'suspended',
  reason: string,
): Promise<void> {
  requireReason(reason);
  await change(async (client) => {
    await setHolderStatus(client, holder, name, status, reason, now());
    const action = `${holder}.${status === 'suspended' ? 'suspended' : 'resumed'}`;
    return { result: undefined, entry: { action, target: name, reason } };
  });
}

/** Within a change of the policy, which puts it into the history. */
export async function setHolderStatus(
  client: PoolClient,
  holder: 'consumer' | 'gateway',
  name: string,
  status: 'active' | 'suspended',
  reason: string,
  now: Date,
): Promise<void> {
  await requireHolder(client, holder, name);
  const suspended = status === 'suspended';
  await client.query(updateStatus[holder], [name, status, suspended ? reason : null, suspended ? now : null]);
}

/** Within a change of the policy, which puts it into the history. */
export async function suspendOfficialIn(client: PoolClient, name: string, reason: string, now: Date): Promise<void> {
  if (name.length > 120) throw unexpected('name', 'a name of at most 120 characters', `${name.length} characters`);
  if (!name.startsWith(issuedPrefix)) await requireHolder(client, 'official', name);
  await client.query(
    `insert into citygraph.official_suspension (name, reason, suspended_at) values ($1, $2, $3)
         on conflict (name) do update set reason = excluded.reason, suspended_at = excluded.suspended_at`,
    [name, reason, now],
  );
}

/** The public part alone, in a fixed order: what else is in the file that was given is not kept. */
function readPublicKey(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const expected = 'the JWK of a public key, Ed25519 or P-256';
  if (given['d'] !== undefined) throw unexpected('publicKey', expected, 'a private one; it must not leave the gateway');
  const { kty, crv } = given;
  if (!(kty === 'OKP' && crv === 'Ed25519') && !(kty === 'EC' && crv === 'P-256'))
    throw unexpected('publicKey', expected, 'another');
  try {
    const { x, y } = createPublicKey({ key: given, format: 'jwk' }).export({ format: 'jwk' });
    return { kty, crv, x: x!, ...(y !== undefined && { y }) };
  } catch (cause) {
    const refusal = unexpected('publicKey', expected, 'one that is none');
    throw new CitygraphError(refusal.code, refusal.message, refusal.details, { cause });
  }
}

function checkHolder(name: string, department: string): void {
  if (!/^[a-z0-9][a-z0-9-]{1,62}$/.test(name))
    throw unexpected('name', '2 to 63 lower-case letters, digits and hyphens', name);
  if (!departments.find(department)) throw unexpected('department', 'the code of a department', department);
}

const limitNames = ['rate', 'burst', 'concurrency', 'lookups', 'misses'] as const;
const largestLimit = 1_000_000_000;

function checkLimits(limits: ConsumerLimits): void {
  for (const name of limitNames) {
    const value = limits[name];
    if (value !== null && (!Number.isInteger(value) || value < 1 || value > largestLimit))
      throw unexpected(name, `a whole number from 1 to ${largestLimit}, or none`, String(value));
  }
}

function requireClearance(clearance: Level): void {
  if (!levels.includes(clearance)) throw unexpected('clearance', `one of ${levels.join(', ')}`, clearance);
}
