select json_build_object('~t0', "s1"."subject_id", 'id', $1::text || 'i:Person:' || "s1"."subject_id" || ';', 'registration', (select json_build_object('~t1', "r2"."person_id", 'name', "r2"."name", 'idNumber', (select "i3"."value"
from citygraph.subject_identifier as "i3"
where "i3"."subject_id" = "r2"."person_id" and "i3"."kind" = 'resident-id-number' and "i3"."is_current"
limit 1), 'birthDate', "r2"."birth_date", 'telephone', "r2"."telephone")
from "population"."resident" as "r2"
where "r2"."person_id" = "s1"."subject_id" ), 'offices', (select json_build_object('nodes', coalesce(json_agg(json_build_object('~t3', concat_ws('+', "w4"."legal_person_id", "w4"."person_id"), 'position', "w4"."position", 'legalPerson', case when "w4"."legal_person_id" is not null then json_build_object('~t4', "w4"."legal_person_id", 'registration', (select json_build_object('~t5', "r5"."legal_person_id", 'name', "r5"."name")
from "legal_person"."enterprise" as "r5"
where "r5"."legal_person_id" = "w4"."legal_person_id" )) end)
order by "w4"."id"), '[]'::json))
from (select "w4"."id", "w4"."legal_person_id", "w4"."position", "w4"."legal_person_division", "w4"."legal_person_protected_until", "w4"."person_id"
from "legal_person"."officer" as "w4"
where "w4"."person_id" = "s1"."subject_id"
order by "w4"."id"
limit $2::int) as "w4"), 'medicalVisits', (select json_build_object('edges', coalesce(json_agg(json_build_object('cursor', $3::text || 'c:8mVKylTrMvoV:' || encode(convert_to(json_build_array("w6"."visited_on"::text, "w6"."id"::text)::text, 'UTF8'), 'hex') || ';', 'node', json_build_object('~t7', "w6"."person_id", 'visitedOn', "w6"."visited_on", 'diagnosis', "w6"."diagnosis", 'totalCost', "w6"."total_cost"::text))
order by "w6"."rn") filter (where "w6"."rn" <= $4::int), '[]'::json), 'pageInfo', json_build_object('hasNextPage', coalesce(bool_or("w6"."rn" > $5::int), false), 'endCursor', (array_agg($6::text || 'c:8mVKylTrMvoV:' || encode(convert_to(json_build_array("w6"."visited_on"::text, "w6"."id"::text)::text, 'UTF8'), 'hex') || ';'
order by "w6"."rn" desc) filter (where "w6"."rn" <= $7::int))[1]))
from (select "w6"."id", "w6"."visited_on", "w6"."person_id", "w6"."diagnosis", "w6"."total_cost", row_number() over (order by "w6"."visited_on" desc, "w6"."id" desc) as rn
from "healthcare"."medical_visit" as "w6"
where "w6"."person_id" = "s1"."subject_id" and (("w6"."visited_on" >= $8::date))
order by "w6"."visited_on" desc, "w6"."id" desc
limit $9::int) as "w6")) as "d0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as "n0"
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'resident-id-number' and "s1"."digest" = $10::bytea 
-- $1 text value {"from":"seal-mark"}
-- $2 int page-size {"from":"variable","path":["__l1"]}
-- $3 text value {"from":"seal-mark"}
-- $4 int page-size {"from":"variable","path":["__l2"]}
-- $5 int page-size {"from":"variable","path":["__l2"]}
-- $6 text value {"from":"seal-mark"}
-- $7 int page-size {"from":"variable","path":["__l2"]}
-- $8 date value {"from":"variable","path":["__l3"]}
-- $9 int page-size {"from":"variable","path":["__l2"]}
-- $10 bytea identifier-digest {"from":"variable","path":["__l0"]}
