/** Risk scores: the sum of the parts just computed, at most 100, for every legal person that a register knows. */
import type { Derivation } from './derivation.js';
import { riskModel } from './risk-model.js';

/** $1 day, $2 edition, $3 model. A register entry alone gives a score of 0: that nothing is known against a legal person is an answer. */
const query = `
with model as (select $3::jsonb as it),
grade as (select * from model, jsonb_to_recordset(it -> 'grades') as grade (grade text, "from" numeric)),
registered as (
  select legal_person_id from legal_person.enterprise union select legal_person_id from legal_person.social_organisation
),
scored as (
  select registered.legal_person_id, least(100, coalesce(sum(part.contribution), 0))::numeric(5,2) as score, count(part.part)::int as part_count,
         min(part.published_until) as published_until
    from registered left join risk_part_next as part using (legal_person_id)
   group by registered.legal_person_id
)
select legal_person_id, score,
       (select grade from grade where grade."from" <= score order by grade."from" desc limit 1) as grade,
       part_count, it ->> 'version' as model_version, $1::date as as_of, $2::int as edition, published_until
  from scored, model`;

export const riskScore: Derivation = {
  dataset: 'RiskScore',
  table: 'risk_score',
  resource: '3/06/13/001/000001',
  subject: 'legal_person',
  key: [],
  columns: ['score', 'grade', 'part_count', 'model_version', 'as_of', 'edition', 'published_until'],
  query,
  parameters: ({ asOf, edition }) => [asOf, edition, JSON.stringify(riskModel)],
};
