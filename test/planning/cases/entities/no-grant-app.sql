select '[' || string_agg(coalesce("e10"."j", 'null'), ','
order by "p9"."place") || ']' as "d0", string_agg("p9"."place" || ':' || "e10"."n", ',') as "n0", string_agg("p9"."place"::text, ',') filter (where "e10"."m") as "m0" from generate_series(0, $1::int - 1) as "p9"(place) left join (select "k1"."place", "l2"."j", "l2"."n", false as m from unnest($2::text[], $3::int[]) as "k1"(asked, place)
left join lateral (select json_build_object('~t0', 0, '__typename', 'Division', 'code', "r3"."code", 'name', "r3"."name")::text as j, null::text as n
from "natural_resources"."division" as "r3"
where "r3"."code" = "k1"."asked" ) as "l2" on true union all select "k4"."place", "l5"."j", "l5"."n", "l5"."j" is null as m from unnest($4::bytea[], $5::int[]) as "k4"(asked, place)
left join lateral (select json_build_object('~t1', "s6"."subject_id", '__typename', 'LegalPerson', 'creditCode', (select "i7"."open_value"
from citygraph.subject_identifier as "i7"
where "i7"."subject_id" = "s6"."subject_id" and "i7"."kind" = 'unified-social-credit-code' and "i7"."is_current"
limit 1), 'registration', (select json_build_object('~t2', "r8"."legal_person_id", 'name', "r8"."name", 'telephone', null::text)
from "legal_person"."enterprise" as "r8"
where "r8"."legal_person_id" = "s6"."subject_id" and "r8"."legal_person_protected_until" <= current_date))::text as j, case when "s6"."is_current" then null when "s6"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s6"
where "s6"."kind" = 'unified-social-credit-code' and "s6"."digest" = "k4"."asked" and "s6"."subject_protected_until" <= current_date) as "l5" on true) as "e10" on "e10"."place" = "p9"."place"
-- $1 int value {"from":"entities","what":"count","path":["representations"],"type":null,"key":null}
-- $2 text[] value {"from":"entities","what":"values","path":["representations"],"type":"Division","key":"code"}
-- $3 int[] value {"from":"entities","what":"places","path":["representations"],"type":"Division","key":"code"}
-- $4 bytea[] identifier-digests {"from":"entities","what":"values","path":["representations"],"type":"LegalPerson","key":"creditCode"}
-- $5 int[] value {"from":"entities","what":"places","path":["representations"],"type":"LegalPerson","key":"creditCode"}
