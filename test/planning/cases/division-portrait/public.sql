select "l5"."j"::text as "d0", "l5"."t0" as "t0", "l5"."t2" as "t2"
from (select) as "one"
left join lateral (select json_build_object('name', "r1"."name", 'enterprises', "l4"."j", 'hazardSites', null::text) as j, '0' as "t0", "l4"."t2"
from "natural_resources"."division" as "r1"
left join lateral (select json_build_object('nodes', "g3"."j0") as j, "g3"."t2"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn"), '[]'::json) as "j0", string_agg("x"."t2", ','
order by "x"."rn") as "t2"
from (select "w2"."rn", "w2"."legal_person_id"::text as "t2", json_build_object('name', "w2"."name", 'division', "w2"."legal_person_division") as "j0"
from (select "w2"."id", "w2"."name", "w2"."legal_person_id", "w2"."legal_person_division", row_number() over (order by "w2"."name", "w2"."id") as rn
from "legal_person"."enterprise" as "w2"
where "w2"."legal_person_division" = any(citygraph.divisions_within("r1"."code")) and "w2"."legal_person_protected_until" <= current_date
order by "w2"."name", "w2"."id"
limit $1::int) as "w2" ) as x) as "g3") as "l4" on true
where "r1"."code" = $2::text ) as "l5" on true
-- $1 int page-size {"from":"variable","path":["__l1"]}
-- $2 text value {"from":"variable","path":["__l0"]}
