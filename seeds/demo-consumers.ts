/**
 * Registers the consumers, grants and officials of the demo, and answers their tokens. What is there already gets a new token, for a
 * token cannot be read back; a grant that is there stays as it is, revoked or not.
 */
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CoordinateEntry } from '../src/model/registry.js';
import { AccessGrant } from '../src/policy/access-grant.entity.js';
import { Consumer } from '../src/policy/consumer.entity.js';
import type { PolicyManager } from '../src/policy/manage-grants.js';
import { Official } from '../src/policy/official.entity.js';
import { type DemoConsumer, demoConsumers, demoOfficials } from './demo-policy.js';

export interface DemoTokens {
  readonly consumers: Readonly<
    Record<string, { readonly token: string; readonly grants: readonly string[]; readonly description: string }>
  >;
  readonly officials: Readonly<Record<string, { readonly token: string }>>;
}

export interface DemoPolicyOptions {
  readonly policy: PolicyManager;
  /** Of the policy's entities; forked. */
  readonly em: EntityManager;
  readonly coordinates: ReadonlyMap<string, CoordinateEntry>;
}

const secondApprover = { kind: 'service', name: 'demo-second-approver' } as const;

/** Long enough for a demo to be looked at again, and an end all the same. */
const validYears = 5;

export async function createDemoConsumers({
  policy: manager,
  em,
  coordinates,
}: DemoPolicyOptions): Promise<DemoTokens> {
  const policy = manager.as({ kind: 'service', name: 'demo' });
  const consumers: Record<string, DemoTokens['consumers'][string]> = {};
  for (const demo of demoConsumers(coordinates)) {
    const { name, description } = demo.consumer;
    const known = await em.fork().count(Consumer, { name });
    const { token } = known > 0 ? await policy.rotateToken(name) : await policy.registerConsumer(demo.consumer);
    await issueMissingGrants(policy, em, demo);
    consumers[name] = { token, grants: demo.grants.map(({ code }) => code), description };
  }
  const officials: Record<string, { token: string }> = {};
  for (const official of demoOfficials) {
    const known = await em.fork().count(Official, { name: official.name });
    officials[official.role] =
      known > 0 ? await policy.rotateTokenOf('official', official.name) : await policy.registerOfficial(official);
  }
  return { consumers, officials };
}

/** Whether the pool knows any consumer of the demo. */
export async function hasDemoConsumers(
  em: EntityManager,
  coordinates: ReadonlyMap<string, CoordinateEntry>,
): Promise<boolean> {
  const names = demoConsumers(coordinates).map(({ consumer }) => consumer.name);
  return (await em.fork().count(Consumer, { name: { $in: names } })) > 0;
}

async function issueMissingGrants(
  policy: PolicyManager,
  em: EntityManager,
  { consumer, grants }: DemoConsumer,
): Promise<void> {
  const validFrom = new Date(Date.now() - 86_400_000);
  const validUntil = new Date(validFrom);
  validUntil.setUTCFullYear(validUntil.getUTCFullYear() + validYears);
  for (const { approvedTwice = false, ...grant } of grants) {
    if ((await em.fork().count(AccessGrant, { code: grant.code })) > 0) continue;
    await policy.issueGrant({ ...grant, consumer: consumer.name, validFrom, validUntil });
    if (approvedTwice) await policy.as(secondApprover).approveGrant(grant.code, 'the demo shows important data too');
  }
}
