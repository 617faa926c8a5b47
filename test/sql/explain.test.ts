/**
 * Whether the statements that the service really runs find every row by a key: their plans, at demo scale, with reading a table whole
 * discouraged, so that it is done only where no index would do; then with all discouraged but to look up.
 *
 * The same on a pool that is there, a city's for one, with what it is cheaper to read whole after all and the time taken printed beside:
 *
 *     CITYGRAPH_EXPLAIN_DATA_DIR=DIR npm test -- test/sql/explain.test.ts
 *
 * takes the keyring and the demo credentials of that data directory, and its database, or that of CITYGRAPH_EXPLAIN_URL. It migrates the
 * database as any start does, and asks each workload once, on record.
 *
 * @long
 */
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClientBase, PoolClient } from 'pg';
import { seedScales } from '../../seeds/run-seeds.js';
import { registry } from '../../src/app.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { createPools, type Pools } from '../../src/database/pools.js';
import { findRunningPostgres } from '../../src/database/running-postgres.js';
import { findableColumns, operatorsOf } from '../../src/model/connection-type.js';
import { type DemoService, startDemoService } from '../support/demo-service.js';
import { allButLookUps, type Planning, type PlannedStatement, readPlan, seqScans } from './whole-reads.js';
import { type Workload, workloads } from './workloads.js';

const dataDir = process.env['CITYGRAPH_EXPLAIN_DATA_DIR'];
let server: EmbeddedPostgres | undefined;
let demo: DemoService;
/** As the service's own, which keep prepared statements. */
let pools: Pools;

beforeAll(async () => {
  demo = await startDemoService(dataDir ? await poolOf(resolve(dataDir)) : { scale: seedScales.demo });
  pools = createPools({ url: demo.url, statementTimeoutMilliseconds: 120_000 });
}, 300_000);
afterAll(async () => {
  await pools.close();
  await demo.stop();
  await server?.stop();
});

async function poolOf(folder: string): Promise<{ url: string; dataDir: string }> {
  const given = process.env['CITYGRAPH_EXPLAIN_URL'];
  if (given !== undefined) return { url: given, dataDir: folder };
  const running = (await findRunningPostgres(folder, 0)) ?? (server = await startEmbeddedPostgres({ dataDir: folder }));
  return { url: running.url('postgres'), dataDir: folder };
}

interface Sent {
  readonly pool: 'reader' | 'readerL4';
  readonly statement: PlannedStatement;
}

/** The one statement of a workload, as it went to the database. */
async function send({ principal, query, asksFor }: Workload): Promise<Sent> {
  const { idNumbers, creditCodes } = demo.credentials.samples;
  const representations = [
    ...[
      { __typename: 'Person', idNumber: idNumbers[0] },
      { __typename: 'LegalPerson', creditCode: creditCodes[0] },
    ],
    { __typename: 'Division', code: '150622' },
  ];
  const sample = { idNumber: idNumbers[0], creditCode: creditCodes[0], representations, nothing: undefined }[asksFor];
  const { result, libraryStatements } = await demo.capture(() => demo.ask(principal, query, { sample }));
  expect({ status: result.status, errors: result.errors }).toEqual({ status: 200, errors: [] });
  expect(libraryStatements.length).toBe(1);
  const { purpose, text, values } = libraryStatements[0]!;
  return { pool: purpose as Sent['pool'], statement: { text, values } };
}

async function within<T>(pool: Sent['pool'], work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pools[pool].connect();
  try {
    await client.query('begin');
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const tableOf = (name: string): string => {
  const { schema, table } = registry.datasets.get(name)!;
  return `${schema}.${table}`;
};

describe.each(workloads(registry))('$name', (workload) => {
  test.each<Planning>(['generic', 'values'])(
    'reads no table whole and finds every row by its key, planned: %s',
    async (planning) => {
      const { pool, statement } = await send(workload);
      await within(pool, async (client) => {
        const { tables, seqScans: whole } = await readPlan(client, statement, planning, seqScans);
        expect([...new Set(workload.reaches.map(tableOf))].filter((table) => !tables.has(table))).toEqual([]);
        expect(whole).toEqual([]);
        const { unkeyed } = await readPlan(client, statement, planning, allButLookUps);
        expect(unkeyed.filter((it) => !workload.pagesOf.some((table) => it.startsWith(`${table}: `)))).toEqual([]);
        if (dataDir) await report(client, workload, planning, statement);
      });
    },
    120_000,
  );
});

let reports = 0;
/** What is done when nothing is discouraged, and how long it takes. */
async function report(
  client: ClientBase,
  { name, principal }: Workload,
  planning: Planning,
  statement: PlannedStatement,
): Promise<void> {
  const { seqScans: whole } = await readPlan(client, statement, planning, []);
  await client.query(
    `set local plan_cache_mode = ${planning === 'generic' ? 'force_generic_plan' : 'force_custom_plan'}`,
  );
  const started = performance.now();
  await client.query({ name: `explained ${(reports += 1)}`, text: statement.text, values: [...statement.values] });
  const milliseconds = (performance.now() - started).toFixed(1);
  process.stdout.write(
    `${name}, as ${principal}, ${planning}: ${milliseconds} ms; read whole: ${whole.join(', ') || 'nothing'}\n`,
  );
}

/** Columns with words of a fixed stock have no index over parts of a word, and offer no search by one. */
test('a filter over the words of a stock finds its rows by an index, as a whole and by how they begin', async () => {
  const labels = [...registry.datasets.values()].flatMap((dataset) =>
    findableColumns(dataset).flatMap((field) => (field.type.name === 'label' ? [{ dataset, field }] : [])),
  );
  expect(labels.length).toBeGreaterThan(10);
  const client = await demo.owner.connect();
  try {
    await client.query('begin');
    await client.query('set local enable_seqscan = off');
    for (const { dataset, field } of labels) {
      expect(operatorsOf(field.type)).toEqual(['eq', 'in', 'startsWith', 'isNull']);
      const column = `"${field.column}"`;
      for (const condition of [
        `${column} = '东'`,
        `${column} = any('{东,西}')`,
        `${column} >= '东' and ${column} < '丝'`,
      ]) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `explain select id from ${dataset.schema}.${dataset.table} where ${condition}`,
        );
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect([dataset.name, field.name, condition, plan]).toEqual([
          ...[dataset.name, field.name, condition],
          expect.stringMatching(new RegExp(`Index Cond: .*\\b${field.column}\\b`)),
        ]);
      }
    }
  } finally {
    await client.query('rollback');
    client.release();
  }
});

describe('an index that is missing shows', () => {
  test.each([
    ['officer_person_id_index', 'legal_person.officer'],
    // Another index is asked for the kind, and what it finds compared with the subject.
    ['subject_identifier_subject', 'citygraph.subject_identifier'],
    // Another index holds the column, but does not begin with it.
    ['marriage_registration_person_id_index', 'population.marriage_registration'],
  ])('%s', async (index, table) => {
    const { statement } = await send(workloads(registry)[0]!);
    const client = await demo.owner.connect();
    try {
      await client.query('begin');
      await client.query('set local join_collapse_limit = 1; set local from_collapse_limit = 1');
      expect((await readPlan(client, statement, 'generic', allButLookUps)).unkeyed).toEqual([]);
      await client.query(`drop index ${table.split('.')[0]}.${index}`);
      const { unkeyed } = await readPlan(client, statement, 'generic', allButLookUps);
      expect(new Set(unkeyed.map((it) => it.split(':')[0]))).toEqual(new Set([table]));
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
