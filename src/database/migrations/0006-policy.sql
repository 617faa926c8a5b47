-- Changes of policy with who, when and why; re-gradings; credentials that end, overlap and are bound to addresses; gateways.

alter table "citygraph"."consumer"
  add column "token_expires_at" timestamptz(3) null,
  add column "previous_token_hash" bytea null,
  add column "previous_token_until" timestamptz(3) null,
  add column "addresses" text[] null;
alter table "citygraph"."consumer" add constraint "consumer_previous_token_hash" unique ("previous_token_hash");
alter table "citygraph"."consumer" add constraint "consumer_addresses" check (cardinality(addresses) > 0);

alter table "citygraph"."official"
  add column "token_expires_at" timestamptz(3) null,
  add column "previous_token_hash" bytea null,
  add column "previous_token_until" timestamptz(3) null;
alter table "citygraph"."official" add constraint "official_previous_token_hash" unique ("previous_token_hash");

-- A second approval used to be a word of who issued the grant; what was issued so keeps it, and says that nobody is known for it.
alter table "citygraph"."access_grant"
  add column "issued_by" text null,
  add column "approved_by" text null,
  add column "approved_reason" text null,
  add column "approved_at" timestamptz(3) null;
do $$ begin
  -- A statement on the table counts the policy's version up, rows or not.
  if exists (select from citygraph.access_grant) then
    update citygraph.access_grant
       set issued_by = 'not recorded',
           approved_by = case when approved_twice then 'not recorded either' end,
           approved_at = case when approved_twice then created_at end;
  end if;
end $$;
alter table "citygraph"."access_grant" alter column "issued_by" set not null;
alter table "citygraph"."access_grant" add constraint "access_grant_second_approval" check (not approved_twice or (approved_by is not null and approved_by <> issued_by));

create table "citygraph"."official_suspension" (
  "name" varchar(120) not null,
  "reason" text not null,
  "suspended_at" timestamptz(3) not null,
  primary key ("name")
);
comment on table "citygraph"."official_suspension" is '暂停的管理人员 suspended officials';

create table "citygraph"."gateway" (
  "id" bigserial primary key,
  "name" varchar(63) not null,
  "department" varchar(40) not null,
  "description" text not null,
  "consumers" text[] not null,
  "public_key" jsonb not null,
  "token_hash" bytea not null,
  "token_hint" varchar(8) not null,
  "token_expires_at" timestamptz(3) null,
  "previous_token_hash" bytea null,
  "previous_token_until" timestamptz(3) null,
  "addresses" text[] null,
  "status" varchar(10) not null default 'active',
  "suspended_reason" text null,
  "suspended_at" timestamptz(3) null,
  "created_at" timestamptz(3) not null default now()
);
comment on table "citygraph"."gateway" is '网关 gateways that forward consumers';
alter table "citygraph"."gateway" add constraint "gateway_previous_token_hash" unique ("previous_token_hash");
alter table "citygraph"."gateway" add constraint "gateway_token_hash" unique ("token_hash");
alter table "citygraph"."gateway" add constraint "gateway_name" unique ("name");
alter table "citygraph"."gateway" add constraint "gateway_status" check (status in ('active', 'suspended'));
alter table "citygraph"."gateway" add constraint "gateway_consumers" check (cardinality(consumers) > 0);
alter table "citygraph"."gateway" add constraint "gateway_addresses" check (cardinality(addresses) > 0);

create table "citygraph"."used_assertion" (
  "gateway" varchar(63) not null,
  "jti" varchar(64) not null,
  "until" timestamptz(3) not null,
  primary key ("gateway", "jti")
);
comment on table "citygraph"."used_assertion" is '已使用的转发凭据 assertions that were used';
create index "used_assertion_until" on "citygraph"."used_assertion" ("until");

create table "citygraph"."regrading" (
  "id" bigserial primary key,
  "coordinate" varchar(200) not null,
  "level" varchar(2) not null,
  "sharing" varchar(13) not null,
  "open" varchar(18) not null,
  "category" varchar(9) not null,
  "before_level" varchar(2) not null,
  "before_sharing" varchar(13) not null,
  "before_open" varchar(18) not null,
  "before_category" varchar(9) not null,
  "declared_level" varchar(2) not null,
  "declared_sharing" varchar(13) not null,
  "declared_open" varchar(18) not null,
  "declared_category" varchar(9) not null,
  "laxer" boolean not null,
  "status" varchar(10) not null,
  "reason" text not null,
  "made_by" text not null,
  "made_at" timestamptz(3) not null,
  "decided_by" text null,
  "decided_at" timestamptz(3) null,
  "decided_reason" text null
);
comment on table "citygraph"."regrading" is '分级调整 re-gradings';
create unique index "regrading_proposed" on "citygraph"."regrading" ("coordinate") where status = 'proposed';
create unique index "regrading_in_force" on "citygraph"."regrading" ("coordinate") where status = 'in-force';
alter table "citygraph"."regrading" add constraint "regrading_two_persons" check (status not in ('in-force', 'superseded') or not laxer or (decided_by is not null and decided_by <> made_by));
alter table "citygraph"."regrading" add constraint "regrading_status" check (status in ('proposed', 'in-force', 'superseded', 'rejected'));

create table "citygraph"."policy_change" (
  "id" bigserial primary key,
  "changed_at" timestamptz(3) not null default clock_timestamp(),
  "actor_kind" varchar(10) not null,
  "actor" text not null,
  "action" varchar(40) not null,
  "target" varchar(200) not null,
  "reason" text null,
  "details" jsonb not null,
  "policy_version" bigint not null
);
comment on table "citygraph"."policy_change" is '政策变更历史 history of the policy';
create index "policy_change_target" on "citygraph"."policy_change" ("target", "id");

create trigger advance_policy_version before insert or update or delete or truncate on citygraph.official_suspension
  for each statement execute function citygraph.advance_policy_version();
create trigger advance_policy_version before insert or update or delete or truncate on citygraph.gateway
  for each statement execute function citygraph.advance_policy_version();
create trigger advance_policy_version before insert or update or delete or truncate on citygraph.regrading
  for each statement execute function citygraph.advance_policy_version();

-- The history is added to and nothing else, by whoever may write it.
create function citygraph.refuse_rewriting() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'the history of the policy is not changed';
end
$$;
create trigger refuse_rewriting before update or delete or truncate on citygraph.policy_change
  for each statement execute function citygraph.refuse_rewriting();

-- Takes an assertion of a gateway, once: false where it was taken before, by whichever node. Those that have ended go, a few each time, so
-- that the table holds no more than what may still be sent.
create function citygraph.use_assertion(gateway text, jti text, until timestamptz) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  delete from citygraph.used_assertion u
   where ctid = any (array(select ctid from citygraph.used_assertion o where o.until < clock_timestamp() limit 100 for update skip locked));
  insert into citygraph.used_assertion (gateway, jti, until) values (gateway, jti, until) on conflict do nothing;
  return found;
end
$$;

revoke all on function citygraph.refuse_rewriting, citygraph.use_assertion from public;
