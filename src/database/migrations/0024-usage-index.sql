-- The index takes records group by group: what many have in common is put into words once for all of them, not once for each; entries by
-- subject come in the order of their key; and a count that is there is found once, where an insert that meets it finds, locks and alters it.

create type citygraph.usage_indexed as (
  occurred_at timestamptz, id uuid, row_counts int[], subjects text, operation_name text, user_name text, case_number text);
comment on type citygraph.usage_indexed is '待索引记录 what the index needs of a record of its own';

create type citygraph.usage_alike as (
  kind varchar(10), principal_kind varchar(10), principal text, department text, grants text[], purpose text, outcome varchar(12),
  error_codes text[], plan_id bytea, first_at timestamptz, last_at timestamptz, members citygraph.usage_indexed[]);
comment on type citygraph.usage_alike is '同类待索引记录 records to be indexed that have all else in common';

-- Takes the next leaves of the tree into the index, in one transaction with how far it goes: what is done twice or left off in the middle
-- cannot be. Only one session does it at a time; another one finds nothing to do.
create or replace function citygraph.usage_index_next(maximum int) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set plan_cache_mode = force_generic_plan
  -- A batch is small beside the tables that it is looked up in, whatever the planner knows of them; so one plan will always do.
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
declare
  position bigint;
  upto bigint;
  batch citygraph.usage_alike[];
begin
  select leaves into position from citygraph.usage_index where id = 1 for update skip locked;
  if position is null then return 0; end if;
  select least(size, position + maximum) into upto from citygraph.usage_tree where id = 1;
  if upto <= position then return 0; end if;

  -- A leaf whose record is gone is passed over; the verification of the tree names it.
  select array_agg((kind, principal_kind, principal, department, grants, purpose, outcome, error_codes, plan_id, first_at, last_at,
                    members)::citygraph.usage_alike) into batch
    from (
      select r.kind, r.principal_kind, r.principal, r.department, r.grants, r.purpose, r.outcome, r.error_codes, r.plan_id,
             min(r.occurred_at) as first_at, max(r.occurred_at) as last_at,
             array_agg((r.occurred_at, r.id, r.row_counts, r.subjects, r.operation_name, r.user_name, r.case_number)::citygraph.usage_indexed) as members
        from citygraph.usage_leaf l
       -- One look-up for each leaf: where the tables have not been analysed, a join may be taken for a scan of all records.
       cross join lateral (select * from citygraph.usage_record r where r.occurred_at = l.occurred_at and r.id = l.record_id limit 1) as r
       where l.leaf_index >= position and l.leaf_index < upto
       group by 1, 2, 3, 4, 5, 6, 7, 8, 9) as alike;

  perform citygraph.usage_footprint_of(plan_id) from (select distinct plan_id from unnest(batch) where plan_id is not null) as plan;

  with alike as materialized (
    -- The key of a shape is that of usage_shape_key.
    select a.*, f.footprint_id,
           sha256(convert_to((a.kind, a.principal_kind, a.principal, a.department, a.grants, a.purpose, a.outcome, a.error_codes, f.footprint_id)::text, 'UTF8')) as digest
      from unnest(batch) as a left join citygraph.usage_plan_footprint f on f.plan_hash = a.plan_id
  ), shape as (
    insert into citygraph.usage_shape as known (digest, kind, principal_kind, principal, department, grants, purpose, outcome, error_codes,
                                                footprint_id, records, first_at, last_at)
    select digest, min(kind), min(principal_kind), min(principal), min(department), min(grants),
           min(purpose), min(outcome), min(error_codes), min(footprint_id), sum(cardinality(members)), min(first_at), max(last_at)
      from alike
     group by 1
     order by min(first_at)
        on conflict (digest) do update
       set records = known.records + excluded.records,
           first_at = least(known.first_at, excluded.first_at),
           last_at = greatest(known.last_at, excluded.last_at)
    returning id, digest
  ), shaped as materialized (
    select s.id as shape_id, m.occurred_at, m.id, m.operation_name, m.user_name, m.case_number,
           coalesce((select sum(n) from unnest(m.row_counts) as n), 0) as row_count,
           -- Rows that are about nobody are counted under subject 0. Where there are many, nodes that name the same ones are taken apart once.
           case
             when m.subjects = '' then '{}'
             when length(m.subjects) < 200 then
               array(select distinct subject from (
                       select unnest(string_to_array(translate(m.subjects, ';+', ',,'), ',', '')::bigint[]) as subject) as named
                      where subject <> 0)
             else
               array(select distinct subject from (
                       select unnest(string_to_array(translate(string_agg(distinct node, ','), '+', ','), ',', '')::bigint[]) as subject
                         from string_to_table(m.subjects, ';') as node) as named
                      where subject <> 0)
           end as subject_ids
      from shape s join alike a on a.digest = s.digest cross join unnest(a.members) as m
  ), entered as (
    insert into citygraph.usage_entry (occurred_at, id, shape_id, row_count, subject_count, operation_name, user_name, case_number)
    select occurred_at, id, shape_id, row_count, cardinality(subject_ids), operation_name, user_name, case_number from shaped
  ), subjects_entered as (
    insert into citygraph.usage_subject_entry (subject_id, occurred_at, id, shape_id)
    select subject_id, occurred_at, id, shape_id from shaped cross join unnest(subject_ids) as subject_id
     order by subject_id, occurred_at, id
  ), subjects_counted as (
    merge into citygraph.usage_subject_period as known
    using (-- Periods begin with an hour.
           select citygraph.usage_period(hour) as period, subject_id, sum(records)::bigint as records
             from (select date_trunc('hour', occurred_at) as hour, subject_id, count(*) as records
                     from shaped cross join unnest(subject_ids) as subject_id group by 1, 2) as by_hour
            group by 1, 2 order by 1, 2) as counted
       on known.period = counted.period and known.subject_id = counted.subject_id
     when matched then update set records = known.records + counted.records
     when not matched then insert (period, subject_id, records) values (counted.period, counted.subject_id, counted.records)
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

revoke all on function citygraph.usage_index_next from public;
