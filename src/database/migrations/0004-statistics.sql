-- Statistics: cells of declared cubes, and their editions.

create schema if not exists "statistics";

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
alter table "statistics"."emergency_statistic" add constraint "emergency_statistic_key" unique ("division", "category", "type", "period");

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
alter table "statistics"."enterprise_statistic" add constraint "enterprise_statistic_key" unique ("division", "industry", "period");

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
create index "statistics_edition_dataset_bigrams" on "statistics"."statistics_edition" using gin (citygraph.bigrams("dataset"));
create index "statistics_edition_edition_index" on "statistics"."statistics_edition" ("edition");
create index "statistics_edition_reference_date_index" on "statistics"."statistics_edition" ("reference_date");
alter table "statistics"."statistics_edition" add constraint "statistics_edition_key" unique ("division", "dataset", "edition");

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
alter table "statistics"."supervision_statistic" add constraint "supervision_statistic_key" unique ("division", "act", "authority", "period");
