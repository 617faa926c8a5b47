select json_build_object('~t0', 0, 'name', "r1"."name", 'enterprises', (select json_build_object('nodes', coalesce(json_agg(json_build_object('~t2', "w2"."legal_person_id", 'name', "w2"."name", 'division', "w2"."legal_person_division")
order by "w2"."rn"), '[]'::json))
from (select "w2"."id", "w2"."name", "w2"."legal_person_id", "w2"."legal_person_division", row_number() over (order by "w2"."name", "w2"."id") as rn
from "legal_person"."enterprise" as "w2"
where "w2"."legal_person_division" = any(citygraph.divisions_within("r1"."code")) and "w2"."legal_person_protected_until" <= current_date
order by "w2"."name", "w2"."id"
limit $1::int) as "w2"), 'hazardSites', null::text) as "d0"
from "natural_resources"."division" as "r1"
where "r1"."code" = $2::text 
-- $1 int page-size {"from":"variable","path":["__l1"]}
-- $2 text value {"from":"variable","path":["__l0"]}
