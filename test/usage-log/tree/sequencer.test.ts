/** From the queue into the tree and under a signature, by one at a time; and what is never signed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { copyFileSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type Client } from 'pg';
import { addSigningKey, openSigningKeys, retireSigningKey } from '../../../src/usage-log/tree/signing-keys.js';
import type { SequencerReport } from '../../../src/usage-log/tree/sequencer.js';
import { GrowingTree } from '../../../src/usage-log/tree/growing-tree.js';
import { leafData, leafHashAt } from '../../../src/usage-log/tree/leaf.js';
import { type CommittedBatch, readQueue, tileReader, writeLeaves } from '../../../src/usage-log/tree/tree-store.js';
import { createLogUnderTest, type LogUnderTest, waitUntil } from './log-under-test.js';
import { hashOfLeaf, openCheckpoint, treeHash } from './rfc6962.js';

let log: LogUnderTest;
beforeAll(async () => {
  log = await createLogUnderTest();
});
afterAll(() => log.drop());
beforeEach(async () => {
  await log.database.owner.query(
    'truncate citygraph.usage_record, citygraph.usage_queue, citygraph.usage_leaf, citygraph.usage_tile, citygraph.usage_checkpoint; update citygraph.usage_tree set size = 0',
  );
  rmSync(`${log.keysFile}.last-checkpoint`, { force: true });
});

const leafHashes = async (): Promise<Buffer[]> => {
  const { rows } = await log.database.owner.query<{ commitment: Buffer }>(
    'select commitment from citygraph.usage_leaf order by leaf_index',
  );
  return rows.map(({ commitment }) => hashOfLeaf(leafData(commitment)));
};

async function expectSignedTree(size: number): Promise<void> {
  const leaves = await leafHashes();
  expect(leaves).toHaveLength(size);
  const head = openCheckpoint(await log.lastNote(), log.vkey);
  expect({ ...head, root: head.root.toString('hex') }).toEqual({
    origin: 'example.com/log',
    size,
    root: treeHash(leaves).toString('hex'),
  });
}

describe('what is durable', () => {
  test('is in the tree and signed within a second, each record once', async () => {
    const sequencer = log.sequence({ interval: 200, checkpointInterval: 500 });
    const ids: string[] = [];
    for (const count of [1, 300, 7]) {
      ids.push(...(await log.append(count)));
      await waitUntil(async () => (await log.signedSize()) === ids.length, 5_000);
    }
    await sequencer.stop();
    await expectSignedTree(308);
    const { rows } = await log.database.owner.query<{ record_id: string }>(
      'select record_id from citygraph.usage_leaf',
    );
    expect(rows.map(({ record_id }) => record_id).sort()).toEqual(ids.sort());
    expect((await log.database.owner.query('select from citygraph.usage_queue')).rowCount).toBe(0);
  });

  test('is sequenced before the sequencer stops, in batches where it is much', async () => {
    await log.append(1_000);
    await log.sequence({ batchSize: 300 }).stop();
    await expectSignedTree(1_000);
  });

  test('is taken whatever its place in the queue: what was begun first may be committed last', async () => {
    const early = await log.database.owner.connect();
    await early.query('begin');
    await early.query(
      `insert into citygraph.usage_queue (record_ids, occurred_at, commitments) values (array[gen_random_uuid()], array[now()], sha256('early'))`,
    );
    await log.append(5);
    const sequencer = log.sequence();
    await waitUntil(async () => (await log.signedSize()) === 5);
    await early.query('commit');
    early.release();
    await waitUntil(async () => (await log.signedSize()) === 6);
    await sequencer.stop();
  });

  test('gets no checkpoint while there is nothing', async () => {
    const sequencer = log.sequence();
    await waitUntil(async () => (await log.treeSize()) === 0);
    await sequencer.stop();
    expect(await log.signedSize()).toBe(0);
    await expect(
      log.database.owner.query(`insert into citygraph.usage_checkpoint (size, root, note) values (0, '', '')`),
    ).rejects.toMatchObject({ code: '23514' });
  });

  test('is committed to as it was written: superseded records, and those from before the tree', async () => {
    const [superseded] = await log.append(1, { policyVersion: 999_999 });
    await log.append(1);
    await log.database.owner.query(
      'update citygraph.usage_queue set commitments = null where record_ids <> array[$1::uuid]',
      [superseded],
    );
    const { rows } = await log.database.owner.query('select from citygraph.usage_queue where commitments is null');
    expect(rows).toHaveLength(2);
    await log.settle();
    await expectSignedTree(2);
  });

  test('waits in one row a batch, and what the sequencer must commit to in a row of its own', async () => {
    const [current, superseded] = await Promise.all([log.append(40), log.append(3, { policyVersion: 999_999 })]);
    const { rows } = await log.database.owner.query<{ ids: string[]; is_made: boolean; calls: number }>(
      `select record_ids as ids, commitments is null as is_made,
              (select count(distinct xmin::text) from citygraph.usage_record)::int as calls from citygraph.usage_queue order by id`,
    );
    const made = rows.filter(({ is_made }) => is_made);
    const batches = rows.filter(({ is_made }) => !is_made);
    expect(made.map(({ ids }) => ids).sort()).toEqual(superseded.map((id) => [id]).sort());
    expect(batches.flatMap(({ ids }) => ids).sort()).toEqual(current.toSorted());
    expect(batches.length).toBeLessThanOrEqual(rows[0]!.calls);
    expect(batches.length).toBeLessThan(10);
    await log.settle();
    await expectSignedTree(43);
    const { rows: order } = await log.database.owner.query<{ at: number; id: string }>(
      'select leaf_index::int as at, record_id as id from citygraph.usage_leaf order by leaf_index',
    );
    expect(order.map(({ id }) => id)).toEqual([...batches, ...made].flatMap(({ ids }) => ids));
  });

  test('and gone before its leaf was made keeps its row, and nobody else’s', async () => {
    const [[gone]] = await Promise.all([log.append(2, { policyVersion: 999_999 }), log.append(5)]);
    await log.database.owner.query('delete from citygraph.usage_record where id = $1', [gone]);
    await log.settle();
    await expectSignedTree(6);
    const { rows } = await log.database.owner.query('select record_id as id from citygraph.usage_waiting');
    expect(rows).toEqual([{ id: gone }]);
  });

  test('gets a commitment from the sequencer where what came with it is none', async () => {
    const given = (commitment: string, salt: string): string =>
      `row(gen_random_uuid(), now(), 'n', 'query', 'consumer', 'p', null, '{}', null, null, null, null, null, '{}', null, '', '{}', '{}', 'answered',
           null, null, 1, null, 1, null, ${salt}, ${commitment})::citygraph.usage_given`;
    await log.database.owner.query(
      `select citygraph.usage_append(array[${given(`sha256('x')`, `sha256('s')`)}, ${given(`'short'`, `sha256('s')`)},
         ${given('null', `sha256('s')`)}, ${given(`sha256('x')`, 'null')}], null)`,
    );
    const { rows } = await log.database.owner.query<{ is_made: boolean }>(
      'select commitment is null as is_made from citygraph.usage_waiting',
    );
    expect(rows.map(({ is_made }) => is_made).sort()).toEqual([false, true, true, true]);
    await log.settle();
    await expectSignedTree(4);
  });
});

describe('of several sequencers', () => {
  test('one leads, and the next follows when it stops', async () => {
    const leading: string[] = [];
    const watch = (name: string) => ({
      onReport: ({ event }: SequencerReport) => void (event === 'leading' && leading.push(name)),
    });
    const first = log.sequence(watch('first'));
    await waitUntil(() => leading.length === 1);
    const second = log.sequence(watch('second'));
    await log.append(10);
    await waitUntil(async () => (await log.signedSize()) === 10);
    expect(leading).toEqual(['first']);
    await first.stop();
    await log.append(10);
    await waitUntil(async () => (await log.signedSize()) === 20);
    expect(leading).toEqual(['first', 'second']);
    await second.stop();
    await expectSignedTree(20);
  });

  test('one whose connection is cut goes on, or another does', async () => {
    const sequencers = [log.sequence(), log.sequence()];
    for (let round = 1; round <= 5; round += 1) {
      await log.append(20);
      await log.database.owner.query(
        `select pg_terminate_backend(a.pid) from pg_stat_activity a join pg_locks l on l.pid = a.pid
          where a.application_name = 'citygraph sequencer' and l.locktype = 'advisory' and a.datname = current_database()`,
      );
    }
    await waitUntil(async () => (await log.signedSize()) === 100);
    await Promise.all(sequencers.map((sequencer) => sequencer.stop()));
    await expectSignedTree(100);
  });

  test('two that both believe they lead do not both write: the size of the tree is compared and set', async () => {
    for (let n = 0; n < 3; n += 1) await log.append(1);
    const clients = [await log.connect(), await log.connect()];
    // Of different records, so that nothing but the size of the tree stands between them.
    const extend = async (client: Client, at: number): Promise<void> => {
      const batches = ((await readQueue(client, 10)) as CommittedBatch[]).slice(at, at + 1);
      const tree = GrowingTree.empty();
      const tiles = tree.append(batches.map(({ commitments }) => leafHashAt(commitments, 0)));
      await writeLeaves(client, 0, batches, [], tiles);
    };
    const results = await Promise.allSettled(clients.map(extend));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'LOG_INCONSISTENT' } });
    await Promise.all(clients.map((client) => client.end()));
    await log.settle();
    await expectSignedTree(3);
  });
});

describe('nothing is signed', () => {
  /** @returns the message with which it was refused */
  async function refusalAfter(append = 1): Promise<string> {
    await log.append(append);
    const size = await log.signedSize();
    const reports: SequencerReport[] = [];
    await log.sequence({ onReport: (report) => reports.push(report) }).stop();
    expect(await log.signedSize()).toBe(size);
    const refused = reports.find(({ event }) => event === 'not-signed');
    return refused?.event === 'not-signed' ? refused.error.message : `${JSON.stringify(reports)}`;
  }

  test('when the database was set back behind a checkpoint that is kept apart from it', async () => {
    await log.append(10);
    await log.settle();
    await log.database.owner.query(
      'delete from citygraph.usage_leaf; delete from citygraph.usage_tile; delete from citygraph.usage_checkpoint; update citygraph.usage_tree set size = 0',
    );
    expect(await refusalAfter(3)).toContain('a tree of 10 was signed before; the database has been set back');
    expect(await refusalAfter(20)).toContain('it does not begin with the tree of 10 that was signed before');
  });

  test('when a stored hash was altered', async () => {
    await log.append(100);
    await log.settle();
    await log.database.owner.query(
      `update citygraph.usage_tile set hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) where level = 0 and tile_index = 0`,
    );
    expect(await refusalAfter()).toMatch(/does not begin with the tree of 100/);
  });

  test.each([
    ['too short', `commitments = substring(commitments for 63)`, 'one commitment for each of its records'],
    ['too long', `commitments = commitments || commitments`, 'one commitment for each of its records'],
    ['none', 'commitments = null', 'of 1 records that waited 0 were left'],
  ])('when what waits in a batch of two has commitments that are %s', async (_, change, message) => {
    await log.append(2);
    await log.database.owner.query(
      `update citygraph.usage_queue set ${change} where id = (select max(id) from citygraph.usage_queue where cardinality(record_ids) = 2)`,
    );
    expect(await refusalAfter()).toContain(message);
    await expect(log.treeSize()).resolves.toBe(0);
  });

  test('when a tile is gone', async () => {
    await log.append(100);
    await log.settle();
    await log.database.owner.query('delete from citygraph.usage_tile where level = 0 and tile_index = 0');
    expect(await refusalAfter()).toContain('a tile is missing');
  });

  test('when the last checkpoint is not ours', async () => {
    await log.append(1);
    await log.settle();
    const other = `${log.keysFile}.other`;
    const keys = openSigningKeys(other, 'example.com/log');
    await log.append(1);
    const reports: SequencerReport[] = [];
    await log.sequence({ keys, onReport: (report) => reports.push(report) }).stop();
    expect(reports).toContainEqual({
      event: 'not-signed',
      error: expect.objectContaining({
        message: expect.stringContaining('not signed by a key of this log') as unknown,
      }),
    });
    expect(await log.signedSize()).toBe(1);
  });
});

