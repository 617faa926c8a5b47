-- Links find the row they lead to by code point, as they compare; the unique index of its key has the order of the database.

create index "indicator_indicator_code_by_code_point" on "economy"."indicator" ("indicator_code" collate "C");
create index "industrial_site_site_code_by_code_point" on "industry_energy"."industrial_site" ("site_code" collate "C");
create index "monitoring_station_station_code_by_code_point" on "ecology"."monitoring_station" ("station_code" collate "C");
create index "pollution_source_source_code_by_code_point" on "ecology"."pollution_source" ("source_code" collate "C");
create index "weather_station_station_number_by_code_point" on "natural_resources"."weather_station" ("station_number" collate "C");
