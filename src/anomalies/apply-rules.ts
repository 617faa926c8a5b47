/** The rules applied to what has been counted: to days that have changed, to enumerations put down since, and to grants as they stand. */
import type { ClientBase } from 'pg';
import { type DayFigures, detectDay, type Finding } from './detectors.js';
import { type FoundAnomaly, raiseAlert } from './raise-alert.js';
import type { AnomalySettings } from './settings.js';

/** @returns how many alerts are new */
export async function applyRules(client: ClientBase, settings: AnomalySettings): Promise<number> {
  let raised = 0;
  for (const found of [
    ...(await findEnumerations(client)),
    ...(await findEndingGrants(client, settings)),
    ...(await findUnusedGrants(client, settings)),
  ])
    if (await raiseAlert(client, found)) raised += 1;
  for (const day of await readChangedDays(client)) raised += await judgeDay(client, day, settings);
  return raised;
}

interface PrincipalDay extends DayFigures {
  readonly principalKind: string;
  readonly principal: string;
  /** `2026-10-07`. */
  readonly day: string;
  readonly windowStart: Date;
  readonly windowEnd: Date;
}

const figures = `requests::float8, denied::float8, out_of_hours::float8 as "outOfHours", releasing::float8, subjects::float8, coordinates::float8`;

async function readChangedDays(client: ClientBase): Promise<PrincipalDay[]> {
  const { rows } = await client.query<PrincipalDay>(
    `select principal_kind as "principalKind", principal, day::text, ${figures},
            day::timestamp at time zone 'Asia/Shanghai' as "windowStart", (day + 1)::timestamp at time zone 'Asia/Shanghai' as "windowEnd"
       from citygraph.usage_day where changed and principal_kind <> 'public'
      order by day, principal_kind, principal`,
  );
  await client.query('update citygraph.usage_day set changed = false where changed');
  return rows;
}

async function judgeDay(client: ClientBase, day: PrincipalDay, settings: AnomalySettings): Promise<number> {
  const { principalKind, principal, windowStart, windowEnd } = day;
  const { rows: past } = await client.query<DayFigures>(
    `select ${figures} from citygraph.usage_day
      where principal_kind = $1 and principal = $2 and day < $3::date and day >= $3::date - $4::int and requests > 0 order by day`,
    [principalKind, principal, day.day, settings.baselineDays],
  );
  let raised = 0;
  for (const finding of detectDay(day, past, settings)) {
    const key = { detector: finding.detector, principalKind, principal, grant: null, windowStart, windowEnd };
    const evidence = { ...finding.figures, records: await recordsOf(client, day, finding, settings) };
    if (await raiseAlert(client, { ...key, evidence })) raised += 1;
  }
  return raised;
}

const recordsNamed = 20;
const recordsMeant: Partial<Record<Finding['detector'], string>> = {
  denials: `and s.error_codes && array['FIELD_DENIED', 'ARGUMENT_DENIED', 'FORBIDDEN', 'GRANT_INVALID', 'GATEWAY_REFUSED']`,
  'out-of-hours': `and (extract(isodow from e.occurred_at at time zone 'Asia/Shanghai') > 5
     or extract(hour from e.occurred_at at time zone 'Asia/Shanghai') not between $5 and $6 - 1)
     and (select r.subjects <> '' from citygraph.usage_record r where r.occurred_at = e.occurred_at and r.id = e.id)`,
};

/** Of the day, those that released most rows first; out of the index, which has what was judged. */
async function recordsOf(
  client: ClientBase,
  { principalKind, principal, windowStart, windowEnd }: PrincipalDay,
  { detector }: Finding,
  { hoursFrom, hoursUntil }: AnomalySettings,
): Promise<string[]> {
  const hours = detector === 'out-of-hours' ? [hoursFrom, hoursUntil] : [];
  const { rows } = await client.query<{ id: string }>(
    `select e.id
       from citygraph.usage_shape s join citygraph.usage_entry e on e.shape_id = s.id
      where e.occurred_at >= $1 and e.occurred_at < $2 and s.last_at >= $1 and s.first_at < $2
        and s.principal_kind = $3 and s.principal = $4
        and s.outcome in ('answered', 'refused', 'failed') ${recordsMeant[detector] ?? ''}
      order by e.row_count desc, e.occurred_at, e.id limit ${recordsNamed}`,
    [windowStart, windowEnd, principalKind, principal, ...hours],
  );
  return rows.map(({ id }) => id);
}

