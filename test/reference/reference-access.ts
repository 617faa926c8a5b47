/** Who asks and with which grants, read from the policy's entities; and what the decision tables say of it. */
import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AccessGrantItem } from '../../src/policy/access-grant-item.entity.js';
import { AccessGrant } from '../../src/policy/access-grant.entity.js';
import type { Registry } from '../../src/model/registry.js';
import type { Verdict } from '../../src/model/verdict.js';
import type { Access, Grant, GrantMode, RowScope } from '../../src/policy/access.js';
import { Consumer } from '../../src/policy/consumer.entity.js';
import { Official } from '../../src/policy/official.entity.js';
import { decideByTable } from '../support/decision-table.js';
import { Refusal } from './refusal.js';
import type { Caller } from './sample-city.js';

/** A principal and every grant that it was ever given. */
export interface Holder {
  readonly principal: Access['principal'];
  readonly held: readonly Grant[];
}

export async function findHolder(em: EntityManager, { name, token }: Caller): Promise<Holder> {
  if (token === null) return { principal: { kind: 'public', name: 'public' }, held: [] };
  const tokenHash = createHash('sha256').update(token).digest();
  const official = await em.findOne(Official, { tokenHash });
  if (official)
    return {
      principal: { kind: 'official', name: official.name, role: official.role, department: official.department },
      held: [],
    };
  const consumer = await em.findOne(Consumer, { tokenHash, status: 'active' });
  if (!consumer) throw new Error(`${name} is not registered`);
  const principal = {
    kind: 'consumer',
    name: consumer.name,
    department: consumer.department,
    clearance: consumer.clearance,
  } as const;
  const grants = await em.find(AccessGrant, { consumer });
  const items = await em.find(AccessGrantItem, { grant: { $in: grants } });
  return {
    principal,
    held: grants.map((grant) =>
      describeGrant(
        grant,
        consumer.name,
        items.filter((item) => item.grant === grant),
      ),
    ),
  };
}

/** @throws Refusal GRANT_INVALID */
export function openAccess({ principal, held }: Holder, caller: Caller, now: Date): Access {
  const chosen = chooseGrants(held, caller.grants, now);
  if (chosen.some((grant) => grant.requiresUser) && !caller.user) throw new Refusal('GRANT_INVALID');
  return { principal, grants: [...chosen].sort((a, b) => (a.code < b.code ? -1 : 1)) };
}

function describeGrant(grant: AccessGrant, consumer: string, rows: readonly AccessGrantItem[]): Grant {
  const items = new Map<string, Set<GrantMode>>();
  for (const { coordinate, mode } of rows) items.set(coordinate, (items.get(coordinate) ?? new Set()).add(mode));
  const {
    code,
    purpose,
    legalBasis,
    validFrom,
    validUntil,
    divisions,
    includesProtected,
    approvedTwice,
    requiresUser,
    requiresCase,
    revokedAt,
  } = grant;
  return {
    code,
    consumer,
    purpose,
    legalBasis,
    validFrom,
    validUntil,
    divisions,
    includesProtected,
    approvedTwice,
    requiresUser,
    requiresCase,
    revokedAt,
    items,
  };
}

/** The grants that X-Grant names, all of them good and of one purpose; without it the one that is held, if it is just one. */
function chooseGrants(held: readonly Grant[], named: readonly string[] | null, now: Date): readonly Grant[] {
  const good = held.filter(
    ({ revokedAt, validFrom, validUntil }) => !revokedAt && validFrom <= now && now < validUntil,
  );
  if (named === null) return good.length === 1 ? good : [];
  const chosen = good.filter(({ code }) => named.includes(code));
  const purposes = new Set(chosen.map(({ purpose }) => purpose));
  if (chosen.length < new Set(named).size || purposes.size > 1) throw new Refusal('GRANT_INVALID');
  return chosen;
}

const wholeCity = '150600';

/** Intersection of divisions; the protected only where every grant includes them. */
export function scopeOfGrants(grants: readonly Grant[]): RowScope {
  const limited = grants.flatMap(({ divisions }) =>
    divisions === null || divisions.includes(wholeCity) ? [] : [divisions],
  );
  const [first, ...others] = limited;
  return {
    divisions: first ? first.filter((division) => others.every((other) => other.includes(division))) : null,
    includesProtected: grants.length > 0 && grants.every((grant) => grant.includesProtected),
  };
}

/** By the table; what is derived is denied for the first of its sources that is not readable in plain. */
export function decideWithSources(registry: Registry, coordinate: string, access: Access): Verdict {
  const entry = registry.coordinates.get(coordinate);
  const own = decideByTable(entry, access);
  if (own.kind !== 'allow' || !entry || entry.derivedFrom.length === 0) return own;
  const sources = entry.derivedFrom.map((source) => decideByTable(registry.coordinates.get(source), access));
  const closed = sources.find(({ kind }) => kind !== 'allow');
  if (closed) return { ...own, kind: 'deny', reason: closed.reason, grants: [] };
  return { ...own, grants: [...new Set([own, ...sources].flatMap(({ grants }) => grants))] };
}
