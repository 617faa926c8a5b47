/** Tags of living residents by age and office. */
import type { Derivation } from './derivation.js';

/**
 * $1 day, $2 edition. INVARIANT: an office counts only where whoever may see the person's row may see the office's, too: in a legal person of
 * the division where the person lives (of any, for who has none and so goes to city-wide grants alone), and not a protected one.
 */
const query = `
with living as (
  select person_id, person_division, birth_date from population.resident where status = 'NORMAL'
)
select person_id, tag, min(since) as since, $1::date as as_of, $2::int as edition
  from (
    select person_id, 'ELDER' as tag, (birth_date + interval '80 years')::date as since
      from living where birth_date + interval '80 years' <= $1::date
    union all
    select person_id, 'MINOR', birth_date from living where birth_date + interval '18 years' > $1::date
    union all
    select living.person_id, 'OFFICER', officer.appointed_on
      from living join legal_person.officer as officer using (person_id)
     where (officer.left_on is null or officer.left_on > $1::date) and (officer.appointed_on is null or officer.appointed_on <= $1::date)
       and (living.person_division is null or officer.legal_person_division = living.person_division)
       and officer.legal_person_protected_until <= $1::date
  ) as tagged
 group by person_id, tag`;

export const personTag: Derivation = {
  dataset: 'PersonTag',
  table: 'person_tag',
  resource: '3/06/13/001/000004',
  subject: 'person',
  key: ['tag'],
  columns: ['since', 'as_of', 'edition'],
  query,
  parameters: ({ asOf, edition }) => [asOf, edition],
};
