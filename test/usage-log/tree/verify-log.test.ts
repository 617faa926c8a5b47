/** A hand in the database, as its superuser: whatever it does, the verification finds it and names the first bad record. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { GrowingTree } from '../../../src/usage-log/tree/growing-tree.js';
import { leafHashOf } from '../../../src/usage-log/tree/leaf.js';
import { signCheckpoint } from '../../../src/usage-log/tree/checkpoint.js';
import { createSigner } from '../../../src/usage-log/tree/signed-note.js';
import { type Verification, verifyLog } from '../../../src/usage-log/tree/verify-log.js';
import { createPools, type Pools } from '../../../src/database/pools.js';
import type { GivenCheckpoint } from '../../../src/usage-log/tree/check-tree.js';
import { createLogUnderTest, type LogUnderTest } from './log-under-test.js';

const tables = [
  'usage_record',
  'usage_plan',
  'usage_queue',
  'usage_leaf',
  'usage_tile',
  'usage_tree',
  'usage_checkpoint',
];
let log: LogUnderTest;
let pools: Pools;
/** Record ids in the order of their leaves. */
let ids: string[];
let kept: GivenCheckpoint;

beforeAll(async () => {
  log = await createLogUnderTest();
  pools = createPools({ url: log.database.url, sizes: { auditor: 4 } });
  for (const count of [100, 300, 200]) {
    await log.append(count);
    await log.settle();
  }
  kept = { source: 'a witness', note: await log.lastNote() };
  await log.append(5);
  const { rows } = await log.database.owner.query<{ record_id: string }>(
    'select record_id from citygraph.usage_leaf order by leaf_index',
  );
  ids = rows.map(({ record_id }) => record_id);
  await execute('create schema kept');
  for (const table of tables) await execute(`create table kept.${table} as table citygraph.${table}`);
});
afterAll(async () => {
  await pools.close();
  await log.drop();
});
beforeEach(async () => {
  for (const table of tables)
    await execute(`delete from citygraph.${table}; insert into citygraph.${table} select * from kept.${table}`);
});

async function execute(sql: string, values: unknown[] = []): Promise<void> {
  const { rowCount } = await log.database.owner.query(sql, values);
  if (rowCount === 0) throw new Error(`nothing was done by: ${sql}`);
}

/** A record out of its batch; the others of the batch wait on. */
const takeFromQueue = `
  with batch as (select queue_id from citygraph.usage_waiting where record_id = $1),
       gone as (delete from citygraph.usage_queue where id in (select queue_id from batch)),
       others as (
         insert into citygraph.usage_queue (record_ids, occurred_at, commitments)
         select array[record_id], array[occurred_at], commitment
           from citygraph.usage_waiting where queue_id in (select queue_id from batch) and record_id <> $1)
  select from batch`;

const verify = (checkpoints: GivenCheckpoint[] = []): Promise<Verification> =>
  verifyLog({
    connect: () => pools.auditor.connect(),
    origin: log.keys.origin,
    verifiers: log.keys.verifiers(),
    checkpoints,
  });

const first = async (checkpoints?: GivenCheckpoint[]): Promise<unknown> => {
  const { findings } = await verify(checkpoints);
  const { kind, leafIndex, recordId } = findings[0] ?? {};
  return { kind, leafIndex, recordId };
};

const signed = (size: number, root: Buffer): string =>
  signCheckpoint(log.keys.origin, { size, root }, log.keys.signers());

/** All tables made anew, as somebody would who has the key as well. */
async function rebuildTree(): Promise<Buffer> {
  const { rows } = await log.database.owner.query<{ commitment: Buffer }>(
    'select commitment from citygraph.usage_leaf order by leaf_index',
  );
  const tree = GrowingTree.empty();
  await execute('delete from citygraph.usage_tile');
  for (const { level, index, hashes } of tree.append(rows.map(({ commitment }) => leafHashOf(commitment))))
    await execute('insert into citygraph.usage_tile values ($1, $2, $3)', [level, index, hashes]);
  await execute('update citygraph.usage_tree set size = $1', [rows.length]);
  return tree.root();
}

