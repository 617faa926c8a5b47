/** Emergency switches: thrown and lifted, each with a reason. In force from the commit, as any change of the policy is. */
import type { PoolClient } from 'pg';
import type { CoordinateEntry } from '../model/registry.js';
import { type SwitchScope, switchScopes } from './emergency-switch.entity.js';
import { requireHolder } from './manage-holders.js';
import { type PolicyChanger, requireReason, unexpected } from './policy-change.js';

export interface SwitchManager {
  /** @param target name of the consumer, code of the grant or of the library; null for everything */
  switchOff(scope: SwitchScope, target: string | null, reason: string): Promise<void>;
  liftSwitch(scope: SwitchScope, target: string | null, reason: string): Promise<void>;
}

export function createSwitchManager(
  { change, actor, now }: PolicyChanger,
  coordinates: ReadonlyMap<string, CoordinateEntry>,
): SwitchManager {
  return {
    async switchOff(scope, target, reason) {
      requireReason(reason);
      const name = readTarget(scope, target);
      await change(async (client) => {
        await requireTarget(client, scope, name, coordinates);
        const { rowCount } = await client.query(
          `insert into citygraph.emergency_switch (scope, target, reason, thrown_by, thrown_at) values ($1, $2, $3, $4, $5)
               on conflict (scope, target) where lifted_at is null do nothing`,
          [scope, name, reason, actor.name, now()],
        );
        if (!rowCount) throw unexpected('target', 'what has not been switched off', name || scope);
        return { result: undefined, entry: { action: 'switch.thrown', target: labelOf(scope, name), reason } };
      });
    },

    async liftSwitch(scope, target, reason) {
      requireReason(reason);
      const name = readTarget(scope, target);
      await change(async (client) => {
        const { rowCount } = await client.query(
          `update citygraph.emergency_switch set lifted_by = $3, lifted_at = $4, lifted_reason = $5
            where scope = $1 and target = $2 and lifted_at is null`,
          [scope, name, actor.name, now(), reason],
        );
        if (!rowCount) throw unexpected('target', 'what has been switched off', name || scope);
        return { result: undefined, entry: { action: 'switch.lifted', target: labelOf(scope, name), reason } };
      });
    },
  };
}

/** As the history names it: `consumer:portrait-app`, `everything`. */
export function labelOf(scope: SwitchScope, target: string): string {
  return scope === 'everything' ? scope : `${scope}:${target}`;
}

function readTarget(scope: SwitchScope, target: string | null): string {
  if (!switchScopes.includes(scope)) throw unexpected('scope', `one of ${switchScopes.join(', ')}`, 'another');
  if (scope === 'everything') {
    if (target) throw unexpected('target', 'none beside the scope everything', 'one');
    return '';
  }
  if (typeof target !== 'string' || target === '') throw unexpected('target', `a ${scope}`, 'none');
  return target;
}

async function requireTarget(
  client: PoolClient,
  scope: SwitchScope,
  target: string,
  coordinates: ReadonlyMap<string, CoordinateEntry>,
): Promise<void> {
  if (scope === 'consumer') return requireHolder(client, 'consumer', target);
  if (scope === 'grant') {
    const { rowCount } = await client.query('select from citygraph.access_grant where code = $1', [target]);
    if (!rowCount) throw unexpected('target', 'the code of a grant', target);
  }
  if (scope === 'library' && ![...coordinates.values()].some(({ library }) => library === target))
    throw unexpected('target', 'the code of a library', target);
}
