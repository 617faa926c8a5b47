/**
 * Plans and statements of whole operations, beside one another in `cases/NAME/`: operation.graphql, and for each demo principal named in
 * its first line a plan and the statement it compiles to. They are the living description of the planner; a change shows as a diff.
 *
 * To write them anew after a change that is meant: CITYGRAPH_WRITE_CASES=1 npm test -- test/planning/cases.test.ts
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { registry } from '../../src/app.js';
import type { Statement } from '../../src/sql/compile-plan.js';
import { type Case, cases, folder, planCase } from './plan-case.js';

const writing = process.env['CITYGRAPH_WRITE_CASES'] === '1';

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

test('there are cases', () => expect(cases.length).toBeGreaterThanOrEqual(6));

test.each(cases)('$name, as $principal', async ({ name, source, principal }) => {
  const it = await planCase(source, principal);
  const { readsL4, scope, nodes, denials, usedInArguments } = it.plan;
  compareFile(
    join(folder, name, `${principal}.plan.json`),
    `${JSON.stringify({ scope, readsL4, usedInArguments, nodes, denials }, null, 2)}\n`,
  );
  compareFile(join(folder, name, `${principal}.sql`), writeStatement(it.statement));
  expect(findForbiddenColumns(it)).toEqual([]);
});

function compareFile(file: string, content: string): void {
  if (writing) writeFileSync(file, content);
  expect(existsSync(file) ? readFileSync(file, 'utf8') : `(missing: ${file})`).toBe(content);
}
