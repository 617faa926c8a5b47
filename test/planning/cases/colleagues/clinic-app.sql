select "r2"."j"::text as "d0", "r2"."n" as "n0", "r2"."t0" as "t0"
from (select) as "one"
left join lateral (select json_build_object('colleagues', null::text, 'housemates', null::text) as j, "s1"."subject_id"::text as "t0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'resident-id-number' and "s1"."digest" = $1::bytea and "s1"."subject_division" = any($2::text[]) and "s1"."subject_protected_until" <= current_date) as "r2" on true
-- $1 bytea identifier-digest {"from":"variable","path":["__l0"]}
-- $2 text[] value {"from":"divisions"}
