/**
 * What a person does about alerts and canaries: acknowledge, close, suspend, declare, withdraw. Each with a reason, put down in the
 * transaction that does it. Who may do so is decided before.
 */
import type { Pool, PoolClient } from 'pg';
import type { IdentifierKind } from '../model/identifier-kind.js';
import { setHolderStatus, suspendOfficialIn } from '../policy/manage-holders.js';
import {
  type Actor,
  createPolicyChanger,
  inTransaction,
  requireReason,
  requireText,
  unexpected,
} from '../policy/policy-change.js';
import { holdsIdentifier } from '../model/redact-identifiers.js';
import { addAction } from './raise-alert.js';

export interface Canary {
  readonly id: string;
  readonly label: string;
  readonly declaredBy: string;
  readonly declaredAt: Date;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: Date | null;
}

/** Each method that changes something: @throws BAD_USER_INPUT, and then nothing is changed. */
export interface AlertManager {
  acknowledge(id: string, reason: string): Promise<void>;
  close(id: string, reason: string): Promise<void>;
  /** Suspends whom the alert is about. @returns its name */
  suspendFrom(id: string, reason: string): Promise<string>;
  /** Says nothing of whether the pool knows the identifier. @returns the canary's id */
  declareCanary(kind: IdentifierKind, value: string, label: string, reason: string): Promise<string>;
  withdrawCanary(id: string, reason: string): Promise<void>;
  canaries(): Promise<readonly Canary[]>;
  /** The same, for what somebody else does. */
  as(actor: Actor): AlertManager;
}

export interface AlertManagerOptions {
  /** Of a user that may write the policy. */
  readonly pool: () => Promise<Pool>;
  /** Keyed digest of an identifier, as the subject index keeps it. */
  readonly digest: (kind: IdentifierKind, value: string) => Buffer;
  readonly actor?: Actor;
  readonly now?: () => Date;
}

export function createAlertManager(options: AlertManagerOptions): AlertManager {
  const { pool, digest, actor = { kind: 'service', name: 'citygraph' }, now = () => new Date() } = options;
  const { change } = createPolicyChanger(pool, actor, now);
  const act = async (id: string, reason: string, from: readonly string[], to: 'acknowledged' | 'closed') => {
    requireReason(reason);
    await inTransaction(await pool(), async (client) => {
      const { status } = await lockAlert(client, id);
      if (!from.includes(status))
        throw unexpected('id', `an alert that is ${from.join(' or ')}`, `one that is ${status}`);
      await setStatus(client, id, to);
      await addAction(client, id, [actor.kind, actor.name], to, reason);
    });
  };
  return {
    acknowledge: (id, reason) => act(id, reason, ['open'], 'acknowledged'),
    close: (id, reason) => act(id, reason, ['open', 'acknowledged'], 'closed'),

    async suspendFrom(id, reason) {
      requireReason(reason);
      return change(async (client) => {
        const { status, principalKind, principal } = await lockAlert(client, id);
        if (principalKind !== 'consumer' && principalKind !== 'official')
          throw unexpected('id', 'an alert about a consumer or an official', 'one about the public');
        if (principalKind === 'consumer')
          await setHolderStatus(client, 'consumer', principal, 'suspended', reason, now());
        else await suspendOfficialIn(client, principal, reason, now());
        if (status === 'open') await setStatus(client, id, 'acknowledged');
        await addAction(client, id, [actor.kind, actor.name], 'suspended', reason);
        const entry = { action: `${principalKind}.suspended`, target: principal, reason, details: { alert: id } };
        return { result: principal, entry };
      });
    },

    async declareCanary(kind, value, label, reason) {
      requireReason(reason);
      requireLabel(label);
      return change(async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `insert into citygraph.canary (kind, digest, label, declared_by, declared_at) values ($1, $2, $3, $4, $5)
               on conflict (kind, digest) where withdrawn_at is null do nothing returning id::text`,
          [kind, digest(kind, value), label, actor.name, now()],
        );
        const id = rows[0]?.id;
        if (!id) throw unexpected('identifier', 'one that is no canary', 'one that is');
        return { result: id, entry: { action: 'canary.declared', target: `canary:${id}`, reason, details: { label } } };
      });
    },

    async withdrawCanary(id, reason) {
      requireReason(reason);
      requireId(id);
      await change(async (client) => {
        const { rowCount } = await client.query(
          'update citygraph.canary set withdrawn_by = $2, withdrawn_at = $3 where id = $1 and withdrawn_at is null',
          [id, actor.name, now()],
        );
        if (!rowCount) throw unexpected('id', 'the id of a canary in force', 'another');
        return { result: undefined, entry: { action: 'canary.withdrawn', target: `canary:${id}`, reason } };
      });
    },

    async canaries() {
      const { rows } = await (
        await pool()
      ).query<Canary>(
        `select id::text, label, declared_by as "declaredBy", declared_at as "declaredAt", withdrawn_by as "withdrawnBy",
                withdrawn_at as "withdrawnAt"
           from citygraph.canary c order by withdrawn_at is null desc, c.id desc limit 1000`,
      );
      // The pool of the policy's entities gives times as texts.
      return rows.map(({ declaredAt, withdrawnAt, ...it }) => ({
        ...it,
        declaredAt: new Date(declaredAt),
        withdrawnAt: withdrawnAt && new Date(withdrawnAt),
      }));
    },

    as: (other) => createAlertManager({ ...options, actor: other }),
  };
}

interface LockedAlert {
  readonly status: string;
  readonly principalKind: string;
  readonly principal: string;
}

async function lockAlert(client: PoolClient, id: string): Promise<LockedAlert> {
  requireId(id);
  const { rows } = await client.query<LockedAlert>(
    'select status, principal_kind as "principalKind", principal from citygraph.alert where id = $1 for update',
    [id],
  );
  if (!rows[0]) throw unexpected('id', 'the id of an alert', 'another');
  return rows[0];
}

async function setStatus(client: PoolClient, id: string, status: 'acknowledged' | 'closed'): Promise<void> {
  await client.query('update citygraph.alert set status = $2 where id = $1', [id, status]);
}

function requireId(id: string): void {
  if (!/^[1-9]\d{0,17}$/.test(id)) throw unexpected('id', 'an id of digits', 'another text');
}

function requireLabel(label: string): void {
  requireText('label', label);
  if (label.length > 100) throw unexpected('label', 'at most 100 characters', `${label.length}`);
  if (holdsIdentifier(label))
    throw unexpected('label', 'words without an identifier, for it stays on record', 'some with one');
}
