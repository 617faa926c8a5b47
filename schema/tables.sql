-- Generated from the entities by `node scripts/run.mjs schema`; not to be edited.

create schema if not exists "ecology";
create schema if not exists "citygraph";
create schema if not exists "state_assets";
create schema if not exists "statistics";
create schema if not exists "natural_resources";
create schema if not exists "population";
create schema if not exists "emergency";
create schema if not exists "industry_energy";
create schema if not exists "legal_person";
create schema if not exists "credit";
create schema if not exists "government_services";
create schema if not exists "portrait";
create schema if not exists "economy";
create schema if not exists "social_security";
create schema if not exists "healthcare";
create table "ecology"."air_reading" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "station_code" varchar(20) collate "C" not null,
  "observed_on" date not null,
  "so2" int null,
  "no2" int null,
  "pm10" int null,
  "pm25" int null,
  "co" numeric(6,1) null,
  "o3" int null,
  "aqi" int null,
  "air_quality_level" varchar(1) collate "C" null,
  "primary_pollutant" varchar(5) null,
  "is_dust_affected" boolean null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "ecology"."air_reading" is '环境空气质量日报 AirReading: ambient air at a station on one day';
create index "air_reading_division_index" on "ecology"."air_reading" ("division");
create index "air_reading_station_code_index" on "ecology"."air_reading" ("station_code");
create index "air_reading_observed_on_index" on "ecology"."air_reading" ("observed_on");
create index "air_reading_aqi_index" on "ecology"."air_reading" ("aqi");
create index "air_reading_air_quality_level_index" on "ecology"."air_reading" ("air_quality_level");
alter table "ecology"."air_reading" add constraint "air_reading_key" unique ("station_code", "observed_on");

create table "citygraph"."anomaly_progress" (
  "id" smallint not null default 1,
  "counted" bigint not null default '0',
  "searched" bigint not null default '0',
  "applied_at" timestamptz(3) null,
  primary key ("id")
);
comment on table "citygraph"."anomaly_progress" is '异常检测进度 how far the detectors have read';
alter table "citygraph"."anomaly_progress" add constraint "anomaly_progress_single" check (id = 1);

create table "state_assets"."asset_report" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "year" int not null,
  "total_assets" numeric(20,2) not null,
  "total_assets_masked" text generated always as (case when "total_assets" < 100 then '0..100' else '1' || repeat('0', length(trunc("total_assets")::text) - 1) || '..1' || repeat('0', length(trunc("total_assets")::text)) end) stored null,
  "total_liabilities" numeric(20,2) not null,
  "total_liabilities_masked" text generated always as (case when "total_liabilities" < 100 then '0..100' else '1' || repeat('0', length(trunc("total_liabilities")::text) - 1) || '..1' || repeat('0', length(trunc("total_liabilities")::text)) end) stored null,
  "owners_equity" numeric(20,2) not null,
  "owners_equity_masked" text generated always as (case when "owners_equity" <= -100 then '-1' || repeat('0', length(trunc(abs("owners_equity"))::text)) || '..-1' || repeat('0', length(trunc(abs("owners_equity"))::text) - 1) when "owners_equity" < 0 then '-100..0' when "owners_equity" < 100 then '0..100' else '1' || repeat('0', length(trunc(abs("owners_equity"))::text) - 1) || '..1' || repeat('0', length(trunc(abs("owners_equity"))::text)) end) stored null,
  "state_equity" numeric(20,2) null,
  "state_equity_masked" text generated always as (case when "state_equity" <= -100 then '-1' || repeat('0', length(trunc(abs("state_equity"))::text)) || '..-1' || repeat('0', length(trunc(abs("state_equity"))::text) - 1) when "state_equity" < 0 then '-100..0' when "state_equity" < 100 then '0..100' else '1' || repeat('0', length(trunc(abs("state_equity"))::text) - 1) || '..1' || repeat('0', length(trunc(abs("state_equity"))::text)) end) stored null,
  "operating_revenue" numeric(20,2) not null,
  "operating_revenue_masked" text generated always as (case when "operating_revenue" < 100 then '0..100' else '1' || repeat('0', length(trunc("operating_revenue")::text) - 1) || '..1' || repeat('0', length(trunc("operating_revenue")::text)) end) stored null,
  "operating_cost" numeric(20,2) null,
  "operating_cost_masked" text generated always as (case when "operating_cost" < 100 then '0..100' else '1' || repeat('0', length(trunc("operating_cost")::text) - 1) || '..1' || repeat('0', length(trunc("operating_cost")::text)) end) stored null,
  "total_profit" numeric(20,2) not null,
  "total_profit_masked" text generated always as (case when "total_profit" <= -100 then '-1' || repeat('0', length(trunc(abs("total_profit"))::text)) || '..-1' || repeat('0', length(trunc(abs("total_profit"))::text) - 1) when "total_profit" < 0 then '-100..0' when "total_profit" < 100 then '0..100' else '1' || repeat('0', length(trunc(abs("total_profit"))::text) - 1) || '..1' || repeat('0', length(trunc(abs("total_profit"))::text)) end) stored null,
  "net_profit" numeric(20,2) not null,
  "net_profit_masked" text generated always as (case when "net_profit" <= -100 then '-1' || repeat('0', length(trunc(abs("net_profit"))::text)) || '..-1' || repeat('0', length(trunc(abs("net_profit"))::text) - 1) when "net_profit" < 0 then '-100..0' when "net_profit" < 100 then '0..100' else '1' || repeat('0', length(trunc(abs("net_profit"))::text) - 1) || '..1' || repeat('0', length(trunc(abs("net_profit"))::text)) end) stored null,
  "taxes_paid" numeric(20,2) null,
  "taxes_paid_masked" text generated always as (case when "taxes_paid" < 100 then '0..100' else '1' || repeat('0', length(trunc("taxes_paid")::text) - 1) || '..1' || repeat('0', length(trunc("taxes_paid")::text)) end) stored null,
  "debt_ratio" numeric(9,2) null,
  "preservation_rate" numeric(9,2) null,
  "return_on_equity" numeric(9,2) null,
  "staff_count" int null,
  "payroll" numeric(20,2) null,
  "payroll_masked" text generated always as (case when "payroll" < 100 then '0..100' else '1' || repeat('0', length(trunc("payroll")::text) - 1) || '..1' || repeat('0', length(trunc("payroll")::text)) end) stored null,
  "auditor" varchar(100) null,
  "audit_opinion" varchar(20) collate "C" null,
  "submitted_on" date not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "state_assets"."asset_report" is '国有资产年报 AssetReport: the yearly report of a state-owned enterprise on its assets and results';
create index "asset_report_legal_person_id_index" on "state_assets"."asset_report" ("legal_person_id", "id");
create index "asset_report_legal_person_division_index" on "state_assets"."asset_report" ("legal_person_division");
create index "asset_report_year_index" on "state_assets"."asset_report" ("year");
create index "asset_report_audit_opinion_index" on "state_assets"."asset_report" ("audit_opinion");
alter table "state_assets"."asset_report" add constraint "asset_report_key" unique ("legal_person_id", "year");

create table "citygraph"."consumer" (
  "id" bigserial primary key,
  "name" varchar(63) not null,
  "department" varchar(40) not null,
  "description" text not null,
  "clearance" varchar(2) not null,
  "token_hash" bytea not null,
  "token_hint" varchar(8) not null,
  "token_expires_at" timestamptz(3) null,
  "previous_token_hash" bytea null,
  "previous_token_until" timestamptz(3) null,
  "addresses" text[] null,
  "trusted_documents_only" boolean not null default false,
  "status" varchar(10) not null default 'active',
  "suspended_reason" text null,
  "suspended_at" timestamptz(3) null,
  "created_at" timestamptz(3) not null default now()
);
comment on table "citygraph"."consumer" is '数据使用方应用 consumer applications';
alter table "citygraph"."consumer" add constraint "consumer_previous_token_hash" unique ("previous_token_hash");
alter table "citygraph"."consumer" add constraint "consumer_token_hash" unique ("token_hash");
alter table "citygraph"."consumer" add constraint "consumer_name" unique ("name");
alter table "citygraph"."consumer" add constraint "consumer_status" check (status in ('active', 'suspended'));
alter table "citygraph"."consumer" add constraint "consumer_clearance" check (clearance in ('L1', 'L2', 'L3', 'L4'));
alter table "citygraph"."consumer" add constraint "consumer_addresses" check (cardinality(addresses) > 0);

create table "citygraph"."access_grant" (
  "id" bigserial primary key,
  "code" varchar(40) not null,
  "consumer_id" bigint not null,
  "purpose" text not null,
  "legal_basis" text not null,
  "valid_from" timestamptz(3) not null,
  "valid_until" timestamptz(3) not null,
  "divisions" text[] null,
  "includes_protected" boolean not null default false,
  "approved_twice" boolean not null default false,
  "issued_by" text not null,
  "approved_by" text null,
  "approved_reason" text null,
  "approved_at" timestamptz(3) null,
  "requires_user" boolean not null default false,
  "requires_case" boolean not null default false,
  "withheld_basis" text null,
  "revoked_at" timestamptz(3) null,
  "revoked_reason" text null,
  "created_at" timestamptz(3) not null default now()
);
comment on table "citygraph"."access_grant" is '授权 grants';
create index "access_grant_consumer" on "citygraph"."access_grant" ("consumer_id");
alter table "citygraph"."access_grant" add constraint "access_grant_code" unique ("code");
alter table "citygraph"."access_grant" add constraint "access_grant_second_approval" check (not approved_twice or (approved_by is not null and approved_by <> issued_by));
alter table "citygraph"."access_grant" add constraint "access_grant_divisions" check (cardinality(divisions) > 0);
alter table "citygraph"."access_grant" add constraint "access_grant_validity" check (valid_from < valid_until);

create table "citygraph"."access_grant_item" (
  "id" bigserial primary key,
  "grant_id" bigint not null,
  "coordinate" varchar(200) not null,
  "mode" varchar(10) not null
);
comment on table "citygraph"."access_grant_item" is '授权信息项 items of grants';
alter table "citygraph"."access_grant_item" add constraint "access_grant_item_key" unique ("grant_id", "coordinate", "mode");
alter table "citygraph"."access_grant_item" add constraint "access_grant_item_mode" check (mode in ('plain', 'masked', 'aggregate', 'match'));

create table "citygraph"."consumer_limit" (
  "id" bigserial primary key,
  "consumer_id" bigint not null,
  "rate" int null,
  "burst" int null,
  "concurrency" int null,
  "lookups" int null,
  "misses" int null,
  "reason" text not null,
  "set_at" timestamptz(3) not null
);
comment on table "citygraph"."consumer_limit" is '应用限额 limits of consumers';
alter table "citygraph"."consumer_limit" add constraint "consumer_limit_consumer" unique ("consumer_id");
alter table "citygraph"."consumer_limit" add constraint "consumer_limit_positive" check (rate >= 1 and burst >= 1 and concurrency >= 1 and lookups >= 1 and misses >= 1);

create table "statistics"."daily_use_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "uses" int null,
  "period" varchar(10) collate "C" not null,
  "period_level" varchar(5) collate "C" not null,
  "period_start" date null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."daily_use_statistic" is '逐日使用统计 DailyUseStatistic: use of libraries by day';
create index "daily_use_statistic_division_index" on "statistics"."daily_use_statistic" ("division");
create index "daily_use_statistic_uses_index" on "statistics"."daily_use_statistic" ("uses");
create index "daily_use_statistic_period_index" on "statistics"."daily_use_statistic" ("period");
create index "daily_use_statistic_period_level_index" on "statistics"."daily_use_statistic" ("period_level");
create index "daily_use_statistic_period_start_index" on "statistics"."daily_use_statistic" ("period_start");
create index "daily_use_statistic_suppressed_index" on "statistics"."daily_use_statistic" ("suppressed");
alter table "statistics"."daily_use_statistic" add constraint "daily_use_statistic_key" unique ("division", "period");

create table "ecology"."discharge_permit" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "permit_number" varchar(22) collate "C" not null,
  "holder_name" varchar(200) not null,
  "industry" varchar(3) collate "C" null,
  "management" varchar(12) collate "C" not null,
  "application" varchar(13) null,
  "issued_on" date not null,
  "valid_from" date not null,
  "valid_until" date not null,
  "issuing_authority" varchar(100) null,
  "gas_outlets" int null,
  "water_outlets" int null,
  "so2_limit" numeric(14,3) null,
  "nox_limit" numeric(14,3) null,
  "particulate_limit" numeric(14,3) null,
  "cod_limit" numeric(14,3) null,
  "status" varchar(10) collate "C" not null,
  "ended_on" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "ecology"."discharge_permit" is '排污许可证 DischargePermit: a permit to discharge pollutants';
create index "discharge_permit_legal_person_id_index" on "ecology"."discharge_permit" ("legal_person_id", "id");
create index "discharge_permit_legal_person_division_index" on "ecology"."discharge_permit" ("legal_person_division");
create index "discharge_permit_permit_number_index" on "ecology"."discharge_permit" ("permit_number");
create index "discharge_permit_industry_index" on "ecology"."discharge_permit" ("industry");
create index "discharge_permit_management_index" on "ecology"."discharge_permit" ("management");
create index "discharge_permit_issued_on_index" on "ecology"."discharge_permit" ("issued_on");
create index "discharge_permit_valid_until_index" on "ecology"."discharge_permit" ("valid_until");
create index "discharge_permit_status_index" on "ecology"."discharge_permit" ("status");
alter table "ecology"."discharge_permit" add constraint "discharge_permit_key" unique ("permit_number", "issued_on");

create table "citygraph"."distributed_table" (
  "name" varchar(130) not null,
  "spread_by" varchar(63) null,
  primary key ("name")
);
comment on table "citygraph"."distributed_table" is '分布式表 tables spread over several machines';

