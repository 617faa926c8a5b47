/**
 * Runs a test file as `npm test` does, and tells the mutants which of them lives. Everything is loaded once for each of Stryker's processes,
 * with all mutants in it; a mutant is switched on by its number, so that a run takes what its tests take. Stryker wants `jest-circus` in this
 * file's name, whose events tell it which test runs.
 */
import runInOneRealm from '../test/support/runner/run-test-file.mjs';

const ACTIVE = '__STRYKER_ACTIVE_MUTANT__';

export default function runTestFile(globalConfig, config, environment, ...rest) {
  const namespace = environment.global.__strykerGlobalNamespace__ ?? '__stryker__';
  const shared = environment.global[namespace];
  if (shared) globalThis[namespace] = shared;
  const mutants = (globalThis[namespace] ??= {});
  mutants.activeMutant = process.env[ACTIVE];
  return runInOneRealm(globalConfig, config, environment, ...rest);
}
