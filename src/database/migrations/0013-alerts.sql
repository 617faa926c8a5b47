-- Emergency switches; what the detectors count and find; manifests of archived months.

create table "citygraph"."emergency_switch" (
  "id" bigserial primary key,
  "scope" varchar(10) not null,
  "target" varchar(63) not null,
  "reason" text not null,
  "thrown_by" text not null,
  "thrown_at" timestamptz(3) not null,
  "lifted_by" text null,
  "lifted_at" timestamptz(3) null,
  "lifted_reason" text null
);
comment on table "citygraph"."emergency_switch" is '紧急开关 emergency switches';
create unique index "emergency_switch_in_force" on "citygraph"."emergency_switch" ("scope", "target") where lifted_at is null;
alter table "citygraph"."emergency_switch" add constraint "emergency_switch_scope" check (scope in ('consumer', 'grant', 'library', 'everything'));
alter table "citygraph"."emergency_switch" add constraint "emergency_switch_target" check ((scope = 'everything') = (target = ''));
alter table "citygraph"."emergency_switch" add constraint "emergency_switch_lifted" check ((lifted_at is null) = (lifted_by is null));

-- In force from its commit on every node, like any other change of the policy.
create trigger advance_policy_version before insert or update or delete or truncate on citygraph.emergency_switch
  for each statement execute function citygraph.advance_policy_version();

create table "citygraph"."alert" (
  "id" bigserial primary key,
  "detector" varchar(20) not null,
  "severity" varchar(10) not null,
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "grant_code" varchar(40) not null,
  "window_start" timestamptz(3) not null,
  "window_end" timestamptz(3) not null,
  "raised_at" timestamptz(3) not null,
  "status" varchar(12) not null default 'open',
  "evidence" jsonb not null
);
comment on table "citygraph"."alert" is '告警 alerts';
create index "alert_principal" on "citygraph"."alert" ("principal", "id");
alter table "citygraph"."alert" add constraint "alert_key" unique ("detector", "principal_kind", "principal", "grant_code", "window_start");
alter table "citygraph"."alert" add constraint "alert_severity" check (severity in ('critical', 'high', 'medium', 'low'));
alter table "citygraph"."alert" add constraint "alert_status" check (status in ('open', 'acknowledged', 'closed'));
alter table "citygraph"."alert" add constraint "alert_window" check (window_start <= window_end);

create table "citygraph"."alert_action" (
  "id" bigserial primary key,
  "alert_id" bigint not null,
  "acted_at" timestamptz(3) not null,
  "actor_kind" varchar(10) not null,
  "actor" text not null,
  "action" varchar(12) not null,
  "reason" text null
);
comment on table "citygraph"."alert_action" is '告警处置 what was done about alerts';
create index "alert_action_alert" on "citygraph"."alert_action" ("alert_id", "id");

create table "citygraph"."alert_delivery" (
  "action_id" bigint not null,
  "endpoint" varchar(64) not null,
  "attempts" int not null default 0,
  "next_at" timestamptz(3) not null,
  "delivered_at" timestamptz(3) null,
  "given_up_at" timestamptz(3) null,
  "last_failure" varchar(40) null,
  primary key ("action_id", "endpoint")
);
comment on table "citygraph"."alert_delivery" is '告警投递 deliveries of alerts';
create index "alert_delivery_due" on "citygraph"."alert_delivery" ("next_at") where delivered_at is null and given_up_at is null;

create table "citygraph"."canary" (
  "id" bigserial primary key,
  "kind" varchar(40) not null,
  "digest" bytea not null,
  "label" varchar(100) not null,
  "declared_by" text not null,
  "declared_at" timestamptz(3) not null,
  "withdrawn_by" text null,
  "withdrawn_at" timestamptz(3) null
);
comment on table "citygraph"."canary" is '蜜标主体 canary subjects';
create unique index "canary_in_force" on "citygraph"."canary" ("kind", "digest") where withdrawn_at is null;
alter table "citygraph"."canary" add constraint "canary_withdrawn" check ((withdrawn_at is null) = (withdrawn_by is null));

create table "citygraph"."anomaly_progress" (
  "id" smallint not null default 1,
  "counted" bigint not null default '0',
  "searched" bigint not null default '0',
  "applied_at" timestamptz(3) null,
  primary key ("id")
);
comment on table "citygraph"."anomaly_progress" is '异常检测进度 how far the detectors have read';
alter table "citygraph"."anomaly_progress" add constraint "anomaly_progress_single" check (id = 1);

insert into citygraph.anomaly_progress (id) values (1);

create table "citygraph"."usage_day" (
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "day" date not null,
  "requests" bigint not null,
  "denied" bigint not null,
  "out_of_hours" bigint not null,
  "releasing" bigint not null,
  "subjects" bigint not null,
  "coordinates" bigint not null,
  "changed" boolean not null,
  primary key ("principal_kind", "principal", "day")
);
comment on table "citygraph"."usage_day" is '每日使用 use by day';

create table "citygraph"."usage_day_seen" (
  "day" date not null,
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "seen" text not null,
  primary key ("day", "principal_kind", "principal", "seen")
);
comment on table "citygraph"."usage_day_seen" is '当日已见 what was seen on a day';

create table "citygraph"."grant_use" (
  "grant_code" varchar(40) not null,
  "coordinate" varchar(200) not null,
  "last_used_at" timestamptz(3) not null,
  primary key ("grant_code", "coordinate")
);
comment on table "citygraph"."grant_use" is '授权使用情况 use of grants';

create table "citygraph"."usage_archive" (
  "month" varchar(7) not null,
  "file" text not null,
  "note" text not null,
  "archived_by" text not null,
  "archived_at" timestamptz(3) not null,
  primary key ("month")
);
comment on table "citygraph"."usage_archive" is '使用日志归档 archived months of the usage log';
alter table "citygraph"."usage_archive" add constraint "usage_archive_month" check (month ~ '^[0-9]{4}-[0-9]{2}$');

-- What was done about an alert is added to and nothing else.
create function citygraph.refuse_rewriting_actions() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'what was done about an alert is not changed';
end
$$;
create trigger refuse_rewriting before update or delete or truncate on citygraph.alert_action
  for each statement execute function citygraph.refuse_rewriting_actions();

revoke all on function citygraph.refuse_rewriting_actions from public;
