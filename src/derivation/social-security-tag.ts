/** Tags of persons by employment and social insurance. */
import type { Derivation } from './derivation.js';

/**
 * $1 day, $2 edition. A benefit is received while one was paid for a period that ended within the last year. INVARIANT: an employment or a
 * participation counts only where whoever may see the person's row may see it, too: not through an employer that is protected.
 */
const query = `
select person_id, tag, min(since) as since, $1::date as as_of, $2::int as edition
  from (
    select person_id, case form when 'UNEMPLOYED' then 'UNEMPLOYED' else 'EMPLOYED' end as tag, registered_on as since
      from population.employment where status = 'ACTIVE' and registered_on <= $1::date and legal_person_protected_until <= $1::date
    union all
    select person_id, 'INSURED', insured_on
      from social_security.insurance_participation
     where status = 'PAYING' and insured_on <= $1::date and employer_protected_until <= $1::date
    union all
    select person_id, case when benefit_type in ('PENSION', 'RESIDENT_PENSION') then 'PENSIONER' else 'BENEFIT_RECIPIENT' end, entitled_from
      from social_security.insurance_benefit
     where status = 'PAID' and period_ends_on <= $1::date and period_ends_on > $1::date - interval '1 year'
  ) as tagged
 group by person_id, tag`;

export const socialSecurityTag: Derivation = {
  dataset: 'SocialSecurityTag',
  table: 'social_security_tag',
  resource: '3/06/13/001/000005',
  subject: 'person',
  key: ['tag'],
  columns: ['since', 'as_of', 'edition'],
  query,
  parameters: ({ asOf, edition }) => [asOf, edition],
};
