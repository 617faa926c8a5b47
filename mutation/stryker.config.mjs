/**
 * Mutants of the rules (src/policy) or of planning (src/planning), as CITYGRAPH_MUTATE says; README.md says of which, and of what is left out.
 * `scripts/mutation.mjs` runs both.
 */
import { fileURLToPath } from 'node:url';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { part, parts } from './parts.mjs';

export default {
  plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/jest-runner'))],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'mutation/jest.config.mjs', enableFindRelatedTests: false },
  mutate: parts[part].mutate,
  // Words for people, and messages, are no rules.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  ignorePatterns: ['bench', 'dist', '.data', 'docs', 'mutation/node_modules'],
  tempDirName: join(tmpdir(), 'citygraph-mutation'),
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: join(tmpdir(), `citygraph-mutation-${part}.json`) },
  thresholds: { high: 95, low: 90, break: parts[part].least },
  timeoutMS: 20_000,
};
