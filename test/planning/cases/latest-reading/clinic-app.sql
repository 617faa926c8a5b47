select (select json_build_object('nodes', coalesce(json_agg(json_build_object($1::text, 0, 'name', "w1"."name", 'currentAir', (select json_build_object($2::text, 0, 'observedOn', "r2"."observed_on", 'aqi', "r2"."aqi")
from "ecology"."air_reading" as "r2"
where "r2"."station_code" = "w1"."station_code" and "r2"."division" = any($3::text[])
order by "r2"."observed_on" desc nulls last, "r2"."id" desc
limit 1), 'currentWater', (select json_build_object($4::text, 0, 'sampledOn', "r3"."sampled_on")
from "ecology"."water_reading" as "r3"
where "r3"."station_code" = "w1"."station_code" and "r3"."division" = any($5::text[])
order by "r3"."sampled_on" desc nulls last, "r3"."id" desc
limit 1))
order by "w1"."rn"), '[]'::json))
from (select "w1"."id", "w1"."name", "w1"."station_code", row_number() over (order by "w1"."id") as rn
from "ecology"."monitoring_station" as "w1"
where true and "w1"."division" = any($6::text[])
order by "w1"."id"
limit $7::int) as "w1") as "d0", (select json_build_object('nodes', coalesce(json_agg(json_build_object($8::text, 0, 'currentWeather', (select json_build_object($9::text, 0, 'observedOn', "r5"."observed_on")
from "natural_resources"."weather_observation" as "r5"
where "r5"."station_number" = "w4"."station_number" and "r5"."division" = any($10::text[])
order by "r5"."observed_on" desc nulls last, "r5"."id" desc
limit 1))
order by "w4"."rn"), '[]'::json))
from (select "w4"."id", "w4"."station_number", row_number() over (order by "w4"."id") as rn
from "natural_resources"."weather_station" as "w4"
where true and "w4"."division" = any($11::text[])
order by "w4"."id"
limit $12::int) as "w4") as "d1" 
-- $1 text value {"from":"trace-key","node":1}
-- $2 text value {"from":"trace-key","node":2}
-- $3 text[] value {"from":"divisions"}
-- $4 text value {"from":"trace-key","node":3}
-- $5 text[] value {"from":"divisions"}
-- $6 text[] value {"from":"divisions"}
-- $7 int page-size {"from":"variable","path":["__l0"]}
-- $8 text value {"from":"trace-key","node":5}
-- $9 text value {"from":"trace-key","node":6}
-- $10 text[] value {"from":"divisions"}
-- $11 text[] value {"from":"divisions"}
-- $12 int page-size {"from":"variable","path":["__l1"]}
