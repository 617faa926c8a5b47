select json_build_object('~t0', "s1"."subject_id", 'id', $1::text || 'i:Person:' || "s1"."subject_id" || ';', 'registration', (select json_build_object('~t1', "r2"."person_id", 'name', "r2"."name_masked", 'idNumber', (select "i3"."value_masked"
from citygraph.subject_identifier as "i3"
where "i3"."subject_id" = "r2"."person_id" and "i3"."kind" = 'resident-id-number' and "i3"."is_current"
limit 1), 'birthDate', "r2"."birth_date_masked", 'telephone', "r2"."telephone_masked")
from "population"."resident" as "r2"
where "r2"."person_id" = "s1"."subject_id" and "r2"."person_division" = any($2::text[]) and "r2"."person_protected_until" <= current_date), 'offices', null::text, 'medicalVisits', (select json_build_object('edges', coalesce(json_agg(json_build_object('cursor', $3::text || 'c:8mVKylTrMvoV:' || encode(convert_to(json_build_array("w4"."visited_on"::text, "w4"."id"::text)::text, 'UTF8'), 'hex') || ';', 'node', json_build_object('~t3', "w4"."person_id", 'visitedOn', "w4"."visited_on", 'diagnosis', "w4"."diagnosis", 'totalCost', "w4"."total_cost"::text))
order by "w4"."rn") filter (where "w4"."rn" <= $4::int), '[]'::json), 'pageInfo', json_build_object('hasNextPage', coalesce(bool_or("w4"."rn" > $5::int), false), 'endCursor', (array_agg($6::text || 'c:8mVKylTrMvoV:' || encode(convert_to(json_build_array("w4"."visited_on"::text, "w4"."id"::text)::text, 'UTF8'), 'hex') || ';'
order by "w4"."rn" desc) filter (where "w4"."rn" <= $7::int))[1]))
from (select "w4"."id", "w4"."visited_on", "w4"."person_id", "w4"."diagnosis", "w4"."total_cost", row_number() over (order by "w4"."visited_on" desc, "w4"."id" desc) as rn
from "healthcare"."medical_visit" as "w4"
where "w4"."person_id" = "s1"."subject_id" and (("w4"."visited_on" >= $8::date)) and "w4"."person_division" = any($9::text[]) and "w4"."person_protected_until" <= current_date
order by "w4"."visited_on" desc, "w4"."id" desc
limit $10::int) as "w4")) as "d0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as "n0"
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'resident-id-number' and "s1"."digest" = $11::bytea and "s1"."subject_division" = any($12::text[]) and "s1"."subject_protected_until" <= current_date
-- $1 text value {"from":"seal-mark"}
-- $2 text[] value {"from":"divisions"}
-- $3 text value {"from":"seal-mark"}
-- $4 int page-size {"from":"variable","path":["__l2"]}
-- $5 int page-size {"from":"variable","path":["__l2"]}
-- $6 text value {"from":"seal-mark"}
-- $7 int page-size {"from":"variable","path":["__l2"]}
-- $8 date value {"from":"variable","path":["__l3"]}
-- $9 text[] value {"from":"divisions"}
-- $10 int page-size {"from":"variable","path":["__l2"]}
-- $11 bytea identifier-digest {"from":"variable","path":["__l0"]}
-- $12 text[] value {"from":"divisions"}
