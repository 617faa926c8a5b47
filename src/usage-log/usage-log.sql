-- The usage log's writing side. The role that logs needs usage on the schema and execute on these functions, and nothing on the tables:
-- it can add a record and can neither read, change nor remove one.

-- One batch, in a transaction of its own. Arguments: an array of records, and an array of plan descriptions that records of it name for the
-- first time (or null). Gives the version that holds, the database's time, and the ids whose decision no longer held and is not to be released.
create function citygraph.usage_append(records json, plans json,
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
           decided_until timestamptz, response_bytes int, response_digest bytea, latency_micros int, client_address text)
  ), written as (
    insert into citygraph.usage_record (
       id, occurred_at, node, kind, principal_kind, principal, department, grants, purpose,
       user_name, case_number, operation_name, document_hash, arguments, plan_id, subjects, row_counts, error_codes,
       outcome, policy_version, decided_until, response_bytes, response_digest, latency_micros, client_address)
    select id, occurred_at, node, kind, principal_kind, principal, department,
         grants, purpose, user_name, case_number, operation_name, document_hash, arguments,
         plan_id, subjects, row_counts, error_codes, case when stale then 'superseded' else outcome end, policy_version, decided_until,
         response_bytes, response_digest, latency_micros, client_address
      from given
  )
  select array_agg(id) into superseded from given where stale;
  policy_version := current_version;
  database_time := moment;
end
$$;

-- Counts of refusals: an array of {minute, node, code, count}.
create function citygraph.usage_count_refusals(counts json) returns void
  language sql security definer set search_path = pg_catalog, pg_temp
as $$
  insert into citygraph.usage_refusal (minute, node, code, count)
  select minute, node, code, count
    from json_to_recordset(counts) as refusal (minute timestamptz, node text, code text, count bigint);
$$;

-- Makes the partitions of this month and the next two; to be called at start and daily. Attaching, unlike creating in place, does not
-- stop inserts. A month that already has rows in the default partition stays there.
create function citygraph.usage_make_partitions() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '2s'
as $$
declare
  month timestamptz;
  name text;
begin
  perform pg_advisory_xact_lock(citygraph.policy_lock() + 1);
  for month in select generate_series(date_trunc('month', now()), date_trunc('month', now()) + interval '2 months', interval '1 month') loop
    name := to_char(month, '"usage_record_"YYYY_MM');
    continue when to_regclass('citygraph.' || name) is not null;
    continue when exists (select from citygraph.usage_record_rest where occurred_at >= month and occurred_at < month + interval '1 month');
    execute format('create table citygraph.%I (like citygraph.usage_record including all)', name);
    execute format('alter table citygraph.usage_record attach partition citygraph.%I for values from (%L) to (%L)',
                   name, month, month + interval '1 month');
  end loop;
end
$$;

revoke all on function citygraph.usage_append, citygraph.usage_count_refusals, citygraph.usage_make_partitions from public;
