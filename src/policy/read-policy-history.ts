/** Reading the policy's history and its re-gradings, newest first. Who may read is decided before. */
import type { Pool } from 'pg';
import type { Classification } from '../model/classification.js';

export interface HistoryPage {
  /** One more is read, to know whether more follow. */
  readonly first: number;
  /** Id of the last that was read. */
  readonly after: string | null;
}

export interface ChangeFilter {
  readonly target: string | null;
  readonly action: string | null;
  readonly actor: string | null;
  /** Included. */
  readonly from: Date | null;
  /** Not included. */
  readonly until: Date | null;
}

export interface StoredChange {
  readonly id: string;
  readonly changedAt: Date;
  readonly actorKind: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly reason: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly policyVersion: string;
}

export interface StoredRegrading {
  readonly id: string;
  readonly coordinate: string;
  readonly status: string;
  readonly declared: Classification;
  readonly before: Classification;
  readonly after: Classification;
  readonly reason: string;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decidedReason: string | null;
}

/** @param pool of the auditor's role */
export async function readPolicyChanges(
  pool: Pool,
  { target, action, actor, from, until }: ChangeFilter,
  { first, after }: HistoryPage,
): Promise<readonly StoredChange[]> {
  const { rows } = await pool.query<StoredChange>(
    `select c.id::text, changed_at as "changedAt", actor_kind as "actorKind", actor, action, target, reason, details,
            policy_version::text as "policyVersion"
       from citygraph.policy_change c
      where ($1::text is null or target = $1) and ($2::text is null or action = $2) and ($3::text is null or actor = $3)
        and ($4::timestamptz is null or changed_at >= $4) and ($5::timestamptz is null or changed_at < $5)
        and ($6::bigint is null or c.id < $6)
      order by c.id desc limit $7`,
    [target, action, actor, from, until, after, first + 1],
  );
  return rows;
}

/** @param pool of the auditor's role */
export async function readRegradings(
  pool: Pool,
  { status, coordinate }: { readonly status: string | null; readonly coordinate: string | null },
  { first, after }: HistoryPage,
): Promise<readonly StoredRegrading[]> {
  const { rows } = await pool.query<StoredRegrading>(
    `select r.id::text, coordinate, status, reason, made_by as "madeBy", made_at as "madeAt", decided_by as "decidedBy",
            decided_at as "decidedAt", decided_reason as "decidedReason",
            json_build_object('level', level, 'sharing', sharing, 'open', open, 'category', category) as after,
            json_build_object('level', before_level, 'sharing', before_sharing, 'open', before_open, 'category', before_category) as before,
            json_build_object('level', declared_level, 'sharing', declared_sharing, 'open', declared_open, 'category', declared_category) as declared
       from citygraph.regrading r
      where ($1::text is null or status = $1) and ($2::text is null or coordinate = $2) and ($3::bigint is null or r.id < $3)
      order by r.id desc limit $4`,
    [status, coordinate, after, first + 1],
  );
  return rows;
}
