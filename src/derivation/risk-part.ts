/** Parts of the risk scores: for each kind of fact, what a legal person has of it, as the model counts it. */
import type { Derivation } from './derivation.js';
import { riskModel } from './risk-model.js';

/**
 * $1 day, $2 edition, $3 model. What is published no more on that day does not count, and neither do facts of later days. A licence or
 * permit past its end is overdue only where no other one in force covers the same.
 */
const query = `
with model as (select $3::jsonb as it),
part as (
  select * from model, jsonb_to_recordset(it -> 'parts') as part (part text, weight numeric, cap numeric, zh text, en text)
),
age as (
  select value, coalesce(lag("upTo") over (order by "upTo" nulls last), -1) as above, coalesce("upTo", 1000000000) as up_to
    from model, jsonb_to_recordset(it -> 'ages') as age ("upTo" numeric, value numeric)
),
arrears_step as (
  select value, coalesce(lag("upTo") over (order by "upTo" nulls last), 0) as above, coalesce("upTo", 1e30) as up_to
    from model, jsonb_to_recordset(it -> 'arrears') as step ("upTo" numeric, value numeric)
),
arrears_age as (
  select value, coalesce(lag("upTo") over (order by "upTo" nulls last), -1) as above, coalesce("upTo", 1000000000) as up_to
    from model, jsonb_to_recordset(it -> 'arrearsAges') as age ("upTo" numeric, value numeric)
),
registered as (
  select legal_person_id, 'Enterprise' as source, status from legal_person.enterprise
  union all
  select legal_person_id, 'SocialOrganisation', status from legal_person.social_organisation
),
registration as (
  select distinct on (legal_person_id) legal_person_id, source, coalesce((it -> 'registrationStatus' ->> status)::numeric, 0) as points
    from registered, model
   order by legal_person_id, points desc, source
),
fact as (
  select legal_person_id, 'REGISTRATION_STATUS' as part, source, points, null::date as happened_on, null::date as published_until
    from registration
  union all
  select p.legal_person_id, 'PENALTIES', 'Penalty',
         coalesce(it -> 'penaltyKind' ->> p.kind, it -> 'penaltyKind' ->> 'other')::numeric
           * coalesce(it -> 'penaltySeverity' ->> p.severity, it -> 'penaltySeverity' ->> 'unknown')::numeric * age.value,
         p.decided_on, p.published_until
    from model, legal_person.penalty as p
    join age on $1::date - p.decided_on > age.above and $1::date - p.decided_on <= age.up_to
   where p.published_until >= $1::date and p.enforcement is distinct from 'OVERTURNED'
  union all
  select legal_person_id, 'BLACK_LIST', 'EnterpriseListEntry', 1, listed_on, published_until
    from credit.enterprise_list_entry
   where kind = 'BLACK' and listed_on <= $1::date and published_until >= $1::date and (removed_on is null or removed_on > $1::date)
  union all
  select legal_person_id, 'ABNORMAL_OPERATION', 'EnterpriseCreditRecord', 1, occurred_on, published_until
    from credit.enterprise_credit_record
   where category = 'ABNORMAL_OPERATION' and nature = 'NEGATIVE' and repair is distinct from 'REPAIRED'
     and occurred_on <= $1::date and published_until >= $1::date
  union all
  select i.legal_person_id, 'INSPECTIONS', 'Inspection',
         (it -> 'inspectionResult' ->> i.result)::numeric * age.value
           * (it -> 'inspectionCorrection' ->> case when i.corrected_on <= $1::date then 'corrected'
                                                    when i.correct_by < $1::date then 'overdue' else 'open' end)::numeric,
         i.inspected_on, null
    from model, legal_person.inspection as i
    join age on $1::date - i.inspected_on > age.above and $1::date - i.inspected_on <= age.up_to
   where it -> 'inspectionResult' ? i.result
  union all
  select l.legal_person_id, 'LICENCES', 'Licence',
         (it -> 'licence' ->> case when l.status in ('REVOKED', 'ANNULLED') then l.status else 'overdue' end)::numeric,
         coalesce(l.valid_until, l.decided_on), null
    from model, legal_person.licence as l
   where l.decided_on <= $1::date
     and (l.status in ('REVOKED', 'ANNULLED')
          or ((l.status = 'EXPIRED' or (l.status = 'VALID' and l.valid_until < $1::date))
              and not exists (
                select from legal_person.licence as other
                 where other.legal_person_id = l.legal_person_id and other.certificate_name = l.certificate_name and other.status = 'VALID'
                   and other.valid_from <= $1::date and (other.valid_until is null or other.valid_until >= $1::date))))
  union all
  select w.legal_person_id, 'WORK_SAFETY', 'WorkSafetyPermit',
         (it -> 'workSafety' ->> case when w.status in ('REVOKED', 'SUSPENDED') then w.status else 'overdue' end)::numeric,
         least(w.valid_until, $1::date), null
    from model, emergency.work_safety_permit as w
   where w.issued_on <= $1::date
     and (w.status in ('REVOKED', 'SUSPENDED')
          or ((w.status = 'EXPIRED' or (w.status = 'VALID' and w.valid_until < $1::date))
              and not exists (
                select from emergency.work_safety_permit as other
                 where other.legal_person_id = w.legal_person_id and other.field = w.field and other.status = 'VALID'
                   and other.valid_from <= $1::date and other.valid_until >= $1::date)))
  union all
  select d.legal_person_id, 'DISCHARGE_PERMITS', 'DischargePermit',
         (it -> 'dischargePermit' ->> case when d.status = 'REVOKED' then d.status else 'overdue' end)::numeric,
         least(d.valid_until, $1::date), null
    from model, ecology.discharge_permit as d
   where d.issued_on <= $1::date
     and (d.status = 'REVOKED'
          or ((d.status = 'EXPIRED' or (d.status = 'VALID' and d.valid_until < $1::date))
              and not exists (
                select from ecology.discharge_permit as other
                 where other.legal_person_id = d.legal_person_id and other.permit_number = d.permit_number and other.status = 'VALID'
                   and other.valid_from <= $1::date and other.valid_until >= $1::date)))
  union all
  select legal_person_id, 'TAX_STATUS', 'TaxRegistration', (it -> 'taxStatus' ->> status)::numeric, null, null
    from model, legal_person.tax_registration
   where it -> 'taxStatus' ? status
  union all
  select legal_person_id, 'TAX_CREDIT', 'TaxRegistration', (it -> 'taxCredit' ->> credit_grade)::numeric, null, null
    from model, legal_person.tax_registration
   where it -> 'taxCredit' ? credit_grade
  union all
  select t.legal_person_id, 'TAX_ARREARS', 'TaxRegistration', step.value * arrears_age.value, t.arrears_since, null
    from legal_person.tax_registration as t
    join arrears_step as step on t.arrears > step.above and t.arrears <= step.up_to
    join arrears_age on greatest($1::date - coalesce(t.arrears_since, $1::date), 0) > arrears_age.above
                    and greatest($1::date - coalesce(t.arrears_since, $1::date), 0) <= arrears_age.up_to
),
summed as (
  select fact.legal_person_id, fact.part, fact.source, count(*)::int as fact_count, max(fact.happened_on) as latest_on,
         round(sum(fact.points), 4) as raw_value, min(fact.published_until) as published_until
    from fact join registration using (legal_person_id)
   where fact.points > 0
   group by fact.legal_person_id, fact.part, fact.source
),
weighed as (
  select summed.*, part.weight, part.cap, least(part.cap, round(summed.raw_value * part.weight, 2)) as contribution, part.zh, part.en
    from summed join part using (part)
)
select legal_person_id, part, fact_count, latest_on, raw_value, weight, cap, contribution, source as source_dataset,
       zh || ' ' || fact_count || ' 条' || coalesce('，最近 ' || to_char(latest_on, 'YYYY-MM-DD'), '') || '；原始值 ' || raw_value
         || ' × 权重 ' || weight || '，上限 ' || cap || '，计 ' || contribution || ' 分' as explanation_zh,
       en || ': ' || fact_count || coalesce(', the latest of ' || to_char(latest_on, 'YYYY-MM-DD'), '') || '; raw value ' || raw_value
         || ' × weight ' || weight || ', at most ' || cap || ', makes ' || contribution as explanation_en,
       it ->> 'version' as model_version, $2::int as edition, published_until
  from weighed, model`;

export const riskPart: Derivation = {
  dataset: 'RiskPart',
  table: 'risk_part',
  resource: '3/06/13/001/000002',
  subject: 'legal_person',
  key: ['part'],
  columns: [
    'fact_count',
    'latest_on',
    'raw_value',
    'weight',
    'cap',
    'contribution',
    'source_dataset',
    'explanation_zh',
    'explanation_en',
    'model_version',
    'edition',
    'published_until',
  ],
  query,
  parameters: ({ asOf, edition }) => [asOf, edition, JSON.stringify(riskModel)],
};