test('a log that nobody touched is whole; what waits for its leaf is counted', async () => {
  expect(await verify([kept])).toEqual({
    size: 600,
    records: 605,
    waiting: 5,
    archived: [],
    checkpoints: 4,
    findings: [],
    findingCount: 0,
  });
});

describe('an altered record', () => {
  test.each([
    [`outcome = 'refused'`],
    [`subjects = '42;41,41'`],
    [`arguments = jsonb_set(arguments, '{first}', '21')`],
    ['occurred_at = occurred_at'],
    [`principal = 'portrait-apq'`],
    [`decided_until = decided_until + interval '1 ms'`],
    [`salt = set_byte(salt, 0, get_byte(salt, 0) # 1)`],
    [`plan_id = null`],
    [`row_counts = array[1, 3]`],
    [`case_number = ''`],
  ])('is named: one value, %s', async (change) => {
    await execute(`update citygraph.usage_record set ${change} where id = any($1)`, [[ids[222], ids[500]]]);
    expect(await first()).toEqual(
      change === 'occurred_at = occurred_at' ? {} : { kind: 'record-altered', leafIndex: 222, recordId: ids[222] },
    );
  });

  test('with a leaf altered to fit it is named by its tile', async () => {
    await execute(`update citygraph.usage_leaf set commitment = sha256('x') where leaf_index = 333`);
    const { findings } = await verify();
    expect(findings[0]).toMatchObject({ leafIndex: 333, recordId: ids[333] });
    expect(findings.map(({ kind }) => kind).sort()).toEqual(['fork', 'leaf-altered', 'record-altered', 'tile-altered']);
  });

  test('with leaf and tiles altered to fit lies between two checkpoints', async () => {
    await execute(`update citygraph.usage_record set outcome = 'refused', salt = salt where id = $1`, [ids[333]]);
    await execute(`update citygraph.usage_leaf set commitment = sha256('x') where leaf_index = 333`);
    await rebuildTree();
    const { findings } = await verify();
    expect(findings.find(({ kind }) => kind === 'fork')).toMatchObject({
      leafIndex: 100,
      what: expect.stringContaining('one of leaves 100 to 399') as unknown,
    });
  });

  test('while it waits for its leaf is named too', async () => {
    const { rows } = await log.database.owner.query<{ record_id: string }>(
      'select record_id from citygraph.usage_waiting',
    );
    await execute(`update citygraph.usage_record set outcome = 'failed' where id = $1`, [rows[2]!.record_id]);
    expect(await first()).toEqual({ kind: 'record-altered', leafIndex: null, recordId: rows[2]!.record_id });
  });

  test('while it waits, with the commitment in its batch altered, is named too', async () => {
    const { rows } = await log.database.owner.query<{ record_id: string }>(
      'select record_id from citygraph.usage_waiting where queue_id = (select max(queue_id) from citygraph.usage_waiting)',
    );
    const last = rows.at(-1)!.record_id;
    await execute(
      `update citygraph.usage_queue set commitments = set_byte(commitments, length(commitments) - 1, get_byte(commitments, length(commitments) - 1) # 1)
        where record_ids @> array[$1::uuid]`,
      [last],
    );
    const { findings } = await verify();
    expect(findings.map(({ kind, recordId }) => ({ kind, recordId }))).toEqual([
      { kind: 'record-altered', recordId: last },
    ]);
  });

  test('through its plan description is named', async () => {
    await execute(`update citygraph.usage_plan set description = replace(description::text, 'deny', 'plain')::json`);
    const { findings, findingCount } = await verify();
    expect(findings[0]).toMatchObject({ kind: 'plan-altered', recordId: expect.any(String) as unknown });
    expect(findingCount).toBe(605);
  });
});

