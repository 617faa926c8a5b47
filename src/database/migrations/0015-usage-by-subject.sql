-- How often each subject was looked at, counted by period with the rest of the index: a month by subject reads a row for each subject, not
-- one for each look.

-- A period begins with every month of UTC, by which records are partitioned and archived, and with every month of the city, by which people
-- ask: so that either is made of whole ones.
create function citygraph.usage_period(at timestamptz) returns timestamptz
  language sql stable
  return greatest(date_trunc('month', at, 'UTC'), date_trunc('month', at, 'Asia/Shanghai'));

create table "citygraph"."usage_subject_period" (
  "period" timestamptz(0) not null,
  "subject_id" bigint not null,
  "records" bigint not null,
  primary key ("period", "subject_id")
);
comment on table "citygraph"."usage_subject_period" is '按主体的时段计数 counts by subject and period';
-- Its counts change with every batch: room beside the row, so that no index is touched.
alter table citygraph.usage_subject_period set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- Nothing is indexed between this count and the function that goes on counting.
select from citygraph.usage_index where id = 1 for update;
insert into citygraph.usage_subject_period (period, subject_id, records)
select citygraph.usage_period(occurred_at), subject_id, count(*) from citygraph.usage_subject_entry group by 1, 2 order by 1, 2;

-- Takes the next leaves of the tree into the index, in one transaction with how far it goes: what is done twice or left off in the middle
-- cannot be. Only one session does it at a time; another one finds nothing to do.
create or replace function citygraph.usage_index_next(maximum int) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set plan_cache_mode = force_custom_plan
as $$
declare
  position bigint;
  upto bigint;
  batch citygraph.usage_record[];
begin
  select leaves into position from citygraph.usage_index where id = 1 for update skip locked;
  if position is null then return 0; end if;
  select least(size, position + maximum) into upto from citygraph.usage_tree where id = 1;
  if upto <= position then return 0; end if;

  -- A leaf whose record is gone is passed over; the verification of the tree names it.
  select array_agg(r.record) into batch
    from citygraph.usage_leaf l
   -- One look-up for each leaf: where the tables have not been analysed, a join may be taken for a scan of all records.
   cross join lateral (select r as record from citygraph.usage_record r where r.occurred_at = l.occurred_at and r.id = l.record_id limit 1) as r
   where l.leaf_index >= position and l.leaf_index < upto;

  perform citygraph.usage_footprint_of(plan_id) from (select distinct plan_id from unnest(batch) where plan_id is not null) as plan;

  insert into citygraph.usage_shape as known (digest, kind, principal_kind, principal, department, grants, purpose, outcome, error_codes,
                                              footprint_id, records, first_at, last_at)
  select citygraph.usage_shape_key(r, f.footprint_id), min(r.kind), min(r.principal_kind), min(r.principal), min(r.department), min(r.grants),
         min(r.purpose), min(r.outcome), min(r.error_codes), min(f.footprint_id), count(*), min(r.occurred_at), max(r.occurred_at)
    from unnest(batch) as r left join citygraph.usage_plan_footprint f on f.plan_hash = r.plan_id
   group by 1
   order by min(r.occurred_at)
      on conflict (digest) do update
     set records = known.records + excluded.records,
         first_at = least(known.first_at, excluded.first_at),
         last_at = greatest(known.last_at, excluded.last_at);

  with shaped as materialized (
    select r.*, s.id as shape_id, coalesce((select sum(n) from unnest(r.row_counts) as n), 0) as row_count,
           -- Rows that are about nobody are counted under subject 0.
           array(select distinct part::bigint from string_to_table(translate(r.subjects, ';+', ',,'), ',') as part
                  where part not in ('', '0')) as subject_ids
      from unnest(batch) as r
      left join citygraph.usage_plan_footprint f on f.plan_hash = r.plan_id
      join citygraph.usage_shape s on s.digest = citygraph.usage_shape_key(r, f.footprint_id)
  ), entered as (
    insert into citygraph.usage_entry (occurred_at, id, shape_id, row_count, subject_count, operation_name, user_name, case_number)
    select occurred_at, id, shape_id, row_count, cardinality(subject_ids), operation_name, user_name, case_number from shaped
  ), subjects_entered as (
    insert into citygraph.usage_subject_entry (subject_id, occurred_at, id, shape_id)
    select subject_id, occurred_at, id, shape_id from shaped cross join unnest(subject_ids) as subject_id
  ), subjects_counted as (
    insert into citygraph.usage_subject_period as known (period, subject_id, records)
    select citygraph.usage_period(occurred_at), subject_id, count(*) from shaped cross join unnest(subject_ids) as subject_id
     group by 1, 2 order by 1, 2
        on conflict (period, subject_id) do update set records = known.records + excluded.records
  )
  insert into citygraph.usage_hour as known (hour, shape_id, records, row_count, subject_count)
  select date_trunc('hour', occurred_at), shape_id, count(*), sum(row_count), sum(cardinality(subject_ids)) from shaped group by 1, 2
      on conflict (hour, shape_id) do update
     set records = known.records + excluded.records,
         row_count = known.row_count + excluded.row_count,
         subject_count = known.subject_count + excluded.subject_count;

  update citygraph.usage_index set leaves = upto where id = 1;
  return upto - position;
end
$$;

revoke all on function citygraph.usage_period, citygraph.usage_index_next from public;
