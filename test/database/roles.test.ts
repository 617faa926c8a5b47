import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { datasets } from '../../src/database/entities.js';
import { migrate } from '../../src/database/migrate.js';
import { databaseRoles } from '../../src/database/role-names.js';
import { openDirectConnection } from '../../src/database/direct-connection.js';
import { createPools, type PoolName, type Pools } from '../../src/database/pools.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let owner: Client;
let pools: Pools;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url);
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  pools = createPools({ url: database.url, sizes: { reader: 1, readerL4: 1, logger: 1, auditor: 1 } });
});
afterAll(async () => {
  await pools.close();
  await owner.end();
  await database.drop();
});

const REFUSED = { code: '42501' };

/** In a transaction that may write, so that the grants alone decide; what it does is rolled back. */
async function attempt(pool: PoolName, sql: string): Promise<unknown[]> {
  const client = await pools[pool].connect();
  try {
    await client.query('begin read write');
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const writes = (table: string): string[] => [
  `insert into ${table} default values`,
  `update ${table} set id = id`,
  `delete from ${table}`,
  `truncate ${table}`,
];
const libraryTables = datasets.map((dataset) => `${dataset.schema}.${dataset.table}`);
const policyTables = ['consumer', 'official', 'access_grant', 'access_grant_item', 'policy_version'].map(
  (it) => `citygraph.${it}`,
);
const treeTables = ['usage_leaf', 'usage_tile', 'usage_tree', 'usage_checkpoint', 'usage_cosignature'].map(
  (it) => `citygraph.${it}`,
);
const indexTables = [
  ...['usage_footprint', 'usage_footprint_item', 'usage_plan_footprint', 'usage_shape', 'usage_entry'],
  ...['usage_subject_entry', 'usage_subject_period', 'usage_hour', 'usage_index'],
];
const usageTables = ['usage_record', 'usage_plan', 'usage_refusal', 'usage_queue', ...indexTables]
  .map((it) => `citygraph.${it}`)
  .concat(treeTables);
/** A view over the queue: read with its owner’s rights. */
const waiting = 'citygraph.usage_waiting';
const l4Columns = datasets.flatMap((dataset) =>
  [...dataset.fields.values()].flatMap((field) =>
    // A control column (the subject's division) is read by fixed policy predicates, whatever its level.
    field.kind === 'column' && !field.control && field.classification.level === 'L4'
      ? [{ table: `${dataset.schema}.${dataset.table}`, field }]
      : [],
  ),
);

describe('the reader', () => {
  test('there are L4 columns to be refused', () => expect(l4Columns.length).toBeGreaterThan(3));

  test.each(l4Columns)('is refused $field.column of $table, and given its masked column', async ({ table, field }) => {
    await expect(attempt('reader', `select ${field.column} from ${table}`)).rejects.toMatchObject(REFUSED);
    await expect(attempt('reader', `select 1 from ${table} where ${field.column} is null`)).rejects.toMatchObject(
      REFUSED,
    );
    await expect(attempt('reader', `select count(*) from ${table} group by ${field.column}`)).rejects.toMatchObject(
      REFUSED,
    );
    if (field.maskedColumn) await attempt('reader', `select ${field.maskedColumn} from ${table}`);
  });

  test.each(datasets)('reads every other column of $table', async (dataset) => {
    const columns = [...dataset.fields.values()].flatMap((field) => {
      if (field.kind === 'id') return ['id'];
      if (field.kind === 'subject') return [field.idColumn, field.divisionColumn, field.protectedColumn];
      return field.kind === 'column' && field.classification.level !== 'L4' ? [field.column] : [];
    });
    await attempt(
      'reader',
      `select ${columns.map((column) => `"${column}"`).join(', ')} from ${dataset.schema}.${dataset.table}`,
    );
  });

  test('reads the subject index, but no identifier in plain unless it is open', async () => {
    await attempt('reader', 'select * from citygraph.subject');
    await attempt(
      'reader',
      'select subject_id, kind, digest, value_masked, open_value from citygraph.subject_identifier',
    );
    await expect(attempt('reader', 'select value from citygraph.subject_identifier')).rejects.toMatchObject(REFUSED);
    await expect(attempt('reader', 'select * from citygraph.subject_identifier')).rejects.toMatchObject(REFUSED);
  });
});

describe('the reader of L4', () => {
  test.each(libraryTables)('reads all of %s', async (table) => {
    await attempt('readerL4', `select * from ${table}`);
  });
  test('reads identifiers', async () => {
    await attempt('readerL4', 'select value from citygraph.subject_identifier');
  });
});

describe.each(['reader', 'readerL4'] as const)('the %s', (pool) => {
  test.each([...policyTables, ...usageTables, waiting, 'citygraph.migrations'])('does not read %s', async (table) => {
    await expect(attempt(pool, `select 1 from ${table}`)).rejects.toMatchObject(REFUSED);
  });
  test('may split a search into bigrams, and call none of the log functions', async () => {
    await attempt(pool, `select citygraph.bigrams('煤炭')`);
    await expect(attempt(pool, `select citygraph.usage_append('{}', null)`)).rejects.toMatchObject(REFUSED);
    await expect(attempt(pool, `select citygraph.usage_count_refusals('[]')`)).rejects.toMatchObject(REFUSED);
  });
  test('is read only even where a grant were wrong', async () => {
    await expect(pools[pool].query('create temporary table t (id int)')).rejects.toMatchObject({ code: '25006' });
  });
});

describe('the logger', () => {
  test('appends through the functions, and learns the version of the policy', async () => {
    const [appended] = await attempt('logger', `select * from citygraph.usage_append('{}', null)`);
    expect(appended).toMatchObject({ policy_version: expect.stringMatching(/^\d+$/) as unknown });
    await attempt('logger', `select citygraph.usage_count_refusals('[]')`);
    await attempt('logger', 'select citygraph.usage_make_partitions()');
    expect(await attempt('logger', 'select version from citygraph.policy_version')).toHaveLength(1);
  });
  test.each([...usageTables, waiting])('does not read %s', async (table) => {
    await expect(attempt('logger', `select 1 from ${table}`)).rejects.toMatchObject(REFUSED);
  });
  test.each([
    ...libraryTables,
    'citygraph.subject',
    'citygraph.subject_identifier',
    'citygraph.consumer',
    'citygraph.access_grant',
  ])('does not read %s', async (table) => {
    await expect(attempt('logger', `select 1 from ${table}`)).rejects.toMatchObject(REFUSED);
  });
});

describe('the publisher', () => {
  test.each(treeTables)('reads %s', async (table) => {
    await attempt('publisher', `select * from ${table}`);
  });
  test.each([
    ...libraryTables,
    'citygraph.usage_record',
    'citygraph.usage_plan',
    'citygraph.usage_queue',
    waiting,
    'citygraph.consumer',
  ])('does not read %s', async (table) => {
    await expect(attempt('publisher', `select 1 from ${table}`)).rejects.toMatchObject(REFUSED);
  });
});

describe('the sequencer', () => {
  let client: Client;
  beforeAll(async () => {
    client = await openDirectConnection(database.url, {
      purpose: 'test',
      role: databaseRoles.sequencer,
      statementTimeoutMilliseconds: 10_000,
    });
  });
  afterAll(() => client.end());

  async function tries(sql: string): Promise<unknown> {
    await client.query('begin');
    try {
      return await client.query(sql);
    } finally {
      await client.query('rollback');
    }
  }

  test.each([
    'select * from citygraph.usage_queue',
    'delete from citygraph.usage_queue',
    'update citygraph.usage_tree set size = 0',
    `insert into citygraph.usage_leaf values (0, gen_random_uuid(), now(), '')`,
    `insert into citygraph.usage_tile values (0, 0, '')`,
    `update citygraph.usage_tile set hashes = ''`,
    `insert into citygraph.usage_checkpoint values (1, '', '')`,
    'select * from citygraph.usage_uncommitted(array[1])',
  ])('may: %s', async (sql) => void (await tries(sql)));

  test.each([
    ...libraryTables.map((table) => `select 1 from ${table}`),
    ...['usage_record', 'usage_plan', 'consumer', 'access_grant', 'subject'].flatMap((table) => [
      `select 1 from citygraph.${table}`,
      ...writes(`citygraph.${table}`),
    ]),
    `insert into citygraph.usage_queue (record_ids, occurred_at) values (array[gen_random_uuid()], array[now()])`,
    'update citygraph.usage_queue set commitments = null',
    'select 1 from citygraph.usage_waiting',
    'truncate citygraph.usage_queue',
    'update citygraph.usage_leaf set commitment = commitment',
    'delete from citygraph.usage_leaf',
    'update citygraph.usage_tile set level = level',
    'delete from citygraph.usage_tile',
    'update citygraph.usage_checkpoint set note = note',
    'delete from citygraph.usage_checkpoint',
    'delete from citygraph.usage_cosignature',
    `select citygraph.usage_append('{}', null)`,
  ])('may not: %s', async (sql) => {
    await expect(tries(sql.replace('set id = id', `set ${firstColumn(sql)} = default`))).rejects.toMatchObject(REFUSED);
  });
});

describe('the indexer', () => {
  test('takes records into the index, through one function', async () => {
    expect(await attempt('indexer', 'select citygraph.usage_index_next(1) as taken')).toEqual([{ taken: 0 }]);
  });
  test.each([...usageTables, ...policyTables, ...libraryTables, 'citygraph.subject_identifier'])(
    'neither reads nor writes %s',
    async (table) => {
      await expect(attempt('indexer', `select 1 from ${table}`)).rejects.toMatchObject(REFUSED);
      await expect(attempt('indexer', `delete from ${table}`)).rejects.toMatchObject(REFUSED);
    },
  );
  test.each([`select citygraph.usage_append('{}', null)`, 'select citygraph.usage_footprint_of(null)'])(
    'may not: %s',
    async (sql) => {
      await expect(attempt('indexer', sql)).rejects.toMatchObject(REFUSED);
    },
  );
});

describe('the watcher', () => {
  test('sees which records wait, and since when', async () => {
    await attempt('watcher', `select queue_id, record_id, occurred_at from ${waiting}`);
  });
  test.each([`select commitment from ${waiting}`, 'select id from citygraph.usage_queue'])(
    'may not: %s',
    async (sql) => {
      await expect(attempt('watcher', sql)).rejects.toMatchObject(REFUSED);
    },
  );
});

describe('the auditor', () => {
  test.each([...usageTables, waiting])('reads %s', async (table) => {
    await attempt('auditor', `select * from ${table}`);
  });
  test('reads the policy, but no hash of a token', async () => {
    await attempt('auditor', 'select name, clearance, status, token_hint from citygraph.consumer');
    await attempt('auditor', 'select name, role from citygraph.official');
    await attempt(
      'auditor',
      'select * from citygraph.access_grant join citygraph.access_grant_item on grant_id = access_grant.id',
    );
    await expect(attempt('auditor', 'select token_hash from citygraph.consumer')).rejects.toMatchObject(REFUSED);
    await expect(attempt('auditor', 'select token_hash from citygraph.official')).rejects.toMatchObject(REFUSED);
  });
  test.each([...libraryTables, 'citygraph.subject', 'citygraph.subject_identifier'])(
    'does not read %s',
    async (table) => {
      await expect(attempt('auditor', `select 1 from ${table}`)).rejects.toMatchObject(REFUSED);
    },
  );
  test('does not write the log through its functions', async () => {
    await expect(attempt('auditor', `select citygraph.usage_append('{}', null)`)).rejects.toMatchObject(REFUSED);
  });
});

describe.each(['reader', 'readerL4', 'logger', 'publisher', 'auditor'] as const)(
  'no table is written by the %s',
  (pool) => {
    test.each(
      [...libraryTables, ...policyTables, ...usageTables, 'citygraph.subject', 'citygraph.subject_identifier'].flatMap(
        writes,
      ),
    )('%s', async (statement) => {
      // A table without an `id` column would fail for that reason, so only the refusal itself will do.
      await expect(
        attempt(pool, statement.replace('set id = id', `set ${firstColumn(statement)} = default`)),
      ).rejects.toMatchObject(REFUSED);
    });
    test('nor does it make objects', async () => {
      for (const schema of ['citygraph', 'population', 'public']) {
        await expect(attempt(pool, `create table ${schema}.t (id int)`)).rejects.toMatchObject(REFUSED);
      }
    });
  },
);

function firstColumn(statement: string): string {
  const others = {
    usage_plan_footprint: 'plan_hash',
    usage_footprint_item: 'footprint_id',
    usage_hour: 'hour',
    usage_subject_period: 'period',
    usage_plan: 'hash',
    usage_leaf: 'leaf_index',
    usage_tile: 'level',
    usage_checkpoint: 'size',
    usage_cosignature: 'size',
  };
  return Object.entries(others).find(([table]) => statement.includes(table))?.[1] ?? 'id';
}

test('what was granted by hand is taken back at the next migration', async () => {
  await owner.query('grant select on healthcare.medical_visit to citygraph_reader');
  await owner.query('grant select (value) on citygraph.subject_identifier to public');
  await owner.query('grant delete on citygraph.usage_record to citygraph_logger');
  await attempt('reader', 'select diagnosis from healthcare.medical_visit');
  await migrate(database.url);
  await expect(attempt('reader', 'select diagnosis from healthcare.medical_visit')).rejects.toMatchObject(REFUSED);
  await expect(attempt('reader', 'select value from citygraph.subject_identifier')).rejects.toMatchObject(REFUSED);
  await expect(attempt('logger', 'delete from citygraph.usage_record')).rejects.toMatchObject(REFUSED);
});

test('a column that nobody declared is nobody’s to read', async () => {
  await owner.query('alter table population.resident add column undeclared text');
  await migrate(database.url);
  await expect(attempt('reader', 'select undeclared from population.resident')).rejects.toMatchObject(REFUSED);
});

test('a user without rights of its own migrates, as long as it may create roles or is a member of them', async () => {
  const name = `citygraph_owner_${database.url.slice(-6)}`;
  const database2 = await createTestDatabase();
  await owner.query(`create role ${name} login password 'secret'`);
  try {
    const url = new URL(database2.url);
    await owner.query(`grant create on database "${url.pathname.slice(1)}" to ${name}`);
    url.username = name;
    url.password = 'secret';
    await expect(migrate(url.href)).rejects.toMatchObject({
      code: 'DATABASE_UNSUITABLE',
      details: { setting: 'roles' },
    });
    await owner.query(`grant ${Object.values(databaseRoles).join(', ')} to ${name}`);
    expect((await migrate(url.href)).applied).not.toEqual([]);
    const own = createPools({ url: url.href });
    try {
      expect((await own.reader.query('select current_user')).rows).toEqual([{ current_user: 'citygraph_reader' }]);
      await expect(own.reader.query('select value from citygraph.subject_identifier')).rejects.toMatchObject(REFUSED);
    } finally {
      await own.close();
    }
  } finally {
    await database2.drop();
    await owner.query(`drop role ${name}`);
  }
});
