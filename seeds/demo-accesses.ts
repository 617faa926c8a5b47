/** The accesses of the demo, as decisions see them: for `schema/access.csv`, so that a change of policy shows as a diff. No database. */
import type { CoordinateEntry } from '../src/model/registry.js';
import type { Access, Grant, GrantMode, Principal } from '../src/policy/access.js';
import { expandGrantItems } from '../src/policy/grant-items.js';
import { demoConsumers, demoOfficials, type DemoConsumer } from './demo-policy.js';

export interface DemoAccess {
  readonly name: string;
  readonly access: Access;
}

/** The public, each consumer with all its grants, and one official: for library fields all roles are alike. */
export function demoAccesses(coordinates: ReadonlyMap<string, CoordinateEntry>): DemoAccess[] {
  const consumers = demoConsumers(coordinates).map(({ consumer, grants }) => {
    const { name, department, clearance } = consumer;
    const principal: Principal = { kind: 'consumer', name, department, clearance };
    return { name, access: { principal, grants: grants.map((grant) => toGrant(name, grant, coordinates)) } };
  });
  const official: Principal = { kind: 'official', ...demoOfficials[0]! };
  return [
    { name: 'public', access: { principal: { kind: 'public', name: 'public' }, grants: [] } },
    ...consumers,
    { name: 'official', access: { principal: official, grants: [] } },
  ];
}

function toGrant(
  consumer: string,
  grant: DemoConsumer['grants'][number],
  coordinates: ReadonlyMap<string, CoordinateEntry>,
): Grant {
  const items = new Map<string, Set<GrantMode>>();
  for (const { coordinate, mode } of expandGrantItems(grant.items, coordinates)) {
    items.set(coordinate, (items.get(coordinate) ?? new Set()).add(mode));
  }
  return {
    includesProtected: false,
    approvedTwice: false,
    requiresUser: false,
    requiresCase: false,
    ...grant,
    consumer,
    validFrom: new Date(0),
    validUntil: new Date(8.64e15),
    revokedAt: null,
    items,
  };
}
