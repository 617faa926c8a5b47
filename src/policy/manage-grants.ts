/**
 * Changes of policy: who is registered, what is granted, what is taken back. For the command line and for mutations; who may make which
 * change is decided before.
 *
 * Each holds from its commit, by triggers on the policy's tables. A token is returned once and kept as a hash.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import { CitygraphError } from '../errors.js';
import { type Level, levels } from '../model/classification.js';
import { departments } from '../model/code-lists/departments.js';
import { divisions } from '../model/code-lists/divisions.js';
import type { CoordinateEntry } from '../model/registry.js';
import { type ConsumerLimits, type OfficialRole, officialRoles } from './access.js';
import { AccessGrantItem } from './access-grant-item.entity.js';
import { AccessGrant } from './access-grant.entity.js';
import { Consumer } from './consumer.entity.js';
import { ConsumerLimit } from './consumer-limit.entity.js';
import { type GrantItem, expandGrantItems } from './grant-items.js';
import { Official } from './official.entity.js';
import { createToken } from './token.js';

export interface NewConsumer {
  /** Lower case, digits and hyphens. */
  readonly name: string;
  /** Code of the department. */
  readonly department: string;
  readonly description: string;
  readonly clearance: Level;
}

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
  readonly approvedTwice?: boolean;
  readonly requiresUser?: boolean;
  readonly requiresCase?: boolean;
}

export interface NewOfficial {
  readonly name: string;
  readonly role: OfficialRole;
  readonly department: string;
}

/** Each method: @throws BAD_USER_INPUT with what was expected and what came; nothing is changed then. */
export interface PolicyManager {
  registerConsumer(consumer: NewConsumer): Promise<{ readonly token: string }>;
  /** The old token ends with it. */
  rotateToken(consumer: string): Promise<{ readonly token: string }>;
  /** @returns the items as they were granted, each with an explicit coordinate */
  issueGrant(grant: NewGrant): Promise<{ readonly items: readonly GrantItem[] }>;
  /** For good. */
  revokeGrant(code: string, reason: string): Promise<void>;
  suspendConsumer(name: string, reason: string): Promise<void>;
  resumeConsumer(name: string): Promise<void>;
  /** In place of those that were set before; what is null goes back to the default of the service. */
  limitConsumer(name: string, limits: ConsumerLimits, reason: string): Promise<void>;
  registerOfficial(official: NewOfficial): Promise<{ readonly token: string }>;
}

export interface PolicyManagerOptions {
  /** Forked for each change. */
  readonly em: EntityManager;
  readonly coordinates: ReadonlyMap<string, CoordinateEntry>;
  readonly now?: () => Date;
}

