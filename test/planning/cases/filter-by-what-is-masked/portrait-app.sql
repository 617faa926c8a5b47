select "l3"."j"::text as "d0", "l3"."t1" as "t1"
from (select) as "one"
left join lateral (select json_build_object('nodes', "g2"."j0") as j, "g2"."t1"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn"), '[]'::json) as "j0", string_agg("x"."t1", ','
order by "x"."rn") as "t1"
from (select "w1"."rn", "w1"."person_id"::text as "t1", json_build_object('name', "w1"."name") as "j0"
from (select "w1"."id", "w1"."person_id", "w1"."name", row_number() over (order by "w1"."id") as rn
from "population"."resident" as "w1"
where true and (("w1"."birth_date" >= $1::date))
order by "w1"."id"
limit $2::int) as "w1" ) as x) as "g2") as "l3" on true
-- $1 date value {"from":"variable","path":["__l0"]}
-- $2 int page-size {"from":"constant","value":20}
