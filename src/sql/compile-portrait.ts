/** The portrait of a subject that is asked for by a key: an identifier's digest, or its id. */
import { sql } from 'kysely';
import type { NoticeCode } from '../model/notice.js';
import type { ObjectPlan } from '../planning/plan.js';
import { compileObject } from './compile-object.js';
import type { Fragment, JsonQuery, SqlScope } from './fragments.js';
import { subjectIndexPredicates } from './scope-predicates.js';

export type PortraitKey =
  { readonly kind: 'lookup'; readonly identifier: string } | { readonly kind: 'refetch'; readonly subjectKind: string };

export interface PortraitQuery extends JsonQuery {
  /** The code of what is to be said of the key, or null. */
  readonly notice: Fragment;
}

/**
 * The subject is found in the master index, in scope or not at all. A merged one stands for the subject that it was merged into: its
 * identifiers name that one already, and a sealed id given before leads there. The notice says so.
 *
 * @param key what it is asked by
 */
export function compilePortraitBy(scope: SqlScope, plan: ObjectPlan, by: PortraitKey, key: Fragment): PortraitQuery {
  const index = scope.alias('s');
  const compileOf = (subject: Fragment): Fragment =>
    compileObject(scope, plan, { alias: index, subject, columns: new Set() });
  if (by.kind === 'lookup')
    return {
      json: compileOf(sql.ref(`${index}.subject_id`)),
      notice: sql`case when ${sql.ref(`${index}.is_current`)} then null when ${sql.ref(`${index}.ended_as`)} = 'merged' then ${code('SUBJECT_MERGED')} else ${code('IDENTIFIER_SUPERSEDED')} end`,
      rows: sql`from citygraph.subject_identifier as ${sql.id(index)}
        where ${sql.ref(`${index}.kind`)} = ${sql.lit(by.identifier)} and ${sql.ref(`${index}.digest`)} = ${key}
        ${subjectIndexPredicates(scope, index, 'subject_')}`,
    };
  const asked = scope.alias('a');
  const survivor = sql.ref(`${asked}.merged_into`);
  return {
    json: compileOf(sql.ref(`${index}.id`)),
    notice: sql`case when ${survivor} is not null then ${code('SUBJECT_MERGED')} end`,
    rows: sql`from citygraph.subject as ${sql.id(asked)}
      join citygraph.subject as ${sql.id(index)} on ${sql.ref(`${index}.id`)} = coalesce(${survivor}, ${sql.ref(`${asked}.id`)})
      where ${sql.ref(`${asked}.id`)} = ${key} and ${sql.ref(`${index}.kind`)} = ${sql.lit(by.subjectKind)}
      ${subjectIndexPredicates(scope, index, '')}`,
  };
}

function code(notice: NoticeCode): Fragment {
  return sql.lit(notice);
}