create table "natural_resources"."division" (
  "id" bigserial primary key,
  "code" varchar(6) collate "C" null,
  "name" varchar(30) collate "C" not null,
  "english_name" varchar(60) not null,
  "kind" varchar(8) collate "C" not null,
  "parent_code" varchar(6) null,
  "seat" varchar(30) not null,
  "area" numeric(9,2) null,
  "town_count" int null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "natural_resources"."division" is '行政区划 Division: the city, one of its districts or one of its banners';
create index "division_code_index" on "natural_resources"."division" ("code");
create index "division_name_index" on "natural_resources"."division" ("name");
create index "division_name_bigrams" on "natural_resources"."division" using gin (citygraph.bigrams("name"));
create index "division_kind_index" on "natural_resources"."division" ("kind");
alter table "natural_resources"."division" add constraint "division_key" unique ("code");

create table "population"."education_record" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "record_number" varchar(30) not null,
  "stage" varchar(2) collate "C" not null,
  "school_code" varchar(10) collate "C" null,
  "school_name" varchar(100) collate "C" not null,
  "major" varchar(100) null,
  "study_form" varchar(14) null,
  "school_years" int null,
  "grade" int null,
  "is_boarding" boolean null,
  "enrolled_on" date not null,
  "left_on" date null,
  "status" varchar(11) collate "C" not null,
  "attained_level" varchar(2) null,
  "degree" varchar(1) null,
  "certificate_number" varchar(30) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "population"."education_record" is '学籍与学历 EducationRecord: enrolment and graduation of a person at one stage';
create index "education_record_person_id_index" on "population"."education_record" ("person_id", "id");
create index "education_record_person_division_index" on "population"."education_record" ("person_division");
create index "education_record_stage_index" on "population"."education_record" ("stage");
create index "education_record_school_code_index" on "population"."education_record" ("school_code");
create index "education_record_school_name_index" on "population"."education_record" ("school_name");
create index "education_record_school_name_bigrams" on "population"."education_record" using gin (citygraph.bigrams("school_name"));
create index "education_record_enrolled_on_index" on "population"."education_record" ("enrolled_on");
create index "education_record_left_on_index" on "population"."education_record" ("left_on");
create index "education_record_status_index" on "population"."education_record" ("status");
alter table "population"."education_record" add constraint "education_record_key" unique ("record_number");

create table "statistics"."education_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "education_level" varchar(7) collate "C" not null,
  "persons" int null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."education_statistic" is '受教育程度统计 EducationStatistic: living registered residents by division and highest education level';
create index "education_statistic_division_index" on "statistics"."education_statistic" ("division");
create index "education_statistic_education_level_index" on "statistics"."education_statistic" ("education_level");
create index "education_statistic_persons_index" on "statistics"."education_statistic" ("persons");
create index "education_statistic_suppressed_index" on "statistics"."education_statistic" ("suppressed");
alter table "statistics"."education_statistic" add constraint "education_statistic_key" unique ("division", "education_level");

create table "emergency"."emergency_event" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "event_number" varchar(40) collate "C" not null,
  "title" varchar(200) collate "C" not null,
  "category" varchar(16) collate "C" not null,
  "type" varchar(60) collate "C" not null,
  "grade" varchar(13) collate "C" not null,
  "occurred_at" timestamptz(3) not null,
  "reported_at" timestamptz(3) null,
  "ended_at" timestamptz(3) null,
  "town" varchar(9) collate "C" null,
  "location" varchar(300) null,
  "description" varchar(1000) null,
  "cause" varchar(300) null,
  "deaths" int null,
  "missing" int null,
  "injured" int null,
  "affected" int null,
  "evacuated" int null,
  "direct_loss" numeric(20,2) null,
  "direct_loss_masked" text generated always as (case when "direct_loss" < 100 then '0..100' else '1' || repeat('0', length(trunc("direct_loss")::text) - 1) || '..1' || repeat('0', length(trunc("direct_loss")::text)) end) stored null,
  "response" varchar(7) null,
  "lead_department" varchar(100) null,
  "status" varchar(10) collate "C" not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "emergency"."emergency_event" is '突发事件 EmergencyEvent: an emergency in the city';
create index "emergency_event_division_index" on "emergency"."emergency_event" ("division");
create index "emergency_event_event_number_index" on "emergency"."emergency_event" ("event_number");
create index "emergency_event_title_index" on "emergency"."emergency_event" ("title");
create index "emergency_event_title_bigrams" on "emergency"."emergency_event" using gin (citygraph.bigrams("title"));
create index "emergency_event_category_index" on "emergency"."emergency_event" ("category");
create index "emergency_event_type_index" on "emergency"."emergency_event" ("type");
create index "emergency_event_grade_index" on "emergency"."emergency_event" ("grade");
create index "emergency_event_occurred_at_index" on "emergency"."emergency_event" ("occurred_at");
create index "emergency_event_town_index" on "emergency"."emergency_event" ("town");
create index "emergency_event_status_index" on "emergency"."emergency_event" ("status");
alter table "emergency"."emergency_event" add constraint "emergency_event_key" unique ("event_number");

create table "statistics"."emergency_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "category" varchar(16) collate "C" not null,
  "type" varchar(60) collate "C" not null,
  "events" int null,
  "period" varchar(10) collate "C" not null,
  "period_level" varchar(5) collate "C" not null,
  "period_start" date null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."emergency_statistic" is '突发事件统计 EmergencyStatistic: emergencies by division, month, category and type';
create index "emergency_statistic_division_index" on "statistics"."emergency_statistic" ("division");
create index "emergency_statistic_category_index" on "statistics"."emergency_statistic" ("category");
create index "emergency_statistic_type_index" on "statistics"."emergency_statistic" ("type");
create index "emergency_statistic_events_index" on "statistics"."emergency_statistic" ("events");
create index "emergency_statistic_period_index" on "statistics"."emergency_statistic" ("period");
create index "emergency_statistic_period_level_index" on "statistics"."emergency_statistic" ("period_level");
create index "emergency_statistic_period_start_index" on "statistics"."emergency_statistic" ("period_start");
create index "emergency_statistic_suppressed_index" on "statistics"."emergency_statistic" ("suppressed");
alter table "statistics"."emergency_statistic" add constraint "emergency_statistic_key" unique ("division", "period", "category", "type");

create table "emergency"."emergency_supply" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "store_code" varchar(40) collate "C" not null,
  "stock_number" varchar(40) not null,
  "store_name" varchar(200) collate "C" not null,
  "store_level" varchar(6) collate "C" null,
  "town" varchar(9) collate "C" null,
  "address" varchar(300) null,
  "address_masked" text generated always as (case when "address" is not null then division end) stored null,
  "supply_class" varchar(1) collate "C" not null,
  "name" varchar(100) collate "C" not null,
  "specification" varchar(100) null,
  "quantity" int not null,
  "quantity_unit" varchar(10) not null,
  "minimum_quantity" int null,
  "value" numeric(20,2) null,
  "value_masked" text generated always as (case when "value" < 100 then '0..100' else '1' || repeat('0', length(trunc("value")::text) - 1) || '..1' || repeat('0', length(trunc("value")::text)) end) stored null,
  "stored_on" date null,
  "expires_on" date null,
  "counted_on" date null,
  "condition" varchar(13) collate "C" not null,
  "keeper" varchar(100) null,
  "telephone" varchar(20) null,
  "telephone_masked" text generated always as (case when length("telephone") > 7 then left("telephone", 3) || '******' || right("telephone", 2) when "telephone" is not null then '***' end) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "emergency"."emergency_supply" is '应急物资 EmergencySupply: a stock of emergency supplies in a store';
create index "emergency_supply_division_index" on "emergency"."emergency_supply" ("division");
create index "emergency_supply_store_code_index" on "emergency"."emergency_supply" ("store_code");
create index "emergency_supply_store_name_index" on "emergency"."emergency_supply" ("store_name");
create index "emergency_supply_store_name_bigrams" on "emergency"."emergency_supply" using gin (citygraph.bigrams("store_name"));
create index "emergency_supply_store_level_index" on "emergency"."emergency_supply" ("store_level");
create index "emergency_supply_town_index" on "emergency"."emergency_supply" ("town");
create index "emergency_supply_supply_class_index" on "emergency"."emergency_supply" ("supply_class");
create index "emergency_supply_name_index" on "emergency"."emergency_supply" ("name");
create index "emergency_supply_name_bigrams" on "emergency"."emergency_supply" using gin (citygraph.bigrams("name"));
create index "emergency_supply_quantity_index" on "emergency"."emergency_supply" ("quantity");
create index "emergency_supply_expires_on_index" on "emergency"."emergency_supply" ("expires_on");
create index "emergency_supply_condition_index" on "emergency"."emergency_supply" ("condition");
alter table "emergency"."emergency_supply" add constraint "emergency_supply_key" unique ("store_code", "stock_number");

create table "citygraph"."emergency_switch" (
  "id" bigserial primary key,
  "scope" varchar(10) not null,
  "target" varchar(63) not null,
  "reason" text not null,
  "thrown_by" text not null,
  "thrown_at" timestamptz(3) not null,
  "lifted_by" text null,
  "lifted_at" timestamptz(3) null,
  "lifted_reason" text null
);
comment on table "citygraph"."emergency_switch" is '紧急开关 emergency switches';
create unique index "emergency_switch_in_force" on "citygraph"."emergency_switch" ("scope", "target") where lifted_at is null;
alter table "citygraph"."emergency_switch" add constraint "emergency_switch_scope" check (scope in ('consumer', 'grant', 'library', 'everything'));
alter table "citygraph"."emergency_switch" add constraint "emergency_switch_target" check ((scope = 'everything') = (target = ''));
alter table "citygraph"."emergency_switch" add constraint "emergency_switch_lifted" check ((lifted_at is null) = (lifted_by is null));

create table "population"."employment" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "legal_person_id" bigint null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "registration_number" varchar(30) not null,
  "form" varchar(14) collate "C" not null,
  "employer_name" varchar(200) collate "C" null,
  "industry" varchar(3) collate "C" null,
  "occupation_class" varchar(5) collate "C" null,
  "post" varchar(60) null,
  "contract_term" varchar(10) null,
  "contract_starts_on" date null,
  "contract_starts_on_masked" text generated always as (lpad((extract(year from "contract_starts_on")::int)::text, 4, '0')) stored null,
  "contract_ends_on" date null,
  "contract_ends_on_masked" text generated always as (lpad((extract(year from "contract_ends_on")::int)::text, 4, '0')) stored null,
  "monthly_wage" numeric(20,2) null,
  "monthly_wage_masked" text generated always as (case when "monthly_wage" < 100 then '0..100' else '1' || repeat('0', length(trunc("monthly_wage")::text) - 1) || '..1' || repeat('0', length(trunc("monthly_wage")::text)) end) stored null,
  "registered_on" date not null,
  "registered_on_masked" text generated always as (lpad((extract(year from "registered_on")::int)::text, 4, '0')) stored null,
  "ended_on" date null,
  "ended_on_masked" text generated always as (lpad((extract(year from "ended_on")::int)::text, 4, '0')) stored null,
  "status" varchar(6) collate "C" not null,
  "agency" varchar(100) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "population"."employment" is '就业失业登记 Employment: registration of employment or unemployment';
create index "employment_person_id_index" on "population"."employment" ("person_id", "id");
create index "employment_person_division_index" on "population"."employment" ("person_division");
create index "employment_legal_person_id_index" on "population"."employment" ("legal_person_id", "id");
create index "employment_form_index" on "population"."employment" ("form");
create index "employment_employer_name_index" on "population"."employment" ("employer_name");
create index "employment_employer_name_bigrams" on "population"."employment" using gin (citygraph.bigrams("employer_name"));
create index "employment_industry_index" on "population"."employment" ("industry");
create index "employment_occupation_class_index" on "population"."employment" ("occupation_class");
create index "employment_registered_on_index" on "population"."employment" ("registered_on");
create index "employment_status_index" on "population"."employment" ("status");
alter table "population"."employment" add constraint "employment_key" unique ("registration_number");

create table "statistics"."employment_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "industry" varchar(7) collate "C" not null,
  "registrations" int null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."employment_statistic" is '就业统计 EmploymentStatistic: persons with a registration of employment in force, by division of residence and industry';
create index "employment_statistic_division_index" on "statistics"."employment_statistic" ("division");
create index "employment_statistic_industry_index" on "statistics"."employment_statistic" ("industry");
create index "employment_statistic_registrations_index" on "statistics"."employment_statistic" ("registrations");
create index "employment_statistic_suppressed_index" on "statistics"."employment_statistic" ("suppressed");
alter table "statistics"."employment_statistic" add constraint "employment_statistic_key" unique ("division", "industry");

create table "statistics"."energy_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "industry" varchar(7) collate "C" not null,
  "industry_level" varchar(8) collate "C" not null,
  "reports" int null,
  "consumption" numeric(20,2) null,
  "average_consumption" numeric(20,2) null,
  "period" varchar(10) collate "C" not null,
  "period_level" varchar(5) collate "C" not null,
  "period_start" date null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."energy_statistic" is '能耗统计 EnergyStatistic: energy consumption of enterprises by division, year and industry';
create index "energy_statistic_division_index" on "statistics"."energy_statistic" ("division");
create index "energy_statistic_industry_index" on "statistics"."energy_statistic" ("industry");
create index "energy_statistic_industry_level_index" on "statistics"."energy_statistic" ("industry_level");
create index "energy_statistic_reports_index" on "statistics"."energy_statistic" ("reports");
create index "energy_statistic_period_index" on "statistics"."energy_statistic" ("period");
create index "energy_statistic_period_level_index" on "statistics"."energy_statistic" ("period_level");
create index "energy_statistic_period_start_index" on "statistics"."energy_statistic" ("period_start");
create index "energy_statistic_suppressed_index" on "statistics"."energy_statistic" ("suppressed");
alter table "statistics"."energy_statistic" add constraint "energy_statistic_key" unique ("division", "period", "industry");

create table "industry_energy"."energy_use" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "month" date not null,
  "industry" varchar(3) collate "C" null,
  "is_key_user" boolean not null,
  "electricity" numeric(16,2) null,
  "raw_coal" numeric(16,2) null,
  "natural_gas" numeric(16,2) null,
  "diesel" numeric(16,2) null,
  "heat" numeric(16,2) null,
  "water" numeric(16,2) null,
  "conversion_output" numeric(16,2) null,
  "consumption" numeric(16,2) not null,
  "consumption_of_year" numeric(16,2) not null,
  "year_on_year" numeric(10,2) null,
  "per_product" numeric(14,4) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "industry_energy"."energy_use" is '企业能耗月报 EnergyUse: the energy that an enterprise consumed in one month';
create index "energy_use_legal_person_id_index" on "industry_energy"."energy_use" ("legal_person_id", "id");
create index "energy_use_legal_person_division_index" on "industry_energy"."energy_use" ("legal_person_division");
create index "energy_use_month_index" on "industry_energy"."energy_use" ("month");
create index "energy_use_industry_index" on "industry_energy"."energy_use" ("industry");
create index "energy_use_is_key_user_index" on "industry_energy"."energy_use" ("is_key_user");
create index "energy_use_consumption_index" on "industry_energy"."energy_use" ("consumption");
alter table "industry_energy"."energy_use" add constraint "energy_use_key" unique ("legal_person_id", "month");

create table "legal_person"."enterprise" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "name" varchar(200) collate "C" not null,
  "kind" varchar(2) collate "C" null,
  "enterprise_type" varchar(3) collate "C" null,
  "industry" varchar(3) collate "C" null,
  "registered_capital" numeric(20,2) null,
  "capital_currency" varchar(3) null,
  "paid_in_capital" numeric(20,2) null,
  "paid_in_capital_masked" text generated always as (case when "paid_in_capital" < 100 then '0..100' else '1' || repeat('0', length(trunc("paid_in_capital")::text) - 1) || '..1' || repeat('0', length(trunc("paid_in_capital")::text)) end) stored null,
  "established_on" date null,
  "approved_on" date null,
  "term_ends_on" date null,
  "status" varchar(1) collate "C" null,
  "closed_on" date null,
  "town" varchar(9) collate "C" null,
  "address" varchar(300) null,
  "business_scope" varchar(4000) null,
  "registration_authority" varchar(100) null,
  "registration_region" varchar(6) null,
  "staff_count" int null,
  "telephone" varchar(20) null,
  "telephone_masked" text generated always as (case when length("telephone") > 7 then left("telephone", 3) || '******' || right("telephone", 2) when "telephone" is not null then '***' end) stored null,
  "email" varchar(100) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."enterprise" is '企业登记 Enterprise: registration of an enterprise, branch or individually-owned business';
create index "enterprise_legal_person_division_index" on "legal_person"."enterprise" ("legal_person_division");
create index "enterprise_name_index" on "legal_person"."enterprise" ("name");
create index "enterprise_name_bigrams" on "legal_person"."enterprise" using gin (citygraph.bigrams("name"));
create index "enterprise_kind_index" on "legal_person"."enterprise" ("kind");
create index "enterprise_enterprise_type_index" on "legal_person"."enterprise" ("enterprise_type");
create index "enterprise_industry_index" on "legal_person"."enterprise" ("industry");
create index "enterprise_registered_capital_index" on "legal_person"."enterprise" ("registered_capital");
create index "enterprise_established_on_index" on "legal_person"."enterprise" ("established_on");
create index "enterprise_status_index" on "legal_person"."enterprise" ("status");
create index "enterprise_town_index" on "legal_person"."enterprise" ("town");
alter table "legal_person"."enterprise" add constraint "enterprise_key" unique ("legal_person_id");

create table "credit"."enterprise_credit_record" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "record_number" varchar(40) collate "C" not null,
  "category" varchar(18) collate "C" not null,
  "nature" varchar(8) collate "C" not null,
  "title" varchar(200) collate "C" not null,
  "content" varchar(1000) null,
  "gravity" varchar(8) collate "C" null,
  "source" varchar(100) collate "C" not null,
  "document_number" varchar(100) collate "C" null,
  "amount" numeric(20,2) null,
  "amount_masked" text generated always as (case when "amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("amount")::text) - 1) || '..1' || repeat('0', length(trunc("amount")::text)) end) stored null,
  "occurred_on" date not null,
  "repair" varchar(11) null,
  "repaired_on" date null,
  "published_on" date not null,
  "published_until" date not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "credit"."enterprise_credit_record" is '法人信用记录 EnterpriseCreditRecord: a credit record of a legal person';
create index "enterprise_credit_record_legal_person_id_index" on "credit"."enterprise_credit_record" ("legal_person_id", "id");
create index "enterprise_credit_record_legal_person_division_index" on "credit"."enterprise_credit_record" ("legal_person_division");
create index "enterprise_credit_record_record_number_index" on "credit"."enterprise_credit_record" ("record_number");
create index "enterprise_credit_record_category_index" on "credit"."enterprise_credit_record" ("category");
create index "enterprise_credit_record_nature_index" on "credit"."enterprise_credit_record" ("nature");
create index "enterprise_credit_record_title_index" on "credit"."enterprise_credit_record" ("title");
create index "enterprise_credit_record_title_bigrams" on "credit"."enterprise_credit_record" using gin (citygraph.bigrams("title"));
create index "enterprise_credit_record_gravity_index" on "credit"."enterprise_credit_record" ("gravity");
create index "enterprise_credit_record_source_index" on "credit"."enterprise_credit_record" ("source");
create index "enterprise_credit_record_document_number_index" on "credit"."enterprise_credit_record" ("document_number");
create index "enterprise_credit_record_occurred_on_index" on "credit"."enterprise_credit_record" ("occurred_on");
create index "enterprise_credit_record_published_until_index" on "credit"."enterprise_credit_record" ("published_until");
alter table "credit"."enterprise_credit_record" add constraint "enterprise_credit_record_key" unique ("record_number");

create table "credit"."enterprise_credit_score" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "year" int not null,
  "score" int not null,
  "grade" varchar(9) collate "C" not null,
  "basic_points" int null,
  "finance_points" int null,
  "governance_points" int null,
  "compliance_points" int null,
  "responsibility_points" int null,
  "direct_cause" varchar(200) null,
  "change" int null,
  "model_version" varchar(40) null,
  "evaluator" varchar(100) null,
  "evaluated_on" date not null,
  "valid_until" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "credit"."enterprise_credit_score" is '法人公共信用综合评价 EnterpriseCreditScore: the public credit score of a legal person for a year';
create index "enterprise_credit_score_legal_person_id_index" on "credit"."enterprise_credit_score" ("legal_person_id", "id");
create index "enterprise_credit_score_legal_person_division_index" on "credit"."enterprise_credit_score" ("legal_person_division");
create index "enterprise_credit_score_year_index" on "credit"."enterprise_credit_score" ("year");
create index "enterprise_credit_score_score_index" on "credit"."enterprise_credit_score" ("score");
create index "enterprise_credit_score_grade_index" on "credit"."enterprise_credit_score" ("grade");
alter table "credit"."enterprise_credit_score" add constraint "enterprise_credit_score_key" unique ("legal_person_id", "year");

create table "credit"."enterprise_list_entry" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "entry_number" varchar(40) collate "C" not null,
  "kind" varchar(5) collate "C" not null,
  "list_name" varchar(100) collate "C" not null,
  "reason" varchar(500) not null,
  "legal_basis" varchar(300) null,
  "decision_number" varchar(100) null,
  "decided_by" varchar(100) collate "C" not null,
  "penalty_decision" varchar(100) null,
  "measures" varchar(500) null,
  "listed_on" date not null,
  "removed_on" date null,
  "removal_reason" varchar(200) null,
  "published_on" date not null,
  "published_until" date not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "credit"."enterprise_list_entry" is '法人红黑名单 EnterpriseListEntry: a legal person on a red or a black list';
create index "enterprise_list_entry_legal_person_id_index" on "credit"."enterprise_list_entry" ("legal_person_id", "id");
create index "enterprise_list_entry_legal_person_division_index" on "credit"."enterprise_list_entry" ("legal_person_division");
create index "enterprise_list_entry_entry_number_index" on "credit"."enterprise_list_entry" ("entry_number");
create index "enterprise_list_entry_kind_index" on "credit"."enterprise_list_entry" ("kind");
create index "enterprise_list_entry_list_name_index" on "credit"."enterprise_list_entry" ("list_name");
create index "enterprise_list_entry_decided_by_index" on "credit"."enterprise_list_entry" ("decided_by");
create index "enterprise_list_entry_listed_on_index" on "credit"."enterprise_list_entry" ("listed_on");
create index "enterprise_list_entry_published_until_index" on "credit"."enterprise_list_entry" ("published_until");
alter table "credit"."enterprise_list_entry" add constraint "enterprise_list_entry_key" unique ("entry_number");

create table "government_services"."enterprise_service_case" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "case_number" varchar(30) collate "C" not null,
  "item_code" varchar(31) collate "C" not null,
  "item_name" varchar(200) not null,
  "item_type" varchar(2) collate "C" null,
  "department" varchar(100) collate "C" null,
  "channel" varchar(8) null,
  "agent_name" varchar(100) null,
  "agent_name_masked" text generated always as (left("agent_name", 1) || '**') stored null,
  "agent_telephone" varchar(20) null,
  "agent_telephone_masked" text generated always as (case when length("agent_telephone") > 7 then left("agent_telephone", 3) || '******' || right("agent_telephone", 2) when "agent_telephone" is not null then '***' end) stored null,
  "applied_on" date not null,
  "accepted_on" date null,
  "promised_by" date null,
  "completed_on" date null,
  "status" varchar(11) collate "C" not null,
  "result" varchar(7) collate "C" null,
  "is_overdue" boolean null,
  "documents_spared" int null,
  "licence_number" varchar(60) null,
  "rating" varchar(1) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "government_services"."enterprise_service_case" is '法人办件 EnterpriseServiceCase: an application of a legal person for a service';
create index "enterprise_service_case_legal_person_id_index" on "government_services"."enterprise_service_case" ("legal_person_id", "id");
create index "enterprise_service_case_legal_person_division_index" on "government_services"."enterprise_service_case" ("legal_person_division");
create index "enterprise_service_case_case_number_index" on "government_services"."enterprise_service_case" ("case_number");
create index "enterprise_service_case_item_code_index" on "government_services"."enterprise_service_case" ("item_code");
create index "enterprise_service_case_item_type_index" on "government_services"."enterprise_service_case" ("item_type");
create index "enterprise_service_case_department_index" on "government_services"."enterprise_service_case" ("department");
create index "enterprise_service_case_applied_on_index" on "government_services"."enterprise_service_case" ("applied_on");
create index "enterprise_service_case_accepted_on_index" on "government_services"."enterprise_service_case" ("accepted_on");
create index "enterprise_service_case_completed_on_index" on "government_services"."enterprise_service_case" ("completed_on");
create index "enterprise_service_case_status_index" on "government_services"."enterprise_service_case" ("status");
create index "enterprise_service_case_result_index" on "government_services"."enterprise_service_case" ("result");
alter table "government_services"."enterprise_service_case" add constraint "enterprise_service_case_key" unique ("case_number");

create table "statistics"."enterprise_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "industry" varchar(7) collate "C" not null,
  "industry_level" varchar(8) collate "C" not null,
  "enterprises" int null,
  "capital_suppressed" boolean not null,
  "capital_sum" numeric(26,2) null,
  "capital_average" numeric(26,2) null,
  "capital_p25" numeric(26,2) null,
  "capital_p50" numeric(26,2) null,
  "capital_p75" numeric(26,2) null,
  "capital_p90" numeric(26,2) null,
  "period" varchar(10) collate "C" not null,
  "period_level" varchar(5) collate "C" not null,
  "period_start" date null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."enterprise_statistic" is '企业统计 EnterpriseStatistic: enterprises on the register by division, industry and year of establishment, with their registered capital';
create index "enterprise_statistic_division_index" on "statistics"."enterprise_statistic" ("division");
create index "enterprise_statistic_industry_index" on "statistics"."enterprise_statistic" ("industry");
create index "enterprise_statistic_industry_level_index" on "statistics"."enterprise_statistic" ("industry_level");
create index "enterprise_statistic_enterprises_index" on "statistics"."enterprise_statistic" ("enterprises");
create index "enterprise_statistic_capital_suppressed_index" on "statistics"."enterprise_statistic" ("capital_suppressed");
create index "enterprise_statistic_period_index" on "statistics"."enterprise_statistic" ("period");
create index "enterprise_statistic_period_level_index" on "statistics"."enterprise_statistic" ("period_level");
create index "enterprise_statistic_period_start_index" on "statistics"."enterprise_statistic" ("period_start");
create index "enterprise_statistic_suppressed_index" on "statistics"."enterprise_statistic" ("suppressed");
alter table "statistics"."enterprise_statistic" add constraint "enterprise_statistic_key" unique ("division", "period", "industry");

create table "legal_person"."enterprise_succession" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "successor_id" bigint null,
  "successor_division" varchar(6) collate "C" null,
  "successor_protected_until" date not null default '-infinity',
  "succession_number" varchar(20) not null,
  "successor_name" varchar(200) collate "C" not null,
  "kind" varchar(13) collate "C" not null,
  "effective_on" date not null,
  "announced_on" date null,
  "assumes_debts" boolean not null,
  "document_number" varchar(60) collate "C" null,
  "registration_authority" varchar(100) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."enterprise_succession" is '企业承继 EnterpriseSuccession: who succeeded an enterprise that was merged, divided or converted';
create index "enterprise_succession_legal_person_id_index" on "legal_person"."enterprise_succession" ("legal_person_id", "id");
create index "enterprise_succession_legal_person_division_index" on "legal_person"."enterprise_succession" ("legal_person_division");
create index "enterprise_succession_successor_id_index" on "legal_person"."enterprise_succession" ("successor_id", "id");
create index "enterprise_succession_successor_name_index" on "legal_person"."enterprise_succession" ("successor_name");
create index "enterprise_succession_successor_name_bigrams" on "legal_person"."enterprise_succession" using gin (citygraph.bigrams("successor_name"));
create index "enterprise_succession_kind_index" on "legal_person"."enterprise_succession" ("kind");
create index "enterprise_succession_effective_on_index" on "legal_person"."enterprise_succession" ("effective_on");
create index "enterprise_succession_document_number_index" on "legal_person"."enterprise_succession" ("document_number");
alter table "legal_person"."enterprise_succession" add constraint "enterprise_succession_key" unique ("legal_person_id", "succession_number");

create table "portrait"."enterprise_timeline_entry" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "happened_on" date not null,
  "kind" varchar(25) collate "C" not null,
  "title" varchar(400) not null,
  "reference" varchar(100) not null,
  "source_dataset" varchar(40) collate "C" not null,
  "edition" int not null,
  "published_until" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "portrait"."enterprise_timeline_entry" is '企业时间轴 EnterpriseTimelineEntry: one event in the time line of a legal person';
create index "enterprise_timeline_entry_legal_person_id_index" on "portrait"."enterprise_timeline_entry" ("legal_person_id", "id");
create index "enterprise_timeline_entry_legal_person_division_index" on "portrait"."enterprise_timeline_entry" ("legal_person_division");
create index "enterprise_timeline_entry_happened_on_index" on "portrait"."enterprise_timeline_entry" ("happened_on");
create index "enterprise_timeline_entry_kind_index" on "portrait"."enterprise_timeline_entry" ("kind");
create index "enterprise_timeline_entry_source_dataset_index" on "portrait"."enterprise_timeline_entry" ("source_dataset");
alter table "portrait"."enterprise_timeline_entry" add constraint "enterprise_timeline_entry_key" unique ("legal_person_id", "kind", "reference", "happened_on");

create table "statistics"."ethnic_group_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "ethnic_group" varchar(7) collate "C" not null,
  "persons" int null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."ethnic_group_statistic" is '民族人口统计 EthnicGroupStatistic: living registered residents by division and ethnic group, in three groups';
create index "ethnic_group_statistic_division_index" on "statistics"."ethnic_group_statistic" ("division");
create index "ethnic_group_statistic_ethnic_group_index" on "statistics"."ethnic_group_statistic" ("ethnic_group");
create index "ethnic_group_statistic_persons_index" on "statistics"."ethnic_group_statistic" ("persons");
create index "ethnic_group_statistic_suppressed_index" on "statistics"."ethnic_group_statistic" ("suppressed");
alter table "statistics"."ethnic_group_statistic" add constraint "ethnic_group_statistic_key" unique ("division", "ethnic_group");

create table "citygraph"."usage_footprint" (
  "id" serial primary key,
  "digest" bytea not null,
  "types" text[] not null
);
comment on table "citygraph"."usage_footprint" is '计划所及的坐标集合 what a plan touched';
alter table "citygraph"."usage_footprint" add constraint "usage_footprint_digest" unique ("digest");

create table "citygraph"."usage_footprint_item" (
  "footprint_id" int not null,
  "coordinate" text not null,
  "level" varchar(2) not null,
  "verdict" varchar(10) not null,
  primary key ("footprint_id", "coordinate", "level", "verdict")
);
comment on table "citygraph"."usage_footprint_item" is '坐标、分级与判定 coordinates with level and verdict';
create index "usage_footprint_item_coordinate" on "citygraph"."usage_footprint_item" ("coordinate");

create table "natural_resources"."forest_parcel" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "parcel_code" varchar(20) not null,
  "land_use" varchar(4) collate "C" not null,
  "area" numeric(12,4) not null,
  "ownership" varchar(10) null,
  "origin" varchar(7) null,
  "species" varchar(60) collate "C" null,
  "protection" varchar(23) collate "C" null,
  "cover" int null,
  "standing_stock" numeric(12,2) null,
  "hay_yield" numeric(10,2) null,
  "town" varchar(9) collate "C" null,
  "longitude" numeric(9,6) null,
  "latitude" numeric(9,6) null,
  "survey_year" int null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "natural_resources"."forest_parcel" is '林草地块 ForestParcel: a parcel of forest or grassland';
create index "forest_parcel_division_index" on "natural_resources"."forest_parcel" ("division");
create index "forest_parcel_land_use_index" on "natural_resources"."forest_parcel" ("land_use");
create index "forest_parcel_area_index" on "natural_resources"."forest_parcel" ("area");
create index "forest_parcel_species_index" on "natural_resources"."forest_parcel" ("species");
create index "forest_parcel_protection_index" on "natural_resources"."forest_parcel" ("protection");
create index "forest_parcel_town_index" on "natural_resources"."forest_parcel" ("town");
create index "forest_parcel_survey_year_index" on "natural_resources"."forest_parcel" ("survey_year");
alter table "natural_resources"."forest_parcel" add constraint "forest_parcel_key" unique ("parcel_code");

create table "citygraph"."gateway" (
  "id" bigserial primary key,
  "name" varchar(63) not null,
  "department" varchar(40) not null,
  "description" text not null,
  "consumers" text[] not null,
  "public_key" jsonb not null,
  "token_hash" bytea not null,
  "token_hint" varchar(8) not null,
  "token_expires_at" timestamptz(3) null,
  "previous_token_hash" bytea null,
  "previous_token_until" timestamptz(3) null,
  "addresses" text[] null,
  "status" varchar(10) not null default 'active',
  "suspended_reason" text null,
  "suspended_at" timestamptz(3) null,
  "created_at" timestamptz(3) not null default now()
);
comment on table "citygraph"."gateway" is '网关 gateways that forward consumers';
alter table "citygraph"."gateway" add constraint "gateway_previous_token_hash" unique ("previous_token_hash");
alter table "citygraph"."gateway" add constraint "gateway_token_hash" unique ("token_hash");
alter table "citygraph"."gateway" add constraint "gateway_name" unique ("name");
alter table "citygraph"."gateway" add constraint "gateway_status" check (status in ('active', 'suspended'));
alter table "citygraph"."gateway" add constraint "gateway_consumers" check (cardinality(consumers) > 0);
alter table "citygraph"."gateway" add constraint "gateway_addresses" check (cardinality(addresses) > 0);

create table "citygraph"."grant_use" (
  "grant_code" varchar(40) not null,
  "coordinate" varchar(200) not null,
  "last_used_at" timestamptz(3) not null,
  primary key ("grant_code", "coordinate")
);
comment on table "citygraph"."grant_use" is '授权使用情况 use of grants';

create table "natural_resources"."hazard_site" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "site_code" varchar(20) not null,
  "name" varchar(100) collate "C" not null,
  "kind" varchar(15) collate "C" not null,
  "danger" varchar(7) collate "C" not null,
  "stability" varchar(8) null,
  "cause" varchar(60) null,
  "threatened_households" int null,
  "threatened_people" int null,
  "threatened_property" numeric(14,2) null,
  "monitoring" varchar(11) null,
  "watcher" varchar(100) null,
  "watcher_masked" text generated always as (left("watcher", 1) || '**') stored null,
  "telephone" varchar(20) null,
  "telephone_masked" text generated always as (case when length("telephone") > 7 then left("telephone", 3) || '******' || right("telephone", 2) when "telephone" is not null then '***' end) stored null,
  "shelter" varchar(200) null,
  "town" varchar(9) collate "C" null,
  "longitude" numeric(9,6) null,
  "latitude" numeric(9,6) null,
  "found_on" date null,
  "status" varchar(15) collate "C" not null,
  "written_off_on" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "natural_resources"."hazard_site" is '地质灾害隐患点 HazardSite: a site of potential geological hazard';
create index "hazard_site_division_index" on "natural_resources"."hazard_site" ("division");
create index "hazard_site_name_index" on "natural_resources"."hazard_site" ("name");
create index "hazard_site_name_bigrams" on "natural_resources"."hazard_site" using gin (citygraph.bigrams("name"));
create index "hazard_site_kind_index" on "natural_resources"."hazard_site" ("kind");
create index "hazard_site_danger_index" on "natural_resources"."hazard_site" ("danger");
create index "hazard_site_town_index" on "natural_resources"."hazard_site" ("town");
create index "hazard_site_status_index" on "natural_resources"."hazard_site" ("status");
alter table "natural_resources"."hazard_site" add constraint "hazard_site_key" unique ("site_code");

create table "population"."health_file" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "file_number" varchar(17) collate "C" not null,
  "institution_name" varchar(200) null,
  "opened_on" date null,
  "opened_on_masked" text generated always as (lpad((extract(year from "opened_on")::int)::text, 4, '0')) stored null,
  "status" varchar(12) collate "C" not null,
  "family_doctor" varchar(100) null,
  "family_doctor_masked" text generated always as (left("family_doctor", 1) || '**') stored null,
  "is_contracted" boolean null,
  "abo_blood_type" varchar(1) null,
  "rh_blood_type" varchar(1) null,
  "height" numeric(4,1) null,
  "weight" numeric(4,1) null,
  "systolic_pressure" int null,
  "diastolic_pressure" int null,
  "has_hypertension" boolean null,
  "has_diabetes" boolean null,
  "drug_allergies" varchar(200) null,
  "disabilities" varchar(200) null,
  "smoking" varchar(7) null,
  "medical_payment" varchar(1) null,
  "last_checked_on" date null,
  "last_checked_on_masked" text generated always as (lpad((extract(year from "last_checked_on")::int)::text, 4, '0')) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "population"."health_file" is '居民健康档案摘要 HealthFile: summary of the health file of a resident';
create index "health_file_person_division_index" on "population"."health_file" ("person_division");
create index "health_file_file_number_index" on "population"."health_file" ("file_number");
create index "health_file_opened_on_index" on "population"."health_file" ("opened_on");
create index "health_file_status_index" on "population"."health_file" ("status");
alter table "population"."health_file" add constraint "health_file_key" unique ("person_id");

create table "portrait"."health_tag" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "tag" varchar(17) collate "C" not null,
  "since" date null,
  "since_masked" text generated always as (lpad((extract(year from "since")::int)::text, 4, '0')) stored null,
  "as_of" date not null,
  "as_of_masked" text generated always as (lpad((extract(year from "as_of")::int)::text, 4, '0')) stored null,
  "edition" int not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "portrait"."health_tag" is '健康标签 HealthTag: what primary care follows a person for';
create index "health_tag_person_id_index" on "portrait"."health_tag" ("person_id", "id");
create index "health_tag_person_division_index" on "portrait"."health_tag" ("person_division");
create index "health_tag_tag_index" on "portrait"."health_tag" ("tag");
alter table "portrait"."health_tag" add constraint "health_tag_key" unique ("person_id", "tag");

create table "population"."household_member" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "household_number" varchar(30) collate "C" not null,
  "is_head" boolean not null,
  "relation_to_head" varchar(1) not null,
  "head_name" varchar(100) null,
  "head_name_masked" text generated always as (left("head_name", 1) || '**') stored null,
  "member_count" int null,
  "town" varchar(9) collate "C" null,
  "household_address" varchar(300) null,
  "household_address_masked" text generated always as (case when "household_address" is not null then person_division end) stored null,
  "police_station" varchar(100) null,
  "joined_on" date null,
  "joined_on_masked" text generated always as (lpad((extract(year from "joined_on")::int)::text, 4, '0')) stored null,
  "join_reason" varchar(16) null,
  "left_on" date null,
  "left_on_masked" text generated always as (lpad((extract(year from "left_on")::int)::text, 4, '0')) stored null,
  "leave_reason" varchar(9) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "population"."household_member" is '家庭户成员 HouseholdMember: membership of a person in a registered household';
create index "household_member_person_division_index" on "population"."household_member" ("person_division");
create index "household_member_household_number_index" on "population"."household_member" ("household_number");
create index "household_member_is_head_index" on "population"."household_member" ("is_head");
create index "household_member_town_index" on "population"."household_member" ("town");
create index "household_member_joined_on_index" on "population"."household_member" ("joined_on");
alter table "population"."household_member" add constraint "household_member_key" unique ("person_id");

create table "citygraph"."usage_index_day" (
  "day" date not null,
  "leaves" bigint not null,
  primary key ("day")
);
comment on table "citygraph"."usage_index_day" is '每日索引进度 up to which leaf days have been indexed';

create table "citygraph"."usage_index" (
  "id" smallint not null default 1,
  "leaves" bigint not null,
  "uncounted" bigint not null,
  "counted_by_day" bigint not null,
  primary key ("id")
);
comment on table "citygraph"."usage_index" is '索引进度 how far the index goes';
alter table "citygraph"."usage_index" add constraint "usage_index_single" check (id = 1);

create table "economy"."indicator" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "indicator_code" varchar(30) not null,
  "name" varchar(100) collate "C" not null,
  "english_name" varchar(200) not null,
  "domain" varchar(17) collate "C" not null,
  "unit" varchar(40) not null,
  "department" varchar(26) collate "C" not null,
  "frequency" varchar(8) collate "C" not null,
  "nature" varchar(7) not null,
  "decimals" int not null,
  "definition" varchar(1000) null,
  "method" varchar(300) null,
  "started_on" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "economy"."indicator" is '经济指标 Indicator: an economic indicator and what it means';
create index "indicator_division_index" on "economy"."indicator" ("division");
create index "indicator_name_index" on "economy"."indicator" ("name");
create index "indicator_name_bigrams" on "economy"."indicator" using gin (citygraph.bigrams("name"));
create index "indicator_domain_index" on "economy"."indicator" ("domain");
create index "indicator_department_index" on "economy"."indicator" ("department");
create index "indicator_frequency_index" on "economy"."indicator" ("frequency");
create index "indicator_indicator_code_by_code_point" on "economy"."indicator" ("indicator_code" collate "C");
alter table "economy"."indicator" add constraint "indicator_key" unique ("indicator_code");

create table "economy"."indicator_value" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "indicator_code" varchar(30) collate "C" not null,
  "period_kind" varchar(8) collate "C" not null,
  "period" varchar(7) collate "C" not null,
  "period_ends_on" date not null,
  "value" numeric(24,4) not null,
  "value_of_year" numeric(24,4) null,
  "year_on_year" numeric(10,2) null,
  "state" varchar(11) not null,
  "published_on" date null,
  "source" varchar(200) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "economy"."indicator_value" is '经济指标值 IndicatorValue: the value of an indicator in one division and period';
create index "indicator_value_division_index" on "economy"."indicator_value" ("division");
create index "indicator_value_indicator_code_index" on "economy"."indicator_value" ("indicator_code");
create index "indicator_value_period_kind_index" on "economy"."indicator_value" ("period_kind");
create index "indicator_value_period_index" on "economy"."indicator_value" ("period");
create index "indicator_value_period_ends_on_index" on "economy"."indicator_value" ("period_ends_on");
alter table "economy"."indicator_value" add constraint "indicator_value_key" unique ("indicator_code", "division", "period_kind", "period");

create table "industry_energy"."industrial_site" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "site_code" varchar(20) not null,
  "name" varchar(200) collate "C" not null,
  "kind" varchar(24) collate "C" not null,
  "industry" varchar(3) collate "C" null,
  "product" varchar(10) collate "C" not null,
  "capacity" numeric(18,2) null,
  "unit" varchar(40) null,
  "reserves" numeric(14,2) null,
  "gas_grade" varchar(8) null,
  "is_above_scale" boolean not null,
  "staff_count" int null,
  "town" varchar(9) collate "C" null,
  "longitude" numeric(9,6) null,
  "latitude" numeric(9,6) null,
  "commissioned_on" date null,
  "status" varchar(13) collate "C" not null,
  "status_since" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "industry_energy"."industrial_site" is '矿山与工厂 IndustrialSite: a mine or plant of an enterprise';
create index "industrial_site_legal_person_id_index" on "industry_energy"."industrial_site" ("legal_person_id", "id");
create index "industrial_site_legal_person_division_index" on "industry_energy"."industrial_site" ("legal_person_division");
create index "industrial_site_name_index" on "industry_energy"."industrial_site" ("name");
create index "industrial_site_name_bigrams" on "industry_energy"."industrial_site" using gin (citygraph.bigrams("name"));
create index "industrial_site_kind_index" on "industry_energy"."industrial_site" ("kind");
create index "industrial_site_industry_index" on "industry_energy"."industrial_site" ("industry");
create index "industrial_site_product_index" on "industry_energy"."industrial_site" ("product");
create index "industrial_site_capacity_index" on "industry_energy"."industrial_site" ("capacity");
create index "industrial_site_is_above_scale_index" on "industry_energy"."industrial_site" ("is_above_scale");
create index "industrial_site_town_index" on "industry_energy"."industrial_site" ("town");
create index "industrial_site_status_index" on "industry_energy"."industrial_site" ("status");
create index "industrial_site_site_code_by_code_point" on "industry_energy"."industrial_site" ("site_code" collate "C");
alter table "industry_energy"."industrial_site" add constraint "industrial_site_key" unique ("site_code");

create table "legal_person"."inspection" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "inspection_number" varchar(60) collate "C" not null,
  "plan_name" varchar(200) null,
  "kind" varchar(17) collate "C" not null,
  "subject_matter" varchar(300) not null,
  "authority" varchar(100) collate "C" not null,
  "is_joint" boolean not null,
  "inspected_on" date not null,
  "inspectors" varchar(100) null,
  "inspectors_masked" text generated always as (left("inspectors", 1) || '**') stored null,
  "credit_risk" varchar(1) collate "C" null,
  "result" varchar(18) collate "C" not null,
  "finding" varchar(1000) null,
  "correct_by" date null,
  "corrected_on" date null,
  "penalty_decision" varchar(100) null,
  "published_on" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."inspection" is '监督检查 Inspection: an inspection of a legal person';
create index "inspection_legal_person_id_index" on "legal_person"."inspection" ("legal_person_id", "id");
create index "inspection_legal_person_division_index" on "legal_person"."inspection" ("legal_person_division");
create index "inspection_inspection_number_index" on "legal_person"."inspection" ("inspection_number");
create index "inspection_kind_index" on "legal_person"."inspection" ("kind");
create index "inspection_authority_index" on "legal_person"."inspection" ("authority");
create index "inspection_inspected_on_index" on "legal_person"."inspection" ("inspected_on");
create index "inspection_credit_risk_index" on "legal_person"."inspection" ("credit_risk");
create index "inspection_result_index" on "legal_person"."inspection" ("result");
alter table "legal_person"."inspection" add constraint "inspection_key" unique ("inspection_number");

create table "social_security"."insurance_benefit" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "payment_number" varchar(30) not null,
  "insurance_type" varchar(3) collate "C" not null,
  "benefit_type" varchar(17) collate "C" not null,
  "entitled_from" date null,
  "entitled_from_masked" text generated always as (lpad((extract(year from "entitled_from")::int)::text, 4, '0')) stored null,
  "period_starts_on" date not null,
  "period_starts_on_masked" text generated always as (lpad((extract(year from "period_starts_on")::int)::text, 4, '0')) stored null,
  "period_ends_on" date not null,
  "period_ends_on_masked" text generated always as (lpad((extract(year from "period_ends_on")::int)::text, 4, '0')) stored null,
  "months" int null,
  "monthly_amount" numeric(20,2) null,
  "monthly_amount_masked" text generated always as (case when "monthly_amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("monthly_amount")::text) - 1) || '..1' || repeat('0', length(trunc("monthly_amount")::text)) end) stored null,
  "amount" numeric(20,2) not null,
  "amount_masked" text generated always as (case when "amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("amount")::text) - 1) || '..1' || repeat('0', length(trunc("amount")::text)) end) stored null,
  "basic_amount" numeric(20,2) null,
  "basic_amount_masked" text generated always as (case when "basic_amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("basic_amount")::text) - 1) || '..1' || repeat('0', length(trunc("basic_amount")::text)) end) stored null,
  "account_amount" numeric(20,2) null,
  "account_amount_masked" text generated always as (case when "account_amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("account_amount")::text) - 1) || '..1' || repeat('0', length(trunc("account_amount")::text)) end) stored null,
  "paid_on" date null,
  "paid_on_masked" text generated always as (lpad((extract(year from "paid_on")::int)::text, 4, '0')) stored null,
  "bank_name" varchar(100) null,
  "status" varchar(9) collate "C" not null,
  "certified_on" date null,
  "certified_on_masked" text generated always as (lpad((extract(year from "certified_on")::int)::text, 4, '0')) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "social_security"."insurance_benefit" is '社会保险待遇发放 InsuranceBenefit: a benefit of social insurance paid for a period';
create index "insurance_benefit_person_id_index" on "social_security"."insurance_benefit" ("person_id", "id");
create index "insurance_benefit_person_division_index" on "social_security"."insurance_benefit" ("person_division");
create index "insurance_benefit_insurance_type_index" on "social_security"."insurance_benefit" ("insurance_type");
create index "insurance_benefit_benefit_type_index" on "social_security"."insurance_benefit" ("benefit_type");
create index "insurance_benefit_period_starts_on_index" on "social_security"."insurance_benefit" ("period_starts_on");
create index "insurance_benefit_period_ends_on_index" on "social_security"."insurance_benefit" ("period_ends_on");
create index "insurance_benefit_paid_on_index" on "social_security"."insurance_benefit" ("paid_on");
create index "insurance_benefit_status_index" on "social_security"."insurance_benefit" ("status");
alter table "social_security"."insurance_benefit" add constraint "insurance_benefit_key" unique ("payment_number");

create table "social_security"."insurance_contribution" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "employer_id" bigint null,
  "employer_division" varchar(6) collate "C" null,
  "employer_protected_until" date not null default '-infinity',
  "contribution_number" varchar(30) not null,
  "insurance_type" varchar(3) collate "C" not null,
  "kind" varchar(10) not null,
  "period_starts_on" date not null,
  "period_starts_on_masked" text generated always as (lpad((extract(year from "period_starts_on")::int)::text, 4, '0')) stored null,
  "period_ends_on" date not null,
  "period_ends_on_masked" text generated always as (lpad((extract(year from "period_ends_on")::int)::text, 4, '0')) stored null,
  "months" int not null,
  "base" numeric(20,2) null,
  "base_masked" text generated always as (case when "base" < 100 then '0..100' else '1' || repeat('0', length(trunc("base")::text) - 1) || '..1' || repeat('0', length(trunc("base")::text)) end) stored null,
  "employer_rate" numeric(5,2) null,
  "personal_rate" numeric(5,2) null,
  "employer_amount" numeric(20,2) null,
  "employer_amount_masked" text generated always as (case when "employer_amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("employer_amount")::text) - 1) || '..1' || repeat('0', length(trunc("employer_amount")::text)) end) stored null,
  "personal_amount" numeric(20,2) null,
  "personal_amount_masked" text generated always as (case when "personal_amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("personal_amount")::text) - 1) || '..1' || repeat('0', length(trunc("personal_amount")::text)) end) stored null,
  "subsidy_amount" numeric(20,2) null,
  "subsidy_amount_masked" text generated always as (case when "subsidy_amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("subsidy_amount")::text) - 1) || '..1' || repeat('0', length(trunc("subsidy_amount")::text)) end) stored null,
  "paid_on" date null,
  "paid_on_masked" text generated always as (lpad((extract(year from "paid_on")::int)::text, 4, '0')) stored null,
  "arrival" varchar(7) collate "C" not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "social_security"."insurance_contribution" is '社会保险缴费记录 InsuranceContribution: what was paid into a social insurance for a period';
create index "insurance_contribution_person_id_index" on "social_security"."insurance_contribution" ("person_id", "id");
create index "insurance_contribution_person_division_index" on "social_security"."insurance_contribution" ("person_division");
create index "insurance_contribution_employer_id_index" on "social_security"."insurance_contribution" ("employer_id", "id");
create index "insurance_contribution_insurance_type_index" on "social_security"."insurance_contribution" ("insurance_type");
create index "insurance_contribution_period_starts_on_index" on "social_security"."insurance_contribution" ("period_starts_on");
create index "insurance_contribution_period_ends_on_index" on "social_security"."insurance_contribution" ("period_ends_on");
create index "insurance_contribution_paid_on_index" on "social_security"."insurance_contribution" ("paid_on");
create index "insurance_contribution_arrival_index" on "social_security"."insurance_contribution" ("arrival");
alter table "social_security"."insurance_contribution" add constraint "insurance_contribution_key" unique ("contribution_number");

create table "social_security"."insurance_participation" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "employer_id" bigint null,
  "employer_division" varchar(6) collate "C" null,
  "employer_protected_until" date not null default '-infinity',
  "participation_number" varchar(30) not null,
  "personal_number" varchar(20) collate "C" not null,
  "insurance_type" varchar(3) collate "C" not null,
  "capacity" varchar(8) collate "C" null,
  "employer_name" varchar(200) null,
  "first_insured_on" date null,
  "first_insured_on_masked" text generated always as (lpad((extract(year from "first_insured_on")::int)::text, 4, '0')) stored null,
  "insured_on" date not null,
  "insured_on_masked" text generated always as (lpad((extract(year from "insured_on")::int)::text, 4, '0')) stored null,
  "ended_on" date null,
  "ended_on_masked" text generated always as (lpad((extract(year from "ended_on")::int)::text, 4, '0')) stored null,
  "status" varchar(9) collate "C" not null,
  "contribution_base" numeric(20,2) null,
  "contribution_base_masked" text generated always as (case when "contribution_base" < 100 then '0..100' else '1' || repeat('0', length(trunc("contribution_base")::text) - 1) || '..1' || repeat('0', length(trunc("contribution_base")::text)) end) stored null,
  "months_paid" int null,
  "account_balance" numeric(20,2) null,
  "account_balance_masked" text generated always as (case when "account_balance" < 100 then '0..100' else '1' || repeat('0', length(trunc("account_balance")::text) - 1) || '..1' || repeat('0', length(trunc("account_balance")::text)) end) stored null,
  "agency" varchar(100) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "social_security"."insurance_participation" is '社会保险参保登记 InsuranceParticipation: registration of a person in a social insurance';
create index "insurance_participation_person_id_index" on "social_security"."insurance_participation" ("person_id", "id");
create index "insurance_participation_person_division_index" on "social_security"."insurance_participation" ("person_division");
create index "insurance_participation_employer_id_index" on "social_security"."insurance_participation" ("employer_id", "id");
create index "insurance_participation_personal_number_index" on "social_security"."insurance_participation" ("personal_number");
create index "insurance_participation_insurance_type_index" on "social_security"."insurance_participation" ("insurance_type");
create index "insurance_participation_capacity_index" on "social_security"."insurance_participation" ("capacity");
create index "insurance_participation_insured_on_index" on "social_security"."insurance_participation" ("insured_on");
create index "insurance_participation_status_index" on "social_security"."insurance_participation" ("status");
alter table "social_security"."insurance_participation" add constraint "insurance_participation_key" unique ("participation_number");

create table "statistics"."insurance_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "insurance_type" varchar(7) collate "C" not null,
  "participations" int null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."insurance_statistic" is '社会保险参保统计 InsuranceStatistic: registrations in social insurance not ended, by division of residence and kind of insurance';
create index "insurance_statistic_division_index" on "statistics"."insurance_statistic" ("division");
create index "insurance_statistic_insurance_type_index" on "statistics"."insurance_statistic" ("insurance_type");
create index "insurance_statistic_participations_index" on "statistics"."insurance_statistic" ("participations");
create index "insurance_statistic_suppressed_index" on "statistics"."insurance_statistic" ("suppressed");
alter table "statistics"."insurance_statistic" add constraint "insurance_statistic_key" unique ("division", "insurance_type");

create table "citygraph"."usage_leaf" (
  "leaf_index" bigint not null,
  "record_id" uuid not null,
  "occurred_at" timestamptz(3) not null,
  "commitment" bytea not null,
  primary key ("leaf_index")
);
comment on table "citygraph"."usage_leaf" is '树叶 leaves of the tree';
alter table "citygraph"."usage_leaf" add constraint "usage_leaf_record" unique ("record_id");

create table "citygraph"."legal_person_credential" (
  "id" bigserial primary key,
  "consumer_id" bigint not null,
  "subject_id" bigint not null,
  "reason" text not null,
  "bound_by" text not null,
  "bound_at" timestamptz(3) not null
);
comment on table "citygraph"."legal_person_credential" is '法人凭证 credentials of legal persons';
alter table "citygraph"."legal_person_credential" add constraint "legal_person_credential_consumer" unique ("consumer_id");

create table "statistics"."library_use_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "department" varchar(26) collate "C" not null,
  "library" varchar(40) collate "C" not null,
  "uses" int null,
  "period" varchar(10) collate "C" not null,
  "period_level" varchar(5) collate "C" not null,
  "period_start" date null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."library_use_statistic" is '资源库使用统计 LibraryUseStatistic: use of libraries by month and department';
create index "library_use_statistic_division_index" on "statistics"."library_use_statistic" ("division");
create index "library_use_statistic_department_index" on "statistics"."library_use_statistic" ("department");
create index "library_use_statistic_library_index" on "statistics"."library_use_statistic" ("library");
create index "library_use_statistic_uses_index" on "statistics"."library_use_statistic" ("uses");
create index "library_use_statistic_period_index" on "statistics"."library_use_statistic" ("period");
create index "library_use_statistic_period_level_index" on "statistics"."library_use_statistic" ("period_level");
create index "library_use_statistic_period_start_index" on "statistics"."library_use_statistic" ("period_start");
create index "library_use_statistic_suppressed_index" on "statistics"."library_use_statistic" ("suppressed");
alter table "statistics"."library_use_statistic" add constraint "library_use_statistic_key" unique ("division", "period", "department", "library");

create table "legal_person"."licence" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "decision_number" varchar(100) collate "C" not null,
  "decision_title" varchar(200) null,
  "certificate_name" varchar(200) collate "C" not null,
  "certificate_number" varchar(100) collate "C" null,
  "kind" varchar(12) collate "C" null,
  "content" varchar(2000) null,
  "decided_on" date not null,
  "valid_from" date not null,
  "valid_until" date null,
  "authority" varchar(100) collate "C" not null,
  "status" varchar(9) collate "C" not null,
  "ended_on" date null,
  "case_number" varchar(60) null,
  "remark" varchar(200) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."licence" is '行政许可 Licence: a decision that grants an administrative licence';
create index "licence_legal_person_id_index" on "legal_person"."licence" ("legal_person_id", "id");
create index "licence_legal_person_division_index" on "legal_person"."licence" ("legal_person_division");
create index "licence_decision_number_index" on "legal_person"."licence" ("decision_number");
create index "licence_certificate_name_index" on "legal_person"."licence" ("certificate_name");
create index "licence_certificate_name_bigrams" on "legal_person"."licence" using gin (citygraph.bigrams("certificate_name"));
create index "licence_certificate_number_index" on "legal_person"."licence" ("certificate_number");
create index "licence_kind_index" on "legal_person"."licence" ("kind");
create index "licence_decided_on_index" on "legal_person"."licence" ("decided_on");
create index "licence_valid_until_index" on "legal_person"."licence" ("valid_until");
create index "licence_authority_index" on "legal_person"."licence" ("authority");
create index "licence_status_index" on "legal_person"."licence" ("status");
alter table "legal_person"."licence" add constraint "licence_key" unique ("decision_number");

create table "population"."marriage_registration" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "spouse_id" bigint null,
  "spouse_division" varchar(6) collate "C" null,
  "spouse_protected_until" date not null default '-infinity',
  "certificate_number" varchar(30) collate "C" not null,
  "business_type" varchar(17) collate "C" not null,
  "registered_on" date not null,
  "registered_on_masked" text generated always as (lpad((extract(year from "registered_on")::int)::text, 4, '0')) stored null,
  "side" varchar(7) null,
  "status_before" varchar(2) null,
  "status_after" varchar(2) null,
  "spouse_name" varchar(100) null,
  "spouse_name_masked" text generated always as (left("spouse_name", 1) || '**') stored null,
  "spouse_nationality" varchar(3) null,
  "registration_authority" varchar(100) null,
  "authority_region" varchar(6) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "population"."marriage_registration" is '婚姻登记 MarriageRegistration: a marriage or divorce, for one of its sides';
create index "marriage_registration_person_id_index" on "population"."marriage_registration" ("person_id", "id");
create index "marriage_registration_person_division_index" on "population"."marriage_registration" ("person_division");
create index "marriage_registration_spouse_id_index" on "population"."marriage_registration" ("spouse_id", "id");
create index "marriage_registration_certificate_number_index" on "population"."marriage_registration" ("certificate_number");
create index "marriage_registration_business_type_index" on "population"."marriage_registration" ("business_type");
create index "marriage_registration_registered_on_index" on "population"."marriage_registration" ("registered_on");
alter table "population"."marriage_registration" add constraint "marriage_registration_key" unique ("certificate_number", "person_id");

create table "healthcare"."medical_institution" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "institution_code" varchar(22) collate "C" not null,
  "name" varchar(200) collate "C" not null,
  "kind" varchar(16) collate "C" null,
  "grade" varchar(2) collate "C" null,
  "ownership" varchar(10) collate "C" null,
  "is_non_profit" boolean null,
  "bed_count" int null,
  "medical_staff_count" int null,
  "subjects" varchar(1000) null,
  "town" varchar(9) collate "C" null,
  "address" varchar(300) null,
  "telephone" varchar(20) null,
  "is_insurance_designated" boolean null,
  "has_vaccination_clinic" boolean null,
  "licensed_from" date null,
  "licensed_until" date null,
  "status" varchar(9) collate "C" not null,
  "person_in_charge" varchar(100) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "healthcare"."medical_institution" is '医疗机构 MedicalInstitution: a licensed medical institution';
create index "medical_institution_division_index" on "healthcare"."medical_institution" ("division");
create index "medical_institution_institution_code_index" on "healthcare"."medical_institution" ("institution_code");
create index "medical_institution_name_index" on "healthcare"."medical_institution" ("name");
create index "medical_institution_name_bigrams" on "healthcare"."medical_institution" using gin (citygraph.bigrams("name"));
create index "medical_institution_kind_index" on "healthcare"."medical_institution" ("kind");
create index "medical_institution_grade_index" on "healthcare"."medical_institution" ("grade");
create index "medical_institution_ownership_index" on "healthcare"."medical_institution" ("ownership");
create index "medical_institution_bed_count_index" on "healthcare"."medical_institution" ("bed_count");
create index "medical_institution_town_index" on "healthcare"."medical_institution" ("town");
create index "medical_institution_licensed_until_index" on "healthcare"."medical_institution" ("licensed_until");
create index "medical_institution_status_index" on "healthcare"."medical_institution" ("status");
alter table "healthcare"."medical_institution" add constraint "medical_institution_key" unique ("institution_code");

create table "healthcare"."medical_visit" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "visit_number" varchar(40) not null,
  "institution_code" varchar(22) not null,
  "institution_name" varchar(200) null,
  "department" varchar(60) null,
  "visit_type" varchar(11) collate "C" null,
  "visited_on" date not null,
  "visited_on_masked" text generated always as (lpad((extract(year from "visited_on")::int)::text, 4, '0')) stored null,
  "discharged_on" date null,
  "discharged_on_masked" text generated always as (lpad((extract(year from "discharged_on")::int)::text, 4, '0')) stored null,
  "diagnosis" varchar(5) null,
  "diagnosis_masked" text generated always as (left("diagnosis", 1) || '**') stored null,
  "diagnosis_text" varchar(200) null,
  "physician" varchar(100) null,
  "physician_masked" text generated always as (left("physician", 1) || '**') stored null,
  "total_cost" numeric(20,2) null,
  "total_cost_masked" text generated always as (case when "total_cost" < 100 then '0..100' else '1' || repeat('0', length(trunc("total_cost")::text) - 1) || '..1' || repeat('0', length(trunc("total_cost")::text)) end) stored null,
  "insurance_paid" numeric(20,2) null,
  "insurance_paid_masked" text generated always as (case when "insurance_paid" < 100 then '0..100' else '1' || repeat('0', length(trunc("insurance_paid")::text) - 1) || '..1' || repeat('0', length(trunc("insurance_paid")::text)) end) stored null,
  "outcome" varchar(9) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "healthcare"."medical_visit" is '就诊记录 MedicalVisit: a visit to a medical institution';
create index "medical_visit_person_id_index" on "healthcare"."medical_visit" ("person_id", "id");
create index "medical_visit_person_division_index" on "healthcare"."medical_visit" ("person_division");
create index "medical_visit_visit_type_index" on "healthcare"."medical_visit" ("visit_type");
create index "medical_visit_visited_on_index" on "healthcare"."medical_visit" ("visited_on");
alter table "healthcare"."medical_visit" add constraint "medical_visit_key" unique ("institution_code", "visit_number");

create table "statistics"."medical_visit_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "visits" int null,
  "period" varchar(10) collate "C" not null,
  "period_level" varchar(5) collate "C" not null,
  "period_start" date null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."medical_visit_statistic" is '就诊统计 MedicalVisitStatistic: medical visits by division of the patient''s residence and month';
create index "medical_visit_statistic_division_index" on "statistics"."medical_visit_statistic" ("division");
create index "medical_visit_statistic_visits_index" on "statistics"."medical_visit_statistic" ("visits");
create index "medical_visit_statistic_period_index" on "statistics"."medical_visit_statistic" ("period");
create index "medical_visit_statistic_period_level_index" on "statistics"."medical_visit_statistic" ("period_level");
create index "medical_visit_statistic_period_start_index" on "statistics"."medical_visit_statistic" ("period_start");
create index "medical_visit_statistic_suppressed_index" on "statistics"."medical_visit_statistic" ("suppressed");
alter table "statistics"."medical_visit_statistic" add constraint "medical_visit_statistic_key" unique ("division", "period");

create table "ecology"."monitoring_station" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "station_code" varchar(20) not null,
  "name" varchar(100) collate "C" not null,
  "medium" varchar(13) collate "C" not null,
  "control" varchar(8) collate "C" null,
  "air_zone" varchar(1) null,
  "water_body" varchar(60) null,
  "target_class" varchar(1) null,
  "is_automatic" boolean not null,
  "items" varchar(300) null,
  "town" varchar(9) null,
  "longitude" numeric(9,6) null,
  "latitude" numeric(9,6) null,
  "started_on" date null,
  "status" varchar(9) not null,
  "operator" varchar(200) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "ecology"."monitoring_station" is '环境监测站点 MonitoringStation: a station of ambient air or a section of surface water';
create index "monitoring_station_division_index" on "ecology"."monitoring_station" ("division");
create index "monitoring_station_name_index" on "ecology"."monitoring_station" ("name");
create index "monitoring_station_name_bigrams" on "ecology"."monitoring_station" using gin (citygraph.bigrams("name"));
create index "monitoring_station_medium_index" on "ecology"."monitoring_station" ("medium");
create index "monitoring_station_control_index" on "ecology"."monitoring_station" ("control");
create index "monitoring_station_station_code_by_code_point" on "ecology"."monitoring_station" ("station_code" collate "C");
alter table "ecology"."monitoring_station" add constraint "monitoring_station_key" unique ("station_code");

create table "legal_person"."officer" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "person_id" bigint null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "officer_number" varchar(20) not null,
  "name" varchar(100) not null,
  "name_masked" text generated always as (left("name", 1) || '**') stored null,
  "position" varchar(18) collate "C" null,
  "is_legal_representative" boolean not null,
  "appointed_on" date null,
  "left_on" date null,
  "appointed_by" varchar(60) null,
  "telephone" varchar(20) null,
  "telephone_masked" text generated always as (case when length("telephone") > 7 then left("telephone", 3) || '******' || right("telephone", 2) when "telephone" is not null then '***' end) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."officer" is '主要人员 Officer: a principal officer of a legal person';
create index "officer_legal_person_id_index" on "legal_person"."officer" ("legal_person_id", "id");
create index "officer_legal_person_division_index" on "legal_person"."officer" ("legal_person_division");
create index "officer_person_id_index" on "legal_person"."officer" ("person_id", "id");
create index "officer_position_index" on "legal_person"."officer" ("position");
create index "officer_is_legal_representative_index" on "legal_person"."officer" ("is_legal_representative");
create index "officer_appointed_on_index" on "legal_person"."officer" ("appointed_on");
alter table "legal_person"."officer" add constraint "officer_key" unique ("legal_person_id", "officer_number");

create table "citygraph"."official" (
  "id" bigserial primary key,
  "name" varchar(63) not null,
  "role" varchar(20) not null,
  "department" varchar(40) not null,
  "token_hash" bytea not null,
  "token_hint" varchar(8) not null,
  "token_expires_at" timestamptz(3) null,
  "previous_token_hash" bytea null,
  "previous_token_until" timestamptz(3) null,
  "created_at" timestamptz(3) not null default now()
);
comment on table "citygraph"."official" is '管理人员 officials';
alter table "citygraph"."official" add constraint "official_previous_token_hash" unique ("previous_token_hash");
alter table "citygraph"."official" add constraint "official_token_hash" unique ("token_hash");
alter table "citygraph"."official" add constraint "official_name" unique ("name");
alter table "citygraph"."official" add constraint "official_role" check (role in ('steward', 'operator', 'auditor', 'security-officer', 'supervisor'));

create table "citygraph"."official_suspension" (
  "name" varchar(120) not null,
  "reason" text not null,
  "suspended_at" timestamptz(3) not null,
  primary key ("name")
);
comment on table "citygraph"."official_suspension" is '暂停的管理人员 suspended officials';

create table "population"."parent_child" (
  "id" bigserial primary key,
  "child_id" bigint not null,
  "child_division" varchar(6) collate "C" null,
  "child_protected_until" date not null default '-infinity',
  "parent_id" bigint not null,
  "parent_division" varchar(6) collate "C" null,
  "parent_protected_until" date not null default '-infinity',
  "role" varchar(6) collate "C" not null,
  "kind" varchar(8) not null,
  "birth_order" int null,
  "is_only_child" boolean null,
  "is_guardian" boolean null,
  "is_same_household" boolean null,
  "evidence" varchar(20) null,
  "birth_certificate_number" varchar(12) null,
  "registered_on" date null,
  "registered_on_masked" text generated always as (lpad((extract(year from "registered_on")::int)::text, 4, '0')) stored null,
  "police_station" varchar(100) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "population"."parent_child" is '亲子关系 ParentChild: a child and one of its parents';
create index "parent_child_child_id_index" on "population"."parent_child" ("child_id", "id");
create index "parent_child_child_division_index" on "population"."parent_child" ("child_division");
create index "parent_child_parent_id_index" on "population"."parent_child" ("parent_id", "id");
create index "parent_child_role_index" on "population"."parent_child" ("role");
create index "parent_child_registered_on_index" on "population"."parent_child" ("registered_on");
alter table "population"."parent_child" add constraint "parent_child_key" unique ("child_id", "parent_id");

create table "legal_person"."penalty" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "decision_number" varchar(100) collate "C" not null,
  "violation" varchar(100) collate "C" not null,
  "facts" varchar(2000) not null,
  "severity" varchar(8) collate "C" null,
  "legal_basis" varchar(500) not null,
  "kind" varchar(2) collate "C" not null,
  "content" varchar(1000) null,
  "fine_amount" numeric(20,2) null,
  "confiscated_amount" numeric(20,2) null,
  "revoked_certificate" varchar(200) null,
  "legal_representative" varchar(100) null,
  "legal_representative_masked" text generated always as (left("legal_representative", 1) || '**') stored null,
  "decided_on" date not null,
  "authority" varchar(100) collate "C" not null,
  "case_officers" varchar(100) null,
  "case_officers_masked" text generated always as (left("case_officers", 1) || '**') stored null,
  "enforcement" varchar(14) null,
  "performed_on" date null,
  "repaired_on" date null,
  "published_on" date not null,
  "published_until" date not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."penalty" is '行政处罚 Penalty: a decision on an administrative penalty of a legal person';
create index "penalty_legal_person_id_index" on "legal_person"."penalty" ("legal_person_id", "id");
create index "penalty_legal_person_division_index" on "legal_person"."penalty" ("legal_person_division");
create index "penalty_decision_number_index" on "legal_person"."penalty" ("decision_number");
create index "penalty_violation_index" on "legal_person"."penalty" ("violation");
create index "penalty_violation_bigrams" on "legal_person"."penalty" using gin (citygraph.bigrams("violation"));
create index "penalty_severity_index" on "legal_person"."penalty" ("severity");
create index "penalty_kind_index" on "legal_person"."penalty" ("kind");
create index "penalty_fine_amount_index" on "legal_person"."penalty" ("fine_amount");
create index "penalty_decided_on_index" on "legal_person"."penalty" ("decided_on");
create index "penalty_authority_index" on "legal_person"."penalty" ("authority");
create index "penalty_published_until_index" on "legal_person"."penalty" ("published_until");
alter table "legal_person"."penalty" add constraint "penalty_key" unique ("decision_number");

create table "credit"."person_credit_record" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "record_number" varchar(40) not null,
  "category" varchar(18) collate "C" not null,
  "nature" varchar(8) collate "C" not null,
  "title" varchar(200) not null,
  "content" varchar(1000) null,
  "gravity" varchar(8) collate "C" null,
  "source" varchar(100) not null,
  "document_number" varchar(100) collate "C" null,
  "amount" numeric(20,2) null,
  "amount_masked" text generated always as (case when "amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("amount")::text) - 1) || '..1' || repeat('0', length(trunc("amount")::text)) end) stored null,
  "occurred_on" date not null,
  "occurred_on_masked" text generated always as (lpad((extract(year from "occurred_on")::int)::text, 4, '0')) stored null,
  "repair" varchar(11) null,
  "repaired_on" date null,
  "repaired_on_masked" text generated always as (lpad((extract(year from "repaired_on")::int)::text, 4, '0')) stored null,
  "published_on" date not null,
  "published_on_masked" text generated always as (lpad((extract(year from "published_on")::int)::text, 4, '0')) stored null,
  "published_until" date not null,
  "published_until_masked" text generated always as (lpad((extract(year from "published_until")::int)::text, 4, '0')) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "credit"."person_credit_record" is '自然人信用记录 PersonCreditRecord: a credit record of a person';
create index "person_credit_record_person_id_index" on "credit"."person_credit_record" ("person_id", "id");
create index "person_credit_record_person_division_index" on "credit"."person_credit_record" ("person_division");
create index "person_credit_record_category_index" on "credit"."person_credit_record" ("category");
create index "person_credit_record_nature_index" on "credit"."person_credit_record" ("nature");
create index "person_credit_record_gravity_index" on "credit"."person_credit_record" ("gravity");
create index "person_credit_record_document_number_index" on "credit"."person_credit_record" ("document_number");
create index "person_credit_record_occurred_on_index" on "credit"."person_credit_record" ("occurred_on");
create index "person_credit_record_published_until_index" on "credit"."person_credit_record" ("published_until");
alter table "credit"."person_credit_record" add constraint "person_credit_record_key" unique ("record_number");

create table "credit"."person_credit_score" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "year" int not null,
  "score" int not null,
  "grade" varchar(9) collate "C" not null,
  "compliance_points" int null,
  "history_points" int null,
  "stability_points" int null,
  "community_points" int null,
  "direct_cause" varchar(200) null,
  "change" int null,
  "consented_on" date not null,
  "consented_on_masked" text generated always as (lpad((extract(year from "consented_on")::int)::text, 4, '0')) stored null,
  "model_version" varchar(40) null,
  "evaluated_on" date not null,
  "evaluated_on_masked" text generated always as (lpad((extract(year from "evaluated_on")::int)::text, 4, '0')) stored null,
  "valid_until" date null,
  "valid_until_masked" text generated always as (lpad((extract(year from "valid_until")::int)::text, 4, '0')) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "credit"."person_credit_score" is '自然人信用评分 PersonCreditScore: the credit score of a person for a year';
create index "person_credit_score_person_id_index" on "credit"."person_credit_score" ("person_id", "id");
create index "person_credit_score_person_division_index" on "credit"."person_credit_score" ("person_division");
create index "person_credit_score_year_index" on "credit"."person_credit_score" ("year");
create index "person_credit_score_score_index" on "credit"."person_credit_score" ("score");
create index "person_credit_score_grade_index" on "credit"."person_credit_score" ("grade");
alter table "credit"."person_credit_score" add constraint "person_credit_score_key" unique ("person_id", "year");

create table "credit"."person_list_entry" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "entry_number" varchar(40) not null,
  "kind" varchar(5) collate "C" not null,
  "list_name" varchar(100) collate "C" not null,
  "reason" varchar(500) not null,
  "legal_basis" varchar(300) null,
  "decision_number" varchar(100) collate "C" null,
  "decided_by" varchar(100) not null,
  "measures" varchar(500) null,
  "listed_on" date not null,
  "listed_on_masked" text generated always as (lpad((extract(year from "listed_on")::int)::text, 4, '0')) stored null,
  "removed_on" date null,
  "removed_on_masked" text generated always as (lpad((extract(year from "removed_on")::int)::text, 4, '0')) stored null,
  "removal_reason" varchar(200) null,
  "published_on" date not null,
  "published_on_masked" text generated always as (lpad((extract(year from "published_on")::int)::text, 4, '0')) stored null,
  "published_until" date not null,
  "published_until_masked" text generated always as (lpad((extract(year from "published_until")::int)::text, 4, '0')) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "credit"."person_list_entry" is '自然人红黑名单 PersonListEntry: a person on a red or a black list';
create index "person_list_entry_person_id_index" on "credit"."person_list_entry" ("person_id", "id");
create index "person_list_entry_person_division_index" on "credit"."person_list_entry" ("person_division");
create index "person_list_entry_kind_index" on "credit"."person_list_entry" ("kind");
create index "person_list_entry_list_name_index" on "credit"."person_list_entry" ("list_name");
create index "person_list_entry_decision_number_index" on "credit"."person_list_entry" ("decision_number");
create index "person_list_entry_listed_on_index" on "credit"."person_list_entry" ("listed_on");
create index "person_list_entry_published_until_index" on "credit"."person_list_entry" ("published_until");
alter table "credit"."person_list_entry" add constraint "person_list_entry_key" unique ("entry_number");

create table "government_services"."person_service_case" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "case_number" varchar(30) collate "C" not null,
  "item_code" varchar(31) collate "C" not null,
  "item_name" varchar(200) not null,
  "item_type" varchar(2) collate "C" null,
  "department" varchar(100) collate "C" null,
  "channel" varchar(8) null,
  "is_by_agent" boolean null,
  "applied_on" date not null,
  "applied_on_masked" text generated always as (lpad((extract(year from "applied_on")::int)::text, 4, '0')) stored null,
  "accepted_on" date null,
  "accepted_on_masked" text generated always as (lpad((extract(year from "accepted_on")::int)::text, 4, '0')) stored null,
  "promised_by" date null,
  "promised_by_masked" text generated always as (lpad((extract(year from "promised_by")::int)::text, 4, '0')) stored null,
  "completed_on" date null,
  "completed_on_masked" text generated always as (lpad((extract(year from "completed_on")::int)::text, 4, '0')) stored null,
  "status" varchar(11) collate "C" not null,
  "result" varchar(7) collate "C" null,
  "is_overdue" boolean null,
  "documents_spared" int null,
  "licence_number" varchar(60) null,
  "rating" varchar(1) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "government_services"."person_service_case" is '个人办件 PersonServiceCase: an application of a person for a service';
create index "person_service_case_person_id_index" on "government_services"."person_service_case" ("person_id", "id");
create index "person_service_case_person_division_index" on "government_services"."person_service_case" ("person_division");
create index "person_service_case_case_number_index" on "government_services"."person_service_case" ("case_number");
create index "person_service_case_item_code_index" on "government_services"."person_service_case" ("item_code");
create index "person_service_case_item_type_index" on "government_services"."person_service_case" ("item_type");
create index "person_service_case_department_index" on "government_services"."person_service_case" ("department");
create index "person_service_case_applied_on_index" on "government_services"."person_service_case" ("applied_on");
create index "person_service_case_accepted_on_index" on "government_services"."person_service_case" ("accepted_on");
create index "person_service_case_completed_on_index" on "government_services"."person_service_case" ("completed_on");
create index "person_service_case_status_index" on "government_services"."person_service_case" ("status");
create index "person_service_case_result_index" on "government_services"."person_service_case" ("result");
alter table "government_services"."person_service_case" add constraint "person_service_case_key" unique ("case_number");

create table "portrait"."person_tag" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "tag" varchar(7) collate "C" not null,
  "since" date null,
  "since_masked" text generated always as (lpad((extract(year from "since")::int)::text, 4, '0')) stored null,
  "as_of" date not null,
  "as_of_masked" text generated always as (lpad((extract(year from "as_of")::int)::text, 4, '0')) stored null,
  "edition" int not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "portrait"."person_tag" is '人口标签 PersonTag: what a person is by age, and by the register of enterprises';
create index "person_tag_person_id_index" on "portrait"."person_tag" ("person_id", "id");
create index "person_tag_person_division_index" on "portrait"."person_tag" ("person_division");
create index "person_tag_tag_index" on "portrait"."person_tag" ("tag");
alter table "portrait"."person_tag" add constraint "person_tag_key" unique ("person_id", "tag");

create table "citygraph"."usage_plan_footprint" (
  "plan_hash" bytea not null,
  "footprint_id" int not null,
  primary key ("plan_hash")
);
comment on table "citygraph"."usage_plan_footprint" is '计划与坐标集合 footprints of plans';

create table "citygraph"."policy_version" (
  "id" smallint not null default 1,
  "version" bigint not null,
  "changed_at" timestamptz(3) not null,
  primary key ("id")
);
comment on table "citygraph"."policy_version" is '策略版本 version of the policy';
alter table "citygraph"."policy_version" add constraint "policy_version_single" check (id = 1);

create table "ecology"."pollution_source" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "source_code" varchar(22) not null,
  "name" varchar(200) collate "C" not null,
  "industry" varchar(3) collate "C" null,
  "is_key_for_air" boolean not null,
  "is_key_for_water" boolean not null,
  "is_key_for_soil" boolean not null,
  "is_key_for_risk" boolean not null,
  "pollutants" varchar(200) null,
  "treatment" varchar(200) null,
  "is_monitored" boolean not null,
  "so2_emission" numeric(14,3) null,
  "nox_emission" numeric(14,3) null,
  "particulate_emission" numeric(14,3) null,
  "cod_discharge" numeric(14,3) null,
  "town" varchar(9) collate "C" null,
  "longitude" numeric(9,6) null,
  "latitude" numeric(9,6) null,
  "status" varchar(9) collate "C" not null,
  "closed_on" date null,
  "contact" varchar(100) null,
  "contact_masked" text generated always as (left("contact", 1) || '**') stored null,
  "telephone" varchar(20) null,
  "telephone_masked" text generated always as (case when length("telephone") > 7 then left("telephone", 3) || '******' || right("telephone", 2) when "telephone" is not null then '***' end) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "ecology"."pollution_source" is '污染源 PollutionSource: a stationary source of pollution';
create index "pollution_source_legal_person_id_index" on "ecology"."pollution_source" ("legal_person_id", "id");
create index "pollution_source_legal_person_division_index" on "ecology"."pollution_source" ("legal_person_division");
create index "pollution_source_name_index" on "ecology"."pollution_source" ("name");
create index "pollution_source_name_bigrams" on "ecology"."pollution_source" using gin (citygraph.bigrams("name"));
create index "pollution_source_industry_index" on "ecology"."pollution_source" ("industry");
create index "pollution_source_is_key_for_air_index" on "ecology"."pollution_source" ("is_key_for_air");
create index "pollution_source_is_key_for_water_index" on "ecology"."pollution_source" ("is_key_for_water");
create index "pollution_source_is_key_for_soil_index" on "ecology"."pollution_source" ("is_key_for_soil");
create index "pollution_source_town_index" on "ecology"."pollution_source" ("town");
create index "pollution_source_status_index" on "ecology"."pollution_source" ("status");
create index "pollution_source_source_code_by_code_point" on "ecology"."pollution_source" ("source_code" collate "C");
alter table "ecology"."pollution_source" add constraint "pollution_source_key" unique ("source_code");

create table "statistics"."population_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "town" varchar(9) collate "C" not null,
  "sex" varchar(7) collate "C" not null,
  "age" varchar(7) collate "C" not null,
  "age_level" varchar(10) collate "C" not null,
  "persons" int null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."population_statistic" is '人口统计 PopulationStatistic: living registered residents by division, town, sex and age';
create index "population_statistic_division_index" on "statistics"."population_statistic" ("division");
create index "population_statistic_town_index" on "statistics"."population_statistic" ("town");
create index "population_statistic_sex_index" on "statistics"."population_statistic" ("sex");
create index "population_statistic_age_index" on "statistics"."population_statistic" ("age");
create index "population_statistic_age_level_index" on "statistics"."population_statistic" ("age_level");
create index "population_statistic_persons_index" on "statistics"."population_statistic" ("persons");
create index "population_statistic_suppressed_index" on "statistics"."population_statistic" ("suppressed");
alter table "statistics"."population_statistic" add constraint "population_statistic_key" unique ("division", "town", "sex", "age");

create table "industry_energy"."production" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "site_code" varchar(20) collate "C" not null,
  "month" date not null,
  "product" varchar(10) collate "C" not null,
  "unit" varchar(40) null,
  "output" numeric(18,2) not null,
  "output_of_year" numeric(18,2) not null,
  "year_on_year" numeric(10,2) null,
  "utilisation" numeric(6,2) null,
  "sales" numeric(18,2) null,
  "stock" numeric(18,2) null,
  "output_value" numeric(20,2) null,
  "output_value_masked" text generated always as (case when "output_value" < 100 then '0..100' else '1' || repeat('0', length(trunc("output_value")::text) - 1) || '..1' || repeat('0', length(trunc("output_value")::text)) end) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "industry_energy"."production" is '产量月报 Production: the output of a mine or plant in one month';
create index "production_legal_person_id_index" on "industry_energy"."production" ("legal_person_id", "id");
create index "production_legal_person_division_index" on "industry_energy"."production" ("legal_person_division");
create index "production_site_code_index" on "industry_energy"."production" ("site_code");
create index "production_month_index" on "industry_energy"."production" ("month");
create index "production_product_index" on "industry_energy"."production" ("product");
create index "production_output_index" on "industry_energy"."production" ("output");
alter table "industry_energy"."production" add constraint "production_key" unique ("site_code", "month");

create table "citygraph"."usage_queue" (
  "id" bigserial primary key,
  "record_ids" uuid[] not null,
  "occurred_at" timestamptz(3)[] not null,
  "commitments" bytea null
);
comment on table "citygraph"."usage_queue" is '待入树记录 batches of records that wait for their leaf';

create table "citygraph"."regrading" (
  "id" bigserial primary key,
  "coordinate" varchar(200) not null,
  "level" varchar(2) not null,
  "sharing" varchar(13) not null,
  "open" varchar(18) not null,
  "category" varchar(9) not null,
  "before_level" varchar(2) not null,
  "before_sharing" varchar(13) not null,
  "before_open" varchar(18) not null,
  "before_category" varchar(9) not null,
  "declared_level" varchar(2) not null,
  "declared_sharing" varchar(13) not null,
  "declared_open" varchar(18) not null,
  "declared_category" varchar(9) not null,
  "laxer" boolean not null,
  "status" varchar(10) not null,
  "reason" text not null,
  "made_by" text not null,
  "made_at" timestamptz(3) not null,
  "decided_by" text null,
  "decided_at" timestamptz(3) null,
  "decided_reason" text null
);
comment on table "citygraph"."regrading" is '分级调整 re-gradings';
create unique index "regrading_proposed" on "citygraph"."regrading" ("coordinate") where status = 'proposed';
create unique index "regrading_in_force" on "citygraph"."regrading" ("coordinate") where status = 'in-force';
alter table "citygraph"."regrading" add constraint "regrading_two_persons" check (status not in ('in-force', 'superseded') or not laxer or (decided_by is not null and decided_by <> made_by));
alter table "citygraph"."regrading" add constraint "regrading_status" check (status in ('proposed', 'in-force', 'superseded', 'rejected'));

create table "population"."resident" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "name" varchar(100) collate "C" not null,
  "name_masked" text generated always as (left("name", 1) || '**') stored null,
  "former_name" varchar(100) null,
  "former_name_masked" text generated always as (left("former_name", 1) || '**') stored null,
  "sex" varchar(1) collate "C" null,
  "birth_date" date null,
  "birth_date_masked" text generated always as (lpad((extract(year from "birth_date")::int)::text, 4, '0')) stored null,
  "ethnic_group" varchar(2) null,
  "birthplace" varchar(100) null,
  "native_place" varchar(100) null,
  "marital_status" varchar(2) null,
  "education_level" varchar(2) null,
  "occupation" varchar(60) null,
  "household_number" varchar(30) collate "C" null,
  "household_type" varchar(10) null,
  "relation_to_head" varchar(1) null,
  "town" varchar(9) collate "C" null,
  "address" varchar(300) null,
  "address_masked" text generated always as (case when "address" is not null then person_division end) stored null,
  "registered_address" varchar(300) null,
  "registered_address_masked" text generated always as (case when "registered_address" is not null then person_division end) stored null,
  "telephone" varchar(20) null,
  "telephone_masked" text generated always as (case when length("telephone") > 7 then left("telephone", 3) || '******' || right("telephone", 2) when "telephone" is not null then '***' end) stored null,
  "status" varchar(9) collate "C" not null,
  "status_since" date null,
  "status_since_masked" text generated always as (lpad((extract(year from "status_since")::int)::text, 4, '0')) stored null,
  "moved_in_on" date null,
  "moved_in_on_masked" text generated always as (lpad((extract(year from "moved_in_on")::int)::text, 4, '0')) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "population"."resident" is '户籍人口 Resident: household registration of a person';
create index "resident_person_division_index" on "population"."resident" ("person_division");
create index "resident_name_index" on "population"."resident" ("name");
create index "resident_name_bigrams" on "population"."resident" using gin (citygraph.bigrams("name"));
create index "resident_sex_index" on "population"."resident" ("sex");
create index "resident_birth_date_index" on "population"."resident" ("birth_date");
create index "resident_household_number_index" on "population"."resident" ("household_number");
create index "resident_town_index" on "population"."resident" ("town");
create index "resident_status_index" on "population"."resident" ("status");
alter table "population"."resident" add constraint "resident_key" unique ("person_id");

create table "portrait"."risk_part" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "part" varchar(19) collate "C" not null,
  "fact_count" int not null,
  "latest_on" date null,
  "latest_on_masked" text generated always as (lpad((extract(year from "latest_on")::int)::text, 4, '0')) stored null,
  "raw_value" numeric(10,4) not null,
  "weight" numeric(6,2) not null,
  "cap" numeric(6,2) not null,
  "contribution" numeric(6,2) not null,
  "source_dataset" varchar(40) not null,
  "explanation_zh" varchar(300) not null,
  "explanation_en" varchar(300) not null,
  "model_version" varchar(20) not null,
  "edition" int not null,
  "published_until" date null,
  "published_until_masked" text generated always as (lpad((extract(year from "published_until")::int)::text, 4, '0')) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "portrait"."risk_part" is '企业风险评分项 RiskPart: one part of the risk score of a legal person, explained';
create index "risk_part_legal_person_id_index" on "portrait"."risk_part" ("legal_person_id", "id");
create index "risk_part_legal_person_division_index" on "portrait"."risk_part" ("legal_person_division");
create index "risk_part_part_index" on "portrait"."risk_part" ("part");
create index "risk_part_contribution_index" on "portrait"."risk_part" ("contribution");
alter table "portrait"."risk_part" add constraint "risk_part_key" unique ("legal_person_id", "part");

create table "portrait"."risk_score" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "score" numeric(5,2) not null,
  "grade" varchar(8) collate "C" not null,
  "part_count" int not null,
  "model_version" varchar(20) not null,
  "as_of" date not null,
  "as_of_masked" text generated always as (lpad((extract(year from "as_of")::int)::text, 4, '0')) stored null,
  "edition" int not null,
  "published_until" date null,
  "published_until_masked" text generated always as (lpad((extract(year from "published_until")::int)::text, 4, '0')) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "portrait"."risk_score" is '企业风险评分 RiskScore: how much speaks against a legal person, as a number with its model';
create index "risk_score_legal_person_division_index" on "portrait"."risk_score" ("legal_person_division");
create index "risk_score_score_index" on "portrait"."risk_score" ("score");
create index "risk_score_grade_index" on "portrait"."risk_score" ("grade");
alter table "portrait"."risk_score" add constraint "risk_score_key" unique ("legal_person_id");

create table "natural_resources"."road" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "section_code" varchar(20) not null,
  "route_number" varchar(10) collate "C" not null,
  "name" varchar(100) collate "C" not null,
  "highway_class" varchar(1) collate "C" not null,
  "grade" varchar(10) collate "C" null,
  "start_place" varchar(100) null,
  "end_place" varchar(100) null,
  "length" numeric(9,3) null,
  "width" numeric(6,2) null,
  "lanes" int null,
  "design_speed" int null,
  "surface" varchar(7) null,
  "condition" varchar(9) collate "C" null,
  "is_tolled" boolean not null,
  "opened_on" date null,
  "maintainer" varchar(100) null,
  "start_longitude" numeric(9,6) null,
  "start_latitude" numeric(9,6) null,
  "end_longitude" numeric(9,6) null,
  "end_latitude" numeric(9,6) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "natural_resources"."road" is '公路路段 Road: a section of a highway in one division';
create index "road_division_index" on "natural_resources"."road" ("division");
create index "road_route_number_index" on "natural_resources"."road" ("route_number");
create index "road_name_index" on "natural_resources"."road" ("name");
create index "road_name_bigrams" on "natural_resources"."road" using gin (citygraph.bigrams("name"));
create index "road_highway_class_index" on "natural_resources"."road" ("highway_class");
create index "road_grade_index" on "natural_resources"."road" ("grade");
create index "road_condition_index" on "natural_resources"."road" ("condition");
alter table "natural_resources"."road" add constraint "road_key" unique ("section_code");

create table "citygraph"."scope_to_copy" (
  "subject_id" bigint not null,
  "since" timestamptz(3) not null default now(),
  primary key ("subject_id")
);
comment on table "citygraph"."scope_to_copy" is '待同步的主体范围 scopes to be copied to other databases';

create table "statistics"."service_case_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "item_type" varchar(7) collate "C" not null,
  "cases" int null,
  "period" varchar(10) collate "C" not null,
  "period_level" varchar(5) collate "C" not null,
  "period_start" date null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."service_case_statistic" is '办件统计 ServiceCaseStatistic: applications for government services by division, month and type of item';
create index "service_case_statistic_division_index" on "statistics"."service_case_statistic" ("division");
create index "service_case_statistic_item_type_index" on "statistics"."service_case_statistic" ("item_type");
create index "service_case_statistic_cases_index" on "statistics"."service_case_statistic" ("cases");
create index "service_case_statistic_period_index" on "statistics"."service_case_statistic" ("period");
create index "service_case_statistic_period_level_index" on "statistics"."service_case_statistic" ("period_level");
create index "service_case_statistic_period_start_index" on "statistics"."service_case_statistic" ("period_start");
create index "service_case_statistic_suppressed_index" on "statistics"."service_case_statistic" ("suppressed");
alter table "statistics"."service_case_statistic" add constraint "service_case_statistic_key" unique ("division", "period", "item_type");

create table "statistics"."service_channel_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "applicant" varchar(12) collate "C" not null,
  "channel" varchar(8) collate "C" not null,
  "cases" int null,
  "period" varchar(10) collate "C" not null,
  "period_level" varchar(5) collate "C" not null,
  "period_start" date null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."service_channel_statistic" is '办件渠道统计 ServiceChannelStatistic: applications for government services by division, year, applicant and channel';
create index "service_channel_statistic_division_index" on "statistics"."service_channel_statistic" ("division");
create index "service_channel_statistic_applicant_index" on "statistics"."service_channel_statistic" ("applicant");
create index "service_channel_statistic_channel_index" on "statistics"."service_channel_statistic" ("channel");
create index "service_channel_statistic_cases_index" on "statistics"."service_channel_statistic" ("cases");
create index "service_channel_statistic_period_index" on "statistics"."service_channel_statistic" ("period");
create index "service_channel_statistic_period_level_index" on "statistics"."service_channel_statistic" ("period_level");
create index "service_channel_statistic_period_start_index" on "statistics"."service_channel_statistic" ("period_start");
create index "service_channel_statistic_suppressed_index" on "statistics"."service_channel_statistic" ("suppressed");
alter table "statistics"."service_channel_statistic" add constraint "service_channel_statistic_key" unique ("division", "period", "applicant", "channel");

create table "government_services"."service_item" (
  "id" bigserial primary key,
  "item_code" varchar(31) collate "C" not null,
  "name" varchar(200) collate "C" not null,
  "item_type" varchar(2) collate "C" not null,
  "department" varchar(100) collate "C" not null,
  "applicant_kind" varchar(12) collate "C" not null,
  "handling" varchar(9) null,
  "statutory_days" int null,
  "promised_days" int null,
  "visits_needed" int null,
  "online_depth" varchar(10) collate "C" null,
  "has_fee" boolean null,
  "legal_basis" varchar(1000) null,
  "materials" varchar(2000) null,
  "result_name" varchar(100) null,
  "telephone" varchar(20) null,
  "effective_on" date null,
  "status" varchar(9) collate "C" not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "government_services"."service_item" is '政务服务事项 ServiceItem: a service that the government gives on application';
create index "service_item_item_code_index" on "government_services"."service_item" ("item_code");
create index "service_item_name_index" on "government_services"."service_item" ("name");
create index "service_item_name_bigrams" on "government_services"."service_item" using gin (citygraph.bigrams("name"));
create index "service_item_item_type_index" on "government_services"."service_item" ("item_type");
create index "service_item_department_index" on "government_services"."service_item" ("department");
create index "service_item_applicant_kind_index" on "government_services"."service_item" ("applicant_kind");
create index "service_item_promised_days_index" on "government_services"."service_item" ("promised_days");
create index "service_item_online_depth_index" on "government_services"."service_item" ("online_depth");
create index "service_item_effective_on_index" on "government_services"."service_item" ("effective_on");
create index "service_item_status_index" on "government_services"."service_item" ("status");
alter table "government_services"."service_item" add constraint "service_item_key" unique ("item_code");

create table "citygraph"."usage_shape" (
  "id" serial primary key,
  "digest" bytea not null,
  "kind" varchar(10) not null,
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "department" text null,
  "grants" text[] not null,
  "purpose" text null,
  "outcome" varchar(12) not null,
  "error_codes" text[] not null,
  "footprint_id" int null,
  "records" bigint not null,
  "first_at" timestamptz(3) not null,
  "last_at" timestamptz(3) not null
);
comment on table "citygraph"."usage_shape" is '使用记录的共同部分 what many records have in common';
alter table "citygraph"."usage_shape" add constraint "usage_shape_digest" unique ("digest");

create table "legal_person"."shareholder" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "person_id" bigint null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "holder_legal_person_id" bigint null,
  "holder_legal_person_division" varchar(6) collate "C" null,
  "holder_legal_person_protected_until" date not null default '-infinity',
  "holder_number" varchar(20) not null,
  "name" varchar(200) collate "C" not null,
  "name_masked" text generated always as (left("name", 1) || '**') stored null,
  "kind" varchar(18) collate "C" not null,
  "share_percent" numeric(7,4) not null,
  "subscribed_amount" numeric(20,2) null,
  "subscribed_form" varchar(21) null,
  "subscribed_until" date null,
  "paid_amount" numeric(20,2) null,
  "paid_amount_masked" text generated always as (case when "paid_amount" < 100 then '0..100' else '1' || repeat('0', length(trunc("paid_amount")::text) - 1) || '..1' || repeat('0', length(trunc("paid_amount")::text)) end) stored null,
  "paid_form" varchar(21) null,
  "paid_on" date null,
  "currency" varchar(3) null,
  "is_controlling" boolean not null,
  "is_pledged" boolean not null,
  "held_since" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."shareholder" is '股东及出资 Shareholder: a shareholder of a company, or a contributing member of a cooperative';
create index "shareholder_legal_person_id_index" on "legal_person"."shareholder" ("legal_person_id", "id");
create index "shareholder_legal_person_division_index" on "legal_person"."shareholder" ("legal_person_division");
create index "shareholder_person_id_index" on "legal_person"."shareholder" ("person_id", "id");
create index "shareholder_holder_legal_person_id_index" on "legal_person"."shareholder" ("holder_legal_person_id", "id");
create index "shareholder_name_index" on "legal_person"."shareholder" ("name");
create index "shareholder_name_bigrams" on "legal_person"."shareholder" using gin (citygraph.bigrams("name"));
create index "shareholder_kind_index" on "legal_person"."shareholder" ("kind");
create index "shareholder_share_percent_index" on "legal_person"."shareholder" ("share_percent");
create index "shareholder_is_controlling_index" on "legal_person"."shareholder" ("is_controlling");
create index "shareholder_held_since_index" on "legal_person"."shareholder" ("held_since");
alter table "legal_person"."shareholder" add constraint "shareholder_key" unique ("legal_person_id", "holder_number");

create table "legal_person"."social_organisation" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "name" varchar(200) collate "C" not null,
  "kind" varchar(2) collate "C" null,
  "industry" varchar(3) collate "C" null,
  "legal_representative" varchar(100) null,
  "legal_representative_masked" text generated always as (left("legal_representative", 1) || '**') stored null,
  "supervisor" varchar(100) null,
  "registration_authority" varchar(100) null,
  "registered_funds" numeric(20,2) null,
  "activity_scope" varchar(2000) null,
  "activity_area" varchar(100) null,
  "established_on" date null,
  "certificate_valid_from" date null,
  "certificate_valid_until" date null,
  "status" varchar(1) collate "C" null,
  "closed_on" date null,
  "assessment_grade" varchar(2) collate "C" null,
  "assessment_valid_until" date null,
  "is_charity" boolean null,
  "may_raise_funds" boolean null,
  "member_count" int null,
  "staff_count" int null,
  "town" varchar(9) collate "C" null,
  "address" varchar(300) null,
  "telephone" varchar(20) null,
  "telephone_masked" text generated always as (case when length("telephone") > 7 then left("telephone", 3) || '******' || right("telephone", 2) when "telephone" is not null then '***' end) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."social_organisation" is '社会组织登记 SocialOrganisation: registration of an association, private non-enterprise unit or foundation';
create index "social_organisation_legal_person_division_index" on "legal_person"."social_organisation" ("legal_person_division");
create index "social_organisation_name_index" on "legal_person"."social_organisation" ("name");
create index "social_organisation_name_bigrams" on "legal_person"."social_organisation" using gin (citygraph.bigrams("name"));
create index "social_organisation_kind_index" on "legal_person"."social_organisation" ("kind");
create index "social_organisation_industry_index" on "legal_person"."social_organisation" ("industry");
create index "social_organisation_established_on_index" on "legal_person"."social_organisation" ("established_on");
create index "social_organisation_certificate_valid_until_index" on "legal_person"."social_organisation" ("certificate_valid_until");
create index "social_organisation_status_index" on "legal_person"."social_organisation" ("status");
create index "social_organisation_assessment_grade_index" on "legal_person"."social_organisation" ("assessment_grade");
create index "social_organisation_town_index" on "legal_person"."social_organisation" ("town");
alter table "legal_person"."social_organisation" add constraint "social_organisation_key" unique ("legal_person_id");

create table "portrait"."social_security_tag" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "tag" varchar(17) collate "C" not null,
  "since" date null,
  "since_masked" text generated always as (lpad((extract(year from "since")::int)::text, 4, '0')) stored null,
  "as_of" date not null,
  "as_of_masked" text generated always as (lpad((extract(year from "as_of")::int)::text, 4, '0')) stored null,
  "edition" int not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "portrait"."social_security_tag" is '就业社保标签 SocialSecurityTag: whether a person is employed, insured or receives a benefit';
create index "social_security_tag_person_id_index" on "portrait"."social_security_tag" ("person_id", "id");
create index "social_security_tag_person_division_index" on "portrait"."social_security_tag" ("person_division");
create index "social_security_tag_tag_index" on "portrait"."social_security_tag" ("tag");
alter table "portrait"."social_security_tag" add constraint "social_security_tag_key" unique ("person_id", "tag");

create table "portrait"."standing" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "industry_division" varchar(2) collate "C" null,
  "capital_in_industry" int null,
  "capital_in_industry_group" varchar(9) null,
  "capital_in_division" int null,
  "capital_in_division_group" varchar(9) null,
  "staff_in_industry" int null,
  "staff_in_industry_group" varchar(9) null,
  "staff_in_division" int null,
  "staff_in_division_group" varchar(9) null,
  "energy_in_industry" int null,
  "energy_in_industry_group" varchar(9) null,
  "energy_in_division" int null,
  "energy_in_division_group" varchar(9) null,
  "tax_grade_in_industry" int null,
  "tax_grade_in_industry_group" varchar(9) null,
  "tax_grade_in_division" int null,
  "tax_grade_in_division_group" varchar(9) null,
  "as_of" date not null,
  "as_of_masked" text generated always as (lpad((extract(year from "as_of")::int)::text, 4, '0')) stored null,
  "edition" int not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "portrait"."standing" is '企业行业与区域位次 Standing: where an enterprise stands among its industry and its division';
create index "standing_legal_person_division_index" on "portrait"."standing" ("legal_person_division");
create index "standing_industry_division_index" on "portrait"."standing" ("industry_division");
create index "standing_capital_in_industry_index" on "portrait"."standing" ("capital_in_industry");
create index "standing_capital_in_division_index" on "portrait"."standing" ("capital_in_division");
create index "standing_staff_in_industry_index" on "portrait"."standing" ("staff_in_industry");
create index "standing_staff_in_division_index" on "portrait"."standing" ("staff_in_division");
create index "standing_energy_in_industry_index" on "portrait"."standing" ("energy_in_industry");
create index "standing_energy_in_division_index" on "portrait"."standing" ("energy_in_division");
create index "standing_tax_grade_in_industry_index" on "portrait"."standing" ("tax_grade_in_industry");
create index "standing_tax_grade_in_division_index" on "portrait"."standing" ("tax_grade_in_division");
alter table "portrait"."standing" add constraint "standing_key" unique ("legal_person_id");

create table "state_assets"."state_equity" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "investor_id" bigint null,
  "investor_division" varchar(6) collate "C" null,
  "investor_protected_until" date not null default '-infinity',
  "registration_number" varchar(60) collate "C" not null,
  "investor_name" varchar(200) collate "C" not null,
  "investor_kind" varchar(22) collate "C" not null,
  "registration_kind" varchar(12) null,
  "share_percent" numeric(7,4) not null,
  "subscribed_capital" numeric(20,2) null,
  "subscribed_capital_masked" text generated always as (case when "subscribed_capital" < 100 then '0..100' else '1' || repeat('0', length(trunc("subscribed_capital")::text) - 1) || '..1' || repeat('0', length(trunc("subscribed_capital")::text)) end) stored null,
  "paid_capital" numeric(20,2) null,
  "paid_capital_masked" text generated always as (case when "paid_capital" < 100 then '0..100' else '1' || repeat('0', length(trunc("paid_capital")::text) - 1) || '..1' || repeat('0', length(trunc("paid_capital")::text)) end) stored null,
  "assessed_value" numeric(20,2) null,
  "assessed_value_masked" text generated always as (case when "assessed_value" < 100 then '0..100' else '1' || repeat('0', length(trunc("assessed_value")::text) - 1) || '..1' || repeat('0', length(trunc("assessed_value")::text)) end) stored null,
  "assessed_on" date null,
  "assessed_on_masked" text generated always as (lpad((extract(year from "assessed_on")::int)::text, 4, '0')) stored null,
  "origin" varchar(24) collate "C" null,
  "held_since" date not null,
  "is_pledged" boolean not null,
  "pledged_percent" numeric(7,4) null,
  "is_frozen" boolean not null,
  "registered_on" date not null,
  "ended_on" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "state_assets"."state_equity" is '国有股权 StateEquity: equity that is held for the state';
create index "state_equity_legal_person_id_index" on "state_assets"."state_equity" ("legal_person_id", "id");
create index "state_equity_legal_person_division_index" on "state_assets"."state_equity" ("legal_person_division");
create index "state_equity_investor_id_index" on "state_assets"."state_equity" ("investor_id", "id");
create index "state_equity_registration_number_index" on "state_assets"."state_equity" ("registration_number");
create index "state_equity_investor_name_index" on "state_assets"."state_equity" ("investor_name");
create index "state_equity_investor_name_bigrams" on "state_assets"."state_equity" using gin (citygraph.bigrams("investor_name"));
create index "state_equity_investor_kind_index" on "state_assets"."state_equity" ("investor_kind");
create index "state_equity_share_percent_index" on "state_assets"."state_equity" ("share_percent");
create index "state_equity_origin_index" on "state_assets"."state_equity" ("origin");
create index "state_equity_held_since_index" on "state_assets"."state_equity" ("held_since");
alter table "state_assets"."state_equity" add constraint "state_equity_key" unique ("registration_number");

create table "state_assets"."state_owned_enterprise" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "parent_id" bigint null,
  "parent_division" varchar(6) collate "C" null,
  "parent_protected_until" date not null default '-infinity',
  "group_id" bigint null,
  "group_division" varchar(6) collate "C" null,
  "group_protected_until" date not null default '-infinity',
  "name" varchar(200) collate "C" not null,
  "management_level" int not null,
  "ownership" varchar(14) collate "C" not null,
  "state_percent" numeric(7,4) not null,
  "function_class" varchar(22) collate "C" null,
  "main_industry" varchar(3) collate "C" null,
  "main_business" varchar(300) null,
  "supervisor" varchar(100) not null,
  "supervised_since" date null,
  "is_consolidated" boolean not null,
  "is_listed" boolean not null,
  "property_number" varchar(60) null,
  "staff_count" int null,
  "status" varchar(1) collate "C" null,
  "left_on" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "state_assets"."state_owned_enterprise" is '国有企业名录 StateOwnedEnterprise: an enterprise on the roster of state-owned ones';
create index "state_owned_enterprise_legal_person_division_index" on "state_assets"."state_owned_enterprise" ("legal_person_division");
create index "state_owned_enterprise_parent_id_index" on "state_assets"."state_owned_enterprise" ("parent_id", "id");
create index "state_owned_enterprise_group_id_index" on "state_assets"."state_owned_enterprise" ("group_id", "id");
create index "state_owned_enterprise_name_index" on "state_assets"."state_owned_enterprise" ("name");
create index "state_owned_enterprise_name_bigrams" on "state_assets"."state_owned_enterprise" using gin (citygraph.bigrams("name"));
create index "state_owned_enterprise_management_level_index" on "state_assets"."state_owned_enterprise" ("management_level");
create index "state_owned_enterprise_ownership_index" on "state_assets"."state_owned_enterprise" ("ownership");
create index "state_owned_enterprise_state_percent_index" on "state_assets"."state_owned_enterprise" ("state_percent");
create index "state_owned_enterprise_function_class_index" on "state_assets"."state_owned_enterprise" ("function_class");
create index "state_owned_enterprise_main_industry_index" on "state_assets"."state_owned_enterprise" ("main_industry");
create index "state_owned_enterprise_status_index" on "state_assets"."state_owned_enterprise" ("status");
alter table "state_assets"."state_owned_enterprise" add constraint "state_owned_enterprise_key" unique ("legal_person_id");

create table "statistics"."statistics_edition" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "dataset" varchar(60) collate "C" not null,
  "edition" int not null,
  "reference_date" date not null,
  "control" varchar(11) not null,
  "k" int not null,
  "cells" int not null,
  "suppressed_cells" int not null,
  "started_at" timestamptz(3) not null,
  "ended_at" timestamptz(3) not null,
  "milliseconds" int not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."statistics_edition" is '统计版次 StatisticsEdition: the edition of a dataset of statistics';
create index "statistics_edition_division_index" on "statistics"."statistics_edition" ("division");
create index "statistics_edition_dataset_index" on "statistics"."statistics_edition" ("dataset");
create index "statistics_edition_edition_index" on "statistics"."statistics_edition" ("edition");
create index "statistics_edition_reference_date_index" on "statistics"."statistics_edition" ("reference_date");
alter table "statistics"."statistics_edition" add constraint "statistics_edition_key" unique ("division", "dataset", "edition");

create table "citygraph"."alert" (
  "id" bigserial primary key,
  "detector" varchar(20) not null,
  "severity" varchar(10) not null,
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "grant_code" varchar(40) not null,
  "window_start" timestamptz(3) not null,
  "window_end" timestamptz(3) not null,
  "raised_at" timestamptz(3) not null,
  "status" varchar(12) not null default 'open',
  "evidence" jsonb not null
);
comment on table "citygraph"."alert" is '告警 alerts';
create index "alert_principal" on "citygraph"."alert" ("principal", "id");
alter table "citygraph"."alert" add constraint "alert_key" unique ("detector", "principal_kind", "principal", "grant_code", "window_start");
alter table "citygraph"."alert" add constraint "alert_severity" check (severity in ('critical', 'high', 'medium', 'low'));
alter table "citygraph"."alert" add constraint "alert_status" check (status in ('open', 'acknowledged', 'closed'));
alter table "citygraph"."alert" add constraint "alert_window" check (window_start <= window_end);

create table "citygraph"."alert_action" (
  "id" bigserial primary key,
  "alert_id" bigint not null,
  "acted_at" timestamptz(3) not null,
  "actor_kind" varchar(10) not null,
  "actor" text not null,
  "action" varchar(12) not null,
  "reason" text null
);
comment on table "citygraph"."alert_action" is '告警处置 what was done about alerts';
create index "alert_action_alert" on "citygraph"."alert_action" ("alert_id", "id");

create table "citygraph"."alert_delivery" (
  "action_id" bigint not null,
  "endpoint" varchar(64) not null,
  "attempts" int not null default 0,
  "next_at" timestamptz(3) not null,
  "delivered_at" timestamptz(3) null,
  "given_up_at" timestamptz(3) null,
  "last_failure" varchar(40) null,
  primary key ("action_id", "endpoint")
);
comment on table "citygraph"."alert_delivery" is '告警投递 deliveries of alerts';
create index "alert_delivery_due" on "citygraph"."alert_delivery" ("next_at") where delivered_at is null and given_up_at is null;

create table "citygraph"."canary" (
  "id" bigserial primary key,
  "kind" varchar(40) not null,
  "digest" bytea not null,
  "label" varchar(100) not null,
  "declared_by" text not null,
  "declared_at" timestamptz(3) not null,
  "withdrawn_by" text null,
  "withdrawn_at" timestamptz(3) null
);
comment on table "citygraph"."canary" is '蜜标主体 canary subjects';
create unique index "canary_in_force" on "citygraph"."canary" ("kind", "digest") where withdrawn_at is null;
alter table "citygraph"."canary" add constraint "canary_withdrawn" check ((withdrawn_at is null) = (withdrawn_by is null));

create table "citygraph"."usage_checkpoint" (
  "size" bigint not null,
  "root" bytea not null,
  "note" text not null,
  "signed_at" timestamptz(3) not null default now(),
  primary key ("size")
);
comment on table "citygraph"."usage_checkpoint" is '检查点 signed checkpoints';
alter table "citygraph"."usage_checkpoint" add constraint "usage_checkpoint_not_empty" check (size > 0);

create table "citygraph"."usage_cosignature" (
  "size" bigint not null,
  "witness" text not null,
  "line" text not null,
  "received_at" timestamptz(3) not null default now(),
  primary key ("size", "witness")
);
comment on table "citygraph"."usage_cosignature" is '见证签名 cosignatures of witnesses';

create table "citygraph"."enumeration_event" (
  "id" bigserial primary key,
  "occurred_at" timestamptz(3) not null,
  "node" text not null,
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "client_address" text null,
  "window_start" timestamptz(3) not null,
  "tripped_by" varchar(10) not null,
  "lookups" int not null,
  "misses" int not null,
  "maximum" int not null,
  "refused_until" timestamptz(3) not null
);
comment on table "citygraph"."enumeration_event" is '标识枚举事件 enumeration of identifiers';
create index "enumeration_event_occurred_at" on "citygraph"."enumeration_event" ("occurred_at");
alter table "citygraph"."enumeration_event" add constraint "enumeration_event_tripped_by" check (tripped_by in ('lookups', 'misses'));

create table "citygraph"."policy_change" (
  "id" bigserial primary key,
  "changed_at" timestamptz(3) not null default clock_timestamp(),
  "actor_kind" varchar(10) not null,
  "actor" text not null,
  "action" varchar(40) not null,
  "target" varchar(200) not null,
  "reason" text null,
  "details" jsonb not null,
  "policy_version" bigint not null
);
comment on table "citygraph"."policy_change" is '政策变更历史 history of the policy';
create index "policy_change_target" on "citygraph"."policy_change" ("target", "id");

create table "citygraph"."usage_tile" (
  "level" smallint not null,
  "tile_index" bigint not null,
  "hashes" bytea not null,
  primary key ("level", "tile_index")
);
comment on table "citygraph"."usage_tile" is '树瓦片 tiles of the tree';

create table "citygraph"."usage_archive" (
  "month" varchar(7) not null,
  "file" text not null,
  "note" text not null,
  "archived_by" text not null,
  "archived_at" timestamptz(3) not null,
  primary key ("month")
);
comment on table "citygraph"."usage_archive" is '使用日志归档 archived months of the usage log';
alter table "citygraph"."usage_archive" add constraint "usage_archive_month" check (month ~ '^[0-9]{4}-[0-9]{2}$');

create table "citygraph"."usage_plan" (
  "hash" bytea not null,
  "description" json not null,
  primary key ("hash")
);
comment on table "citygraph"."usage_plan" is '查询计划说明 plan descriptions';

create table "citygraph"."usage_record" (
  "occurred_at" timestamptz(3) not null,
  "id" uuid not null,
  "node" text not null,
  "kind" varchar(10) not null,
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "department" text null,
  "grants" text[] not null,
  "purpose" text null,
  "user_name" text null,
  "case_number" text null,
  "operation_name" text null,
  "document_hash" bytea null,
  "arguments" jsonb not null,
  "plan_id" bytea null,
  "subjects" text not null,
  "row_counts" int[] not null,
  "error_codes" text[] not null,
  "outcome" varchar(12) not null,
  "policy_version" bigint null,
  "decided_until" timestamptz(3) null,
  "response_bytes" int not null,
  "response_digest" bytea null,
  "latency_micros" int not null,
  "client_address" text null,
  "salt" bytea not null,
  primary key ("occurred_at", "id")) partition by range ("occurred_at"
);
comment on table "citygraph"."usage_record" is '使用日志 usage log';
create table "citygraph"."usage_record_rest" partition of "citygraph"."usage_record" default;

create table "citygraph"."usage_refusal" (
  "id" bigserial primary key,
  "minute" timestamptz(0) not null,
  "node" text not null,
  "code" varchar(40) not null,
  "count" bigint not null
);
comment on table "citygraph"."usage_refusal" is '拒绝计数 counts of refusals';
create index "usage_refusal_minute" on "citygraph"."usage_refusal" ("minute");

create table "citygraph"."subject" (
  "id" bigserial primary key,
  "kind" varchar(20) not null,
  "division" varchar(6) null,
  "protected_until" date not null default '-infinity',
  "merged_into" bigint null
);
comment on table "citygraph"."subject" is '主体主索引 master index of persons and legal persons';
create index "subject_merged_into_index" on "citygraph"."subject" ("merged_into");

create table "citygraph"."subject_identifier" (
  "id" bigserial primary key,
  "subject_id" bigint not null,
  "subject_division" varchar(6) null,
  "subject_protected_until" date not null default '-infinity',
  "kind" varchar(40) not null,
  "digest" bytea not null,
  "value" varchar(40) not null,
  "value_masked" text generated always as (case when kind = 'unified-social-credit-code' then value else left(value, 6) || repeat('*', greatest(length(value) - 6, 0)) end) stored null,
  "open_value" text generated always as (case when kind = 'unified-social-credit-code' then value end) stored null,
  "is_current" boolean not null,
  "ended_as" varchar(20) null,
  "valid_from" date null,
  "valid_to" date null
);
comment on table "citygraph"."subject_identifier" is '主体标识及其历史 identifiers of subjects';
create index "subject_identifier_subject" on "citygraph"."subject_identifier" ("subject_id", "kind");
alter table "citygraph"."subject_identifier" add constraint "subject_identifier_digest" unique ("kind", "digest");

create table "statistics"."supervision_statistic" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "act" varchar(10) collate "C" not null,
  "authority" varchar(100) collate "C" not null,
  "acts" int null,
  "period" varchar(10) collate "C" not null,
  "period_level" varchar(5) collate "C" not null,
  "period_start" date null,
  "suppressed" boolean not null,
  "edition" int not null,
  "reference_date" date not null,
  "computed_at" timestamptz(3) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "statistics"."supervision_statistic" is '许可、检查与处罚统计 SupervisionStatistic: licences, inspections and penalties by division, authority and month';
create index "supervision_statistic_division_index" on "statistics"."supervision_statistic" ("division");
create index "supervision_statistic_act_index" on "statistics"."supervision_statistic" ("act");
create index "supervision_statistic_authority_index" on "statistics"."supervision_statistic" ("authority");
create index "supervision_statistic_period_index" on "statistics"."supervision_statistic" ("period");
create index "supervision_statistic_period_level_index" on "statistics"."supervision_statistic" ("period_level");
create index "supervision_statistic_period_start_index" on "statistics"."supervision_statistic" ("period_start");
create index "supervision_statistic_suppressed_index" on "statistics"."supervision_statistic" ("suppressed");
alter table "statistics"."supervision_statistic" add constraint "supervision_statistic_key" unique ("division", "period", "act", "authority");

create table "legal_person"."tax_registration" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "name" varchar(200) collate "C" not null,
  "taxpayer_kind" varchar(11) collate "C" null,
  "status" varchar(12) collate "C" not null,
  "status_since" date null,
  "registered_on" date null,
  "tax_authority" varchar(100) null,
  "industry" varchar(3) null,
  "collection_method" varchar(14) null,
  "general_since" date null,
  "is_small_low_profit" boolean null,
  "credit_grade" varchar(1) collate "C" null,
  "credit_grade_year" int null,
  "paid_last_year" numeric(20,2) null,
  "paid_last_year_masked" text generated always as (case when "paid_last_year" < 100 then '0..100' else '1' || repeat('0', length(trunc("paid_last_year")::text) - 1) || '..1' || repeat('0', length(trunc("paid_last_year")::text)) end) stored null,
  "arrears" numeric(20,2) null,
  "arrears_masked" text generated always as (case when "arrears" < 100 then '0..100' else '1' || repeat('0', length(trunc("arrears")::text) - 1) || '..1' || repeat('0', length(trunc("arrears")::text)) end) stored null,
  "arrears_since" date null,
  "arrears_since_masked" text generated always as (lpad((extract(year from "arrears_since")::int)::text, 4, '0')) stored null,
  "last_declared_on" date null,
  "agent_name" varchar(100) null,
  "agent_name_masked" text generated always as (left("agent_name", 1) || '**') stored null,
  "agent_telephone" varchar(20) null,
  "agent_telephone_masked" text generated always as (case when length("agent_telephone") > 7 then left("agent_telephone", 3) || '******' || right("agent_telephone", 2) when "agent_telephone" is not null then '***' end) stored null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "legal_person"."tax_registration" is '税务登记 TaxRegistration: a legal person as a taxpayer';
create index "tax_registration_legal_person_division_index" on "legal_person"."tax_registration" ("legal_person_division");
create index "tax_registration_name_index" on "legal_person"."tax_registration" ("name");
create index "tax_registration_name_bigrams" on "legal_person"."tax_registration" using gin (citygraph.bigrams("name"));
create index "tax_registration_taxpayer_kind_index" on "legal_person"."tax_registration" ("taxpayer_kind");
create index "tax_registration_status_index" on "legal_person"."tax_registration" ("status");
create index "tax_registration_registered_on_index" on "legal_person"."tax_registration" ("registered_on");
create index "tax_registration_credit_grade_index" on "legal_person"."tax_registration" ("credit_grade");
alter table "legal_person"."tax_registration" add constraint "tax_registration_key" unique ("legal_person_id");

create table "citygraph"."usage_tree" (
  "id" smallint not null default 1,
  "size" bigint not null,
  primary key ("id")
);
comment on table "citygraph"."usage_tree" is '树的大小 size of the tree';
alter table "citygraph"."usage_tree" add constraint "usage_tree_single" check (id = 1);

create table "citygraph"."trusted_document" (
  "id" bigserial primary key,
  "consumer_id" bigint not null,
  "hash" varchar(64) not null,
  "document" text not null,
  "reason" text not null,
  "registered_by" text not null,
  "registered_at" timestamptz(3) not null
);
comment on table "citygraph"."trusted_document" is '可信查询文档 trusted documents';
alter table "citygraph"."trusted_document" add constraint "trusted_document_hash" unique ("consumer_id", "hash");
alter table "citygraph"."trusted_document" add constraint "trusted_document_is_hash" check (hash ~ '^[0-9a-f]{64}$');

create table "natural_resources"."urban_component" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "component_code" varchar(16) not null,
  "component_class" varchar(4) collate "C" not null,
  "name" varchar(100) not null,
  "grid_code" varchar(15) null,
  "department" varchar(100) null,
  "owner" varchar(100) null,
  "maintainer" varchar(100) null,
  "town" varchar(9) collate "C" null,
  "location" varchar(200) null,
  "longitude" numeric(9,6) null,
  "latitude" numeric(9,6) null,
  "status" varchar(9) collate "C" not null,
  "surveyed_on" date null,
  "changed_on" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "natural_resources"."urban_component" is '城市部件 UrbanComponent: a component of urban management';
create index "urban_component_division_index" on "natural_resources"."urban_component" ("division");
create index "urban_component_component_class_index" on "natural_resources"."urban_component" ("component_class");
create index "urban_component_town_index" on "natural_resources"."urban_component" ("town");
create index "urban_component_status_index" on "natural_resources"."urban_component" ("status");
create index "urban_component_changed_on_index" on "natural_resources"."urban_component" ("changed_on");
alter table "natural_resources"."urban_component" add constraint "urban_component_key" unique ("component_code");

create table "citygraph"."usage_day" (
  "principal_kind" varchar(10) not null,
  "principal" text not null,
  "day" date not null,
  "requests" bigint not null,
  "denied" bigint not null,
  "out_of_hours" bigint not null,
  "releasing" bigint not null,
  "subjects" bigint not null,
  "coordinates" bigint not null,
  "changed" boolean not null,
  primary key ("principal_kind", "principal", "day")
);
comment on table "citygraph"."usage_day" is '每日使用 use by day';

create table "citygraph"."usage_day_consumer" (
  "id" serial primary key,
  "day" date not null,
  "principal" text not null,
  "subjects" bigint not null
);
comment on table "citygraph"."usage_day_consumer" is '使用方每日主体数 subjects by consumer and day';
alter table "citygraph"."usage_day_consumer" add constraint "usage_day_consumer_key" unique ("day", "principal");

create table "citygraph"."usage_day_subject" (
  "consumer_day" int not null,
  "subject_id" bigint not null,
  primary key ("consumer_day", "subject_id")
);
comment on table "citygraph"."usage_day_subject" is '当日已见主体 whom a consumer was shown on a day';

create table "citygraph"."usage_entry" (
  "occurred_at" timestamptz(3) not null,
  "id" uuid not null,
  "shape_id" int not null,
  "row_count" int not null,
  "subject_count" int not null,
  "operation_name" text null,
  "user_name" text null,
  "case_number" text null,
  primary key ("occurred_at", "id")) partition by range ("occurred_at"
);
comment on table "citygraph"."usage_entry" is '使用记录索引 index of records';
create index "usage_entry_case" on "citygraph"."usage_entry" (case_number, occurred_at, id) include (shape_id) where (case_number is not null);
create index "usage_entry_user" on "citygraph"."usage_entry" (user_name, occurred_at, id) include (shape_id) where (user_name is not null);
create index "usage_entry_operation" on "citygraph"."usage_entry" (operation_name, occurred_at, id) include (shape_id) where (operation_name is not null);
create index "usage_entry_shape" on "citygraph"."usage_entry" ("shape_id", "occurred_at", "id");
create table "citygraph"."usage_entry_rest" partition of "citygraph"."usage_entry" default;

create table "citygraph"."usage_hour" (
  "hour" timestamptz(0) not null,
  "shape_id" int not null,
  "records" bigint not null,
  "row_count" bigint not null,
  "subject_count" bigint not null,
  "releasing" bigint not null,
  primary key ("hour", "shape_id")
);
comment on table "citygraph"."usage_hour" is '每小时计数 counts by hour';

create table "citygraph"."usage_subject_batch" (
  "id" bigserial primary key,
  "hour" timestamptz(0) not null,
  "shape_id" int not null,
  "subject_ids" bigint[] not null
);
comment on table "citygraph"."usage_subject_batch" is '待计数主体 subjects that are not counted yet';

create table "citygraph"."usage_subject_entry" (
  "subject_id" bigint not null,
  "occurred_at" timestamptz(3) not null,
  "id" uuid not null,
  "shape_id" int not null,
  primary key ("subject_id", "occurred_at", "id", "shape_id")) partition by range ("occurred_at"
);
comment on table "citygraph"."usage_subject_entry" is '按主体的使用记录索引 index of records by subject';
create table "citygraph"."usage_subject_entry_rest" partition of "citygraph"."usage_subject_entry" default;

create table "citygraph"."usage_subject_period" (
  "period" timestamptz(0) not null,
  "subject_id" bigint not null,
  "records" bigint not null,
  primary key ("period", "subject_id")
);
comment on table "citygraph"."usage_subject_period" is '按主体的时段计数 counts by subject and period';

create table "citygraph"."used_assertion" (
  "gateway" varchar(63) not null,
  "jti" varchar(64) not null,
  "until" timestamptz(3) not null,
  primary key ("gateway", "jti")
);
comment on table "citygraph"."used_assertion" is '已使用的转发凭据 assertions that were used';
create index "used_assertion_until" on "citygraph"."used_assertion" ("until");

create table "healthcare"."vaccination" (
  "id" bigserial primary key,
  "person_id" bigint not null,
  "person_division" varchar(6) collate "C" null,
  "person_protected_until" date not null default '-infinity',
  "vaccination_number" varchar(30) not null,
  "vaccine" varchar(7) not null,
  "dose_number" int not null,
  "is_programme" boolean null,
  "vaccinated_on" date not null,
  "vaccinated_on_masked" text generated always as (lpad((extract(year from "vaccinated_on")::int)::text, 4, '0')) stored null,
  "institution_code" varchar(22) collate "C" not null,
  "institution_name" varchar(200) null,
  "manufacturer" varchar(100) null,
  "lot_number" varchar(30) null,
  "lot_expires_on" date null,
  "lot_expires_on_masked" text generated always as (lpad((extract(year from "lot_expires_on")::int)::text, 4, '0')) stored null,
  "site" varchar(15) null,
  "vaccinator" varchar(100) null,
  "vaccinator_masked" text generated always as (left("vaccinator", 1) || '**') stored null,
  "self_paid" numeric(20,2) null,
  "self_paid_masked" text generated always as (case when "self_paid" < 100 then '0..100' else '1' || repeat('0', length(trunc("self_paid")::text) - 1) || '..1' || repeat('0', length(trunc("self_paid")::text)) end) stored null,
  "reaction" varchar(8) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "healthcare"."vaccination" is '预防接种 Vaccination: a dose of a vaccine given to a person';
create index "vaccination_person_id_index" on "healthcare"."vaccination" ("person_id", "id");
create index "vaccination_person_division_index" on "healthcare"."vaccination" ("person_division");
create index "vaccination_is_programme_index" on "healthcare"."vaccination" ("is_programme");
create index "vaccination_vaccinated_on_index" on "healthcare"."vaccination" ("vaccinated_on");
create index "vaccination_institution_code_index" on "healthcare"."vaccination" ("institution_code");
alter table "healthcare"."vaccination" add constraint "vaccination_key" unique ("vaccination_number");

create table "ecology"."water_reading" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "station_code" varchar(20) collate "C" not null,
  "sampled_on" date not null,
  "temperature" numeric(5,1) null,
  "ph" numeric(4,2) null,
  "dissolved_oxygen" numeric(6,2) null,
  "permanganate_index" numeric(6,2) null,
  "cod" numeric(6,1) null,
  "bod5" numeric(6,2) null,
  "ammonia_nitrogen" numeric(7,3) null,
  "total_phosphorus" numeric(7,3) null,
  "fluoride" numeric(6,2) null,
  "water_class" varchar(1) collate "C" null,
  "meets_target" boolean null,
  "exceeded_items" varchar(200) null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "ecology"."water_reading" is '地表水水质监测 WaterReading: a sample of surface water at a section';
create index "water_reading_division_index" on "ecology"."water_reading" ("division");
create index "water_reading_station_code_index" on "ecology"."water_reading" ("station_code");
create index "water_reading_sampled_on_index" on "ecology"."water_reading" ("sampled_on");
create index "water_reading_water_class_index" on "ecology"."water_reading" ("water_class");
create index "water_reading_meets_target_index" on "ecology"."water_reading" ("meets_target");
alter table "ecology"."water_reading" add constraint "water_reading_key" unique ("station_code", "sampled_on");

create table "natural_resources"."weather_observation" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "station_number" varchar(10) collate "C" not null,
  "observed_on" date not null,
  "mean_temperature" numeric(4,1) null,
  "max_temperature" numeric(4,1) null,
  "min_temperature" numeric(4,1) null,
  "humidity" int null,
  "pressure" numeric(6,1) null,
  "precipitation" numeric(6,1) null,
  "snow_depth" int null,
  "mean_wind" numeric(4,1) null,
  "max_wind" numeric(4,1) null,
  "wind_direction" varchar(2) null,
  "sunshine" numeric(4,1) null,
  "visibility" numeric(5,1) null,
  "phenomenon" varchar(12) collate "C" null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "natural_resources"."weather_observation" is '气象观测日值 WeatherObservation: what a weather station observed on one day';
create index "weather_observation_division_index" on "natural_resources"."weather_observation" ("division");
create index "weather_observation_station_number_index" on "natural_resources"."weather_observation" ("station_number");
create index "weather_observation_observed_on_index" on "natural_resources"."weather_observation" ("observed_on");
create index "weather_observation_mean_temperature_index" on "natural_resources"."weather_observation" ("mean_temperature");
create index "weather_observation_precipitation_index" on "natural_resources"."weather_observation" ("precipitation");
create index "weather_observation_phenomenon_index" on "natural_resources"."weather_observation" ("phenomenon");
alter table "natural_resources"."weather_observation" add constraint "weather_observation_key" unique ("station_number", "observed_on");

create table "natural_resources"."weather_station" (
  "id" bigserial primary key,
  "division" varchar(6) collate "C" null,
  "station_number" varchar(10) not null,
  "name" varchar(100) collate "C" not null,
  "kind" varchar(17) collate "C" not null,
  "town" varchar(9) null,
  "longitude" numeric(9,6) null,
  "latitude" numeric(9,6) null,
  "elevation" numeric(6,1) null,
  "elements" varchar(200) null,
  "is_automatic" boolean not null,
  "founded_on" date null,
  "status" varchar(9) not null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "natural_resources"."weather_station" is '气象站 WeatherStation: a surface weather station';
create index "weather_station_division_index" on "natural_resources"."weather_station" ("division");
create index "weather_station_name_index" on "natural_resources"."weather_station" ("name");
create index "weather_station_name_bigrams" on "natural_resources"."weather_station" using gin (citygraph.bigrams("name"));
create index "weather_station_kind_index" on "natural_resources"."weather_station" ("kind");
create index "weather_station_station_number_by_code_point" on "natural_resources"."weather_station" ("station_number" collate "C");
alter table "natural_resources"."weather_station" add constraint "weather_station_key" unique ("station_number");

create table "emergency"."work_safety_permit" (
  "id" bigserial primary key,
  "legal_person_id" bigint not null,
  "legal_person_division" varchar(6) collate "C" null,
  "legal_person_protected_until" date not null default '-infinity',
  "permit_number" varchar(60) collate "C" not null,
  "field" varchar(19) collate "C" not null,
  "scope" varchar(500) not null,
  "person_in_charge" varchar(100) null,
  "person_in_charge_masked" text generated always as (left("person_in_charge", 1) || '**') stored null,
  "authority" varchar(100) collate "C" not null,
  "issued_on" date not null,
  "valid_from" date not null,
  "valid_until" date not null,
  "former_permit" varchar(60) null,
  "status" varchar(9) collate "C" not null,
  "status_since" date null,
  "standardisation_grade" varchar(1) collate "C" null,
  "approved_capacity" int null,
  "major_hazards" int null,
  "safety_officers" int null,
  "assessed_on" date null,
  "provider" varchar(60) not null,
  "resource" varchar(60) not null,
  "collected_at" timestamptz(3) not null
);
comment on table "emergency"."work_safety_permit" is '安全生产许可证 WorkSafetyPermit: a work-safety permit of a legal person';
create index "work_safety_permit_legal_person_id_index" on "emergency"."work_safety_permit" ("legal_person_id", "id");
create index "work_safety_permit_legal_person_division_index" on "emergency"."work_safety_permit" ("legal_person_division");
create index "work_safety_permit_permit_number_index" on "emergency"."work_safety_permit" ("permit_number");
create index "work_safety_permit_field_index" on "emergency"."work_safety_permit" ("field");
create index "work_safety_permit_authority_index" on "emergency"."work_safety_permit" ("authority");
create index "work_safety_permit_issued_on_index" on "emergency"."work_safety_permit" ("issued_on");
create index "work_safety_permit_valid_until_index" on "emergency"."work_safety_permit" ("valid_until");
create index "work_safety_permit_status_index" on "emergency"."work_safety_permit" ("status");
create index "work_safety_permit_standardisation_grade_index" on "emergency"."work_safety_permit" ("standardisation_grade");
alter table "emergency"."work_safety_permit" add constraint "work_safety_permit_key" unique ("permit_number");

alter table "citygraph"."access_grant" add constraint "access_grant_consumer_id_foreign" foreign key ("consumer_id") references "citygraph"."consumer" ("id") on update no action on delete no action;

alter table "citygraph"."access_grant_item" add constraint "access_grant_item_grant_id_foreign" foreign key ("grant_id") references "citygraph"."access_grant" ("id") on update no action on delete no action;

alter table "citygraph"."consumer_limit" add constraint "consumer_limit_consumer_id_foreign" foreign key ("consumer_id") references "citygraph"."consumer" ("id") on update no action on delete no action;

alter table "citygraph"."legal_person_credential" add constraint "legal_person_credential_consumer_id_foreign" foreign key ("consumer_id") references "citygraph"."consumer" ("id") on update no action on delete no action;

alter table "citygraph"."trusted_document" add constraint "trusted_document_consumer_id_foreign" foreign key ("consumer_id") references "citygraph"."consumer" ("id") on update no action on delete no action;
