/**
 * What there is to say of a month: use, denials, alerts with their state, grants, suspensions and switches, the tree. Plain data, ordered, of
 * one moment of the database; asked again of the same data it is the same.
 */
import type { Pool, PoolClient } from 'pg';
import { unexpected } from '../policy/policy-change.js';
import { type ReadAlert, readAlerts } from './read-alerts.js';

export interface ConsumerRisk {
  readonly consumer: string;
  readonly department: string;
  readonly status: string;
  readonly activeDays: number;
  readonly requests: number;
  readonly denied: number;
  readonly outOfHours: number;
  readonly mostSubjectsADay: number;
  readonly mostCoordinatesADay: number;
}

export interface RiskReport {
  readonly format: 'citygraph-risk-report/v1';
  /** `2026-10`, in the time of Asia/Shanghai. */
  readonly month: string;
  readonly consumers: readonly ConsumerRisk[];
  /** Of officials and the public together. */
  readonly others: readonly {
    readonly principalKind: string;
    readonly principals: number;
    readonly requests: number;
    readonly denied: number;
  }[];
  readonly alerts: readonly ReportedAlert[];
  readonly endingGrants: readonly { readonly grant: string; readonly consumer: string; readonly validUntil: string }[];
  readonly unusedGrants: readonly {
    readonly grant: string;
    readonly consumer: string;
    readonly items: number;
    readonly unused: number;
  }[];
  readonly measures: readonly {
    readonly at: string;
    readonly action: string;
    readonly target: string;
    readonly actor: string;
    readonly reason: string | null;
  }[];
  readonly switchesInForce: readonly {
    readonly scope: string;
    readonly target: string | null;
    readonly since: string;
  }[];
  readonly tree: {
    /** Of the last checkpoint that was signed in the month or before; 0 where there is none. */
    readonly size: number;
    readonly root: string | null;
    readonly signedAt: string | null;
    readonly checkpointsInMonth: number;
    /** Whether all that the checkpoint covers is in the figures. */
    readonly counted: boolean;
    readonly archivedMonths: readonly string[];
  };
}

type ReportedAlert = Omit<ReadAlert, 'windowStart' | 'windowEnd' | 'raisedAt' | 'evidence'> & {
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly raisedAt: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly records: number;
};

/** A report of more than these says so by its last line; a month with them has other worries. */
const mostAlerts = 10_000;

/** @param pool of the auditor's role @throws BAD_USER_INPUT where it is no month */
export async function readRiskReport(pool: Pool, month: string): Promise<RiskReport> {
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(month)) throw unexpected('month', 'a month such as 2026-10', 'another text');
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    const report = await readMonth(client, month);
    await client.query('commit');
    return report;
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function readMonth(client: PoolClient, month: string): Promise<RiskReport> {
  const bounds = await rowsOf<{ from: Date; until: Date }>(
    client,
    `select $1::timestamp at time zone 'Asia/Shanghai' as from,
            ($1::timestamp + interval '1 month') at time zone 'Asia/Shanghai' as until`,
    [`${month}-01`],
  );
  const { from, until } = bounds[0]!;
  const alerts = await readAlerts(
    client,
    { detector: null, status: null, severity: null, consumer: null, grant: null, from, until },
    mostAlerts,
    null,
  );
  return {
    format: 'citygraph-risk-report/v1',
    month,
    consumers: await rowsOf(client, selectConsumers, [`${month}-01`]),
    others: await rowsOf(client, selectOthers, [`${month}-01`]),
    alerts: alerts.toReversed().map(toReported),
    endingGrants: await rowsOf(client, selectEnding, [from, until]),
    unusedGrants: alerts
      .filter(({ detector }) => detector === 'grant-unused')
      .map(({ grant, principal, evidence }) => ({
        ...{ grant: grant!, consumer: principal },
        ...{ items: Number(evidence['items']), unused: Number(evidence['value']) },
      }))
      .sort((a, b) => (a.grant < b.grant ? -1 : 1)),
    measures: await rowsOf(client, selectMeasures, [from, until]),
    switchesInForce: await rowsOf(client, selectSwitches, [until]),
    tree: await readTree(client, from, until),
  };
}

