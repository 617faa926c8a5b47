select json_build_object('~t0', "s1"."subject_id", 'colleagues', (select json_build_object('nodes', coalesce(json_agg(json_build_object('~t2', concat_ws('+', "w2"."person_id", "w2"."legal_person_id"), 'employerName', "w2"."employer_name", 'person', case when "w2"."person_id" is not null then json_build_object('~t3', "w2"."person_id", 'id', $1::text || 'i:Person:' || "w2"."person_id" || ';') end)
order by "w2"."rn"), '[]'::json))
from (select "w2"."id", "w2"."person_id", "w2"."employer_name", "w2"."person_division", "w2"."person_protected_until", "w2"."legal_person_id", row_number() over (order by "w2"."id") as rn
from "population"."employment" as "w2"
where "w2"."legal_person_id" = any(array( select "o3"."legal_person_id"
from "population"."employment" as "o3"
where "o3"."person_id" = "s1"."subject_id" and ("o3"."ended_on" is null or "o3"."ended_on" > current_date) )) and "w2"."person_id" is distinct
from "s1"."subject_id" and ("w2"."ended_on" is null or "w2"."ended_on" > current_date)
order by "w2"."id"
limit $2::int) as "w2"), 'housemates', (select json_build_object('nodes', coalesce(json_agg(json_build_object('~t5', "w4"."person_id", 'relationToHead', "w4"."relation_to_head")
order by "w4"."rn"), '[]'::json))
from (select "w4"."id", "w4"."person_id", "w4"."relation_to_head", row_number() over (order by "w4"."id") as rn
from "population"."household_member" as "w4"
where "w4"."household_number" = any(array( select "o5"."household_number"
from "population"."household_member" as "o5"
where "o5"."person_id" = "s1"."subject_id" and ("o5"."left_on" is null or "o5"."left_on" > current_date) )) and "w4"."person_id" is distinct
from "s1"."subject_id" and ("w4"."left_on" is null or "w4"."left_on" > current_date)
order by "w4"."id"
limit $3::int) as "w4")) as "d0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as "n0"
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'resident-id-number' and "s1"."digest" = $4::bytea 
-- $1 text value {"from":"seal-mark"}
-- $2 int page-size {"from":"variable","path":["__l1"]}
-- $3 int page-size {"from":"constant","value":20}
-- $4 bytea identifier-digest {"from":"variable","path":["__l0"]}