export function createPolicyManager({ em, coordinates, now = () => new Date() }: PolicyManagerOptions): PolicyManager {
  const change = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> => em.fork().transactional(work);
  return {
    async registerConsumer(consumer) {
      requireName(consumer.name);
      requireDepartment(consumer.department);
      requireText('description', consumer.description);
      if (!levels.includes(consumer.clearance))
        throw unexpected('clearance', `one of ${levels.join(', ')}`, consumer.clearance);
      const { token, hash, hint } = createToken();
      await change(async (em) => {
        if (await em.count(Consumer, { name: consumer.name }))
          throw unexpected('name', 'a name that no consumer has', consumer.name);
        const { name, department, description, clearance } = consumer;
        em.create(Consumer, {
          ...{ name, department, description, clearance, tokenHash: hash, tokenHint: hint },
          ...{ status: 'active', suspendedReason: null, suspendedAt: null, createdAt: now() },
        });
      });
      return { token };
    },

    async rotateToken(name) {
      const { token, hash, hint } = createToken();
      await change(async (em) => {
        const consumer = await findConsumer(em, name);
        consumer.tokenHash = hash;
        consumer.tokenHint = hint;
      });
      return { token };
    },

    async issueGrant(grant) {
      checkGrant(grant);
      const items = expandGrantItems(grant.items, coordinates);
      await change(async (em) => {
        const consumer = await findConsumer(em, grant.consumer);
        if (await em.count(AccessGrant, { code: grant.code }))
          throw unexpected('code', 'a code that no grant has', grant.code);
        const { code, purpose, legalBasis, validFrom, validUntil } = grant;
        const { includesProtected = false, approvedTwice = false, requiresUser = false, requiresCase = false } = grant;
        const created = em.create(AccessGrant, {
          ...{
            code,
            consumer,
            purpose,
            legalBasis,
            validFrom,
            validUntil,
            divisions: grant.divisions && [...grant.divisions],
          },
          ...{
            includesProtected,
            approvedTwice,
            requiresUser,
            requiresCase,
            revokedAt: null,
            revokedReason: null,
            createdAt: now(),
          },
        });
        for (const { coordinate, mode } of items) em.create(AccessGrantItem, { grant: created, coordinate, mode });
      });
      return { items };
    },

    async revokeGrant(code, reason) {
      requireText('reason', reason);
      await change(async (em) => {
        const grant = await em.findOne(AccessGrant, { code });
        if (!grant) throw unexpected('code', 'the code of a grant', code);
        if (grant.revokedAt) throw unexpected('code', 'a grant that has not been revoked', code);
        em.assign(grant, { revokedAt: now(), revokedReason: reason });
      });
    },

    async suspendConsumer(name, reason) {
      requireText('reason', reason);
      await change(async (em) => {
        const consumer = await findConsumer(em, name);
        em.assign(consumer, { status: 'suspended', suspendedReason: reason, suspendedAt: now() });
      });
    },

    async resumeConsumer(name) {
      await change(async (em) => {
        const consumer = await findConsumer(em, name);
        em.assign(consumer, { status: 'active', suspendedReason: null, suspendedAt: null });
      });
    },

    async limitConsumer(name, limits, reason) {
      requireText('reason', reason);
      checkLimits(limits);
      await change(async (em) => {
        const consumer = await findConsumer(em, name);
        const known = await em.findOne(ConsumerLimit, { consumer });
        const { rate, burst, concurrency, lookups, misses } = limits;
        const values = { rate, burst, concurrency, lookups, misses, reason, setAt: now() };
        if (known) em.assign(known, values);
        else em.create(ConsumerLimit, { consumer, ...values });
      });
    },

    async registerOfficial({ name, role, department }) {
      requireName(name);
      requireDepartment(department);
      if (!officialRoles.includes(role)) throw unexpected('role', `one of ${officialRoles.join(', ')}`, role);
      const { token, hash, hint } = createToken();
      await change(async (em) => {
        if (await em.count(Official, { name })) throw unexpected('name', 'a name that no official has', name);
        em.create(Official, { name, role, department, tokenHash: hash, tokenHint: hint, createdAt: now() });
      });
      return { token };
    },
  };
}

async function findConsumer(em: EntityManager, name: string): Promise<Consumer> {
  const consumer = await em.findOne(Consumer, { name: String(name) });
  if (!consumer) throw unexpected('consumer', 'the name of a registered consumer', name);
  return consumer;
}

function checkGrant(grant: NewGrant): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{2,39}$/.test(grant.code))
    throw unexpected('code', '3 to 40 letters, digits and hyphens', grant.code);
  requireText('purpose', grant.purpose);
  requireText('legalBasis', grant.legalBasis);
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

const largestLimit = 1_000_000_000;

function checkLimits(limits: ConsumerLimits): void {
  for (const name of ['rate', 'burst', 'concurrency', 'lookups', 'misses'] as const) {
    const value = limits[name];
    if (value !== null && (!Number.isInteger(value) || value < 1 || value > largestLimit))
      throw unexpected(name, `a whole number from 1 to ${largestLimit}, or none`, String(value));
  }
}

function requireName(name: string): void {
  if (!/^[a-z0-9][a-z0-9-]{1,62}$/.test(name))
    throw unexpected('name', '2 to 63 lower-case letters, digits and hyphens', name);
}

function requireDepartment(code: string): void {
  if (!departments.find(code)) throw unexpected('department', 'the code of a department', code);
}

function requireText(field: string, text: string): void {
  if (text.trim() === '') throw unexpected(field, 'a text', 'an empty one');
}

function unexpected(field: string, expected: string, came: string): CitygraphError {
  return new CitygraphError('BAD_USER_INPUT', `${field}: expected ${expected}, got ${came}`, { field, expected, came });
}
