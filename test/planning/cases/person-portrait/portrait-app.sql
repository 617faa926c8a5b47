select "r2"."j"::text as "d0", "r2"."n" as "n0", "r2"."t0" as "t0", "r2"."t1" as "t1", "r2"."t3" as "t3", "r2"."t4" as "t4", "r2"."t5" as "t5", "r2"."t7" as "t7"
from (select) as "one"
left join lateral (select json_build_object('id', $1::text || 'i:Person:' || "s1"."subject_id" || ';', 'registration', "l5"."j", 'offices', "l12"."j", 'medicalVisits', "l15"."j") as j, "s1"."subject_id"::text as "t0", "l5"."t1", "l12"."t3", "l12"."t4", "l12"."t5", "l15"."t7", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s1"
left join lateral (select json_build_object('name', "r3"."name", 'idNumber', (select "i4"."value"
from citygraph.subject_identifier as "i4"
where "i4"."subject_id" = "r3"."person_id" and "i4"."kind" = 'resident-id-number' and "i4"."is_current"
limit 1), 'birthDate', "r3"."birth_date", 'telephone', "r3"."telephone") as j, "r3"."person_id"::text as "t1"
from "population"."resident" as "r3"
where "r3"."person_id" = "s1"."subject_id" ) as "l5" on true
left join lateral (select json_build_object('nodes', "g11"."j0") as j, "g11"."t3", "g11"."t4", "g11"."t5"
from (select coalesce(json_agg("x"."j0"
order by "x"."o0"), '[]'::json) as "j0", string_agg("x"."t3", ','
order by "x"."o0") as "t3", string_agg("x"."t4", ','
order by "x"."o0") as "t4", string_agg("x"."t5", ','
order by "x"."o0") as "t5"
from (select "w6"."id" as "o0", concat_ws('+', "w6"."legal_person_id", "w6"."person_id") as "t3", "l10"."t4", "l10"."t5", json_build_object('position', "w6"."position", 'legalPerson', "l10"."j") as "j0"
from (select "w6"."id", "w6"."legal_person_id", "w6"."person_id", "w6"."position", "w6"."legal_person_division", "w6"."legal_person_protected_until"
from "legal_person"."officer" as "w6"
where "w6"."person_id" = "s1"."subject_id"
order by "w6"."id"
limit $2::int) as "w6"
left join lateral (select json_build_object('registration', "l9"."j") as j, "p7"."id"::text as "t4", "l9"."t5"
from (select "w6"."legal_person_id" as id) as "p7"
left join lateral (select json_build_object('name', "r8"."name") as j, "r8"."legal_person_id"::text as "t5"
from "legal_person"."enterprise" as "r8"
where "r8"."legal_person_id" = "p7"."id" ) as "l9" on true
where "p7"."id" is not null ) as "l10" on true) as x) as "g11") as "l12" on true
left join lateral (select json_build_object('edges', "g14"."j0", 'pageInfo', json_build_object('hasNextPage', "g14"."more", 'endCursor', "g14"."last_cursor")) as j, "g14"."t7"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn") filter (where "x"."rn" <= $3::int), '[]'::json) as "j0", string_agg("x"."t7", ','
order by "x"."rn") filter (where "x"."rn" <= $4::int) as "t7", coalesce(bool_or("x"."rn" > $5::int), false) as more, min("x"."c") filter (where "x"."rn" = 1) as first_cursor, (array_agg("x"."c"
order by "x"."rn" desc) filter (where "x"."rn" <= $6::int))[1] as last_cursor
from (select "w13"."rn", "w13"."person_id"::text as "t7", json_build_object('cursor', $7::text || 'c:8mVKylTrMvoV:' || encode(convert_to(json_build_array("w13"."visited_on"::text, "w13"."id"::text)::text, 'UTF8'), 'hex') || ';', 'node', json_build_object('visitedOn', "w13"."visited_on", 'diagnosis', "w13"."diagnosis", 'totalCost', "w13"."total_cost"::text)) as "j0", $8::text || 'c:8mVKylTrMvoV:' || encode(convert_to(json_build_array("w13"."visited_on"::text, "w13"."id"::text)::text, 'UTF8'), 'hex') || ';' as c
from (select "w13"."id", "w13"."visited_on", "w13"."person_id", "w13"."diagnosis", "w13"."total_cost", row_number() over (order by "w13"."visited_on" desc, "w13"."id" desc) as rn
from "healthcare"."medical_visit" as "w13"
where "w13"."person_id" = "s1"."subject_id" and (("w13"."visited_on" >= $9::date))
order by "w13"."visited_on" desc, "w13"."id" desc
limit $10::int) as "w13" ) as x) as "g14") as "l15" on true
where "s1"."kind" = 'resident-id-number' and "s1"."digest" = $11::bytea ) as "r2" on true
-- $1 text value {"from":"seal-mark"}
-- $2 int page-size {"from":"variable","path":["__l1"]}
-- $3 int page-size {"from":"variable","path":["__l2"]}
-- $4 int page-size {"from":"variable","path":["__l2"]}
-- $5 int page-size {"from":"variable","path":["__l2"]}
-- $6 int page-size {"from":"variable","path":["__l2"]}
-- $7 text value {"from":"seal-mark"}
-- $8 text value {"from":"seal-mark"}
-- $9 date value {"from":"variable","path":["__l3"]}
-- $10 int page-size {"from":"variable","path":["__l2"]}
-- $11 bytea identifier-digest {"from":"variable","path":["__l0"]}
