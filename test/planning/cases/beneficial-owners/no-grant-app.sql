select json_build_object('~t0', "s1"."subject_id", 'beneficialOwners', null::text) as "d0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as "n0"
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'unified-social-credit-code' and "s1"."digest" = $1::bytea and "s1"."subject_protected_until" <= current_date
-- $1 bytea identifier-digest {"from":"variable","path":["__l0"]}
