/**
 * Real PostgreSQL, started once for all test files (test/support/global-setup.mjs); a database of its own for each file. Modules are loaded once
 * for each worker (test/support/runner/run-test-file.mjs).
 */
import { swcOptions } from './scripts/build.mjs';

export default {
  testEnvironment: 'node',
  testRunner: '<rootDir>/test/support/runner/run-test-file.mjs',
  testSequencer: '<rootDir>/test/support/runner/long-first.mjs',
  injectGlobals: false,
  rootDir: import.meta.dirname ?? new URL('.', import.meta.url).pathname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  /* For the files with modules of their own. */
  transform: { '^.+\\.ts$': ['@swc/jest', swcOptions] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  reporters: ['default', '<rootDir>/scripts/test-totals-reporter.mjs'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Jest leaves a core free by default, which on two would leave one; the database needs little of the other.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