describe('the keys', () => {
  test('stand in a file of mode 0600, the same for all who start at once', () => {
    expect(statSync(log.keysFile).mode & 0o777).toBe(0o600);
    expect(openSigningKeys(log.keysFile).describe()).toEqual(log.keys.describe());
    expect(() => openSigningKeys(log.keysFile, 'example.com/other')).toThrow('a log cannot change its name');
  });

  test('are rotated while the log runs: old and new sign together, then the new alone; the old stays known', async () => {
    const file = `${log.keysFile}.rotated`;
    copyFileSync(log.keysFile, file);
    const keys = openSigningKeys(file);
    const sequencer = log.sequence({ keys });
    await log.append(1);
    await waitUntil(async () => (await log.signedSize()) === 1);
    const added = addSigningKey(file);
    await log.append(1);
    await waitUntil(async () => (await log.signedSize()) === 2);
    const both = await log.lastNote();
    expect([log.vkey, added.verifier].map((vkey) => openCheckpoint(both, vkey).size)).toEqual([2, 2]);
    expect(() => retireSigningKey(file, 'ffffffff')).toThrow('expected the id of a key that signs');
    retireSigningKey(file, keys.describe()[0]!.keyId);
    expect(() => retireSigningKey(file, added.keyId)).toThrow('expected another key that signs');
    await log.append(1);
    await waitUntil(async () => (await log.signedSize()) === 3);
    await sequencer.stop();
    const last = await log.lastNote();
    expect(openCheckpoint(last, added.verifier).size).toBe(3);
    expect(() => openCheckpoint(last, log.vkey)).toThrow('not signed');
    expect(keys.verifiers()).toHaveLength(2);
    expect(readFileSync(file, 'utf8').match(/"seed": "/g)).toHaveLength(1);
  });
});

test('the tiles in the database are those of the tree', async () => {
  await log.append(600);
  await log.settle();
  const read = await GrowingTree.load(600, tileReader(log.database.owner));
  expect(read.root().equals(treeHash(await leafHashes()))).toBe(true);
});
