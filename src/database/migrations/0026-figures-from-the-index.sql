-- Detectors count by the index: what a day comes to stands in its counts by hour and shape, and whom a consumer was shown is counted out of
-- what the index has in hand. Subjects of many batches are counted together, for to find a count takes longer than to add to it.

-- Nobody indexes and nobody counts while this is carried over.
select pg_advisory_xact_lock(7163384747067780973);
select from citygraph.usage_index where id = 1 for update;

alter table "citygraph"."usage_hour" add column "releasing" bigint not null default 0;
alter table "citygraph"."usage_hour" alter column "releasing" drop default;

-- Which types a plan reaches, with fields or without: a grant names them, too.
alter table "citygraph"."usage_footprint" add column "types" text[] not null default '{}';
alter table "citygraph"."usage_footprint" alter column "types" drop default;

-- Types that have fields among the items are told by these; footprints without others keep the key that they had.
create function citygraph.usage_footprint_key(items text[], types text[]) returns bytea
  language sql stable set search_path = pg_catalog, pg_temp
as $$
  select sha256(convert_to(array_to_json(items)::text || coalesce(json_agg(type order by type collate "C")::text, ''), 'UTF8'))
    from unnest(types) as type
   where type not in (select split_part(items[n][1], '.', 1) from generate_subscripts(items, 1) as n where items[n][3] <> 'argument')
$$;

update citygraph.usage_footprint as f set types = told.types
  from (select pf.footprint_id, array_agg(distinct node ->> 'type') as types
          from citygraph.usage_plan_footprint pf join citygraph.usage_plan p on p.hash = pf.plan_hash
         cross join json_array_elements(p.description -> 'nodes') as node
         group by 1) as told
 where told.footprint_id = f.id;
update citygraph.usage_footprint as f set digest = citygraph.usage_footprint_key(
         (select coalesce(array_agg(array[coordinate, level, verdict] order by coordinate collate "C", level collate "C", verdict collate "C"), '{}')
            from citygraph.usage_footprint_item where footprint_id = f.id), f.types);

-- The footprint of a plan, made where nobody had it.
create or replace function citygraph.usage_footprint_of(plan bytea) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  description json;
  items text[][];
  reached text[];
  key bytea;
  found int;
begin
  select footprint_id into found from citygraph.usage_plan_footprint where plan_hash = plan;
  if found is not null then return found; end if;
  select p.description into description from citygraph.usage_plan p where p.hash = plan;
  select coalesce(array_agg(array[coordinate, level, verdict] order by coordinate collate "C", level collate "C", verdict collate "C"), '{}')
    into items
    from (select (node ->> 'type') || '.' || (field ->> 'name') as coordinate, coalesce(field ->> 'level', '') as level, field ->> 'verdict' as verdict
            from json_array_elements(description -> 'nodes') as node, json_array_elements(node -> 'fields') as field
           union
          select coordinate, '', 'argument' from json_array_elements_text(description -> 'usedInArguments') as coordinate) as item;
  select coalesce(array_agg(distinct node ->> 'type'), '{}') into reached from json_array_elements(description -> 'nodes') as node;
  key := citygraph.usage_footprint_key(items, reached);
  select id into found from citygraph.usage_footprint where digest = key;
  if found is null then
    insert into citygraph.usage_footprint (digest, types) values (key, reached) returning id into found;
    insert into citygraph.usage_footprint_item (footprint_id, coordinate, level, verdict)
    select found, items[n][1], items[n][2], items[n][3] from generate_subscripts(items, 1) as n;
  end if;
  insert into citygraph.usage_plan_footprint (plan_hash, footprint_id) values (plan, found);
  return found;
end
$$;

-- Each record's subjects, batch by batch, until they are counted.
create table "citygraph"."usage_subject_batch" (
  "id" bigserial primary key,
  "hour" timestamptz(0) not null,
  "shape_id" int not null,
  "subject_ids" bigint[] not null
);
comment on table "citygraph"."usage_subject_batch" is '待计数主体 subjects that are not counted yet';
alter table citygraph.usage_subject_batch alter column subject_ids set storage external;
alter table "citygraph"."usage_index" add column "uncounted" bigint not null default 0;
alter table "citygraph"."usage_index" alter column "uncounted" drop default;
alter table "citygraph"."usage_index" add column "counted_by_day" bigint not null default 0;
alter table "citygraph"."usage_index" alter column "counted_by_day" drop default;

