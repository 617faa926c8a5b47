select "l5"."j"::text as "d0", "l5"."t1" as "t1", "l5"."t2" as "t2"
from (select) as "one"
left join lateral (select json_build_object('nodes', "g4"."j0") as j, "g4"."t1", "g4"."t2"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn"), '[]'::json) as "j0", string_agg("x"."t1", ','
order by "x"."rn") as "t1", string_agg("x"."t2", ','
order by "x"."rn") as "t2"
from (select "w1"."rn", "w1"."legal_person_id"::text as "t1", "l3"."t2", json_build_object('registration', "l3"."j") as "j0"
from (select "w1"."id", "w1"."established_on", "w1"."name", "w1"."legal_person_id", row_number() over (order by "w1"."established_on" desc, "w1"."name", "w1"."id" desc) as rn
from "legal_person"."enterprise" as "w1"
where true and (((((citygraph.bigrams("w1"."name") @> citygraph.bigrams($1::text) and "w1"."name" like $2::text))) and (((("w1"."status" = any($3::text[])))) is not true)) and ((("w1"."legal_person_division" = any($4::text[]))) or (("w1"."legal_person_division" is null))) and ("w1"."established_on" >= $5::date and "w1"."established_on" < $6::date)) and "w1"."legal_person_protected_until" <= current_date
order by "w1"."established_on" desc, "w1"."name", "w1"."id" desc
limit $7::int) as "w1"
left join lateral (select json_build_object('name', "r2"."name", 'registeredCapital', "r2"."registered_capital"::text) as j, "r2"."legal_person_id"::text as "t2"
from "legal_person"."enterprise" as "r2"
where "r2"."legal_person_id" = "w1"."legal_person_id" and "r2"."legal_person_protected_until" <= current_date) as "l3" on true) as x) as "g4") as "l5" on true
-- $1 text search-word {"from":"variable","path":["word"]}
-- $2 text contains-pattern {"from":"variable","path":["word"]}
-- $3 text[] list {"from":"variable","path":["__l1"]}
-- $4 text[] list {"from":"variable","path":["divisions"]}
-- $5 date value {"from":"variable","path":["__l2"]}
-- $6 date value {"from":"variable","path":["__l3"]}
-- $7 int page-size {"from":"variable","path":["__l0"]}
