select "r2"."j"::text as "d0", "r2"."n" as "n0", "r2"."t0" as "t0", "r2"."t1" as "t1", "r2"."t3" as "t3", "r2"."t4" as "t4"
from (select) as "one"
left join lateral (select json_build_object('relationGraph', "l39"."j") as j, "s1"."subject_id"::text as "t0", "l39"."t1", "l39"."t3", "l39"."t4", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s1"
left join lateral (with "g3_0" as materialized (select "s1"."subject_id" as id, 'legal-person' as kind, 1::bigint as n), "g3_1" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e4"."legal_person_id" as id, 'legal-person' as kind
from "g3_0" as "f5" join "legal_person"."shareholder" as "e4" on "e4"."holder_legal_person_id" = "f5"."id"
where "f5"."n" <= 50 and "e4"."legal_person_id" is not null and "e4"."legal_person_protected_until" <= current_date and "e4"."person_protected_until" <= current_date and "e4"."holder_legal_person_protected_until" <= current_date and "e4"."legal_person_protected_until" <= current_date union all select "e6"."holder_legal_person_id" as id, 'legal-person' as kind
from "g3_0" as "f7" join "legal_person"."shareholder" as "e6" on "e6"."legal_person_id" = "f7"."id"
where "f7"."n" <= 50 and "e6"."holder_legal_person_id" is not null and "e6"."legal_person_protected_until" <= current_date and "e6"."person_protected_until" <= current_date and "e6"."holder_legal_person_protected_until" <= current_date and "e6"."holder_legal_person_protected_until" <= current_date) as "d9"
where $1::int >= 1 and id not in (select id
from "g3_0"
where n <= 50)
order by id
limit 51) as "c8"), "g3_2" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e10"."legal_person_id" as id, 'legal-person' as kind
from "g3_1" as "f11" join "legal_person"."shareholder" as "e10" on "e10"."holder_legal_person_id" = "f11"."id"
where "f11"."n" <= 50 and "e10"."legal_person_id" is not null and "e10"."legal_person_protected_until" <= current_date and "e10"."person_protected_until" <= current_date and "e10"."holder_legal_person_protected_until" <= current_date and "e10"."legal_person_protected_until" <= current_date union all select "e12"."holder_legal_person_id" as id, 'legal-person' as kind
from "g3_1" as "f13" join "legal_person"."shareholder" as "e12" on "e12"."legal_person_id" = "f13"."id"
where "f13"."n" <= 50 and "e12"."holder_legal_person_id" is not null and "e12"."legal_person_protected_until" <= current_date and "e12"."person_protected_until" <= current_date and "e12"."holder_legal_person_protected_until" <= current_date and "e12"."holder_legal_person_protected_until" <= current_date) as "d15"
where $2::int >= 2 and id not in (select id
from "g3_0"
where n <= 50 union all select id
from "g3_1"
where n <= 50)
order by id
limit 51) as "c14"), "g3_3" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e16"."legal_person_id" as id, 'legal-person' as kind
from "g3_2" as "f17" join "legal_person"."shareholder" as "e16" on "e16"."holder_legal_person_id" = "f17"."id"
where "f17"."n" <= 50 and "e16"."legal_person_id" is not null and "e16"."legal_person_protected_until" <= current_date and "e16"."person_protected_until" <= current_date and "e16"."holder_legal_person_protected_until" <= current_date and "e16"."legal_person_protected_until" <= current_date union all select "e18"."holder_legal_person_id" as id, 'legal-person' as kind
from "g3_2" as "f19" join "legal_person"."shareholder" as "e18" on "e18"."legal_person_id" = "f19"."id"
where "f19"."n" <= 50 and "e18"."holder_legal_person_id" is not null and "e18"."legal_person_protected_until" <= current_date and "e18"."person_protected_until" <= current_date and "e18"."holder_legal_person_protected_until" <= current_date and "e18"."holder_legal_person_protected_until" <= current_date) as "d21"
where $3::int >= 3 and id not in (select id
from "g3_0"
where n <= 50 union all select id
from "g3_1"
where n <= 50 union all select id
from "g3_2"
where n <= 50)
order by id
limit 51) as "c20"), "g3_4" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e22"."legal_person_id" as id, 'legal-person' as kind
from "g3_3" as "f23" join "legal_person"."shareholder" as "e22" on "e22"."holder_legal_person_id" = "f23"."id"
where "f23"."n" <= 50 and "e22"."legal_person_id" is not null and "e22"."legal_person_protected_until" <= current_date and "e22"."person_protected_until" <= current_date and "e22"."holder_legal_person_protected_until" <= current_date and "e22"."legal_person_protected_until" <= current_date union all select "e24"."holder_legal_person_id" as id, 'legal-person' as kind
from "g3_3" as "f25" join "legal_person"."shareholder" as "e24" on "e24"."legal_person_id" = "f25"."id"
where "f25"."n" <= 50 and "e24"."holder_legal_person_id" is not null and "e24"."legal_person_protected_until" <= current_date and "e24"."person_protected_until" <= current_date and "e24"."holder_legal_person_protected_until" <= current_date and "e24"."holder_legal_person_protected_until" <= current_date) as "d27"
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
limit 51) as "c26"), "g3_nodes" as materialized (select id, kind, step, row_number() over (order by step, id) - 1 as number
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
from (select 0 as position, 'SHARE_OF_LEGAL_PERSON' as kind, "a29"."number" as from_number, "b30"."number" as to_number, "e28"."id" as row_id, "e28"."share_percent" as "v_share_percent"
from "g3_nodes" as "a29" join "legal_person"."shareholder" as "e28" on "e28"."holder_legal_person_id" = "a29"."id" join "g3_nodes" as "b30" on "b30"."id" = "e28"."legal_person_id"
where "e28"."legal_person_id" is not null and "e28"."legal_person_protected_until" <= current_date and "e28"."person_protected_until" <= current_date and "e28"."holder_legal_person_protected_until" <= current_date and "e28"."legal_person_protected_until" <= current_date) as "d31"
order by from_number, to_number, position, row_id
limit 501) select json_build_object('nodes', "l37"."j", 'edges', (select coalesce(json_agg(json_build_object('kind', "e38"."kind", 'from', "e38"."from_number", 'to', "e38"."to_number", 'sharePercent', "e38"."v_share_percent"::text, 'position', null::text)
order by "e38"."n"), '[]'::json)
from "g3_edges" as "e38"
where "e38"."n" <= 500), 'isTruncated', exists (select
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
from "g3_nodes" as n) as "t1", "l37"."t3", "l37"."t4"
from (select) as "u40" cross join lateral (select coalesce(json_agg(json_build_object('number', "n32"."number", 'step', "n32"."step", 'legalPerson', "l36"."j", 'person', null::text)
order by "n32"."number"), '[]'::json) as j, string_agg("l36"."t3", ','
order by "n32"."number") as "t3", string_agg("l36"."t4", ','
order by "n32"."number") as "t4"
from "g3_nodes" as "n32"
left join lateral (select json_build_object('registration', "l35"."j") as j, "p33"."id"::text as "t3", "l35"."t4"
from (select "n32"."id" as id) as "p33"
left join lateral (select json_build_object('name', "r34"."name") as j, "r34"."legal_person_id"::text as "t4"
from "legal_person"."enterprise" as "r34"
where "r34"."legal_person_id" = "p33"."id" and "r34"."legal_person_protected_until" <= current_date) as "l35" on true
where "n32"."kind" = 'legal-person') as "l36" on true) as "l37") as "l39" on true
where "s1"."kind" = 'unified-social-credit-code' and "s1"."digest" = $5::bytea and "s1"."subject_protected_until" <= current_date) as "r2" on true
-- $1 int between {"from":"variable","path":["__l1"]}
-- $2 int between {"from":"variable","path":["__l1"]}
-- $3 int between {"from":"variable","path":["__l1"]}
-- $4 int between {"from":"variable","path":["__l1"]}
-- $5 bytea identifier-digest {"from":"variable","path":["__l0"]}
