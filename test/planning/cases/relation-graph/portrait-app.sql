select "r2"."j"::text as "d0", "r2"."n" as "n0", "r2"."t0" as "t0", "r2"."t1" as "t1", "r2"."t3" as "t3", "r2"."t4" as "t4", "r2"."t5" as "t5"
from (select) as "one"
left join lateral (select json_build_object('relationGraph', "l79"."j") as j, "s1"."subject_id"::text as "t0", "l79"."t1", "l79"."t3", "l79"."t4", "l79"."t5", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s1"
left join lateral (with "g3_0" as materialized (select "s1"."subject_id" as id, 'legal-person' as kind, 1::bigint as n), "g3_1" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e4"."legal_person_id" as id, 'legal-person' as kind
from "g3_0" as "f5" join "legal_person"."shareholder" as "e4" on "e4"."holder_legal_person_id" = "f5"."id"
where "f5"."n" <= 50 and "e4"."legal_person_id" is not null union all select "e6"."holder_legal_person_id" as id, 'legal-person' as kind
from "g3_0" as "f7" join "legal_person"."shareholder" as "e6" on "e6"."legal_person_id" = "f7"."id"
where "f7"."n" <= 50 and "e6"."holder_legal_person_id" is not null union all select "e8"."legal_person_id" as id, 'legal-person' as kind
from "g3_0" as "f9" join "legal_person"."shareholder" as "e8" on "e8"."person_id" = "f9"."id"
where "f9"."n" <= 50 and "e8"."legal_person_id" is not null union all select "e10"."person_id" as id, 'person' as kind
from "g3_0" as "f11" join "legal_person"."shareholder" as "e10" on "e10"."legal_person_id" = "f11"."id"
where "f11"."n" <= 50 and "e10"."person_id" is not null union all select "e12"."legal_person_id" as id, 'legal-person' as kind
from "g3_0" as "f13" join "legal_person"."officer" as "e12" on "e12"."person_id" = "f13"."id"
where "f13"."n" <= 50 and "e12"."legal_person_id" is not null and ("e12"."left_on" is null or "e12"."left_on" > current_date) union all select "e14"."person_id" as id, 'person' as kind
from "g3_0" as "f15" join "legal_person"."officer" as "e14" on "e14"."legal_person_id" = "f15"."id"
where "f15"."n" <= 50 and "e14"."person_id" is not null and ("e14"."left_on" is null or "e14"."left_on" > current_date) ) as "d17"
where $1::int >= 1 and id not in (select id
from "g3_0"
where n <= 50)
order by id
limit 51) as "c16"), "g3_2" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e18"."legal_person_id" as id, 'legal-person' as kind
from "g3_1" as "f19" join "legal_person"."shareholder" as "e18" on "e18"."holder_legal_person_id" = "f19"."id"
where "f19"."n" <= 50 and "e18"."legal_person_id" is not null union all select "e20"."holder_legal_person_id" as id, 'legal-person' as kind
from "g3_1" as "f21" join "legal_person"."shareholder" as "e20" on "e20"."legal_person_id" = "f21"."id"
where "f21"."n" <= 50 and "e20"."holder_legal_person_id" is not null union all select "e22"."legal_person_id" as id, 'legal-person' as kind
from "g3_1" as "f23" join "legal_person"."shareholder" as "e22" on "e22"."person_id" = "f23"."id"
where "f23"."n" <= 50 and "e22"."legal_person_id" is not null union all select "e24"."person_id" as id, 'person' as kind
from "g3_1" as "f25" join "legal_person"."shareholder" as "e24" on "e24"."legal_person_id" = "f25"."id"
where "f25"."n" <= 50 and "e24"."person_id" is not null union all select "e26"."legal_person_id" as id, 'legal-person' as kind
from "g3_1" as "f27" join "legal_person"."officer" as "e26" on "e26"."person_id" = "f27"."id"
where "f27"."n" <= 50 and "e26"."legal_person_id" is not null and ("e26"."left_on" is null or "e26"."left_on" > current_date) union all select "e28"."person_id" as id, 'person' as kind
from "g3_1" as "f29" join "legal_person"."officer" as "e28" on "e28"."legal_person_id" = "f29"."id"
where "f29"."n" <= 50 and "e28"."person_id" is not null and ("e28"."left_on" is null or "e28"."left_on" > current_date) ) as "d31"
where $2::int >= 2 and id not in (select id
from "g3_0"
where n <= 50 union all select id
from "g3_1"
where n <= 50)
order by id
limit 51) as "c30"), "g3_3" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e32"."legal_person_id" as id, 'legal-person' as kind
from "g3_2" as "f33" join "legal_person"."shareholder" as "e32" on "e32"."holder_legal_person_id" = "f33"."id"
where "f33"."n" <= 50 and "e32"."legal_person_id" is not null union all select "e34"."holder_legal_person_id" as id, 'legal-person' as kind
from "g3_2" as "f35" join "legal_person"."shareholder" as "e34" on "e34"."legal_person_id" = "f35"."id"
where "f35"."n" <= 50 and "e34"."holder_legal_person_id" is not null union all select "e36"."legal_person_id" as id, 'legal-person' as kind
from "g3_2" as "f37" join "legal_person"."shareholder" as "e36" on "e36"."person_id" = "f37"."id"
where "f37"."n" <= 50 and "e36"."legal_person_id" is not null union all select "e38"."person_id" as id, 'person' as kind
from "g3_2" as "f39" join "legal_person"."shareholder" as "e38" on "e38"."legal_person_id" = "f39"."id"
where "f39"."n" <= 50 and "e38"."person_id" is not null union all select "e40"."legal_person_id" as id, 'legal-person' as kind
from "g3_2" as "f41" join "legal_person"."officer" as "e40" on "e40"."person_id" = "f41"."id"
where "f41"."n" <= 50 and "e40"."legal_person_id" is not null and ("e40"."left_on" is null or "e40"."left_on" > current_date) union all select "e42"."person_id" as id, 'person' as kind
from "g3_2" as "f43" join "legal_person"."officer" as "e42" on "e42"."legal_person_id" = "f43"."id"
where "f43"."n" <= 50 and "e42"."person_id" is not null and ("e42"."left_on" is null or "e42"."left_on" > current_date) ) as "d45"
where $3::int >= 3 and id not in (select id
from "g3_0"
where n <= 50 union all select id
from "g3_1"
where n <= 50 union all select id
from "g3_2"
where n <= 50)
order by id
limit 51) as "c44"), "g3_4" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e46"."legal_person_id" as id, 'legal-person' as kind
from "g3_3" as "f47" join "legal_person"."shareholder" as "e46" on "e46"."holder_legal_person_id" = "f47"."id"
where "f47"."n" <= 50 and "e46"."legal_person_id" is not null union all select "e48"."holder_legal_person_id" as id, 'legal-person' as kind
from "g3_3" as "f49" join "legal_person"."shareholder" as "e48" on "e48"."legal_person_id" = "f49"."id"
where "f49"."n" <= 50 and "e48"."holder_legal_person_id" is not null union all select "e50"."legal_person_id" as id, 'legal-person' as kind
from "g3_3" as "f51" join "legal_person"."shareholder" as "e50" on "e50"."person_id" = "f51"."id"
where "f51"."n" <= 50 and "e50"."legal_person_id" is not null union all select "e52"."person_id" as id, 'person' as kind
from "g3_3" as "f53" join "legal_person"."shareholder" as "e52" on "e52"."legal_person_id" = "f53"."id"
where "f53"."n" <= 50 and "e52"."person_id" is not null union all select "e54"."legal_person_id" as id, 'legal-person' as kind
from "g3_3" as "f55" join "legal_person"."officer" as "e54" on "e54"."person_id" = "f55"."id"
where "f55"."n" <= 50 and "e54"."legal_person_id" is not null and ("e54"."left_on" is null or "e54"."left_on" > current_date) union all select "e56"."person_id" as id, 'person' as kind
from "g3_3" as "f57" join "legal_person"."officer" as "e56" on "e56"."legal_person_id" = "f57"."id"
where "f57"."n" <= 50 and "e56"."person_id" is not null and ("e56"."left_on" is null or "e56"."left_on" > current_date) ) as "d59"
where $4::int >= 4 and id not in (select id
from "g3_0"
where n <= 50 union all select id
from "g3_1"
where n <= 50 union all select id
from "g3_2"
where n <= 50 union all select id
from "g3_3"
where n <= 50)
order by id
limit 51) as "c58"), "g3_nodes" as materialized (select id, kind, step, row_number() over (order by step, id) - 1 as number
from (select id, kind, 0 as step
from "g3_0"
where n <= 50 union all select id, kind, 1 as step
from "g3_1"
where n <= 50 union all select id, kind, 2 as step
from "g3_2"
where n <= 50 union all select id, kind, 3 as step
from "g3_3"
where n <= 50 union all select id, kind, 4 as step
from "g3_4"
where n <= 50) as s), "g3_edges" as materialized (select *, row_number() over (order by from_number, to_number, position, row_id) as n
from (select 0 as position, 'SHARE_OF_LEGAL_PERSON' as kind, "a61"."number" as from_number, "b62"."number" as to_number, "e60"."id" as row_id, "e60"."share_percent" as "v_share_percent", null::varchar(18) as "v_position"
from "g3_nodes" as "a61" join "legal_person"."shareholder" as "e60" on "e60"."holder_legal_person_id" = "a61"."id" join "g3_nodes" as "b62" on "b62"."id" = "e60"."legal_person_id"
where "e60"."legal_person_id" is not null union all select 1 as position, 'SHARE_OF_PERSON' as kind, "a64"."number" as from_number, "b65"."number" as to_number, "e63"."id" as row_id, "e63"."share_percent" as "v_share_percent", null::varchar(18) as "v_position"
from "g3_nodes" as "a64" join "legal_person"."shareholder" as "e63" on "e63"."person_id" = "a64"."id" join "g3_nodes" as "b65" on "b65"."id" = "e63"."legal_person_id"
where "e63"."legal_person_id" is not null union all select 2 as position, 'OFFICE' as kind, "a67"."number" as from_number, "b68"."number" as to_number, "e66"."id" as row_id, null::numeric(7,4) as "v_share_percent", "e66"."position" as "v_position"
from "g3_nodes" as "a67" join "legal_person"."officer" as "e66" on "e66"."person_id" = "a67"."id" join "g3_nodes" as "b68" on "b68"."id" = "e66"."legal_person_id"
where "e66"."legal_person_id" is not null and ("e66"."left_on" is null or "e66"."left_on" > current_date) ) as "d69"
order by from_number, to_number, position, row_id
limit 501) select json_build_object('nodes', "l77"."j", 'edges', (select coalesce(json_agg(json_build_object('kind', "e78"."kind", 'from', "e78"."from_number", 'to', "e78"."to_number", 'sharePercent', "e78"."v_share_percent"::text, 'position', "e78"."v_position")
order by "e78"."n"), '[]'::json)
from "g3_edges" as "e78"
where "e78"."n" <= 500), 'isTruncated', exists (select
from "g3_1"
where n > 50 union all select
from "g3_2"
where n > 50 union all select
from "g3_3"
where n > 50 union all select
from "g3_4"
where n > 50 union all select
from "g3_edges"
where n > 500)) as j, (select string_agg("n"."id"::text, ','
order by "n"."number")
from "g3_nodes" as n) as "t1", "l77"."t3", "l77"."t4", "l77"."t5"
from (select) as "u80" cross join lateral (select coalesce(json_agg(json_build_object('number', "n70"."number", 'step', "n70"."step", 'legalPerson', "l74"."j", 'person', "l76"."j")
order by "n70"."number"), '[]'::json) as j, string_agg("l74"."t3", ','
order by "n70"."number") as "t3", string_agg("l74"."t4", ','
order by "n70"."number") as "t4", string_agg("l76"."t5", ','
order by "n70"."number") as "t5"
from "g3_nodes" as "n70"
left join lateral (select json_build_object('registration', "l73"."j") as j, "p71"."id"::text as "t3", "l73"."t4"
from (select "n70"."id" as id) as "p71"
left join lateral (select json_build_object('name', "r72"."name") as j, "r72"."legal_person_id"::text as "t4"
from "legal_person"."enterprise" as "r72"
where "r72"."legal_person_id" = "p71"."id" ) as "l73" on true
where "n70"."kind" = 'legal-person') as "l74" on true
left join lateral (select json_build_object('id', $5::text || 'i:Person:' || "p75"."id" || ';') as j, "p75"."id"::text as "t5"
from (select "n70"."id" as id) as "p75"
where "n70"."kind" = 'person') as "l76" on true) as "l77") as "l79" on true
where "s1"."kind" = 'unified-social-credit-code' and "s1"."digest" = $6::bytea ) as "r2" on true
-- $1 int between {"from":"variable","path":["__l1"]}
-- $2 int between {"from":"variable","path":["__l1"]}
-- $3 int between {"from":"variable","path":["__l1"]}
-- $4 int between {"from":"variable","path":["__l1"]}
-- $5 text value {"from":"seal-mark"}
-- $6 bytea identifier-digest {"from":"variable","path":["__l0"]}
