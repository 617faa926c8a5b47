select "r2"."j"::text as "d0", "r2"."n" as "n0", "r2"."t0" as "t0", "r2"."t1" as "t1", "r2"."t3" as "t3"
from (select) as "one"
left join lateral (select json_build_object('registration', "l5"."j", 'officers', "l8"."j") as j, "s1"."subject_id"::text as "t0", "l5"."t1", "l8"."t3", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s1"
left join lateral (select json_build_object('name', "r3"."name", 'creditCode', (select "i4"."open_value"
from citygraph.subject_identifier as "i4"
where "i4"."subject_id" = "r3"."legal_person_id" and "i4"."kind" = 'unified-social-credit-code' and "i4"."is_current"
limit 1), 'establishedOn', "r3"."established_on", 'telephone', null::text, 'paidInCapital', null::text) as j, "r3"."legal_person_id"::text as "t1"
from "legal_person"."enterprise" as "r3"
where "r3"."legal_person_id" = "s1"."subject_id" and "r3"."legal_person_protected_until" <= current_date) as "l5" on true
left join lateral (select json_build_object('nodes', "g7"."j0") as j, "g7"."t3"
from (select coalesce(json_agg("x"."j0"
order by "x"."o0"), '[]'::json) as "j0", string_agg("x"."t3", ','
order by "x"."o0") as "t3"
from (select "w6"."id" as "o0", concat_ws('+', "w6"."legal_person_id", "w6"."person_id") as "t3", json_build_object('name', "w6"."name", 'telephone', null::text, 'person', null::text) as "j0"
from (select "w6"."id", "w6"."legal_person_id", "w6"."person_id", "w6"."name"
from "legal_person"."officer" as "w6"
where "w6"."legal_person_id" = "s1"."subject_id" and (("w6"."is_legal_representative" = $1::boolean)) and "w6"."legal_person_protected_until" <= current_date and "w6"."person_protected_until" <= current_date
order by "w6"."id"
limit $2::int) as "w6" ) as x) as "g7") as "l8" on true
where "s1"."kind" = 'unified-social-credit-code' and "s1"."digest" = $3::bytea and "s1"."subject_protected_until" <= current_date) as "r2" on true
-- $1 boolean value {"from":"constant","value":true}
-- $2 int page-size {"from":"constant","value":20}
-- $3 bytea identifier-digest {"from":"variable","path":["__l0"]}