-- Up to which leaf there is something new of a day.
create table "citygraph"."usage_index_day" (
  "day" date not null,
  "leaves" bigint not null,
  primary key ("day")
);
comment on table "citygraph"."usage_index_day" is '每日索引进度 up to which leaf days have been indexed';

create table "citygraph"."usage_day_consumer" (
  "id" serial primary key,
  "day" date not null,
  "principal" text not null,
  "subjects" bigint not null
);
comment on table "citygraph"."usage_day_consumer" is '使用方每日主体数 subjects by consumer and day';
alter table "citygraph"."usage_day_consumer" add constraint "usage_day_consumer_key" unique ("day", "principal");

create table "citygraph"."usage_day_subject" (
  "consumer_day" int not null,
  "subject_id" bigint not null,
  primary key ("consumer_day", "subject_id")
);
comment on table "citygraph"."usage_day_subject" is '当日已见主体 whom a consumer was shown on a day';

-- Ids that a record names, each once and in no order; nobody (0) is none. A text search vector has each of its words once, which takes a fraction
-- of what a query takes; it may not be longer than a megabyte. Apart, for what holds no query is written into the statement that calls it.
create function citygraph.usage_many_subject_ids(subjects text) returns bigint[]
  language sql immutable
  return array(select distinct named::bigint
                 from string_to_table(replace(replace(subjects, ';', ','), '+', ','), ',', '') as named where named <> '0');
create function citygraph.usage_subject_ids(subjects text) returns bigint[]
  language sql immutable
  return case
    when subjects = '' then '{}'::bigint[]
    when length(subjects) < 500000 then
      array_remove(tsvector_to_array(replace(replace(replace(subjects, ';', ' '), '+', ' '), ',', ' ')::tsvector), '0')::bigint[]
    else citygraph.usage_many_subject_ids(subjects)
  end;

-- What was seen of the days that are remembered.
insert into citygraph.usage_day_consumer (day, principal, subjects)
select day, principal, d.subjects
  from (select distinct day, principal from citygraph.usage_day_seen where principal_kind = 'consumer' and seen like 's%') as seen
  join citygraph.usage_day d using (day, principal)
 where d.principal_kind = 'consumer'
 order by 1, 2;
insert into citygraph.usage_day_subject (consumer_day, subject_id)
select c.id, substr(seen, 2)::bigint
  from citygraph.usage_day_seen s join citygraph.usage_day_consumer c using (day, principal)
 where s.principal_kind = 'consumer' and seen like 's%'
 order by 1, 2;

-- Of records between where the counts were and where the index is: those that were indexed and not counted are counted here, those that were
-- counted and not indexed are known when the index comes to them.
create temporary table between_the_two on commit drop as
select (l.occurred_at at time zone 'Asia/Shanghai')::date as day, r.principal, r.subjects,
       r.principal_kind = 'consumer' and r.outcome = 'answered' as released, l.leaf_index >= p.counted as fresh
  from citygraph.anomaly_progress p cross join citygraph.usage_index i
  join citygraph.usage_leaf l on l.leaf_index >= least(p.counted, i.leaves) and l.leaf_index < greatest(p.counted, i.leaves)
 cross join lateral (select * from citygraph.usage_record r where r.occurred_at = l.occurred_at and r.id = l.record_id limit 1) as r;
insert into citygraph.usage_day_consumer (day, principal, subjects)
select day, principal, coalesce(d.subjects, 0)
  from (select distinct day, principal from between_the_two where released and subjects <> '') as used
  left join citygraph.usage_day d using (day, principal)
 where d.principal_kind is null or d.principal_kind = 'consumer'
 order by 1, 2
    on conflict do nothing;
