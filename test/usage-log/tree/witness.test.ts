/** Checkpoints on their way out: to a file, to an address, to a witness that speaks c2sp.org/tlog-witness and is written from its text alone. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../../src/config.js';
import { createPublishedLog } from '../../../src/usage-log/tree/published-log.js';
import { readKeptCheckpoints, readLastCheckpointOf } from '../../../src/usage-log/tree/checkpoint-file.js';
import { startWitnessing, type WitnessAddress, type WitnessReport } from '../../../src/usage-log/tree/witness.js';
import { createLogUnderTest, type LogUnderTest, waitUntil } from './log-under-test.js';
import { isConsistent, openCheckpoint } from './rfc6962.js';

let log: LogUnderTest;
let folder: string;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  log = await createLogUnderTest();
  folder = mkdtempSync(join(tmpdir(), 'citygraph-witness-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(async () => {
  await log.drop();
  rmSync(folder, { recursive: true });
});

/** A sequencer with witnesses, as the service wires them. */
function run(...addresses: WitnessAddress[]): WitnessReport[] {
  const reports: WitnessReport[] = [];
  const witnessing = startWitnessing({
    addresses,
    interval: 30,
    pool: log.database.pools.publisher,
    onCosignature: (cosignature) => sequencer.addCosignature(cosignature),
    onReport: (report) => reports.push(report),
  });
  const sequencer = log.sequence({ onCheckpoint: (note) => witnessing.offer(note) });
  ends.push(
    () => witnessing.stop(),
    () => sequencer.stop(),
  );
  return reports;
}

async function serve(answer: (path: string, body: string) => { status: number; body?: string }): Promise<string> {
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { status, body: text } = answer(request.url!, body);
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Keeps one log's last checkpoint and cosigns what is consistent with it. */
class TestWitness {
  private readonly keys = generateKeyPairSync('ed25519');
  private readonly material = Buffer.concat([
    Buffer.of(4),
    Buffer.from(this.keys.publicKey.export({ format: 'jwk' }).x!, 'base64url'),
  ]);
  private readonly keyId = createHash('sha256')
    .update('witness.example/w\n')
    .update(this.material)
    .digest()
    .subarray(0, 4);
  readonly vkey = `witness.example/w+${this.keyId.toString('hex')}+${this.material.toString('base64')}`;
  size = 0;
  root: Buffer = Buffer.alloc(0);
  answers: number[] = [];

  addCheckpoint(body: string): { status: number; body?: string } {
    const answer = this.decide(body);
    this.answers.push(answer.status);
    return answer;
  }

  private decide(body: string): { status: number; body?: string } {
    const end = body.indexOf('\n\n');
    const [old, ...proof] = body.slice(0, end).split('\n') as [string, ...string[]];
    const note = body.slice(end + 2);
    const { size, root } = openCheckpoint(note, log.vkey);
    const oldSize = Number(/^old (0|[1-9]\d*)$/.exec(old)![1]);
    if (oldSize > size) return { status: 400 };
    if (oldSize !== this.size) return { status: 409, body: `${this.size}\n` };
    const hashes = proof.map((line) => Buffer.from(line, 'base64'));
    const good = oldSize === 0 ? hashes.length === 0 : isConsistent(oldSize, this.root, size, root, hashes);
    if (!good) return { status: 422 };
    [this.size, this.root] = [size, root];
    const time = Math.floor(Date.now() / 1000);
    const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), this.keys.privateKey);
    return {
      status: 200,
      body: `— other.example AAAAAAAA\n— witness.example/w ${Buffer.concat([this.keyId, stamp, signature]).toString('base64')}\n`,
    };
  }
}

const published = (): Promise<string | null> =>
  createPublishedLog({ pool: log.database.pools.publisher, verifierKeys: () => [] }).checkpoint();

test('LOG_WITNESSES names files, addresses and witnesses', () => {
  const read = (LOG_WITNESSES?: string): unknown =>
    readConfig({ DATA_DIR: '/d', ...(LOG_WITNESSES !== undefined && { LOG_WITNESSES }) }, 'n').logWitnesses;
  expect(read()).toEqual([{ kind: 'file', path: '/d.checkpoints' }]);
  expect(read('none')).toEqual([]);
  expect(read('file:/a/b https://c.example/d  witness+https://w.example/#w.example+01020304+BAAA')).toEqual([
    { kind: 'file', path: '/a/b' },
    { kind: 'http', url: 'https://c.example/d' },
    { kind: 'tlog-witness', url: 'https://w.example', verifierKey: 'w.example+01020304+BAAA' },
  ]);
  expect(() => read('ftp://x')).toThrow('LOG_WITNESSES: expected');
});

