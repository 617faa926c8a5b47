select json_build_object('~t0', "s1"."subject_id", 'registration', (select json_build_object('~t1', "r2"."legal_person_id", 'name', "r2"."name", 'creditCode', (select "i3"."open_value"
from citygraph.subject_identifier as "i3"
where "i3"."subject_id" = "r2"."legal_person_id" and "i3"."kind" = 'unified-social-credit-code' and "i3"."is_current"
limit 1), 'establishedOn', "r2"."established_on", 'telephone', null::text, 'paidInCapital', null::text)
from "legal_person"."enterprise" as "r2"
where "r2"."legal_person_id" = "s1"."subject_id" and "r2"."legal_person_protected_until" <= current_date), 'officers', (select json_build_object('nodes', coalesce(json_agg(json_build_object('~t3', concat_ws('+', "w4"."legal_person_id", "w4"."person_id"), 'name', "w4"."name", 'telephone', null::text, 'person', null::text)
order by "w4"."id"), '[]'::json))
from (select "w4"."id", "w4"."legal_person_id", "w4"."name", "w4"."person_id"
from "legal_person"."officer" as "w4"
where "w4"."legal_person_id" = "s1"."subject_id" and (("w4"."is_legal_representative" = $1::boolean)) and "w4"."legal_person_protected_until" <= current_date and "w4"."person_protected_until" <= current_date
order by "w4"."id"
limit $2::int) as "w4")) as "d0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as "n0"
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'unified-social-credit-code' and "s1"."digest" = $3::bytea and "s1"."subject_protected_until" <= current_date
-- $1 boolean value {"from":"constant","value":true}
-- $2 int page-size {"from":"constant","value":20}
-- $3 bytea identifier-digest {"from":"variable","path":["__l0"]}
