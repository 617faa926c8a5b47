/**
 * Compiles a part of a cut plan: its outputs for each of the keys that it is asked for, a row for each key in the order of the keys. On a
 * distributed database a statement asks for one key, named again in every relation, so that it goes to one shard.
 */
import { sql } from 'kysely';
import type { CutPart, CutPlan, PartOutput } from '../planning/cut-plan.js';
import type { ObjectPlan, Parameter, Plan } from '../planning/plan.js';
import { compileConnection } from './compile-connection.js';
import { compileIdentifier, compileOutput, compileRelation } from './compile-object.js';
import { compileSelect, type Statement } from './compile-plan.js';
import { compileCollectedAt } from './compile-provenance.js';
import { type Fragment, parameter, SelectList, type Source, SqlScope, type TraceKey } from './fragments.js';

export interface PartStatement extends Statement {
  /** Result columns: the text of each slot. */
  readonly slots: readonly { readonly slot: number; readonly column: string }[];
}

/** The result column with the place of the row's key among the keys. */
export const placeOfKey = 'n';

export function compilePart(plan: Plan, cut: CutPlan, part: CutPart, traceKey: TraceKey): PartStatement {
  const asked: Parameter = {
    source: { from: 'keys' },
    form: { as: 'value' },
    sql: part.oneByOne ? part.keys : `${part.keys}[]`,
    label: 'keys',
  };
  const one = part.oneByOne ? parameter(asked) : null;
  const scope = new SqlScope({ rowScope: plan.scope, traceKey, compileList: compileConnection, key: one });
  const key = one ?? sql.ref('k.key');
  const source: Source = { alias: 'k', subject: key, columns: new Set() };
  const list = new SelectList();
  list.add(one ? sql`1` : sql`k.n::int`, placeOfKey);
  const slots = part.slots.map((slot) => ({ slot, column: `s${slot}` }));
  const [only] = slots;
  const { output } = cut.slots[only!.slot]!;
  const scopeOf = (slot: number): SqlScope => (cut.slots[slot]!.ofList ? scope.forMany() : scope);
  // What is not of one shard stands by itself, and a distributed database begins with its table.
  if (part.oneByOne && !part.oneShard && (output.kind === 'one' || output.kind === 'many')) {
    const { json, rows } = compileRelation(scopeOf(only!.slot), output, source);
    list.add(json, only!.column);
    return { ...compileSelect(list, rows), ...nothingElse, slots };
  }
  for (const { slot, column } of slots) list.add(jsonOf(scopeOf(slot), cut.slots[slot]!.output, source), column);
  // Behind a subselect their number is not planned for, so nothing is planned anew for each: that takes longer than reading.
  const keys = one
    ? sql`from (select) as ${sql.id('one')}`
    : sql`from unnest((select ${parameter(asked)})) with ordinality as k (key, n)`;
  return { ...compileSelect(list, keys), ...nothingElse, slots };
}

/** Roots and what is said of them are in other statements. */
const nothingElse = { roots: [], notices: [], missed: [] };

function jsonOf(scope: SqlScope, output: PartOutput, source: Source): Fragment {
  const key = source.subject as Fragment;
  if (output.kind === 'collected-at') return sql`to_json(${compileCollectedAt(scope, output, key)})`;
  if (output.kind === 'identifier') return sql`to_json(${compileIdentifier(scope, output, key)})`;
  return compileOutput(scope, holder, source, output);
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
