/** The tests of rules or of plans, which need no database: each mutant is a run of its own, and a database would be most of it. */
import base from '../jest.config.mjs';
import { part, parts } from './parts.mjs';

const left = new Set(['globalSetup', 'globalTeardown', 'reporters']);
export default {
  ...Object.fromEntries(Object.entries(base).filter(([name]) => !left.has(name))),
  testRunner: '<rootDir>/mutation/jest-circus-in-one-realm.mjs',
  roots: ['policy', 'planning', 'server'].map((folder) => `<rootDir>/test/${folder}`),
  testMatch: parts[part].tests.map((pattern) => `<rootDir>/${pattern}`),
};
