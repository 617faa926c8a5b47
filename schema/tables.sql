-- Generated from the entities by `node scripts/run.mjs schema`; not to be edited.

create schema if not exists "citygraph";
create schema if not exists "legal_person";
create schema if not exists "healthcare";
create schema if not exists "population";
create table "citygraph"."consumer" (
  "id" bigserial primary key,
  "name" varchar(63) not null,
  "department" varchar(40) not null,
  "description" text not null,
  "clearance" varchar(2) not null,
  "token_hash" bytea not null,
  "token_hint" varchar(8) not null,
  "status" varchar(10) not null default 'active',
  "suspended_reason" text null,
  "suspended_at" timestamptz(3) null,
  "created_at" timestamptz(3) not null default now()
);
comment on table "citygraph"."consumer" is '数据使用方应用 consumer applications';
alter table "citygraph"."consumer" add constraint "consumer_token_hash" unique ("token_hash");
alter table "citygraph"."consumer" add constraint "consumer_name" unique ("name");
alter table "citygraph"."consumer" add constraint "consumer_status" check (status in ('active', 'suspended'));
alter table "citygraph"."consumer" add constraint "consumer_clearance" check (clearance in ('L1', 'L2', 'L3', 'L4'));

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
  "requires_user" boolean not null default false,
  "requires_case" boolean not null default false,
  "revoked_at" timestamptz(3) null,
  "revoked_reason" text null,
  "created_at" timestamptz(3) not null default now()
);
comment on table "citygraph"."access_grant" is '授权 grants';
create index "access_grant_consumer" on "citygraph"."access_grant" ("consumer_id");
alter table "citygraph"."access_grant" add constraint "access_grant_code" unique ("code");
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
create index "medical_visit_person_id_index" on "healthcare"."medical_visit" ("person_id");
create index "medical_visit_person_division_index" on "healthcare"."medical_visit" ("person_division");
create index "medical_visit_visit_type_index" on "healthcare"."medical_visit" ("visit_type");
create index "medical_visit_visited_on_index" on "healthcare"."medical_visit" ("visited_on");
alter table "healthcare"."medical_visit" add constraint "medical_visit_key" unique ("institution_code", "visit_number");

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
create index "officer_legal_person_id_index" on "legal_person"."officer" ("legal_person_id");
create index "officer_legal_person_division_index" on "legal_person"."officer" ("legal_person_division");
create index "officer_person_id_index" on "legal_person"."officer" ("person_id");
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
  "created_at" timestamptz(3) not null default now()
);
comment on table "citygraph"."official" is '管理人员 officials';
alter table "citygraph"."official" add constraint "official_token_hash" unique ("token_hash");
alter table "citygraph"."official" add constraint "official_name" unique ("name");
alter table "citygraph"."official" add constraint "official_role" check (role in ('steward', 'operator', 'auditor', 'security-officer', 'supervisor'));

create table "citygraph"."policy_version" (
  "id" smallint not null default 1,
  "version" bigint not null,
  "changed_at" timestamptz(3) not null,
  primary key ("id")
);
comment on table "citygraph"."policy_version" is '策略版本 version of the policy';
alter table "citygraph"."policy_version" add constraint "policy_version_single" check (id = 1);

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
create index "resident_household_number_bigrams" on "population"."resident" using gin (citygraph.bigrams("household_number"));
create index "resident_town_index" on "population"."resident" ("town");
create index "resident_status_index" on "population"."resident" ("status");
alter table "population"."resident" add constraint "resident_key" unique ("person_id");

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

alter table "citygraph"."access_grant" add constraint "access_grant_consumer_id_foreign" foreign key ("consumer_id") references "citygraph"."consumer" ("id") on update no action on delete no action;

alter table "citygraph"."access_grant_item" add constraint "access_grant_item_grant_id_foreign" foreign key ("grant_id") references "citygraph"."access_grant" ("id") on update no action on delete no action;
