/** Real PostgreSQL, started once for all test files (test/support/global-setup.mjs); a database of its own for each file. */
export default {
  testEnvironment: 'node',
  rootDir: import.meta.dirname ?? new URL('.', import.meta.url).pathname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  reporters: ['default', '<rootDir>/scripts/test-totals-reporter.mjs'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Jest leaves a core free by default, which on two would leave one; the database needs little of the other.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
