select json_build_object('~t0', "s1"."subject_id", 'relationGraph', (with "g2_0" as materialized (select "s1"."subject_id" as id, 'legal-person' as kind, 1::bigint as n), "g2_1" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e3"."legal_person_id" as id, 'legal-person' as kind
from "g2_0" as "f4" join "legal_person"."shareholder" as "e3" on "e3"."holder_legal_person_id" = "f4"."id"
where "f4"."n" <= 50 and "e3"."legal_person_id" is not null and "e3"."legal_person_protected_until" <= current_date and "e3"."person_protected_until" <= current_date and "e3"."holder_legal_person_protected_until" <= current_date and "e3"."legal_person_protected_until" <= current_date union all select "e5"."holder_legal_person_id" as id, 'legal-person' as kind
from "g2_0" as "f6" join "legal_person"."shareholder" as "e5" on "e5"."legal_person_id" = "f6"."id"
where "f6"."n" <= 50 and "e5"."holder_legal_person_id" is not null and "e5"."legal_person_protected_until" <= current_date and "e5"."person_protected_until" <= current_date and "e5"."holder_legal_person_protected_until" <= current_date and "e5"."holder_legal_person_protected_until" <= current_date) as "d8"
where $1::int >= 1 and id not in (select id
from "g2_0"
where n <= 50)
order by id
limit 51) as "c7"), "g2_2" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e9"."legal_person_id" as id, 'legal-person' as kind
from "g2_1" as "f10" join "legal_person"."shareholder" as "e9" on "e9"."holder_legal_person_id" = "f10"."id"
where "f10"."n" <= 50 and "e9"."legal_person_id" is not null and "e9"."legal_person_protected_until" <= current_date and "e9"."person_protected_until" <= current_date and "e9"."holder_legal_person_protected_until" <= current_date and "e9"."legal_person_protected_until" <= current_date union all select "e11"."holder_legal_person_id" as id, 'legal-person' as kind
from "g2_1" as "f12" join "legal_person"."shareholder" as "e11" on "e11"."legal_person_id" = "f12"."id"
where "f12"."n" <= 50 and "e11"."holder_legal_person_id" is not null and "e11"."legal_person_protected_until" <= current_date and "e11"."person_protected_until" <= current_date and "e11"."holder_legal_person_protected_until" <= current_date and "e11"."holder_legal_person_protected_until" <= current_date) as "d14"
where $2::int >= 2 and id not in (select id
from "g2_0"
where n <= 50 union all select id
from "g2_1"
where n <= 50)
order by id
limit 51) as "c13"), "g2_3" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e15"."legal_person_id" as id, 'legal-person' as kind
from "g2_2" as "f16" join "legal_person"."shareholder" as "e15" on "e15"."holder_legal_person_id" = "f16"."id"
where "f16"."n" <= 50 and "e15"."legal_person_id" is not null and "e15"."legal_person_protected_until" <= current_date and "e15"."person_protected_until" <= current_date and "e15"."holder_legal_person_protected_until" <= current_date and "e15"."legal_person_protected_until" <= current_date union all select "e17"."holder_legal_person_id" as id, 'legal-person' as kind
from "g2_2" as "f18" join "legal_person"."shareholder" as "e17" on "e17"."legal_person_id" = "f18"."id"
where "f18"."n" <= 50 and "e17"."holder_legal_person_id" is not null and "e17"."legal_person_protected_until" <= current_date and "e17"."person_protected_until" <= current_date and "e17"."holder_legal_person_protected_until" <= current_date and "e17"."holder_legal_person_protected_until" <= current_date) as "d20"
where $3::int >= 3 and id not in (select id
from "g2_0"
where n <= 50 union all select id
from "g2_1"
where n <= 50 union all select id
from "g2_2"
where n <= 50)
order by id
limit 51) as "c19"), "g2_4" as materialized (select id, kind, row_number() over (order by id) as n from ( select distinct id, kind
from (select "e21"."legal_person_id" as id, 'legal-person' as kind
from "g2_3" as "f22" join "legal_person"."shareholder" as "e21" on "e21"."holder_legal_person_id" = "f22"."id"
where "f22"."n" <= 50 and "e21"."legal_person_id" is not null and "e21"."legal_person_protected_until" <= current_date and "e21"."person_protected_until" <= current_date and "e21"."holder_legal_person_protected_until" <= current_date and "e21"."legal_person_protected_until" <= current_date union all select "e23"."holder_legal_person_id" as id, 'legal-person' as kind
from "g2_3" as "f24" join "legal_person"."shareholder" as "e23" on "e23"."legal_person_id" = "f24"."id"
where "f24"."n" <= 50 and "e23"."holder_legal_person_id" is not null and "e23"."legal_person_protected_until" <= current_date and "e23"."person_protected_until" <= current_date and "e23"."holder_legal_person_protected_until" <= current_date and "e23"."holder_legal_person_protected_until" <= current_date) as "d26"
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
limit 51) as "c25"), "g2_nodes" as materialized (select id, kind, step, row_number() over (order by step, id) - 1 as number
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
from (select 0 as position, 'SHARE_OF_LEGAL_PERSON' as kind, "a28"."number" as from_number, "b29"."number" as to_number, "e27"."id" as row_id, "e27"."share_percent" as "v_share_percent"
from "g2_nodes" as "a28" join "legal_person"."shareholder" as "e27" on "e27"."holder_legal_person_id" = "a28"."id" join "g2_nodes" as "b29" on "b29"."id" = "e27"."legal_person_id"
where "e27"."legal_person_id" is not null and "e27"."legal_person_protected_until" <= current_date and "e27"."person_protected_until" <= current_date and "e27"."holder_legal_person_protected_until" <= current_date and "e27"."legal_person_protected_until" <= current_date) as "d30"
order by from_number, to_number, position, row_id
limit 501) select json_build_object('~t1', (select string_agg("n"."id"::text, ','
order by "n"."number")
from "g2_nodes" as n), 'nodes', (select coalesce(json_agg(json_build_object('number', "n31"."number", 'step', "n31"."step", 'legalPerson', case when "n31"."kind" = 'legal-person' then json_build_object('~t3', "n31"."id", 'registration', (select json_build_object('~t4', "r32"."legal_person_id", 'name', "r32"."name")
from "legal_person"."enterprise" as "r32"
where "r32"."legal_person_id" = "n31"."id" and "r32"."legal_person_protected_until" <= current_date)) end, 'person', null::text)
order by "n31"."number"), '[]'::json)
from "g2_nodes" as "n31"), 'edges', (select coalesce(json_agg(json_build_object('kind', "e33"."kind", 'from', "e33"."from_number", 'to', "e33"."to_number", 'sharePercent', "e33"."v_share_percent"::text, 'position', null::text)
order by "e33"."n"), '[]'::json)
from "g2_edges" as "e33"
where "e33"."n" <= 500), 'isTruncated', exists (select
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
where "s1"."kind" = 'unified-social-credit-code' and "s1"."digest" = $5::bytea and "s1"."subject_protected_until" <= current_date
-- $1 int between {"from":"variable","path":["__l1"]}
-- $2 int between {"from":"variable","path":["__l1"]}
-- $3 int between {"from":"variable","path":["__l1"]}
-- $4 int between {"from":"variable","path":["__l1"]}
-- $5 bytea identifier-digest {"from":"variable","path":["__l0"]}
