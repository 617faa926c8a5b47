select json_build_object('~t0', "s1"."subject_id", '~t1', "s1"."subject_id", 'provenance', json_build_array(json_build_object('section', 'registration', 'providerName', '鄂尔多斯市公安局', 'collectedAt', (select to_char(max("r2"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "population"."resident" as "r2"
where "r2"."person_id" = "s1"."subject_id" )), json_build_object('section', 'household', 'providerName', '鄂尔多斯市公安局', 'collectedAt', (select to_char(max("r3"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "population"."household_member" as "r3"
where "r3"."person_id" = "s1"."subject_id" )), json_build_object('section', 'marriages', 'providerName', '鄂尔多斯市民政局', 'collectedAt', (select to_char(max("r4"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "population"."marriage_registration" as "r4"
where "r4"."person_id" = "s1"."subject_id" )), json_build_object('section', 'parents', 'providerName', '鄂尔多斯市公安局', 'collectedAt', (select to_char(max("r5"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "population"."parent_child" as "r5"
where "r5"."child_id" = "s1"."subject_id" )), json_build_object('section', 'children', 'providerName', '鄂尔多斯市公安局', 'collectedAt', (select to_char(max("r6"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "population"."parent_child" as "r6"
where "r6"."parent_id" = "s1"."subject_id" )), json_build_object('section', 'educationRecords', 'providerName', '鄂尔多斯市教育体育局', 'collectedAt', (select to_char(max("r7"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "population"."education_record" as "r7"
where "r7"."person_id" = "s1"."subject_id" )), json_build_object('section', 'employments', 'providerName', '鄂尔多斯市人力资源和社会保障局', 'collectedAt', (select to_char(max("r8"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "population"."employment" as "r8"
where "r8"."person_id" = "s1"."subject_id" )), json_build_object('section', 'offices', 'providerName', '鄂尔多斯市市场监督管理局', 'collectedAt', (select to_char(max("r9"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "legal_person"."officer" as "r9"
where "r9"."person_id" = "s1"."subject_id" )), json_build_object('section', 'medicalVisits', 'providerName', '鄂尔多斯市卫生健康委员会', 'collectedAt', (select to_char(max("r10"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "healthcare"."medical_visit" as "r10"
where "r10"."person_id" = "s1"."subject_id" )), json_build_object('section', 'vaccinations', 'providerName', '鄂尔多斯市卫生健康委员会', 'collectedAt', (select to_char(max("r11"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "healthcare"."vaccination" as "r11"
where "r11"."person_id" = "s1"."subject_id" )), json_build_object('section', 'healthFile', 'providerName', '鄂尔多斯市卫生健康委员会', 'collectedAt', (select to_char(max("r12"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "population"."health_file" as "r12"
where "r12"."person_id" = "s1"."subject_id" )), json_build_object('section', 'insuranceParticipations', 'providerName', '鄂尔多斯市人力资源和社会保障局', 'collectedAt', (select to_char(max("r13"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "social_security"."insurance_participation" as "r13"
where "r13"."person_id" = "s1"."subject_id" )), json_build_object('section', 'insuranceContributions', 'providerName', '鄂尔多斯市人力资源和社会保障局', 'collectedAt', (select to_char(max("r14"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "social_security"."insurance_contribution" as "r14"
where "r14"."person_id" = "s1"."subject_id" )), json_build_object('section', 'insuranceBenefits', 'providerName', '鄂尔多斯市人力资源和社会保障局', 'collectedAt', (select to_char(max("r15"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "social_security"."insurance_benefit" as "r15"
where "r15"."person_id" = "s1"."subject_id" )), json_build_object('section', 'serviceCases', 'providerName', '鄂尔多斯市行政审批和政务服务局', 'collectedAt', (select to_char(max("r16"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "government_services"."person_service_case" as "r16"
where "r16"."person_id" = "s1"."subject_id" )), json_build_object('section', 'shareholdings', 'providerName', '鄂尔多斯市市场监督管理局', 'collectedAt', (select to_char(max("r17"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "legal_person"."shareholder" as "r17"
where "r17"."person_id" = "s1"."subject_id" )), json_build_object('section', 'creditRecords', 'providerName', '鄂尔多斯市发展和改革委员会', 'collectedAt', (select to_char(max("r18"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "credit"."person_credit_record" as "r18"
where "r18"."person_id" = "s1"."subject_id" and ("r18"."published_until" is null or "r18"."published_until" >= current_date))), json_build_object('section', 'listEntries', 'providerName', '鄂尔多斯市发展和改革委员会', 'collectedAt', (select to_char(max("r19"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "credit"."person_list_entry" as "r19"
where "r19"."person_id" = "s1"."subject_id" and ("r19"."published_until" is null or "r19"."published_until" >= current_date))), json_build_object('section', 'creditScores', 'providerName', '鄂尔多斯市发展和改革委员会', 'collectedAt', (select to_char(max("r20"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "credit"."person_credit_score" as "r20"
where "r20"."person_id" = "s1"."subject_id" )), json_build_object('section', 'tags', 'providerName', '鄂尔多斯市大数据中心', 'collectedAt', (select to_char(max("r21"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "portrait"."person_tag" as "r21"
where "r21"."person_id" = "s1"."subject_id" )), json_build_object('section', 'socialSecurityTags', 'providerName', '鄂尔多斯市大数据中心', 'collectedAt', (select to_char(max("r22"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "portrait"."social_security_tag" as "r22"
where "r22"."person_id" = "s1"."subject_id" )), json_build_object('section', 'healthTags', 'providerName', '鄂尔多斯市大数据中心', 'collectedAt', (select to_char(max("r23"."collected_at") at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
from "portrait"."health_tag" as "r23"
where "r23"."person_id" = "s1"."subject_id" )))) as "d0", case when "s1"."is_current" then null when "s1"."ended_as" = 'merged' then 'SUBJECT_MERGED' else 'IDENTIFIER_SUPERSEDED' end as "n0"
from citygraph.subject_identifier as "s1"
where "s1"."kind" = 'resident-id-number' and "s1"."digest" = $1::bytea 
-- $1 bytea identifier-digest {"from":"variable","path":["__l0"]}
