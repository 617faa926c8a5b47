-- The usage log as auditors search it. What is here is made from records and from nothing else, after they are in the tree, never in the
-- transaction that writes them: it may be thrown away and made again.

-- What a plan touched, whatever its document was called: coordinate, level, verdict. 'argument' stands for use in a filter, order or look-up.
create table "citygraph"."usage_footprint" (
  "id" serial primary key,
  "digest" bytea not null
);
comment on table "citygraph"."usage_footprint" is '计划所及的坐标集合 what a plan touched';
alter table "citygraph"."usage_footprint" add constraint "usage_footprint_digest" unique ("digest");

create table "citygraph"."usage_footprint_item" (
  "footprint_id" int not null,
  "coordinate" text not null,
  "level" varchar(2) not null,
  "verdict" varchar(10) not null,
  primary key ("footprint_id", "coordinate", "level", "verdict")
);
comment on table "citygraph"."usage_footprint_item" is '坐标、分级与判定 coordinates with level and verdict';
create index "usage_footprint_item_coordinate" on "citygraph"."usage_footprint_item" ("coordinate");

create table "citygraph"."usage_plan_footprint" (
  "plan_hash" bytea not null,
  "footprint_id" int not null,
  primary key ("plan_hash")
);
comment on table "citygraph"."usage_plan_footprint" is '计划与坐标集合 footprints of plans';

-- What many records have in common; a record names one shape. Counted as records come in.
create table "citygraph"."usage_shape" (
  "id" serial primary key,
  "digest" bytea not null,
  "kind" varchar(10) not null,
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "department" text null,
  "grants" text[] not null,
  "purpose" text null,
  "outcome" varchar(12) not null,
  "error_codes" text[] not null,
  "footprint_id" int null,
  "records" bigint not null,
  "first_at" timestamptz(3) not null,
  "last_at" timestamptz(3) not null
);
comment on table "citygraph"."usage_shape" is '使用记录的共同部分 what many records have in common';
alter table "citygraph"."usage_shape" add constraint "usage_shape_digest" unique ("digest");
-- Its counts change with every batch: room beside the row, so that no index is touched.
alter table citygraph.usage_shape set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);

create table "citygraph"."usage_entry" (
  "occurred_at" timestamptz(3) not null,
  "id" uuid not null,
  "shape_id" int not null,
  "row_count" int not null,
  "subject_count" int not null,
  "operation_name" text null,
  "user_name" text null,
  "case_number" text null,
  primary key ("occurred_at", "id")
) partition by range (occurred_at);
comment on table "citygraph"."usage_entry" is '使用记录索引 index of records';
create table "citygraph"."usage_entry_rest" partition of "citygraph"."usage_entry" default;
create index "usage_entry_shape" on "citygraph"."usage_entry" ("shape_id", "occurred_at", "id");
create index "usage_entry_operation" on "citygraph"."usage_entry" (operation_name, occurred_at, id) include (shape_id) where (operation_name is not null);
create index "usage_entry_user" on "citygraph"."usage_entry" (user_name, occurred_at, id) include (shape_id) where (user_name is not null);
create index "usage_entry_case" on "citygraph"."usage_entry" (case_number, occurred_at, id) include (shape_id) where (case_number is not null);

-- The shape is in the key so that the index alone answers: one subject may have been looked at a hundred thousand times.
create table "citygraph"."usage_subject_entry" (
  "subject_id" bigint not null,
  "occurred_at" timestamptz(3) not null,
  "id" uuid not null,
  "shape_id" int not null,
  primary key ("subject_id", "occurred_at", "id", "shape_id")
) partition by range (occurred_at);
comment on table "citygraph"."usage_subject_entry" is '按主体的使用记录索引 index of records by subject';
create table "citygraph"."usage_subject_entry_rest" partition of "citygraph"."usage_subject_entry" default;

create table "citygraph"."usage_hour" (
  "hour" timestamptz(0) not null,
  "shape_id" int not null,
  "records" bigint not null,
  "row_count" bigint not null,
  "subject_count" bigint not null,
  primary key ("hour", "shape_id")
);
comment on table "citygraph"."usage_hour" is '每小时计数 counts by hour';

