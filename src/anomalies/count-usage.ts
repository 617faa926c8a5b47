/**
 * Counts the records of a range of leaves into the figures of their principals' days, and into what was used under each grant.
 *
 * By leaves and not by ids or times: the order of leaves is the order in which what is committed was met, so nothing is passed over and
 * nothing is counted twice. What was seen on a day is remembered, so that a subject counts once however often it is asked for.
 */
import type { ClientBase } from 'pg';
import type { AnomalySettings } from './settings.js';

/** Refusals of access. Of an emergency switch's refusals nobody is to blame. */
const denialCodes = ['FIELD_DENIED', 'ARGUMENT_DENIED', 'FORBIDDEN', 'GRANT_INVALID', 'GATEWAY_REFUSED'];

const zone = `'Asia/Shanghai'`;

const countDays = `
  with given as materialized (
    select (r.occurred_at at time zone ${zone})::date as day, r.principal_kind, r.principal, r.plan_id, r.outcome,
           case when r.outcome = 'answered' then r.subjects else '' end as subjects,
           r.error_codes && $5 as denied,
           extract(isodow from r.occurred_at at time zone ${zone}) > 5
             or extract(hour from r.occurred_at at time zone ${zone}) not between $3 and $4 - 1 as out_of_hours
      from citygraph.usage_leaf l
      join citygraph.usage_record r on r.occurred_at = l.occurred_at and r.id = l.record_id
     where l.leaf_index >= $1 and l.leaf_index < $2 and r.outcome in ('answered', 'refused', 'failed')
       and r.principal_kind in ('consumer', 'official', 'public')
  ), planned as (
    select distinct day, principal_kind, principal, plan_id from given
     where outcome = 'answered' and principal_kind = 'consumer' and plan_id is not null
  ), seen as (
    select day, principal_kind, principal, 's' || subject as seen
      from given cross join unnest(string_to_array(translate(subjects, ';+', ',,'), ',')) as subject
     where principal_kind = 'consumer' and subject not in ('', '0')
    union
    select day, principal_kind, principal, 'c' || (node ->> 'type') || '.' || (field ->> 'name')
      from planned join citygraph.usage_plan p on p.hash = plan_id
           cross join json_array_elements(p.description -> 'nodes') as node
           cross join json_array_elements(node -> 'fields') as field
     where field ->> 'verdict' <> 'deny'
  ), fresh as (
    insert into citygraph.usage_day_seen (day, principal_kind, principal, seen)
    select day, principal_kind, principal, seen from seen order by 1, 2, 3, 4
        on conflict do nothing
    returning day, principal_kind, principal, left(seen, 1) as what
  ), news as (
    select day, principal_kind, principal,
           count(*) filter (where what = 's') as subjects, count(*) filter (where what = 'c') as coordinates
      from fresh group by 1, 2, 3
  ), totals as (
    select day, principal_kind, principal, count(*) as requests, count(*) filter (where denied) as denied,
           count(*) filter (where subjects <> '' and out_of_hours) as out_of_hours, count(*) filter (where subjects <> '') as releasing
      from given group by 1, 2, 3
  )
  insert into citygraph.usage_day as d
         (day, principal_kind, principal, requests, denied, out_of_hours, releasing, subjects, coordinates, changed)
  select day, principal_kind, principal, requests, denied, out_of_hours, releasing,
         coalesce(news.subjects, 0), coalesce(news.coordinates, 0), true
    from totals left join news using (day, principal_kind, principal)
   order by day, principal_kind, principal
      on conflict (principal_kind, principal, day) do update
     set requests = d.requests + excluded.requests, denied = d.denied + excluded.denied,
         out_of_hours = d.out_of_hours + excluded.out_of_hours, releasing = d.releasing + excluded.releasing,
         subjects = d.subjects + excluded.subjects, coordinates = d.coordinates + excluded.coordinates, changed = true`;

const countGrants = `
  with given as materialized (
    select r.plan_id, code, max(r.occurred_at) as used_at
      from citygraph.usage_leaf l
      join citygraph.usage_record r on r.occurred_at = l.occurred_at and r.id = l.record_id
           cross join unnest(r.grants) as code
     where l.leaf_index >= $1 and l.leaf_index < $2 and r.outcome = 'answered' and r.plan_id is not null
     group by 1, 2
  ), used as (
    select code, used_at, coordinate
      from given join citygraph.usage_plan p on p.hash = plan_id
           cross join lateral (
             select node ->> 'type' as coordinate from json_array_elements(p.description -> 'nodes') as node
             union
             select (node ->> 'type') || '.' || (field ->> 'name')
               from json_array_elements(p.description -> 'nodes') as node, json_array_elements(node -> 'fields') as field
              where field ->> 'verdict' <> 'deny'
             union
             select json_array_elements_text(p.description -> 'usedInArguments')) as coordinates
  )
  insert into citygraph.grant_use as u (grant_code, coordinate, last_used_at)
  select code, coordinate, max(used_at)
    from used join citygraph.access_grant g using (code)
   where exists (select from citygraph.access_grant_item i where i.grant_id = g.id and i.coordinate = used.coordinate)
   group by 1, 2 order by 1, 2
      on conflict (grant_code, coordinate) do update set last_used_at = greatest(u.last_used_at, excluded.last_used_at)`;

/** @param from the first leaf @param until behind the last */
export async function countUsage(
  client: ClientBase,
  from: number,
  until: number,
  { hoursFrom, hoursUntil }: AnomalySettings,
): Promise<void> {
  await client.query(countDays, [from, until, hoursFrom, hoursUntil, denialCodes]);
  await client.query(countGrants, [from, until]);
}

/** Longer than a record may wait for its leaf. */
const daysRemembered = 3;

/** What was seen on days of which no more records come. By the log's own days, not by a clock: a backlog is counted like the present. */
export async function forgetSeen(client: ClientBase): Promise<void> {
  await client.query(
    'delete from citygraph.usage_day_seen where day < (select max(day) from citygraph.usage_day) - $1::int',
    [daysRemembered],
  );
}
