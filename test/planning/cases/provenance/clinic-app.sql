select json_build_object('~t0', "s1"."subject_id", '~t1', "s1"."subject_id", 'provenance', json_build_array(json_build_object('section', 'registration', 'providerName', '鄂尔多斯市公安局', 'collectedAt', (select to_char(max("r2"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "population"."resident" as "r2"
where "r2"."person_id" = "s1"."subject_id" and "r2"."person_division" = any($1::text[]) and "r2"."person_protected_until" <= current_date)), json_build_object('section', 'medicalVisits', 'providerName', '鄂尔多斯市卫生健康委员会', 'collectedAt', (select to_char(max("r3"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "healthcare"."medical_visit" as "r3"
where "r3"."person_id" = "s1"."subject_id" and "r3"."person_division" = any($2::text[]) and "r3"."person_protected_until" <= current_date)))) as "d0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as "n0"
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'resident-id-number' and "s1"."digest" = $3::bytea and "s1"."subject_division" = any($4::text[]) and "s1"."subject_protected_until" <= current_date
-- $1 text[] value {"from":"divisions"}
-- $2 text[] value {"from":"divisions"}
-- $3 bytea identifier-digest {"from":"variable","path":["__l0"]}
-- $4 text[] value {"from":"divisions"}
