/**
 * `_entities` as one list in the order of its representations: each group finds its own by a join with the keys that came, and where
 * nothing was found, or nothing may be, there is a null.
 */
import { sql } from 'kysely';
import type { EntityGroupPlan, RootPlan } from '../planning/plan.js';
import { compileRow } from './compile-object.js';
import { compilePortraitBy } from './compile-portrait.js';
import { type Fragment, type JsonQuery, parameter, sourceParameter, type SqlScope } from './fragments.js';

export type EntitiesRoot = Extract<RootPlan, { kind: 'entities' }>;

export interface EntitiesQuery extends JsonQuery {
  /** Places and codes of notices: `PLACE:CODE`, by comma. */
  readonly notice: Fragment;
  /** Places of identifiers that nobody has, by comma. */
  readonly missed: Fragment;
}

export function compileEntities(scope: SqlScope, root: EntitiesRoot): EntitiesQuery {
  const groups = root.groups.map((group) => compileGroup(scope, group));
  const [places, found] = [scope.alias('p'), scope.alias('e')];
  const at = sql.ref(`${places}.place`);
  const of = (column: string): Fragment => sql.ref(`${found}.${column}`);
  const count = sourceParameter(root.count, { as: 'value' }, 'int', 'representations');
  return {
    json: sql`'[' || string_agg(coalesce(${of('j')}, 'null'), ',' order by ${at}) || ']'`,
    notice: sql`string_agg(${at} || ':' || ${of('n')}, ',')`,
    missed: sql`string_agg(${at}::text, ',') filter (where ${of('m')})`,
    rows: sql`from generate_series(0, ${count} - 1) as ${sql.id(places)}(place)
      left join (${sql.join(groups, sql` union all `)}) as ${sql.id(found)} on ${of('place')} = ${at}`,
  };
}

/** Joined laterally: of what is found for a key, the object, its notice and whether there is one are three columns. */
function compileGroup(scope: SqlScope, { by, places, object }: EntityGroupPlan): Fragment {
  const keys = scope.alias('k');
  const key = sql.ref(`${keys}.asked`);
  const found = scope.alias('l');
  const of = (column: string): Fragment => sql.ref(`${found}.${column}`);
  const query =
    by.kind === 'keyed'
      ? {
          ...compileRow(scope, by.table, object, (row) => sql`${sql.ref(`${row}.${by.column}`)} = ${key}`),
          notice: sql`null::text`,
        }
      : compilePortraitBy(scope, object, by, key);
  return sql`select ${sql.ref(`${keys}.place`)}, ${of('j')}, ${of('n')}, ${by.kind === 'lookup' ? sql`${of('j')} is null` : sql`false`} as m
    from unnest(${parameter(by.values)}, ${parameter(places)}) as ${sql.id(keys)}(asked, place)
    left join lateral (select ${query.json}::text as j, ${query.notice} as n ${query.rows}) as ${sql.id(found)} on true`;
}
