select "r2"."j"::text as "d0", "r2"."n" as "n0", "r2"."t0" as "t0", "r2"."t1" as "t1", "r2"."t3" as "t3"
from (select) as "one"
left join lateral (select json_build_object('id', $1::text || 'i:Person:' || "s1"."subject_id" || ';', 'registration', "l5"."j", 'offices', null::text, 'medicalVisits', "l8"."j") as j, "s1"."subject_id"::text as "t0", "l5"."t1", "l8"."t3", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s1"
left join lateral (select json_build_object('name', "r3"."name_masked", 'idNumber', (select "i4"."value_masked"
from citygraph.subject_identifier as "i4"
where "i4"."subject_id" = "r3"."person_id" and "i4"."kind" = 'resident-id-number' and "i4"."is_current"
limit 1), 'birthDate', "r3"."birth_date_masked", 'telephone', "r3"."telephone_masked") as j, "r3"."person_id"::text as "t1"
from "population"."resident" as "r3"
where "r3"."person_id" = "s1"."subject_id" and "r3"."person_division" = any($2::text[]) and "r3"."person_protected_until" <= current_date) as "l5" on true
left join lateral (select json_build_object('edges', "g7"."j0", 'pageInfo', json_build_object('hasNextPage', "g7"."more", 'endCursor', "g7"."last_cursor")) as j, "g7"."t3"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn") filter (where "x"."rn" <= $3::int), '[]'::json) as "j0", string_agg("x"."t3", ','
order by "x"."rn") filter (where "x"."rn" <= $4::int) as "t3", coalesce(bool_or("x"."rn" > $5::int), false) as more, min("x"."c") filter (where "x"."rn" = 1) as first_cursor, (array_agg("x"."c"
order by "x"."rn" desc) filter (where "x"."rn" <= $6::int))[1] as last_cursor
from (select "w6"."rn", "w6"."person_id"::text as "t3", json_build_object('cursor', $7::text || 'c:8mVKylTrMvoV:' || encode(convert_to(json_build_array("w6"."visited_on"::text, "w6"."id"::text)::text, 'UTF8'), 'hex') || ';', 'node', json_build_object('visitedOn', "w6"."visited_on", 'diagnosis', "w6"."diagnosis", 'totalCost', "w6"."total_cost"::text)) as "j0", $8::text || 'c:8mVKylTrMvoV:' || encode(convert_to(json_build_array("w6"."visited_on"::text, "w6"."id"::text)::text, 'UTF8'), 'hex') || ';' as c
from (select "w6"."id", "w6"."visited_on", "w6"."person_id", "w6"."diagnosis", "w6"."total_cost", row_number() over (order by "w6"."visited_on" desc, "w6"."id" desc) as rn
from "healthcare"."medical_visit" as "w6"
where "w6"."person_id" = "s1"."subject_id" and (("w6"."visited_on" >= $9::date)) and "w6"."person_division" = any($10::text[]) and "w6"."person_protected_until" <= current_date
order by "w6"."visited_on" desc, "w6"."id" desc
limit $11::int) as "w6" ) as x) as "g7") as "l8" on true
where "s1"."kind" = 'resident-id-number' and "s1"."digest" = $12::bytea and "s1"."subject_division" = any($13::text[]) and "s1"."subject_protected_until" <= current_date) as "r2" on true
-- $1 text value {"from":"seal-mark"}
-- $2 text[] value {"from":"divisions"}
-- $3 int page-size {"from":"variable","path":["__l2"]}
-- $4 int page-size {"from":"variable","path":["__l2"]}
-- $5 int page-size {"from":"variable","path":["__l2"]}
-- $6 int page-size {"from":"variable","path":["__l2"]}
-- $7 text value {"from":"seal-mark"}
-- $8 text value {"from":"seal-mark"}
-- $9 date value {"from":"variable","path":["__l3"]}
-- $10 text[] value {"from":"divisions"}
-- $11 int page-size {"from":"variable","path":["__l2"]}
-- $12 bytea identifier-digest {"from":"variable","path":["__l0"]}
-- $13 text[] value {"from":"divisions"}
