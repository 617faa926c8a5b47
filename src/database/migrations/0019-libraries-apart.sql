-- Subjects whose scope is still to be copied to libraries in other databases.

create table "citygraph"."scope_to_copy" (
  "subject_id" bigint not null,
  "since" timestamptz(3) not null default now(),
  primary key ("subject_id")
);
comment on table "citygraph"."scope_to_copy" is '待同步的主体范围 scopes to be copied to other databases';
