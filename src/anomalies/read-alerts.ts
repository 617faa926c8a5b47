/** Reading alerts, newest first, each with its evidence and what was done about it. Who may read is decided before. */
import type { Pool } from 'pg';

export interface AlertFilter {
  readonly detector: string | null;
  readonly status: string | null;
  readonly severity: string | null;
  readonly consumer: string | null;
  readonly grant: string | null;
  /** By the time at which it was raised: included, and not included. */
  readonly from: Date | null;
  readonly until: Date | null;
}

export interface ReadAlertAction {
  readonly action: string;
  readonly actorKind: string;
  readonly actor: string;
  readonly at: string;
  readonly reason: string | null;
}

export interface ReadAlert {
  readonly id: string;
  readonly detector: string;
  readonly severity: string;
  readonly status: string;
  readonly principalKind: string;
  readonly principal: string;
  readonly grant: string | null;
  readonly windowStart: Date;
  readonly windowEnd: Date;
  readonly raisedAt: Date;
  readonly evidence: Readonly<Record<string, unknown>> & { readonly records?: readonly string[] };
  readonly actions: readonly ReadAlertAction[];
}

/** @param pool of the auditor's role @param after id of the last that was read; one more than `first` is read, to know whether more follow */
export async function readAlerts(
  pool: Pick<Pool, 'query'>,
  { detector, status, severity, consumer, grant, from, until }: AlertFilter,
  first: number,
  after: string | null,
): Promise<readonly ReadAlert[]> {
  const { rows } = await pool.query<ReadAlert>(
    `select a.id::text, detector, severity, status, principal_kind as "principalKind", principal, nullif(grant_code, '') as grant,
            window_start as "windowStart", window_end as "windowEnd", raised_at as "raisedAt", evidence,
            (select coalesce(json_agg(json_build_object('action', act.action, 'actorKind', act.actor_kind, 'actor', act.actor,
                                                        'at', act.acted_at, 'reason', act.reason) order by act.id), '[]')
               from citygraph.alert_action act where act.alert_id = a.id) as actions
       from citygraph.alert a
      where ($1::text is null or detector = $1) and ($2::text is null or status = $2) and ($3::text is null or severity = $3)
        and ($4::text is null or (principal_kind = 'consumer' and principal = $4)) and ($5::text is null or grant_code = $5)
        and ($6::timestamptz is null or raised_at >= $6) and ($7::timestamptz is null or raised_at < $7)
        and ($8::bigint is null or a.id < $8)
      order by a.id desc limit $9`,
    [detector, status, severity, consumer, grant, from, until, after, first + 1],
  );
  return rows;
}
