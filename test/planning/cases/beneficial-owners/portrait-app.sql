select "r2"."j"::text as "d0", "r2"."n" as "n0", "r2"."t0" as "t0", "r2"."t1" as "t1", "r2"."t2" as "t2", "r2"."t3" as "t3"
from (select) as "one"
left join lateral (select json_build_object('beneficialOwners', "l15"."j") as j, "s1"."subject_id"::text as "t0", "l15"."t1", "l15"."t2", "l15"."t3", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s1"
left join lateral (with recursive "w3" (id, kind, part, path) as ( select "h5"."id", "h5"."kind", "h5"."percent" * 0.01 as part, array["s1"."subject_id", "h5"."id"] as path
from (select "e6"."holder_legal_person_id" as id, 'legal-person' as kind, "e6"."share_percent" as percent
from "legal_person"."shareholder" as "e6"
where "e6"."legal_person_id" = "s1"."subject_id" and "e6"."holder_legal_person_id" is not null union all select "e7"."person_id" as id, 'person' as kind, "e7"."share_percent" as percent
from "legal_person"."shareholder" as "e7"
where "e7"."legal_person_id" = "s1"."subject_id" and "e7"."person_id" is not null ) as "h5"
where "h5"."id" <> "s1"."subject_id" and "h5"."percent" * 0.01 >= 0.001 union all select "h5"."id", "h5"."kind", "f4"."part" * "h5"."percent" * 0.01, "f4"."path" || "h5"."id"
from "w3" as "f4" cross join lateral (select "e8"."holder_legal_person_id" as id, 'legal-person' as kind, "e8"."share_percent" as percent
from "legal_person"."shareholder" as "e8"
where "e8"."legal_person_id" = "f4"."id" and "e8"."holder_legal_person_id" is not null union all select "e9"."person_id" as id, 'person' as kind, "e9"."share_percent" as percent
from "legal_person"."shareholder" as "e9"
where "e9"."legal_person_id" = "f4"."id" and "e9"."person_id" is not null ) as "h5"
where "f4"."kind" <> 'person' and cardinality("f4"."path") <= 6 and "h5"."id" <> all("f4"."path") and "f4"."part" * "h5"."percent" * 0.01 >= 0.001) select coalesce(json_agg(json_build_object('person', "l14"."j", 'sharePercent', round("n10"."percent", 4)::text, 'chainCount', "n10"."chains")
order by "n10"."percent" desc, "n10"."id"), '[]'::json) as j, string_agg("n10"."id"::text, ','
order by "n10"."percent" desc, "n10"."id") as "t1", string_agg("l14"."t2", ','
order by "n10"."percent" desc, "n10"."id") as "t2", string_agg("l14"."t3", ','
order by "n10"."percent" desc, "n10"."id") as "t3"
from (select "w3"."id", "w3"."kind", 100 * sum("w3"."part") as percent, coalesce(100 * sum("w3"."part") filter (where cardinality("w3"."path") = 2), 0) as direct, count(*)::int as chains, min(cardinality("w3"."path")) - 1 as steps
from "w3"
where "w3"."kind" = 'person' group by "w3"."id", "w3"."kind" having 100 * sum("w3"."part") >= $1::numeric
order by percent desc, "w3"."id"
limit 100) as "n10"
left join lateral (select json_build_object('registration', "l13"."j") as j, "p11"."id"::text as "t2", "l13"."t3"
from (select "n10"."id" as id) as "p11"
left join lateral (select json_build_object('name', "r12"."name") as j, "r12"."person_id"::text as "t3"
from "population"."resident" as "r12"
where "r12"."person_id" = "p11"."id" ) as "l13" on true
where "n10"."kind" = 'person') as "l14" on true) as "l15" on true
where "s1"."kind" = 'unified-social-credit-code' and "s1"."digest" = $2::bytea ) as "r2" on true
-- $1 numeric between {"from":"variable","path":["threshold"]}
-- $2 bytea identifier-digest {"from":"variable","path":["__l0"]}
