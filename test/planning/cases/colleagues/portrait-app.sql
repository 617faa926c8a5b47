select "r2"."j"::text as "d0", "r2"."n" as "n0", "r2"."t0" as "t0", "r2"."t2" as "t2", "r2"."t3" as "t3", "r2"."t5" as "t5"
from (select) as "one"
left join lateral (select json_build_object('colleagues', "l8"."j", 'housemates', "l12"."j") as j, "s1"."subject_id"::text as "t0", "l8"."t2", "l8"."t3", "l12"."t5", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as n
from citygraph.subject_identifier as "s1"
left join lateral (select json_build_object('nodes', "g6"."j0") as j, "g6"."t2", "g6"."t3"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn"), '[]'::json) as "j0", string_agg("x"."t2", ','
order by "x"."rn") as "t2", string_agg("x"."t3", ','
order by "x"."rn") as "t3"
from (select "w3"."rn", concat_ws('+', "w3"."person_id", "w3"."legal_person_id") as "t2", "l5"."t3", json_build_object('employerName', "w3"."employer_name", 'person', "l5"."j") as "j0"
from (select "w3"."id", "w3"."person_id", "w3"."legal_person_id", "w3"."employer_name", "w3"."person_division", "w3"."person_protected_until", row_number() over (order by "w3"."id") as rn
from "population"."employment" as "w3"
where "w3"."legal_person_id" = any(array( select "o7"."legal_person_id"
from "population"."employment" as "o7"
where "o7"."person_id" = "s1"."subject_id" and ("o7"."ended_on" is null or "o7"."ended_on" > current_date) )) and "w3"."person_id" is distinct
from "s1"."subject_id" and ("w3"."ended_on" is null or "w3"."ended_on" > current_date)
order by "w3"."id"
limit $1::int) as "w3"
left join lateral (select json_build_object('id', $2::text || 'i:Person:' || "p4"."id" || ';') as j, "p4"."id"::text as "t3"
from (select "w3"."person_id" as id) as "p4"
where "p4"."id" is not null ) as "l5" on true) as x) as "g6") as "l8" on true
left join lateral (select json_build_object('nodes', "g10"."j0") as j, "g10"."t5"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn"), '[]'::json) as "j0", string_agg("x"."t5", ','
order by "x"."rn") as "t5"
from (select "w9"."rn", "w9"."person_id"::text as "t5", json_build_object('relationToHead', "w9"."relation_to_head") as "j0"
from (select "w9"."id", "w9"."person_id", "w9"."relation_to_head", row_number() over (order by "w9"."id") as rn
from "population"."household_member" as "w9"
where "w9"."household_number" = any(array( select "o11"."household_number"
from "population"."household_member" as "o11"
where "o11"."person_id" = "s1"."subject_id" and ("o11"."left_on" is null or "o11"."left_on" > current_date) )) and "w9"."person_id" is distinct
from "s1"."subject_id" and ("w9"."left_on" is null or "w9"."left_on" > current_date)
order by "w9"."id"
limit $3::int) as "w9" ) as x) as "g10") as "l12" on true
where "s1"."kind" = 'resident-id-number' and "s1"."digest" = $4::bytea ) as "r2" on true
-- $1 int page-size {"from":"variable","path":["__l1"]}
-- $2 text value {"from":"seal-mark"}
-- $3 int page-size {"from":"constant","value":20}
-- $4 bytea identifier-digest {"from":"variable","path":["__l0"]}
