/** The tree over HTTP as C2SP tlog-tiles, and proofs made from it, read by a client that shares nothing with the service. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { registerLogPages } from '../../../src/server/log-pages.js';
import { createPublishedLog } from '../../../src/usage-log/tree/published-log.js';
import { openRecord, proveRecord } from '../../../src/usage-log/tree/prove.js';
import type { Sequencer } from '../../../src/usage-log/tree/sequencer.js';
import { captureDuring } from '../../support/capture-statements.js';
import { createLogUnderTest, type LogUnderTest } from './log-under-test.js';
import { checkProof, hashOfLeaf, openCheckpoint, treeHash } from './rfc6962.js';
import { createHash } from 'node:crypto';

const size = 66_100;
let log: LogUnderTest;
let fastify: FastifyInstance;
let address: string;
let ids: string[];

beforeAll(async () => {
  log = await createLogUnderTest();
  fastify = Fastify();
  registerLogPages(
    fastify,
    createPublishedLog({ pool: log.database.pools.publisher, verifierKeys: () => [log.vkey] }),
    () => () => undefined,
  );
  address = await fastify.listen({ host: '127.0.0.1', port: 0 });
  expect((await fetch(`${address}/log/checkpoint`)).status).toBe(404);
  // Enough for a second level of tiles to be full; what stands in the leaves does not matter here.
  ids = await log.append(300);
  await log.database.owner.query(
    `insert into citygraph.usage_queue (record_ids, occurred_at, commitments)
     select array_agg(gen_random_uuid()), array_agg(now()), string_agg(sha256(n::text::bytea), '' order by n)
       from generate_series(1, $1::int) n group by n / 200`,
    [size - 300],
  );
  await log.settle();
});
afterAll(async () => {
  await fastify.close();
  await log.drop();
});

async function get(path: string, headers: Record<string, string> = {}): Promise<Buffer> {
  const response = await fetch(`${address}/log/${path}`, { headers });
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

const path = (index: number): string => {
  const groups = String(index)
    .padStart(Math.ceil(String(index).length / 3) * 3, '0')
    .match(/.../g)!;
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
};

/** All of a level, full tiles and the partial one. */
async function level(name: string, count: number): Promise<Buffer[]> {
  const full = Math.floor(count / 256);
  const tiles = await Promise.all(Array.from({ length: full }, (_, n) => get(`tile/${name}/${path(n)}`)));
  if (count % 256 > 0) tiles.push(await get(`tile/${name}/${path(full)}.p/${count % 256}`));
  return tiles;
}

const split = (hashes: Buffer): Buffer[] =>
  Array.from({ length: hashes.length / 32 }, (_, n) => hashes.subarray(n * 32, n * 32 + 32));

