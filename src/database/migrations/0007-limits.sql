-- Limits of single consumers, set by the operator, and the record of who tried identifiers one after another.

create table "citygraph"."consumer_limit" (
  "id" bigserial primary key,
  "consumer_id" bigint not null,
  "rate" int null,
  "burst" int null,
  "concurrency" int null,
  "lookups" int null,
  "misses" int null,
  "reason" text not null,
  "set_at" timestamptz(3) not null
);
comment on table "citygraph"."consumer_limit" is '应用限额 limits of consumers';
alter table "citygraph"."consumer_limit" add constraint "consumer_limit_consumer" unique ("consumer_id");
alter table "citygraph"."consumer_limit" add constraint "consumer_limit_positive" check (rate >= 1 and burst >= 1 and concurrency >= 1 and lookups >= 1 and misses >= 1);

alter table "citygraph"."consumer_limit" add constraint "consumer_limit_consumer_id_foreign" foreign key ("consumer_id") references "citygraph"."consumer" ("id") on update no action on delete no action;

-- A change of limits is a change of policy: announced like one, and known to every node from its commit.
create trigger advance_policy_version before insert or update or delete or truncate on citygraph.consumer_limit
  for each statement execute function citygraph.advance_policy_version();

create table "citygraph"."enumeration_event" (
  "id" bigserial primary key,
  "occurred_at" timestamptz(3) not null,
  "node" text not null,
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "client_address" text null,
  "window_start" timestamptz(3) not null,
  "tripped_by" varchar(10) not null,
  "lookups" int not null,
  "misses" int not null,
  "maximum" int not null,
  "refused_until" timestamptz(3) not null
);
comment on table "citygraph"."enumeration_event" is '标识枚举事件 enumeration of identifiers';
create index "enumeration_event_occurred_at" on "citygraph"."enumeration_event" ("occurred_at");
alter table "citygraph"."enumeration_event" add constraint "enumeration_event_tripped_by" check (tripped_by in ('lookups', 'misses'));

-- The role that logs adds these through this function alone, like records and counts.
create function citygraph.usage_note_enumeration(events json) returns void
  language sql security definer set search_path = pg_catalog, pg_temp
as $$
  insert into citygraph.enumeration_event
         (occurred_at, node, principal_kind, principal, client_address, window_start, tripped_by, lookups, misses, maximum, refused_until)
  select "occurredAt", node, "principalKind", principal, "clientAddress", "windowStart", "trippedBy", lookups, misses, maximum, "refusedUntil"
    from json_to_recordset(events) as event (
           "occurredAt" timestamptz, node text, "principalKind" text, principal text, "clientAddress" text, "windowStart" timestamptz,
           "trippedBy" text, lookups int, misses int, maximum int, "refusedUntil" timestamptz);
$$;

revoke all on function citygraph.usage_note_enumeration from public;
