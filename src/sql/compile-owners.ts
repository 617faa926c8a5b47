/**
 * Beneficial owners: every chain of holdings from a subject up to a person, with the product of its shares; a person's part is the sum over
 * the chains that end there. A chain ends at a cycle, after some steps, or where its part is too small to count, so chains stay few.
 */
import { sql } from 'kysely';
import { graphLimits, smallestOwnedPart } from '../model/relation-graph.js';
import type { OwnerOutput, OwnersPlan } from '../planning/plan.js';
import { type CompilePart, compileSubject } from './compile-graph.js';
import { type Fragment, jsonObject, parameter, type SqlScope, tracedMembers } from './fragments.js';
import { edgePredicates, edgeTable } from './subject-edges.js';

export function compileOwners(
  scope: SqlScope,
  plan: OwnersPlan,
  subject: Fragment,
  compilePart: CompilePart,
): Fragment {
  const chain = scope.alias('w');
  const last = scope.alias('f');
  const holder = scope.alias('h');
  const part = sql`${sql.ref(`${last}.part`)} * ${sql.ref(`${holder}.percent`)} * 0.01`;
  const chains = sql`
    select ${sql.ref(`${holder}.id`)}, ${sql.ref(`${holder}.kind`)}, ${sql.ref(`${holder}.percent`)} * 0.01 as part,
        array[${subject}, ${sql.ref(`${holder}.id`)}] as path
      from (${compileHolders(scope, plan, subject)}) as ${sql.id(holder)}
      where ${sql.ref(`${holder}.id`)} <> ${subject} and ${sql.ref(`${holder}.percent`)} * 0.01 >= ${sql.raw(smallestOwnedPart)}
    union all
    select ${sql.ref(`${holder}.id`)}, ${sql.ref(`${holder}.kind`)}, ${part}, ${sql.ref(`${last}.path`)} || ${sql.ref(`${holder}.id`)}
      from ${sql.id(chain)} as ${sql.id(last)}
      cross join lateral (${compileHolders(scope, plan, sql.ref(`${last}.id`))}) as ${sql.id(holder)}
      where ${sql.ref(`${last}.kind`)} <> 'person' and cardinality(${sql.ref(`${last}.path`)}) <= ${sql.lit(graphLimits.ownershipSteps)}
        and ${sql.ref(`${holder}.id`)} <> all(${sql.ref(`${last}.path`)}) and ${part} >= ${sql.raw(smallestOwnedPart)}`;
  const owner = scope.alias('n');
  const percent = sql`100 * sum(${sql.ref(`${chain}.part`)})`;
  const found = sql`select ${sql.ref(`${chain}.id`)}, ${sql.ref(`${chain}.kind`)}, ${percent} as percent,
      coalesce(100 * sum(${sql.ref(`${chain}.part`)}) filter (where cardinality(${sql.ref(`${chain}.path`)}) = 2), 0) as direct,
      count(*)::int as chains, min(cardinality(${sql.ref(`${chain}.path`)})) - 1 as steps
    from ${sql.id(chain)} where ${sql.ref(`${chain}.kind`)} = 'person'
    group by ${sql.ref(`${chain}.id`)}, ${sql.ref(`${chain}.kind`)} having ${percent} >= ${parameter(plan.threshold)}
    order by percent desc, ${sql.ref(`${chain}.id`)} limit ${sql.lit(graphLimits.owners)}`;
  const members = plan.outputs.map((output) => ({
    key: output.key,
    value: output.kind === 'subject' ? compileSubject(scope, output, owner, compilePart) : compileOutput(output, owner),
  }));
  const json = jsonObject(tracedMembers(scope, members, [{ node: plan.node, subjects: sql.ref(`${owner}.id`) }]));
  const order = sql`${sql.ref(`${owner}.percent`)} desc, ${sql.ref(`${owner}.id`)}`;
  return sql`(with recursive ${sql.id(chain)} (id, kind, part, path) as (${chains})
    select coalesce(json_agg(${json} order by ${order}), '[]'::json) from (${found}) as ${sql.id(owner)})`;
}

/** Who holds shares in a subject, and how many per cent. */
function compileHolders(scope: SqlScope, plan: OwnersPlan, held: Fragment): Fragment {
  return sql.join(
    plan.edges.map((edges) => {
      const row = scope.alias('e');
      return sql`select ${sql.ref(`${row}.${edges.from.id}`)} as id, ${sql.lit(edges.from.subjectKind)} as kind, ${sql.ref(`${row}.${edges.share}`)} as percent
        from ${edgeTable(edges, row)}
        where ${sql.ref(`${row}.${edges.to.id}`)} = ${held} and ${edgePredicates(scope, edges, row, edges.from)}`;
    }),
    sql` union all `,
  );
}

function compileOutput(output: Exclude<OwnerOutput, { kind: 'subject' }>, owner: string): Fragment {
  switch (output.kind) {
    case 'null':
      return sql`null::text`;
    case 'typename':
      return sql.lit(output.value);
    case 'sharePercent':
      return sql`round(${sql.ref(`${owner}.percent`)}, 4)::text`;
    case 'directPercent':
      return sql`round(${sql.ref(`${owner}.direct`)}, 4)::text`;
    case 'chainCount':
      return sql.ref(`${owner}.chains`);
    case 'steps':
      return sql.ref(`${owner}.steps`);
  }
}