/** What the look-ups' own guard put down (`enumeration_event`). The public's records are not its network's alone: they are not named. */
async function findEnumerations(client: ClientBase): Promise<FoundAnomaly[]> {
  const { rows } = await client.query<Omit<FoundAnomaly, 'detector' | 'grant'>>(
    `select e.principal_kind as "principalKind", coalesce(e.client_address, e.principal) as principal,
            min(e.window_start) as "windowStart", max(e.occurred_at) as "windowEnd",
            json_build_object('events', json_agg(e.id::text order by e.id), 'lookups', max(lookups), 'misses', max(misses),
                              'maximum', max(maximum), 'trippedBy', min(tripped_by),
                              'records', (select coalesce(json_agg(id), '[]') from (
                                 select r.id from citygraph.usage_record r
                                  where r.occurred_at >= min(e.window_start) and r.occurred_at <= max(e.occurred_at)
                                    and r.principal_kind = e.principal_kind and r.principal = e.principal
                                    and e.client_address is null and r.kind = 'query'
                                  order by r.occurred_at desc, r.id desc limit ${recordsNamed}) as last)) as evidence
       from citygraph.enumeration_event e
      where not exists (select from citygraph.alert a
                         where a.detector = 'enumeration' and a.principal_kind = e.principal_kind
                           and a.principal = coalesce(e.client_address, e.principal) and a.window_start = e.window_start)
      group by e.principal_kind, e.principal, e.client_address, e.window_start
      order by min(e.id) limit 1000`,
  );
  return rows.map((row) => ({ ...row, detector: 'enumeration', grant: null }));
}

async function findEndingGrants(client: ClientBase, { endingDays }: AnomalySettings): Promise<FoundAnomaly[]> {
  const { rows } = await client.query<{ grant: string; principal: string; windowEnd: Date; days: number }>(
    `select g.code as grant, c.name as principal, g.valid_until as "windowEnd",
            ceil(extract(epoch from g.valid_until - clock_timestamp()) / 86400)::int as days
       from citygraph.access_grant g join citygraph.consumer c on c.id = g.consumer_id
      where g.revoked_at is null and g.valid_from <= clock_timestamp()
        and g.valid_until > clock_timestamp() and g.valid_until <= clock_timestamp() + make_interval(days => $1)
      order by g.code`,
    [endingDays],
  );
  return rows.map(({ grant, principal, windowEnd, days }) => ({
    ...{ detector: 'grant-ending', principalKind: 'consumer', principal, grant, windowStart: windowEnd, windowEnd },
    evidence: { value: days, threshold: endingDays },
  }));
}

const coordinatesNamed = 100;

/** Once a calendar month: of a grant that has been in force for long enough, what was not used in that time. */
async function findUnusedGrants(client: ClientBase, { unusedDays }: AnomalySettings): Promise<FoundAnomaly[]> {
  const { rows } = await client.query<{
    grant: string;
    principal: string;
    windowStart: Date;
    windowEnd: Date;
    items: number;
    unused: string[];
  }>(
    `with month as (select date_trunc('month', clock_timestamp() at time zone 'Asia/Shanghai') as start),
     item as (
       select g.code, c.name, i.coordinate,
              not exists (select from citygraph.grant_use u where u.grant_code = g.code and u.coordinate = i.coordinate
                             and u.last_used_at >= clock_timestamp() - make_interval(days => $1)) as unused
         from citygraph.access_grant g
         join citygraph.consumer c on c.id = g.consumer_id
         join (select distinct grant_id, coordinate from citygraph.access_grant_item) i on i.grant_id = g.id
        where g.revoked_at is null and g.valid_until > clock_timestamp()
          and g.valid_from <= clock_timestamp() - make_interval(days => $1)
          and g.created_at <= clock_timestamp() - make_interval(days => $1))
     select code as grant, name as principal, count(*)::int as items,
            array_agg(coordinate order by coordinate collate "C") filter (where unused) as unused,
            month.start at time zone 'Asia/Shanghai' as "windowStart",
            (month.start + interval '1 month') at time zone 'Asia/Shanghai' as "windowEnd"
       from item cross join month group by code, name, month.start
     having bool_or(unused) order by code`,
    [unusedDays],
  );
  return rows.map(({ grant, principal, windowStart, windowEnd, items, unused }) => ({
    ...{ detector: 'grant-unused', principalKind: 'consumer', principal, grant, windowStart, windowEnd },
    evidence: { value: unused.length, items, threshold: unusedDays, coordinates: unused.slice(0, coordinatesNamed) },
  }));
}
