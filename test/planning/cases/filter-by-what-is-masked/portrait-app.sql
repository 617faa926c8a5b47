select json_build_object('nodes', coalesce(json_agg(json_build_object($1::text, "w1"."person_id", 'name', "w1"."name")
order by "w1"."rn"), '[]'::json)) as "d0"
from (select "w1"."id", "w1"."person_id", "w1"."name", row_number() over (order by "w1"."id") as rn
from "population"."resident" as "w1"
where true and (("w1"."birth_date" >= $2::date))
order by "w1"."id"
limit $3::int) as "w1"
-- $1 text value {"from":"trace-key","node":1}
-- $2 date value {"from":"variable","path":["__l0"]}
-- $3 int page-size {"from":"constant","value":20}