async function rowsOf<Row extends object>(client: PoolClient, sql: string, values: readonly unknown[]): Promise<Row[]> {
  return (await client.query<Row>(sql, [...values])).rows;
}

function toReported({ windowStart, windowEnd, raisedAt, evidence, ...alert }: ReadAlert): ReportedAlert {
  return {
    ...alert,
    actions: alert.actions.map((action) => ({ ...action, at: new Date(action.at).toISOString() })),
    windowStart: windowStart.toISOString(),
    windowEnd: windowEnd.toISOString(),
    raisedAt: raisedAt.toISOString(),
    value: numberOf(evidence['value'] ?? evidence['misses']),
    threshold: numberOf(evidence['threshold'] ?? evidence['maximum']),
    records: evidence.records?.length ?? 0,
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

const inMonth = `day >= $1::date and day < ($1::date + interval '1 month')::date`;
const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Those that were active, and those that are registered. */
const selectConsumers = `
  select coalesce(c.name, d.principal) as consumer, coalesce(c.department, '') as department, coalesce(c.status, 'gone') as status,
         count(d.day)::int as "activeDays", coalesce(sum(requests), 0)::float8 as requests, coalesce(sum(denied), 0)::float8 as denied,
         coalesce(sum(out_of_hours), 0)::float8 as "outOfHours", coalesce(max(subjects), 0)::float8 as "mostSubjectsADay",
         coalesce(max(coordinates), 0)::float8 as "mostCoordinatesADay"
    from citygraph.consumer c
    full join (select * from citygraph.usage_day where principal_kind = 'consumer' and ${inMonth}) d on d.principal = c.name
   group by 1, 2, 3 order by 1`;

const selectOthers = `
  select principal_kind as "principalKind", count(distinct principal)::int as principals, sum(requests)::float8 as requests,
         sum(denied)::float8 as denied
    from citygraph.usage_day where principal_kind <> 'consumer' and ${inMonth} group by 1 order by 1`;

const selectEnding = `
  select g.code as grant, c.name as consumer, ${iso('g.valid_until')} as "validUntil"
    from citygraph.access_grant g join citygraph.consumer c on c.id = g.consumer_id
   where (g.revoked_at is null or g.revoked_at >= $2) and g.valid_until >= $1 and g.valid_until < $2::timestamptz + interval '1 month'
   order by g.valid_until, g.code`;

const selectMeasures = `
  select ${iso('changed_at')} as at, action, target, actor, reason
    from citygraph.policy_change p
   where changed_at >= $1 and changed_at < $2
     and (action like '%.suspended' or action like '%.resumed' or action like 'switch.%' or action like 'canary.%' or action = 'grant.revoked')
   order by p.id`;

const selectSwitches = `
  select scope, nullif(target, '') as target, ${iso('thrown_at')} as since
    from citygraph.emergency_switch s
   where thrown_at < $1 and (lifted_at is null or lifted_at >= $1) order by s.id`;

async function readTree(client: PoolClient, from: Date, until: Date): Promise<RiskReport['tree']> {
  const rows = await rowsOf<Omit<RiskReport['tree'], 'archivedMonths'>>(
    client,
    `select size::float8 as size, encode(root, 'base64') as root, ${iso('signed_at')} as "signedAt",
            (select count(*)::int from citygraph.usage_checkpoint where signed_at >= $1 and signed_at < $2) as "checkpointsInMonth",
            (select counted >= c.size from citygraph.anomaly_progress) as counted
       from citygraph.usage_checkpoint c where signed_at < $2 order by c.size desc limit 1`,
    [from, until],
  );
  const archived = await rowsOf<{ month: string }>(
    client,
    'select month from citygraph.usage_archive order by month',
    [],
  );
  return {
    ...(rows[0] ?? { size: 0, root: null, signedAt: null, checkpointsInMonth: 0, counted: true }),
    archivedMonths: archived.map(({ month }) => month),
  };
}
