/**
 * The relation graph, step by step: each step is the subjects next to those of the last that no step had before, cut at a number, so that
 * it ends whatever the data is, and a cycle leads nowhere new. Steps stand side by side, each with its own index scans.
 */
import { sql } from 'kysely';
import { graphLimits } from '../model/relation-graph.js';
import type {
  GraphEdgeOutput,
  GraphNodeOutput,
  GraphOutput,
  GraphPlan,
  ObjectPlan,
  SubjectOutput,
} from '../planning/plan.js';
import { compileColumn } from './compile-column.js';
import {
  type Fragment,
  jsonObject,
  nullOf,
  sourceParameter,
  type Source,
  type SqlScope,
  tracedMembers,
} from './fragments.js';
import { edgePredicates, edgeTable } from './subject-edges.js';

/** Compiles the portrait of a subject that is given by its id, where the condition holds; else null. */
export type CompilePart = (scope: SqlScope, object: ObjectPlan, part: Source, is: Fragment) => Fragment;

const { steps: maximumSteps, nodesPerStep, edges: maximumEdges } = graphLimits;

export function compileGraph(scope: SqlScope, plan: GraphPlan, subject: Fragment, compilePart: CompilePart): Fragment {
  const name = scope.alias('g');
  const step = (number: number): string => `${name}_${number}`;
  const ctes: Fragment[] = [
    sql`${sql.id(step(0))} as materialized (select ${subject} as id, ${sql.lit(plan.subjectKind)} as kind, 1::bigint as n)`,
  ];
  for (let number = 1; number <= maximumSteps; number += 1)
    ctes.push(sql`${sql.id(step(number))} as materialized (${compileStep(scope, plan, number, step)})`);
  const nodes = `${name}_nodes`;
  ctes.push(sql`${sql.id(nodes)} as materialized (${compileNumbering(step)})`);
  const edges = `${name}_edges`;
  if (plan.outputs.some(({ kind }) => kind === 'edges' || kind === 'truncated'))
    ctes.push(sql`${sql.id(edges)} as materialized (${compileEdges(scope, plan, nodes)})`);
  const members = plan.outputs.map((output) => ({
    key: output.key,
    value:
      output.kind === 'nodes'
        ? compileNodes(scope, output.outputs, nodes, compilePart)
        : compileOutput(scope, output, step, edges),
  }));
  const released = sql`(select string_agg(${sql.ref('n.id')}::text, ',' order by ${sql.ref('n.number')}) from ${sql.id(nodes)} as n)`;
  return sql`(with ${sql.join(ctes)} select ${jsonObject(tracedMembers(scope, members, [{ node: plan.node, subjects: released }]))})`;
}

/** The subjects next to those of the step before, new ones only; one more than is kept, to know whether there are more. */
function compileStep(scope: SqlScope, plan: GraphPlan, number: number, step: (number: number) => string): Fragment {
  const found = plan.edges.flatMap((edges) =>
    [
      { near: edges.from, far: edges.to },
      { near: edges.to, far: edges.from },
    ].map(({ near, far }) => {
      const row = scope.alias('e');
      const last = scope.alias('f');
      return sql`select ${sql.ref(`${row}.${far.id}`)} as id, ${sql.lit(far.subjectKind)} as kind from ${sql.id(step(number - 1))} as ${sql.id(last)}
        join ${edgeTable(edges, row)} on ${sql.ref(`${row}.${near.id}`)} = ${sql.ref(`${last}.id`)}
        where ${sql.ref(`${last}.n`)} <= ${sql.lit(nodesPerStep)} and ${edgePredicates(scope, edges, row, far)}`;
    }),
  );
  // What a step was cut by it has not had: a later one may come upon it.
  const before = Array.from(
    { length: number },
    (_, earlier) => sql`select id from ${sql.id(step(earlier))} where n <= ${sql.lit(nodesPerStep)}`,
  );
  const candidates = scope.alias('c');
  return sql`select id, kind, row_number() over (order by id) as n from (
      select distinct id, kind from (${sql.join(found, sql` union all `)}) as ${sql.id(scope.alias('d'))}
      where ${steps(plan)} >= ${sql.lit(number)} and id not in (${sql.join(before, sql` union all `)})
      order by id limit ${sql.lit(nodesPerStep + 1)}) as ${sql.id(candidates)}`;
}

function steps(plan: GraphPlan): Fragment {
  return sourceParameter(
    plan.steps,
    { as: 'between', minimum: 1, maximum: maximumSteps },
    'int',
    'relationGraph(steps:)',
  );
}

/** Nearest first; the subject in the middle is number 0. */
function compileNumbering(step: (number: number) => string): Fragment {
  const parts = Array.from(
    { length: maximumSteps + 1 },
    (_, number) =>
      sql`select id, kind, ${sql.lit(number)} as step from ${sql.id(step(number))} where n <= ${sql.lit(nodesPerStep)}`,
  );
  return sql`select id, kind, step, row_number() over (order by step, id) - 1 as number from (${sql.join(parts, sql` union all `)}) as s`;
}

