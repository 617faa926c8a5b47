/** The shields of management fields, each on a schema that has nothing but its fields. That the service stands behind them, policy-changes.test.ts shows. */
import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { buildSchema, graphql, GraphQLError } from 'graphql';
import { parse } from 'yaml';
import { officialRoles, type Principal } from '../../src/policy/access.js';
import {
  audienceOf,
  fieldsWithoutAudience,
  isArgumentShownTo,
  shieldManagement,
} from '../../src/policy/management-shields.js';

interface ManagementCase {
  readonly fields?: readonly string[];
  readonly mutations?: readonly string[];
  readonly may: readonly string[];
  readonly shown: readonly string[];
}
const table = parse(readFileSync(new URL('management.cases.yml', import.meta.url), 'utf8')) as ManagementCase[];
const lines = table.flatMap(({ fields = [], mutations = [], may, shown }) => [
  ...fields.map((field) => ({ operation: 'Query' as const, field, may, shown })),
  ...mutations.map((field) => ({ operation: 'Mutation' as const, field, may, shown })),
]);

const consumer: Principal = { kind: 'consumer', name: 'app', department: '150600-health', clearance: 'L2' };
const everyone: Principal = { kind: 'public', name: 'public' };
const callers: Readonly<Record<string, { principal: Principal; gateway?: string; ids?: readonly string[] }>> = {
  public: { principal: everyone },
  'public by-id': { principal: everyone, ids: ['1'] },
  'public by-no-id': { principal: everyone, ids: [] },
  consumer: { principal: consumer },
  'legal-person': { principal: { ...consumer, legalPerson: '7' } },
  forwarded: { principal: consumer, gateway: 'gate' },
  ...Object.fromEntries(
    officialRoles.map((role) => [
      role,
      { principal: { kind: 'official', name: role, role, department: 'd' } as const },
    ]),
  ),
};

const fieldsOf = (operation: 'Query' | 'Mutation'): string =>
  lines
    .filter((it) => it.operation === operation)
    .map(({ field }) => `${field}(ids: [ID!]): Managed`)
    .join('\n');
const schema = shieldManagement(
  buildSchema(`
    type Managed { id: ID, failing: ID, other: Managed, row: Row }
    type Row { id: ID }
    type Query { ${fieldsOf('Query')} }
    type Mutation { ${fieldsOf('Mutation')} }
  `),
  new Set(['Row']),
);
const managed: object = {
  id: 'reached',
  row: { id: 'a row' },
  failing: () => {
    throw new GraphQLError('a refusal of its own', { extensions: { code: 'BAD_USER_INPUT' } });
  },
};

async function ask(operation: 'Query' | 'Mutation', selection: string, caller: string) {
  const { principal, gateway = null } = callers[caller]!;
  const { data, errors = [] } = await graphql({
    schema,
    source: `${operation.toLowerCase()} ${selection}`,
    rootValue: Object.fromEntries(lines.map(({ field }) => [field, managed])),
    contextValue: { profile: { principal }, gateway },
  });
  return { data, codes: errors.map(({ extensions }) => extensions['code']) };
}

describe('a management field', () => {
  test.each(lines.map((line) => [line.field, line] as const))(
    '%s is for whom the table says, and forbidden to all others',
    async (field, { operation, may }) => {
      const allowed: string[] = [];
      for (const [caller, { ids }] of Object.entries(callers)) {
        const given = ids ? `(ids: ${JSON.stringify(ids)})` : '';
        const { data, codes } = await ask(operation, `{ ${field}${given} { id } }`, caller);
        if (codes.length === 0) allowed.push(caller);
        expect(codes).toEqual(allowed.includes(caller) ? [] : ['FORBIDDEN']);
        expect({ ...data }).toEqual({ [field]: allowed.includes(caller) ? { id: 'reached' } : null });
      }
      // Who may without an id may with one.
      const expected = may.includes('public') ? [...may, 'public by-id', 'public by-no-id'] : may;
      expect(allowed.sort()).toEqual([...expected].sort());
    },
  );

  test.each(lines.map((line) => [line.field, line] as const))(
    '%s is shown to whom the table says',
    (field, { operation, shown }) => expect([...audienceOf(operation, field)].sort()).toEqual([...shown].sort()),
  );

  test('says to whom it is shown', () => {
    expect(fieldsWithoutAudience()).toStrictEqual([]);
    // Which every object has, and no rule.
    expect(audienceOf('Mutation', 'toString').size).toBe(0);
  });

  test('refuses by itself in its own words, which are not taken for a missing role', async () => {
    const { codes } = await ask('Query', '{ explainAccess { failing } }', 'consumer');
    expect(codes).toEqual(['BAD_USER_INPUT']);
  });

  test('leads to what it returns, and never into a library', async () => {
    const { data, codes } = await ask('Query', '{ explainAccess { id row { id } } }', 'consumer');
    expect(JSON.parse(JSON.stringify(data))).toEqual({ explainAccess: { id: 'reached', row: { id: null } } });
    expect(codes).toEqual(['FORBIDDEN']);
  });
});

test.each(['usageRecords', 'usageSummary'])('to look for a subject by %s is shown to officials alone', (field) => {
  for (const argument of ['subject', 'idNumber', 'creditCode'])
    expect(
      ['public', 'consumer', 'official'].map((kind) => isArgumentShownTo(kind as Principal['kind'], field, argument)),
    ).toEqual([false, false, true]);
  expect(isArgumentShownTo('public', field, 'ids')).toBe(true);
  expect(isArgumentShownTo('consumer', 'explainAccess', 'subject')).toBe(true);
});
