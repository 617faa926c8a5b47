select "l18"."j"::text as "d0", "l18"."n" as "n0", "l18"."m" as "m0", "l18"."t0" as "t0", "l18"."t1" as "t1", "l18"."t2" as "t2", "l18"."t3" as "t3", "l18"."t4" as "t4"
from (select) as "one"
left join lateral (select '[' || string_agg(coalesce("e17"."j", 'null'), ','
order by "p16"."place") || ']' as j, string_agg("p16"."place" || ':' || "e17"."n", ',') as n, string_agg("p16"."place"::text, ',') filter (where "e17"."m") as m, string_agg("e17"."t0", ','
order by "p16"."place") as "t0", string_agg("e17"."t1", ','
order by "p16"."place") as "t1", string_agg("e17"."t2", ','
order by "p16"."place") as "t2", string_agg("e17"."t3", ','
order by "p16"."place") as "t3", string_agg("e17"."t4", ','
order by "p16"."place") as "t4" from generate_series(0, $1::int - 1) as "p16"(place) left join (select "k1"."place", "l3"."j"::text as j, null::text as n, false as m, "l3"."t0" as "t0", null::text as "t1", null::text as "t2", null::text as "t3", null::text as "t4" from unnest($2::text[], $3::int[]) as "k1"(asked, place)
left join lateral (select json_build_object('__typename', 'Division', 'code', "r2"."code", 'name', "r2"."name") as j, '0' as "t0"
from "natural_resources"."division" as "r2"
where "r2"."code" = "k1"."asked" and "r2"."code" = any($4::text[])) as "l3" on true union all select "k4"."place", "r6"."j"::text as j, "r6"."n" as n, "r6"."j" is null as m, null::text as "t0", "r6"."t1" as "t1", "r6"."t2" as "t2", null::text as "t3", null::text as "t4" from unnest($5::bytea[], $6::int[]) as "k4"(asked, place)
left join lateral (select json_build_object('__typename', 'LegalPerson', 'creditCode', (select "i7"."open_value"
from citygraph.subject_identifier as "i7"
where "i7"."subject_id" = "s5"."subject_id" and "i7"."kind" = 'unified-social-credit-code' and "i7"."is_current"
limit 1), 'registration', "l9"."j") as j, "s5"."subject_id"::text as "t1", "l9"."t2", case when "s5"."is_current" then null when "s5"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s5"
left join lateral (select json_build_object('name', "r8"."name", 'telephone', null::text) as j, "r8"."legal_person_id"::text as "t2"
from "legal_person"."enterprise" as "r8"
where "r8"."legal_person_id" = "s5"."subject_id" and "r8"."legal_person_division" = any($7::text[]) and "r8"."legal_person_protected_until" <= current_date) as "l9" on true
where "s5"."kind" = 'unified-social-credit-code' and "s5"."digest" = "k4"."asked" and "s5"."subject_division" = any($8::text[]) and "s5"."subject_protected_until" <= current_date) as "r6" on true union all select "k10"."place", "r12"."j"::text as j, "r12"."n" as n, "r12"."j" is null as m, null::text as "t0", null::text as "t1", null::text as "t2", "r12"."t3" as "t3", "r12"."t4" as "t4" from unnest($9::bytea[], $10::int[]) as "k10"(asked, place)
left join lateral (select json_build_object('__typename', 'Person', 'idNumber', (select "i13"."value_masked"
from citygraph.subject_identifier as "i13"
where "i13"."subject_id" = "s11"."subject_id" and "i13"."kind" = 'resident-id-number' and "i13"."is_current"
limit 1), 'registration', "l15"."j") as j, "s11"."subject_id"::text as "t3", "l15"."t4", case when "s11"."is_current" then null when "s11"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s11"
left join lateral (select json_build_object('birthDate', "r14"."birth_date_masked") as j, "r14"."person_id"::text as "t4"
from "population"."resident" as "r14"
where "r14"."person_id" = "s11"."subject_id" and "r14"."person_division" = any($11::text[]) and "r14"."person_protected_until" <= current_date) as "l15" on true
where "s11"."kind" = 'resident-id-number' and "s11"."digest" = "k10"."asked" and "s11"."subject_division" = any($12::text[]) and "s11"."subject_protected_until" <= current_date) as "r12" on true) as "e17" on "e17"."place" = "p16"."place") as "l18" on true
-- $1 int value {"from":"entities","what":"count","path":["representations"],"type":null,"key":null}
-- $2 text[] value {"from":"entities","what":"values","path":["representations"],"type":"Division","key":"code"}
-- $3 int[] value {"from":"entities","what":"places","path":["representations"],"type":"Division","key":"code"}
-- $4 text[] value {"from":"divisions"}
-- $5 bytea[] identifier-digests {"from":"entities","what":"values","path":["representations"],"type":"LegalPerson","key":"creditCode"}
-- $6 int[] value {"from":"entities","what":"places","path":["representations"],"type":"LegalPerson","key":"creditCode"}
-- $7 text[] value {"from":"divisions"}
-- $8 text[] value {"from":"divisions"}
-- $9 bytea[] identifier-digests {"from":"entities","what":"values","path":["representations"],"type":"Person","key":"idNumber"}
-- $10 int[] value {"from":"entities","what":"places","path":["representations"],"type":"Person","key":"idNumber"}
-- $11 text[] value {"from":"divisions"}
-- $12 text[] value {"from":"divisions"}
