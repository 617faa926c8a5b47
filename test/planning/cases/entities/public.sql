select "l12"."j"::text as "d0", "l12"."n" as "n0", "l12"."m" as "m0", "l12"."t0" as "t0", "l12"."t1" as "t1", "l12"."t2" as "t2"
from (select) as "one"
left join lateral (select '[' || string_agg(coalesce("e11"."j", 'null'), ','
order by "p10"."place") || ']' as j, string_agg("p10"."place" || ':' || "e11"."n", ',') as n, string_agg("p10"."place"::text, ',') filter (where "e11"."m") as m, string_agg("e11"."t0", ','
order by "p10"."place") as "t0", string_agg("e11"."t1", ','
order by "p10"."place") as "t1", string_agg("e11"."t2", ','
order by "p10"."place") as "t2" from generate_series(0, $1::int - 1) as "p10"(place) left join (select "k1"."place", "l3"."j"::text as j, null::text as n, false as m, "l3"."t0" as "t0", null::text as "t1", null::text as "t2" from unnest($2::text[], $3::int[]) as "k1"(asked, place)
left join lateral (select json_build_object('__typename', 'Division', 'code', "r2"."code", 'name', "r2"."name") as j, '0' as "t0"
from "natural_resources"."division" as "r2"
where "r2"."code" = "k1"."asked" ) as "l3" on true union all select "k4"."place", "r6"."j"::text as j, "r6"."n" as n, "r6"."j" is null as m, null::text as "t0", "r6"."t1" as "t1", "r6"."t2" as "t2" from unnest($4::bytea[], $5::int[]) as "k4"(asked, place)
left join lateral (select json_build_object('__typename', 'LegalPerson', 'creditCode', (select "i7"."open_value"
from citygraph.subject_identifier as "i7"
where "i7"."subject_id" = "s5"."subject_id" and "i7"."kind" = 'unified-social-credit-code' and "i7"."is_current"
limit 1), 'registration', "l9"."j") as j, "s5"."subject_id"::text as "t1", "l9"."t2", case when "s5"."is_current" then null when "s5"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s5"
left join lateral (select json_build_object('name', "r8"."name", 'telephone', null::text) as j, "r8"."legal_person_id"::text as "t2"
from "legal_person"."enterprise" as "r8"
where "r8"."legal_person_id" = "s5"."subject_id" and "r8"."legal_person_protected_until" <= current_date) as "l9" on true
where "s5"."kind" = 'unified-social-credit-code' and "s5"."digest" = "k4"."asked" and "s5"."subject_protected_until" <= current_date) as "r6" on true) as "e11" on "e11"."place" = "p10"."place") as "l12" on true
-- $1 int value {"from":"entities","what":"count","path":["representations"],"type":null,"key":null}
-- $2 text[] value {"from":"entities","what":"values","path":["representations"],"type":"Division","key":"code"}
-- $3 int[] value {"from":"entities","what":"places","path":["representations"],"type":"Division","key":"code"}
-- $4 bytea[] identifier-digests {"from":"entities","what":"values","path":["representations"],"type":"LegalPerson","key":"creditCode"}
-- $5 int[] value {"from":"entities","what":"places","path":["representations"],"type":"LegalPerson","key":"creditCode"}
