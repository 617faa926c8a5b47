select json_build_object('nodes', coalesce(json_agg(json_build_object($1::text, "w1"."legal_person_id", 'id', $2::text || 'i:LegalPerson:' || "w1"."legal_person_id" || ';', 'registration', (select json_build_object($3::text, "r2"."legal_person_id", 'name', "r2"."name", 'code', (select "i3"."open_value"
from citygraph.subject_identifier as "i3"
where "i3"."subject_id" = "r2"."legal_person_id" and "i3"."kind" = 'unified-social-credit-code' and "i3"."is_current"
limit 1), 'aVeryLongAliasThatIsLongerThanTheSixtyThreeBytesThatPostgresqlKeeps', "r2"."status")
from "legal_person"."enterprise" as "r2"
where "r2"."legal_person_id" = "w1"."legal_person_id" ))
order by "w1"."rn"), '[]'::json)) as "d0"
from (select "w1"."id", "w1"."legal_person_id", row_number() over (order by "w1"."id") as rn
from "legal_person"."enterprise" as "w1"
where true and ((("w1"."name" >= $4::text and "w1"."name" < $5::text)))
order by "w1"."id"
limit $6::int) as "w1"
-- $1 text value {"from":"trace-key","node":1}
-- $2 text value {"from":"seal-mark"}
-- $3 text value {"from":"trace-key","node":2}
-- $4 text prefix {"from":"variable","path":["__l1"]}
-- $5 text prefix-end {"from":"variable","path":["__l1"]}
-- $6 int page-size {"from":"variable","path":["__l0"]}
