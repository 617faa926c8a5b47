select json_build_object('~t0', "s1"."subject_id", 'relationGraph', (with "g2_0" as materialized (select "s1"."subject_id" as id, 'legal-person' as kind, 1::bigint as n), "g2_1" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e3"."legal_person_id" as id, 'legal-person' as kind
from "g2_0" as "f4" join "legal_person"."shareholder" as "e3" on "e3"."holder_legal_person_id" = "f4"."id"
where "f4"."n" <= 50 and "e3"."legal_person_id" is not null union all select "e5"."holder_legal_person_id" as id, 'legal-person' as kind
from "g2_0" as "f6" join "legal_person"."shareholder" as "e5" on "e5"."legal_person_id" = "f6"."id"
where "f6"."n" <= 50 and "e5"."holder_legal_person_id" is not null union all select "e7"."legal_person_id" as id, 'legal-person' as kind
from "g2_0" as "f8" join "legal_person"."shareholder" as "e7" on "e7"."person_id" = "f8"."id"
where "f8"."n" <= 50 and "e7"."legal_person_id" is not null union all select "e9"."person_id" as id, 'person' as kind
from "g2_0" as "f10" join "legal_person"."shareholder" as "e9" on "e9"."legal_person_id" = "f10"."id"
where "f10"."n" <= 50 and "e9"."person_id" is not null union all select "e11"."legal_person_id" as id, 'legal-person' as kind
from "g2_0" as "f12" join "legal_person"."officer" as "e11" on "e11"."person_id" = "f12"."id"
where "f12"."n" <= 50 and "e11"."legal_person_id" is not null and ("e11"."left_on" is null or "e11"."left_on" > current_date) union all select "e13"."person_id" as id, 'person' as kind
from "g2_0" as "f14" join "legal_person"."officer" as "e13" on "e13"."legal_person_id" = "f14"."id"
where "f14"."n" <= 50 and "e13"."person_id" is not null and ("e13"."left_on" is null or "e13"."left_on" > current_date) ) as "d16"
where $1::int >= 1 and id not in (select id
from "g2_0"
where n <= 50)
order by id
limit 51) as "c15"), "g2_2" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e17"."legal_person_id" as id, 'legal-person' as kind
from "g2_1" as "f18" join "legal_person"."shareholder" as "e17" on "e17"."holder_legal_person_id" = "f18"."id"
where "f18"."n" <= 50 and "e17"."legal_person_id" is not null union all select "e19"."holder_legal_person_id" as id, 'legal-person' as kind
from "g2_1" as "f20" join "legal_person"."shareholder" as "e19" on "e19"."legal_person_id" = "f20"."id"
where "f20"."n" <= 50 and "e19"."holder_legal_person_id" is not null union all select "e21"."legal_person_id" as id, 'legal-person' as kind
from "g2_1" as "f22" join "legal_person"."shareholder" as "e21" on "e21"."person_id" = "f22"."id"
where "f22"."n" <= 50 and "e21"."legal_person_id" is not null union all select "e23"."person_id" as id, 'person' as kind
from "g2_1" as "f24" join "legal_person"."shareholder" as "e23" on "e23"."legal_person_id" = "f24"."id"
where "f24"."n" <= 50 and "e23"."person_id" is not null union all select "e25"."legal_person_id" as id, 'legal-person' as kind
from "g2_1" as "f26" join "legal_person"."officer" as "e25" on "e25"."person_id" = "f26"."id"
where "f26"."n" <= 50 and "e25"."legal_person_id" is not null and ("e25"."left_on" is null or "e25"."left_on" > current_date) union all select "e27"."person_id" as id, 'person' as kind
from "g2_1" as "f28" join "legal_person"."officer" as "e27" on "e27"."legal_person_id" = "f28"."id"
where "f28"."n" <= 50 and "e27"."person_id" is not null and ("e27"."left_on" is null or "e27"."left_on" > current_date) ) as "d30"
where $2::int >= 2 and id not in (select id
from "g2_0"
where n <= 50 union all select id
from "g2_1"
where n <= 50)
order by id
limit 51) as "c29"), "g2_3" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e31"."legal_person_id" as id, 'legal-person' as kind
from "g2_2" as "f32" join "legal_person"."shareholder" as "e31" on "e31"."holder_legal_person_id" = "f32"."id"
where "f32"."n" <= 50 and "e31"."legal_person_id" is not null union all select "e33"."holder_legal_person_id" as id, 'legal-person' as kind
from "g2_2" as "f34" join "legal_person"."shareholder" as "e33" on "e33"."legal_person_id" = "f34"."id"
where "f34"."n" <= 50 and "e33"."holder_legal_person_id" is not null union all select "e35"."legal_person_id" as id, 'legal-person' as kind
from "g2_2" as "f36" join "legal_person"."shareholder" as "e35" on "e35"."person_id" = "f36"."id"
where "f36"."n" <= 50 and "e35"."legal_person_id" is not null union all select "e37"."person_id" as id, 'person' as kind
from "g2_2" as "f38" join "legal_person"."shareholder" as "e37" on "e37"."legal_person_id" = "f38"."id"
where "f38"."n" <= 50 and "e37"."person_id" is not null union all select "e39"."legal_person_id" as id, 'legal-person' as kind
from "g2_2" as "f40" join "legal_person"."officer" as "e39" on "e39"."person_id" = "f40"."id"
where "f40"."n" <= 50 and "e39"."legal_person_id" is not null and ("e39"."left_on" is null or "e39"."left_on" > current_date) union all select "e41"."person_id" as id, 'person' as kind
from "g2_2" as "f42" join "legal_person"."officer" as "e41" on "e41"."legal_person_id" = "f42"."id"
where "f42"."n" <= 50 and "e41"."person_id" is not null and ("e41"."left_on" is null or "e41"."left_on" > current_date) ) as "d44"
where $3::int >= 3 and id not in (select id
from "g2_0"
where n <= 50 union all select id
from "g2_1"
where n <= 50 union all select id
from "g2_2"
where n <= 50)
order by id
limit 51) as "c43"), "g2_4" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e45"."legal_person_id" as id, 'legal-person' as kind
from "g2_3" as "f46" join "legal_person"."shareholder" as "e45" on "e45"."holder_legal_person_id" = "f46"."id"
where "f46"."n" <= 50 and "e45"."legal_person_id" is not null union all select "e47"."holder_legal_person_id" as id, 'legal-person' as kind
from "g2_3" as "f48" join "legal_person"."shareholder" as "e47" on "e47"."legal_person_id" = "f48"."id"
where "f48"."n" <= 50 and "e47"."holder_legal_person_id" is not null union all select "e49"."legal_person_id" as id, 'legal-person' as kind
from "g2_3" as "f50" join "legal_person"."shareholder" as "e49" on "e49"."person_id" = "f50"."id"
where "f50"."n" <= 50 and "e49"."legal_person_id" is not null union all select "e51"."person_id" as id, 'person' as kind
from "g2_3" as "f52" join "legal_person"."shareholder" as "e51" on "e51"."legal_person_id" = "f52"."id"
where "f52"."n" <= 50 and "e51"."person_id" is not null union all select "e53"."legal_person_id" as id, 'legal-person' as kind
from "g2_3" as "f54" join "legal_person"."officer" as "e53" on "e53"."person_id" = "f54"."id"
where "f54"."n" <= 50 and "e53"."legal_person_id" is not null and ("e53"."left_on" is null or "e53"."left_on" > current_date) union all select "e55"."person_id" as id, 'person' as kind
from "g2_3" as "f56" join "legal_person"."officer" as "e55" on "e55"."legal_person_id" = "f56"."id"
where "f56"."n" <= 50 and "e55"."person_id" is not null and ("e55"."left_on" is null or "e55"."left_on" > current_date) ) as "d58"
where $4::int >= 4 and id not in (select id
from "g2_0"
where n <= 50 union all select id
from "g2_1"
where n <= 50 union all select id
from "g2_2"
where n <= 50 union all select id
from "g2_3"
where n <= 50)
order by id
limit 51) as "c57"), "g2_nodes" as materialized (select id, kind, step, row_number() over (order by step, id) - 1 as number
from (select id, kind, 0 as step
from "g2_0"
where n <= 50 union all select id, kind, 1 as step
from "g2_1"
where n <= 50 union all select id, kind, 2 as step
from "g2_2"
where n <= 50 union all select id, kind, 3 as step
from "g2_3"
where n <= 50 union all select id, kind, 4 as step
from "g2_4"
where n <= 50) as s), "g2_edges" as materialized (select *, row_number() over (order by from_number, to_number, position, row_id) as n
from (select 0 as position, 'SHARE_OF_LEGAL_PERSON' as kind, "a60"."number" as from_number, "b61"."number" as to_number, "e59"."id" as row_id, "e59"."share_percent" as "v_share_percent", null::varchar(18) as "v_position"
from "g2_nodes" as "a60" join "legal_person"."shareholder" as "e59" on "e59"."holder_legal_person_id" = "a60"."id" join "g2_nodes" as "b61" on "b61"."id" = "e59"."legal_person_id"
where "e59"."legal_person_id" is not null union all select 1 as position, 'SHARE_OF_PERSON' as kind, "a63"."number" as from_number, "b64"."number" as to_number, "e62"."id" as row_id, "e62"."share_percent" as "v_share_percent", null::varchar(18) as "v_position"
from "g2_nodes" as "a63" join "legal_person"."shareholder" as "e62" on "e62"."person_id" = "a63"."id" join "g2_nodes" as "b64" on "b64"."id" = "e62"."legal_person_id"
where "e62"."legal_person_id" is not null union all select 2 as position, 'OFFICE' as kind, "a66"."number" as from_number, "b67"."number" as to_number, "e65"."id" as row_id, null::numeric(7,4) as "v_share_percent", "e65"."position" as "v_position"
from "g2_nodes" as "a66" join "legal_person"."officer" as "e65" on "e65"."person_id" = "a66"."id" join "g2_nodes" as "b67" on "b67"."id" = "e65"."legal_person_id"
where "e65"."legal_person_id" is not null and ("e65"."left_on" is null or "e65"."left_on" > current_date) ) as "d68"
order by from_number, to_number, position, row_id
limit 501) select json_build_object('~t1', (select string_agg("n"."id"::text, ','
order by "n"."number")
from "g2_nodes" as n), 'nodes', (select coalesce(json_agg(json_build_object('number', "n69"."number", 'step', "n69"."step", 'legalPerson', case when "n69"."kind" = 'legal-person' then json_build_object('~t3', "n69"."id", 'registration', (select json_build_object('~t4', "r70"."legal_person_id", 'name', "r70"."name")
from "legal_person"."enterprise" as "r70"
where "r70"."legal_person_id" = "n69"."id" )) end, 'person', case when "n69"."kind" = 'person' then json_build_object('~t5', "n69"."id", 'id', $5::text || 'i:Person:' || "n69"."id" || ';') end)
order by "n69"."number"), '[]'::json)
from "g2_nodes" as "n69"), 'edges', (select coalesce(json_agg(json_build_object('kind', "e71"."kind", 'from', "e71"."from_number", 'to', "e71"."to_number", 'sharePercent', "e71"."v_share_percent"::text, 'position', "e71"."v_position")
order by "e71"."n"), '[]'::json)
from "g2_edges" as "e71"
where "e71"."n" <= 500), 'isTruncated', exists (select
from "g2_1"
where n > 50 union all select
from "g2_2"
where n > 50 union all select
from "g2_3"
where n > 50 union all select
from "g2_4"
where n > 50 union all select
from "g2_edges"
where n > 500)))) as "d0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as "n0"
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'unified-social-credit-code' and "s1"."digest" = $6::bytea 
-- $1 int between {"from":"variable","path":["__l1"]}
-- $2 int between {"from":"variable","path":["__l1"]}
-- $3 int between {"from":"variable","path":["__l1"]}
-- $4 int between {"from":"variable","path":["__l1"]}
-- $5 text value {"from":"seal-mark"}
-- $6 bytea identifier-digest {"from":"variable","path":["__l0"]}
