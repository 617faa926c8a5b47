-- Which tables have been spread over the machines of a cluster, and by what.

create table "citygraph"."distributed_table" (
  "name" varchar(130) not null,
  "spread_by" varchar(63) null,
  primary key ("name")
);
comment on table "citygraph"."distributed_table" is '分布式表 tables spread over several machines';
