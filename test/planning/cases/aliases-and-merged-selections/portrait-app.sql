select "l6"."j"::text as "d0", "l6"."t1" as "t1", "l6"."t2" as "t2"
from (select) as "one"
left join lateral (select json_build_object('nodes', "g5"."j0") as j, "g5"."t1", "g5"."t2"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn"), '[]'::json) as "j0", string_agg("x"."t1", ','
order by "x"."rn") as "t1", string_agg("x"."t2", ','
order by "x"."rn") as "t2"
from (select "w1"."rn", "w1"."legal_person_id"::text as "t1", "l4"."t2", json_build_object('id', $1::text || 'i:LegalPerson:' || "w1"."legal_person_id" || ';', 'registration', "l4"."j") as "j0"
from (select "w1"."id", "w1"."legal_person_id", row_number() over (order by "w1"."id") as rn
from "legal_person"."enterprise" as "w1"
where true and ((("w1"."name" >= $2::text and "w1"."name" < $3::text)))
order by "w1"."id"
limit $4::int) as "w1"
left join lateral (select json_build_object('name', "r2"."name", 'code', (select "i3"."open_value"
from citygraph.subject_identifier as "i3"
where "i3"."subject_id" = "r2"."legal_person_id" and "i3"."kind" = 'unified-social-credit-code' and "i3"."is_current"
limit 1), 'aVeryLongAliasThatIsLongerThanTheSixtyThreeBytesThatPostgresqlKeeps', "r2"."status") as j, "r2"."legal_person_id"::text as "t2"
from "legal_person"."enterprise" as "r2"
where "r2"."legal_person_id" = "w1"."legal_person_id" ) as "l4" on true) as x) as "g5") as "l6" on true
-- $1 text value {"from":"seal-mark"}
-- $2 text prefix {"from":"variable","path":["__l1"]}
-- $3 text prefix-end {"from":"variable","path":["__l1"]}
-- $4 int page-size {"from":"variable","path":["__l0"]}