describe('a client of tlog-tiles', () => {
  test('finds every entry, hash and root as the checkpoint says', async () => {
    const checkpoint = openCheckpoint((await get('checkpoint')).toString(), (await get('keys')).toString().trim());
    expect(checkpoint).toMatchObject({ origin: 'example.com/log', size });
    const leaves = (await level('0', size)).flatMap(split);
    const above = (await level('1', Math.floor(size / 256))).flatMap(split);
    const top = (await level('2', Math.floor(size / 65_536))).flatMap(split);
    expect(treeHash(leaves).equals(checkpoint.root)).toBe(true);
    above.forEach((hash, n) => expect(hash.equals(treeHash(leaves.slice(n * 256, n * 256 + 256)))).toBe(true));
    expect(top).toHaveLength(1);
    expect(top[0]!.equals(treeHash(above.slice(0, 256)))).toBe(true);

    const entries = (await level('entries', size)).flatMap((bundle) => {
      const found: Buffer[] = [];
      for (let at = 0; at < bundle.length; at += 2 + bundle.readUInt16BE(at))
        found.push(bundle.subarray(at + 2, at + 2 + bundle.readUInt16BE(at)));
      return found;
    });
    expect(entries).toHaveLength(size);
    entries.forEach((entry, n) => expect(hashOfLeaf(entry).equals(leaves[n]!)).toBe(true));
    expect(entries.every((entry) => /^citygraph-usage\/v1 [0-9a-f]{64}\n$/.test(entry.toString('latin1')))).toBe(true);
  });

  test('is told how long to keep what', async () => {
    const headers = async (at: string, sent = {}): Promise<Headers> =>
      (await fetch(`${address}/log/${at}`, { headers: sent })).headers;
    const checkpoint = await headers('checkpoint');
    expect(checkpoint.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(checkpoint.get('cache-control')).toBe('public, max-age=1');
    const tile = await headers('tile/0/000');
    expect(tile.get('content-type')).toBe('application/octet-stream');
    expect(tile.get('content-length')).toBe('8192');
    expect(tile.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await headers('tile/entries/000')).get('cache-control')).toBe('public, max-age=31536000, immutable');
    // Until a fuller one is there.
    expect((await headers('tile/0/258.p/52')).get('cache-control')).toBe('public, max-age=60');
    expect((await headers('tile/entries/258.p/52')).get('cache-control')).toBe('public, max-age=60');
    expect((await headers('tile/entries/000', { 'accept-encoding': 'gzip' })).get('content-encoding')).toBe('gzip');
    expect((await headers('tile/entries/000', { 'accept-encoding': 'identity' })).get('content-encoding')).toBeNull();
    expect((await headers('tile/9/000')).get('cache-control')).toBe('no-store');
  });

  test('reads of the database only what has grown, however many ask for parts of it', async () => {
    const whole = { hashes: await get('tile/0/258.p/52'), entries: await get('tile/entries/258.p/52') };
    const { result, statements } = await captureDuring(() =>
      Promise.all(
        Array.from({ length: 51 }, async (_, n) => {
          expect(await get(`tile/0/258.p/${n + 1}`)).toEqual(whole.hashes.subarray(0, (n + 1) * 32));
          expect(await get(`tile/entries/258.p/${n + 1}`)).toEqual(whole.entries.subarray(0, (n + 1) * 86));
        }),
      ),
    );
    expect(result).toHaveLength(51);
    expect(statements.filter(({ text }) => /usage_tile|usage_leaf/.test(text))).toEqual([]);
  });

  test.each([
    'tile/0/258',
    'tile/0/258.p/53',
    'tile/0/x000/001',
    'tile/0/1',
    'tile/3/000',
    'tile/2/000',
    'tile/2/000.p/2',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/entries/259',
    'tile/entries/',
    'tile/0/..%2f000',
    `tile/0/x999/x999/x999/x999/x999/999`,
  ])('finds nothing at %s', async (at) => {
    expect((await fetch(`${address}/log/${at}`)).status).toBe(404);
  });

  test('sees nothing that is not signed yet', async () => {
    let sequencer!: Sequencer;
    // Whoever begins to lead signs at once, and from then on by the clock.
    await new Promise<string>((onCheckpoint) => {
      sequencer = log.sequence({ checkpointInterval: 3_600_000, onCheckpoint });
    });
    await log.append(1);
    while ((await log.treeSize()) === size) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await fetch(`${address}/log/tile/0/258.p/${(size % 256) + 1}`)).status).toBe(404);
    await sequencer.stop();
  });
});

describe('a proof of a record', () => {
  test('is accepted offline, with the record that opens it; a forged one is not', async () => {
    const { publisher, auditor } = log.database.pools;
    for (const id of [ids[0]!, ids[255]!, ids[299]!]) {
      const { proof, commitment, leafIndex } = (await proveRecord(publisher, id))!;
      const { canonicalRecord, salt } = (await openRecord(auditor, id))!;
      const opened = createHash('sha256').update(salt).update(canonicalRecord).digest('hex');
      expect(opened).toBe(commitment.toString('hex'));
      expect(JSON.parse(canonicalRecord)).toMatchObject({ id });
      const leaf = Buffer.from(`citygraph-usage/v1 ${opened}\n`);
      expect(proof.split('\n')[1]).toBe(`extra ${leaf.toString('base64')}`);
      expect(checkProof(proof, leaf, log.vkey)).toBe(leafIndex);
      expect(checkProof(proof, Buffer.from(leaf.toString().replace(/.\n$/, 'g\n')), log.vkey)).toBeNull();
      expect(checkProof(proof.replace(`index ${leafIndex}`, `index ${leafIndex + 1}`), leaf, log.vkey)).toBeNull();
      expect(() => checkProof(proof.replace(/\n(\d+)\n/, '\n9$1\n'), leaf, log.vkey)).toThrow('bad signature');
    }
  });

  test('is not there for what is not in the log', async () => {
    const { publisher, auditor } = log.database.pools;
    const unknown = '01900000-0000-7000-8000-000000000000';
    expect(await proveRecord(publisher, unknown)).toBeNull();
    expect(await openRecord(auditor, unknown)).toBeNull();
  });
});
