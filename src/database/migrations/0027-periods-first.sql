-- A dashboard asks for one division and one period: with the period next to the division in the key, it reads that slice and no more.

alter table "statistics"."emergency_statistic" drop constraint "emergency_statistic_key";
alter table "statistics"."emergency_statistic" add constraint "emergency_statistic_key" unique ("division", "period", "category", "type");
alter table "statistics"."enterprise_statistic" drop constraint "enterprise_statistic_key";
alter table "statistics"."enterprise_statistic" add constraint "enterprise_statistic_key" unique ("division", "period", "industry");
alter table "statistics"."supervision_statistic" drop constraint "supervision_statistic_key";
alter table "statistics"."supervision_statistic" add constraint "supervision_statistic_key" unique ("division", "period", "act", "authority");
