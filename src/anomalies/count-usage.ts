/**
 * The figures of principals' days, and what was used under each grant, as the index has them: no record is read for it. They are worked out
 * anew for each day of which something new was indexed, so that to do it twice changes nothing.
 *
 * What cannot be had from counts by hour and shape, whom a consumer was shown on a day, the index counts with what it has in hand
 * (`usage_count_days`). A figure never goes down: of days from before the index counted so, what was counted then stays.
 */
import type { ClientBase } from 'pg';
import type { AnomalySettings } from './settings.js';

/** Refusals of access. Of an emergency switch's refusals nobody is to blame. */
const denialCodes = ['FIELD_DENIED', 'ARGUMENT_DENIED', 'FORBIDDEN', 'GRANT_INVALID', 'GATEWAY_REFUSED'];

const zone = `'Asia/Shanghai'`;

/** Counts by hour and shape of the days with something new since leaf $1. */
const hoursOfDays = `
      from citygraph.usage_index_day as d
      join citygraph.usage_hour as h on h.hour >= d.day::timestamp at time zone ${zone} and h.hour < (d.day + 1)::timestamp at time zone ${zone}
      join citygraph.usage_shape as s on s.id = h.shape_id
     where d.leaves > $1`;

const figures = ['requests', 'denied', 'out_of_hours', 'releasing', 'subjects', 'coordinates'];

const countDays = `
  with given as materialized (
    select d.day, s.principal_kind, s.principal, s.outcome = 'answered' as answered, s.footprint_id, h.records,
           case when s.outcome = 'answered' then h.releasing else 0 end as releasing,
           s.error_codes && $4 as denied,
           extract(isodow from d.day) > 5 or extract(hour from h.hour at time zone ${zone}) not between $2 and $3 - 1 as out_of_hours
      ${hoursOfDays} and s.outcome in ('answered', 'refused', 'failed') and s.principal_kind in ('consumer', 'official', 'public')
  ), totals as (
    select day, principal_kind, principal, sum(records) as requests, coalesce(sum(records) filter (where denied), 0) as denied,
           coalesce(sum(releasing) filter (where out_of_hours), 0) as out_of_hours, sum(releasing) as releasing
      from given group by 1, 2, 3
  ), coordinates as (
    select day, principal, count(distinct i.coordinate) as coordinates
      from (select distinct day, principal, footprint_id from given where principal_kind = 'consumer' and answered) as used
      join citygraph.usage_footprint_item as i using (footprint_id)
     where i.verdict not in ('deny', 'argument')
     group by 1, 2
  )
  insert into citygraph.usage_day as known
         (day, principal_kind, principal, requests, denied, out_of_hours, releasing, subjects, coordinates, changed)
  select t.day, t.principal_kind, t.principal, t.requests, t.denied, t.out_of_hours, t.releasing,
         coalesce(u.subjects, 0), coalesce(c.coordinates, 0), true
    from totals as t
    left join coordinates as c on t.principal_kind = 'consumer' and c.day = t.day and c.principal = t.principal
    left join citygraph.usage_day_consumer as u on t.principal_kind = 'consumer' and u.day = t.day and u.principal = t.principal
   order by t.day, t.principal_kind, t.principal
      on conflict (principal_kind, principal, day) do update
     set ${figures.map((it) => `${it} = greatest(known.${it}, excluded.${it})`).join(', ')}, changed = true
   where ${figures.map((it) => `excluded.${it} > known.${it}`).join(' or ')}`;

const countGrants = `
  with given as materialized (
    select code, s.footprint_id, max(s.last_at) as used_at
      from citygraph.usage_shape as s cross join unnest(s.grants) as code
     where s.id in (select h.shape_id ${hoursOfDays}) and s.outcome = 'answered' and s.footprint_id is not null
     group by 1, 2
  ), used as materialized (
    select code, coordinate, max(used_at) as used_at
      from (select g.code, i.coordinate, g.used_at
              from given as g join citygraph.usage_footprint_item as i using (footprint_id) where i.verdict <> 'deny'
             union all
            select g.code, unnest(f.types), g.used_at from given as g join citygraph.usage_footprint as f on f.id = g.footprint_id) as uses
     group by 1, 2
  )
  insert into citygraph.grant_use as known (grant_code, coordinate, last_used_at)
  select code, coordinate, used_at
    from used join citygraph.access_grant as g using (code)
   where exists (select from citygraph.access_grant_item as i where i.grant_id = g.id and i.coordinate = used.coordinate)
   order by 1, 2
      on conflict (grant_code, coordinate) do update set last_used_at = excluded.last_used_at
   where excluded.last_used_at > known.last_used_at`;

/** @param since leaves up to which all is in the figures */
export async function countUsage(
  client: ClientBase,
  since: number,
  { hoursFrom, hoursUntil }: AnomalySettings,
): Promise<void> {
  await client.query(countDays, [since, hoursFrom, hoursUntil, denialCodes]);
  await client.query(countGrants, [since]);
}

/** Longer than a record may wait for its leaf. */
const daysRemembered = 3;

/**
 * Whom consumers were shown on days of which no more records come. By the log's own days, not by a clock: a backlog is counted like the present.
 *
 * @param counted leaves up to which all is in the figures
 */
export async function forgetSeen(client: ClientBase, counted: number): Promise<void> {
  const old = `day < (select max(day) from citygraph.usage_day) - ${daysRemembered}`;
  // INVARIANT: none whose subjects are not all in the figures. The count of the row itself is compared, whoever has just raised it.
  await client.query(
    `with forgotten as (
       delete from citygraph.usage_day_consumer as c using citygraph.usage_day as d
        where c.${old} and d.principal_kind = 'consumer' and d.principal = c.principal and d.day = c.day and d.subjects >= c.subjects
       returning c.id)
     delete from citygraph.usage_day_subject where consumer_day in (select id from forgotten)`,
  );
  await client.query(`delete from citygraph.usage_index_day where ${old} and leaves <= $1`, [counted]);
}
