-- A change of policy holds from its commit, whoever makes it: the service, the command line, or a hand in psql.
-- Every statement that writes a policy table takes the policy lock until its transaction ends and counts the version up. Each batch of the
-- usage log takes the same lock shared before it reads the version: a change waits for batches in flight, a batch after it sees it.

create function citygraph.policy_lock() returns bigint
  language sql immutable parallel safe
  return 7163384747235500921; -- 'cityplcy'

create function citygraph.advance_policy_version() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  advanced bigint;
begin
  -- INVARIANT: the lock before any row is touched, and until commit; only then may the version that was read by a batch be trusted.
  perform pg_advisory_xact_lock(citygraph.policy_lock());
  -- While this transaction is open nothing can be logged, so nothing is answered: a session left idle in it is ended.
  if current_setting('idle_in_transaction_session_timeout') = '0' then
    perform set_config('idle_in_transaction_session_timeout', '10s', true);
  end if;
  update citygraph.policy_version
     set version = version + 1, changed_at = clock_timestamp()
  returning version into strict advanced;
  perform pg_notify('citygraph_policy', advanced::text);
  return null;
end
$$;

insert into citygraph.policy_version (id, version, changed_at) values (1, 1, now());

create trigger advance_policy_version before insert or update or delete or truncate on citygraph.consumer
  for each statement execute function citygraph.advance_policy_version();
create trigger advance_policy_version before insert or update or delete or truncate on citygraph.access_grant
  for each statement execute function citygraph.advance_policy_version();
create trigger advance_policy_version before insert or update or delete or truncate on citygraph.access_grant_item
  for each statement execute function citygraph.advance_policy_version();
create trigger advance_policy_version before insert or update or delete or truncate on citygraph.official
  for each statement execute function citygraph.advance_policy_version();
