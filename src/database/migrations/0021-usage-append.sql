-- Batches of the usage log come as an array of rows in place of JSON, which took longer to take apart than to write. What is written, and
-- under which conditions, stays as it was.

create type citygraph.usage_given as (
  id uuid, occurred_at timestamptz, node text, kind text, principal_kind text, principal text, department text, grants text[], purpose text,
  user_name text, case_number text, operation_name text, document_hash bytea, arguments jsonb, plan_id bytea, subjects text,
  row_counts int[], error_codes text[], outcome text, policy_version bigint, decided_until timestamptz, response_bytes int,
  response_digest bytea, latency_micros int, client_address text, salt bytea, commitment bytea);
comment on type citygraph.usage_given is '待写使用记录 a usage record as it is given to usage_append';

drop function citygraph.usage_append(json, json);

create function citygraph.usage_append(records citygraph.usage_given[], plans json,
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

  select array_agg(id) into superseded from unnest(records) where policy_version <> current_version or decided_until <= moment;

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
  insert into citygraph.usage_queue (record_id, occurred_at, commitment)
  select id, occurred_at, case when salt is not null and (id = any(superseded)) is not true then commitment end from unnest(records);

  policy_version := current_version;
  database_time := moment;
end
$$;

revoke all on function citygraph.usage_append from public;