describe('a removed record', () => {
  test('is named by its leaf', async () => {
    await execute('delete from citygraph.usage_record where id = $1', [ids[7]]);
    expect(await first()).toEqual({ kind: 'record-removed', leafIndex: 7, recordId: ids[7] });
  });
  test('is found where its leaf was removed with it', async () => {
    await execute('delete from citygraph.usage_record where id = $1', [ids[7]]);
    await execute('delete from citygraph.usage_leaf where leaf_index = 7');
    expect(await first()).toEqual({ kind: 'leaf-removed', leafIndex: 7, recordId: null });
  });
  test('whose leaf alone is gone is named all the same', async () => {
    await execute('delete from citygraph.usage_leaf where leaf_index = 7');
    expect(await first()).toEqual({ kind: 'leaf-removed', leafIndex: 7, recordId: ids[7] });
  });
  test('is found where all that followed was moved up', async () => {
    await execute('delete from citygraph.usage_record where id = $1', [ids[7]]);
    await execute('delete from citygraph.usage_leaf where leaf_index = 7');
    await execute('update citygraph.usage_leaf set leaf_index = -leaf_index where leaf_index > 7');
    await execute('update citygraph.usage_leaf set leaf_index = -leaf_index - 1 where leaf_index < 0');
    expect(await first()).toEqual({ kind: 'leaf-altered', leafIndex: 7, recordId: ids[8] });
  });
  test('that waits for its leaf is named by its row', async () => {
    const { rows } = await log.database.owner.query<{ record_id: string }>(
      'select record_id from citygraph.usage_waiting',
    );
    await execute('delete from citygraph.usage_record where id = $1', [rows[1]!.record_id]);
    expect(await first()).toEqual({ kind: 'record-removed', leafIndex: null, recordId: rows[1]!.record_id });
  });
  test('from the queue is missed', async () => {
    const { rows } = await log.database.owner.query<{ record_id: string }>(
      'select record_id from citygraph.usage_waiting',
    );
    await execute(takeFromQueue, [rows[0]!.record_id]);
    expect(await first()).toEqual({ kind: 'record-inserted', leafIndex: null, recordId: rows[0]!.record_id });
  });
});

describe('an inserted record', () => {
  const copy = `insert into citygraph.usage_record select occurred_at, '01900000-0000-7000-8000-000000000000', node, kind, principal_kind, principal, department,
      grants, purpose, user_name, case_number, operation_name, document_hash, arguments, plan_id, subjects, row_counts, error_codes, outcome,
      policy_version, decided_until, response_bytes, response_digest, latency_micros, client_address, salt from citygraph.usage_record where id = $1`;
  test('is named', async () => {
    await execute(copy, [ids[3]]);
    expect(await first()).toEqual({
      kind: 'record-inserted',
      leafIndex: null,
      recordId: '01900000-0000-7000-8000-000000000000',
    });
  });
  test('with a leaf put in after the last is found: the tree is larger than it says', async () => {
    await execute(copy, [ids[3]]);
    await execute(
      `insert into citygraph.usage_leaf values (600, '01900000-0000-7000-8000-000000000000', now(), sha256('x'))`,
    );
    expect(await first()).toMatchObject({ leafIndex: 600 });
  });
});

describe('records that were exchanged', () => {
  test('are named, whether their leaves were or only what the leaves say of them', async () => {
    await execute(
      `update citygraph.usage_leaf l set commitment = o.commitment, record_id = gen_random_uuid() from citygraph.usage_leaf o
        where (l.leaf_index, o.leaf_index) in ((20, 40), (40, 20))`,
    );
    await execute(`update citygraph.usage_leaf set record_id = $1 where leaf_index = 20`, [ids[40]]);
    await execute(`update citygraph.usage_leaf set record_id = $1 where leaf_index = 40`, [ids[20]]);
    expect(await first()).toEqual({ kind: 'leaf-altered', leafIndex: 20, recordId: ids[40] });
  });
  test('in their ids alone are named', async () => {
    await execute(`update citygraph.usage_leaf set record_id = gen_random_uuid() where leaf_index in (20, 40)`);
    await execute(`update citygraph.usage_leaf set record_id = $1 where leaf_index = 20`, [ids[40]]);
    await execute(`update citygraph.usage_leaf set record_id = $1 where leaf_index = 40`, [ids[20]]);
    expect(await first()).toEqual({ kind: 'record-altered', leafIndex: 20, recordId: ids[40] });
  });
});

