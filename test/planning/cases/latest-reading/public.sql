select (select json_build_object('nodes', coalesce(json_agg((select x
from (select 0 as "~t1", "w1"."name" as "name", (select row_to_json((select x
from (select 0 as "~t2", "r2"."observed_on" as "observedOn", "r2"."aqi" as "aqi") as x))
from "ecology"."air_reading" as "r2"
where "r2"."station_code" = "w1"."station_code"
order by "r2"."observed_on" desc nulls last, "r2"."id" desc
limit 1) as "currentAir", (select row_to_json((select x
from (select 0 as "~t3", "r3"."sampled_on" as "sampledOn") as x))
from "ecology"."water_reading" as "r3"
where "r3"."station_code" = "w1"."station_code"
order by "r3"."sampled_on" desc nulls last, "r3"."id" desc
limit 1) as "currentWater") as x)
order by "w1"."rn"), '[]'::json))
from (select "w1"."id", "w1"."name", "w1"."station_code", row_number() over (order by "w1"."id") as rn
from "ecology"."monitoring_station" as "w1"
where true
order by "w1"."id"
limit $1::int) as "w1") as "d0", (select json_build_object('nodes', coalesce(json_agg((select x
from (select 0 as "~t5", (select row_to_json((select x
from (select 0 as "~t6", "r5"."observed_on" as "observedOn") as x))
from "natural_resources"."weather_observation" as "r5"
where "r5"."station_number" = "w4"."station_number"
order by "r5"."observed_on" desc nulls last, "r5"."id" desc
limit 1) as "currentWeather") as x)
order by "w4"."rn"), '[]'::json))
from (select "w4"."id", "w4"."station_number", row_number() over (order by "w4"."id") as rn
from "natural_resources"."weather_station" as "w4"
where true
order by "w4"."id"
limit $2::int) as "w4") as "d1" 
-- $1 int page-size {"from":"variable","path":["__l0"]}
-- $2 int page-size {"from":"variable","path":["__l1"]}