describe('a witness', () => {
  test('that cosigns is given proofs of consistency, and its line stands below the published checkpoint', async () => {
    const witness = new TestWitness();
    const url = await serve((path, body) =>
      path === '/add-checkpoint' ? witness.addCheckpoint(body) : { status: 404 },
    );
    const reports = run({ kind: 'tlog-witness', url, verifierKey: witness.vkey });
    for (const count of [3, 40, 300]) {
      await log.append(count);
      const size = await log.treeSize();
      await waitUntil(
        async () => witness.size > size || ((await log.signedSize()) === witness.size && witness.size > 0),
      );
    }
    await waitUntil(async () => (await log.signedSize()) === witness.size);
    await waitUntil(async () => (await published())!.includes('— witness.example/w '));
    const note = (await published())!;
    expect(openCheckpoint(note, log.vkey).size).toBe(witness.size);
    expect(note).not.toContain('other.example');
    expect(witness.answers.every((status) => status === 200)).toBe(true);
    expect(reports).toEqual([]);
    await Promise.all(
      ends
        .splice(1)
        .reverse()
        .map((end) => end()),
    );

    // Anew, as after a restart: what size the witness has, it is asked.
    witness.answers = [];
    run({ kind: 'tlog-witness', url, verifierKey: witness.vkey });
    await log.append(5);
    await waitUntil(async () => (await log.signedSize()) === witness.size && witness.answers.includes(200));
    expect(witness.answers.slice(0, 2)).toEqual([409, 200]);
  });

  test('that has seen another log under our name is reported', async () => {
    const witness = new TestWitness();
    witness.size = 1;
    witness.root = Buffer.alloc(32, 7);
    const url = await serve((_path, body) => witness.addCheckpoint(body));
    const reports = run({ kind: 'tlog-witness', url, verifierKey: witness.vkey });
    await log.append(1);
    await waitUntil(() => reports.some(({ event }) => event === 'refused'));
    witness.size = 1_000_000;
    await waitUntil(() => reports.some(({ error }) => /1000000 already/.test(String(error))));
  });

  test('that signs something else is not believed', async () => {
    const [signing, expected] = [new TestWitness(), new TestWitness()];
    const url = await serve((_path, body) => signing.addCheckpoint(body));
    const reports = run({ kind: 'tlog-witness', url, verifierKey: expected.vkey });
    await log.append(1);
    await waitUntil(() => reports.length > 0);
    expect(reports[0]).toMatchObject({ event: 'failed' });
  });

  test('that takes checkpoints by POST gets them, and again after it was away', async () => {
    const got: string[] = [];
    let away = true;
    const url = await serve((_path, body) => (away ? { status: 503 } : (got.push(body), { status: 204 })));
    const reports = run({ kind: 'http', url });
    await log.append(1);
    await waitUntil(() => reports.length > 0);
    away = false;
    await waitUntil(
      async () => got.length > 0 && openCheckpoint(got.at(-1)!, log.vkey).size === (await log.signedSize()),
    );
  });

  test('that is a file grows by what extends it, and by nothing else', async () => {
    const path = join(folder, 'kept');
    run({ kind: 'file', path });
    for (const count of [2, 2]) {
      await log.append(count);
      const size = await log.treeSize();
      await waitUntil(() => openable(path, size));
    }
    for (const end of ends.splice(0).reverse()) await end();
    const notes = readKeptCheckpoints(path);
    expect(notes.length).toBeGreaterThanOrEqual(2);
    for (const note of notes) openCheckpoint(note, log.vkey);
    expect(readLastCheckpointOf(path)).toBe(notes.at(-1));

    const good = readFileSync(path, 'utf8');
    const otherRoot = (_: string, first: string): string => (first === 'A' ? '\nB' : '\nA');
    for (const other of [good.replace(/\n(\d+)\n/g, '\n9$1\n'), good.replace(/\n(.)(?=.{42}=\n)/g, otherRoot)]) {
      expect(other).not.toBe(good);
      writeFileSync(path, other);
      const reports = run({ kind: 'file', path });
      await log.append(1);
      await waitUntil(() => reports.length > 0);
      expect(reports[0]).toMatchObject({ event: 'refused' });
      for (const end of ends.splice(0).reverse()) await end();
      expect(readFileSync(path, 'utf8')).toBe(other);
    }
  });
});

function openable(path: string, size: number): boolean {
  const last = readLastCheckpointOf(path);
  return last !== null && openCheckpoint(last, log.vkey).size >= size;
}
