-- The tree's queue holds one row for each batch of records in place of one for each record: a row costs the database about as much as a
-- record, and a batch of thirty is put in, read and taken out as one. And subjects are compressed where that is cheap, or not at all.

-- In the order in which a batch takes them.
lock table citygraph.usage_record, citygraph.usage_queue in access exclusive mode;

create temporary table waiting on commit drop as select id, record_id, occurred_at, commitment from citygraph.usage_queue;
drop table citygraph.usage_queue;

create table "citygraph"."usage_queue" (
  "id" bigserial primary key,
  "record_ids" uuid[] not null,
  "occurred_at" timestamptz(3)[] not null,
  "commitments" bytea null
);
comment on table "citygraph"."usage_queue" is '待入树记录 batches of records that wait for their leaf';
-- One commitment of 32 bytes for each record, or none: a record whose commitment the sequencer must make is alone in its row, so that where
-- it is gone nothing but its row stays. `usage_append` sees to it and the sequencer looks; a check would be read anew with every batch.
-- Neither ids nor hashes compress, and a row that fits into a page stays in one.
alter table citygraph.usage_queue alter column record_ids set storage external, alter column commitments set storage external,
                                  alter column occurred_at set storage external;
-- What is taken out of it is dead at once: left to the usual fifth of the table, vacuum would come too late.
alter table citygraph.usage_queue set (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000,
                                       autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 10);

insert into citygraph.usage_queue (record_ids, occurred_at, commitments)
select array_agg(record_id order by id), array_agg(occurred_at order by id), case when not is_made then string_agg(commitment, '' order by id) end
  from (select *, octet_length(commitment) is distinct from 32 as is_made, row_number() over (order by id) as place from waiting) as w
 group by is_made, case when is_made then -place else place / 100 end
 order by min(id);

-- What waits, record by record, for all who look at it. INVARIANT: read with its owner's rights, so that a role can be given some of its
-- columns and nothing of the table.
create view citygraph.usage_waiting as
select q.id as queue_id, w.record_id, w.occurred_at, substring(q.commitments from 32 * (w.place::int - 1) + 1 for 32) as commitment
  from citygraph.usage_queue q
 cross join lateral unnest(q.record_ids, q.occurred_at) with ordinality as w (record_id, occurred_at, place);
comment on view citygraph.usage_waiting is '待入树记录 records that wait for their leaf';

-- As before; in the queue a batch is one row.
create or replace function citygraph.usage_append(records citygraph.usage_given[], plans json,
                                                  out policy_version bigint, out database_time timestamptz, out superseded uuid[])
  language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '4s'
as $$
#variable_conflict use_column
declare
  current_version bigint;
  moment timestamptz;
  ids uuid[];
  times timestamptz[];
  hashes bytea;
  is_whole boolean;
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

  select array_agg(id) filter (where policy_version <> current_version or decided_until <= moment),
         array_agg(id), array_agg(occurred_at), string_agg(commitment, ''), bool_and(salt is not null and octet_length(commitment) = 32)
    into superseded, ids, times, hashes, is_whole
    from unnest(records);

  insert into citygraph.usage_record (
     id, occurred_at, node, kind, principal_kind, principal, department, grants, purpose,
     user_name, case_number, operation_name, document_hash, arguments, plan_id, subjects, row_counts, error_codes,
     outcome, policy_version, decided_until, response_bytes, response_digest, latency_micros, client_address, salt)
  select id, occurred_at, node, kind, principal_kind, principal, department, grants, purpose,
       user_name, case_number, operation_name, document_hash, arguments, plan_id, subjects, row_counts, error_codes,
       case when id = any(superseded) then 'superseded' else outcome end,
       policy_version, decided_until, response_bytes, response_digest, latency_micros, client_address, coalesce(salt, citygraph.usage_salt())
    from unnest(records);

  -- INVARIANT: in the transaction of the record, so that none is durable and not waiting for its leaf. The commitment that came with a record
  -- holds for the record as it came; where the outcome is changed here, the sequencer makes the commitment from what was written.
  if is_whole and superseded is null then
    insert into citygraph.usage_queue (record_ids, occurred_at, commitments) values (ids, times, hashes);
  else
    insert into citygraph.usage_queue (record_ids, occurred_at, commitments)
    select array_agg(id), array_agg(occurred_at), case when not is_made then string_agg(commitment, '') end
      from (select id, occurred_at, commitment,
                   salt is null or octet_length(commitment) is distinct from 32 or coalesce(id = any(superseded), false) as is_made
              from unnest(records)) as given
     group by is_made, case when is_made then id end;
  end if;

  policy_version := current_version;
  database_time := moment;
end
$$;

-- Of the rows given, the records whose commitment the sequencer must make: all that its role may read of the records.
create or replace function citygraph.usage_uncommitted(queue_ids bigint[]) returns setof citygraph.usage_record
  language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select r.*
    from citygraph.usage_queue q
    join citygraph.usage_record r on r.occurred_at = q.occurred_at[1] and r.id = q.record_ids[1]
   where q.id = any(queue_ids) and q.commitments is null;
$$;

-- The subjects of a list are thousands of characters, and to compress them with PostgreSQL's own method took longer than all else about the
-- record. Where the server has LZ4 that is used; where not, they are kept as they are.
do $$
declare
  part regclass;
begin
  for part in select 'citygraph.usage_record'::regclass union all select inhrelid from pg_inherits where inhparent = 'citygraph.usage_record'::regclass loop
    if (select 'lz4' = any(enumvals) from pg_settings where name = 'default_toast_compression') then
      execute format('alter table %s alter column subjects set compression lz4', part);
    else
      execute format('alter table %s alter column subjects set storage external', part);
    end if;
  end loop;
end
$$;
