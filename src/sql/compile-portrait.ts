/** The portrait of a subject that is asked for by a key: an identifier's digest, or its id. */
import { sql } from 'kysely';
import type { NoticeCode } from '../model/notice.js';
import type { ObjectPlan } from '../planning/plan.js';
import { compileObject } from './compile-object.js';
import type { Fragment, JoinedObject, SqlScope } from './fragments.js';
import { subjectIndexPredicates } from './scope-predicates.js';

export type PortraitKey =
  { readonly kind: 'lookup'; readonly identifier: string } | { readonly kind: 'refetch'; readonly subjectKind: string };

/**
 * The subject is found in the master index, in scope or not at all. A merged one stands for the subject that it was merged into: its
 * identifiers name that one already, and a sealed id given before leads there. `n` says so.
 *
 * @param key what it is asked by
 */
export function compilePortraitBy(scope: SqlScope, plan: ObjectPlan, by: PortraitKey, key: Fragment): JoinedObject {
  const index = scope.alias('s');
  const alias = scope.alias('r');
  if (by.kind === 'lookup') {
    const object = compileObject(scope, plan, {
      alias: index,
      subject: sql.ref(`${index}.subject_id`),
      columns: new Set(),
    });
    const notice = sql`case when ${sql.ref(`${index}.is_current`)} then null when ${sql.ref(`${index}.ended_as`)} = 'merged' then ${code('SUBJECT_MERGED')} else ${code('IDENTIFIER_SUPERSEDED')} end`;
    return {
      alias,
      traces: object.traces,
      query: sql`select ${object.projection}, ${notice} as n from citygraph.subject_identifier as ${sql.id(index)} ${object.joins}
        where ${sql.ref(`${index}.kind`)} = ${sql.lit(by.identifier)} and ${sql.ref(`${index}.digest`)} = ${key}
        ${subjectIndexPredicates(scope, index, 'subject_')}`,
    };
  }
  const object = compileObject(scope, plan, {
    alias: index,
    subject: sql.ref(`${index}.id`),
    columns: new Set(),
  });
  const asked = scope.alias('a');
  const survivor = sql.ref(`${asked}.merged_into`);
  return {
    alias,
    traces: object.traces,
    query: sql`select ${object.projection}, case when ${survivor} is not null then ${code('SUBJECT_MERGED')} end as n
      from citygraph.subject as ${sql.id(asked)}
      join citygraph.subject as ${sql.id(index)} on ${sql.ref(`${index}.id`)} = coalesce(${survivor}, ${sql.ref(`${asked}.id`)}) ${object.joins}
      where ${sql.ref(`${asked}.id`)} = ${key} and ${sql.ref(`${index}.kind`)} = ${sql.lit(by.subjectKind)}
      ${subjectIndexPredicates(scope, index, '')}`,
  };
}

function code(notice: NoticeCode): Fragment {
  return sql.lit(notice);
}
