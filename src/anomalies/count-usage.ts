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

/** One look-up for each leaf: a join is taken for a scan of the whole log where the planner does not know how few leaves there are. */
const recordsOfLeaves = `
      from citygraph.usage_leaf l
     cross join lateral (
       select occurred_at, occurred_at at time zone ${zone} as local_time, principal_kind, principal, grants, plan_id, subjects, outcome, error_codes
         from citygraph.usage_record r where r.occurred_at = l.occurred_at and r.id = l.record_id limit 1) as r
     where l.leaf_index >= $1 and l.leaf_index < $2`;

const countDays = `
  with given as materialized (
    select r.local_time::date as day, r.principal_kind, r.principal, r.plan_id, r.outcome,
           case when r.outcome = 'answered' then r.subjects else '' end as subjects,
           r.error_codes && $5 as denied,
           extract(isodow from r.local_time) > 5 or extract(hour from r.local_time) not between $3 and $4 - 1 as out_of_hours
      ${recordsOfLeaves} and r.outcome in ('answered', 'refused', 'failed') and r.principal_kind in ('consumer', 'official', 'public')
  ), planned as (
    -- A plan is taken apart once a day for each who uses it: its mark says that its coordinates were seen.
    select day, principal_kind, principal, plan_id, 'p' || encode(plan_id, 'hex') as mark
      from (select distinct day, principal_kind, principal, plan_id from given
             where outcome = 'answered' and principal_kind = 'consumer' and plan_id is not null) as used
     where not exists (select from citygraph.usage_day_seen s
                        where s.day = used.day and s.principal_kind = used.principal_kind and s.principal = used.principal
                          and s.seen = 'p' || encode(used.plan_id, 'hex'))
  ), coordinates as (
    select day, principal_kind, principal, (node ->> 'type') as type, node -> 'fields' as fields
      from planned join citygraph.usage_plan p on p.hash = plan_id
           cross join json_array_elements(p.description -> 'nodes') as node
  ), who as materialized (
    select row_number() over () as n, day, principal_kind, principal
      from (select distinct day, principal_kind, principal from given where principal_kind = 'consumer' and subjects <> '') as named
  ), node as (
    -- Nodes of a plan, and records, name the same subjects again and again: what is alike is taken apart once.
    select distinct n, node
      from given join who using (day, principal_kind, principal)
           cross join lateral (select unnest(string_to_array(subjects, ';')) as node) as nodes
  ), released as (
    select distinct n, subject
      from node cross join lateral (select unnest(string_to_array(translate(node, '+', ','), ',', '')) as subject) as subjects
     where subject <> '0'
  ), seen as (
    select day, principal_kind, principal, 's' || subject as seen from released join who using (n)
    union all
    (select distinct day, principal_kind, principal, 'c' || type || '.' || (field ->> 'name')
       from coordinates cross join json_array_elements(fields) as field
      where field ->> 'verdict' <> 'deny')
    union all
    select day, principal_kind, principal, mark from planned
  ), fresh as (
    insert into citygraph.usage_day_seen (day, principal_kind, principal, seen)
    select day, principal_kind, principal, seen from seen
     where not exists (select from citygraph.usage_day_seen s
                        where s.day = seen.day and s.principal_kind = seen.principal_kind and s.principal = seen.principal and s.seen = seen.seen)
     order by 1, 2, 3, 4
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

/** To the hour: by its mark a use of the same plan under the same grant in the same hour is known, and changes nothing. */
const countGrants = `
  with given as materialized (
    select used_hour, plan_id, code, max(occurred_at) as used_at, 'u' || to_char(used_hour, 'HH24') || code || ' ' || encode(plan_id, 'hex') as mark,
           (used_hour at time zone 'UTC' at time zone ${zone})::date as day
      from (select date_trunc('hour', r.occurred_at at time zone 'UTC') as used_hour, r.plan_id, r.occurred_at, unnest(r.grants) as code
              ${recordsOfLeaves} and r.outcome = 'answered' and r.plan_id is not null) as uses
     group by used_hour, plan_id, code
  ), unknown as materialized (
    select * from given
     where not exists (select from citygraph.usage_day_seen s
                        where s.day = given.day and s.principal_kind = 'grant' and s.principal = code and s.seen = mark)
  ), marked as (
    insert into citygraph.usage_day_seen (day, principal_kind, principal, seen)
    select day, 'grant', code, mark from unknown order by 1, 3, 4
        on conflict do nothing
  ), node as materialized (
    select u.code, u.used_at, node ->> 'type' as type, node -> 'fields' as fields
      from unknown u join citygraph.usage_plan p on p.hash = u.plan_id
           cross join json_array_elements(p.description -> 'nodes') as node
  ), used as materialized (
    select code, coordinate, max(used_at) as used_at
      from (select code, used_at, type as coordinate from node
             union all
            select code, used_at, type || '.' || (field ->> 'name')
              from node cross join json_array_elements(fields) as field
             where field ->> 'verdict' <> 'deny'
             union all
            select u.code, u.used_at, json_array_elements_text(p.description -> 'usedInArguments')
              from unknown u join citygraph.usage_plan p on p.hash = u.plan_id) as uses
     group by 1, 2
  )
  insert into citygraph.grant_use as u (grant_code, coordinate, last_used_at)
  select code, coordinate, used_at
    from used join citygraph.access_grant g using (code)
   where exists (select from citygraph.access_grant_item i where i.grant_id = g.id and i.coordinate = used.coordinate)
   order by 1, 2
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
