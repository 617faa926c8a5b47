select json_build_object('~t0', "s1"."subject_id", 'beneficialOwners', (with recursive "w2" (id, kind, part, path) as ( select "h4"."id", "h4"."kind", "h4"."percent" * 0.01 as part, array["s1"."subject_id", "h4"."id"] as path
from (select "e5"."holder_legal_person_id" as id, 'legal-person' as kind, "e5"."share_percent" as percent
from "legal_person"."shareholder" as "e5"
where "e5"."legal_person_id" = "s1"."subject_id" and "e5"."holder_legal_person_id" is not null union all select "e6"."person_id" as id, 'person' as kind, "e6"."share_percent" as percent
from "legal_person"."shareholder" as "e6"
where "e6"."legal_person_id" = "s1"."subject_id" and "e6"."person_id" is not null ) as "h4"
where "h4"."id" <> "s1"."subject_id" and "h4"."percent" * 0.01 >= 0.001 union all select "h4"."id", "h4"."kind", "f3"."part" * "h4"."percent" * 0.01, "f3"."path" || "h4"."id"
from "w2" as "f3" cross join lateral (select "e7"."holder_legal_person_id" as id, 'legal-person' as kind, "e7"."share_percent" as percent
from "legal_person"."shareholder" as "e7"
where "e7"."legal_person_id" = "f3"."id" and "e7"."holder_legal_person_id" is not null union all select "e8"."person_id" as id, 'person' as kind, "e8"."share_percent" as percent
from "legal_person"."shareholder" as "e8"
where "e8"."legal_person_id" = "f3"."id" and "e8"."person_id" is not null ) as "h4"
where "f3"."kind" <> 'person' and cardinality("f3"."path") <= 6 and "h4"."id" <> all("f3"."path") and "f3"."part" * "h4"."percent" * 0.01 >= 0.001) select coalesce(json_agg(json_build_object('~t1', "n9"."id", 'person', case when "n9"."kind" = 'person' then json_build_object('~t2', "n9"."id", 'registration', (select json_build_object('~t3', "r10"."person_id", 'name', "r10"."name")
from "population"."resident" as "r10"
where "r10"."person_id" = "n9"."id" )) end, 'sharePercent', round("n9"."percent", 4)::text, 'chainCount', "n9"."chains")
order by "n9"."percent" desc, "n9"."id"), '[]'::json)
from (select "w2"."id", "w2"."kind", 100 * sum("w2"."part") as percent, coalesce(100 * sum("w2"."part") filter (where cardinality("w2"."path") = 2), 0) as direct, count(*)::int as chains, min(cardinality("w2"."path")) - 1 as steps
from "w2"
where "w2"."kind" = 'person' group by "w2"."id", "w2"."kind" having 100 * sum("w2"."part") >= $1::numeric
order by percent desc, "w2"."id"
limit 100) as "n9")) as "d0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as "n0"
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'unified-social-credit-code' and "s1"."digest" = $2::bytea 
-- $1 numeric between {"from":"variable","path":["threshold"]}
-- $2 bytea identifier-digest {"from":"variable","path":["__l0"]}
