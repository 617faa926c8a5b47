/**
 * Alerts told to other systems. What is to be told stands in the database with the alert, so nothing is lost with a node, and no request
 * ever waits for an address. At least once each: `id` is the same each time.
 *
 * INVARIANT: nothing personal goes out: no subject, no identifier, no official by name, no record.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Pool } from 'pg';
import type { AlertWebhooks } from './settings.js';

export interface DeliveryOptions {
  /** Of the watcher's role. */
  readonly pool: Pool;
  readonly webhooks: AlertWebhooks;
  readonly stopping?: () => boolean;
}

/** Milliseconds for an answer; for so long, twice over, nobody else tries the same. */
const patience = 5_000;
const longestPause = 3_600_000;
const mostAttempts = 20;
/** An address that is configured today is not told of last year. */
const daysTold = 7;
const atOnce = 20;

interface DueDelivery {
  readonly actionId: string;
  readonly attempts: number;
  readonly event: string;
  readonly at: Date;
  readonly alert: string;
  readonly detector: string;
  readonly severity: string;
  readonly principalKind: string;
  readonly principal: string;
  readonly grant: string | null;
  readonly windowStart: Date;
  readonly windowEnd: Date;
}

export async function deliverAlerts({ pool, webhooks, stopping }: DeliveryOptions): Promise<void> {
  await Promise.all(
    webhooks.urls.map(async (url) => {
      const endpoint = createHash('sha256').update(url).digest('hex');
      await noteDeliveries(pool, endpoint);
      for (;;) {
        const due = await takeDue(pool, endpoint);
        // In their order, so that an address hears of an alert before it hears what was done about it.
        for (const delivery of due) {
          if (stopping?.()) return;
          await settle(pool, endpoint, delivery, await send(url, webhooks, delivery), webhooks);
        }
        if (due.length < atOnce) return;
      }
    }),
  );
}

async function noteDeliveries(pool: Pool, endpoint: string): Promise<void> {
  await pool.query(
    `insert into citygraph.alert_delivery (action_id, endpoint, next_at)
     select a.id, $1::text, clock_timestamp() from citygraph.alert_action a
      where a.acted_at > clock_timestamp() - make_interval(days => $2)
        and not exists (select from citygraph.alert_delivery d where d.action_id = a.id and d.endpoint = $1::text)
         on conflict do nothing`,
    [endpoint, daysTold],
  );
}

/** Taken for a while and not for good: a node that dies with them leaves them to the next. */
async function takeDue(pool: Pool, endpoint: string): Promise<DueDelivery[]> {
  const { rows } = await pool.query<DueDelivery>(
    `with due as (
       select action_id from citygraph.alert_delivery
        where endpoint = $1 and delivered_at is null and given_up_at is null and next_at <= clock_timestamp()
        order by action_id limit $2 for update skip locked
     ), taken as (
       update citygraph.alert_delivery d set next_at = clock_timestamp() + make_interval(secs => $3)
         from due where d.action_id = due.action_id and d.endpoint = $1
       returning d.action_id, d.attempts)
     select taken.action_id::text as "actionId", taken.attempts, act.action as event, act.acted_at as at, a.id::text as alert, a.detector,
            a.severity, a.principal_kind as "principalKind", a.principal, nullif(a.grant_code, '') as grant,
            a.window_start as "windowStart", a.window_end as "windowEnd"
       from taken join citygraph.alert_action act on act.id = taken.action_id join citygraph.alert a on a.id = act.alert_id
      order by taken.action_id`,
    [endpoint, atOnce, (patience * 2 * atOnce) / 1000],
  );
  return rows;
}

/** @returns null where it was taken, else what went wrong */
async function send(url: string, { secret }: AlertWebhooks, delivery: DueDelivery): Promise<string | null> {
  const body = bodyOf(delivery);
  const sentAt = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret ?? '')
    .update(`${sentAt}.${body}`)
    .digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'citygraph-signature': `t=${sentAt},v1=${signature}`,
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    // What it says is of no interest, and must not hold the connection.
    await response.body?.cancel();
    return response.ok ? null : `HTTP ${response.status}`;
  } catch (error) {
    const { name } = error as Error;
    return name === 'TimeoutError' ? 'no answer in time' : 'could not be reached';
  }
}

function bodyOf(it: DueDelivery): string {
  return JSON.stringify({
    format: 'citygraph-alert/v1',
    id: it.actionId,
    event: it.event,
    at: it.at.toISOString(),
    alert: it.alert,
    detector: it.detector,
    severity: it.severity,
    principalKind: it.principalKind,
    consumer: it.principalKind === 'consumer' ? it.principal : null,
    grant: it.grant,
    windowStart: it.windowStart.toISOString(),
    windowEnd: it.windowEnd.toISOString(),
  });
}

async function settle(
  pool: Pool,
  endpoint: string,
  { actionId, attempts }: DueDelivery,
  failure: string | null,
  { retryAfter }: AlertWebhooks,
): Promise<void> {
  const pause = Math.min(retryAfter * 2 ** attempts, longestPause);
  await pool.query(
    `update citygraph.alert_delivery
        set attempts = attempts + 1, last_failure = $3::text,
            delivered_at = case when $3::text is null then clock_timestamp() end,
            given_up_at = case when $3::text is not null and attempts + 1 >= $5 then clock_timestamp() end,
            next_at = clock_timestamp() + make_interval(secs => $4)
      where action_id = $1 and endpoint = $2`,
    [actionId, endpoint, failure, pause / 1000, mostAttempts],
  );
}
