select '[' || string_agg(coalesce("e15"."j", 'null'), ','
order by "p14"."place") || ']' as "d0", string_agg("p14"."place" || ':' || "e15"."n", ',') as "n0", string_agg("p14"."place"::text, ',') filter (where "e15"."m") as "m0" from generate_series(0, $1::int - 1) as "p14"(place) left join (select "k1"."place", "l2"."j", "l2"."n", false as m from unnest($2::text[], $3::int[]) as "k1"(asked, place)
left join lateral (select json_build_object('~t0', 0, '__typename', 'Division', 'code', "r3"."code", 'name', "r3"."name")::text as j, null::text as n
from "natural_resources"."division" as "r3"
where "r3"."code" = "k1"."asked" ) as "l2" on true union all select "k4"."place", "l5"."j", "l5"."n", "l5"."j" is null as m from unnest($4::bytea[], $5::int[]) as "k4"(asked, place)
left join lateral (select json_build_object('~t1', "s6"."subject_id", '__typename', 'LegalPerson', 'creditCode', (select "i7"."open_value"
from citygraph.subject_identifier as "i7"
where "i7"."subject_id" = "s6"."subject_id" and "i7"."kind" = 'unified-social-credit-code' and "i7"."is_current"
limit 1), 'registration', (select json_build_object('~t2', "r8"."legal_person_id", 'name', "r8"."name", 'telephone', "r8"."telephone")
from "legal_person"."enterprise" as "r8"
where "r8"."legal_person_id" = "s6"."subject_id" ))::text as j, case when "s6"."is_current" then null when "s6"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s6"
where "s6"."kind" = 'unified-social-credit-code' and "s6"."digest" = "k4"."asked" ) as "l5" on true union all select "k9"."place", "l10"."j", "l10"."n", "l10"."j" is null as m from unnest($6::bytea[], $7::int[]) as "k9"(asked, place)
left join lateral (select json_build_object('~t3', "s11"."subject_id", '__typename', 'Person', 'idNumber', (select "i12"."value"
from citygraph.subject_identifier as "i12"
where "i12"."subject_id" = "s11"."subject_id" and "i12"."kind" = 'resident-id-number' and "i12"."is_current"
limit 1), 'registration', (select json_build_object('~t4', "r13"."person_id", 'birthDate', "r13"."birth_date")
from "population"."resident" as "r13"
where "r13"."person_id" = "s11"."subject_id" ))::text as j, case when "s11"."is_current" then null when "s11"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s11"
where "s11"."kind" = 'resident-id-number' and "s11"."digest" = "k9"."asked" ) as "l10" on true) as "e15" on "e15"."place" = "p14"."place"
-- $1 int value {"from":"entities","what":"count","path":["representations"],"type":null,"key":null}
-- $2 text[] value {"from":"entities","what":"values","path":["representations"],"type":"Division","key":"code"}
-- $3 int[] value {"from":"entities","what":"places","path":["representations"],"type":"Division","key":"code"}
-- $4 bytea[] identifier-digests {"from":"entities","what":"values","path":["representations"],"type":"LegalPerson","key":"creditCode"}
-- $5 int[] value {"from":"entities","what":"places","path":["representations"],"type":"LegalPerson","key":"creditCode"}
-- $6 bytea[] identifier-digests {"from":"entities","what":"values","path":["representations"],"type":"Person","key":"idNumber"}
-- $7 int[] value {"from":"entities","what":"places","path":["representations"],"type":"Person","key":"idNumber"}
