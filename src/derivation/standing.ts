/** Standing of enterprises in operation among their industry and their division, in whole per cents. */
import type { Derivation } from './derivation.js';

/**
 * $1 day, $2 edition, $3 smallest group. A percentile is the share of the others that have less; equals stand alike. Capital is compared in
 * CNY, energy over the last full year, tax grades in the order D, C, M, B, A.
 */
const query = `
with staff as (
  select employer_id as legal_person_id, count(distinct person_id) as staff
    from social_security.insurance_participation
   where employer_id is not null and status = 'PAYING' and capacity = 'EMPLOYEE' and person_protected_until <= $1::date
   group by employer_id
),
energy as (
  select legal_person_id, sum(consumption) as energy
    from industry_energy.energy_use
   where month >= date_trunc('year', $1::date) - interval '1 year' and month < date_trunc('year', $1::date)
   group by legal_person_id
),
member as (
  select e.legal_person_id, e.legal_person_division as division,
         case when e.industry ~ '^[0-9]{2}' then left(e.industry, 2) end as industry_division,
         case when coalesce(e.capital_currency, 'CNY') = 'CNY' then e.registered_capital end as capital,
         staff.staff::numeric as staff, energy.energy,
         array_position(array['D', 'C', 'M', 'B', 'A'], t.credit_grade::text)::numeric as tax_grade
    from legal_person.enterprise as e
    left join staff using (legal_person_id)
    left join energy using (legal_person_id)
    left join legal_person.tax_registration as t using (legal_person_id)
   where e.status = '1' and e.legal_person_protected_until <= $1::date
),
measured as (
  select legal_person_id, group_kind, group_code, measure, value
    from member
    cross join lateral (values ('Industry', industry_division), ('Division', division)) as groups (group_kind, group_code)
    cross join lateral (values ('capital', capital), ('staff', staff), ('energy', energy), ('tax_grade', tax_grade)) as measures (measure, value)
   where group_code is not null and value is not null
),
ranked as (
  select legal_person_id, group_kind, measure,
         round((100 * percent_rank() over ranking)::numeric)::int as percentile,
         count(*) over (partition by group_kind, group_code, measure) as size
    from measured
  window ranking as (partition by group_kind, group_code, measure order by value)
),
told as (
  select legal_person_id, measure, group_kind, percentile,
         case when size < 50 then 'FROM_10' when size < 200 then 'FROM_50' when size < 1000 then 'FROM_200' else 'FROM_1000' end as size
    from ranked
   where size >= $3::int
)
select member.legal_person_id, member.industry_division,
       max(percentile) filter (where measure = 'capital' and group_kind = 'Industry') as capital_in_industry,
       max(size) filter (where measure = 'capital' and group_kind = 'Industry') as capital_in_industry_group,
       max(percentile) filter (where measure = 'capital' and group_kind = 'Division') as capital_in_division,
       max(size) filter (where measure = 'capital' and group_kind = 'Division') as capital_in_division_group,
       max(percentile) filter (where measure = 'staff' and group_kind = 'Industry') as staff_in_industry,
       max(size) filter (where measure = 'staff' and group_kind = 'Industry') as staff_in_industry_group,
       max(percentile) filter (where measure = 'staff' and group_kind = 'Division') as staff_in_division,
       max(size) filter (where measure = 'staff' and group_kind = 'Division') as staff_in_division_group,
       max(percentile) filter (where measure = 'energy' and group_kind = 'Industry') as energy_in_industry,
       max(size) filter (where measure = 'energy' and group_kind = 'Industry') as energy_in_industry_group,
       max(percentile) filter (where measure = 'energy' and group_kind = 'Division') as energy_in_division,
       max(size) filter (where measure = 'energy' and group_kind = 'Division') as energy_in_division_group,
       max(percentile) filter (where measure = 'tax_grade' and group_kind = 'Industry') as tax_grade_in_industry,
       max(size) filter (where measure = 'tax_grade' and group_kind = 'Industry') as tax_grade_in_industry_group,
       max(percentile) filter (where measure = 'tax_grade' and group_kind = 'Division') as tax_grade_in_division,
       max(size) filter (where measure = 'tax_grade' and group_kind = 'Division') as tax_grade_in_division_group,
       $1::date as as_of, $2::int as edition
  from member left join told using (legal_person_id)
 group by member.legal_person_id, member.industry_division`;

/** Below this, a percentile would say who the others are. */
export const smallestGroup = 10;

export const standing: Derivation = {
  dataset: 'Standing',
  table: 'standing',
  resource: '3/06/13/001/000003',
  subject: 'legal_person',
  key: [],
  columns: [
    'industry_division',
    ...['capital', 'staff', 'energy', 'tax_grade'].flatMap((measure) =>
      ['industry', 'division'].flatMap((group) => [`${measure}_in_${group}`, `${measure}_in_${group}_group`]),
    ),
    'as_of',
    'edition',
  ],
  query,
  parameters: ({ asOf, edition }) => [asOf, edition, smallestGroup],
};
