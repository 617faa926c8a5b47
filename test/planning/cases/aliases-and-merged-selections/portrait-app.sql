select json_build_object('nodes', coalesce(json_agg((select x
from (select "w1"."legal_person_id" as "~t1", $1::text || 'i:LegalPerson:' || "w1"."legal_person_id" || ';' as "id", (select json_build_object('~t2', "r2"."legal_person_id", 'name', "r2"."name", 'code', (select "i3"."open_value"
from citygraph.subject_identifier as "i3"
where "i3"."subject_id" = "r2"."legal_person_id" and "i3"."kind" = 'unified-social-credit-code' and "i3"."is_current"
limit 1), 'aVeryLongAliasThatIsLongerThanTheSixtyThreeBytesThatPostgresqlKeeps', "r2"."status")
from "legal_person"."enterprise" as "r2"
where "r2"."legal_person_id" = "w1"."legal_person_id" ) as "registration") as x)
order by "w1"."rn"), '[]'::json)) as "d0"
from (select "w1"."id", "w1"."legal_person_id", row_number() over (order by "w1"."id") as rn
from "legal_person"."enterprise" as "w1"
where true and ((("w1"."name" >= $2::text and "w1"."name" < $3::text)))
order by "w1"."id"
limit $4::int) as "w1"
-- $1 text value {"from":"seal-mark"}
-- $2 text prefix {"from":"variable","path":["__l1"]}
-- $3 text prefix-end {"from":"variable","path":["__l1"]}
-- $4 int page-size {"from":"variable","path":["__l0"]}