describe('a tile', () => {
  test.each([
    [0, 1, 256 + 9],
    [1, 0, 256],
  ])('of level %i that was altered is found', async (level, tile, leafIndex) => {
    const at = (level === 0 ? 9 : 1) * 32;
    await execute(
      'update citygraph.usage_tile set hashes = set_byte(hashes, $3, get_byte(hashes, $3) # 1) where level = $1 and tile_index = $2',
      [level, tile, at],
    );
    expect(await first()).toMatchObject({ leafIndex });
  });
  test('that is gone is found', async () => {
    await execute('delete from citygraph.usage_tile where level = 0 and tile_index = 2');
    expect(await first()).toMatchObject({ kind: 'tile-altered', leafIndex: 512 });
  });
});

describe('with all tables made anew and signed anew, as by somebody who has the key', () => {
  beforeEach(async () => {
    await execute('delete from citygraph.usage_checkpoint');
  });

  test('a fork is found by whoever kept a checkpoint', async () => {
    await execute('delete from citygraph.usage_record where id = $1', [ids[7]]);
    await execute('delete from citygraph.usage_leaf where leaf_index = 7');
    await execute('update citygraph.usage_leaf set leaf_index = -leaf_index where leaf_index > 7');
    await execute('update citygraph.usage_leaf set leaf_index = -leaf_index - 1 where leaf_index < 0');
    // One more, so that the tree is no shorter than the checkpoint that was kept.
    const { rows } = await log.database.owner.query<{ record_id: string }>(
      'select record_id from citygraph.usage_waiting',
    );
    await execute(
      `insert into citygraph.usage_leaf select 599, record_id, occurred_at, commitment from citygraph.usage_waiting where record_id = $1`,
      [rows[0]!.record_id],
    );
    await execute(takeFromQueue, [rows[0]!.record_id]);
    const root = await rebuildTree();
    await execute(`insert into citygraph.usage_checkpoint values (600, $1, $2)`, [root, signed(600, root)]);
    expect((await verify()).findings).toEqual([]);
    expect(await first([kept])).toEqual({ kind: 'fork', leafIndex: 0, recordId: ids[0] });
  });

  test('a roll-back is found by whoever kept a checkpoint', async () => {
    await execute('delete from citygraph.usage_record where id = any($1)', [ids.slice(590)]);
    await execute('delete from citygraph.usage_leaf where leaf_index >= 590');
    const root = await rebuildTree();
    await execute(`insert into citygraph.usage_checkpoint values (590, $1, $2)`, [root, signed(590, root)]);
    expect((await verify()).findings).toEqual([]);
    expect(await first([kept])).toEqual({ kind: 'rolled-back', leafIndex: 590, recordId: null });
  });
});

test('a checkpoint that is no checkpoint of this log is not believed', async () => {
  const root = randomBytes(32);
  const notes = [
    signCheckpoint('example.com/log', { size: 600, root }, [createSigner('example.com/log', randomBytes(32))]),
    signCheckpoint('example.com/other', { size: 600, root }, [createSigner('example.com/other', randomBytes(32))]),
    kept.note.replace('600', '599'),
    'nothing',
  ];
  const { findings } = await verify(notes.map((note) => ({ source: 'a file', note })));
  expect(findings.map(({ kind }) => kind)).toEqual(Array(4).fill('checkpoint-invalid'));
});
