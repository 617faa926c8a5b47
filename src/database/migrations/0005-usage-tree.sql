-- The usage log as a tree that can be checked from outside: every record gets a salt and waits in a queue, in the transaction that writes
-- it, for the sequencer to give its commitment a leaf.

alter table "citygraph"."usage_record" add column "salt" bytea null;

create function citygraph.usage_salt() returns bytea
  language sql volatile set search_path = pg_catalog, pg_temp
  return uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

update citygraph.usage_record set salt = citygraph.usage_salt();
alter table "citygraph"."usage_record" alter column "salt" set not null;

create table "citygraph"."usage_queue" (
  "id" bigserial primary key,
  "record_id" uuid not null,
  "occurred_at" timestamptz(3) not null,
  "commitment" bytea null
);
comment on table "citygraph"."usage_queue" is '待入树记录 records that wait for their leaf';
-- What is taken out of it is dead at once: left to the usual fifth of the table, vacuum would come too late.
alter table citygraph.usage_queue set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
                                       autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 10);

create table "citygraph"."usage_leaf" (
  "leaf_index" bigint not null,
  "record_id" uuid not null,
  "occurred_at" timestamptz(3) not null,
  "commitment" bytea not null,
  primary key ("leaf_index")
);
comment on table "citygraph"."usage_leaf" is '树叶 leaves of the tree';
alter table "citygraph"."usage_leaf" add constraint "usage_leaf_record" unique ("record_id");

create table "citygraph"."usage_tile" (
  "level" smallint not null,
  "tile_index" bigint not null,
  "hashes" bytea not null,
  primary key ("level", "tile_index")
);
comment on table "citygraph"."usage_tile" is '树瓦片 tiles of the tree';
-- Hashes do not compress.
alter table citygraph.usage_tile alter column hashes set storage external;

create table "citygraph"."usage_tree" (
  "id" smallint not null default 1,
  "size" bigint not null,
  primary key ("id")
);
comment on table "citygraph"."usage_tree" is '树的大小 size of the tree';
alter table "citygraph"."usage_tree" add constraint "usage_tree_single" check (id = 1);
insert into citygraph.usage_tree (id, size) values (1, 0);

create table "citygraph"."usage_checkpoint" (
  "size" bigint not null,
  "root" bytea not null,
  "note" text not null,
  "signed_at" timestamptz(3) not null default now(),
  primary key ("size")
);
comment on table "citygraph"."usage_checkpoint" is '检查点 signed checkpoints';
alter table "citygraph"."usage_checkpoint" add constraint "usage_checkpoint_not_empty" check (size > 0);

create table "citygraph"."usage_cosignature" (
  "size" bigint not null,
  "witness" text not null,
  "line" text not null,
  "received_at" timestamptz(3) not null default now(),
  primary key ("size", "witness")
);
comment on table "citygraph"."usage_cosignature" is '见证签名 cosignatures of witnesses';

-- Records from before the tree wait like all others; the sequencer makes their commitments.
insert into citygraph.usage_queue (record_id, occurred_at, commitment)
select id, occurred_at, null from citygraph.usage_record order by occurred_at, id;

-- As before, and in the same statement each record gets its salt and its place in the queue. The commitment that came with it holds for the
-- record as it came; where the outcome is changed here, the sequencer makes the commitment from what was written.
create or replace function citygraph.usage_append(records json, plans json,
                                                  out policy_version bigint, out database_time timestamptz, out superseded uuid[])
  language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '4s'
as $$
#variable_conflict use_column
declare
  current_version bigint;
  moment timestamptz;
begin
  -- INVARIANT: a record counts as written only when it is on disk, whatever the session or the role was set to.
  if current_setting('synchronous_commit') in ('off', 'local') then
    perform set_config('synchronous_commit', 'on', true);
  end if;
  -- In a stricter isolation the version read below would be as old as the transaction.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'usage_append expects isolation read committed, got %', current_setting('transaction_isolation');
  end if;
  -- INVARIANT: the lock, then the version, in this order and in statements of their own. A change of policy holds the lock until it is
  -- committed; the next statement's snapshot is taken after that. And no change can commit until this batch is down.
  perform pg_advisory_xact_lock_shared(citygraph.policy_lock());
  select version into strict current_version from citygraph.policy_version;
  moment := clock_timestamp();

  if plans is not null then
    insert into citygraph.usage_plan (hash, description)
    select hash, description from json_to_recordset(plans) as plan (hash bytea, description json)
     order by hash
        on conflict do nothing;
  end if;

  with given as materialized (
    select *, coalesce(policy_version <> current_version, false) or coalesce(decided_until <= moment, false) as stale
      from json_to_recordset(records) as record (
           id uuid, occurred_at timestamptz, node text, kind text, principal_kind text,
           principal text, department text, grants text[], purpose text, user_name text,
           case_number text, operation_name text, document_hash bytea, arguments jsonb, plan_id bytea,
           subjects text, row_counts int[], error_codes text[], outcome text, policy_version bigint,
           decided_until timestamptz, response_bytes int, response_digest bytea, latency_micros int, client_address text,
           salt bytea, commitment bytea)
  ), written as (
    insert into citygraph.usage_record (
       id, occurred_at, node, kind, principal_kind, principal, department, grants, purpose,
       user_name, case_number, operation_name, document_hash, arguments, plan_id, subjects, row_counts, error_codes,
       outcome, policy_version, decided_until, response_bytes, response_digest, latency_micros, client_address, salt)
    select id, occurred_at, node, kind, principal_kind, principal, department,
         grants, purpose, user_name, case_number, operation_name, document_hash, arguments,
         plan_id, subjects, row_counts, error_codes, case when stale then 'superseded' else outcome end, policy_version, decided_until,
         response_bytes, response_digest, latency_micros, client_address, coalesce(salt, citygraph.usage_salt())
      from given
  ), queued as (
    -- INVARIANT: in the transaction of the record, so that none is durable and not waiting for its leaf.
    insert into citygraph.usage_queue (record_id, occurred_at, commitment)
    select id, occurred_at, case when not stale and salt is not null then commitment end from given
  )
  select array_agg(id) into superseded from given where stale;
  policy_version := current_version;
  database_time := moment;
end
$$;

-- Of the rows given, the records whose commitment the sequencer must make: all that its role may read of the records.
create function citygraph.usage_uncommitted(queue_ids bigint[]) returns setof citygraph.usage_record
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select r.*
    from citygraph.usage_queue q
    join citygraph.usage_record r on r.occurred_at = q.occurred_at and r.id = q.record_id
   where q.id = any(queue_ids) and q.commitment is null;
$$;

revoke all on function citygraph.usage_salt, citygraph.usage_uncommitted from public;
