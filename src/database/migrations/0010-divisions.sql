-- Divisions as a dataset, and which of them lie within which.

-- The codes of a division and of all that lie within it: the city stands for its nine, GB/T 2260.
create function citygraph.divisions_within(code text) returns text[]
  language sql immutable parallel safe
  return case when code = '150600'
    then array['150600', '150602', '150603', '150621', '150622', '150623', '150624', '150625', '150626', '150627']
    else array[code] end;

create table "natural_resources"."division" (
  "id" bigserial primary key,
  "code" varchar(6) collate "C" null,
  "name" varchar(30) collate "C" not null,
  "english_name" varchar(60) not null,
  "kind" varchar(8) collate "C" not null,
  "parent_code" varchar(6) null,
  "seat" varchar(30) not null,
  "area" numeric(9,2) null,
  "town_count" int null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "natural_resources"."division" is '行政区划 Division: the city, one of its districts or one of its banners';
create index "division_code_index" on "natural_resources"."division" ("code");
create index "division_name_index" on "natural_resources"."division" ("name");
create index "division_name_bigrams" on "natural_resources"."division" using gin (citygraph.bigrams("name"));
create index "division_kind_index" on "natural_resources"."division" ("kind");
alter table "natural_resources"."division" add constraint "division_key" unique ("code");

