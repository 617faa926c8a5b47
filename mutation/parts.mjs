/** What is mutated, and by which tests: two runs, for the tests of planning take ten times as long as those of the rules. */
import { readFileSync } from 'node:fs';

const rules = [
  'access-profile',
  'address-list',
  'credential',
  'decide',
  'effective-classification',
  'emergency-switches',
  'explanation',
  'field-shields',
  'grant-items',
  'management-shields',
  'select-grants',
];

export const parts = {
  policy: {
    mutate: [
      `src/policy/{${rules.join(',')}}.ts`,
      // What stands before it speaks to the database.
      linesFrom('src/policy/policy-change.ts', 'const longestText'),
    ],
    tests: [`test/policy/{${[...rules, 'derived', 'policy-change', 'tables'].join(',')}}.test.ts`],
    least: 90,
  },
  planning: {
    mutate: ['src/planning/*.ts'],
    tests: ['test/planning/*.test.ts', 'test/server/schema-views.test.ts'],
    least: null,
  },
};

/** That this run is about. */
export const part = process.env.CITYGRAPH_MUTATE ?? 'policy';
if (!Object.hasOwn(parts, part))
  throw new Error(`expected ${Object.keys(parts).join(' or ')} in CITYGRAPH_MUTATE, got another`);

/** The lines of a file from the one that begins so to its end, as Stryker writes them. */
function linesFrom(file, beginning) {
  const lines = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const from = lines.findIndex((line) => line.startsWith(beginning)) + 1;
  if (from === 0) throw new Error(`expected a line of ${file} that begins with ${beginning}, got none`);
  return `${file}:${from}-${lines.length}`;
}
