/**
 * Plans and statements of whole operations, beside one another in `cases/NAME/`: operation.graphql, and for each demo principal named in
 * its first line a plan and the statement it compiles to. They are the living description of the planner; a change shows as a diff.
 *
 * To write them anew after a change that is meant: CITYGRAPH_WRITE_CASES=1 npm test -- test/planning/cases.test.ts
 */
import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kind } from 'graphql';
import type { Pool } from 'pg';
import { demoAccesses } from '../../seeds/demo-accesses.js';
import { registry } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { bindParameters } from '../../src/execution/bind-parameters.js';
import { createSealer } from '../../src/execution/seal.js';
import { createDocumentStore, selectOperation } from '../../src/planning/document.js';
import { planOperation } from '../../src/planning/plan-operation.js';
import type { Plan } from '../../src/planning/plan.js';
import { createAccessProfile } from '../../src/policy/access-profile.js';
import { createFieldShields } from '../../src/policy/field-shields.js';
import { buildApiSchema } from '../../src/server/api-schema.js';
import { coerceVariables } from '../../src/server/variables.js';
import { compilePlan, type Statement } from '../../src/sql/compile-plan.js';
import { createMigratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';

const folder = join(import.meta.dirname, 'cases');
const writing = process.env['CITYGRAPH_WRITE_CASES'] === '1';
const schema = buildApiSchema(registry);
const { limits } = readConfig({}, 'test-node');
const documents = createDocumentStore(schema, limits);
const shields = createFieldShields(registry.coordinates);
const accesses = new Map(demoAccesses(registry.coordinates).map(({ name, access }) => [name, access]));
const sealer = createSealer(Buffer.alloc(32), 'test');

interface Case {
  readonly plan: Plan;
  readonly statement: Statement | null;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly divisions: readonly string[] | null;
}

async function planCase(source: string, principal: string): Promise<Case> {
  const prepared = documents.prepare(source);
  const operation = selectOperation(prepared.normal, null);
  const given = /^# variables: (.*)$/m.exec(source)?.[1] ?? '{}';
  const asSent = selectOperation(prepared.document, null);
  const variables = { ...coerceVariables(schema, asSent, JSON.parse(given)), ...prepared.lifted };
  const profile = createAccessProfile(accesses.get(principal)!, 1, registry.coordinates);
  const decider = {
    field: (coordinate: string) => shields.ask('field', coordinate, profile),
    match: (coordinate: string) => shields.ask('match', coordinate, profile),
  };
  const fragments = new Map(
    prepared.normal.definitions.flatMap((it) =>
      it.kind === Kind.FRAGMENT_DEFINITION ? [[it.name.value, it] as const] : [],
    ),
  );
  const { divisions, includesProtected } = profile.scope;
  const scope = { byDivision: divisions !== null, hideProtected: !includesProtected };
  const plan = await planOperation(registry, decider, {
    selectionSet: operation.selectionSet,
    fragments,
    variables,
    scope,
    maximumNodes: limits.planNodes,
  });
  return { plan, statement: compilePlan(plan), variables, divisions };
}

/** The statement as it is sent, broken into lines where a part begins, with its parameters below. */
function writeStatement(statement: Statement | null): string {
  if (!statement) return '-- nothing is read from the libraries\n';
  const text = statement.text
    .replace(/\s+/g, ' ')
    .replace(/ (left join lateral|where|order by|limit|from \(select|from "|from citygraph)/g, '\n$1');
  const parameters = statement.parameters.map(
    (it, index) => `-- $${index + 1} ${it.sql} ${it.form.as} ${JSON.stringify(it.source)}`,
  );
  return `${[text, ...parameters].join('\n')}\n`;
}

/** Columns of the statement that a verdict of the plan denies, or gives masked alone. */
function findForbiddenColumns({ plan, statement }: Case): string[] {
  const forbidden: string[] = [];
  for (const node of plan.nodes) {
    const dataset = registry.datasets.get(node.type);
    for (const { name, verdict } of node.fields) {
      const field = dataset?.fields.get(name);
      if (verdict === 'allow' || field?.kind !== 'column' || field.control) continue;
      const elsewhere = plan.nodes.some(
        (other) => other.type === node.type && other.fields.some((it) => it.name === name && it.verdict === 'allow'),
      );
      if (!elsewhere && statement?.text.includes(`."${field.column}"`)) forbidden.push(`${node.type}.${name}`);
    }
  }
  return forbidden;
}

describe('plans and statements', () => {
  let database: MigratedDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await createMigratedDatabase();
  });
  afterAll(() => database.drop());

  const names = readdirSync(folder);
  test('there are cases', () => expect(names.length).toBeGreaterThanOrEqual(6));

  for (const name of names) {
    const source = readFileSync(join(folder, name, 'operation.graphql'), 'utf8');
    const principals = /^# as: (.*)$/m.exec(source)![1]!.split(', ');
    for (const principal of principals) {
      test(`${name}, as ${principal}`, async () => {
        const it = await planCase(source, principal);
        const { readsL4, scope, nodes, denials, usedInArguments } = it.plan;
        compareFile(
          join(folder, name, `${principal}.plan.json`),
          `${JSON.stringify({ scope, readsL4, usedInArguments, nodes, denials }, null, 2)}\n`,
        );
        compareFile(join(folder, name, `${principal}.sql`), writeStatement(it.statement));
        expect(findForbiddenColumns(it)).toEqual([]);
        if (!it.statement) return;
        // It runs under the role that its verdicts ask for: the role without L4 would refuse a plain column of that level.
        pool = readsL4 ? database.pools.readerL4 : database.pools.reader;
        const context = {
          variables: it.variables,
          divisions: it.divisions,
          sealer,
          identifierKey: Buffer.alloc(32),
          maximumPageSize: limits.pageSize,
          maximumListLength: limits.listLength,
        };
        const { rows } = await pool.query(it.statement.text, bindParameters(it.statement.parameters, context));
        expect(Object.keys(rows[0] as object)).toEqual(
          [...it.statement.roots, ...it.statement.traces, ...it.statement.notices]
            .map(({ column }) => column)
            .sort(inOrderOf(rows[0] as object)),
        );
      });
    }
  }
});

function inOrderOf(row: object): (a: string, b: string) => number {
  const keys = Object.keys(row);
  return (a, b) => keys.indexOf(a) - keys.indexOf(b);
}

function compareFile(file: string, content: string): void {
  if (writing) writeFileSync(file, content);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : `(missing: ${file})`).toBe(content);
}