with new as (
  insert into citygraph.usage_day_subject (consumer_day, subject_id)
  select distinct c.id, subject_id
    from between_the_two b join citygraph.usage_day_consumer c using (day, principal)
   cross join unnest(citygraph.usage_subject_ids(b.subjects)) as subject_id
   where b.released and b.subjects <> ''
      on conflict do nothing
  returning consumer_day
)
update citygraph.usage_day_consumer as c set subjects = c.subjects + counted.subjects
  from (select consumer_day, count(*) as subjects from new group by 1) as counted
 where counted.consumer_day = c.id and (select counted < leaves from citygraph.anomaly_progress, citygraph.usage_index);
insert into citygraph.usage_index_day (day, leaves)
select distinct day, (select leaves from citygraph.usage_index) from between_the_two where fresh;

-- Of days that may be looked at again; figures of others stay as they are.
update citygraph.usage_hour as h set releasing = counted.releasing
  from (select date_trunc('hour', e.occurred_at, 'UTC') as hour, e.shape_id, count(*) as releasing
          from (select day from citygraph.usage_index_day
                 union
                select day::date from (select max(day) as last from citygraph.usage_day) as d,
                       generate_series(last - 3, greatest(last, current_date) + 1, interval '1 day') as day) as d
          join citygraph.usage_entry e on e.occurred_at >= d.day::timestamp at time zone 'Asia/Shanghai'
                                      and e.occurred_at < (d.day + 1)::timestamp at time zone 'Asia/Shanghai'
          join citygraph.usage_record r on r.occurred_at = e.occurred_at and r.id = e.id
         where r.subjects <> ''
         group by 1, 2) as counted
 where counted.hour = h.hour and counted.shape_id = h.shape_id;

drop table citygraph.usage_day_seen;

-- Counts the subjects that gathered since it was last called by day and consumer, for the detectors. Gives the leaves up to which they are
-- counted, or nothing where another session keeps the index for longer than one of its steps takes.
create function citygraph.usage_count_days() returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set plan_cache_mode = force_generic_plan
  -- What is counted is little beside the tables that it is looked up in, whatever the planner knows of them.
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set work_mem = '64MB' set lock_timeout = '2s'
as $$
declare
  indexed bigint;
  since bigint;
  upto bigint;
begin
  -- INVARIANT: nothing is indexed, and nothing gathers, until this is done.
  begin
    select leaves, counted_by_day into indexed, since from citygraph.usage_index where id = 1 for update;
  exception when lock_not_available then
    return null;
  end;
  select max(id) into upto from citygraph.usage_subject_batch where id > since;
  if upto is null then return indexed; end if;

  insert into citygraph.usage_day_consumer (day, principal, subjects)
  select day, principal, coalesce((select d.subjects from citygraph.usage_day d
                                    where d.principal_kind = 'consumer' and d.principal = used.principal and d.day = used.day), 0)
    from (select distinct (b.hour at time zone 'Asia/Shanghai')::date as day, s.principal
            from citygraph.usage_subject_batch b join citygraph.usage_shape s on s.id = b.shape_id
           where b.id > since and s.principal_kind = 'consumer' and s.outcome = 'answered') as used
   order by 1, 2
      on conflict do nothing;

  with new as (
    insert into citygraph.usage_day_subject (consumer_day, subject_id)
    -- Each once before they are put in order: many are named again and again.
    select consumer_day, subject_id
      from (select c.id as consumer_day, subject_id
              from citygraph.usage_subject_batch b
              join citygraph.usage_shape s on s.id = b.shape_id
              join citygraph.usage_day_consumer c on c.day = (b.hour at time zone 'Asia/Shanghai')::date and c.principal = s.principal
             cross join unnest(b.subject_ids) as subject_id
             where b.id > since and s.principal_kind = 'consumer' and s.outcome = 'answered'
             group by 1, 2 offset 0) as released
     order by 1, 2
        on conflict do nothing
    returning consumer_day
  )
  update citygraph.usage_day_consumer as c set subjects = c.subjects + counted.subjects
    from (select consumer_day, count(*) as subjects from new group by 1) as counted where counted.consumer_day = c.id;

  update citygraph.usage_index set counted_by_day = upto where id = 1;
  return indexed;
end
$$;

