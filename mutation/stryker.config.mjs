/**
 * Mutants of the rules (src/policy) and of planning (src/planning). What of src/policy needs a database to be tested is left out: store,
 * managers, resolvers and entities are broken by hand.
 */
import { fileURLToPath } from 'node:url';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rules = ['decide', 'select-grants', 'access-profile', 'effective-classification', 'explanation', 'grant-items'];

export default {
  plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/jest-runner'))],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'mutation/jest.config.mjs', enableFindRelatedTests: false },
  mutate: [`src/policy/{${rules.join(',')}}.ts`, 'src/planning/*.ts'],
  // Words for people, and messages, are no rules.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  ignorePatterns: ['bench', 'dist', '.data', 'docs', 'mutation/node_modules'],
  tempDirName: join(tmpdir(), 'citygraph-mutation'),
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: join(tmpdir(), 'citygraph-mutation.json') },
  thresholds: { high: 95, low: 90, break: null },
  timeoutMS: 60_000,
};
