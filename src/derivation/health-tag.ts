/** Tags of persons by their health file. */
import type { Derivation } from './derivation.js';

/** $1 day, $2 edition. Who is managed for hypertension or diabetes is seen once a quarter (国家基本公共卫生服务规范). */
const query = `
select person_id, tag, since, $1::date as as_of, $2::int as edition
  from (
    select person_id, has_hypertension, has_diabetes, disabilities, last_checked_on,
           has_hypertension is true or has_diabetes is true as is_chronic
      from population.health_file where status = 'ACTIVE'
  ) as kept
  cross join lateral (values
    ('HYPERTENSION', has_hypertension is true, null::date),
    ('DIABETES', has_diabetes is true, null),
    ('FOLLOW_UP', is_chronic, null),
    ('FOLLOW_UP_OVERDUE', is_chronic and coalesce(last_checked_on < $1::date - interval '3 months', true), (last_checked_on + interval '3 months')::date),
    ('DISABLED', disabilities is not null, null)
  ) as tags (tag, holds, since)
 where holds`;

export const healthTag: Derivation = {
  dataset: 'HealthTag',
  table: 'health_tag',
  resource: '3/06/13/001/000006',
  subject: 'person',
  key: ['tag'],
  columns: ['since', 'as_of', 'edition'],
  query,
  parameters: ({ asOf, edition }) => [asOf, edition],
};