-- Counts all that gathered by subject and period, for searches, and lets go of it.
create function citygraph.usage_count_periods() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set work_mem = '64MB'
as $$
begin
  perform citygraph.usage_count_days();
  -- INVARIANT: held until they are counted. Who takes a month away waits for it, and takes the counts with it.
  perform from citygraph.usage_subject_batch for update;
  merge into citygraph.usage_subject_period as known
  using (select * from (select period, subject_id, count(*) as records
                          -- Periods begin with an hour.
                          from (select citygraph.usage_period(hour) as period, subject_ids from citygraph.usage_subject_batch offset 0) as b
                         cross join unnest(b.subject_ids) as subject_id
                         group by 1, 2 offset 0) as apart
          order by period, subject_id) as counted
     on known.period = counted.period and known.subject_id = counted.subject_id
   when matched then update set records = known.records + counted.records
   when not matched then insert (period, subject_id, records) values (counted.period, counted.subject_id, counted.records);
  delete from citygraph.usage_subject_batch;
  update citygraph.usage_index set uncounted = 0 where id = 1;
end
$$;

-- Takes the next leaves of the tree into the index, in one transaction with how far it goes: what is done twice or left off in the middle
-- cannot be. Only one session does it at a time; another one finds nothing to do.
create or replace function citygraph.usage_index_next(maximum int) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set plan_cache_mode = force_generic_plan
  -- What is joined is of one size; what is looked up is asked for one by one. One plan will do, whatever the planner knows of the tables.
  set enable_seqscan = off set enable_nestloop = off set enable_mergejoin = off set work_mem = '32MB'
as $$
declare
  /* As many as a summary counts by itself without taking long. */
  most_uncounted constant int := 500000;
  position bigint;
  upto bigint;
  first_at timestamptz;
  last_at timestamptz;
  together boolean;
  named bigint;
  waiting bigint;
