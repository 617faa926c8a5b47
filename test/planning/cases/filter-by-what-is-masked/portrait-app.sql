select json_build_object('nodes', coalesce(json_agg((select x
from (select "w1"."person_id" as "~t1", "w1"."name" as "name") as x)
order by "w1"."rn"), '[]'::json)) as "d0"
from (select "w1"."id", "w1"."person_id", "w1"."name", row_number() over (order by "w1"."id") as rn
from "population"."resident" as "w1"
where true and (("w1"."birth_date" >= $1::date))
order by "w1"."id"
limit $2::int) as "w1"
-- $1 date value {"from":"variable","path":["__l0"]}
-- $2 int page-size {"from":"constant","value":20}