-- Leaves of the tree that have been indexed.
create table "citygraph"."usage_index" (
  "id" smallint not null default 1,
  "leaves" bigint not null,
  primary key ("id")
);
comment on table "citygraph"."usage_index" is '索引进度 how far the index goes';
alter table "citygraph"."usage_index" add constraint "usage_index_single" check (id = 1);
insert into citygraph.usage_index (id, leaves) values (1, 0);

-- The partitions of this month and the next two, of the records and of their index; and, of the index, of every month that the records have.
create or replace function citygraph.usage_make_partitions() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '2s'
as $$
declare
  month timestamptz;
  parent text;
  name text;
  taken boolean;
begin
  perform pg_advisory_xact_lock(citygraph.policy_lock() + 1);
  foreach parent in array array['usage_record', 'usage_entry', 'usage_subject_entry'] loop
    for month in
      select generate_series(date_trunc('month', now()), date_trunc('month', now()) + interval '2 months', interval '1 month')
       union
      select to_timestamp(right(c.relname, 7), 'YYYY_MM')
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'citygraph.usage_record'::regclass and c.relname ~ '^usage_record_\d{4}_\d\d$'
    loop
      name := parent || to_char(month, '_YYYY_MM');
      continue when to_regclass('citygraph.' || name) is not null;
      execute format('select exists (select from citygraph.%I where occurred_at >= $1 and occurred_at < $2)', parent || '_rest')
         into taken using month, month + interval '1 month';
      continue when taken;
      execute format('create table citygraph.%I (like citygraph.%I including all)', name, parent);
      execute format('alter table citygraph.%I attach partition citygraph.%I for values from (%L) to (%L)',
                     parent, name, month, month + interval '1 month');
    end loop;
  end loop;
end
$$;
select citygraph.usage_make_partitions() where exists (select from citygraph.usage_record);

-- Stable, not immutable: a text of a row is made of texts of its columns.
create function citygraph.usage_shape_key(r citygraph.usage_record, footprint int) returns bytea
  language sql stable set search_path = pg_catalog, pg_temp
  return sha256(convert_to((r.kind, r.principal_kind, r.principal, r.department, r.grants, r.purpose, r.outcome, r.error_codes, footprint)::text, 'UTF8'));

-- The footprint of a plan, made where nobody had it.
create function citygraph.usage_footprint_of(plan bytea) returns int
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  description json;
  items text[][];
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
  key := sha256(convert_to(array_to_json(items)::text, 'UTF8'));
  select id into found from citygraph.usage_footprint where digest = key;
  if found is null then
    insert into citygraph.usage_footprint (digest) values (key) returning id into found;
    insert into citygraph.usage_footprint_item (footprint_id, coordinate, level, verdict)
    select found, items[n][1], items[n][2], items[n][3] from generate_subscripts(items, 1) as n;
  end if;
  insert into citygraph.usage_plan_footprint (plan_hash, footprint_id) values (plan, found);
  return found;
end
$$;

-- Takes the next leaves of the tree into the index, in one transaction with how far it goes: what is done twice or left off in the middle
-- cannot be. Only one session does it at a time; another one finds nothing to do.
create function citygraph.usage_index_next(maximum int) returns int
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

revoke all on function citygraph.usage_shape_key, citygraph.usage_footprint_of, citygraph.usage_index_next from public;

-- Uses under a grant that a law keeps from whom they concern: counted, not shown. Set when it is issued, never after.
alter table "citygraph"."access_grant" add column "withheld_basis" text null;

-- A consumer that is the credential of a legal person: it sees who looked at that legal person, and of the libraries what the public sees.
create table "citygraph"."legal_person_credential" (
  "id" bigserial primary key,
  "consumer_id" bigint not null,
  "subject_id" bigint not null,
  "reason" text not null,
  "bound_by" text not null,
  "bound_at" timestamptz(3) not null
);
comment on table "citygraph"."legal_person_credential" is '法人凭证 credentials of legal persons';
alter table "citygraph"."legal_person_credential" add constraint "legal_person_credential_consumer" unique ("consumer_id");
alter table "citygraph"."legal_person_credential" add constraint "legal_person_credential_consumer_id_foreign" foreign key ("consumer_id") references "citygraph"."consumer" ("id") on update no action on delete no action;

create trigger advance_policy_version before insert or update or delete or truncate on citygraph.legal_person_credential
  for each statement execute function citygraph.advance_policy_version();
