-- Generated from the entities by `node scripts/run.mjs schema`; not to be edited.

create schema if not exists "citygraph";
create schema if not exists "population";
create schema if not exists "legal_person";
create schema if not exists "government_services";
create schema if not exists "social_security";
create schema if not exists "healthcare";
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
create index "education_record_person_id_index" on "population"."education_record" ("person_id");
create index "education_record_person_division_index" on "population"."education_record" ("person_division");
create index "education_record_stage_index" on "population"."education_record" ("stage");
create index "education_record_school_code_index" on "population"."education_record" ("school_code");
create index "education_record_school_code_bigrams" on "population"."education_record" using gin (citygraph.bigrams("school_code"));
create index "education_record_school_name_index" on "population"."education_record" ("school_name");
create index "education_record_school_name_bigrams" on "population"."education_record" using gin (citygraph.bigrams("school_name"));
create index "education_record_enrolled_on_index" on "population"."education_record" ("enrolled_on");
create index "education_record_left_on_index" on "population"."education_record" ("left_on");
create index "education_record_status_index" on "population"."education_record" ("status");
alter table "population"."education_record" add constraint "education_record_key" unique ("record_number");

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
create index "employment_person_id_index" on "population"."employment" ("person_id");
create index "employment_person_division_index" on "population"."employment" ("person_division");
create index "employment_legal_person_id_index" on "population"."employment" ("legal_person_id");
create index "employment_form_index" on "population"."employment" ("form");
create index "employment_employer_name_index" on "population"."employment" ("employer_name");
create index "employment_employer_name_bigrams" on "population"."employment" using gin (citygraph.bigrams("employer_name"));
create index "employment_industry_index" on "population"."employment" ("industry");
create index "employment_occupation_class_index" on "population"."employment" ("occupation_class");
create index "employment_registered_on_index" on "population"."employment" ("registered_on");
create index "employment_status_index" on "population"."employment" ("status");
alter table "population"."employment" add constraint "employment_key" unique ("registration_number");

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
create index "enterprise_service_case_legal_person_id_index" on "government_services"."enterprise_service_case" ("legal_person_id");
create index "enterprise_service_case_legal_person_division_index" on "government_services"."enterprise_service_case" ("legal_person_division");
create index "enterprise_service_case_case_number_index" on "government_services"."enterprise_service_case" ("case_number");
create index "enterprise_service_case_case_number_bigrams" on "government_services"."enterprise_service_case" using gin (citygraph.bigrams("case_number"));
create index "enterprise_service_case_item_code_index" on "government_services"."enterprise_service_case" ("item_code");
create index "enterprise_service_case_item_code_bigrams" on "government_services"."enterprise_service_case" using gin (citygraph.bigrams("item_code"));
create index "enterprise_service_case_item_type_index" on "government_services"."enterprise_service_case" ("item_type");
create index "enterprise_service_case_department_index" on "government_services"."enterprise_service_case" ("department");
create index "enterprise_service_case_department_bigrams" on "government_services"."enterprise_service_case" using gin (citygraph.bigrams("department"));
create index "enterprise_service_case_applied_on_index" on "government_services"."enterprise_service_case" ("applied_on");
create index "enterprise_service_case_accepted_on_index" on "government_services"."enterprise_service_case" ("accepted_on");
create index "enterprise_service_case_completed_on_index" on "government_services"."enterprise_service_case" ("completed_on");
create index "enterprise_service_case_status_index" on "government_services"."enterprise_service_case" ("status");
create index "enterprise_service_case_result_index" on "government_services"."enterprise_service_case" ("result");
alter table "government_services"."enterprise_service_case" add constraint "enterprise_service_case_key" unique ("case_number");

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
create index "health_file_file_number_bigrams" on "population"."health_file" using gin (citygraph.bigrams("file_number"));
create index "health_file_opened_on_index" on "population"."health_file" ("opened_on");
create index "health_file_status_index" on "population"."health_file" ("status");
alter table "population"."health_file" add constraint "health_file_key" unique ("person_id");

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
create index "household_member_household_number_bigrams" on "population"."household_member" using gin (citygraph.bigrams("household_number"));
create index "household_member_is_head_index" on "population"."household_member" ("is_head");
create index "household_member_town_index" on "population"."household_member" ("town");
create index "household_member_joined_on_index" on "population"."household_member" ("joined_on");
alter table "population"."household_member" add constraint "household_member_key" unique ("person_id");

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
create index "insurance_benefit_person_id_index" on "social_security"."insurance_benefit" ("person_id");
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
create index "insurance_contribution_person_id_index" on "social_security"."insurance_contribution" ("person_id");
create index "insurance_contribution_person_division_index" on "social_security"."insurance_contribution" ("person_division");
create index "insurance_contribution_employer_id_index" on "social_security"."insurance_contribution" ("employer_id");
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
create index "insurance_participation_person_id_index" on "social_security"."insurance_participation" ("person_id");
create index "insurance_participation_person_division_index" on "social_security"."insurance_participation" ("person_division");
create index "insurance_participation_employer_id_index" on "social_security"."insurance_participation" ("employer_id");
create index "insurance_participation_personal_number_index" on "social_security"."insurance_participation" ("personal_number");
create index "insurance_participation_personal_number_bigrams" on "social_security"."insurance_participation" using gin (citygraph.bigrams("personal_number"));
create index "insurance_participation_insurance_type_index" on "social_security"."insurance_participation" ("insurance_type");
create index "insurance_participation_capacity_index" on "social_security"."insurance_participation" ("capacity");
create index "insurance_participation_insured_on_index" on "social_security"."insurance_participation" ("insured_on");
create index "insurance_participation_status_index" on "social_security"."insurance_participation" ("status");
alter table "social_security"."insurance_participation" add constraint "insurance_participation_key" unique ("participation_number");

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
create index "marriage_registration_person_id_index" on "population"."marriage_registration" ("person_id");
create index "marriage_registration_person_division_index" on "population"."marriage_registration" ("person_division");
create index "marriage_registration_spouse_id_index" on "population"."marriage_registration" ("spouse_id");
create index "marriage_registration_certificate_number_index" on "population"."marriage_registration" ("certificate_number");
create index "marriage_registration_certificate_number_bigrams" on "population"."marriage_registration" using gin (citygraph.bigrams("certificate_number"));
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
create index "medical_institution_institution_code_bigrams" on "healthcare"."medical_institution" using gin (citygraph.bigrams("institution_code"));
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
create index "parent_child_child_id_index" on "population"."parent_child" ("child_id");
create index "parent_child_child_division_index" on "population"."parent_child" ("child_division");
create index "parent_child_parent_id_index" on "population"."parent_child" ("parent_id");
create index "parent_child_role_index" on "population"."parent_child" ("role");
create index "parent_child_registered_on_index" on "population"."parent_child" ("registered_on");
alter table "population"."parent_child" add constraint "parent_child_key" unique ("child_id", "parent_id");

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
create index "person_service_case_person_id_index" on "government_services"."person_service_case" ("person_id");
create index "person_service_case_person_division_index" on "government_services"."person_service_case" ("person_division");
create index "person_service_case_case_number_index" on "government_services"."person_service_case" ("case_number");
create index "person_service_case_case_number_bigrams" on "government_services"."person_service_case" using gin (citygraph.bigrams("case_number"));
create index "person_service_case_item_code_index" on "government_services"."person_service_case" ("item_code");
create index "person_service_case_item_code_bigrams" on "government_services"."person_service_case" using gin (citygraph.bigrams("item_code"));
create index "person_service_case_item_type_index" on "government_services"."person_service_case" ("item_type");
create index "person_service_case_department_index" on "government_services"."person_service_case" ("department");
create index "person_service_case_department_bigrams" on "government_services"."person_service_case" using gin (citygraph.bigrams("department"));
create index "person_service_case_applied_on_index" on "government_services"."person_service_case" ("applied_on");
create index "person_service_case_accepted_on_index" on "government_services"."person_service_case" ("accepted_on");
create index "person_service_case_completed_on_index" on "government_services"."person_service_case" ("completed_on");
create index "person_service_case_status_index" on "government_services"."person_service_case" ("status");
create index "person_service_case_result_index" on "government_services"."person_service_case" ("result");
alter table "government_services"."person_service_case" add constraint "person_service_case_key" unique ("case_number");

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
create index "service_item_item_code_bigrams" on "government_services"."service_item" using gin (citygraph.bigrams("item_code"));
create index "service_item_name_index" on "government_services"."service_item" ("name");
create index "service_item_name_bigrams" on "government_services"."service_item" using gin (citygraph.bigrams("name"));
create index "service_item_item_type_index" on "government_services"."service_item" ("item_type");
create index "service_item_department_index" on "government_services"."service_item" ("department");
create index "service_item_department_bigrams" on "government_services"."service_item" using gin (citygraph.bigrams("department"));
create index "service_item_applicant_kind_index" on "government_services"."service_item" ("applicant_kind");
create index "service_item_promised_days_index" on "government_services"."service_item" ("promised_days");
create index "service_item_online_depth_index" on "government_services"."service_item" ("online_depth");
create index "service_item_effective_on_index" on "government_services"."service_item" ("effective_on");
create index "service_item_status_index" on "government_services"."service_item" ("status");
alter table "government_services"."service_item" add constraint "service_item_key" unique ("item_code");

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
create index "vaccination_person_id_index" on "healthcare"."vaccination" ("person_id");
create index "vaccination_person_division_index" on "healthcare"."vaccination" ("person_division");
create index "vaccination_is_programme_index" on "healthcare"."vaccination" ("is_programme");
create index "vaccination_vaccinated_on_index" on "healthcare"."vaccination" ("vaccinated_on");
create index "vaccination_institution_code_index" on "healthcare"."vaccination" ("institution_code");
create index "vaccination_institution_code_bigrams" on "healthcare"."vaccination" using gin (citygraph.bigrams("institution_code"));
alter table "healthcare"."vaccination" add constraint "vaccination_key" unique ("vaccination_number");

alter table "citygraph"."access_grant" add constraint "access_grant_consumer_id_foreign" foreign key ("consumer_id") references "citygraph"."consumer" ("id") on update no action on delete no action;

alter table "citygraph"."access_grant_item" add constraint "access_grant_item_grant_id_foreign" foreign key ("grant_id") references "citygraph"."access_grant" ("id") on update no action on delete no action;
