select json_build_object('nodes', coalesce(json_agg(json_build_object($1::text, "w1"."legal_person_id", 'registration', (select json_build_object($2::text, "r2"."legal_person_id", 'name', "r2"."name", 'registeredCapital', "r2"."registered_capital"::text)
from "legal_person"."enterprise" as "r2"
where "r2"."legal_person_id" = "w1"."legal_person_id" and "r2"."legal_person_division" = any($3::text[]) and "r2"."legal_person_protected_until" <= current_date))
order by "w1"."rn"), '[]'::json)) as "d0"
from (select "w1"."id", "w1"."established_on", "w1"."name", "w1"."legal_person_id", row_number() over (order by "w1"."established_on" desc, "w1"."name", "w1"."id" desc) as rn
from "legal_person"."enterprise" as "w1"
where true and (((((citygraph.bigrams("w1"."name") @> citygraph.bigrams($4::text) and "w1"."name" like $5::text))) and (((("w1"."status" = any($6::text[])))) is not true)) and ((("w1"."legal_person_division" = any($7::text[]))) or (("w1"."legal_person_division" is null))) and ("w1"."established_on" >= $8::date and "w1"."established_on" < $9::date)) and "w1"."legal_person_division" = any($10::text[]) and "w1"."legal_person_protected_until" <= current_date
order by "w1"."established_on" desc, "w1"."name", "w1"."id" desc
limit $11::int) as "w1"
-- $1 text value {"from":"trace-key","node":1}
-- $2 text value {"from":"trace-key","node":2}
-- $3 text[] value {"from":"divisions"}
-- $4 text search-word {"from":"variable","path":["word"]}
-- $5 text contains-pattern {"from":"variable","path":["word"]}
-- $6 text[] list {"from":"variable","path":["__l1"]}
-- $7 text[] list {"from":"variable","path":["divisions"]}
-- $8 date value {"from":"variable","path":["__l2"]}
-- $9 date value {"from":"variable","path":["__l3"]}
-- $10 text[] value {"from":"divisions"}
-- $11 int page-size {"from":"variable","path":["__l0"]}
