select json_build_object('nodes', coalesce(json_agg((select x
from (select "w1"."legal_person_id" as "~t1", (select row_to_json((select x
from (select "r2"."legal_person_id" as "~t2", "r2"."name" as "name", "r2"."registered_capital"::text as "registeredCapital") as x))
from "legal_person"."enterprise" as "r2"
where "r2"."legal_person_id" = "w1"."legal_person_id" and "r2"."legal_person_protected_until" <= current_date) as "registration") as x)
order by "w1"."rn"), '[]'::json)) as "d0"
from (select "w1"."id", "w1"."established_on", "w1"."name", "w1"."legal_person_id", row_number() over (order by "w1"."established_on" desc, "w1"."name", "w1"."id" desc) as rn
from "legal_person"."enterprise" as "w1"
where true and (((((citygraph.bigrams("w1"."name") @> citygraph.bigrams($1::text) and "w1"."name" like $2::text))) and (((("w1"."status" = any($3::text[])))) is not true)) and ((("w1"."legal_person_division" = any($4::text[]))) or (("w1"."legal_person_division" is null))) and ("w1"."established_on" >= $5::date and "w1"."established_on" < $6::date)) and "w1"."legal_person_protected_until" <= current_date
order by "w1"."established_on" desc, "w1"."name", "w1"."id" desc
limit $7::int) as "w1"
-- $1 text search-word {"from":"variable","path":["word"]}
-- $2 text contains-pattern {"from":"variable","path":["word"]}
-- $3 text[] list {"from":"variable","path":["__l1"]}
-- $4 text[] list {"from":"variable","path":["divisions"]}
-- $5 date value {"from":"variable","path":["__l2"]}
-- $6 date value {"from":"variable","path":["__l3"]}
-- $7 int page-size {"from":"variable","path":["__l0"]}