/** Edges with both ends among the nodes, kinds in the order of their declaration; one more than is shown. */
function compileEdges(scope: SqlScope, plan: GraphPlan, nodes: string): Fragment {
  const shown = shownColumns(plan);
  const parts = plan.edges.map((edges, position) => {
    const [row, from, to] = [scope.alias('e'), scope.alias('a'), scope.alias('b')];
    const columns = shown.map(({ name, column, kinds, sql: type }) => {
      const value = kinds.includes(edges.kind) ? sql.ref(`${row}.${column}`) : nullOf(type);
      return sql`${value} as ${sql.id(name)}`;
    });
    return sql`select ${sql.join([
      sql`${sql.lit(position)} as position`,
      sql`${sql.lit(edges.kind)} as kind`,
      sql`${sql.ref(`${from}.number`)} as from_number`,
      sql`${sql.ref(`${to}.number`)} as to_number`,
      sql`${sql.ref(`${row}.id`)} as row_id`,
      ...columns,
    ])} from ${sql.id(nodes)} as ${sql.id(from)}
      join ${edgeTable(edges, row)} on ${sql.ref(`${row}.${edges.from.id}`)} = ${sql.ref(`${from}.id`)}
      join ${sql.id(nodes)} as ${sql.id(to)} on ${sql.ref(`${to}.id`)} = ${sql.ref(`${row}.${edges.to.id}`)}
      where ${edgePredicates(scope, edges, row, edges.to)}`;
  });
  const all = scope.alias('d');
  return sql`select *, row_number() over (order by from_number, to_number, position, row_id) as n
    from (${sql.join(parts, sql` union all `)}) as ${sql.id(all)}
    order by from_number, to_number, position, row_id limit ${sql.lit(maximumEdges + 1)}`;
}

interface ShownColumn {
  readonly name: string;
  readonly column: string;
  readonly sql: string;
  readonly kinds: readonly string[];
}

function shownColumns(plan: GraphPlan): ShownColumn[] {
  const shown = new Map<string, ShownColumn>();
  for (const output of plan.outputs) {
    if (output.kind !== 'edges') continue;
    for (const inner of output.outputs)
      if (inner.kind === 'column') shown.set(`v_${inner.column}`, { name: `v_${inner.column}`, ...inner });
  }
  return [...shown.values()];
}

function compileOutput(
  scope: SqlScope,
  output: Exclude<GraphOutput, { kind: 'nodes' }>,
  step: (number: number) => string,
  edges: string,
): Fragment {
  switch (output.kind) {
    case 'null':
      return sql`null::text`;
    case 'typename':
      return sql.lit(output.value);
    case 'truncated': {
      const more = Array.from({ length: maximumSteps }, (_, number) => step(number + 1)).map(
        (name) => sql`select from ${sql.id(name)} where n > ${sql.lit(nodesPerStep)}`,
      );
      more.push(sql`select from ${sql.id(edges)} where n > ${sql.lit(maximumEdges)}`);
      return sql`exists (${sql.join(more, sql` union all `)})`;
    }
    case 'edges': {
      const row = scope.alias('e');
      const json = jsonObject(output.outputs.map((inner) => ({ key: inner.key, value: compileEdge(inner, row) })));
      return sql`(select coalesce(json_agg(${json} order by ${sql.ref(`${row}.n`)}), '[]'::json)
        from ${sql.id(edges)} as ${sql.id(row)} where ${sql.ref(`${row}.n`)} <= ${sql.lit(maximumEdges)})`;
    }
  }
}

function compileEdge(output: GraphEdgeOutput, row: string): Fragment {
  switch (output.kind) {
    case 'null':
      return sql`null::text`;
    case 'typename':
      return sql.lit(output.value);
    case 'kind':
      return sql.ref(`${row}.kind`);
    case 'from':
      return sql.ref(`${row}.from_number`);
    case 'to':
      return sql.ref(`${row}.to_number`);
    case 'column':
      return compileColumn(sql.ref(`${row}.v_${output.column}`), output.json);
  }
}

function compileNodes(
  scope: SqlScope,
  outputs: readonly GraphNodeOutput[],
  nodes: string,
  compilePart: CompilePart,
): Fragment {
  const node = scope.alias('n');
  const json = jsonObject(
    outputs.map((output) => ({ key: output.key, value: compileNode(scope, output, node, compilePart) })),
  );
  return sql`(select coalesce(json_agg(${json} order by ${sql.ref(`${node}.number`)}), '[]'::json) from ${sql.id(nodes)} as ${sql.id(node)})`;
}

function compileNode(scope: SqlScope, output: GraphNodeOutput, node: string, compilePart: CompilePart): Fragment {
  switch (output.kind) {
    case 'null':
      return sql`null::text`;
    case 'typename':
      return sql.lit(output.value);
    case 'subject':
      return compileSubject(scope, output, node, compilePart);
    default:
      return sql.ref(`${node}.${output.kind}`);
  }
}

/** The portrait that a part of an answer leads to, where it is of that kind. */
export function compileSubject(
  scope: SqlScope,
  { object, subjectKind }: SubjectOutput,
  alias: string,
  compilePart: CompilePart,
): Fragment {
  const part: Source = { alias, subject: sql.ref(`${alias}.id`), columns: new Set() };
  return compilePart(scope, object, part, sql`${sql.ref(`${alias}.kind`)} = ${sql.lit(subjectKind)}`);
}
