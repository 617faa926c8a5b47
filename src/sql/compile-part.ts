/**
 * Compiles a part of a cut plan: its outputs for each of the keys that it is asked for, a row for each key in the order of the keys. On a
 * distributed database a statement asks for one key, named again in every relation, so that it goes to one shard.
 */
import { type Compilable, sql } from 'kysely';
import type { CutPart, CutPlan, PartOutput } from '../planning/cut-plan.js';
import type { ObjectPlan, Parameter, Plan } from '../planning/plan.js';
import { compileConnection } from './compile-connection.js';
import { compileIdentifier, compileOutput, type Source } from './compile-object.js';
import type { Statement } from './compile-plan.js';
import { compileCollectedAt } from './compile-provenance.js';
import { compiler, type Fragment, type JoinedObject, parameter, SelectList, SqlScope } from './fragments.js';

export interface PartStatement extends Statement {
  /** Result columns: the text of each slot, and what its nodes release. */
  readonly slots: readonly {
    readonly slot: number;
    readonly column: string;
    readonly traces: readonly { readonly node: number; readonly column: string }[];
  }[];
}

/** The result column with the place of the row's key among the keys. */
export const placeOfKey = 'n';

export function compilePart(plan: Plan, cut: CutPlan, part: CutPart): PartStatement {
  const asked: Parameter = {
    source: { from: 'keys' },
    form: { as: 'value' },
    sql: part.oneByOne ? part.keys : `${part.keys}[]`,
    label: 'keys',
  };
  const one = part.oneByOne ? parameter(asked) : null;
  const scope = new SqlScope(plan.scope, compileConnection, one);
  const key = one ?? sql.ref('k.key');
  const alone = part.oneByOne && !part.oneShard;
  const joins: Fragment[] = [];
  const list = new SelectList();
  list.add(one ? sql`1` : sql`k.n::int`, placeOfKey);
  const slots = part.slots.map((slot) => {
    const column = `s${slot}`;
    const traces: { node: number; column: string }[] = [];
    const join = (joined: JoinedObject): Fragment => {
      const query = sql`(${joined.query}) as ${sql.id(joined.alias)}`;
      joins.push(alone ? query : sql`left join lateral ${query} on true`);
      for (const trace of joined.traces) {
        list.add(sql.ref(`${joined.alias}.${trace.column}`), trace.column);
        traces.push(trace);
      }
      return sql.ref(`${joined.alias}.j`);
    };
    list.add(textOf(scope, cut.slots[slot]!.output, key, join), column);
    return { slot, column, traces };
  });
  // Behind a subselect their number is not planned for, so nothing is planned anew for each: that takes longer than reading.
  const keys = one
    ? sql`(select) as ${sql.id('one')}`
    : sql`unnest((select ${parameter(asked)})) with ordinality as k (key, n)`;
  const from =
    alone && joins.length === 1 ? joins[0]! : sql`${keys} ${joins.length > 0 ? sql.join(joins, sql` `) : sql``}`;
  const query = sql`select ${sql.join(list.fragments)} from ${from}`;
  const compiled = (query as unknown as { compile(executor: unknown): ReturnType<Compilable['compile']> }).compile(
    compiler,
  );
  return {
    text: compiled.sql,
    parameters: compiled.parameters as readonly Parameter[],
    columns: list.names,
    roots: [],
    traces: [],
    notices: [],
    missed: [],
    slots,
  };
}

/** The output's JSON as text. */
function textOf(
  scope: SqlScope,
  output: PartOutput,
  key: Fragment,
  join: (joined: JoinedObject) => Fragment,
): Fragment {
  if (output.kind === 'collected-at') return sql`to_json(${compileCollectedAt(scope, output, key)})::text`;
  if (output.kind === 'identifier') return sql`to_json(${compileIdentifier(scope, output, key)})::text`;
  const source: Source = { alias: 'k', subject: key, columns: new Set() };
  return sql`${compileOutput(scope, holder, source, output, join)}::text`;
}

/** Stands for the object that the outputs were cut off from: of it there is the key alone. */
const holder: ObjectPlan = {
  type: '',
  node: -1,
  of: 'portrait',
  subjectColumns: [],
  primarySubject: null,
  outputs: [],
};
