/** The tests of rules and plans, which need no database: each mutant is a run of its own, and a database would be most of it. */
import base from '../jest.config.mjs';

const left = new Set(['globalSetup', 'globalTeardown', 'reporters']);
export default {
  ...Object.fromEntries(Object.entries(base).filter(([name]) => !left.has(name))),
  testMatch: [
    '<rootDir>/test/policy/{decide,tables,select-grants,derived}.test.ts',
    '<rootDir>/test/planning/*.test.ts',
    '<rootDir>/test/server/schema-views.test.ts',
  ],
};
