/** The statements of the planner's cases run, under the role that their verdicts ask for: the role without L4 would refuse a plain column of that level. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bindParameters } from '../../src/execution/bind-parameters.js';
import { createSealer } from '../../src/execution/seal.js';
import { cases, limits, planCase } from '../planning/plan-case.js';
import { createMigratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';

const sealer = createSealer(Buffer.alloc(32), 'test');
let database: MigratedDatabase;
beforeAll(async () => {
  database = await createMigratedDatabase();
});
afterAll(() => database.drop());

test.each(cases)('$name, as $principal', async ({ source, principal }) => {
  const { plan, statement, variables, divisions } = await planCase(source, principal);
  if (!statement) {
    expect(plan.roots.every(({ kind }) => kind === 'null' || kind === 'typename' || kind === 'resolver')).toBe(true);
    return;
  }
  const pool = plan.readsL4 ? database.pools.readerL4 : database.pools.reader;
  const context = {
    ...{ variables, divisions, sealer, identifierKey: Buffer.alloc(32) },
    ...{ maximumPageSize: limits.pageSize, maximumListLength: limits.listLength },
  };
  const { fields } = await pool.query(statement.text, bindParameters(statement.parameters, context));
  const columns = [...statement.roots, ...statement.notices, ...statement.missed].map(({ column }) => column);
  expect(fields.map(({ name }) => name).sort()).toEqual(columns.sort());
});