begin
  select leaves, uncounted into position, waiting from citygraph.usage_index where id = 1 for update skip locked;
  if position is null then return 0; end if;
  select least(size, position + maximum) into upto from citygraph.usage_tree where id = 1;
  if upto <= position then return 0; end if;

  -- As a rule records of neighbouring leaves are neighbours in time: then they are read in one go, else each by itself.
  select min(occurred_at), max(occurred_at) into first_at, last_at
    from citygraph.usage_leaf where leaf_index >= position and leaf_index < upto;
  select count(*) <= 2 * (upto - position) into together
    from (select from citygraph.usage_record where occurred_at >= first_at and occurred_at <= last_at limit 2 * (upto - position) + 1) as near;

  -- A leaf whose record is gone is passed over; the verification of the tree names it.
  with given as materialized (
    select r.occurred_at, r.id, r.kind, r.principal_kind, r.principal, r.department, r.grants, r.purpose, r.outcome, r.error_codes, r.plan_id,
           r.row_counts, r.subjects, r.operation_name, r.user_name, r.case_number, l.leaf_index
      from citygraph.usage_leaf l
      join citygraph.usage_record r on r.occurred_at = l.occurred_at and r.id = l.record_id
     where together and l.leaf_index >= position and l.leaf_index < upto and r.occurred_at >= first_at and r.occurred_at <= last_at
     union all
    select r.occurred_at, r.id, r.kind, r.principal_kind, r.principal, r.department, r.grants, r.purpose, r.outcome, r.error_codes, r.plan_id,
           r.row_counts, r.subjects, r.operation_name, r.user_name, r.case_number, l.leaf_index
      from citygraph.usage_leaf l
     cross join lateral (select * from citygraph.usage_record r where r.occurred_at = l.occurred_at and r.id = l.record_id limit 1) as r
     where not together and l.leaf_index >= position and l.leaf_index < upto
  ), alike as materialized (
    -- The key of a shape is that of usage_shape_key.
    select a.*, sha256(convert_to((kind, principal_kind, principal, department, grants, purpose, outcome, error_codes, footprint_id)::text, 'UTF8')) as digest
      -- What is made on the way this statement does not see, but is told.
      from (select g.*, case when plan_id is not null then
                          coalesce((select f.footprint_id from citygraph.usage_plan_footprint f where f.plan_hash = g.plan_id),
                                   citygraph.usage_footprint_of(plan_id)) end as footprint_id
              from (select kind, principal_kind, principal, department, grants, purpose, outcome, error_codes, plan_id,
                           min(occurred_at) as first_at, max(occurred_at) as last_at, array_agg(leaf_index) as leaves
                      from given
                     group by 1, 2, 3, 4, 5, 6, 7, 8, 9) as g offset 0) as a
  ), shape as (
    insert into citygraph.usage_shape as known (digest, kind, principal_kind, principal, department, grants, purpose, outcome, error_codes,
                                                footprint_id, records, first_at, last_at)
    select digest, min(kind), min(principal_kind), min(principal), min(department), min(grants),
           min(purpose), min(outcome), min(error_codes), min(footprint_id), sum(cardinality(leaves)), min(alike.first_at), max(alike.last_at)
      from alike
     group by 1
     order by min(alike.first_at)
        on conflict (digest) do update
       set records = known.records + excluded.records,
           first_at = least(known.first_at, excluded.first_at),
           last_at = greatest(known.last_at, excluded.last_at)
    returning id, digest
  ), shaped as materialized (
    select s.id as shape_id, date_trunc('hour', g.occurred_at) as hour, g.occurred_at, g.id, g.operation_name, g.user_name, g.case_number,
           case when cardinality(g.row_counts) = 1 then g.row_counts[1] else coalesce((select sum(n) from unnest(g.row_counts) as n), 0) end as row_count,
           g.subjects <> '' as releasing,
           citygraph.usage_subject_ids(g.subjects) as subject_ids
      from shape s
      join alike a on a.digest = s.digest
     cross join unnest(a.leaves) as leaf
      join given g on g.leaf_index = leaf
  ), entered as (
    insert into citygraph.usage_entry (occurred_at, id, shape_id, row_count, subject_count, operation_name, user_name, case_number)
    select occurred_at, id, shape_id, row_count, cardinality(subject_ids), operation_name, user_name, case_number from shaped
     order by occurred_at, id
  ), subjects_entered as (
    insert into citygraph.usage_subject_entry (subject_id, occurred_at, id, shape_id)
    select subject_id, occurred_at, id, shape_id from shaped cross join unnest(subject_ids) as subject_id
     order by subject_id, occurred_at, id
  ), subjects_gathered as (
    insert into citygraph.usage_subject_batch (hour, shape_id, subject_ids)
    select hour, shape_id, array_agg(subject_id) from shaped cross join unnest(subject_ids) as subject_id group by 1, 2
    returning id
  ), hours_counted as (
    insert into citygraph.usage_hour as known (hour, shape_id, records, row_count, subject_count, releasing)
    select hour, shape_id, count(*), sum(row_count), sum(cardinality(subject_ids)), count(*) filter (where releasing) from shaped group by 1, 2
        on conflict (hour, shape_id) do update
       set records = known.records + excluded.records,
           row_count = known.row_count + excluded.row_count,
           subject_count = known.subject_count + excluded.subject_count,
           releasing = known.releasing + excluded.releasing
  ), days_noted as (
    insert into citygraph.usage_index_day as known (day, leaves)
    select distinct (hour at time zone 'Asia/Shanghai')::date, upto from (select distinct hour from shaped) as hours order by 1
        on conflict (day) do update set leaves = excluded.leaves
  )
  -- To read a row takes as long as ten subjects of it.
  select coalesce(sum(cardinality(subject_ids)), 0) + 10 * (select count(*) from subjects_gathered) into named from shaped;

  waiting := waiting + named;
  update citygraph.usage_index set leaves = upto, uncounted = waiting where id = 1;
  if waiting > most_uncounted then perform citygraph.usage_count_periods(); end if;
  return upto - position;
end
$$;

drop type citygraph.usage_alike;
drop type citygraph.usage_indexed;
revoke all on function citygraph.usage_index_next, citygraph.usage_count_days, citygraph.usage_count_periods, citygraph.usage_footprint_key,
  citygraph.usage_many_subject_ids, citygraph.usage_subject_ids
  from public;
