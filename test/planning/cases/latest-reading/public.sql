select "l7"."j"::text as "d0", "l7"."t1" as "t1", "l7"."t2" as "t2", "l7"."t3" as "t3", "l12"."j"::text as "d1", "l12"."t5" as "t5", "l12"."t6" as "t6"
from (select) as "one"
left join lateral (select json_build_object('nodes', "g6"."j0") as j, "g6"."t1", "g6"."t2", "g6"."t3"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn"), '[]'::json) as "j0", string_agg("x"."t1", ','
order by "x"."rn") as "t1", string_agg("x"."t2", ','
order by "x"."rn") as "t2", string_agg("x"."t3", ','
order by "x"."rn") as "t3"
from (select "w1"."rn", '0' as "t1", "l3"."t2", "l5"."t3", json_build_object('name', "w1"."name", 'currentAir', "l3"."j", 'currentWater', "l5"."j") as "j0"
from (select "w1"."id", "w1"."name", "w1"."station_code", row_number() over (order by "w1"."id") as rn
from "ecology"."monitoring_station" as "w1"
where true
order by "w1"."id"
limit $1::int) as "w1"
left join lateral (select json_build_object('observedOn', "r2"."observed_on", 'aqi', "r2"."aqi") as j, '0' as "t2"
from "ecology"."air_reading" as "r2"
where "r2"."station_code" = "w1"."station_code"
order by "r2"."observed_on" desc nulls last, "r2"."id" desc
limit 1) as "l3" on true
left join lateral (select json_build_object('sampledOn', "r4"."sampled_on") as j, '0' as "t3"
from "ecology"."water_reading" as "r4"
where "r4"."station_code" = "w1"."station_code"
order by "r4"."sampled_on" desc nulls last, "r4"."id" desc
limit 1) as "l5" on true) as x) as "g6") as "l7" on true
left join lateral (select json_build_object('nodes', "g11"."j0") as j, "g11"."t5", "g11"."t6"
from (select coalesce(json_agg("x"."j0"
order by "x"."rn"), '[]'::json) as "j0", string_agg("x"."t5", ','
order by "x"."rn") as "t5", string_agg("x"."t6", ','
order by "x"."rn") as "t6"
from (select "w8"."rn", '0' as "t5", "l10"."t6", json_build_object('currentWeather', "l10"."j") as "j0"
from (select "w8"."id", "w8"."station_number", row_number() over (order by "w8"."id") as rn
from "natural_resources"."weather_station" as "w8"
where true
order by "w8"."id"
limit $2::int) as "w8"
left join lateral (select json_build_object('observedOn', "r9"."observed_on") as j, '0' as "t6"
from "natural_resources"."weather_observation" as "r9"
where "r9"."station_number" = "w8"."station_number"
order by "r9"."observed_on" desc nulls last, "r9"."id" desc
limit 1) as "l10" on true) as x) as "g11") as "l12" on true
-- $1 int page-size {"from":"variable","path":["__l0"]}
-- $2 int page-size {"from":"variable","path":["__l1"]}
