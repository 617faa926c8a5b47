/** An alert put down under its natural key: detector, principal, grant and window. Found again, it takes on the newer figures and stays one. */
import type { ClientBase } from 'pg';
import { type Detector, detectors } from './detectors.js';

export interface FoundAnomaly {
  readonly detector: Detector;
  readonly principalKind: string;
  readonly principal: string;
  /** Null where it is about no single grant. */
  readonly grant: string | null;
  readonly windowStart: Date;
  readonly windowEnd: Date;
  readonly evidence: Evidence;
}

/** Numbers, ids of records, coordinates: never an identifier or a subject. */
export interface Evidence {
  readonly records?: readonly string[];
  readonly [name: string]: unknown;
}

const watcher = ['service', 'citygraph'] as const;

/**
 * To be called by the one who has the lease.
 * @returns whether it is a new one
 */
export async function raiseAlert(client: ClientBase, found: FoundAnomaly): Promise<boolean> {
  const known = await findAlert(client, found);
  if (known) {
    await updateEvidence(client, known, { ...known.evidence, ...found.evidence });
    return false;
  }
  const { rows } = await client.query<{ id: string }>(
    `insert into citygraph.alert (detector, severity, principal_kind, principal, grant_code, window_start, window_end, raised_at, evidence)
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), $8) returning id::text`,
    [
      ...[found.detector, detectors[found.detector], found.principalKind, found.principal, found.grant ?? ''],
      ...[found.windowStart, found.windowEnd, JSON.stringify(found.evidence)],
    ],
  );
  await addAction(client, rows[0]!.id, watcher, 'raised', null);
  return true;
}

interface KnownAlert {
  readonly id: string;
  readonly status: string;
  readonly evidence: Evidence;
}

export async function findAlert(
  client: ClientBase,
  { detector, principalKind, principal, grant, windowStart }: Omit<FoundAnomaly, 'evidence' | 'windowEnd'>,
): Promise<KnownAlert | null> {
  const { rows } = await client.query<KnownAlert>(
    `select id::text, status, evidence from citygraph.alert
      where detector = $1 and principal_kind = $2 and principal = $3 and grant_code = $4 and window_start = $5`,
    [detector, principalKind, principal, grant ?? '', windowStart],
  );
  return rows[0] ?? null;
}

export async function updateEvidence(client: ClientBase, { id }: KnownAlert, evidence: Evidence): Promise<void> {
  await client.query('update citygraph.alert set evidence = $2 where id = $1 and evidence is distinct from $2::jsonb', [
    id,
    JSON.stringify(evidence),
  ]);
}

/** What was judged before this was known is to be looked at again. */
export async function reopenAlert(client: ClientBase, { id }: KnownAlert): Promise<void> {
  await client.query(`update citygraph.alert set status = 'open' where id = $1`, [id]);
  await addAction(client, id, watcher, 'reopened', null);
}

export async function addAction(
  client: ClientBase,
  alert: string,
  [kind, actor]: readonly [kind: string, actor: string],
  action: 'raised' | 'reopened' | 'acknowledged' | 'closed' | 'suspended',
  reason: string | null,
): Promise<void> {
  await client.query(
    `insert into citygraph.alert_action (alert_id, acted_at, actor_kind, actor, action, reason)
     values ($1, clock_timestamp(), $2, $3, $4, $5)`,
    [alert, kind, actor, action, reason],
  );
}
