/**
 * `_entities` as one list in the order of its representations: each group finds its own by a join with the keys that came, and where
 * nothing was found, or nothing may be, there is a null.
 */
import { sql } from 'kysely';
import type { EntityGroupPlan, RootPlan } from '../planning/plan.js';
import { compileRow } from './compile-object.js';
import { compilePortraitBy } from './compile-portrait.js';
import {
  type Fragment,
  type JoinedObject,
  parameter,
  sourceParameter,
  type SqlScope,
  type Trace,
} from './fragments.js';

export type EntitiesRoot = Extract<RootPlan, { kind: 'entities' }>;

/** Yields `j` and traces like every root; `n`, places and codes of notices; and `m`, places of identifiers that nobody has. */
export function compileEntities(scope: SqlScope, root: EntitiesRoot): JoinedObject {
  const groups = root.groups.map((group) => compileGroup(scope, group));
  const traces = groups.flatMap((group) => group.traces);
  const [places, found, alias] = [scope.alias('p'), scope.alias('e'), scope.alias('l')];
  const at = sql.ref(`${places}.place`);
  const of = (column: string): Fragment => sql.ref(`${found}.${column}`);
  const count = sourceParameter(root.count, { as: 'value' }, 'int', 'representations');
  const releases = traces.map(({ column }) => sql`string_agg(${of(column)}, ',' order by ${at}) as ${sql.id(column)}`);
  const columns = [
    sql`'[' || string_agg(coalesce(${of('j')}, 'null'), ',' order by ${at}) || ']' as j`,
    sql`string_agg(${at} || ':' || ${of('n')}, ',') as n`,
    sql`string_agg(${at}::text, ',') filter (where ${of('m')}) as m`,
    ...releases,
  ];
  return {
    alias,
    traces,
    query: sql`select ${sql.join(columns)} from generate_series(0, ${count} - 1) as ${sql.id(places)}(place)
      left join (${sql.join(
        groups.map((group) => selectGroup(group, traces)),
        sql` union all `,
      )}) as ${sql.id(found)} on ${of('place')} = ${at}`,
  };
}

interface CompiledGroup {
  readonly keys: string;
  readonly from: Fragment;
  readonly joined: JoinedObject;
  readonly traces: readonly Trace[];
  readonly by: EntityGroupPlan['by']['kind'];
}

function compileGroup(scope: SqlScope, { by, places, object }: EntityGroupPlan): CompiledGroup {
  const keys = scope.alias('k');
  const key = sql.ref(`${keys}.asked`);
  const joined =
    by.kind === 'keyed'
      ? compileRow(scope, by.table, object, (row) => sql`${sql.ref(`${row}.${by.column}`)} = ${key}`)
      : compilePortraitBy(scope, object, by, key);
  const from = sql`unnest(${parameter(by.values)}, ${parameter(places)}) as ${sql.id(keys)}(asked, place)`;
  return { keys, from, joined, traces: joined.traces, by: by.kind };
}

function selectGroup({ keys, from, joined, traces: own, by }: CompiledGroup, all: readonly Trace[]): Fragment {
  const of = (column: string): Fragment => sql.ref(`${joined.alias}.${column}`);
  const mine = new Set(own.map(({ column }) => column));
  const columns = [
    sql.ref(`${keys}.place`),
    sql`${of('j')}::text as j`,
    by === 'keyed' ? sql`null::text as n` : sql`${of('n')} as n`,
    by === 'lookup' ? sql`${of('j')} is null as m` : sql`false as m`,
    ...all.map(({ column }) => sql`${mine.has(column) ? of(column) : sql`null::text`} as ${sql.id(column)}`),
  ];
  return sql`select ${sql.join(columns)} from ${from} left join lateral (${joined.query}) as ${sql.id(joined.alias)} on true`;
}
